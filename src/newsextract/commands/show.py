"""``newsextract show OUT NAME``: a record as a card for people, each fact with the words that it was read from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsextract.commands.streams import say, write_json


def show(
    out: Annotated[Path, typer.Argument(help="A run directory, or a file of records.")],
    which: Annotated[str, typer.Argument(metavar="NAME|ID", help="A document's name, or its id or the first digits of it (sha256:… or the digits alone).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the record itself, one line.")] = False,
) -> None:
    """Show the record of one document with its evidence. Copies of it under other names have the same id and are shown too."""
    from newsextract.batch.lookup import lookup, text_of  # noqa: PLC0415
    from newsextract.batch.sinks.lines import record_files, run_directory  # noqa: PLC0415
    from newsextract.errors import NoInputError  # noqa: PLC0415

    found = 0
    for record in lookup(record_files(out), which):
        found += 1
        if as_json:
            write_json(record)
            continue
        from newsextract.commands.card import show_card  # noqa: PLC0415

        show_card(record, text_of(record, run_directory(out)))
    if not found:
        raise NoInputError(f"{out}: holds no record of {which}. `newsextract status {out}` tells what became of the files.")
    if found > 1:
        say(f"{found} records of {which}")
