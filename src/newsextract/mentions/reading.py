"""Everything that was read in one text: the scan, its zones, its mentions. What the facts are made from."""

from __future__ import annotations

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
from newsextract.ports import EntityTagger, MorphAnalyser, TokenEntity
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
    """A text as it was read. Immutable once made; nothing here is linked. A text may have been scanned and tagged before (``tagged``),
    together with others.

    Attributes:
        scan: Tokens, lexemes, phrases.
        runs: Number runs by first token.
        names: Mentions of persons, institutions, places, events, programmes, documents.
        dates: Mentions of dates, months, weekdays.
        numbers: Mentions of numbers and amounts.
    """

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        shapes: Shapes,
        reference: date | None = None,
        analyser: MorphAnalyser | None = None,
        tagger: EntityTagger | None = None,
        tagged: tuple[Scan, list[TokenEntity]] | None = None,
    ) -> None:
        scan = Scan(text, lexicon) if tagged is None else tagged[0]
        self.scan = scan
        self.shapes = shapes
        self.reference = reference
        self.runs: dict[int, NumberRun] = number_runs(scan)
        self.dates: list[Mention] = read_dates(scan, self.runs, reference)
        self.numbers: list[Mention] = read_numbers(scan, self.runs, [(m.first, m.last) for m in self.dates])
        if analyser is not None:
            learn_lemmas(self.numbers, analyser)
        reader = NameReader(scan, shapes, self.runs)
        self.names: list[Mention] = reader.read()
        self.titles: list[Title] = reader.titles
        if tagger is not None:
            self.names = merge(scan, shapes, self.names, self.titles, tag([scan], tagger)[0] if tagged is None else tagged[1])
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
