"""Digits in a text: one number may be several tokens («40 000», «235ر1»), and carry a sign or a leading point."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, final

from newsextract.lexicon.memory import remember
from newsextract.mentions.run_parts import DIGITS, atom_at, is_boundary
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Number, exact, parse_digits

_AGENCY_POINT: Final = "ر"
_DECIMAL_SEPARATOR: Final = "٫"
_MOST_GROUPS: Final = 10
_SIGNS: Final = frozenset(".-+")
_VALUES: Final[dict[str, Number]] = {}
"""What digits by themselves tell, by their token; bounded."""
_MOST_VALUES: Final = 8192
_LONGEST_VALUE: Final = 16
"""Longer digits are not remembered."""


@final
class DigitRun:
    """The tokens ``[first, last)`` and their value."""

    __slots__ = ("first", "last", "value")

    def __init__(self, first: int, last: int, value: Number) -> None:
        self.first = first
        self.last = last
        self.value = value


def lone_digits(scan: Scan, at: int) -> bool:
    """Whether the digits of token ``at`` are all of their number, and tell its value by themselves: the common case, told cheaply."""
    words = scan.words
    last = at + 1
    if (at and words[at - 1] in _SIGNS) or "." in words[at]:
        return False
    return is_boundary(scan, last) and (last == len(words) or words[last] != _AGENCY_POINT)


def lone_value(word: str) -> Number | None:
    """The value of such digits, remembered; None for what is no number."""
    value = _VALUES.get(word)
    if value is None:
        value = parse_digits(word)
        if value is not None and len(word) <= _LONGEST_VALUE:
            remember(_VALUES, word, value, _MOST_VALUES)
    return value


def read_digits(scan: Scan, at: int) -> DigitRun | None:
    """The number whose first digits are token ``at``, or None if they are none (a dotted date, an overlong string)."""
    words = scan.words
    word = words[at]
    last = at + 1
    if last + 1 < len(words) and words[last] == _AGENCY_POINT and word.isdecimal() and _glued(scan, at, last + 1) and words[last + 1].isdecimal():
        if len(word) + len(words[last + 1]) > 30:
            return None
        return DigitRun(at, last + 2, exact(Decimal(f"{words[last + 1]}.{word}")))
    if len(word) <= 3 and word.isdecimal() and word[0] != "0":
        word, last = _spaced_groups(scan, at)
    value = parse_digits(word, point_decides="." in word and _point_decides(scan, at, last))
    if value is None:
        return None
    return _signed(scan, at, last, word, value)


def _glued(scan: Scan, first: int, last: int) -> bool:
    return all(scan.adjacent(i, i + 1) for i in range(first, last))


def _spaced_groups(scan: Scan, at: int) -> tuple[str, int]:
    """Groups of three digits parted by one space: «1 234 567.89»."""
    words, tokens = scan.words, scan.tokens
    word = words[at]
    last = at + 1
    while last < len(words) and last - at < _MOST_GROUPS and tokens[last].flags & DIGITS and scan.parted_by_one_space(last - 1, last):
        head = words[last].partition(".")[0].partition(",")[0]
        if len(head) != 3:
            break
        word += words[last]
        last += 1
        if head != words[last - 1]:
            break
    if last - at > 1 and last < len(words) and tokens[last].flags & DIGITS and scan.parted_by_one_space(last - 1, last):
        return words[at], at + 1
    return word, last


def _point_decides(scan: Scan, at: int, last: int) -> bool:
    """Whether the point is a decimal one: written ٫, or a scale follows (3.906 مليار is not 3,906 milliards)."""
    following = atom_at(scan, last)
    if following is not None and following.kind in ("scale", "scale-or-dual") and not following.cut:
        return True
    return _DECIMAL_SEPARATOR in scan.text(scan.span(at, last))


def _signed(scan: Scan, at: int, last: int, word: str, value: Number) -> DigitRun:
    """With the sign or point before it: «-1.2», «.77». A dash after a number is a range, one after a letter a hyphen."""
    before = scan.words[at - 1] if at else ""
    if before not in _SIGNS or not scan.adjacent(at - 1, at):
        return DigitRun(at, last, value)
    if before == ".":
        if (at > 1 and scan.adjacent(at - 2, at - 1)) or not word.isdecimal() or not 0 < len(word) <= 20:
            return DigitRun(at, last, value)
        return DigitRun(at - 1, last, exact(Decimal("0." + word)))
    if at > 1 and (scan.adjacent(at - 2, at - 1) or scan.tokens[at - 2].flags & DIGITS):
        return DigitRun(at, last, value)
    return DigitRun(at - 1, last, -value if before == "-" else value)
