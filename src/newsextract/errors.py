"""Every error that newsextract raises on purpose.

::

    NewsExtractError
    ├── ReadError              a document that cannot be read: file, reason, remedy
    ├── OutputError            a place that cannot be written: path, reason, remedy
    │   ├── OutputBusyError    another run is writing there
    │   └── OtherRunError      what lies there was made from another input, configuration or version
    ├── NoInputError           nothing to read
    ├── SettingsError          a setting that makes no sense: its name, where it was given, reason
    ├── DataError(ValueError)  a data file that is wrong: path:line: reason; raised while loading, never in a batch
    │   ├── LexiconError
    │   └── RuleError
    └── BackendError           an extra that is missing (says which to install) or a model that failed

Nothing found is an empty list, never an exception.
"""

from __future__ import annotations

from pathlib import Path


class NewsExtractError(Exception):
    """Base class of all errors of this package."""


class ReadError(NewsExtractError):
    """A document could not be read.

    Args:
        path: The file.
        code: A short upper-case code from the closed list in ``docs/readers.md`` (``NOT_FOUND``, ``UNDECIDED_ENCODING``, …).
        reason: What is wrong, in one sentence without the file's name.
        remedy: What the user can do about it.
    """

    def __init__(self, path: str | Path, code: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path = str(path)
        self.code = code
        self.reason = reason
        self.remedy = remedy


class OutputError(NewsExtractError):
    """Output could not be written; ``path``, ``reason`` and ``remedy`` say where, why and what to do.

    ``full`` tells that the place itself is sound but the disk is full or failing, so that the same run may be taken up later.
    """

    def __init__(self, path: str | Path, reason: str, remedy: str, *, full: bool = False) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path = str(path)
        self.reason = reason
        self.remedy = remedy
        self.full = full


class OutputBusyError(OutputError):
    """Another run holds the output folder."""


class OtherRunError(OutputError):
    """The output folder holds the results of another input, configuration or version."""


class NoInputError(NewsExtractError):
    """Nothing to read: the path does not exist, or no file matched."""


class SettingsError(NewsExtractError):
    """A setting is unknown or makes no sense; the message says which, where it was given, and why."""


class DataError(NewsExtractError, ValueError):
    """A data file is wrong; the message reads ``path:line: reason``."""

    def __init__(self, path: str | Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = str(path)
        self.line = line
        self.reason = reason


class LexiconError(DataError):
    """A lexicon row is wrong or conflicts with another."""


class RuleError(DataError):
    """A rule is wrong, or disagrees with its own examples."""


class BackendError(NewsExtractError):
    """An optional backend is missing or failed; the message names the extra to install."""
