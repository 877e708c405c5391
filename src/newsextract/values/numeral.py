"""Numbers as written: digit strings and number words, to exact values.

The grammar of the words is that of the Arabic numeral (Wright, *A Grammar of the Arabic Language*, I §318–328): units stand before
tens and are joined by «و»; hundreds and scales follow what multiplies them; larger groups come first. :class:`Composer` takes
the words one by one and says which it cannot take, so it serves words, digits («3 ملايين و250 ألف») and mixtures alike.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from newsextract.values.spelling import spell

__all__ = ["Composer", "Number", "exact", "json_number", "parse_digits", "spell"]

Number = int | Decimal

LONGEST_DIGITS: Final = 40
"""Digit strings beyond this length are no quantity (an identifier, a hostile input)."""

_PLACES: Final = Decimal(1).scaleb(-15)
_MOST_WHOLE: Final = 12
"""With more whole digits than one over this, 15 places do not fit into the 28 digits of a Decimal."""

_NO_LIMIT: Final = 10**30


def exact(value: Fraction | Decimal | int) -> Number:
    """The value as int if it is whole, else as Decimal; a periodic fraction is rounded to 15 places (28 digits if it is large)."""
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return value.numerator
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return (quotient if quotient.adjusted() > _MOST_WHOLE else quotient.quantize(_PLACES)).normalize()
    whole = value.to_integral_value()
    if whole == value:
        return int(whole)
    return value.normalize()


def json_number(value: Number) -> int | float:
    """The value as JSON writes it: an int as it is, a decimal as the shortest float (exact to 15 digits)."""
    return value if isinstance(value, int) else float(value)


def parse_digits(text: str, *, point_decides: bool = False) -> Number | None:
    """The value of an ASCII digit string with points and commas inside.

    ``1,234`` and ``1,234.5`` group by comma, ``1.234.567`` and ``1.234,5`` (the Maghreb) by point. A lone comma or point before exactly
    three digits groups (``15.000`` is fifteen thousand) unless the whole part is 0; any other lone one is decimal.

    Args:
        text: Digits, points, commas; begins and ends with a digit.
        point_decides: A point is decimal without doubt (it was written ٫, or a scale word follows: ``3.906 مليار``).

    Returns:
        None for what is no number: ``15.10.2025``, ``1,2,3``, anything longer than :data:`LONGEST_DIGITS`.
    """
    if len(text) > LONGEST_DIGITS:
        return None
    if text.isdecimal():
        return int(text)
    if not text.isascii() and any(c not in ",." and not c.isdecimal() for c in text):
        return None  # superscripts and circled digits are digits to Unicode, but no numbers
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        return _mixed(text, max(comma, point))
    mark = "," if comma >= 0 else "."
    head, *groups = text.split(mark)
    if mark == "." and point_decides and len(groups) == 1:
        return exact(Decimal(text))
    if _grouped(head, groups):
        return int(head + "".join(groups))
    if len(groups) != 1:
        return None
    return exact(Decimal(f"{head}.{groups[0]}"))


def _grouped(head: str, groups: list[str]) -> bool:
    return len(head) <= 3 and head[0] != "0" and all(len(g) == 3 for g in groups)


def _mixed(text: str, last: int) -> Number | None:
    """Both marks: the last one is the decimal sign and stands once, the other groups."""
    mark = text[last]
    other = "," if mark == "." else "."
    head, *groups = text[:last].split(other)
    if mark in text[:last] or not _grouped(head, groups):
        return None
    return exact(Decimal(head + "".join(groups) + "." + text[last + 1 :]))


_EMPTY: Final = 0
_UNIT: Final = 1
_DONE: Final = 2
_HUNDRED: Final = 3
_DIGITS: Final = 4
_SCALE: Final = 5


class Composer:
    """Adds up a numeral word by word.

    ``kind`` and ``value`` are those of the lexicon rows; ``joined`` tells that «و» precedes.
    """

    __slots__ = ("_group", "_limit", "_open", "_state", "_term", "_total")

    def __init__(self) -> None:
        self._total: Number = 0
        self._group: Number = 0
        self._state = _EMPTY
        self._limit = _NO_LIMIT
        self._open = _NO_LIMIT
        self._term: Number = 0

    def mark(self) -> tuple[Number, Number, int, int, int, Number]:
        """The state, to return to with :meth:`restore`."""
        return self._total, self._group, self._state, self._limit, self._open, self._term

    def restore(self, mark: tuple[Number, Number, int, int, int, Number]) -> None:
        """Forgets what was taken since ``mark``."""
        self._total, self._group, self._state, self._limit, self._open, self._term = mark

    @property
    def value(self) -> Number:
        """What has been taken so far."""
        return exact(self._total + self._group)

    @property
    def counting(self) -> bool:
        """Whether a number below the next scale is open (the «خمسة» that «آلاف» may multiply)."""
        return self._group != 0

    @property
    def closed_before(self) -> bool:
        """Whether a scale was closed before the group that is open («مليونين وثلاثة»)."""
        return self._group != 0 and self._total != 0

    @property
    def complete(self) -> bool:
        """Whether a word has been taken."""
        return self._state != _EMPTY

    def take(self, kind: str, value: Number, joined: bool) -> bool:
        """Takes one more word if the grammar allows it.

        Returns:
            Whether it was taken; if not, nothing has changed.
        """
        if kind in ("unit", "part"):
            return self._small(int(value), joined, _UNIT)
        if kind == "ten":
            return self._ten(joined)
        if kind == "teen":
            return self._small(int(value), joined, _DONE)
        if kind == "tens":
            return self._tens(int(value), joined)
        if kind == "hundred":
            return self._hundred(joined)
        if kind == "hundreds":
            return self._start(int(value), joined, _HUNDRED)
        if kind == "digits":
            return self._start(value, joined, _DIGITS)
        if kind == "scale":
            return self._scale(int(value), joined)
        if kind == "scale-or-dual":
            return self._scale(int(value), joined) if self._group and not joined else self._dual(int(value))
        if kind == "dual":
            return self._dual(int(value))
        return False

    def _start(self, value: Number, joined: bool, state: int) -> bool:
        if self._state == _EMPTY or (self._state == _SCALE and value < self._limit and (joined or state != _DIGITS)):
            self._group = value
            self._state = state
            return True
        return False

    def _small(self, value: int, joined: bool, state: int) -> bool:
        if self._state == _HUNDRED:
            self._group += value
            self._state = state
            return True
        return self._start(value, joined, state)

    def _ten(self, joined: bool) -> bool:
        if self._state == _UNIT and not joined:
            self._group += 10
            self._state = _DONE
            return True
        return self._small(10, joined, _DONE)

    def _tens(self, value: int, joined: bool) -> bool:
        if self._state == _UNIT:
            self._group += value
            self._state = _DONE
            return True
        return self._small(value, joined, _DONE)

    def _hundred(self, joined: bool) -> bool:
        if not joined and ((self._state == _UNIT and 2 < self._group < 10) or (self._state == _DIGITS and self._group < 1000)):
            self._group *= 100
            self._state = _HUNDRED
            return True
        return self._start(100, joined, _HUNDRED)

    def _scale(self, scale: int, joined: bool) -> bool:
        if self._group:
            if joined or scale >= self._limit:
                return False
            return self._close(self._group * scale, scale)
        if self._state == _SCALE and not joined and scale >= self._limit and self._term * scale < self._open:
            self._total += self._term * (scale - 1)
            self._term *= scale
            self._limit = min(self._open, self._limit * scale)
            return True
        if self._state in (_EMPTY, _SCALE) and scale < self._limit:
            return self._close(scale, scale)
        return False

    def _dual(self, scale: int) -> bool:
        if self._group or self._state not in (_EMPTY, _SCALE) or scale >= self._limit:
            return False
        return self._close(2 * scale, scale)

    def _close(self, term: Number, scale: int) -> bool:
        self._total += term
        self._term = term
        self._open, self._limit = self._limit, scale
        self._group = 0
        self._state = _SCALE
        return True

    def add_fraction(self, fraction: Fraction, scale: int = 0) -> Number:
        """The value with a fraction added: «ثلاثة ونصف» 3.5, «مليون ونصف» 1.5 million (of the scale just named), «مليون وربع مليون»."""
        if not scale and self._state == _SCALE:
            scale = self._limit
        return exact(Fraction(self._total + self._group) + fraction * (scale or 1))

    @property
    def closed_scale(self) -> int:
        """The scale word just taken (1000 after «ثلاثة آلاف»), 0 for none."""
        return self._limit if self._state == _SCALE else 0
