"""Where a date may begin: a look at the neighbours of a number or date word that spares the grammar most of them.

Numbers mostly count, and «هذا», «خلال», «بعد» mostly speak of no period. What is turned away here, no construction of the grammar
accepts; what is let through, the grammar decides.
"""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_kinds import NAMED, Kind
from newsextract.mentions.date_numeric import SEPARATORS
from newsextract.mentions.date_relative import RELATIVE_PRONOUNS
from newsextract.mentions.date_tokens import (
    AND,
    BETWEEN,
    COMMAS,
    DATE_WORD,
    DIGITS,
    INSIDE,
    MAY_DATE,
    NUMBERISH,
    UNTIL,
    DateTokens,
    Num,
)
from newsextract.mentions.date_years import YEAR_BEFORE

_ANY: Final = NAMED | DATE_WORD | NUMBERISH
_JOINTS: Final = frozenset({AND, "-", "/", ".", "وال"}) | COMMAS | UNTIL | INSIDE
"""Words between a day and the next day, its month, or the other end of its range."""
_INNER: Final = frozenset({"ال"}) | UNTIL | BETWEEN | INSIDE
"""Words that may still stand between such a joint and the number or name."""
_AFTER_NUMBER: Final = _JOINTS | SEPARATORS | {")"}
_AFTER_DAY: Final = frozenset({"this", "same_before", "shift"})
_AFTER_YEAR: Final = frozenset({"(", "/", "-", AND}) | UNTIL
_BEFORE_YEAR: Final = YEAR_BEFORE | COMMAS | {AND}


def may_begin(t: DateTokens, at: int) -> bool:
    """Whether a date may begin with the number or date word at ``at``."""
    flags = t.bits(at)
    word = t.openers.get(at) if flags & MAY_DATE else None
    if word is not None and (not word.needs or t.bits(t.ends.get(at, at + 1)) & word.needs or (word.elsewhere and may_open(t, at, word))):
        return True
    return flags & NUMBERISH != 0 and _number_may_begin(t, at)


def _number_may_begin(t: DateTokens, at: int) -> bool:
    run = t.runs.get(at)
    last = at + 1 if run is None else run.last
    if t.bits(last) & _ANY or t.word(last) in _AFTER_NUMBER:
        return may_number(t, at, last)
    if t.bits(at) & DIGITS:
        digits = t.word(at)
        return "." in digits or (len(digits) == 4 and may_year(t, at, last))
    return run is not None and run.value >= 1000 and may_year(t, at, last)


def may_open(t: DateTokens, at: int, word: Kind) -> bool:
    """Whether a date may begin with the name of a period or of its part that no date word follows."""
    last = t.ends.get(at, at + 1)
    sign = t.word(last)
    if word.kind not in ("unit", "unit2"):
        return sign in INSIDE and t.bits(last + 1) & _ANY > 0
    before = t.kinds.get(at - 1)
    return sign == "(" or sign in RELATIVE_PRONOUNS or t.word(at - 1) == "من" or (before is not None and before.kind in ("this", "same_before"))


def may_number(t: DateTokens, at: int, last: int) -> bool:
    """Whether a date may begin with a number that ends at ``last``, before a sign or word that dates go on with."""
    num = t.number(at)
    if (num is None or num.width) and ("." in t.word(at) or t.word(at + 1) in SEPARATORS):
        return t.bits(at) & DIGITS > 0
    if num is None:
        return False
    word = t.kinds.get(last)
    if word is not None and word.kind == "unit" and (num.ordinal or (word.role.definite and (word.role.plural or num.width == 4))):
        return True
    return may_year(t, at, last) if num.value >= 1000 else num.value <= 31 and may_day(t, num, t.word(last), word)


def may_year(t: DateTokens, at: int, last: int) -> bool:
    """Whether a number that ends at ``last`` may be a year: by its era, the second year of a pair, or what stands before it."""
    return last in t.kinds or t.word(last) in _AFTER_YEAR or at - 1 in t.kinds or t.word(at - 1) in _BEFORE_YEAR


def may_day(t: DateTokens, num: Num, sign: str, word: Kind | None) -> bool:
    """Whether a number up to 31 may be a day: its month, another day, or the other end of its range must follow."""
    last = num.last
    flags = t.bits(last)
    if flags & (NAMED | NUMBERISH) or sign == ")":
        return True
    if word is not None:
        return word.kind in _AFTER_DAY or (word.kind == "unit" and word.value == "month") or word.role.cut > 0
    return sign in _JOINTS and (t.bits(last + 1) & _ANY > 0 or t.word(last + 1) in _INNER)
