"""The extractor: wires lexicon, rules and readers; immutable after :func:`load`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsextract._version import __version__
from newsextract.calibration import Calibration, load_calibration
from newsextract.errors import BackendError
from newsextract.explaining import Step, steps
from newsextract.facts import FACTS
from newsextract.facts.draft import Findings
from newsextract.facts.pattern import Match, RuleBook, load_rules
from newsextract.lexicon.check import conflicts
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import common_words
from newsextract.lexicon.shape import Shapes
from newsextract.lexicon.table import Table, load_table
from newsextract.mentions.model import Mention
from newsextract.mentions.reading import Reading, read
from newsextract.ports import EntityTagger, MorphAnalyser
from newsextract.record.assemble import assemble
from newsextract.record.line import LineWriter
from newsextract.record.model import ExtractorInfo, Record, Tier
from newsextract.source import Source
from newsextract.unwatched import Unwatched
from newsextract.workers import in_order

_LOG: Final = logging.getLogger(__name__)
OnError = Callable[[str | Source, Exception], None]
"""Told of a source that gave no record."""
BATCH_TEXTS: Final = 32
"""Texts that are read together, stage by stage."""
BATCH_CHARACTERS: Final = 100_000
"""Characters from which on a batch of texts is not added to: all that was found in them is held at once."""


class Parts(NamedTuple):
    """What an extractor is made of; it travels as this to a worker process.

    Attributes:
        table: The lexicon.
        analyser: What knows the lemmas of counted nouns that the lexicon does not have.
        tier: ``fast`` for rules and lexicons alone, ``full`` with a statistical tagger.
        tagger: The tagger of the full tier, or what names it; None for the one that is shipped.
    """

    table: Table
    analyser: MorphAnalyser | None = None
    tier: Tier = "fast"
    tagger: str | EntityTagger | None = None


class Extractor:
    """Extracts records and mentions. Made by :func:`load`; safe to share between threads for reading.

    Args:
        parts: Lexicon, ports and tier.
        rules: The rule book.
        calibration: What the finders' confidence is worth; by default what they state.
    """

    def __init__(self, parts: Parts, rules: RuleBook, *, calibration: Calibration | None = None) -> None:
        self._parts = parts
        self._lexicon = Lexicon(parts.table.entries, parts.table.forms, rules.first_words)
        self._shapes = Shapes(self._lexicon, common_words())
        self._rules = rules
        self._calibration = calibration or Calibration()
        self._tagger, model = _tagger(parts, self._lexicon)
        self._about = ExtractorInfo(version=__version__, tier=parts.tier, lexicon=parts.table.fingerprint, model=model, seconds=None)
        self._writer = LineWriter(self._about)

    def __reduce__(self) -> tuple[Callable[..., Extractor], tuple[Any, ...]]:
        """Travels as its parts, and is made anew where it arrives (a spawned worker)."""
        return _made, (self._parts,)

    def extract(self, source: str | Source, *, content: bool = False) -> Record:
        """The record of one release.

        Args:
            source: A text, or a :class:`Source` with its name, date and provenance.
            content: Whether the record carries the text itself.

        Returns:
            The record; every offset counts code points of the text as given.
        """
        return self._records([_source(source)], content)[0]

    def json_lines(self, sources: Iterable[str | Source], *, content: bool = False, jobs: int = 1, on_error: OnError | None = None) -> Iterator[bytes]:
        """The records of many releases as lines of JSON, in order: the bytes of ``extract(source).model_dump_json()``, without making records.

        No record is made on the way. A lone surrogate in a text, for which ``model_dump_json`` raises, is written as JSON's escape.

        Args:
            sources: Texts or :class:`Source`. A few are read ahead, for they are worked on together; no more than keeps the workers busy.
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
        with Unwatched():
            return self._read([text], [_day(reference)])[0].mentions()

    def matches(self, text: str) -> list[Match]:
        """Every wording that fitted in ``text``, in text order."""
        with Unwatched():
            return self._rules.matches(self._read([text], [None])[0])

    def explain(self, text: str) -> list[Step]:
        """How ``text`` was read, as plain dictionaries with a ``step`` each: zones, mentions (numbers also in words), the rules that fitted,
        those that nearly did and what was missing, and the facts with their finder, stated and measured confidence."""
        with Unwatched():
            findings = self._findings([Source(text)])[0]
        return steps(findings.reading, self._rules, findings, self._calibration)

    def _piped(self, task: _Lines, sources: Iterable[str | Source], jobs: int, on_error: OnError | None) -> Iterator[Any]:
        for source, outcome in in_order(task, _batches(sources), jobs):
            if not isinstance(outcome, Exception):
                yield outcome
            elif on_error is not None:
                on_error(source, outcome)
            else:
                _LOG.warning("%s gave no record: %s: %s", getattr(source, "name", "a text"), type(outcome).__name__, outcome)

    def _records(self, sources: Sequence[Source], content: bool) -> list[Record]:
        with Unwatched():
            findings = self._findings(sources)
            return [assemble(source, found, self._about, content=content) for source, found in zip(sources, findings, strict=True)]

    def _lines(self, sources: Sequence[Source], content: bool) -> list[bytes]:
        with Unwatched():
            findings = self._findings(sources)
            return [self._writer.line(source, found, content) for source, found in zip(sources, findings, strict=True)]

    def _read(self, texts: Sequence[str], references: Sequence[date | None]) -> list[Reading]:
        return read(texts, references, self._lexicon, self._shapes, self._parts.analyser, self._tagger)

    def _findings(self, sources: Sequence[Source]) -> list[Findings]:
        """What was found in each source; like :func:`read` one stage after the other."""
        readings = self._read([source.text for source in sources], [source.published for source in sources])
        matches = [self._rules.matches(reading) for reading in readings]
        findings = [Findings(reading, matches[at], sources[at].published) for at, reading in enumerate(readings)]
        for fact in FACTS:
            for found in findings:
                found.drafts[fact.KIND] = fact.build(found)
        for found in findings:
            self._calibration.apply(found.drafts)
        return findings


