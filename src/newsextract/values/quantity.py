"""What a number means: counts, ordinals, percentages, quantities, durations."""

from __future__ import annotations

from typing import Any, Final, final

from newsextract.values.numeral import Number, json_number

LOWER: Final = frozenset({"more_than", "at_least"})
UPPER: Final = frozenset({"less_than", "at_most"})

_ISO: Final = {
    "second": ("PT", 1, "S"), "minute": ("PT", 1, "M"), "hour": ("PT", 1, "H"), "day": ("P", 1, "D"), "night": ("P", 1, "D"),
    "week": ("P", 1, "W"), "month": ("P", 1, "M"), "quarter": ("P", 3, "M"), "year": ("P", 1, "Y"), "decade": ("P", 10, "Y"),
    "century": ("P", 100, "Y"),
}  # fmt: skip


@final
class Extent:
    """How much: one value and how it is to be taken, or a range.

    Attributes:
        low: The value, or the lower end of a range.
        high: The upper end of a range, None for a single value.
        comparison: ``exact``, ``more_than``, ``at_least``, ``less_than``, ``at_most``, ``about`` or ``between``.
    """

    __slots__ = ("comparison", "high", "low")

    def __init__(self, low: Number, high: Number | None = None, comparison: str = "exact") -> None:
        self.low = low
        self.high = high
        self.comparison = comparison

    def fields(self) -> dict[str, Any]:
        """``value`` and ``comparison``; with ``value_low`` and ``value_high`` where the number is a bound (null = open), or a range."""
        low = json_number(self.low)
        if self.high is not None:
            return {"value_low": low, "value_high": json_number(self.high), "comparison": self.comparison}
        if self.comparison in LOWER:
            return {"value": low, "value_low": low, "value_high": None, "comparison": self.comparison}
        if self.comparison in UPPER:
            return {"value": low, "value_low": None, "value_high": low, "comparison": self.comparison}
        return {"value": low, "comparison": self.comparison}

    @property
    def value(self) -> Number:
        """The single value, or the lower end of a range."""
        return self.low


@final
class Counted:
    """The noun that a number counts.

    Attributes:
        text: As written, without proclitics.
        lemma: Its singular.
        category: ``person``, ``event``, ``document``, ``country``, ``organisation``, ``money``, ``time``, ``measure`` or ``other``.
        first, last: Its tokens ``[first, last)``.
        qualifier_last: The token after the rest of its noun phrase (adjectives, genitives, «في مجال العمل»); equal to ``last`` for none.
        qualifier: That rest as written, or empty.
        known: Whether the lexicon knows the noun; False if its form alone spoke for it.
        form: The form that the lexicon has it in (``surface``, ``alias``, ``plural``, ``dual``); empty for an unknown noun.
    """

    __slots__ = ("category", "first", "form", "known", "last", "lemma", "qualifier", "qualifier_last", "text")

    def __init__(
        self,
        text: str,
        lemma: str,
        category: str,
        first: int,
        last: int,
        qualifier_last: int,
        qualifier: str = "",
        known: bool = True,
        form: str = "",
    ) -> None:
        self.text = text
        self.lemma = lemma
        self.category = category
        self.first = first
        self.last = last
        self.qualifier_last = qualifier_last
        self.qualifier = qualifier
        self.known = known
        self.form = form

    def called(self, lemma: str) -> Counted:
        """The same noun with another lemma."""
        return Counted(self.text, lemma, self.category, self.first, self.last, self.qualifier_last, self.qualifier, self.known, self.form)


@final
class NumberValue:
    """A cardinal number, and what it counts."""

    __slots__ = ("extent", "noun")

    def __init__(self, extent: Extent, noun: Counted | None = None) -> None:
        self.extent = extent
        self.noun = noun

    def fields(self) -> dict[str, Any]:
        """The fields of NUMBER."""
        out = self.extent.fields()
        if self.noun is not None:
            out["noun"] = self.noun.text
            out["lemma"] = self.noun.lemma
        return out


@final
class OrdinalValue:
    """A place in a sequence."""

    __slots__ = ("value",)

    def __init__(self, value: Number) -> None:
        self.value = value

    def fields(self) -> dict[str, Any]:
        """The fields of ORDINAL."""
        return {"value": json_number(self.value)}


@final
class PercentValue:
    """A share in hundredths."""

    __slots__ = ("extent",)

    def __init__(self, extent: Extent) -> None:
        self.extent = extent

    def fields(self) -> dict[str, Any]:
        """The fields of PERCENT."""
        return self.extent.fields()


@final
class QuantityValue:
    """An amount of a measured thing; ``unit`` is a UCUM code where there is one."""

    __slots__ = ("extent", "noun", "unit")

    def __init__(self, extent: Extent, unit: str, noun: Counted) -> None:
        self.extent = extent
        self.unit = unit
        self.noun = noun

    def fields(self) -> dict[str, Any]:
        """The fields of QUANTITY."""
        return {**self.extent.fields(), "unit": self.unit}


@final
class DurationValue:
    """A length of time."""

    __slots__ = ("extent", "noun", "unit")

    def __init__(self, extent: Extent, unit: str, noun: Counted) -> None:
        self.extent = extent
        self.unit = unit
        self.noun = noun

    @property
    def iso(self) -> str | None:
        """ISO 8601: ``P3D``, ``PT2H``, ``P6M`` for two quarters; None for a range or a unit that it has not."""
        form = _ISO.get(self.unit)
        if form is None or self.extent.high is not None or self.extent.low < 0:
            return None
        head, times, tail = form
        return f"{head}{self.extent.low * times:f}{tail}" if not isinstance(self.extent.low, int) else f"{head}{self.extent.low * times}{tail}"

    def fields(self) -> dict[str, Any]:
        """The fields of DURATION."""
        return {**self.extent.fields(), "unit": self.unit, "iso": self.iso}
