"""What is written beside the records on request: Parquet, CSV and SQLite, each made anew from the finished ``records/part-*.jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from newsextract.batch.sinks.lines import Pause, no_pause
from newsextract.errors import BackendError

FORMATS: Final = ("parquet", "csv", "sqlite")


def require(names: Iterable[str]) -> None:
    """Sees that all of ``names`` can be written, before work is done that depends on it.

    Raises:
        BackendError: An extra is not installed.
    """
    if "parquet" in names and find_spec("pyarrow") is None:
        raise BackendError("--format parquet needs pyarrow, which is not installed: pip install newsextract[parquet]")


def publish(name: str, parts: Sequence[Path], out: Path, pause: Pause = no_pause) -> None:
    """Writes the records in ``parts`` into the run directory ``out`` as one of :data:`FORMATS`.

    Args:
        name: The format.
        parts: The files of records, in order.
        out: The run directory.
        pause: Called now and then; it may raise to end the work, of which nothing is then left.

    Raises:
        BackendError: The format's extra is not installed.
        OSError: ``out`` cannot be written.
    """
    write: Callable[[Sequence[Path], Path, Pause], None] = import_module(f"{__name__}.{name}").publish
    write(parts, out, pause)
