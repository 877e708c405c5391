"""Amounts: figures with a percent sign, a currency or a unit beside them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.amounts import Beside, Currencies, beside, currency_before, is_contract, may_end_sign, percent_after, percent_before
from newsextract.mentions.comparators import Comparators
from newsextract.mentions.counted_nouns import written
from newsextract.mentions.figure import Figure
from newsextract.mentions.model import Mention, Value
from newsextract.mentions.not_counts import is_year
from newsextract.mentions.run_parts import NumberRun, atom_at
from newsextract.scan.scanner import Phrase, Scan
from newsextract.values.money import MoneyValue, minor_part
from newsextract.values.numeral import exact
from newsextract.values.quantity import Counted, DurationValue, Extent, PercentValue, QuantityValue

_PERCENT: Final = BIT["PERCENT"]
_CURRENCY: Final = BIT["CURRENCY"]
_UNIT: Final = BIT["UNIT"]
_LIKELY: Final = 0.9
_NOT_SAID: Final = frozenset({"symbol", "code", "minor"})
"""Kinds of currencies whose singular alone is no amount."""


class AmountReader:
    """Reads the amounts of one text."""

    __slots__ = ("_comparators", "_currencies", "_runs", "_scan")

    def __init__(self, scan: Scan, runs: dict[int, NumberRun], comparators: Comparators) -> None:
        self._scan = scan
        self._runs = runs
        self._comparators = comparators
        self._currencies = Currencies(scan)

    def read(self, figure: Figure, done: int) -> Mention | None:
        """The amount that ``figure`` is part of, or None; nothing before token ``done`` may be used."""
        run, first = figure.run, figure.bare_first
        near = self._near(figure)
        one = run.value == 1 and run.kind == "words"
        found = self._percent(figure, done) if near & _PERCENT else None
        if found is None and (near & _CURRENCY or one or may_end_sign(self._scan, first)):
            found = self._money(figure, done)
        if found is None and (near & _UNIT or one or run.definite or (first and self._scan.words[first - 1] == "ال")):
            found = self._measure(figure)
        return found

    def _near(self, figure: Figure) -> int:
        """The label bits of what stands beside the figure: of most numbers nothing that could make them an amount."""
        tokens, first = self._scan.tokens, figure.bare_first
        near = tokens[first - 1].flags if first else 0
        if figure.after < len(tokens):
            near |= tokens[figure.after].flags
        return near | tokens[figure.run.last].flags if figure.inner else near

    def _beside(self, figure: Figure, label: str) -> Beside | None:
        """What stands with ``label`` behind the figure, or behind the first of its two numbers."""
        found = beside(self._scan, figure.after, label)
        if found is None and figure.inner > figure.run.last:
            inner = beside(self._scan, figure.run.last, label)
            if inner is not None:
                inner.last = figure.last
                return inner
        return found

    def _percent(self, figure: Figure, done: int) -> Mention | None:
        found = percent_after(self._scan, figure.after)
        first, cut, last = figure.first, figure.cut, figure.last
        if found is not None:
            last = found.last
        elif figure.inner > figure.run.last and (found := percent_after(self._scan, figure.run.last)) is not None:
            pass
        else:
            found = percent_before(self._scan, figure.bare_first)
            if found is None or found.first < done:
                return None
            if found.first < first:
                first, cut = found.first, found.cut
        times = Decimal(found.entry.value)
        extent = figure.extent if times == 1 else _times(figure.extent, times)
        extent, last = self._behind(extent, last)
        return self._mention("PERCENT", first, last, cut, PercentValue(extent), "percent", 0.98)

    def _money(self, figure: Figure, done: int) -> Mention | None:
        found = self._beside(figure, "CURRENCY")
        first, cut, last = figure.first, figure.cut, figure.last
        if found is not None:
            last = max(last, found.last)
        else:
            found = currency_before(self._scan, figure.bare_first) or self._one_unit(figure, "CURRENCY")
            if found is None or found.first < done:
                return None
            if found.first < first:
                first, cut = found.first, found.cut
            last = max(last, found.last)
        entry = found.entry
        code = self._currencies.code(entry)
        extent = figure.extent
        if entry.kind == "minor":
            extent = _minor(extent, entry.category, code, "")
        else:
            extent, last = self._with_minor(extent, last, code, entry.lemma)
            extent, last = self._with_fraction(figure.run, extent, last)
        extent, last = self._behind(extent, last)
        name = entry.surface if entry.kind != "minor" else entry.lemma
        return self._mention("MONEY", first, last, cut, MoneyValue(extent, code, name), "money", 0.97)

    def _with_minor(self, extent: Extent, last: int, code: str | None, name: str) -> tuple[Extent, int]:
        """«… دينارا و250 فلسا»."""
        run = self._joined_run(last)
        if run is None or extent.high is not None:
            return extent, last
        minor = beside(self._scan, run.last, "CURRENCY")
        if minor is None and self._is_bare_minor(extent, run):
            return Extent(exact(Decimal(extent.low) + Decimal(run.value) / 100), None, extent.comparison), run.last
        if minor is None or minor.entry.kind != "minor":
            return extent, last
        part = minor_part(run.value, minor.entry.category, code, name)
        return Extent(exact(Decimal(extent.low) + Decimal(part)), None, extent.comparison), minor.last

    def _is_bare_minor(self, extent: Extent, run: NumberRun) -> bool:
        """«درهم وعشرون»: words below a hundred after an amount below a hundred, with nothing behind, are minor units (units precede tens)."""
        words = self._scan.words
        if run.kind != "words" or not 0 < extent.low < 100 or not 0 < run.value < 100:
            return False
        return run.last >= len(words) or not (words[run.last][0].isalnum())

    def _joined_run(self, at: int) -> NumberRun | None:
        """The run that «و» joins to what ends before token ``at``."""
        run = self._runs.get(at)
        if run is not None:
            return run if run.joined and not run.preposition else None
        if at + 1 < len(self._scan.words) and self._scan.words[at] == "و":
            return self._runs.get(at + 1)
        return None

    def _with_fraction(self, run: NumberRun, extent: Extent, last: int) -> tuple[Extent, int]:
        """«ثلاثة أيام ونصف», «3 ملايين دولار ونصف المليون»: a fraction joined behind the unit."""
        more = self._joined_run(last)
        if more is None or extent.high is not None or not (more.kind == "fraction" or (0 < more.value < extent.low and self._is_part(more))):
            return extent, last
        if more.note or (more.value >= 1 and more.kind == "fraction"):
            return extent, last
        return Extent(exact(Fraction(extent.low) + Fraction(more.value)), None, extent.comparison), more.last

    def _is_part(self, run: NumberRun) -> bool:
        """Whether the run is a fraction of a scale (نصف المليون)."""
        atom = atom_at(self._scan, run.first)
        return atom is not None and atom.kind == "fraction"

    def _one_unit(self, figure: Figure, label: str) -> Beside | None:
        """«دولار واحد», «يوم واحد»: the singular before واحد."""
        run = figure.run
        if run.value != 1 or run.kind != "words" or run.definite or run.cut or not run.first or run.last - run.first > 1:
            return None
        phrase = self._scan.phrases.get(run.first - 2)
        if phrase is not None and phrase.last == run.first and (whole := phrase.sense(label)) is not None and whole.sense.form == "surface":
            return Beside(whole.sense.entry, phrase.first, run.last, "surface", whole.cut)
        lexeme = self._scan.tokens[run.first - 1].lexeme
        if lexeme is not None:
            for reading in lexeme.readings:
                sense = reading.sense
                if sense.entry.label == label and not sense.definite and sense.form in ("surface", "alias") and sense.entry.kind not in ("symbol", "code"):
                    return Beside(sense.entry, run.first - 1, run.last, sense.form, reading.cut)
        return None

    def _measure(self, figure: Figure) -> Mention | None:
        found = self._beside(figure, "UNIT")
        first, cut, last = figure.first, figure.cut, figure.last
        before = None
        if found is None:
            found = before = self._one_unit(figure, "UNIT") or self._plural_before(figure)
            if found is None:
                return None
            if found.first < first:
                first, cut = found.first, found.cut
        if self._is_era(figure, found) or is_contract(self._scan, found.entry, found.last, figure.extent.low):
            return None
        last = max(last, found.last)
        noun_last = found.last
        if before is not None:
            noun_last = figure.run.first - (self._scan.words[figure.run.first - 1] == "ال")
        return self._unit_mention(figure.run, figure.extent, found, (first, last, cut), (found.first, noun_last))

    def _is_era(self, figure: Figure, found: Beside) -> bool:
        """«2025 م» is a year of the era, not metres; «500م» are metres."""
        return found.entry.surface == "م" and is_year(figure.run)

    def _plural_before(self, figure: Figure) -> Beside | None:
        """«السنوات الخمس», «الأيام الـ10»: the definite plural of a unit before a definite numeral."""
        run, scan = figure.run, self._scan
        at = run.first - 1
        if at >= 1 and scan.words[at] == "ال":
            at -= 1
        elif not run.definite:
            return None
        lexeme = scan.tokens[at].lexeme if at >= 0 else None
        if lexeme is None or run.value < 2:
            return None
        for reading in lexeme.readings:
            if reading.sense.entry.label == "UNIT" and reading.sense.definite and reading.sense.form == "plural":
                return Beside(reading.sense.entry, at, run.last, "plural", reading.cut)
        return None

    def _unit_mention(self, run: NumberRun, extent: Extent, found: Beside, place: tuple[int, int, int], noun_place: tuple[int, int]) -> Mention:
        first, last, cut = place
        extent, last = self._with_fraction(run, extent, last)
        extent, last = self._behind(extent, last)
        scan, entry = self._scan, found.entry
        noun_first, noun_last = noun_place
        category = "time" if entry.kind == "time" else "measure"
        noun = Counted(written(scan, noun_first, noun_last, found.cut), entry.lemma or entry.surface, category, noun_first, noun_last, noun_last)
        value: Value
        if entry.kind == "time":
            value = DurationValue(extent, entry.value, noun)
            return self._mention("DURATION", first, last, cut, value, "duration", 0.97)
        value = QuantityValue(extent, entry.value, noun)
        return self._mention("QUANTITY", first, last, cut, value, "quantity", 0.96)

    def dual(self, at: int, cut: int, label: str) -> Mention | None:
        """«يومان», «كيلومترين», «دولارين»: a dual unit or currency that stands without a numeral."""
        lexeme = self._scan.tokens[at].lexeme
        if lexeme is None:
            return None
        for reading in lexeme.readings:
            sense = reading.sense
            if sense.entry.label != label or sense.form != "dual" or reading.cut != cut:
                continue
            if is_contract(self._scan, sense.entry, at + 1, 2):
                return None
            run = NumberRun(at, at + 1, cut, 2, "words")
            before = self._comparators.before(at)
            extent = Extent(2, None, "exact" if before is None else before.value)
            first, start_cut = (at, cut) if before is None else (before.first, before.cut)
            if label == "UNIT":
                return self._unit_mention(run, extent, Beside(sense.entry, at, at + 1, "dual", cut), (first, at + 1, start_cut), (at, at + 1))
            code = self._currencies.code(sense.entry)
            if sense.entry.kind == "minor":
                extent = _minor(extent, sense.entry.category, code, "")
            return self._mention("MONEY", first, at + 1, start_cut, MoneyValue(extent, code, sense.entry.surface), "money", 0.9)
        return None

    def dual_phrase(self, phrase: Phrase) -> Mention | None:
        """«ربعي سنة», «متران مربعان», «نقطتان مئويتان»: a dual unit of several words."""
        for reading in phrase.readings:
            if reading.sense.entry.label == "PERCENT":
                return self._mention("PERCENT", phrase.first, phrase.last, reading.cut, PercentValue(Extent(2)), "percent", 0.98)
            if reading.sense.entry.label == "UNIT" and reading.sense.form == "dual":
                first, last, cut = phrase.first, phrase.last, reading.cut
                run = NumberRun(first, last, cut, 2, "words")
                found = Beside(reading.sense.entry, first, last, "dual", cut)
                return self._unit_mention(run, Extent(2), found, (first, last, cut), (first, last))
        return None

    def one_and_part(self, run: NumberRun) -> Mention | None:
        """«ساعة ونصف», «دولار وربع»: one unit, which its singular tells, and the part of one that ``run`` adds."""
        scan, at = self._scan, run.first - 1
        lexeme = scan.tokens[at].lexeme if at >= 0 and scan.tokens[at].flags & (_UNIT | _CURRENCY) else None
        if lexeme is None or not run.joined or not 0 < run.value < 1:
            return None
        for reading in lexeme.readings:
            cut, sense = reading.cut, reading.sense
            entry = sense.entry
            if entry.label not in ("UNIT", "CURRENCY") or sense.definite or sense.form not in ("surface", "alias") or entry.kind in _NOT_SAID:
                continue
            extent = Extent(exact(1 + Fraction(run.value)), None, "exact")
            if entry.label == "UNIT":
                return self._unit_mention(run, extent, Beside(entry, at, run.last, sense.form, cut), (at, run.last, cut), (at, at + 1))
            return self._mention("MONEY", at, run.last, cut, MoneyValue(extent, self._currencies.code(entry), entry.surface), "money", _LIKELY)
        return None

    def _behind(self, extent: Extent, last: int) -> tuple[Extent, int]:
        """A comparator behind the amount: «3.42$ على الأقل»."""
        if extent.comparison != "exact":
            return extent, last
        behind = self._comparators.after(last)
        return (extent, last) if behind is None else (Extent(extent.low, extent.high, behind.value), behind.last)

    def _mention(self, label: str, first: int, last: int, cut: int, value: Value, how: str, confidence: float) -> Mention:
        span = self._scan.span(first, last, cut)
        return Mention(label, first, last, span, value, f"rule:numbers.{how}", confidence, self._scan.text(span))


def _times(extent: Extent, times: Decimal) -> Extent:
    high = None if extent.high is None else exact(Decimal(extent.high) * times)
    return Extent(exact(Decimal(extent.low) * times), high, extent.comparison)


def _minor(extent: Extent, part: str, code: str | None, name: str) -> Extent:
    high = None if extent.high is None else minor_part(extent.high, part, code, name)
    return Extent(minor_part(extent.low, part, code, name), high, extent.comparison)
