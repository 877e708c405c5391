"""What a run tells while it goes on; see ``on_event`` of :func:`newsextract.extract_folder`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["finished", "interrupted", "stopped"]


@dataclass(frozen=True, slots=True)
class Started:
    """The run begins; ``files`` is how many there are, ``jobs`` how many workers."""

    files: int
    jobs: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file is through: how many records, failures and skips it gave."""

    name: str
    records: int
    failures: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A file or a member of one failed."""

    name: str
    code: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Sent a few times a second: files that are through, whether read now or known from before, failures among those read now."""

    done: int
    failures: int


@dataclass(frozen=True, slots=True)
class Publishing:
    """All files are through; the output is being written (``what`` is ``records`` or a further format)."""

    what: str


Event: TypeAlias = Started | FileRead | Failed | Progress | Publishing


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended.

    Attributes:
        out: The run directory.
        status: ``finished``; ``interrupted`` by a signal; ``stopped`` by ``fail_fast`` or ``max_errors`` before all was read.
        files: Files that were found.
        records, failures, skipped: Outcomes of these files, whether of this run or an earlier one.
        duplicates: Files whose content is that of another.
        vanished: Files of earlier runs that are no longer there.
        read: Files that were read in this run.
        unchanged: Files that were known from an earlier run; the rest are duplicates of others.
        failure_codes, skip_codes, warnings: How often each code occurs.
        gates: Codes of ``fail_on`` that were met, and ``max_errors`` if that was.
        seconds: How long it took.
    """

    out: Path
    status: Status
    files: int
    records: int
    failures: int
    skipped: int
    duplicates: int
    vanished: int
    read: int
    unchanged: int
    failure_codes: dict[str, int] = field(default_factory=dict)
    skip_codes: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    gates: tuple[str, ...] = ()
    seconds: float = 0.0
