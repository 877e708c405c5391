"""Institutions that the gazetteer has."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import CONJ, DEFINITE, LI, SIGN, STOP
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import HEADS, QUOTES, quoted

_DEMONYM: Final = BIT["DEMONYM"]


def known_institution(maker: NameMaker, i: int) -> Mention | None:
    """The institution of the gazetteer at ``i``, or None."""
    found = maker.reading(i, "INSTITUTION")
    if found is None:
        return None
    reading, last = found
    entry = reading.sense.entry
    scan = maker.scan
    words = scan.words
    if not entry.country:
        # «وزارة المالية الأمريكية»: the country's adjective belongs to a body that has no country of its own
        while last < len(words) and scan.tokens[last].flags & _DEMONYM and maker.shapes.of(scan.tokens[last]) & (DEFINITE | CONJ) == DEFINITE:
            last += 1
    if i and words[i - 1] in QUOTES:
        inside = quoted(scan, i - 1, 5)
        if inside is not None:
            last = max(last, inside[1])  # «غازبروم نفط»: quotation marks hold the whole name
    mention = maker.name("INSTITUTION", i, last, reading.cut, "gazetteer:institutions", 0.97, entry.kind, entry, entry.country)
    maker.add_short_form(mention)
    return mention


def goes_on(maker: NameMaker, known: Mention) -> bool:
    """Whether the words after a known body may belong to its name: an adjective, a «ل» tail, a field of a ministry."""
    scan = maker.scan
    if known.last >= len(scan.words) or not scan.tokens[known.first].flags & HEADS:
        return False
    shape = maker.shapes.of(scan.tokens[known.last])
    if shape & (SIGN | STOP):
        return False
    if shape & LI and known.last - known.first > 1:
        return False  # «البنك الدولي لتمويل أشد البلدان»: the lexicon has the whole name
    value = known.value
    return not shape & CONJ or (isinstance(value, NameValue) and value.kind == "ministry")
