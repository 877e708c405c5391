"""What the full-text index holds: three spellings of each record, and the folding of queries in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from newsextract.batch.sinks.lines import Json
from newsextract.text.fold import fold
from newsextract.text.fold_table import REMOVED

_NAMED: Final = ("name", "canonical", "name_en", "acronym")
_MARK: Final = re.compile(f"[{''.join(sorted(REMOVED))}]+")
_ALEF: Final = re.compile("[أإآٱ]")
_TYPED: Final = (*map(chr, range(0x0600, 0x0700)), *map(chr, range(0xFEF5, 0xFEFD)))
"""What a keyboard gives that the fold may change: the Arabic block, and lam-alef as one character."""

FOLDED_QUERY: Final = """WITH RECURSIVE folded (step, query) AS (
  SELECT 0, :query
  UNION ALL
  SELECT step + 1, replace(query, character, letter) FROM folded JOIN folding ON position = step + 1
)
SELECT ifnull(nullif(query, ''), '""') FROM folded ORDER BY step DESC LIMIT 1"""
"""SQL that folds ``:query`` as the column ``folded`` was, by the table ``folding``; nothing asked for becomes a query that finds nothing."""

SEARCH: Final = f"""SELECT releases.* FROM search JOIN releases ON releases.record = search.rowid
WHERE search MATCH ({FOLDED_QUERY})
ORDER BY search.rank"""
"""SQL that finds the releases for ``:query``, however its hamzas, ta marbutas and harakat were typed."""


def spellings(record: Json, facts: Iterable[Json], text: str | None) -> tuple[str, str, str]:
    """The searchable words of a document: as written without harakat and tatweel, with every alef bare, and folded.

    Args:
        record: Its record.
        facts: The record's facts.
        text: Its text; without it the headline and the evidence must do.
    """
    words = "\n".join(_words(record, facts, text))
    written = _MARK.sub("", words)
    return written, _ALEF.sub("ا", written), fold(words).text


@cache
def folding() -> tuple[tuple[int, str, str], ...]:
    """``(position, character, letter)``: what the fold makes of each character that a keyboard gives."""
    changed = [(char, folded) for char in _TYPED if (folded := fold(char).text) != char]
    return tuple((position, char, folded) for position, (char, folded) in enumerate(changed, start=1))


def _words(record: Json, facts: Iterable[Json], text: str | None) -> Iterator[str]:
    """The text, and the names that its facts go by elsewhere."""
    if text is not None:
        yield text
    elif record["title"] is not None:
        yield record["title"]["text"]
    for fact in facts:
        yield from (fact[name] for name in _NAMED if fact.get(name))
        yield from fact.get("aliases", ())
        if text is None:
            yield from (mention["text"] for mention in fact["mentions"])
