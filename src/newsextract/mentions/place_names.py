"""Places: those of the gazetteer, and names that a noun announces («مدينة X»)."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LATIN, LI, SIGN, STOP
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker

_PLACE: Final = BIT["PLACE"]
_LONGEST: Final = 4
_NO_PLACE: Final = SIGN | LATIN | CONJ | LI | BI | ADJECTIVE


def known_place(maker: NameMaker, i: int) -> Mention | None:
    """The place of the gazetteer at ``i``, or None."""
    found = maker.reading(i, "PLACE")
    if found is None:
        return None
    reading, last = found
    if last - i == 1 and i and _adjective(maker, i):
        return None
    entry = reading.sense.entry
    return maker.name("PLACE", i, last, reading.cut, "gazetteer:places", 0.95, entry.kind or "other", entry, entry.country)


def _adjective(maker: NameMaker, i: int) -> bool:
    """Whether a country's name is the adjective of the definite noun before it («البنوك السعودية»).

    With a preposition («بالدرعية») it is none; with و it is one only beside another («البنوك المصرية والسعودية»).
    """
    scan, shapes = maker.scan, maker.shapes
    here = shapes.of(scan.tokens[i])
    if not here & ADJECTIVE or here & (LI | BI):
        return False
    before = shapes.of(scan.tokens[i - 1])
    if here & CONJ and not before & ADJECTIVE:
        return False
    return bool(before & DEFINITE) and not before & STOP and not scan.tokens[i - 1].flags & _PLACE


def announced_place(maker: NameMaker, i: int) -> Mention | None:
    """«مدينة X»: after the noun at ``i`` an ambiguous or unknown name is a place."""
    scan, shapes = maker.scan, maker.shapes
    words = scan.words
    lexeme = scan.tokens[i].lexeme
    reading = None if lexeme is None else lexeme.sense("TRIGGER")
    at = i + 1
    if reading is None or reading.sense.entry.kind != "place_noun" or at >= len(words):
        return None
    if scan.tokens[at].flags & _PLACE:
        return None  # the gazetteer reads it by itself
    after = scan.tokens[at].lexeme
    weak = None if after is None else after.sense("PLACE")
    if weak is not None and weak.cut == 0:
        entry = weak.sense.entry
        return maker.name("PLACE", at, at + 1, 0, "gazetteer:places", 0.85, entry.kind, entry, entry.country)
    last = at
    while last < len(words) and last - at < _LONGEST and scan.unknown(last) and not shapes.of(scan.tokens[last]) & _NO_PLACE:
        last += 1
    shape = shapes.of(scan.tokens[at])
    definite = bool(shape & DEFINITE)
    if definite and shape & COMMON:
        return None  # «منطقة الخطر»
    if definite:
        last = min(last, at + 1)
    while last > at and not definite and shapes.of(scan.tokens[last - 1]) & COMMON:
        last -= 1  # «بلدة يعبد جنوب …»; «مدينة أخرى» names none
    if last > at:
        return maker.name("PLACE", at, last, 0, "rule:places.announced", 0.7, "city")
    return None
