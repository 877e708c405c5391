"""The extractor: wires lexicon, rules and readers; immutable after :func:`load`."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from newsextract._version import __version__
from newsextract.calibration import Calibration, load_calibration
from newsextract.explaining import Step, steps
from newsextract.facts import FACTS
from newsextract.facts.draft import Findings
from newsextract.facts.pattern import Match, RuleBook, load_rules
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import common_words
from newsextract.lexicon.shape import Shapes
from newsextract.lexicon.table import Table, load_table
from newsextract.mentions.model import Mention
from newsextract.mentions.reading import Reading
from newsextract.ports import MorphAnalyser
from newsextract.record.assemble import assemble
from newsextract.record.line import LineWriter
from newsextract.record.model import ExtractorInfo, Record
from newsextract.source import Source
from newsextract.workers import in_order

_LOG: Final = logging.getLogger(__name__)
OnError = Callable[[str | Source, Exception], None]
"""Told of a source that gave no record."""


class Extractor:
    """Extracts records and mentions. Made by :func:`load`; safe to share between threads for reading.

    Args:
        table: The lexicon.
        rules: The rule book.
        analyser: What knows the lemmas of counted nouns that the lexicon does not have.
        calibration: What the finders' confidence is worth; by default what they state.
    """

    def __init__(self, table: Table, rules: RuleBook, analyser: MorphAnalyser | None = None, *, calibration: Calibration | None = None) -> None:
        self._table = table
        self._lexicon = Lexicon(table.entries, table.forms)
        self._shapes = Shapes(self._lexicon, common_words())
        self._rules = rules
        self._calibration = calibration or Calibration()
        self._analyser = analyser
        self._about = ExtractorInfo(version=__version__, tier="fast", lexicon=table.fingerprint, model=None, seconds=None)
        self._writer = LineWriter(self._about)

    def __reduce__(self) -> tuple[Callable[..., Extractor], tuple[Any, ...]]:
        """Travels as its table, and is made anew where it arrives (a spawned worker)."""
        return _remade, (self._table, self._analyser)

    def extract(self, source: str | Source, *, content: bool = False) -> Record:
        """The record of one release.

        Args:
            source: A text, or a :class:`Source` with its name, date and provenance.
            content: Whether the record carries the text itself.

        Returns:
            The record; every offset counts code points of the text as given.
        """
        if isinstance(source, str):
            source = Source(source)
        with _Unwatched():
            return assemble(source, self._findings(source.text, source.published), self._about, content=content)

    def json_lines(self, sources: Iterable[str | Source], *, content: bool = False, jobs: int = 1, on_error: OnError | None = None) -> Iterator[bytes]:
        """The records of many releases as lines of JSON, in order: the bytes of ``extract(source).model_dump_json()``, at half the price.

        No record is made on the way. A lone surrogate in a text, for which ``model_dump_json`` raises, is written as JSON's escape.

        Args:
            sources: Texts or :class:`Source`, read only as far ahead as keeps the workers busy.
            content: Whether records carry the text itself.
            jobs: Worker processes; 1 reads in this one.
            on_error: Called, in order, with a source that raised and its exception; such a source has no line. Without it the
                failure is logged. It never ends the rest.
        """
        return self._piped(_Lines(self, content), sources, jobs, on_error)

    def pipe(self, sources: Iterable[str | Source], *, content: bool = False, jobs: int = 1, on_error: OnError | None = None) -> Iterator[Record]:
        """The records of many releases, in order. The arguments are those of :meth:`json_lines`, which is the quicker of the two."""
        return self._piped(_Records(self, content), sources, jobs, on_error)

    def mentions(self, text: str, *, reference: date | datetime | str | None = None) -> list[Mention]:
        """What was read in ``text``, in text order, before any of it is linked.

        Args:
            text: The text.
            reference: The day that اليوم and the like are counted from (a date, or an ISO date or date-time);
                without it they stay unresolved.

        Raises:
            ValueError: ``reference`` is a string that is no ISO date.
        """
        return self._read(text, _day(reference)).mentions()

    def matches(self, text: str) -> list[Match]:
        """Every wording that fitted in ``text``, in text order."""
        return self._rules.matches(self._read(text))

    def explain(self, text: str) -> list[Step]:
        """How ``text`` was read, as plain dictionaries with a ``step`` each: zones, mentions (numbers also in words), the rules that fitted,
        those that nearly did and what was missing, and the facts with their finder, stated and measured confidence."""
        findings = self._findings(text, None)
        return steps(findings.reading, self._rules, findings, self._calibration)

    def _piped(self, task: Callable[[Any], Any], sources: Iterable[str | Source], jobs: int, on_error: OnError | None) -> Iterator[Any]:
        for source, outcome in in_order(task, sources, jobs):
            if not isinstance(outcome, Exception):
                yield outcome
            elif on_error is not None:
                on_error(source, outcome)
            else:
                _LOG.warning("%s gave no record: %s: %s", getattr(source, "name", "a text"), type(outcome).__name__, outcome)

    def _line(self, source: str | Source, content: bool) -> bytes:
        if isinstance(source, str):
            source = Source(source)
        with _Unwatched():
            return self._writer.line(source, self._findings(source.text, source.published), content)

    def _read(self, text: str, reference: date | None = None) -> Reading:
        return Reading(text, self._lexicon, self._shapes, reference, self._analyser)

    def _findings(self, text: str, published: date | None) -> Findings:
        reading = self._read(text, published)
        findings = Findings(reading, self._rules.matches(reading))
        findings.published = published
        for fact in FACTS:
            findings.drafts[fact.KIND] = fact.build(findings)
        for kind, drafts in findings.drafts.items():
            for draft in drafts:
                draft.confidence = self._calibration.confidence(kind, draft.found_by, draft.confidence)
        return findings


class _Unwatched:
    """The garbage collector waits while a text is read: what is made on the way goes by itself, and looking for it among all else takes a tenth of the time."""

    __slots__ = ("_watched",)

    def __enter__(self) -> None:
        self._watched = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._watched:
            gc.enable()


class _Lines:
    """What a worker does for :meth:`Extractor.json_lines`."""

    def __init__(self, extractor: Extractor, content: bool) -> None:
        self._extractor = extractor
        self._content = content

    def __call__(self, source: str | Source) -> bytes:
        return self._extractor._line(source, self._content)


class _Records(_Lines):
    """What a worker does for :meth:`Extractor.pipe`."""

    def __call__(self, source: str | Source) -> Any:
        return self._extractor.extract(source, content=self._content)


def _remade(table: Table, analyser: MorphAnalyser | None) -> Extractor:
    return Extractor(table, load_rules(), analyser, calibration=load_calibration())


def _day(reference: date | datetime | str | None) -> date | None:
    if isinstance(reference, str):
        return datetime.fromisoformat(reference).date()
    return reference.date() if isinstance(reference, datetime) else reference


def load(*, lexicons: Iterable[str | Path] = (), dialect: bool = False, analyser: MorphAnalyser | None = None) -> Extractor:
    """An extractor with the package's own lexicons and rules.

    Args:
        lexicons: TSV files of the user's own rows, laid over ours (``docs/lexicons.md``).
        dialect: Whether number words of the common dialects (اتنين, تلاتة) are read too.
        analyser: What gives the lemmas of counted nouns that our lexicon does not know (``newsextract.interop.camel``); without it they follow
            from the regular endings alone.

    Raises:
        LexiconError: A row of ``lexicons`` is wrong (``path:line: reason``).
        RuleError: A rule file of the package is malformed.
    """
    table = load_table(("lexicons", "dialect") if dialect else ("lexicons",), lexicons)
    return Extractor(table, load_rules(), analyser, calibration=load_calibration())
