"""Everything that was read in one text: the scan, its zones, its mentions. What the facts are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import final

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.shape import Shapes
from newsextract.mentions.counting import learn_lemmas
from newsextract.mentions.dates import read_dates
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.names import NameReader
from newsextract.mentions.number_runs import NumberRun, number_runs
from newsextract.mentions.numbers import read_numbers
from newsextract.mentions.people import Title
from newsextract.mentions.tagged import merge, tag
from newsextract.ports import EntityTagger, MorphAnalyser
from newsextract.scan.scanner import Scan
from newsextract.scan.zones import Zone, zones


@final
class Openings:
    """The names of a text by the token at which each begins; a person also under the first token of honorific and title."""

    __slots__ = ("_names",)

    def __init__(self, names: list[Mention], tokens: int) -> None:
        begun: list[Mention | None] = [None] * tokens
        for mention in names:
            begun[mention.first] = mention
            value = mention.value
            if isinstance(value, NameValue) and value.lead >= 0 and begun[value.lead] is None:
                begun[value.lead] = mention
        self._names = begun

    def get(self, token: int) -> Mention | None:
        """The name that begins at ``token``, or None."""
        names = self._names
        return names[token] if token < len(names) else None

    def __contains__(self, token: int) -> bool:
        return self.get(token) is not None

    def within(self, first: int, last: int) -> bool:
        """Whether a name begins at one of the tokens ``[first, last)``."""
        names = self._names
        for token in range(first, min(last, len(names))):
            if names[token] is not None:
                return True
        return False


class Reading:
    """A text as it was read (:func:`read`). Immutable once made; nothing here is linked.

    Attributes:
        scan: Tokens, lexemes, phrases.
        shapes: Shapes of word types.
        reference: The day that relative dates were counted from.
        runs: Number runs by first token.
        dates: Mentions of dates, months, weekdays.
        numbers: Mentions of numbers and amounts.
        names: Mentions of persons, institutions, places, events, programmes, documents.
        titles: The job titles.
    """

    def __init__(
        self,
        scan: Scan,
        shapes: Shapes,
        reference: date | None,
        runs: dict[int, NumberRun],
        dates: list[Mention],
        numbers: list[Mention],
        names: list[Mention],
        titles: list[Title],
    ) -> None:
        self.scan = scan
        self.shapes = shapes
        self.reference = reference
        self.runs = runs
        self.dates = dates
        self.numbers = numbers
        self.names = names
        self.titles = titles
        # found when first asked for; not cached_property, which a compiled class works out anew each time
        self._zones: list[Zone] | None = None
        self._opening: Openings | None = None
        self._titled: set[int] | None = None

    @property
    def zones(self) -> list[Zone]:
        """Headline, dateline, header lines, body, tail; mentions alone do without."""
        if self._zones is None:
            self._zones = zones(self.scan)
        return self._zones

    @property
    def opening(self) -> Openings:
        """The names by their first tokens."""
        if self._opening is None:
            self._opening = Openings(self.names, len(self.scan.words))
        return self._opening

    def in_title(self, token: int) -> bool:
        """Whether the token lies in a job title."""
        if self._titled is None:
            self._titled = {i for t in self.titles for i in range(t.first, t.last)}
        return token in self._titled

    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        return sorted([*self.dates, *self.numbers, *self.names], key=lambda m: (m.span.start, m.span.end))


def read(
    texts: Sequence[str],
    references: Sequence[date | None],
    lexicon: Lexicon,
    shapes: Shapes,
    analyser: MorphAnalyser | None = None,
    tagger: EntityTagger | None = None,
) -> list[Reading]:
    """The readings of some texts, in order. Each stage goes over all of them before the next begins: its code and its tables are then at hand in
    the processor's caches, which a whole pipeline, run text by text, drives out of them every time.

    Args:
        texts: Few and short ones: all their readings are held at once.
        references: For each the day that relative dates count from.
        lexicon: What words mean.
        shapes: Shapes of word types.
        analyser: What knows the lemmas of counted nouns that the lexicon does not have.
        tagger: What finds names beside the rules.
    """
    scans = [Scan(text, lexicon) for text in texts]
    runs = [number_runs(scan) for scan in scans]
    dates = [read_dates(scan, runs[at], references[at]) for at, scan in enumerate(scans)]
    numbers = [read_numbers(scan, runs[at], [(m.first, m.last) for m in dates[at]]) for at, scan in enumerate(scans)]
    if analyser is not None:
        for found in numbers:
            learn_lemmas(found, analyser)
    readers = [NameReader(scan, shapes, runs[at]) for at, scan in enumerate(scans)]
    names = [reader.read() for reader in readers]
    if tagger is not None:
        entities = tag(scans, tagger)
        names = [merge(scan, shapes, names[at], readers[at].titles, entities[at]) for at, scan in enumerate(scans)]
    return [Reading(scan, shapes, references[at], runs[at], dates[at], numbers[at], names[at], readers[at].titles) for at, scan in enumerate(scans)]
