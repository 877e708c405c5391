"""TSV → entries. The only place that reads lexicon files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from newsextract.errors import LexiconError
from newsextract.lexicon.schema import BIT, CLITICS, COLUMNS, Entry

_CODE = {"country": re.compile(r"[A-Z]{2}"), "wikidata": re.compile(r"Q[1-9]\d*"), "gender": re.compile("[mf]")}
_CONTROL = re.compile("[\x1c-\x1f]")


def read_rows(name: str, text: str) -> list[Entry]:
    """The entries of one TSV.

    Args:
        name: The file's name, for messages.
        text: Its content.

    Raises:
        LexiconError: ``name:line: reason`` for the first row that is wrong.
    """
    return list(_rows(name, text))


def _rows(name: str, text: str) -> Iterator[Entry]:
    header: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line or line.startswith("#"):
            continue
        if not header:
            header = read_header(name, number, line)
            continue
        entry = check_row(name, number, header, line)
        first = seen.setdefault((entry.surface, entry.label), number)
        if first != number:
            raise LexiconError(name, number, f"{entry.surface} ({entry.label}) stands already in line {first}")
        if entry.id and (first := seen.setdefault(("", entry.id), number)) != number:
            raise LexiconError(name, number, f"the id {entry.id} is already that of line {first}")
        yield entry
    if not header:
        raise LexiconError(name, 1, "no header line")


def check_row(name: str, number: int, header: list[str], line: str) -> Entry:
    """The entry of one line.

    Raises:
        LexiconError: ``name:number: reason``.
    """
    if _CONTROL.search(line):
        raise LexiconError(name, number, "a control character")
    cells = line.split("\t")
    if len(cells) != len(header):
        raise LexiconError(name, number, f"{len(cells)} cells where the header has {len(header)} columns")
    entry = Entry(**dict(zip(header, cells, strict=True)))
    problem = _problem(entry)
    if problem:
        raise LexiconError(name, number, problem)
    return entry


def read_header(name: str, number: int, line: str) -> list[str]:
    """The columns that the header line names.

    Raises:
        LexiconError: A column is unknown or named twice, or surface and label do not come first.
    """
    cells = line.split("\t")
    unknown = [c for c in cells if c not in COLUMNS]
    if unknown:
        raise LexiconError(name, number, f"unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
    if cells[:2] != ["surface", "label"]:
        raise LexiconError(name, number, "the first two columns must be surface and label")
    if len(set(cells)) != len(cells):
        raise LexiconError(name, number, "a column is named twice")
    return cells


def _problem(entry: Entry) -> str:
    """What is wrong with one row, or the empty string."""
    if not entry.surface or entry.surface != entry.surface.strip():
        return "the surface is empty or has spaces around it"
    if entry.label not in BIT or entry.label in ("DIGITS", "MAYBE_GIVEN", "MAYBE_PLACE", "MAYBE_DATE"):
        return f"unknown label {entry.label!r}"
    if entry.clitics and not CLITICS.issuperset(entry.clitics.split()):
        return f"clitics {entry.clitics!r}: only {', '.join(sorted(CLITICS))} are known"
    for column in ("aliases", "plural", "dual"):
        cell = getattr(entry, column)
        if "|" in cell and not all(form and form == form.strip() and "|" not in form for form in cell.split(" | ")):
            return f"{column} {cell!r}: forms are parted by ' | ' and none may be empty"
    for column, pattern in _CODE.items():
        cell = getattr(entry, column)
        if cell and not pattern.fullmatch(cell):
            return f"{column} {cell!r} is not of the form {pattern.pattern}"
    for column, limit in (("latitude", 90.0), ("longitude", 180.0)):
        cell = getattr(entry, column)
        if cell and not _within(cell, limit):
            return f"{column} {cell!r} is no number between -{limit:g} and {limit:g}"
    return ""


def _within(cell: str, limit: float) -> bool:
    try:
        return abs(float(cell)) <= limit
    except ValueError:
        return False


def shipped_entries(name: str = "lexicons") -> list[Entry]:
    """All entries of the package's own data folder ``name`` (``lexicons`` or ``dialect``), in file order."""
    folder = resources.files(f"newsextract.data.{name}")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".tsv"))
    return [e for name in names for e in read_rows(name, (folder / name).read_text("utf-8"))]


def user_entries(paths: Iterable[str | Path]) -> list[Entry]:
    """The entries of a user's own TSV files.

    Raises:
        LexiconError: A file cannot be read or a row is wrong.
    """
    entries: list[Entry] = []
    for path in paths:
        try:
            text = Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(path, 0, f"cannot be read as UTF-8: {error}") from error
        entries.extend(read_rows(str(path), text))
    return entries


class CommonWord(NamedTuple):
    """A word type that is hardly ever part of a name: letters of proclitics at its start, and whether it is rare."""

    cut: int
    rare: bool


def common_words() -> dict[str, CommonWord]:
    """The folded word types that are hardly ever part of a name (made by ``scripts/learn_common_words.py``)."""
    lines = (resources.files("newsextract.data.statistics") / "common_words.txt").read_text("utf-8").split()
    kinds = {(cut, rare): CommonWord(cut, rare) for cut in (0, 1) for rare in (False, True)}
    out: dict[str, CommonWord] = {}
    for line in lines:
        word = line.removeprefix("~")
        out[word.replace("+", "")] = kinds[int("+" in word), word != line]
    return out
