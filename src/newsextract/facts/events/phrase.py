"""How far a name without a proper noun goes: an indefinite head, its adjectives and genitives, its topic."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import BI, CONJ, LI, SIGN, STOP, Shapes
from newsextract.mentions.noun_phrase import quoted
from newsextract.scan.scanner import Scan

_VERB: Final = BIT["VERB"]
_FUNCTION: Final = BIT["FUNCTION"]
_PERSONAL: Final = BIT["TITLE"] | BIT["HONORIFIC"]
_NO_ADJECTIVE: Final = BIT["PLACE"] | BIT["INSTITUTION"] | _PERSONAL | BIT["DATE_WORD"] | BIT["WEEKDAY"]
_LONGEST_CHAIN: Final = 3
_LONGEST_TOPIC: Final = 10


def phrase(scan: Scan, shapes: Shapes, end: int, topics: frozenset[str], *, masdar: bool = False) -> tuple[int, int]:
    """``(short, long)``: where a phrase whose indefinite head ends before ``end`` goes without and with its topic («حول …», «ل…»).

    With ``masdar`` the word after the head is a noun even if it could be a verb («اتفاقية تعاون»).
    """
    words = scan.words
    j = end
    if masdar and j < len(words) and _verbal(scan, j) and not shapes.of(scan.tokens[j]) & (SIGN | BI | LI | CONJ):
        j += 1
    while j < len(words) and j - end < _LONGEST_CHAIN and _plain(scan, shapes, j):
        j += 1
    return j, topic(scan, shapes, j, topics)


def _verbal(scan: Scan, j: int) -> bool:
    lexeme = scan.tokens[j].lexeme
    return lexeme is not None and bool(lexeme.weak & _VERB) and not lexeme.weak & _FUNCTION


def _plain(scan: Scan, shapes: Shapes, j: int) -> bool:
    """Whether the word may be an adjective or genitive of the phrase: neither sign, verb, name nor with a proclitic."""
    token = scan.tokens[j]
    return not shapes.of(token) & (SIGN | STOP | BI | LI | CONJ) and not token.flags & _NO_ADJECTIVE


def topic(scan: Scan, shapes: Shapes, at: int, topics: frozenset[str] = frozenset()) -> int:
    """Where a topic that begins at ``at`` ends («حول حماية البيئة», «لمزارعي الزيتون»); ``at`` if none does."""
    words = scan.words
    size = len(words)
    if at >= size:
        return at
    j = at
    if words[j] in topics:
        j += 1
        inside = quoted(scan, j) if j < size else None
        if inside is not None:
            return inside[1] + 1
    elif not words[j].startswith("ل") or len(words[j]) < 4 or scan.tokens[j].flags & _VERB:
        return at
    start = j
    while j < size and j - start < _LONGEST_TOPIC:
        shape = shapes.of(scan.tokens[j])
        if shape & (SIGN | BI) or (shape & STOP and j > start) or (j > start and words[j] in topics) or scan.tokens[j].flags & _PERSONAL:
            break
        j += 1
    return j if j > start else at
