"""What has changed between the records of two runs, field by field.

Documents are the same by name (the second of a name is that of the other run). Facts are the same by their type and the words of their first
evidence, for ids and offsets shift when something is found before them; what they refer to is compared by name. What made the records
(``extractor``) is not compared, so that two versions that find the same are the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic_core import from_json

from newsextract.batch.sinks.tables import Column, Table, facts, layout

Json: TypeAlias = dict[str, Any]
_IDENTITY = ("id", "found_by", "confidence")


class Change(NamedTuple):
    """A difference.

    Attributes:
        name: The document.
        change: ``added`` or ``removed``: the document, or a fact of it; ``changed``: a field.
        fact: Type and words of the fact, None for the document and its own fields.
        field: The field, None for whole documents and facts.
        before, after: Its values, or the fact's.
    """

    name: str
    change: Literal["added", "removed", "changed"]
    fact: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None


class _Place(NamedTuple):
    """Where a record lies."""

    file: Path
    offset: int
    length: int

    def line(self) -> bytes:
        with self.file.open("rb") as handle:
            handle.seek(self.offset)
            return handle.read(self.length)


def compare(before: Iterable[Path], after: Iterable[Path]) -> Iterator[Change]:
    """Every change from the records in the files ``before`` to those in ``after``; documents in the order of ``after``, removed ones last.

    Memory holds the place of each record of ``before``, no record.
    """
    old = {key: place for key, place, _ in _places(before)}
    for key, _, line in _places(after):
        earlier = old.pop(key, None)
        if earlier is None:
            yield Change(key[0], "added")
        elif (known := earlier.line()) != line:
            yield from _record_changes(key[0], from_json(known), from_json(line))
    yield from (Change(name, "removed") for name, _ in old)


def _places(files: Iterable[Path]) -> Iterator[tuple[tuple[str, int], _Place, bytes]]:
    """Each record: its document's name with how many of that name came before, its place, and its line."""
    seen: Counter[str] = Counter()
    for file in files:
        offset = 0
        with file.open("rb") as lines:
            for line in lines:
                name = _name(line)
                yield (name, seen[name]), _Place(file, offset, len(line)), line
                seen[name] += 1
                offset += len(line)


def _name(line: bytes) -> str:
    """The document's name, read from the head of the line, where it stands in the order of the contract; else from all of it."""
    start, end = line.find(b'"source":{'), line.find(b'},"text":{')
    if 0 <= start < end:
        try:
            return str(json.loads(line[start + 9 : end + 1])["name"])
        except (ValueError, KeyError):
            pass
    return str(from_json(line)["source"]["name"])


def _record_changes(name: str, before: Json, after: Json) -> Iterator[Change]:
    columns = [column for column in layout().records.columns if column.path[0] != "extractor"]
    yield from _field_changes(name, None, columns, (before, _names(before)), (after, _names(after)))
    old, new = _facts(before), _facts(after)
    for key in [*old, *(key for key in new if key not in old)]:
        table, words, _ = key
        fact = f"{table.name} «{words}»"
        if key not in new:
            yield Change(name, "removed", fact, before=_told(table, old[key], _names(before)))
        elif key not in old:
            yield Change(name, "added", fact, after=_told(table, new[key], _names(after)))
        else:
            fields = [column for column in table.columns if column.name != "id"]
            yield from _field_changes(name, fact, fields, (old[key], _names(before)), (new[key], _names(after)))
            yield from _evidence_changes(name, fact, old[key], new[key])


def _facts(record: Json) -> dict[tuple[Table, str, int], Json]:
    """Facts by type, words of their first evidence, and how many of those came before."""
    seen: Counter[tuple[Table, str]] = Counter()
    found = {}
    for table, fact in facts(record):
        key = (table, fact["mentions"][0]["text"])
        found[(*key, seen[key])] = fact
        seen[key] += 1
    return found


def _names(record: Json) -> Mapping[str, str]:
    """What to call each fact where another refers to it."""
    return {fact["id"]: fact.get("name") or fact["mentions"][0]["text"] for _, fact in facts(record)}


def _field_changes(
    name: str, fact: str | None, columns: Iterable[Column], before: tuple[Json, Mapping[str, str]], after: tuple[Json, Mapping[str, str]]
) -> Iterator[Change]:
    for column in columns:
        old, new = _value(column, *before), _value(column, *after)
        if old != new:
            yield Change(name, "changed", fact, column.name, old, new)


def _value(column: Column, item: Json, names: Mapping[str, str]) -> Any:
    value = column.value(item)
    if not column.refers or value is None:
        return value
    return [names.get(one, one) for one in value] if column.many else names.get(value, value)


def _told(table: Table, fact: Json, names: Mapping[str, str]) -> Json:
    """A fact by its fields, without its id and what was not found."""
    values = {column.name: _value(column, fact, names) for column in table.columns if column.name not in _IDENTITY}
    return {name: value for name, value in values.items() if value not in (None, [])}


def _evidence_changes(name: str, fact: str, before: Json, after: Json) -> Iterator[Change]:
    old, new = ([mention["text"] for mention in side["mentions"]] for side in (before, after))
    if old != new:
        yield Change(name, "changed", fact, "mentions", old, new)
