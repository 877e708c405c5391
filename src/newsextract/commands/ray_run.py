"""``newsextract run --engine ray``: the run on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.commands.streams import say
from newsextract.exit_codes import Exit

if TYPE_CHECKING:
    from newsextract.config import Settings


def run_on(engine: str, paths: Sequence[Path], out: Path | None, settings: Settings, address: str | None) -> Exit:
    """Runs the one path in ``paths`` on ``engine``, which is Ray; says how that ended.

    Raises:
        BackendError: The extra ``ray`` is not installed.
        SettingsError: The engine is none, or there is not one path and one output folder.
    """
    from newsextract.batch.failing import writing  # noqa: PLC0415
    from newsextract.errors import SettingsError  # noqa: PLC0415

    if engine != "ray":
        raise SettingsError(f"--engine cannot be {engine!r}. It is local or ray.")
    if len(paths) != 1 or out is None:
        raise SettingsError("--engine ray takes one folder, of documents or of shards, and the output folder with -o.")
    from newsextract.interop.ray import DOCUMENTS, run  # noqa: PLC0415

    with writing(out):
        summary = run(paths[0], out, settings, address=address)
    told = ", ".join(f"{number:,} {status}s" for status, number in summary.documents.items()) or "nothing"
    say(f"{summary.files:,} files gave {told} in {out / DOCUMENTS}")
    for code, number in summary.errors.items():
        say(f"  {code}: {number:,}")
    return Exit.FAILED if summary.errors else Exit.DONE
