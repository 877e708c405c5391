"""``newsextract status OUT``: what a run directory holds and how its run stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from newsextract.commands.streams import write, write_json

_KINDS = ("files", "records", "failures", "skipped", "duplicates", "vanished")
_CODES = ("failure_codes", "skip_codes", "warnings", "documents", "errors")


def status(
    out: Annotated[Path, typer.Argument(help="A run directory.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines for people.")] = False,
) -> None:
    """Tell how a run stands: what it was, how many files gave what, and why others gave nothing."""
    from newsextract.batch.standing import standing  # noqa: PLC0415

    told = standing(out)
    if as_json:
        write_json(told)
    else:
        for line in _lines(told):
            write(line)


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """The standing for people."""
    yield f"{told['out']}: {told['status']}"
    for name in ("version", "configuration_sha256", "started", "finished"):
        if told.get(name):
            yield f"  {name.replace('_', ' '):22} {told[name]}"
    for name in _KINDS:
        if name in told["counts"]:
            yield f"  {name:22} {told['counts'][name]:>12,}"
    for title in _CODES:
        if told["counts"].get(title):
            yield title.replace("_", " ")
            yield from (f"  {code:22} {number:>12,}" for code, number in told["counts"][title].items())
