"""``newsextract validate FILE…``: records against the contract, and their evidence against the text where it is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from newsextract.commands.streams import say, write
from newsextract.exit_codes import Exit


def validate(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Run directories, or files of records, one a line.")],
) -> None:
    """Check records: against the schema, in themselves, and every piece of evidence against the text it is taken from.

    The text is that in the record itself, or in text/ of the run directory that the file lies in.
    """
    from newsextract.batch.checking import check  # noqa: PLC0415
    from newsextract.batch.sinks.lines import record_files, run_directory  # noqa: PLC0415

    counted = {"records": 0, "wrong": 0, "without their text": 0}
    for file, number, line in _lines(file for path in paths for file in record_files(path)):
        checked = check(line, run_directory(file))
        counted["records"] += 1
        counted["wrong"] += bool(checked.problems)
        counted["without their text"] += not checked.with_text
        for problem in checked.problems:
            write(f"{file}:{number}: {problem}")
    say(", ".join(f"{count} {what}" for what, count in counted.items()))
    if counted["wrong"]:
        raise typer.Exit(Exit.FAILED)


def _lines(files: Iterator[Path]) -> Iterator[tuple[Path, int, bytes]]:
    """Every line with its file and number; a ``.json`` file is one record."""
    for file in files:
        if file.suffix == ".json":
            yield file, 1, file.read_bytes()
            continue
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield file, number, line
