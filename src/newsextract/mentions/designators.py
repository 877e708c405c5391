"""The words that say what a number is for, as the lexicon has them (``designators.tsv``)."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.memory import Kinds
from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan

DESIGNATOR: Final = BIT["DESIGNATOR"]
_LONGEST_PHRASE: Final = 2
_NONE: Final[frozenset[str]] = frozenset()
_KINDS: Final = Kinds("DESIGNATOR", 4096)


def designator_at(scan: Scan, at: int) -> frozenset[str]:
    """The kinds of the one word at token ``at``; none for most."""
    lexeme = scan.tokens[at].lexeme if 0 <= at < len(scan.words) and scan.tokens[at].flags & DESIGNATOR else None
    return _NONE if lexeme is None else _KINDS.of(lexeme)


def designator_before(scan: Scan, at: int) -> frozenset[str]:
    """The kinds of the word or phrase that ends where token ``at`` begins."""
    first = at - _LONGEST_PHRASE
    if first >= 0 and scan.tokens[first].flags & DESIGNATOR:
        phrase = scan.phrases.get(first)
        if phrase is not None and phrase.last == at and phrase.lexeme.flags & DESIGNATOR:
            return _KINDS.of(phrase.lexeme)
    return designator_at(scan, at - 1)
