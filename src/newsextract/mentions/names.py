"""Names of institutions, events, programmes, documents, places and persons, in one pass over the tokens of a scan."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import Shapes
from newsextract.mentions.head_names import HeadReader
from newsextract.mentions.institution_names import goes_on, known_institution
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker
from newsextract.mentions.noun_phrase import HEADS, extend, of_many
from newsextract.mentions.number_runs import NumberRun
from newsextract.mentions.people import Title, read_person
from newsextract.mentions.place_names import announced_place, known_place
from newsextract.mentions.unannounced import filiation, person_before, spoken_person, syllabic, titled_name
from newsextract.mentions.weak_places import WeakPlaces
from newsextract.scan.scanner import Scan

_INSTITUTION: Final = BIT["INSTITUTION"]
_PLACE: Final = BIT["PLACE"]
_TITLE: Final = BIT["TITLE"]
_HONORIFIC: Final = BIT["HONORIFIC"]
_PERSONAL: Final = _HONORIFIC | BIT["GIVEN_NAME"]
_MAYBE: Final = BIT["MAYBE_GIVEN"]
_TRIGGER: Final = BIT["TRIGGER"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_EXPRESSION: Final = BIT["EXPRESSION"]
_SYLLABLE: Final = BIT["SYLLABLE"]
_ANCHOR: Final = HEADS | _INSTITUTION | _PLACE | _TITLE | _PERSONAL | _MAYBE | _TRIGGER | _PARTICLE | _EXPRESSION | _SYLLABLE
_DEMONYM: Final = BIT["DEMONYM"]
_MAYBE_PLACE: Final = BIT["MAYBE_PLACE"]
_FOR_PLACES: Final = _DEMONYM | _MAYBE_PLACE
_NOTED: Final = _ANCHOR | _FOR_PLACES


@final
class NameReader:
    """Reads the names of one scan. One object a text; :meth:`read` gives the mentions in text order.

    Attributes:
        titles: The job titles that were read on the way.
    """

    __slots__ = ("_heads", "_maker", "_out", "_scan", "_shapes", "titles")

    def __init__(self, scan: Scan, shapes: Shapes, runs: dict[int, NumberRun]) -> None:
        self._scan = scan
        self._shapes = shapes
        self._out: list[Mention] = []
        self._maker = NameMaker(scan, shapes)
        self._heads = HeadReader(self._maker, runs, self._out)
        self.titles: list[Title] = []

    def read(self) -> list[Mention]:
        """All names, none inside another but gazetteer institutions inside events and documents."""
        scan, shapes, out = self._scan, self._shapes, self._out
        demonyms: list[int] = []
        maybe_places: list[int] = []
        covered = nested_until = 0
        title: Title | None = None
        tokens = scan.tokens
        for i in scan.where(_NOTED):
            here = tokens[i].flags
            if here & _FOR_PLACES:
                if here & _DEMONYM:
                    demonyms.append(i)
                if here & _MAYBE_PLACE:
                    maybe_places.append(i)
                if not here & _ANCHOR:
                    continue
            if title is not None and title.last <= i:
                # what follows a title may be a name that no lexicon knows, and so no anchor
                person = read_person(scan, shapes, title.last, title) if title.last >= covered else None
                title = None
                if person is not None:
                    out.append(person)
                    covered, nested_until = person.last, 0
            if i < covered:
                if i < nested_until and here & _INSTITUTION:
                    self._nested(i)
                continue
            if here & _EXPRESSION:
                covered, nested_until, title = max(covered, scan.phrases[i].last), 0, None
                continue
            if title is not None and i < title.last and here & _HONORIFIC and of_many(scan, i):
                continue  # «رئيس الوزراء» is one title
            mention = self._at(i, here)
            if mention is None and here & _SYLLABLE:
                mention = syllabic(scan, shapes, i, None)
            if mention is None and here & _PARTICLE:
                mention = filiation(scan, shapes, i, covered)
            if mention is None and here & _TITLE and (title is None or i >= title.last):
                if here & _MAYBE:
                    mention = titled_name(scan, shapes, i)
                if mention is None:
                    named = person_before(scan, shapes, i, covered)
                    if named is not None:
                        out.append(named)
                    title = self._title(i)
                    if title is not None:
                        self.titles.append(title)
            if mention is not None:
                out.append(mention)
                covered = max(mention.last, self._maker.bracket_end)
                nested_until = covered if mention.label == "EVENT" or mention.label == "DOCUMENT" else 0
        if title is not None and title.last >= covered:
            person = read_person(scan, shapes, title.last, title)
            if person is not None:
                out.append(person)
        if maybe_places:
            WeakPlaces(self._maker, out, demonyms).read(maybe_places)
        return out

    def _at(self, i: int, here: int) -> Mention | None:
        """The name that begins at ``i``, whose flags are ``here``: a person, else the longer of a known body and what a head opens, else a place."""
        if here & _PERSONAL and not self._named_place(i):
            person = read_person(self._scan, self._shapes, i, None)
            if person is not None:
                return person
        elif here & _MAYBE:
            person = spoken_person(self._scan, self._shapes, i)
            if person is not None:
                return person
        known: Mention | None = None
        if here & _INSTITUTION:
            known = known_institution(self._maker, i)
            if known is not None and not goes_on(self._maker, known):
                return known
        best = self._heads.read(i) if here & HEADS else None
        if known is not None and (best is None or known.last >= best.last):
            return known
        if best is not None:
            return best
        if here & _PLACE:
            return known_place(self._maker, i)
        if here & _TRIGGER:
            return announced_place(self._maker, i)
        return None

    def _named_place(self, i: int) -> bool:
        """Whether a place of several words begins with what is also a given name («خان يونس»)."""
        phrase = self._scan.phrases.get(i)
        return phrase is not None and phrase.lexeme.sense("PLACE") is not None and phrase.lexeme.sense("GIVEN_NAME") is None

    def _nested(self, i: int) -> None:
        """Adds the known institution at ``i``, inside an event or a document."""
        known = known_institution(self._maker, i)
        if known is not None and (known.last - known.first > 1 or not self._out or self._out[-1].label == "EVENT"):
            self._out.append(known)

    def _title(self, i: int) -> Title | None:
        """The job title at ``i`` with its complement."""
        found = self._maker.reading(i, "TITLE")
        if found is None:
            return None
        reading, end = found
        last = extend(self._scan, self._shapes, end, definite=self._maker.definite(i, end), titled=True, tail=end - i > 1)[0]
        return Title(i, last, reading.cut, reading.sense.entry.number in ("pl", "du") or reading.sense.form in ("plural", "dual"))
