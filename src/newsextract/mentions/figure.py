"""Figures: one run, or two that make a range, with what is to be known of how they are taken."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.amounts import beside, may_end_sign, percent_after, sign_before
from newsextract.mentions.comparators import SPLITTING, Comparators, Comparison
from newsextract.mentions.designators import designator_at
from newsextract.mentions.run_parts import NumberRun, atom_at
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Number
from newsextract.values.quantity import LOWER, UPPER, Extent

_COMPARATOR: Final = BIT["COMPARATOR"]
_AMOUNT: Final = BIT["PERCENT"] | BIT["CURRENCY"] | BIT["UNIT"]
_SIGNALS: Final = _COMPARATOR | BIT["PERCENT"] | BIT["CURRENCY"]
_GOES_ON: Final = _COMPARATOR | _AMOUNT
"""What may stand between the two numbers of a range that no word opens."""
_DASHES: Final = ("-", "~")
_OPENING: Final = ("(", "[", "«", '"')
_CLOSING: Final = {"(": ")", "[": "]", "«": "»", '"': '"'}
_ARTICLE: Final = "ال"
_BEHIND: Final = frozenset({"(", *_DASHES})
_STROKE: Final = "/"
_AHEAD: Final = frozenset({_ARTICLE, _STROKE, *_OPENING})
_LONGEST_CHANGE: Final = 5
_LONGEST_SUBJECT: Final = 2
_AND: Final = "و"
_BETWEEN: Final = "بين"


@final
class Figure:
    """A number as it stands in the text.

    Attributes:
        run: Its (first) run.
        first, last: Its tokens, comparator before it and second number included.
        cut: Letters of proclitics before the first token's own.
        extent: Value or range, and comparison.
        after: The token after it and a closing bracket, where unit or noun may stand.
        bare_first: The token of the number itself, without comparator.
        inner: The token after the first of two numbers (0 for one), where a unit said once may stand.
    """

    __slots__ = ("after", "bare_first", "cut", "extent", "first", "inner", "last", "run")

    def __init__(self, run: NumberRun, first: int, last: int, cut: int, extent: Extent, after: int, bare_first: int, inner: int = 0) -> None:
        self.run = run
        self.first = first
        self.last = last
        self.cut = cut
        self.extent = extent
        self.after = after
        self.bare_first = bare_first
        self.inner = inner


class FigureReader:
    """Reads figures from the runs of one text."""

    __slots__ = ("_runs", "_scan", "comparators")

    def __init__(self, scan: Scan, runs: dict[int, NumberRun]) -> None:
        self._scan = scan
        self._runs = runs
        self.comparators = Comparators(scan)

    def read(self, run: NumberRun) -> Figure:
        """The figure that begins with ``run``."""
        return self._range(run) or self._single(run)

    def is_bare(self, run: NumberRun) -> bool:
        """Whether nothing beside the number could be part of its figure, or make it an amount: the common case, told cheaply."""
        scan, first, last = self._scan, run.first, run.last
        words, tokens = scan.words, scan.tokens
        if run.more or run.high is not None or run.definite or run.value == 1:
            return False
        if last < len(words):
            behind = tokens[last].flags
            if behind & _AMOUNT or words[last] in _BEHIND or (behind & _COMPARATOR and self.comparators.stands_behind(last)):
                return False
        if not first:
            return True
        if words[first - 1] in _AHEAD or (words[first - 1] in SPLITTING and self.comparators.stands_ahead(first)):
            return False
        ahead = tokens[first - 1].flags | (tokens[first - 2].flags if first > 1 else 0) | (tokens[first - 3].flags if first > _LONGEST_SUBJECT else 0)
        if not ahead & _SIGNALS and first - 2 not in scan.phrases and not self.comparators.phrased:
            return True
        return not (may_end_sign(scan, first) or self.comparators.stands_ahead(first))

    def bare(self, run: NumberRun) -> Figure:
        """The figure that is nothing but ``run``."""
        return Figure(run, run.first, run.last, run.cut, Extent(run.value), run.last, run.first)

    def _single(self, run: NumberRun) -> Figure:
        first, cut, last = run.first, run.cut, run.last
        comparison = "more_than" if run.more else "exact"
        outer = self._outer(first)
        after = self._past_bracket(outer, first, last)
        before = None if run.joined else self._before(outer, first)
        if before is not None:
            first, cut, comparison = before.first, before.cut, before.value
        behind = self.comparators.after(after)
        if behind is not None:
            comparison, last, after = behind.value, behind.last, behind.last
        high = run.high
        extent = Extent(run.value, high, "about" if high is not None and comparison == "exact" else comparison)
        return Figure(run, first, last, cut, extent, after, run.first)

    def _before(self, outer: int, first: int) -> Comparison | None:
        """The comparator before the number, or before the «الـ» that stands before its digits."""
        before = self.comparators.before(outer)
        if before is None and outer == first and first and self._scan.words[first - 1] == _ARTICLE:
            return self.comparators.before(first - 1)
        return before

    def _outer(self, first: int) -> int:
        """The token before which a comparator may end: an opening bracket or a sign («أكثر من %50», «أكثر من $50») belongs to the number."""
        if first and self._scan.words[first - 1] in _OPENING:
            return first - 1
        sign = sign_before(self._scan, first)
        return first if sign is None else sign.first

    def _past_bracket(self, outer: int, first: int, last: int) -> int:
        """The token after the number, and after the bracket or stroke («/173/») that closes the one before it; «خمسة (5)» is one number."""
        words = self._scan.words
        if last >= len(words):
            return last
        if words[last] == _STROKE and first and words[first - 1] == _STROKE and self._scan.adjacent(last - 1, last):
            return last + 1
        if outer < first and words[last] == _CLOSING.get(words[outer]):
            return last + 1
        if words[last] == "(" and last + 2 < len(words):
            again = self._runs.get(last + 1)
            mine = self._runs.get(first)
            if again is not None and mine is not None and again.value == mine.value and again.last < len(words) and words[again.last] == ")":
                return again.last + 1
        return last

    def _range(self, run: NumberRun) -> Figure | None:
        """«من 10 إلى 20», «بين عشرة وعشرين», «10-12», «3 إلى 5»."""
        if run.kind in ("ordinal", "approx"):
            return None
        opening = self.comparators.opens_range(run.first)
        if opening is None and not self._goes_on(run.last):
            return None
        between = opening is not None and opening.value == _BETWEEN
        if opening is not None and not between and self._is_change(opening.first):
            return None
        for at in self._ends(run):
            second = self._second(run, at, between, opening is not None)
            if second is not None:
                low = _shared_scale(self._scan, run, second)
                if low is None or second.value <= low:
                    return None
                outer = opening.first if opening is not None else run.first
                cut = opening.cut if opening is not None else run.cut
                extent = Extent(low, second.value, "between")
                return Figure(run, outer, second.last, cut, extent, second.last, run.first, at)
        return None

    def _is_change(self, at: int) -> bool:
        """Whether what rises or falls goes from one value to another: «رفع رأس المال من 100 إلى 250» is no range."""
        return any(["change" in designator_at(self._scan, place) for place in range(max(0, at - _LONGEST_CHANGE), at)])

    def _goes_on(self, at: int) -> bool:
        """Whether a range is possible at all after a number that ends before token ``at`` and that no word opens."""
        scan = self._scan
        return at < len(scan.words) and (bool(scan.tokens[at].flags & _GOES_ON) or scan.words[at] in _DASHES)

    def _ends(self, run: NumberRun) -> list[int]:
        """Where the first number may end: itself, or the sign or unit said after it as well."""
        found = percent_after(self._scan, run.last) or beside(self._scan, run.last, "CURRENCY") or beside(self._scan, run.last, "UNIT")
        return [run.last] if found is None else [run.last, found.last]

    def _second(self, run: NumberRun, at: int, between: bool, opened: bool) -> NumberRun | None:
        """The second number of a range whose first part ends before ``at``."""
        words = self._scan.words
        if at >= len(words):
            return None
        if words[at] in _DASHES and not between:
            return self._dashed(run, at)
        if between:
            second = self._runs.get(at)
            if second is not None and second.joined and not second.preposition:
                return second
            return self._runs.get(at + 1) if words[at] == _AND else None
        if self.comparators.is_to(at):
            second = self._runs.get(at + 1)
            return second if second is not None and not second.cut and second.kind != "ordinal" else None
        second = self._runs.get(at)
        return second if opened and second is not None and second.preposition == "ل" and not second.joined else None

    def _dashed(self, run: NumberRun, at: int) -> NumberRun | None:
        """«10-12»: two numbers of digits, and no third (a date, a telephone number)."""
        words = self._scan.words
        second = self._runs.get(at + 1)
        if second is None or second.cut or "digits" not in (run.kind, second.kind):
            return None
        if run.kind not in ("digits", "mixed") or second.kind not in ("digits", "mixed"):
            return None
        if second.last < len(words) and words[second.last] in ("-", "/", ":") and self._scan.adjacent(second.last - 1, second.last):
            return None
        if run.first and words[run.first - 1] in ("-", "/", ":") and self._scan.adjacent(run.first - 1, run.first):
            return None
        return second


def _shared_scale(scan: Scan, run: NumberRun, second: NumberRun) -> Number | None:
    """The first number; the scale that is said once is its too («من 10 إلى 20 مليونا»)."""
    atom = atom_at(scan, second.last - 1)
    if atom is None or atom.kind not in ("scale", "scale-or-dual") or second.last - second.first < 2:
        return run.value
    scale = atom.value
    own = atom_at(scan, run.last - 1)
    if (own is not None and own.kind in ("scale", "scale-or-dual", "dual")) or run.value >= scale or run.value * scale >= second.value:
        return run.value
    return run.value * scale


def merge(low: Extent, high: Extent) -> Extent | None:
    """«أكبر من 100 وأصغر من 300»: a lower and an upper bound, in either order, as one range."""
    if low.high is not None or high.high is not None:
        return None
    if low.comparison in UPPER and high.comparison in LOWER:
        low, high = high, low
    if low.comparison in LOWER and high.comparison in UPPER and low.low < high.low:
        return Extent(low.low, high.low, "between")
    return None
