"""The outline of a release: where its headline, dateline and lead lie. What stands there is what it is about."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan
from newsextract.scan.zones import Zone

_LEAD: Final = 110
"""Tokens of the body that introduce its subject: the first paragraph of a release and what follows from it."""
_BYLINE: Final = 16
STOPS: Final = frozenset(".!؟?\n")
_FARTHEST: Final = 120


class Outline(NamedTuple):
    """Token ranges ``[first, last)``; an empty range for what there is none of.

    Attributes:
        headline: The headline.
        dateline: The dateline's line, or the tokens of the first line before its first verb.
        body: The first token of the body.
        lead: One past the last token of the lead.
        tail: The first token of the boilerplate at the end.
    """

    headline: tuple[int, int]
    dateline: tuple[int, int]
    body: int
    lead: int
    tail: int

    def worth(self, token: int) -> int:
        """3 in the headline, 2 in the lead, 0 elsewhere."""
        first, last = self.headline
        return 3 if first <= token < last else 2 if self.body <= token < self.lead else 0

    def early(self, token: int) -> bool:
        """Whether the token stands in the headline or the lead."""
        return self.worth(token) > 0


def outline(scan: Scan, zones: list[Zone]) -> Outline:
    """The outline of a text with these zones."""
    size = len(scan)
    headline = line = body = None
    tail = size
    for zone in zones:
        if zone.kind == "body":
            body = body or zone
        elif zone.kind == "headline":
            headline = headline or (zone.first, zone.last)
        elif zone.kind == "dateline":
            line = line or (zone.first, zone.last)
        elif zone.kind == "tail":
            tail = zone.first
            break
    headline = headline or (0, 0)
    if body is None:
        start = headline[1]
        return Outline(headline, line or (start, start), start, min(start + _LEAD, tail), tail)
    line = line or before_verb(scan, body.first, min(body.last, body.first + _BYLINE))
    lead = max(body.first + _LEAD, min(body.last, body.first + 2 * _LEAD))
    return Outline(headline, line, body.first, min(lead, tail), tail)


def before_verb(scan: Scan, first: int, last: int) -> tuple[int, int]:
    """The tokens of ``[first, last)`` before the first that can only be a verb."""
    flags = scan.flags
    for t in range(first, last):
        if flags[t] & BIT["VERB"] and not flags[t] & (BIT["PLACE"] | BIT["INSTITUTION"]):
            return first, t
    return first, last


def sentence_around(scan: Scan, at: int) -> tuple[int, int]:
    """The sentence that the token lies in, as far as 120 tokens to either side."""
    words = scan.words
    first, last = at, at
    low, high = max(0, at - _FARTHEST), min(len(words), at + _FARTHEST)
    while first > low and words[first - 1] not in STOPS:
        first -= 1
    while last < high and words[last] not in STOPS:
        last += 1
    return first, last
