"""``run.json``: what a run was asked to do, with what, and how it ended. Times stand here and in no other file."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from newsextract._version import __version__
from newsextract.batch.events import RunSummary
from newsextract.batch.failing import writing
from newsextract.batch.sinks.replace import replaced
from newsextract.config import Settings

NAME: Final = "run.json"
FORMAT: Final = "newsextract/run/1"
_LIBRARIES: Final = ("numpy", "pydantic", "hijridate", "charset-normalizer", "lxml", "pypdfium2", "python-docx", "pyarrow")


def write_report(out: Path, settings: Settings, summary: RunSummary | None) -> None:
    """Writes ``run.json``; before the run with ``summary`` None, which keeps the time at which it began."""
    path = out / NAME
    now = datetime.now(UTC).isoformat(timespec="seconds")
    before = read_report(out)
    report: dict[str, Any] = {
        "schema": FORMAT,
        "status": "running" if summary is None else summary.status,
        "version": __version__,
        "configuration": settings.model_dump(mode="json"),
        "configuration_sha256": settings.fingerprint(),
        "versions": {"python": platform.python_version(), **_versions()},
        "started": now if summary is None else before.get("started", now),
        "finished": None if summary is None else now,
        "counts": None if summary is None else {k: v for k, v in asdict(summary).items() if k not in ("out", "status")},
    }
    with writing(path), replaced(path) as temporary:
        temporary.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")


def read_report(out: Path) -> dict[str, Any]:
    """What ``run.json`` says; empty if there is none that can be read."""
    try:
        told = json.loads((out / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