class _Lines:
    """What :meth:`Extractor.json_lines` does with a batch of sources, here or in a worker: the outcome of each, an exception for one that raises."""

    def __init__(self, extractor: Extractor, content: bool) -> None:
        self._extractor = extractor
        self._content = content

    def __call__(self, sources: Sequence[str | Source]) -> list[Any]:
        try:
            return self._made([_source(source) for source in sources])
        except Exception as error:  # one text never ends the rest
            return [error] if len(sources) == 1 else [outcome for source in sources for outcome in self([source])]

    def _made(self, sources: Sequence[Source]) -> list[Any]:
        return self._extractor._lines(sources, self._content)


class _Records(_Lines):
    """The same for :meth:`Extractor.pipe`."""

    def _made(self, sources: Sequence[Source]) -> list[Any]:
        return self._extractor._records(sources, self._content)


def _source(source: str | Source) -> Source:
    return Source(source) if isinstance(source, str) else source


def _text(source: str | Source) -> str:
    """The text of ``source``; none of what is no source, which is told in its turn."""
    text = source if isinstance(source, str) else getattr(source, "text", "")
    return text if isinstance(text, str) else ""


def _batches(sources: Iterable[str | Source]) -> Iterator[list[str | Source]]:
    """The sources in batches that are read together; those before one that ``sources`` fails to give, too."""
    batch: list[str | Source] = []
    characters = 0
    try:
        for source in sources:
            batch.append(source)
            characters += len(_text(source))
            if len(batch) == BATCH_TEXTS or characters > BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
    except Exception:  # of the iterable; it is raised again when what came before has had its turn
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _made(parts: Parts) -> Extractor:
    return Extractor(parts, load_rules(), calibration=load_calibration(parts.tier))


def _tagger(parts: Parts, lexicon: Lexicon) -> tuple[EntityTagger | None, str | None]:
    """The tagger of the full tier and its name in records; ``(None, None)`` in the fast tier."""
    if parts.tier == "fast":
        return None, None
    if parts.tagger is not None and not isinstance(parts.tagger, str):
        return parts.tagger, type(parts.tagger).__name__
    from newsextract.tagger.artefact import DEFAULT  # noqa: PLC0415  (the fast tier does without)
    from newsextract.tagger.resolve import tagger  # noqa: PLC0415

    spec = parts.tagger or DEFAULT
    return tagger(spec, lexicon=lexicon), spec


def _day(reference: date | datetime | str | None) -> date | None:
    if isinstance(reference, str):
        return datetime.fromisoformat(reference).date()
    return reference.date() if isinstance(reference, datetime) else reference


def load(
    *,
    lexicons: Iterable[str | Path] = (),
    dialect: bool = False,
    tier: Tier = "full",
    tagger: str | EntityTagger | None = None,
    analyser: str | MorphAnalyser | None = None,
) -> Extractor:
    """An extractor with the package's own lexicons and rules.

    Args:
        lexicons: TSV files of the user's own rows, laid over ours (``docs/lexicons.md``); each row of ours that one takes the place of is
            told as a warning of the ``newsextract`` logger.
        dialect: Whether number words of the common dialects (اتنين, تلاتة) are read too.
        tier: ``full`` reads names with the statistical tagger too; ``fast`` does without it, in about a third of the time.
        tagger: The tagger of the full tier instead of the one that is shipped: ``spacy:NAME_OR_PATH``, ``camel:PATH``, or an
            :class:`~newsextract.ports.EntityTagger`.
        analyser: What gives the lemmas of counted nouns that our lexicon does not know, or its name among the entry points
            ``newsextract.analysers`` (``"camel"``); without it they follow from the regular endings alone.

    Raises:
        LexiconError: A row of ``lexicons`` is wrong (``path:line: reason``).
        RuleError: A rule file of the package is malformed.
        BackendError: A tagger or an analyser is not installed, or its data are missing.
        ValueError: A tagger is named for the fast tier, or the tier is unknown.
    """
    if tier not in ("fast", "full") or (tier == "fast" and tagger is not None):
        raise ValueError(f"tier {tier!r}: it is 'fast', without a tagger, or 'full'")
    paths = list(lexicons)
    table = load_table(("lexicons", "dialect") if dialect else ("lexicons",), paths)
    for message in conflicts(paths, table.entries) if paths else ():
        _LOG.warning("%s", message)
    return _made(Parts(table, _analyser(analyser), tier, tagger))


def _analyser(wanted: str | MorphAnalyser | None) -> MorphAnalyser | None:
    if not isinstance(wanted, str):
        return wanted
    found = entry_points(group="newsextract.analysers", name=wanted)
    if not found:
        raise BackendError(f"there is no analyser {wanted!r} among the entry points newsextract.analysers")
    made: MorphAnalyser = next(iter(found)).load()()
    return made
