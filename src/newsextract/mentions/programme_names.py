"""Names of programmes: initiatives, strategies, projects, awards. The head noun is an everyday word, so something must make a name of it."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import SIGN, STOP
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker
from newsextract.mentions.name_run import name_run
from newsextract.mentions.noun_phrase import extend, latin_bracket_ahead, quoted

_EVENT: Final = BIT["EVENT_HEAD"]
_DOCUMENT: Final = BIT["DOCUMENT_HEAD"]
_ORDINAL: Final = BIT["ORDINAL"]
_OF_YEARS: Final = frozenset({"لعام", "للعام", "لعامي", "للعامين", "للاعوام", "لسنه", "للسنه", "للسنوات", "لسنوات", "للفتره"})
"""Tails that tell for which years a programme is, and belong to no name."""


def programme_name(maker: NameMaker, i: int, end: int, reading: Reading) -> Mention | None:
    """The programme that the head noun ``[i, end)`` opens, or None."""
    scan = maker.scan
    inside = quoted(scan, end, 10) if maker.at_quote(end) else None
    if inside is not None:
        mention = maker.in_quotes("PROGRAMME", i, inside, reading, "rule:programmes.quoted", 0.85)
    else:
        last, how, confidence = _named(maker, i, end, reading)
        if last == end:
            return None
        mention = maker.name("PROGRAMME", i, last, reading.cut, f"rule:programmes.{how}", confidence, reading.sense.entry.kind)
    maker.add_short_form(mention)
    return mention


def _named(maker: NameMaker, i: int, end: int, reading: Reading) -> tuple[int, str, float]:
    """``(end of the name, what makes it one, confidence)``; ``end`` if nothing does."""
    scan = maker.scan
    kind = reading.sense.entry.kind
    size = len(scan.words)
    if kind == "project" and end < size and scan.tokens[end].flags & _DOCUMENT:
        return end, "", 0.0  # «مشروع القانون» is a draft
    definite = maker.definite(i, end)
    last, proper, _ = extend(scan, maker.shapes, end, definite=definite, tail=end - i > 1)
    if last > end and scan.words[last - 1] in _OF_YEARS:
        last -= 1
    bracket = latin_bracket_ahead(scan, maker.shapes, end)
    if bracket is not None and bracket >= last:
        return bracket, "acronym", 0.9
    if kind == "strategy" and _target_year(maker, last):
        return last + 1, "year", 0.8
    if last == end:
        return (_namesake(maker, end), "namesake", 0.6) if kind == "award" and not definite else (end, "", 0.0)
    if proper or maker.national(end, last):
        return last, "head", 0.6
    if kind == "plan" and last < size and scan.tokens[last].flags & _ORDINAL:
        return last + 1, "numbered", 0.7  # «الخطة الخمسية السادسة»
    return (last, "described", 0.5) if _described(maker, end, last, reading, definite=definite) else (end, "", 0.0)


def _target_year(maker: NameMaker, at: int) -> bool:
    """Whether the year stands at ``at`` that a strategy is called by: «رؤية 2030», «استراتيجية الأمن المائي 2036», «أجندة 2063»."""
    words = maker.scan.words
    return at < len(words) and len(words[at]) == 4 and words[at].isdecimal() and words[at].startswith("20")


def _namesake(maker: NameMaker, end: int) -> int:
    """The end of the name of an award that is called after somebody: «جائزة نجيب محفوظ للرواية»; ``end`` if it is not.

    One word is nobody's name where another noun follows («جائزة أحسن لاعب»).
    """
    scan, shapes = maker.scan, maker.shapes
    named = name_run(scan, shapes, end, cued=True, titled=False)[0]
    if named == end:
        return end
    last = extend(scan, shapes, named, definite=True, tail=True)[0]
    ended = named == len(scan.words) or shapes.of(scan.tokens[named]) & (SIGN | STOP) != 0
    return last if named > end + 1 or last > named or ended else end


def _described(maker: NameMaker, end: int, last: int, reading: Reading, *, definite: bool) -> bool:
    """Whether what a programme does or is for is its name: two words or more in construct with its head («برنامج مكافحة العمى»), one for an award, or
    the purpose of a national one («الاستراتيجية الوطنية للصحة الإلكترونية»)."""
    entry = reading.sense.entry
    if entry.category == "construct":
        return not definite and (last - end > 1 or entry.kind == "award") and not maker.scan.tokens[end].flags & _EVENT
    return definite and entry.category == "national"
