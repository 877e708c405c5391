"""A run: a folder in, a complete run directory out; safe to interrupt, to repeat and to take up again.

The files that are there are laid beside the ledger (:mod:`~newsextract.batch.plan`), worker processes read what is new or changed
(:mod:`~newsextract.batch.pool`), their answers are made durable (:mod:`~newsextract.batch.intake`), and when nothing is left to read the output
is written in order (:mod:`~newsextract.batch.publish`). Nothing but this process writes to the run directory.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from newsextract.batch import ledger as ledgers
from newsextract.batch import sinks
from newsextract.batch.claim import claim, roots_of
from newsextract.batch.events import Event, Progress, Publishing, RunSummary, Started, Status
from newsextract.batch.extras import require
from newsextract.batch.failing import output_error, writing
from newsextract.batch.intake import Intake
from newsextract.batch.job import Job, Task
from newsextract.batch.ledger import Ledger
from newsextract.batch.lock import locked
from newsextract.batch.messages import Answer
from newsextract.batch.outcome import Outcome
from newsextract.batch.plan import MOST_ROUNDS, Input, Plan
from newsextract.batch.pool import Pool
from newsextract.batch.publish import parts, publish, settle
from newsextract.batch.report import write_report
from newsextract.batch.segments import forget_lost
from newsextract.batch.texts import Drafts
from newsextract.config import Settings
from newsextract.errors import NoInputError

_PROGRESS_SECONDS: Final = 0.25


class Interruption(Protocol):
    """Whether somebody wishes the run to end; see :mod:`newsextract.batch.signals`."""

    @property
    def asked(self) -> bool:
        """Whether the run is to end when the current documents are through."""
        ...


@dataclass(frozen=True)
class Never:
    """Nobody interrupts."""

    asked: bool = False


class _InterruptedError(Exception):
    """The wish to end came while output was being written."""


@dataclass
class Run:
    """One run. :meth:`execute` does it.

    Attributes:
        inputs: Where to read from.
        out: The run directory.
        settings: What the user decided.
        retry_failed: Whether files that failed before are read again.
        force_new: Whether what lies in ``out`` from another input, configuration or version gives way.
        tell: Hears of what happens.
        interruption: Asked several times a second.
        start: The start method of worker processes; chosen by the platform without it.
    """

    inputs: Sequence[Input]
    out: Path
    settings: Settings
    retry_failed: bool = False
    force_new: bool = False
    tell: Callable[[Event], None] = lambda _: None
    interruption: Interruption = field(default_factory=Never)
    start: str | None = None

    def __post_init__(self) -> None:
        self._names: dict[int, str] = {}
        self._told = 0.0
        self._begun = time.monotonic()

    def execute(self) -> RunSummary:
        """Does the run.

        Returns:
            How it ended. Whatever happens, the run directory is sound and the next run goes on from there.

        Raises:
            BackendError: An extra that the settings need is not installed; nothing was touched.
            NoInputError: No file matched; nothing was touched.
            OutputBusyError: Another run is writing to ``out``.
            OtherRunError: ``out`` belongs to another input, configuration or version.
            OutputError: ``out`` cannot be written.
        """
        sinks.require(self.settings.format)
        require(self.settings)
        files = sum(one.count() for one in self.inputs)
        if not files:
            raise NoInputError("no file matched; nothing was done. Check the path, --include and --exclude.")
        with writing(self.out):
            self.out.mkdir(parents=True, exist_ok=True)
        with locked(self.out):
            claim(self.inputs, self.out, self.settings, force=self.force_new)
            ledger = Ledger(self.out / ledgers.NAME)
            try:
                return self._with(ledger, files)
            except OSError as error:
                raise output_error(self.out, error) from error
            finally:
                ledger.close()

    def _with(self, ledger: Ledger, files: int) -> RunSummary:
        self.tell(Started(files, self.settings.workers()))
        self._take_up(ledger)
        write_report(self.out, self.settings, None)
        plan = Plan(self.inputs, ledger, self.settings.max_size)
        intake = Intake(self.out, ledger, self.tell)
        try:
            status = self._extract(plan, intake)
        finally:
            intake.close()
        if status == "finished":
            try:
                self._publish(ledger)
            except _InterruptedError:
                status = "interrupted"
        summary = self._summary(ledger, status, plan, intake)
        write_report(self.out, self.settings, summary)
        return summary

    def _take_up(self, ledger: Ledger) -> None:
        """Brings the run directory, however the last run ended, into the state from which this one goes on."""
        settle(self.out, ledger)
        forget_lost(self.out, ledger)
        ledger.forget_pending()
        if self.retry_failed:
            ledger.forget_failed()
        ledger.remember("configuration", self.settings.fingerprint())
        ledger.remember("roots", "\0".join(roots_of(self.inputs)))
        ledger.commit()

    # --- reading

    def _extract(self, plan: Plan, intake: Intake) -> Status:
        """Reads whatever is to be read; how that ended."""
        job = Job.of(self.settings, text=self.settings.text)
        tasks = plan.tasks()
        with Pool(job, Drafts(self.out), self.settings.workers(), start=self.start) as pool:
            for _ in range(MOST_ROUNDS):
                status = self._round(pool, tasks, plan, intake)
                intake.settle(force=True)
                if status != "finished":
                    return status
                if not plan.ledger.share():
                    break
                tasks = plan.rest()
        for number, _, path in plan.ledger.pending():
            told = Outcome("error", "", "UNREADABLE", "changes while it is read", "Run again when nothing writes to it.")
            intake.finish(number, os.fsdecode(path), [told], MOST_ROUNDS)
        plan.ledger.drop_left()
        intake.settle(force=True)
        return "finished"

    def _round(self, pool: Pool, tasks: Iterator[Task | None], plan: Plan, intake: Intake) -> Status:
        status: Status = "finished"
        for answers in pool.run(self._named(tasks)):
            for answer in answers:
                self._accept(answer, pool, intake)
            intake.settle()
            self._progress(plan, intake)
            if status == "finished" and (status := self._ending(intake)) != "finished":
                pool.stop()
        return status if status != "finished" else self._ending(intake)

    def _named(self, tasks: Iterable[Task | None]) -> Iterator[Task | None]:
        """``tasks``, whose names are remembered until they are through; ends early when the run is to end."""
        for task in tasks:
            if task is not None:
                self._names[task.number] = task.name
            yield task
            if self.interruption.asked:
                return

    def _accept(self, answer: Answer, pool: Pool, intake: Intake) -> None:
        if answer.state == "part":
            intake.take(answer.number, answer.outcomes)
        elif answer.state == "last":
            intake.finish(answer.number, self._names.pop(answer.number), answer.outcomes, pool.attempts(answer.number))
        else:
            intake.void(answer.number)
            if answer.state == "changed":
                self._names.pop(answer.number)

    def _ending(self, intake: Intake) -> Status:
        """Whether the run is to go on (``finished``), and why not."""
        if self.interruption.asked:
            return "interrupted"
        most = self.settings.max_errors
        too_many = most is not None and not most.endswith("%") and intake.failures > float(most)
        return "stopped" if too_many or (self.settings.fail_fast and intake.failures) else "finished"

    def _progress(self, plan: Plan, intake: Intake) -> None:
        now = time.monotonic()
        if now - self._told > _PROGRESS_SECONDS:
            self._told = now
            self.tell(Progress(plan.unchanged + intake.files, intake.failures))

    # --- writing

    def _publish(self, ledger: Ledger) -> None:
        if not (ledger.current and ledger.about("published") == str(self.settings.shard_size)):
            self.tell(Publishing("records"))
            publish(self.out, ledger, self.settings.shard_size, self._pause)
        done = (ledger.about("sinks") or "").split()
        # a format once asked for is kept up to date, so that nothing old lies beside what is new
        wanted = {*(ledger.about("formats") or "").split(), *self.settings.format} - {"jsonl"}
        ledger.remember("formats", " ".join(sorted(wanted)))
        for name in sorted(wanted - set(done)):
            self._pause()
            self.tell(Publishing(name))
            sinks.publish(name, parts(self.out), self.out, self._pause)
            done.append(name)
            ledger.remember("sinks", " ".join(done))
            ledger.commit()

    def _pause(self) -> None:
        """Ends the writing of output, which the next run will do, if the run is to end."""
        if self.interruption.asked:
            raise _InterruptedError

    def _summary(self, ledger: Ledger, status: Status, plan: Plan, intake: Intake) -> RunSummary:
        counts = ledger.counts()
        failures, warnings = ledger.codes("error"), ledger.warnings()
        return RunSummary(
            out=self.out,
            status=status,
            **counts,
            read=intake.files,
            unchanged=plan.unchanged,
            failure_codes=failures,
            skip_codes=ledger.codes("skip"),
            warnings=warnings,
            gates=_gates(self.settings, counts, {*failures, *warnings}),
            seconds=round(time.monotonic() - self._begun, 3),
        )


def _gates(settings: Settings, counts: dict[str, int], codes: set[str]) -> tuple[str, ...]:
    """Which of the user's conditions for a good run do not hold."""
    failures, all_outcomes = counts["failures"], counts["failures"] + counts["records"] + counts["skipped"]
    met = [code for code in settings.fail_on if code in codes]
    if settings.fail_fast and failures:
        met.append("fail_fast")
    most = settings.max_errors
    if most is not None:
        allowed = float(most.removesuffix("%")) * (all_outcomes / 100 if most.endswith("%") else 1)
        met += ["max_errors"] if failures > allowed else []
    return tuple(met)
