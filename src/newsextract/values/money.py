"""Amounts of money: the main unit, its minor unit, and the currency's code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, final

from newsextract.values.numeral import Number, exact
from newsextract.values.quantity import Extent

THOUSANDTHS: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies of three decimals (ISO 4217, minor unit 3)."""


@final
class MoneyValue:
    """An amount; ``currency`` is ISO 4217, None where only the bare name stands (دينار، ريال); ``name`` is the name as the lexicon has it."""

    __slots__ = ("currency", "extent", "name")

    def __init__(self, extent: Extent, currency: str | None, name: str) -> None:
        self.extent = extent
        self.currency = currency
        self.name = name

    def fields(self) -> dict[str, Any]:
        """The fields of MONEY."""
        return {**self.extent.fields(), "currency": self.currency, "currency_name": self.name}


def minor_part(count: Number, part: str, currency: str | None, name: str) -> Number:
    """What ``count`` minor units are in the main one.

    Args:
        count: How many.
        part: ``1/100``, ``1/1000``, or ``minor``: whatever the currency has (the fils is a thousandth of a dinar, a hundredth of a dirham).
        currency: ISO 4217, if known.
        name: The bare name of the currency, which decides where the code is unknown.
    """
    if part == "minor":
        part = "1/1000" if currency in THOUSANDTHS or (currency is None and name != "درهم") else "1/100"
    return exact(Decimal(count) / Decimal(part.partition("/")[2]))
