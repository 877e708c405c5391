"""How a run stands, told by its report and, while it is under way or was interrupted, by its ledger."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from newsextract.batch import ledger as ledgers
from newsextract.batch.ledger import Ledger
from newsextract.batch.lock import holder
from newsextract.batch.report import read_report
from newsextract.errors import NoInputError

_HEAD = ("version", "configuration_sha256", "configuration", "started", "finished")


def standing(out: Path) -> dict[str, Any]:
    """The status of the run in ``out``, its head from ``run.json``, and its counts.

    ``status`` is ``running``, ``finished``, ``interrupted`` or ``stopped``; a run that was killed is ``interrupted`` too. A job on
    Ray has no ledger: it is ``running`` until it has finished, and its counts are ``files``, ``documents`` and ``errors``.

    Raises:
        NoInputError: ``out`` is no run directory.
    """
    report = read_report(out)
    ledger = out / ledgers.NAME
    if not report and not ledger.exists():
        raise NoInputError(f"{out}: is no run directory; it has neither run.json nor {ledgers.NAME}. Name the folder given to -o.")
    status = report.get("status", "interrupted")
    if status == "running" and ledger.exists() and holder(out) is None:
        status = "interrupted"
    counts = _counts(ledger) if ledger.exists() else report.get("counts") or {}
    return {"out": str(out), "status": status, **{name: report.get(name) for name in _HEAD}, "counts": counts}


def _counts(path: Path) -> dict[str, Any]:
    with closing(Ledger(path, readonly=True)) as ledger:
        return {
            **ledger.counts(),
            "failure_codes": ledger.codes("error"),
            "skip_codes": ledger.codes("skip"),
            "warnings": ledger.warnings(),
        }
