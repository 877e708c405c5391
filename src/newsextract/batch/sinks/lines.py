"""The records of a run, read back one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from pydantic_core import from_json

from newsextract.errors import NoInputError

Json: TypeAlias = dict[str, Any]
Pause: TypeAlias = Callable[[], None]
"""Something to call now and then during long work; it may raise to end it."""
_BETWEEN: Final = 100
"""Records from one pause to the next."""


def no_pause() -> None:
    """Nobody wants to end the work."""


def records_of(files: Iterable[Path], pause: Pause = no_pause) -> Iterator[Json]:
    r"""Each line of ``files`` in order, as it stands in JSON. A line ends in ``\n`` and in nothing else."""
    for file in files:
        with file.open("rb") as lines:
            for number, line in enumerate(lines):
                if number % _BETWEEN == 0:
                    pause()
                yield from_json(line)


def record_files(path: Path) -> list[Path]:
    """The files of records that ``path`` stands for: those of a run directory in order, or itself.

    Raises:
        NoInputError: It is neither.
    """
    if path.is_file():
        return [path]
    folder = path / "records"
    if not folder.is_dir():
        raise NoInputError(f"{path}: is no file and holds no folder of records. Give a run directory, or a file with one record a line.")
    return sorted(folder.glob("part-*.jsonl"))


def run_directory(path: Path) -> Path:
    """The run directory that ``path`` is, or that a file of records lies in; ``text/`` may be there."""
    return path if path.is_dir() else path.resolve().parent.parent
