"""Places whose names are everyday words («جنين», «عمان»): taken where the text speaks of their country and a preposition leads them,
or where they stand in a row with a place that is sure."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker
from newsextract.mentions.name_value import NameValue

_NOUN: Final = BIT["NOUN"]
_LOCATIVE: Final = frozenset({"في", "من", "الي", "بين"})
_ROW: Final = frozenset({"،", "-", "(", "/", "و", "\n"})
_SET_OFF: Final = frozenset("()/-–:")
_OPENING: Final = 40
"""Tokens of a text among which its dateline lies."""


@final
class WeakPlaces:
    """Adds the weak places of one scan to its names ``out``. What the text says of countries and places is gathered when it is first asked for.

    Args:
        maker: Makes the mentions.
        out: The names that were read, in text order; it stays so.
        demonyms: The tokens that are demonyms.
    """

    __slots__ = ("_countries", "_demonyms", "_edges", "_maker", "_out", "_scan")

    def __init__(self, maker: NameMaker, out: list[Mention], demonyms: list[int]) -> None:
        self._maker = maker
        self._scan = maker.scan
        self._out = out
        self._demonyms = demonyms
        self._countries: set[str] | None = None
        self._edges: set[int] | None = None

    def read(self, anchors: list[int]) -> None:
        """Takes those of the tokens ``anchors`` for which the text vouches and that no name holds."""
        scan, out = self._scan, self._out
        taken: list[Mention] = []
        held: set[int] = set()
        for i in anchors:
            lexeme = scan.tokens[i].lexeme
            reading = None if lexeme is None else lexeme.sense("PLACE")
            if reading is None or not self._placed(i, reading):
                continue
            if not held:
                for m in out:
                    held.update(range(m.first, m.last))
            if i in held:
                continue
            entry = reading.sense.entry
            taken.append(self._maker.name("PLACE", i, i + 1, reading.cut, "rule:places.context", 0.8, entry.kind or "other", entry, entry.country))
            self._found_edges().add(i)
        if taken:
            out.extend(taken)
            out.sort(key=_first)

    def _placed(self, i: int, reading: Reading) -> bool:
        """Whether the text vouches for the place: its country is spoken of, and a preposition or a place within two tokens stands by it."""
        words = self._scan.words
        entry = reading.sense.entry
        if not reading.cut and entry.kind == "city" and self._opens_line(i):
            return True
        # a word that is also a noun needs more than «في»: a place right beside it
        led = not self._scan.tokens[i].flags & _NOUN and ((i > 0 and words[i - 1] in _LOCATIVE) or (reading.cut > 0 and words[i][reading.cut - 1] == "ب"))
        if not led:
            if i and words[i - 1] not in _ROW and words[i][0] != "و":
                return False
            edges = self._found_edges()
            if not (i - 2 in edges or i - 1 in edges or i + 1 in edges or i + 2 in edges):
                return False
        return entry.country in self._spoken_of()

    def _opens_line(self, i: int) -> bool:
        """Whether the token opens a line as a dateline does: a sign or a figure follows («صور - …», «عمان 15 كانون الأول»)."""
        words = self._scan.words
        return (i == 0 or words[i - 1] == "\n") and i + 1 < len(words) and (words[i + 1] in _SET_OFF or words[i + 1].isdigit())

    def _found_edges(self) -> set[int]:
        """The first and last tokens of the places found."""
        edges = self._edges
        if edges is None:
            edges = self._edges = set()
            for m in self._out:
                if m.label == "PLACE":
                    edges.add(m.first)
                    edges.add(m.last - 1)
        return edges

    def _spoken_of(self) -> set[str]:
        """The countries of which the text speaks: by a demonym, a place, an institution, or a news agency at its start."""
        countries = self._countries
        if countries is None:
            countries = self._countries = set()
            for i in self._demonyms:
                lexeme = self._scan.tokens[i].lexeme
                reading = None if lexeme is None else lexeme.sense("DEMONYM")
                if reading is not None:
                    countries.add(reading.sense.entry.country)
            self._add_agencies(countries)
            for m in self._out:
                value = m.value
                if (m.label == "PLACE" or m.label == "INSTITUTION") and isinstance(value, NameValue):
                    countries.add(value.country)
            countries.discard("")
        return countries

    def _add_agencies(self, countries: set[str]) -> None:
        """Adds the country of a news agency in brackets or between strokes near the start («عمان 15 كانون الأول (بترا)»)."""
        scan = self._scan
        words = scan.words
        for i in range(1, min(len(words) - 1, _OPENING)):
            lexeme = scan.tokens[i].lexeme
            if lexeme is not None and words[i - 1] in _SET_OFF and words[i + 1] in _SET_OFF:
                reading = lexeme.sense("INSTITUTION")
                if reading is not None and reading.sense.entry.kind == "media":
                    countries.add(reading.sense.entry.country)


def _first(mention: Mention) -> int:
    return mention.first
