"""Duals that carry their number: «دولتان», «لعامين», «كيلومترين»."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.amount_reader import AmountReader
from newsextract.mentions.counted_nouns import build, dual_of, noun_at
from newsextract.mentions.model import Mention
from newsextract.scan.scanner import Scan
from newsextract.values.quantity import Extent, NumberValue

_DISTANCE: Final = 2
"""The mark of tokens that a date uses as a distance in time (see :mod:`newsextract.mentions.numbers`)."""
_CARDINAL: Final = BIT["NUMERAL"] | BIT["DIGITS"]
_UNIT: Final = BIT["UNIT"]
_DUAL: Final = BIT["NOUN"] | BIT["UNIT"] | BIT["CURRENCY"] | BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["DOCUMENT_HEAD"]


def read_duals(scan: Scan, taken: bytearray, amounts: AmountReader) -> list[Mention]:
    """A mention of value 2 for each indefinite dual of the lexicon that no date has used."""
    out: list[Mention] = []
    for at, flags in enumerate(scan.flags):
        if not flags & _DUAL or (taken[at] and not (taken[at] == _DISTANCE and flags & _UNIT)):
            continue
        phrase = scan.phrases.get(at)
        if phrase is not None and phrase.flags & _UNIT:
            mention = amounts.dual_phrase(phrase)
            if mention is not None:
                out.append(mention)
            continue
        if at and scan.flags[at - 1] & _CARDINAL and not scan.flags[at] & _UNIT:
            continue
        word = scan.words[at]
        lexeme = scan.lexemes[at]
        if word[-1] != "ن" or lexeme is None:
            continue
        found = dual_of(word, lexeme)
        if found is not None:
            mention = _mention(scan, at, found, amounts)
            if mention is not None:
                out.append(mention)
    return out


def _mention(scan: Scan, at: int, found: tuple[str, int], amounts: AmountReader) -> Mention | None:
    label, cut = found
    if label in ("UNIT", "CURRENCY"):
        return amounts.dual(at, cut, label)
    noun = noun_at(scan, at)
    if noun is None or noun.form != "dual":
        return None
    span = scan.span(at, at + 1, cut)
    value = NumberValue(Extent(2), build(scan, at, noun, known=True))
    return Mention("NUMBER", at, at + 1, span, value, "rule:numbers.dual", 0.8, scan.text(span))
