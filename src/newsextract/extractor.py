"""The extractor: wires lexicon, rules and readers; immutable after :func:`load`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from newsextract._version import __version__
from newsextract.facts import FACTS
from newsextract.facts.draft import Findings
from newsextract.facts.pattern import Match, RuleBook, load_rules
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries, user_entries
from newsextract.lexicon.schema import Entry
from newsextract.lexicon.shape import Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.reading import Reading
from newsextract.record.assemble import assemble
from newsextract.record.model import ExtractorInfo, Record
from newsextract.source import Source
from newsextract.values.numeral import spell

MOST_SPELT: Final = 10**18
"""Numbers below this can be written in words."""


class Extractor:
    """Extracts records and mentions. Made by :func:`load`; safe to share between threads for reading.

    Args:
        entries: All lexicon entries, the user's last.
        rules: The rule book.
    """

    def __init__(self, entries: Sequence[Entry], rules: RuleBook) -> None:
        self._lexicon = Lexicon(entries)
        self._shapes = Shapes(self._lexicon)
        self._rules = rules
        self._about = ExtractorInfo(version=__version__, tier="fast", lexicon=_fingerprint(entries), model=None, seconds=None)

    def extract(self, source: str | Source, *, content: bool = False) -> Record:
        """The record of one release.

        Args:
            source: A text, or a :class:`Source` with its name, date and provenance.
            content: Whether the record carries the text itself.

        Returns:
            The record; every offset counts code points of the text as given.
        """
        if isinstance(source, str):
            source = Source(source)
        return assemble(source, self._findings(source.text, source.published), self._about, content=content)

    def pipe(self, sources: Iterable[str | Source], *, content: bool = False) -> Iterator[Record]:
        """The records of many releases, one at a time, in order."""
        for source in sources:
            yield self.extract(source, content=content)

    def mentions(self, text: str, *, reference: date | datetime | str | None = None) -> list[Mention]:
        """What was read in ``text``, in text order, before any of it is linked.

        Args:
            text: The text.
            reference: The day that اليوم and the like are counted from (a date, or an ISO date or date-time);
                without it they stay unresolved.

        Raises:
            ValueError: ``reference`` is a string that is no ISO date.
        """
        return Reading(text, self._lexicon, self._shapes, _day(reference)).mentions()

    def matches(self, text: str) -> list[Match]:
        """Every wording that fitted in ``text``, in text order."""
        return self._rules.matches(Reading(text, self._lexicon, self._shapes))

    def explain(self, text: str) -> list[dict[str, Any]]:
        """How ``text`` was read: each mention and each rule that fitted, as plain dictionaries in text order."""
        reading = Reading(text, self._lexicon, self._shapes)
        steps: list[dict[str, Any]] = [{"step": "zone", "kind": z.kind, "text": reading.scan.text(reading.scan.span(z.first, z.last))} for z in reading.zones]
        for mention in reading.mentions():
            fields = mention.to_json()
            value = fields.get("value")
            spelt = {"in_words": spell(value)} if mention.label == "NUMBER" and isinstance(value, int) and 0 <= value < MOST_SPELT else {}
            steps.append({"step": "mention", **fields, **spelt})
        for match in self._rules.matches(reading):
            span = reading.scan.span(match.first, match.last)
            told = {"step": "rule", "rule": match.rule.id, "pattern": match.rule.pattern}
            steps.append({**told, "start": span.start, "end": span.end, "text": text[span.start : span.end]})
        return steps

    def _findings(self, text: str, published: date | None) -> Findings:
        reading = Reading(text, self._lexicon, self._shapes, published)
        findings = Findings(reading, self._rules.matches(reading))
        findings.published = published
        for fact in FACTS:
            findings.drafts[fact.KIND] = fact.build(findings)
        return findings


def _day(reference: date | datetime | str | None) -> date | None:
    if isinstance(reference, str):
        return datetime.fromisoformat(reference).date()
    return reference.date() if isinstance(reference, datetime) else reference


def _fingerprint(entries: Iterable[Entry]) -> str:
    """Twelve hexadecimal digits that change with any entry."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(f"{entry.surface}\t{entry.label}\t{entry.id}\t{entry.value}\t{entry.aliases}\n".encode())
    return digest.hexdigest()[:12]


@cache
def _shipped(folder: str) -> tuple[Entry, ...]:
    return tuple(shipped_entries(folder))


def load(*, lexicons: Iterable[str | Path] = (), dialect: bool = False) -> Extractor:
    """An extractor with the package's own lexicons and rules.

    Args:
        lexicons: TSV files of the user's own rows, laid over ours (``docs/lexicons.md``).
        dialect: Whether number words of the common dialects (اتنين, تلاتة) are read too.

    Raises:
        LexiconError: A row of ``lexicons`` is wrong (``path:line: reason``).
        RuleError: A rule file of the package is malformed.
    """
    own = (*_shipped("lexicons"), *(_shipped("dialect") if dialect else ()))
    return Extractor([*own, *user_entries(lexicons)], load_rules())
