"""The words that say how a number is to be taken: «أكثر من», «على الأقل», «من … إلى»."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Phrase, Scan

_COMPARATOR: Final = BIT["COMPARATOR"]
_PRONOUNS: Final = ("ه", "ها", "هم", "هن")
_SHORTEST: Final = 4
_BEFORE: Final = ("before", "both")
_AFTER: Final = ("after", "both")
_TO: Final = ("to",)
_START: Final = ("start",)


class Comparison(NamedTuple):
    """A comparison and the tokens ``[first, last)`` that say it; ``cut`` letters of proclitics before the first."""

    value: str
    first: int
    last: int
    cut: int


def _ending(scan: Scan) -> dict[int, Phrase]:
    """The comparators of several words by the token after them."""
    flags = scan.flags
    return {p.last: p for at, p in scan.phrases.items() if flags[at] & _COMPARATOR and p.lexeme.flags & _COMPARATOR}


class Comparators:
    """The comparators of one text, found by the token where a number begins or ends."""

    __slots__ = ("_ending", "_flags", "_scan")

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._flags = scan.flags
        self._ending: dict[int, Phrase] = _ending(scan)

    def _may_end(self, first: int) -> bool:
        """Whether a comparator of any kind ends where token ``first`` begins; most often none does."""
        return first > 0 and (bool(self._flags[first - 1] & _COMPARATOR) or first in self._ending)

    def near(self, first: int) -> bool:
        """Whether a comparator may end before token ``first``, or before the one word that parts it from there."""
        return first > 0 and (self._may_end(first) or self._may_end(first - 1))

    def before(self, first: int) -> Comparison | None:
        """The comparator that ends where token ``first`` begins."""
        if not self._may_end(first):
            found = self._verb_before(first)
        else:
            found = self._ends_at(first, _BEFORE) or self._verb_before(first) or self._ends_at(first, _TO)
        if found is None:
            return None
        reading, start = found
        entry = reading.sense.entry
        return None if entry.kind == "to" and entry.value == "between" else Comparison(entry.value, start, first, reading.cut)

    def _verb_before(self, first: int) -> tuple[Reading, int] | None:
        """«تتجاوز كلفته 500»: a verb and its subject with a pronoun before the number."""
        if not self._may_end(first - 1):
            return None
        subject = self._scan.words[first - 1]
        if len(subject) < _SHORTEST or not subject.endswith(_PRONOUNS):
            return None
        found = self._ends_at(first - 1, _BEFORE)
        return found if found is not None and found[0].sense.entry.surface.rpartition(" ")[2][0] in "يت" else None

    def after(self, last: int) -> Comparison | None:
        """The comparator that begins at token ``last``: «على الأقل», «فأكثر»."""
        found = self._begins_at(last, _AFTER) if last < len(self._flags) and self._flags[last] & _COMPARATOR else None
        if found is None:
            return None
        reading, end = found
        return Comparison(reading.sense.entry.value, last, end, 0)

    def opens_range(self, first: int) -> Comparison | None:
        """«من», «بين», «يتراوح بين» before token ``first``; ``value`` is the surface's last word."""
        found = self._ends_at(first, _START) if self._may_end(first) else None
        if found is None:
            return None
        reading, start = found
        return Comparison(reading.sense.entry.surface.rpartition(" ")[2], start, first, reading.cut)

    def is_to(self, at: int) -> bool:
        """Whether token ``at`` is «إلى» or «حتى»."""
        found = self._begins_at(at, _TO)
        return found is not None and found[1] == at + 1

    def _ends_at(self, first: int, kinds: tuple[str, ...]) -> tuple[Reading, int] | None:
        phrase = self._ending.get(first)
        if phrase is not None:
            for reading in phrase.readings:
                if reading.sense.entry.label == "COMPARATOR":
                    return (reading, phrase.first) if reading.sense.entry.kind in kinds else None
        if first < 1 or not self._flags[first - 1] & _COMPARATOR:
            return None
        return self._word(first - 1, kinds)

    def _begins_at(self, at: int, kinds: tuple[str, ...]) -> tuple[Reading, int] | None:
        scan = self._scan
        if at >= len(scan.words) or not self._flags[at] & _COMPARATOR:
            return None
        phrase = scan.phrases.get(at)
        if phrase is not None and phrase.lexeme.flags & _COMPARATOR:
            for reading in phrase.lexeme.readings:
                if reading.sense.entry.label == "COMPARATOR" and reading.sense.entry.kind in kinds and not reading.cut:
                    return reading, phrase.last
        found = self._word(at, kinds)
        return None if found is None or found[0].cut else (found[0], at + 1)

    def _word(self, at: int, kinds: tuple[str, ...]) -> tuple[Reading, int] | None:
        lexeme = self._scan.lexemes[at]
        if lexeme is not None:
            for reading in lexeme.readings:
                if reading.sense.entry.label == "COMPARATOR" and reading.sense.entry.kind in kinds:
                    return reading, at
        return None
