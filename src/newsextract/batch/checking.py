"""Whether a record is what the contract promises: valid, whole in itself, and true to its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from newsextract.batch.lookup import text_of
from newsextract.batch.sinks.tables import evidence, facts, layout
from newsextract.record.model import Record

Json = dict[str, Any]


class Checked(NamedTuple):
    """What is wrong with a record, and whether its text was at hand."""

    problems: list[str]
    with_text: bool


def check(line: bytes, out: Path) -> Checked:
    """Checks one record.

    Args:
        line: It, as JSON.
        out: The run directory whose ``text/`` may hold its text.
    """
    try:
        record = Record.model_validate_json(line).model_dump(mode="json", by_alias=True)
    except ValidationError as error:
        return Checked([f"{'.'.join(map(str, e['loc'])) or 'record'}: {e['msg']}" for e in error.errors(include_url=False)], False)
    text = text_of(record, out)
    problems = [*_identity(record), *([] if text is None else _truth(record, text))]
    return Checked([f"{record['source']['name']}: {problem}" for problem in problems], text is not None)


def _identity(record: Json) -> Iterator[str]:
    """Ids that are not unique, or that refer to nothing."""
    found = facts(record)
    ids = [fact["id"] for _, fact in found]
    yield from (f"{one}: stands {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1)
    known = set(ids)
    for table, item in [(layout().records, record), *found]:
        for column in table.columns:
            if column.refers:
                value = column.value(item)
                values = value if column.many else [] if value is None else [value]
                yield from (f"{item['id']}: {column.name} refers to {one}, which is not there" for one in values if one not in known)


def _truth(record: Json, text: str) -> Iterator[str]:
    """Evidence that is not the slice of the text that it claims to be."""
    told = record["text"]
    if told["characters"] != len(text):
        yield f"text: has {len(text)} characters, not {told['characters']}"
    if told["sha256"] != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "text: has another hash"
    places = [(fact_id, mention) for fact_id, _, mention in evidence(record, facts(record))]
    title = record["title"]
    for what, place in [*places, *([] if title is None else [("title", title)])]:
        if place["text"] != text[place["start"] : place["end"]]:
            yield f"{what}: «{place['text']}» is not what stands at {place['start']}–{place['end']}"
