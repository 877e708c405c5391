"""What is written beside the records on request: Parquet, CSV and SQLite, each made anew from the finished ``records/part-*.jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

FORMATS: Final = ("parquet", "csv", "sqlite")


def publish(name: str, parts: Sequence[Path], out: Path) -> None:
    """Writes the records in ``parts`` into the run directory ``out`` as one of :data:`FORMATS`.

    Raises:
        BackendError: The format's extra is not installed.
        OSError: ``out`` cannot be written.
    """
    write: Callable[[Sequence[Path], Path], None] = import_module(f"{__name__}.{name}").publish
    write(parts, out)
