"""Takes the workers' answers: records to the spool, texts to their names, then rows to the ledger, then all of it made to stand at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newsextract.batch.events import Event, Failed, FileRead
from newsextract.batch.ledger import Finished, Ledger, Placed
from newsextract.batch.outcome import Outcome
from newsextract.batch.spool import Spool
from newsextract.batch.texts import Texts

_COMMIT_SECONDS: Final = 1.0
_COMMIT_BYTES: Final = 1 << 25
"""After so much time, or so many bytes, what has come in is made durable; no more than that is lost when the run is killed."""


class Intake:
    """Where outcomes arrive.

    Args:
        out: The run directory.
        ledger: Its ledger.
        tell: Hears of every file and failure.
    """

    def __init__(self, out: Path, ledger: Ledger, tell: Callable[[Event], None]) -> None:
        self._ledger = ledger
        self._spool = Spool(out, ledger)
        self._texts = Texts(out)
        self._tell = tell
        self._parts: dict[int, list[Placed]] = {}
        self._finished: list[Finished] = []
        self._committed = time.monotonic()
        self.files = 0
        self.failures = 0

    def take(self, number: int, outcomes: list[Outcome]) -> None:
        """Takes outcomes of a file of which more will come."""
        self._parts.setdefault(number, []).extend(map(self._placed, outcomes))

    def void(self, number: int) -> None:
        """Forgets what was taken of a file; it will be read anew."""
        self._parts.pop(number, None)

    def finish(self, number: int, name: str, outcomes: list[Outcome], attempts: int = 1) -> None:
        """Takes the last outcomes of a file.

        Args:
            number: Its id in the ledger.
            name: What to call it.
            outcomes: In order, after those taken before.
            attempts: How often it was tried.
        """
        self.take(number, outcomes)
        placed = self._parts.pop(number)
        self._finished.append(Finished(number, attempts, self._spool.segment, placed))
        self._report(name, [one.outcome for one in placed])

    def settle(self, *, force: bool = False) -> None:
        """Makes what was taken durable and then known, when it is time."""
        if force or time.monotonic() - self._committed > _COMMIT_SECONDS or self._spool.unwritten > _COMMIT_BYTES:
            self._texts.flush()
            self._spool.flush()
            self._ledger.finish(self._finished)
            self._finished.clear()
            self._ledger.commit()
            self._committed = time.monotonic()

    def close(self) -> None:
        """Lets go of the spool; what was not settled is lost."""
        self._spool.close()

    def _placed(self, outcome: Outcome) -> Placed:
        if outcome.kind != "record":
            return Placed(outcome)
        self._texts.take(outcome)
        offset, length = self._spool.append(outcome.line)
        return Placed(outcome._replace(line=b"", text=None, draft=None), offset, length)

    def _report(self, name: str, outcomes: list[Outcome]) -> None:
        kinds = Counter(outcome.kind for outcome in outcomes)
        self.files += 1
        self.failures += kinds["error"]
        for outcome in outcomes:
            if outcome.kind == "error":
                self._tell(Failed(name + outcome.member, outcome.code or "", outcome.reason or "", outcome.remedy or ""))
        self._tell(FileRead(name, kinds["record"], kinds["error"], kinds["skip"]))
