"""What is wrong in a user's lexicon file, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsextract.errors import LexiconError
from newsextract.lexicon.load import check_row, read_header, shipped_entries, user_entries
from newsextract.lexicon.schema import Entry
from newsextract.text.fold import fold


@dataclass(slots=True)
class Report:
    """The rows read, what is wrong (``path:line: reason``), and what overlays the package's own rows."""

    rows: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def conflicts(paths: Iterable[str | Path], entries: Sequence[Entry]) -> list[str]:
    """What the user's files change, one message a row: rows of ours that theirs take the place of, and rows that two of their files have.

    Args:
        paths: The user's TSV files, in the order in which they are laid over ours.
        entries: All entries as they were laid over one another: the package's own, then those of ``paths``.

    Raises:
        LexiconError: A file cannot be read or a row is wrong.
    """
    held: dict[tuple[str, str], str] = {}
    theirs: list[tuple[str | Path, Entry, tuple[str, str]]] = []
    for path in paths:
        theirs += [(path, entry, (fold(entry.surface).text, entry.label)) for entry in user_entries([path])]
    wanted = {key for _, _, key in theirs}
    for entry in entries[: len(entries) - len(theirs)]:
        key = (fold(entry.surface).text, entry.label)
        if key in wanted:
            held[key] = f"our row {entry.id or entry.surface} ({entry.source})"
    messages: list[str] = []
    for path, entry, key in theirs:
        if key in held:
            messages.append(f"{path}: {entry.surface} ({entry.label}) takes the place of {held[key]}")
        held[key] = f"that of {path}"
    return messages


def check_file(path: str | Path) -> Report:
    """Checks every row of one TSV and goes on after a bad one."""
    report = Report()
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        report.problems.append(f"{path}:0: cannot be read as UTF-8: {error}")
        return report
    header: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    ours = {(fold(e.surface).text, e.label): e for e in shipped_entries()}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line or line.startswith("#"):
            continue
        try:
            if not header:
                header = read_header(str(path), number, line)
                continue
            entry = check_row(str(path), number, header, line)
        except LexiconError as error:
            report.problems.append(str(error))
            if not header:
                return report
            continue
        report.rows += 1
        _conflicts(report, path, number, entry, seen, ours)
    if not header:
        report.problems.append(f"{path}:1: no header line")
    return report


def _conflicts(report: Report, path: str | Path, number: int, entry: Entry, seen: dict[tuple[str, str], int], ours: dict[tuple[str, str], Entry]) -> None:
    key = (fold(entry.surface).text, entry.label)
    if key in seen:
        report.problems.append(f"{path}:{number}: {entry.surface} ({entry.label}) stands already in line {seen[key]}")
    seen.setdefault(key, number)
    own = ours.get(key)
    if own is not None:
        report.notes.append(f"{path}:{number}: {entry.surface} ({entry.label}) takes the place of our row {own.id or own.surface} ({own.source})")
