"""The words that say how a number is to be taken: «أكثر من», «على الأقل», «من … إلى»."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Lexeme, Reading
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


class _Roles(NamedTuple):
    """What a word or phrase may be before a number: the readings that open a range, that compare, and that limit («حتى»)."""

    start: Reading | None
    before: Reading | None
    limit: Reading | None


_NONE: Final = _Roles(None, None, None)


def _comparing(lexeme: Lexeme | None) -> list[Reading]:
    return [] if lexeme is None else [r for r in lexeme.readings if r.sense.entry.label == "COMPARATOR"]


def _first(readings: Iterable[Reading], kinds: tuple[str, ...]) -> Reading | None:
    return next((r for r in readings if r.sense.entry.kind in kinds), None)


@lru_cache(maxsize=4096)
def _roles(lexeme: Lexeme | None, phrase: bool) -> _Roles:
    """The roles of a word, or of a phrase, whose first reading alone counts; remembered by type."""
    readings = _comparing(lexeme)[:1] if phrase else _comparing(lexeme)
    limit = _first(readings, _TO)
    return _Roles(_first(readings, _START), _first(readings, _BEFORE), None if limit is None or limit.sense.entry.value == "between" else limit)


@lru_cache(maxsize=4096)
def _follows(lexeme: Lexeme | None) -> bool:
    """Whether the word may stand behind a number: «فأكثر», «إلى»."""
    return _first(_comparing(lexeme), (*_AFTER, *_TO)) is not None


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

    def _ahead(self, first: int) -> tuple[_Roles, int]:
        """The roles of what ends where token ``first`` begins, and its first token; most often there are none."""
        if first in self._ending:
            phrase = self._ending[first]
            return _roles(phrase.lexeme, True), phrase.first
        if first > 0 and self._flags[first - 1] & _COMPARATOR:
            return _roles(self._scan.lexemes[first - 1], False), first - 1
        return _NONE, first

    @property
    def phrased(self) -> bool:
        """Whether the text has comparators of several words."""
        return bool(self._ending)

    def stands_ahead(self, first: int) -> bool:
        """Whether a comparator may end before token ``first``, or before the one word that parts it from there; most often none does."""
        return self._ahead(first)[0] != _NONE or self._ahead(first - 1)[0].before is not None

    def stands_behind(self, at: int) -> bool:
        """Whether token ``at``, which is flagged as a comparator, may be one behind a number, or part its range."""
        return at in self._scan.phrases or _follows(self._scan.lexemes[at])

    def before(self, first: int) -> Comparison | None:
        """The comparator that ends where token ``first`` begins."""
        roles, start = self._ahead(first)
        reading = roles.before
        if reading is None:
            verb, place = self._ahead(first - 1)
            if verb.before is not None and self._parts(first, verb.before):
                reading, start = verb.before, place
            else:
                reading = roles.limit
        return None if reading is None else Comparison(reading.sense.entry.value, start, first, reading.cut)

    def _parts(self, first: int, verb: Reading) -> bool:
        """«تتجاوز كلفته 500», «يتجاوز الحضور 500»: whether a verb is parted from the number by its subject, one definite word."""
        subject = self._scan.words[first - 1]
        return len(subject) >= _SHORTEST and (subject.endswith(_PRONOUNS) or subject.startswith("ال")) and verb.sense.entry.surface.rpartition(" ")[2][0] in "يت"

    def after(self, last: int) -> Comparison | None:
        """The comparator that begins at token ``last``: «على الأقل», «فأكثر»."""
        found = self._begins_at(last, _AFTER) if last < len(self._flags) and self._flags[last] & _COMPARATOR else None
        if found is None:
            return None
        reading, end = found
        return Comparison(reading.sense.entry.value, last, end, 0)

    def opens_range(self, first: int) -> Comparison | None:
        """«من», «بين», «يتراوح بين» before token ``first``; ``value`` is the surface's last word."""
        roles, start = self._ahead(first)
        reading = roles.start
        return None if reading is None else Comparison(reading.sense.entry.surface.rpartition(" ")[2], start, first, reading.cut)

    def is_to(self, at: int) -> bool:
        """Whether token ``at`` is «إلى» or «حتى»."""
        found = self._begins_at(at, _TO)
        return found is not None and found[1] == at + 1

    def _begins_at(self, at: int, kinds: tuple[str, ...]) -> tuple[Reading, int] | None:
        scan = self._scan
        if at >= len(scan.words) or not self._flags[at] & _COMPARATOR:
            return None
        phrase = scan.phrases.get(at)
        if phrase is not None and phrase.lexeme.flags & _COMPARATOR:
            for reading in _comparing(phrase.lexeme):
                if reading.sense.entry.kind in kinds and not reading.cut:
                    return reading, phrase.last
        found = _first(_comparing(scan.lexemes[at]), kinds)
        return None if found is None or found.cut else (found, at + 1)
