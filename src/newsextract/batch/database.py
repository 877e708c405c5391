"""A SQLite database that only one process writes to, and whose errors are told as this package tells them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from newsextract.batch.failing import writing
from newsextract.batch.sinks.replace import replaced
from newsextract.errors import OutputError

_CACHE_KIB: Final = 1 << 13
"""Kibibytes of pages kept in memory, so that indexes, which are touched all over, are not read and written again and again."""


class Database:
    """An open database, always within a transaction.

    Args:
        path: The file; made if it is missing, unless ``readonly``.
        schema: The statements that make its tables.
        readonly: Whether to open it for looking only.
    """

    def __init__(self, path: Path, schema: str, *, readonly: bool = False) -> None:
        self.path = path
        if not readonly and not path.exists():
            _create(path, schema)
        self._told = _Told(path)
        with self._told:
            self._connection = _open_readonly(path) if readonly else _open(path)

    def commit(self) -> None:
        """Makes all changes since the last commit stand."""
        with self._told:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Drops what was not committed, and closes; says nothing, for what can go wrong here has been told before."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def do(self, statement: str, *values: Any) -> int:
        """Executes a statement; the id of the row that it inserted, 0 if it inserted none."""
        with self._told:
            done = self._connection.execute(statement, values)
        return (done.lastrowid or 0) if done.rowcount > 0 else 0

    def do_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Executes a statement with each of ``rows``."""
        with self._told:
            self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        with self._told:
            return self._connection.execute(query, values).fetchall()

    def stream(self, query: str, *values: Any) -> Iterator[Any]:
        """The rows of a query one by one; what it looks at must not be changed meanwhile."""
        with self._told:
            for row in self._connection.execute(query, values):  # noqa: UP028  (`yield from` would close the cursor of a closed database)
                yield row

    def one(self, query: str, *values: Any) -> Any:
        """The first value of the first row; None if there is no row."""
        with self._told:
            row = self._connection.execute(query, values).fetchone()
        return None if row is None else row[0]


def _create(path: Path, schema: str) -> None:
    """An empty database, which appears with all its tables or not at all."""
    with writing(path), replaced(path) as temporary, _Told(path), closing(sqlite3.connect(temporary, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(f"BEGIN; {schema}; COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=NORMAL", "temp_store=FILE", "wal_autocheckpoint=2000", f"cache_size=-{_CACHE_KIB}"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    return database


def _open_readonly(path: Path) -> sqlite3.Connection:
    # without a log beside it nobody is writing, and SQLite need not make files of its own to look
    how = "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={how}", uri=True, isolation_level=None)


class _Told:
    """A context manager that tells SQLite's errors as errors of the database's file. It is entered for every statement, so it is made once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error):
            full = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR"))
            told = f"cannot be read or written ({error})"
            raise OutputError(self._path, told, "Free some space or repair the disk, and run again.", full=full) from error
