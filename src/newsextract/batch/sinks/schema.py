"""The statements that make the database: tables, indexes and views, from the layout of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsextract.batch.sinks.tables import Column, Table, layout, lists, scalars

_TYPES: Final = {"text": "TEXT", "date": "TEXT", "json": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_SOUGHT: Final = ("source_name", "id", "published", "name", "canonical", "lemma", "start")
"""Columns that get an index where a table has them."""
_FACT: Final = "FOREIGN KEY (record, {column}) REFERENCES facts (record, id)"
_RECORD: Final = "record INTEGER NOT NULL REFERENCES records (record)"

VIEWS: Final = {
    "releases": """
SELECT r.record, r.source_name, r.published, r.title_text AS title, i.name AS issuer, e.name AS event, e.ordinal AS event_ordinal,
       e.start AS event_start, e."end" AS event_end, r.venue_place, r.venue_city, r.venue_country_code, r.source_uri, r.text_characters
FROM records r
LEFT JOIN institutions i ON i.record = r.record AND i.id = r.issuer
LEFT JOIN events e ON e.record = r.record AND e.id = r.event""",
    "evidence": """
SELECT m.record, r.source_name, f.type, m.fact, m.start, m."end", m.text
FROM mentions m
JOIN facts f ON f.record = m.record AND f.id = m.fact
JOIN records r ON r.record = m.record""",
}
"""The views: a line a release with the names of what it refers to; every place of a text where a fact stands."""


def tables() -> Iterator[str]:
    """The ``CREATE TABLE`` statements, those of lists and the full-text index included."""
    yield _table("records", ["record INTEGER PRIMARY KEY", *_columns(layout().records)], rowid=True)
    yield _table("facts", [_RECORD, "id TEXT NOT NULL", "type TEXT NOT NULL", "PRIMARY KEY (record, id)"])
    yield from _lists(layout().records)
    for table in layout().facts:
        keys = [_FACT.format(column=quoted(c.name)) for c in scalars(table) if c.name == "id" or c.refers]
        yield _table(table.name, [_RECORD, *_columns(table), "PRIMARY KEY (record, id)", *keys])
        yield from _lists(table)
    where = [_RECORD, "fact TEXT NOT NULL", "position INTEGER NOT NULL", "start INTEGER NOT NULL", '"end" INTEGER NOT NULL', "text TEXT NOT NULL"]
    yield _table("mentions", [*where, "PRIMARY KEY (record, fact, position)", _FACT.format(column="fact")])
    yield _table("folding", ["position INTEGER PRIMARY KEY", "character TEXT NOT NULL", "letter TEXT NOT NULL"], rowid=True)
    yield "CREATE VIRTUAL TABLE search USING fts5 (written, bare, folded, content='', tokenize='unicode61')"


def indexes() -> Iterator[str]:
    """The ``CREATE INDEX`` statements, to be run when the tables are filled."""
    for table in (layout().records, *layout().facts):
        for column in scalars(table):
            if column.name in _SOUGHT and not (table.fields and column.name == "id"):
                yield f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({quoted(column.name)})"
        for column in lists(table):
            yield f"CREATE INDEX {table.name}_{column.name}_value ON {table.name}_{column.name} (value)"


def views() -> Iterator[str]:
    """The ``CREATE VIEW`` statements."""
    return (f"CREATE VIEW {name} AS{select}" for name, select in VIEWS.items())


def quoted(name: str) -> str:
    """A name as SQL takes it, also where it is a word of SQL (``end``, ``of``)."""
    return f'"{name}"'


def _table(name: str, lines: list[str], *, rowid: bool = False) -> str:
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {name} (\n  {body}\n)" + ("" if rowid else " WITHOUT ROWID")


def _columns(table: Table) -> list[str]:
    return [f"{quoted(column.name)} {_TYPES[column.kind]}" + (" NOT NULL" if column.name == "id" else "") for column in scalars(table)]


def _lists(table: Table) -> Iterator[str]:
    for column in lists(table):
        yield _table(f"{table.name}_{column.name}", _list(table, column))


def _list(table: Table, column: Column) -> list[str]:
    key = ["record", "id", "position"] if table.fields else ["record", "position"]
    owner = ["id TEXT NOT NULL", _FACT.format(column="id")] if table.fields else []
    target = [_FACT.format(column="value")] if column.refers else []
    return [_RECORD, *owner[:1], "position INTEGER NOT NULL", f"value {_TYPES[column.kind]} NOT NULL", f"PRIMARY KEY ({', '.join(key)})", *owner[1:], *target]
