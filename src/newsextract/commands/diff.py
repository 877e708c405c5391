"""``newsextract diff OUT_A OUT_B``: what has changed between two runs, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsextract.commands.streams import say, write, write_json
from newsextract.exit_codes import Exit

if TYPE_CHECKING:
    from newsextract.batch.comparing import Change

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def diff(
    before: Annotated[Path, typer.Argument(metavar="OUT_A", help="A run directory, or a file of records.")],
    after: Annotated[Path, typer.Argument(metavar="OUT_B", help="Another.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each change.")] = False,
) -> None:
    """Tell what has changed from one run to another: documents, facts and fields. Exit code 0 if nothing has, 1 if something has."""
    from newsextract.batch.comparing import compare  # noqa: PLC0415
    from newsextract.batch.sinks.lines import record_files  # noqa: PLC0415

    changes = documents = 0
    last: str | None = None
    for change in compare(record_files(before), record_files(after)):
        changes += 1
        if change.name != last:
            documents += 1
            last = change.name
            if not as_json:
                write(change.name)
        write_json(change._asdict()) if as_json else write(f"  {_line(change)}")
    say(f"{changes} changes in {documents} documents")
    if changes:
        raise typer.Exit(Exit.FAILED)


def _line(change: Change) -> str:
    """A change for people."""
    sign = _SIGNS[change.change]
    if change.fact is None and change.field is None:
        return f"{sign} document"
    place = ".".join(part for part in (change.fact, change.field) if part)
    if change.change != "changed":
        return f"{sign} {place} {_shown(change.before if change.after is None else change.after)}"
    return f"{sign} {place}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
