"""The exit codes of all commands, and which error ends with which."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from newsextract.errors import (
    BackendError,
    DataError,
    NewsExtractError,
    NoInputError,
    OtherRunError,
    OutputBusyError,
    OutputError,
    ReadError,
    SettingsError,
)


class Exit(IntEnum):
    """What a command's exit code says; ``docs/cli.md`` has the same table for readers."""

    DONE = 0
    FAILED = 1
    """Finished, but some documents or lines failed."""
    USAGE = 2
    NO_INPUT = 3
    """No file matched, or a path does not exist."""
    OTHER_RUN = 4
    """The output folder belongs to another input, configuration or version."""
    MISSING = 5
    """An extra or its data is not installed."""
    GATE = 6
    """A condition of --fail-on, --max-errors or --fail-fast does not hold."""
    DATA = 65
    """A document or data file is wrong."""
    NO_FILE = 66
    """The one document of a command does not exist."""
    CANNOT_CREATE = 73
    IO_ERROR = 74
    """The disk is full or failing, or the reader of stdout has gone."""
    BUSY = 75
    """Another run is writing to the output folder."""
    INTERRUPTED = 130
    TERMINATED = 143


_CODES: Final[tuple[tuple[type[NewsExtractError], Exit], ...]] = (
    (OutputBusyError, Exit.BUSY),
    (OtherRunError, Exit.OTHER_RUN),
    (OutputError, Exit.CANNOT_CREATE),
    (NoInputError, Exit.NO_INPUT),
    (SettingsError, Exit.USAGE),
    (BackendError, Exit.MISSING),
    (DataError, Exit.DATA),
    (ReadError, Exit.DATA),
)
"""The most special first."""


def exit_code(error: NewsExtractError) -> Exit:
    """The exit code of a command that ends with ``error``."""
    if isinstance(error, OutputError) and error.full:
        return Exit.IO_ERROR
    if isinstance(error, ReadError) and error.code == "NOT_FOUND":
        return Exit.NO_FILE
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.FAILED)
