"""A record as rows of flat tables: one table of records, one for each type of fact, one of mentions.

The tables and their columns follow the record's shape: a structure without an identity of its own (``source``, ``venue``) becomes columns with
its name before theirs (``source_name``, ``venue_city``); a fact, which has an ``id``, becomes a row of its type's table. Every row begins with
``record``, the number of the record in the run's output from 1, and ``source_name``, the document's name: the same bytes under two
names are two records, so ``id``, the hash, is no key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from newsextract.batch.sinks.lines import Json
from newsextract.batch.sinks.shape import Kind, Shape, record_shape

REFERENCES: Final = frozenset(
    {
        ("records", "issuer"),
        ("records", "event"),
        ("events", "organisers"),
        ("events", "participants"),
        ("people", "affiliation"),
        ("delegations", "of"),
        ("delegations", "head"),
        ("delegations", "members"),
    }
)
"""The columns whose values are ids of other facts of the same record."""
_NAMES: Final = {"Event": "events"}
"""Tables that are not called like the one list of the record that they come from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its name.
        path: Where its value lies in the record or fact.
        kind: What a value is.
        many: Whether it is a list of such values.
        refers: Whether the values are ids of other facts of the record.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind
    many: bool = False
    refers: bool = False

    def value(self, item: Json) -> Any:
        """The value in ``item``, a record or a fact; None where a part of the path is missing. Open objects come as JSON."""
        found: Any = item.get(self.path[0])
        for step in self.path[1:]:
            found = None if found is None else found.get(step)
        return json.dumps(found, ensure_ascii=False) if self.kind == "json" and found is not None else found


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of facts, or of records.

    Attributes:
        name: Its name.
        about: What a row is.
        fields: The fields of the record that its rows come from; none for the table of records itself.
        columns: Its columns, without ``record`` and ``source_name`` of fact tables.
    """

    name: str
    about: str
    fields: tuple[str, ...]
    columns: tuple[Column, ...]

    def rows(self, record: Json) -> Iterator[Json]:
        """The facts of ``record`` that are rows of this table, as they stand in JSON; with their ``field`` if it has several."""
        for name in self.fields:
            value = record[name]
            for fact in value if isinstance(value, list) else [] if value is None else [value]:
                yield {"field": name, **fact} if len(self.fields) > 1 else fact


@cache
def scalars(table: Table) -> tuple[Column, ...]:
    """The columns that hold one value."""
    return tuple(column for column in table.columns if not column.many)


@cache
def lists(table: Table) -> tuple[Column, ...]:
    """The columns that hold a list."""
    return tuple(column for column in table.columns if column.many)


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables: that of the records first, then the facts' in the order of the contract."""

    records: Table
    facts: tuple[Table, ...]


@cache
def layout() -> Layout:
    """The layout of the current contract."""
    shape = record_shape()
    owners: dict[str, tuple[Shape, list[str]]] = {}
    for name, part in shape.fields.items():
        fact = part.item if part.kind == "list" else part
        if fact is not None and "id" in fact.fields:
            owners.setdefault(fact.type, (fact, []))[1].append(name)
    tables = [_fact_table(fact, fields) for fact, fields in owners.values()]
    return Layout(Table("records", shape.about, (), tuple(_columns("records", shape))), tuple(tables))


def _fact_table(fact: Shape, fields: list[str]) -> Table:
    name = _NAMES.get(fact.type, fields[0])
    origin = (Column("field", ("field",), "text"),) if len(fields) > 1 else ()
    return Table(name, fact.about, tuple(fields), (*_columns(name, fact), *origin))


def _columns(table: str, shape: Shape, path: tuple[str, ...] = ()) -> Iterator[Column]:
    """The columns of a structure: scalars, lists of scalars, the ids of single facts, and the parts of structures without an id."""
    for name, part in shape.fields.items():
        here = (*path, name)
        column = "_".join(here)
        refers = (table, column) in REFERENCES
        if part.kind == "struct" and "id" not in part.fields:
            yield from _columns(table, part, here)
        elif part.kind == "struct":
            yield Column(column, (*here, "id"), "text", refers=refers)
        elif part.kind != "list":
            yield Column(column, here, part.kind, refers=refers)
        elif part.item is not None and part.item.kind != "struct":
            yield Column(column, here, part.item.kind, many=True, refers=refers)


def facts(record: Json) -> list[tuple[Table, Json]]:
    """Every fact of ``record`` with its table, tables in the order of the layout."""
    return [(table, fact) for table in layout().facts for fact in table.rows(record)]


def evidence(record: Json, found: Iterable[tuple[Table, Json]]) -> Iterator[tuple[str, int, Json]]:
    """Each place of the text where one of the facts ``found`` stands, or the venue: fact's id, number from 0, mention.

    The venue has no id of its own and goes by ``venue``.
    """
    for _, fact in found:
        for position, mention in enumerate(fact["mentions"]):
            yield fact["id"], position, mention
    if record["venue"] is not None:
        for position, mention in enumerate(record["venue"]["mentions"]):
            yield "venue", position, mention
