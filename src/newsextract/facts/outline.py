"""The outline of a release: where its headline, dateline and lead lie. What stands there is what it is about."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan
from newsextract.scan.zones import Zone

_LEAD: Final = 110
"""Tokens of the body that introduce its subject: the first paragraph of a release and what follows from it."""
_BYLINE: Final = 16
_VERB: Final = BIT["VERB"]
_NO_VERB: Final = BIT["PLACE"] | BIT["INSTITUTION"]
STOPS: Final = frozenset(".!؟?\n")
_FARTHEST: Final = 120


class Outline:
    """Token ranges ``[first, last)``; an empty range for what there is none of.

    Attributes:
        headline: The headline.
        dateline: The dateline's line, or the tokens of the first line before its first verb.
        body: The first token of the body.
        lead: One past the last token of the lead.
        tail: The first token of the boilerplate at the end.
        headers: The labelled header lines.
        start: The first line of dateline or body, None if there is neither.
    """

    __slots__ = ("_first", "_firsts", "_last", "body", "dateline", "headers", "headline", "lead", "start", "tail")

    def __init__(self, scan: Scan, zones: list[Zone]) -> None:
        headline = line = body = tail = start = None
        headers: list[Zone] = []
        for zone in zones:
            kind = zone.kind
            if kind == "body":
                start = start or zone
                if tail is None:
                    body = body or zone
            elif kind == "headline":
                headline = headline or zone
            elif kind == "dateline":
                start = start or zone
                if tail is None:
                    line = line or zone
            elif kind == "tail":
                tail = tail or zone
            else:
                headers.append(zone)
        self.headers = headers
        self._firsts = [zone.first for zone in headers]
        self.start: Zone | None = start
        self._first, self._last = (0, 0) if headline is None else (headline.first, headline.last)
        self.headline: tuple[int, int] = (self._first, self._last)
        self.tail: int = len(scan) if tail is None else tail.first
        self.dateline: tuple[int, int] = (self._last, self._last) if line is None else (line.first, line.last)
        self.body = self._last
        lead = self.body + _LEAD
        if body is not None:
            self.body = body.first
            lead = max(body.first + _LEAD, min(body.last, body.first + 2 * _LEAD))
            if line is None:
                self.dateline = before_verb(scan, body.first, min(body.last, body.first + _BYLINE))
        self.lead = min(lead, self.tail)

    def worth(self, token: int) -> int:
        """3 in the headline, 2 in the lead, 0 elsewhere."""
        if self._first <= token < self._last:
            return 3
        return 2 if self.body <= token < self.lead else 0

    def early(self, token: int) -> bool:
        """Whether the token stands in the headline or the lead."""
        return self.body <= token < self.lead or self._first <= token < self._last

    def header(self, token: int) -> str:
        """The kind of the header line that the token stands in (``header.date``), empty if in none."""
        k = bisect_right(self._firsts, token) - 1
        return self.headers[k].kind if k >= 0 and token < self.headers[k].last else ""


def before_verb(scan: Scan, first: int, last: int) -> tuple[int, int]:
    """The tokens of ``[first, last)`` before the first that can only be a verb."""
    tokens = scan.tokens
    for t in range(first, last):
        here = tokens[t].flags
        if here & _VERB and not here & _NO_VERB:
            return first, t
    return first, last


class Sentences:
    """The sentence around a token, as far as 120 tokens to either side; the one found last is remembered.

    ``_from`` and ``_to`` tell for which tokens the remembered one holds: for all of a short sentence, not for those of one cut short.
    """

    __slots__ = ("_first", "_from", "_last", "_to", "_words")

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._first = self._last = self._from = 0
        self._to = -1

    def around(self, at: int) -> tuple[int, int]:
        """The tokens ``[first, last)`` of the sentence that the token ``at`` lies in."""
        if not self._from <= at <= self._to:
            self._find(at)
        return max(self._first, at - _FARTHEST), min(self._last, at + _FARTHEST)

    def _find(self, at: int) -> None:
        words = self._words
        first = last = at
        low, high = max(0, at - _FARTHEST), min(len(words), at + _FARTHEST)
        while first > low and words[first - 1] not in STOPS:
            first -= 1
        while last < high and words[last] not in STOPS:
            last += 1
        self._first, self._last = first, last
        self._from = first if first > low or low == 0 else at
        self._to = last if last < high or high == len(words) else at
