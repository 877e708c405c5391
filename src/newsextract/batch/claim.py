"""Whose run directory it is: what lies there must come from the same input, configuration and version, or give way when told to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from newsextract.batch import ledger as ledgers
from newsextract.batch.failing import writing
from newsextract.batch.ledger import FORMAT, Ledger
from newsextract.batch.plan import Input
from newsextract.batch.publish import FAILURES, RECORDS, SINGLE, SKIPPED
from newsextract.batch.report import NAME as REPORT
from newsextract.batch.spool import FOLDER as SPOOL
from newsextract.batch.texts import FOLDER as TEXTS
from newsextract.config import Settings
from newsextract.errors import OtherRunError

_FILES = (SINGLE, FAILURES, SKIPPED, REPORT, ledgers.NAME, f"{ledgers.NAME}-wal", f"{ledgers.NAME}-shm")
_FOLDERS = (RECORDS, SPOOL, TEXTS)


def claim(inputs: Sequence[Input], out: Path, settings: Settings, *, force: bool) -> None:
    """Makes sure that ``out`` is new or belongs to the run to come.

    Args:
        inputs: Where the run will read from.
        out: The run directory.
        settings: Those of the run.
        force: Whether other results in ``out`` are removed.

    Raises:
        OtherRunError: ``out`` holds other results, and ``force`` is not set.
    """
    if not force:
        foreign(inputs, out, settings)
    elif _reason(inputs, out, settings) is not None:
        _clear(out)


def foreign(inputs: Sequence[Input], out: Path, settings: Settings) -> None:
    """Refuses a run directory of another run.

    Raises:
        OtherRunError: It is one.
    """
    reason = _reason(inputs, out, settings)
    if reason is not None:
        raise OtherRunError(out, reason, "Choose another folder with -o, or let go of what is there with --force-new.")


def _clear(out: Path) -> None:
    with writing(out):
        for name in _FILES:
            (out / name).unlink(missing_ok=True)
        for name in _FOLDERS:
            if (out / name).exists():
                shutil.rmtree(out / name)


def roots_of(inputs: Sequence[Input]) -> list[str]:
    """What a run directory remembers of its inputs: the folders. Files that were named one by one may be others the next time."""
    return sorted({os.path.realpath(os.fsdecode(one.top)) for one in inputs if not one.named})


def _reason(inputs: Sequence[Input], out: Path, settings: Settings) -> str | None:
    """Why ``out`` is another run's, if it is."""
    path = out / ledgers.NAME
    if not path.exists():
        return "holds records, but no ledger of a run" if (out / SINGLE).exists() or (out / RECORDS).exists() else None
    ledger = Ledger(path, readonly=True)
    try:
        if ledger.about("format") != FORMAT:
            return "belongs to another version"
        if ledger.about("configuration") not in (None, settings.fingerprint()):
            return "belongs to another configuration or version"
        known = (ledger.about("roots") or "").split("\0")
        return None if known == [""] or set(known) & set(roots_of(inputs)) else f"belongs to another input ({', '.join(known)})"
    finally:
        ledger.close()
