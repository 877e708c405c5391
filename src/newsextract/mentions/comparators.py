"""The words that say how a number is to be taken: «أكثر من», «على الأقل», «من … إلى»."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, final

from newsextract.lexicon.compiled import Lexeme, Node, Reading
from newsextract.lexicon.memory import remember
from newsextract.lexicon.schema import BIT
from newsextract.mentions.counted_nouns import noun_at
from newsextract.mentions.noun_forms import starts_with_letter
from newsextract.scan.scanner import Phrase, Scan

_COMPARATOR: Final = BIT["COMPARATOR"]
_PRONOUNS: Final = ("ه", "ها", "هم", "هن")
_PAST: Final = frozenset({"فاق", "فاقت", "ناهز", "ناهزت", "قارب", "قاربت", "جاوز", "جاوزت"})
SPLITTING: Final = frozenset({"علي", "عن"})
"""Folded prepositions that a subject may part from their verb («يزيد عدد الزوار على 500»)."""
_LONGEST_VERB: Final = 3
_SHORTEST: Final = 4
_BEFORE: Final = ("before", "both")
_AFTER: Final = ("after", "both")
_TO: Final = ("to",)
_START: Final = ("start",)


@final
class Comparison:
    """A comparison and the tokens ``[first, last)`` that say it; ``cut`` letters of proclitics before the first."""

    __slots__ = ("cut", "first", "last", "value")

    def __init__(self, value: str, first: int, last: int, cut: int) -> None:
        self.value = value
        self.first = first
        self.last = last
        self.cut = cut


@final
class _Roles:
    """What a word or phrase may be before a number: the readings that open a range, that compare, and that limit («حتى»)."""

    __slots__ = ("before", "limit", "start")

    def __init__(self, start: Reading | None, before: Reading | None, limit: Reading | None) -> None:
        self.start = start
        self.before = before
        self.limit = limit


_NONE: Final = _Roles(None, None, None)


def _comparing(lexeme: Lexeme | None) -> list[Reading]:
    return [] if lexeme is None else [r for r in lexeme.readings if r.sense.entry.label == "COMPARATOR"]


def _first(readings: list[Reading], kinds: tuple[str, ...]) -> Reading | None:
    for reading in readings:
        if reading.sense.entry.kind in kinds:
            return reading
    return None


_MOST_ROLES: Final = 4096
_ROLES: Final[dict[Lexeme, _Roles]] = {}


def _roles(lexeme: Lexeme | None, phrase: bool) -> _Roles:
    """The roles of a word, or of a phrase, whose first reading alone counts; remembered by type."""
    if lexeme is None:
        return _NONE
    roles = _ROLES.get(lexeme)
    if roles is None:
        readings = _comparing(lexeme)
        roles = remember(_ROLES, lexeme, _roles_of(readings[:1] if phrase else readings), _MOST_ROLES)
    return roles


def _roles_of(readings: list[Reading]) -> _Roles:
    start, before, limit = _first(readings, _START), _first(readings, _BEFORE), _first(readings, _TO)
    if limit is not None and limit.sense.entry.value == "between":
        limit = None
    return _NONE if start is None and before is None and limit is None else _Roles(start, before, limit)


@lru_cache(maxsize=4096)
def _follows(lexeme: Lexeme | None) -> bool:
    """Whether the word may stand behind a number: «فأكثر», «إلى»."""
    return _first(_comparing(lexeme), (*_AFTER, *_TO)) is not None


def _is_verb(reading: Reading) -> bool:
    """Whether a comparator ends in a verb, whose subject may follow."""
    word = reading.sense.entry.surface.rpartition(" ")[2]
    return word[0] in "يت" or word in _PAST


def _may_act(scan: Scan, at: int) -> bool:
    """Whether the word at ``at`` is somebody who does what the verb says: «تجاوز الفريق 3 عقبات» compares nothing."""
    noun = noun_at(scan, at)
    return noun is not None and (noun.category == "organisation" or (noun.category == "person" and noun.form in ("surface", "alias")))


def _ending(scan: Scan) -> dict[int, Phrase]:
    """The comparators of several words by the token after them."""
    out: dict[int, Phrase] = {}
    for phrase in scan.phrases.values():
        if phrase.flags & _COMPARATOR:
            out[phrase.last] = phrase
    return out


class Comparators:
    """The comparators of one text, found by the token where a number begins or ends."""

    __slots__ = ("_ending", "_scan", "_tokens")

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._tokens = scan.tokens
        self._ending: dict[int, Phrase] = _ending(scan)

    def _ahead(self, first: int) -> tuple[_Roles, int]:
        """The roles of what ends where token ``first`` begins, and its first token; most often there are none."""
        if first in self._ending:
            phrase = self._ending[first]
            return _roles(phrase.lexeme, True), phrase.first
        if first > 0 and self._tokens[first - 1].flags & _COMPARATOR:
            return _roles(self._scan.tokens[first - 1].lexeme, False), first - 1
        return _NONE, first

    @property
    def phrased(self) -> bool:
        """Whether the text has comparators of several words."""
        return bool(self._ending)

    def stands_ahead(self, first: int) -> bool:
        """Whether a comparator may end before token ``first``, or before the one word that parts it from there; most often none does."""
        return self._ahead(first)[0] is not _NONE or self._verb_before(first) is not None

    def stands_behind(self, at: int) -> bool:
        """Whether token ``at``, which is flagged as a comparator, may be one behind a number, or part its range."""
        return at in self._scan.phrases or _follows(self._scan.tokens[at].lexeme)

    def before(self, first: int) -> Comparison | None:
        """The comparator that ends where token ``first`` begins."""
        roles, start = self._ahead(first)
        reading = roles.before
        if reading is None:
            verb = self._verb_before(first)
            if verb is not None:
                reading, start = verb
            else:
                reading = roles.limit
        return None if reading is None else Comparison(reading.sense.entry.value, start, first, reading.cut)

    def _verb_before(self, first: int) -> tuple[Reading, int] | None:
        """«تتجاوز كلفته 500», «يتجاوز الحضور 500», «فاق عدد الحضور 500», «يزيد عدد الزوار على 500»: what its subject parts from the number.

        Returns the reading of the comparator and its first token. The subject is one word, definite or with a pronoun, or a noun before it.
        """
        words = self._scan.words
        last = first - 1 if first > 1 and words[first - 1] in SPLITTING else first
        subject = words[last - 1] if last else ""
        if len(subject) < _SHORTEST or not (subject.startswith("ال") or subject.endswith(_PRONOUNS)) or _may_act(self._scan, last - 1):
            return None
        for start in (last - 1, last - 2) if last > 1 and starts_with_letter(words[last - 2]) else (last - 1,):
            found = self._split(start, words[last]) if last < first else self._verb(start)
            if found is not None:
                return found
        return None

    def _verb(self, end: int) -> tuple[Reading, int] | None:
        """The comparator that is or ends in a verb before token ``end``."""
        roles, start = self._ahead(end)
        return (roles.before, start) if roles.before is not None and _is_verb(roles.before) else None

    def _split(self, end: int, preposition: str) -> tuple[Reading, int] | None:
        """The comparator whose words before token ``end`` go on with ``preposition`` («لا يقل … عن»)."""
        scan = self._scan
        for first in range(max(0, end - _LONGEST_VERB), end):
            lexeme = scan.tokens[first].lexeme
            for cut, needed, root in lexeme.multi if lexeme is not None else ():
                node: Node | None = root
                for word in (*scan.words[first + 1 : end], preposition):
                    node = node.next.get(word) if node is not None and node.next is not None else None
                reading = None if node is None else _first(_comparing(node.lexeme(cut, needed)), _BEFORE)
                if reading is not None:
                    return reading, first
        return None

    def after(self, last: int) -> Comparison | None:
        """The comparator that begins at token ``last``: «على الأقل», «فأكثر»."""
        found = self._begins_at(last, _AFTER) if last < len(self._tokens) and self._tokens[last].flags & _COMPARATOR else None
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
        if at >= len(scan.words) or not self._tokens[at].flags & _COMPARATOR:
            return None
        phrase = scan.phrases.get(at)
        if phrase is not None and phrase.lexeme.flags & _COMPARATOR:
            for reading in _comparing(phrase.lexeme):
                if reading.sense.entry.kind in kinds and not reading.cut:
                    return reading, phrase.last
        found = _first(_comparing(scan.tokens[at].lexeme), kinds)
        return None if found is None or found.cut else (found, at + 1)
