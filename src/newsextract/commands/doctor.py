"""``newsextract doctor``: what is installed, what is missing, and how to get it."""

from __future__ import annotations

from typing import Annotated

import typer

from newsextract.commands.streams import write, write_json
from newsextract.exit_codes import Exit

_SIGNS = {"ok": "✓", "missing": "–", "broken": "✗"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a list for people.")] = False) -> None:
    """Tell what is installed, what is missing and how to get it. Exit code 5 if something that cannot be done without is broken."""
    from newsextract.commands.checkup import checkup  # noqa: PLC0415

    found = checkup()
    if as_json:
        write_json({"checks": [check._asdict() for check in found]})
    else:
        width = max(len(check.name) for check in found)
        for check in found:
            write(f"{_SIGNS[check.state]} {check.name:{width}}  {check.detail}")
            if check.remedy:
                write(f"  {'':{width}}  → {check.remedy}")
    if any(check.state == "broken" for check in found):
        raise typer.Exit(Exit.MISSING)
