"""The lexicon's table: all rows and under which words they stand, worked out once a content and stored (:mod:`newsextract.lexicon.store`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple, overload

from newsextract._version import __version__
from newsextract.errors import LexiconError
from newsextract.lexicon import store
from newsextract.lexicon.forms import forms_of
from newsextract.lexicon.load import read_rows
from newsextract.lexicon.schema import COLUMNS, Entry

_FORMAT: Final = 1
"""Changes with what is stored, or with how a form is made."""
_BLOCK, _ITEM, _CELL = "\x1e", "\x1d", "\x1f"
"""What parts the blocks of a stored table, their items, and the cells of a row; no row may hold them."""


class Rows(Sequence[Entry]):
    """Entries that are made when they are asked for, from rows of cells."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self._made: dict[int, Entry] = {}

    def __reduce__(self) -> tuple[type[Rows], tuple[list[str]]]:
        """Travels as its rows."""
        return Rows, (self.rows,)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """One entry, the same each time, or several."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        entry = self._made.get(at)
        if entry is None:
            entry = self._made[at] = Entry(*self.rows[at].split(_CELL))
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return (self[at] for at in range(len(self)))


class Table(NamedTuple):
    """A lexicon before any text is read.

    Attributes:
        entries: All rows, the user's last.
        forms: First word → forms (:mod:`newsextract.lexicon.forms`).
        fingerprint: Twelve hexadecimal digits that change with any entry.
    """

    entries: Rows
    forms: dict[str, str]
    fingerprint: str


def load_table(folders: Iterable[str], paths: Iterable[str | Path]) -> Table:
    """The table of the package's data ``folders`` and the user's files.

    Raises:
        LexiconError: A file of the user's cannot be read or a row is wrong.
    """
    return _table((*_shipped(folders), *_own(paths)))


def table_of(entries: Sequence[Entry]) -> Table:
    """The table of ``entries``, worked out here and now."""
    rows = [_CELL.join([getattr(entry, column) for column in COLUMNS]) for entry in entries]
    return Table(Rows(rows), forms_of(entries), _fingerprint(entries))


@lru_cache(maxsize=4)
def _table(files: tuple[tuple[str, str], ...]) -> Table:
    digest = hashlib.sha256(f"{_FORMAT} {__version__}".encode())
    for name, text in files:
        digest.update(f"\0{name}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    name = f"lexicon-{digest.hexdigest()}.txt"
    stored = store.read(name)
    table = None if stored is None else _read(stored)
    if table is None:
        table = table_of([entry for file, text in files for entry in read_rows(file, text)])
        store.write(name, _written(table))
    return table


def _shipped(folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        files = resources.files(f"newsextract.data.{folder}")
        for name in sorted(f.name for f in files.iterdir() if f.name.endswith(".tsv")):
            yield name, (files / name).read_text("utf-8")


def _own(paths: Iterable[str | Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            yield str(path), Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(path, 0, f"cannot be read as UTF-8: {error}") from error


def _fingerprint(entries: Iterable[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(f"{entry.surface}\t{entry.label}\t{entry.id}\t{entry.value}\t{entry.aliases}\n".encode())
    return digest.hexdigest()[:12]


def _written(table: Table) -> str:
    """The table as one text."""
    return _BLOCK.join((table.fingerprint, _ITEM.join(table.entries.rows), _ITEM.join(table.forms), _ITEM.join(table.forms.values())))


def _read(text: str) -> Table | None:
    blocks = text.split(_BLOCK)
    if len(blocks) != 4:
        return None
    fingerprint, rows, words, forms = blocks
    first, lines = words.split(_ITEM), forms.split(_ITEM)
    return Table(Rows(rows.split(_ITEM)), dict(zip(first, lines, strict=True)), fingerprint) if len(first) == len(lines) else None
