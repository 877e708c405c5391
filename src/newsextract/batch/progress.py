"""Telling people how a run goes on: a bar on a terminal, a line every ten seconds elsewhere, or lines of JSON for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

from newsextract.batch.events import Event, Failed, FileRead, Progress, Publishing, RunSummary, Started

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LINE_SECONDS: Final = 10.0


class Rate:
    """How fast files come through, and how long the rest will take."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._files = 0
        self._done = 0

    def start(self, files: int) -> None:
        """Begins to count towards ``files``."""
        self._begun, self._files = time.monotonic(), files

    def line(self, done: int, failures: int) -> str:
        """Progress in one line."""
        rate = done / max(0.001, time.monotonic() - self._begun)
        left = max(0, self._files - done) / rate if rate else 0.0
        return f"{done:,} of {self._files:,} files, {rate:,.0f}/s, {duration(left)} left, {failures:,} failures"


class Lines:
    """Messages as lines of text.

    Args:
        say: Takes a line.
        quiet: Whether only failures and the end are told.
        verbose: Whether every file is told.
    """

    def __init__(self, say: Callable[[str], None], *, quiet: bool = False, verbose: bool = False) -> None:
        self._say = say
        self._quiet = quiet
        self._verbose = verbose
        self._rate = Rate()
        self._last = time.monotonic()

    def __call__(self, event: Event) -> None:
        """Tells what is worth a line."""
        if isinstance(event, Failed):
            self._say(f"{event.name}: {event.reason} [{event.code}]. {event.remedy}")
        elif isinstance(event, Started):
            self._rate.start(event.files)
        elif self._quiet:
            return
        elif isinstance(event, FileRead) and self._verbose:
            self._say(f"{event.name}: {event.records} records, {event.failures} failures, {event.skipped} passed over")
        elif isinstance(event, Progress) and time.monotonic() - self._last > _LINE_SECONDS:
            self._last = time.monotonic()
            self._say(self._rate.line(event.done, event.failures))
        elif isinstance(event, Publishing) and self._verbose:
            self._say(f"writing {event.what}")

    def close(self) -> None:
        """Nothing is open."""


class Terminal:
    """A bar with rate, time left and failures on a terminal; failures scroll above it.

    Args:
        say: Tells failures and the like, above the bar.
    """

    def __init__(self, say: Callable[[str], None], *, verbose: bool = False) -> None:
        self._lines = Lines(self._above, quiet=not verbose, verbose=verbose)
        self._say = say
        self._bar: Bar | None = None
        self._task: Any = None

    def __call__(self, event: Event) -> None:
        """Moves the bar."""
        if isinstance(event, Started):
            self._bar = _bar()
            self._task = self._bar.add_task("reading", total=event.files, failures=0)
            self._bar.start()
        elif self._bar is not None and isinstance(event, Progress):
            self._bar.update(self._task, completed=event.done, failures=event.failures)
            self._bar.refresh()
        elif self._bar is not None and isinstance(event, Publishing):
            self._bar.update(self._task, description=f"writing {event.what}")
            self._bar.refresh()
        self._lines(event)

    def close(self) -> None:
        """Leaves the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _above(self, line: str) -> None:
        if self._bar is None:
            self._say(line)
        else:
            self._bar.console.print(f"newsextract: {line}", markup=False, highlight=False, soft_wrap=True)


class JsonLines:
    """Every event as a line of JSON: ``time``, ``event`` and what it carries.

    Args:
        stream: Where to.
        quiet: Whether only failures and the end are told.
        verbose: Whether every file is told.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet
        self._verbose = verbose
        self._last = 0.0

    def __call__(self, event: Event) -> None:
        """Tells what is worth a line."""
        if isinstance(event, FileRead) and not self._verbose:
            return
        if self._quiet and not isinstance(event, Failed):
            return
        if isinstance(event, Progress):
            if time.monotonic() - self._last < _LINE_SECONDS:
                return
            self._last = time.monotonic()
        self.write(type(event).__name__, asdict(event))

    def write(self, event: str, fields: dict[str, Any]) -> None:
        """Writes one line."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
        print(json.dumps(line, ensure_ascii=False, default=str), file=self._stream, flush=True)

    def close(self) -> None:
        """Nothing of its own is open."""


def summary_line(summary: RunSummary) -> str:
    """How a run ended, in one line."""
    counts = [f"{summary.records:,} records, {summary.failures:,} failures"]
    others = ((summary.skipped, "passed over"), (summary.duplicates, "duplicates"), (summary.vanished, "vanished"))
    counts += [f"{number:,} {what}" for number, what in others if number]
    if summary.status != "finished":
        return f"{summary.status}: {', '.join(counts)} in {summary.out}; run the same command again to go on"
    if summary.unchanged:
        counts.append(f"{summary.unchanged:,} of {summary.files:,} files known from before")
    return f"{', '.join(counts)} in {summary.out} ({duration(summary.seconds)})"


def duration(seconds: float) -> str:
    """``4.2 s``, ``3 min 20 s``, ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{int(seconds // 60)} min {int(seconds % 60)} s" if seconds < 3600 else f"{minutes // 60} h {minutes % 60} min"


def on_terminal() -> bool:
    """Whether a person is looking at stderr."""
    return sys.stderr.isatty()


def _bar() -> Bar:
    from rich.console import Console  # noqa: PLC0415  (only where there is a terminal)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.speed:,.0f}/s"), TimeRemainingColumn())
    # refreshed by hand: a thread of its own would be copied, half alive, into every forked worker
    return Progress(*columns, TextColumn("{task.fields[failures]:,} failures"), console=Console(stderr=True), auto_refresh=False, transient=True)
