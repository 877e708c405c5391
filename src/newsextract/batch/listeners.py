"""Who hears of a run: the terminal or the log on stderr, and a log file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TextIO

from newsextract.batch.events import Event, RunSummary
from newsextract.batch.failing import writing
from newsextract.batch.progress import JsonLines, Lines, Terminal, on_terminal, summary_line
from newsextract.config import Settings


class Listeners:
    """All of them as one.

    Args:
        settings: Whose format messages have.
        say: Tells a person a line.
        log: A log file.
        quiet, verbose: How much is told.
    """

    def __init__(self, settings: Settings, say: Callable[[str], None], log: TextIO | None, *, quiet: bool, verbose: bool) -> None:
        self._say = say
        self._json = settings.log_format == "json"
        self._heard: list[Terminal | Lines | JsonLines] = [_on_stderr(self._json, say, quiet=quiet, verbose=verbose)]
        self._log = log
        if log is not None:
            to_file = JsonLines(log, quiet=quiet, verbose=verbose) if self._json else Lines(self._write, quiet=quiet, verbose=verbose)
            self._heard.append(to_file)

    def tell(self, event: Event) -> None:
        """Passes an event on."""
        for one in self._heard:
            one(event)

    def end(self, summary: RunSummary) -> None:
        """Tells how the run ended."""
        self.close()
        for one in self._heard:
            if isinstance(one, JsonLines):
                one.write("RunSummary", asdict(summary))
        if not self._json:
            self._say(summary_line(summary))
            self._write(summary_line(summary))

    def close(self) -> None:
        """Leaves the terminal as it was."""
        for one in self._heard:
            one.close()

    def _write(self, line: str) -> None:
        if self._log is not None:
            print(line, file=self._log, flush=True)


@contextmanager
def listening(settings: Settings, say: Callable[[str], None], *, quiet: bool, verbose: bool) -> Iterator[Listeners]:
    """The listeners that ``settings`` and the options ask for, until the block ends.

    Raises:
        OutputError: The log file cannot be written.
    """
    log = None
    if settings.log_file is not None:
        with writing(settings.log_file):
            log = settings.log_file.open("a", encoding="utf-8", errors="backslashreplace")
    listeners = Listeners(settings, say, log, quiet=quiet, verbose=verbose)
    try:
        yield listeners
    finally:
        listeners.close()
        if log is not None:
            log.close()


def _on_stderr(as_json: bool, say: Callable[[str], None], *, quiet: bool, verbose: bool) -> Terminal | Lines | JsonLines:
    if as_json:
        return JsonLines(sys.stderr, quiet=quiet, verbose=verbose)
    return Terminal(say, verbose=verbose) if on_terminal() and not quiet else Lines(say, quiet=quiet, verbose=verbose)
