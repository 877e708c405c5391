"""SQLite: ``OUT/records.db``, one database to ask, and ``OUT/datasette.json``, which makes Datasette show it well.

The tables are those of :mod:`newsextract.batch.sinks.tables`, normalised: a list is a table of its own (``people_aliases``: ``record``, ``id``,
``position``, ``value``), evidence stands in ``mentions``, and ``facts`` holds every fact's id and type, so that each reference is a foreign key.
The views ``releases`` and ``evidence`` join what people look for. ``search`` is a full-text index (FTS5) over three spellings of each record:
as written without harakat, with every alef bare, and folded; :data:`FOLDED_QUERY` folds what a user typed, in SQL.

Numbers beyond 64 bits are the nearest double.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from newsextract.batch.lookup import text_of
from newsextract.batch.sinks.datasette import metadata
from newsextract.batch.sinks.lines import Json, Pause, no_pause, records_of
from newsextract.batch.sinks.numbers import integer_or_double
from newsextract.batch.sinks.replace import replaced
from newsextract.batch.sinks.schema import indexes, tables, views
from newsextract.batch.sinks.search import folding, spellings
from newsextract.batch.sinks.tables import Column, Table, evidence, facts, layout, lists, scalars

FILE: Final = "records.db"
METADATA: Final = "datasette.json"
_AT_ONCE: Final = 200
"""Records whose rows are inserted together."""
_SETTINGS: Final = (
    "PRAGMA journal_mode = OFF",  # the file is temporary: a crash leaves nothing to repair
    "PRAGMA synchronous = OFF",  # it is synchronised as a whole before it is renamed
    "PRAGMA cache_size = -32000",
    "PRAGMA user_version = 1",
)

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows to insert, by table."""


def publish(parts: Sequence[Path], out: Path, pause: Pause = no_pause) -> None:
    """Writes ``out/records.db`` and ``out/datasette.json`` from the records in ``parts``; each appears whole or not at all.

    The same records give the same bytes with the same SQLite. Memory does not grow with their number.

    Raises:
        OSError: ``out`` cannot be written, or the disk is full.
    """
    with replaced(out / FILE) as temporary, _disk_errors(temporary), closing(sqlite3.connect(temporary, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(setting)
        database.execute("BEGIN")
        for statement in (*tables(), *views()):
            database.execute(statement)
        database.executemany("INSERT INTO folding VALUES (?, ?, ?)", folding())
        for rows in _batches(records_of(parts, pause), out):
            for table, values in rows.items():
                database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        for statement in indexes():
            pause()
            database.execute(statement)
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        database.execute("COMMIT")
    with replaced(out / METADATA) as temporary:
        temporary.write_text(json.dumps(metadata(), ensure_ascii=False, indent=2) + "\n", "utf-8")


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    """A full or failing disk as the OSError that it is."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(path)) from error


def _batches(found: Iterable[Json], out: Path) -> Iterator[Rows]:
    """The rows of a few hundred records at a time."""
    numbered = enumerate(found, start=1)
    while some := list(islice(numbered, _AT_ONCE)):
        rows: Rows = {}
        for number, record in some:
            for table, row in _rows(number, record, text_of(record, out)):
                rows.setdefault(table, []).append(row)
        yield rows


def _rows(number: int, record: Json, text: str | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows of one record, each with its table."""
    found = facts(record)
    table = layout().records
    yield table.name, (number, *_scalars(table, record))
    yield from _lists(table, record, (number,))
    if record["venue"] is not None:
        yield "facts", (number, "venue", "venue")
    for table, fact in found:
        yield "facts", (number, fact["id"], table.name)
        yield table.name, (number, *_scalars(table, fact))
        yield from _lists(table, fact, (number, fact["id"]))
    for fact_id, position, mention in evidence(record, found):
        yield "mentions", (number, fact_id, position, mention["start"], mention["end"], mention["text"])
    yield "search (rowid, written, bare, folded)", (number, *spellings(record, (fact for _, fact in found), text))


def _scalars(table: Table, item: Json) -> list[Any]:
    return [_stored(column, item) for column in scalars(table)]


def _stored(column: Column, item: Json) -> Any:
    value = column.value(item)
    return integer_or_double(value) if column.kind in ("integer", "number") and value is not None else value


def _lists(table: Table, item: Json, key: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for column in lists(table):
        for position, value in enumerate(column.value(item)):
            yield f"{table.name}_{column.name}", (*key, position, value)
