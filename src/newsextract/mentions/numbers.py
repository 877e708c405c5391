"""Numbers and amounts of a text: NUMBER, ORDINAL, PERCENT, MONEY, QUANTITY, DURATION.

A run (with a second one, if it is a range) is a :class:`Figure`; what stands beside it makes it an amount; the noun behind it makes
it a count. A NUMBER's span is the number and its comparator; that of an amount takes in sign, currency or unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from operator import attrgetter
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.amount_reader import AmountReader
from newsextract.mentions.counted_nouns import noun_at
from newsextract.mentions.counting import NounReader
from newsextract.mentions.duals import dual_anchors, read_duals
from newsextract.mentions.figure import Figure, FigureReader, merge
from newsextract.mentions.model import Mention
from newsextract.mentions.not_counts import is_age, is_clock_or_code, is_distance, is_hour, is_older, is_titled
from newsextract.mentions.run_parts import NumberRun
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import exact
from newsextract.values.quantity import Counted, DurationValue, Extent, NumberValue, OrdinalValue

DOUBLED: Final = "doubled"
"""What finds a number whose multiplier is said twice («46,000 ألف»)."""
_DOUBTFUL: Final = 0.5
_RULE: Final = "rule:numbers."
_USED: Final = 1
_DISTANCE: Final = 2
_LONE: Final = 3
"""How a date uses a token: for good; as a distance in time, which is a duration too; as its only word (صفر, also zero)."""
_FIRST: Final = attrgetter("first")
_SLASHES: Final = frozenset("/⁄")
_COMPARATOR: Final = BIT["COMPARATOR"]
_DECIMAL_FRACTIONS: Final = frozenset({2, 3, 4, 5, 8, 10, 100, 1000})


def read_numbers(scan: Scan, runs: dict[int, NumberRun], taken: Iterable[tuple[int, int]] = ()) -> list[Mention]:
    """All numbers and amounts of a text, in text order.

    Args:
        scan: The text.
        runs: Its number runs, as :func:`newsextract.mentions.number_runs.number_runs` gives them.
        taken: Token ranges ``[first, last)`` that dates have used. A run that touches one is left out, unless it is a distance in
            time («قبل ثلاثة أيام»), which is a duration as well.
    """
    duals = dual_anchors(scan)
    if not runs and not duals:
        return []
    return _NumberReader(scan, runs, taken).read(duals)


class _NumberReader:
    """One text's numbers."""

    def __init__(self, scan: Scan, runs: dict[int, NumberRun], taken: Iterable[tuple[int, int]]) -> None:
        self._scan = scan
        self._runs = runs
        self._taken = used = bytearray(len(scan.words) + 1)
        for first, last in taken:
            mark = _DISTANCE if is_distance(scan, first) else _LONE if last - first == 1 else _USED
            for at in range(first, last):
                used[at] = mark
        self._figures = FigureReader(scan, runs)
        self._amounts = AmountReader(scan, runs, self._figures.comparators)
        self._out: list[Mention] = []
        self._nouns = NounReader(scan, used)
        self._done = 0

    def read(self, duals: list[int]) -> list[Mention]:
        """The mentions; ``duals`` are the tokens that may be duals."""
        taken = self._taken
        for run in self._runs.values():
            first = run.first
            if first < self._done:
                continue
            mark = taken[first] or taken[run.last - 1]
            if not mark:
                self._one(run)
            elif mark == _DISTANCE:
                self._distance(run)
            elif mark == _LONE and run.value == 0 and run.kind == "words":
                self._number(self._figures.read(run), None, "zero", 0.5)
        out = self._out
        if duals:
            found = read_duals(self._scan, duals, taken, self._amounts)
            inside = {at for m in found if m.last - m.first > 1 for at in range(m.first, m.last)}
            out[:] = [*(m for m in out if m.first not in inside), *found]
        for at in range(1, len(out)):
            if out[at].first < out[at - 1].first:
                out.sort(key=_FIRST)
                break
        return out

    def _distance(self, run: NumberRun) -> None:
        """«قبل ثلاثة أيام» is a day, and three days as well; «منذ عام 2008» is only a year."""
        if run.kind == "ordinal":
            return
        amount = self._amounts.read(self._figures.read(run), self._done)
        if amount is not None and amount.label == "DURATION":
            self._put(amount)

    def _one(self, run: NumberRun) -> None:
        kind = run.kind
        if kind == "ordinal":
            if not is_hour(self._scan, run.first):
                self._add("ORDINAL", run.first, run.last, run.cut, OrdinalValue(run.value), "ordinal", 0.95)
            return
        if kind == "digits":
            if is_clock_or_code(self._scan, run):
                return
            if run.last < len(self._scan.words) and self._scan.words[run.last] in _SLASHES:
                run = self._slash(run)
        elif kind == "fraction":
            if self._is_quarter(run):
                return
            amount = self._amounts.one_and_part(run) if run.joined and run.first > self._done else None
            if amount is not None:
                self._put(amount)
                return
        if self._figures.is_bare(run):
            self._done = max(self._done, run.last)
            self._plain(self._figures.bare(run))
            return
        figure = self._figures.read(run)
        amount = self._amounts.read(figure, self._done)
        if figure.after > self._done:
            self._done = figure.after
        if amount is not None:
            if amount.label == "DURATION" and (self._aged(figure, amount) or is_titled(self._scan, figure.first)):
                self._number(figure, None, "age")
                self._done = max(self._done, amount.last)
                return
            if run.doubled:
                amount.found_by, amount.confidence = f"{_RULE}{DOUBLED}", _DOUBTFUL
            self._put(amount)
            return
        self._plain(figure)

    def _aged(self, figure: Figure, amount: Mention) -> bool:
        """«عمره 30 عاما», «أكبر من ثلاثين سنة»: an age is no duration."""
        value = amount.value
        if not isinstance(value, DurationValue) or value.unit not in ("year", "month"):
            return False
        return is_age(self._scan, figure.first, amount.last) or is_older(self._scan, figure.first, figure.bare_first)

    def _is_quarter(self, run: NumberRun) -> bool:
        """«ربع سنة واحد»: the fraction is part of the unit that is counted."""
        phrase = self._scan.phrases.get(run.first)
        following = None if phrase is None else self._runs.get(phrase.last)
        return phrase is not None and phrase.sense("UNIT") is not None and following is not None and following.value == 1 and not following.cut

    def _slash(self, run: NumberRun) -> NumberRun:
        """«1/2», «77/100»: a proper fraction over a usual denominator, no part of a date or of a number of the kind 12/45."""
        words, at = self._scan.words, run.last
        if at + 1 >= len(words) or not self._scan.adjacent(at - 1, at):
            return run
        below = self._runs.get(at + 1)
        if below is None or below.kind != "digits" or not isinstance(below.value, int) or not isinstance(run.value, int):
            return run
        if not 0 < run.value < below.value or below.value not in _DECIMAL_FRACTIONS or not self._scan.adjacent(at, at + 1):
            return run
        if (below.last < len(words) and words[below.last] == "/") or (run.first and words[run.first - 1] == "/"):
            return run
        return NumberRun(run.first, below.last, run.cut, exact(Fraction(run.value, below.value)), "fraction", False, run.joined, run.preposition, more=run.more)

    def _plain(self, figure: Figure) -> None:
        """A number beside which nothing makes it an amount."""
        run = figure.run
        if run.kind == "fraction" or run.note in ("fraction", "price"):
            self._fraction(figure)
            return
        noun = self._nouns.read(figure)
        if noun is None and self._is_ordinal(figure):
            self._add("ORDINAL", run.first, run.last, run.cut, OrdinalValue(run.value), "definite-cardinal", 0.7)
            return
        self._number(figure, noun, "cardinal" if figure.extent.high is None else "range")

    def _is_ordinal(self, figure: Figure) -> bool:
        """«الكتاب الثلاثون», «الدورة الـ27»: a definite cardinal that counts nothing names a place in a sequence."""
        run, scan = figure.run, self._scan
        if figure.extent.comparison != "exact" or (2 <= run.value <= 10 and run.kind == "words"):
            return False
        if run.definite:
            return True
        if run.kind != "digits" or not run.first or scan.words[run.first - 1] != "ال":
            return False
        noun = noun_at(scan, run.first - 2)
        return noun is not None and noun.definite and noun.form != "plural"

    def _fraction(self, figure: Figure) -> None:
        """نصف, ثلاثة أرباع; خمس before a definite singular is a fifth, ثمن a price unless such a word follows."""
        run, scan = figure.run, self._scan
        if run.kind == "fraction" and not run.note:
            self._number(figure, None, "fraction")
            return
        following = scan.words[figure.after] if figure.after < len(scan.words) else ""
        whole = following.startswith("ال") and not run.cut
        if run.kind == "fraction":
            if whole:
                self._number(figure, None, "fraction", 0.4)
            return
        noun = noun_at(scan, figure.after) if whole else None
        if run.note == "fraction" and (len(scan) == 1 or (whole and (noun is None or noun.form != "plural"))):
            figure.extent = Extent(exact(Fraction(1, int(run.value))), None, figure.extent.comparison)
            self._number(figure, None, "fraction", 0.6)
            return
        self._number(figure, self._nouns.read(figure), "cardinal")

    def _number(self, figure: Figure, noun: Counted | None, how: str, confidence: float = 0.97) -> None:
        run = figure.run
        if run.doubled:
            how, confidence = DOUBLED, _DOUBTFUL
        elif run.kind == "approx":
            confidence = _DOUBTFUL
        elif noun is not None and not noun.known:
            confidence = 0.85
        extent = figure.extent
        if extent.comparison == "exact":
            if noun is not None and noun.first >= figure.last:
                extent = self._bound_behind(extent, noun)
        elif how != "age" and self._joined_bound(figure, noun):
            return
        self._add("NUMBER", figure.first, figure.last, figure.cut, NumberValue(extent, noun), how, confidence)

    def _bound_behind(self, extent: Extent, noun: Counted) -> Extent:
        """«100 ألف زائر على الأقل»: a comparator behind the noun."""
        tokens = self._scan.tokens
        for at in (noun.last, noun.qualifier_last):
            if at < len(tokens) and tokens[at].flags & _COMPARATOR:
                behind = self._figures.comparators.after(at)
                if behind is not None:
                    return Extent(extent.low, extent.high, behind.value)
        return extent

    def _joined_bound(self, figure: Figure, noun: Counted | None) -> bool:
        """Whether the number completes the range that the mention before it began («أكبر من 100 وأصغر من 300»)."""
        if not self._out or figure.extent.comparison in ("about", "between"):
            return False
        last = self._out[-1]
        gap = figure.first - last.last
        if last.label != "NUMBER" or not isinstance(last.value, NumberValue) or last.value.noun is not None or gap not in (0, 1):
            return False
        if gap == 1 and self._scan.words[figure.first - 1] != "و":
            return False
        extent = merge(last.value.extent, figure.extent)
        if extent is None:
            return False
        self._out.pop()
        cut = last.span.start - self._scan.span(last.first, last.first + 1).start
        self._add("NUMBER", last.first, figure.last, cut, NumberValue(extent, noun), "bounds", 0.9)
        return True

    def _add(self, label: str, first: int, last: int, cut: int, value: NumberValue | OrdinalValue, how: str, confidence: float) -> None:
        scan = self._scan
        span = scan.span(first, last, cut)
        self._out.append(Mention(label, first, last, span, value, f"{_RULE}{how}", confidence, scan.source[span.start : span.end]))
        if last > self._done:
            self._done = last

    def _put(self, mention: Mention) -> None:
        self._out.append(mention)
        if mention.last > self._done:
            self._done = mention.last
