"""Duals that carry their number: «دولتان», «لعامين», «كيلومترين»."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.compiled import DUAL
from newsextract.lexicon.schema import BIT
from newsextract.mentions.amount_reader import AmountReader
from newsextract.mentions.counted_nouns import build, dual_of, is_dual_unit, noun_at
from newsextract.mentions.model import Mention
from newsextract.mentions.run_parts import NUMERAL
from newsextract.scan.scanner import Scan
from newsextract.values.quantity import Extent, NumberValue

_DISTANCE: Final = 2
"""The mark of tokens that a date uses as a distance in time (see :mod:`newsextract.mentions.numbers`)."""
_CARDINAL: Final = NUMERAL | BIT["DIGITS"]
_UNIT: Final = BIT["UNIT"]
_PERCENT: Final = BIT["PERCENT"]
_DUAL: Final = BIT["NOUN"] | BIT["UNIT"] | BIT["CURRENCY"] | BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["DOCUMENT_HEAD"]


def dual_anchors(scan: Scan) -> list[int]:
    """The tokens that are duals of the lexicon, or begin a unit of several words that is one, in order."""
    found: list[int] = []
    for at in scan.where(DUAL):
        flags, lexeme, phrase = scan.tokens[at].flags, scan.tokens[at].lexeme, scan.phrases.get(at)
        if (flags & _DUAL and lexeme is not None and dual_of(lexeme) is not None) or (flags & _UNIT and phrase is not None and is_dual_unit(phrase.lexeme)):
            found.append(at)
    return found


def read_duals(scan: Scan, anchors: list[int], taken: bytearray, amounts: AmountReader) -> list[Mention]:
    """A mention of value 2 for each indefinite dual of the lexicon at ``anchors`` that no date has used."""
    out: list[Mention] = []
    for at in anchors:
        flags = scan.tokens[at].flags
        if taken[at] and not (taken[at] == _DISTANCE and flags & _UNIT):
            continue
        phrase = scan.phrases.get(at)
        if phrase is not None and phrase.lexeme.flags & NUMERAL:
            continue  # an idiom («عصفورين بحجر واحد»)
        if phrase is not None and phrase.lexeme.flags & (_UNIT | _PERCENT):
            mention = amounts.dual_phrase(phrase)
        elif at and scan.tokens[at - 1].flags & _CARDINAL and not flags & _UNIT:
            continue
        else:
            mention = _mention(scan, at, amounts)
        if mention is not None:
            out.append(mention)
    return out


def _mention(scan: Scan, at: int, amounts: AmountReader) -> Mention | None:
    lexeme = scan.tokens[at].lexeme
    found = None if lexeme is None else dual_of(lexeme)
    if found is None:
        return None
    label, cut = found
    if label in ("UNIT", "CURRENCY"):
        amount = amounts.dual(at, cut, label)
        if amount is not None:
            return amount
    noun = noun_at(scan, at)
    if noun is None or noun.form != "dual":
        return None
    span = scan.span(at, at + 1, cut)
    value = NumberValue(Extent(2), build(scan, at, noun, known=True))
    return Mention("NUMBER", at, at + 1, span, value, "rule:numbers.dual", 0.8, scan.text(span))
