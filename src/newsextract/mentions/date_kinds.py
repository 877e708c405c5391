"""What a word type is to a date, wherever it stands: its role of ``date_words.tsv``, its month, its weekday; read once and remembered."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.compiled import Lexeme
from newsextract.lexicon.memory import remember
from newsextract.lexicon.schema import BIT

_MONTH: Final = BIT["MONTH"]
_WEEKDAY: Final = BIT["WEEKDAY"]
_DATE_WORD: Final = BIT["DATE_WORD"]
NAMED: Final = _MONTH | _WEEKDAY | BIT["HOLIDAY"]
DATED: Final = NAMED | _DATE_WORD
"""Labels whose ambiguous words the grammar judges by their context."""
_PERIOD: Final = DATED | BIT["DIGITS"] | BIT["NUMERAL"] | BIT["ORDINAL"]
_OPENERS: Final = {
    "day": 0, "decade": 0, "this": DATED, "same_before": DATED, "unit": _PERIOD, "unit2": _PERIOD, "last_before": _PERIOD,
    "ago": _PERIOD, "hence": _PERIOD, "within": _PERIOD, "part": _PERIOD, "later": _PERIOD, "season": _PERIOD,
}  # fmt: skip
"""The roles with which a date may begin, and the labels of which the next word must have one; 0 if any may follow."""
_ELSEWHERE: Final = frozenset({"unit", "unit2", "part", "later", "season"})
"""Those of them that may also stand before other words, see :mod:`newsextract.mentions.date_gate`."""
_NAMELESS: Final = frozenset({"decade", "century", "quarter"})
"""Units that tell no period without their article, but for «من قرن»."""
_NOTHING: Final = 1 << 59
"""A bit that no token has."""
_PLURAL: Final = frozenset(
    "ايام الايام اسابيع الاسابيع اشهر الاشهر شهور الشهور سنوات السنوات سنين السنين اعوام الاعوام عقود العقود قرون القرون".split()  # noqa: SIM905 - reads better
)


@final
class Role:
    """A date word: its role and value (see ``date_words.tsv``), its proclitics and its end.

    ``told`` marks words that a narrative counts from the date before («العام التالي»).
    """

    __slots__ = ("cut", "definite", "kind", "last", "plural", "told", "value")

    def __init__(self, kind: str, value: str, cut: int, definite: bool, plural: bool, told: bool, last: int) -> None:
        self.kind = kind
        self.value = value
        self.cut = cut
        self.definite = definite
        self.plural = plural
        self.told = told
        self.last = last


@final
class Month:
    """A month's name, doubled forms («تشرين الأول/أكتوبر») taken together."""

    __slots__ = ("ambiguous", "cal", "cut", "joined", "last", "value")

    def __init__(self, value: int, cal: str, cut: int, ambiguous: bool, joined: bool, last: int) -> None:
        self.value = value
        self.cal = cal
        self.cut = cut
        self.ambiguous = ambiguous
        self.joined = joined
        self.last = last


@final
class Weekday:
    """A weekday's name; ``bare`` without its article."""

    __slots__ = ("bare", "cut", "joined", "last", "value")

    def __init__(self, value: int, cut: int, bare: bool, joined: bool, last: int) -> None:
        self.value = value
        self.cut = cut
        self.bare = bare
        self.joined = joined
        self.last = last


@final
class Kind:
    """What a word, or a phrase, may be to a date.

    Attributes:
        bits: Its labels.
        role, month, weekday: What it is, wherever it stands: their ``last`` is not that of a text.
        kind, value: Of its role; empty for none.
        opens: Whether a date may begin with it: if one of the labels ``needs`` follows (0 for any token), or ``elsewhere``.
    """

    __slots__ = ("bits", "elsewhere", "kind", "month", "needs", "opens", "role", "value", "weekday")

    def __init__(self, bits: int, role: Role, month: Month | None, weekday: Weekday | None) -> None:
        self.bits = bits
        self.role = role
        self.month = month
        self.weekday = weekday
        kind = self.kind = role.kind
        self.value = role.value
        named = bits & NAMED > 0
        self.opens = named or kind in _OPENERS
        self.needs = 0 if named else _OPENERS.get(kind, 0)
        if kind == "unit" and role.value in _NAMELESS and not role.definite and not named:
            self.needs = _NOTHING
        self.elsewhere = kind in _ELSEWHERE

    def role_until(self, last: int) -> Role:
        """Its role where it ends before token ``last``."""
        role = self.role
        return Role(role.kind, role.value, role.cut, role.definite, role.plural, role.told, last)


KINDS: Final[dict[Lexeme, Kind]] = {}
"""Lexemes of words and phrases that have been read."""
_MOST_KINDS: Final = 16384


def read_kind(lexeme: Lexeme, word: str, bits: int) -> Kind:
    """The kind of a word, or of the phrase that begins with it, that is not in :data:`KINDS` yet: its readings with one of the label ``bits``."""
    role = _role(lexeme, word) if bits & _DATE_WORD else None
    month = _month(lexeme, word) if bits & _MONTH else None
    weekday = _weekday(lexeme, word) if bits & _WEEKDAY else None
    kind = Kind(bits, Role("", "", 0, False, False, False, 0) if role is None else role, month, weekday)
    return remember(KINDS, lexeme, kind, _MOST_KINDS)


def _role(lexeme: Lexeme, word: str) -> Role | None:
    reading = lexeme.sense("DATE_WORD")
    if reading is None:
        return None
    cut, sense = reading.cut, reading.sense
    entry, bare = sense.entry, word[cut:]
    definite = sense.definite or bare.startswith("ال")
    return Role(entry.kind, entry.value, cut, definite, bare in _PLURAL or word in _PLURAL, entry.category == "told", 0)


def _month(lexeme: Lexeme, word: str) -> Month | None:
    reading = lexeme.sense("MONTH")
    if reading is None:
        return None
    cut, entry = reading.cut, reading.sense.entry
    return Month(int(entry.value), entry.kind, cut, entry.category == "ambiguous", cut > 0 and word[0] in "وف", 0)


def _weekday(lexeme: Lexeme, word: str) -> Weekday | None:
    reading = lexeme.sense("WEEKDAY")
    if reading is None:
        return None
    cut, entry = reading.cut, reading.sense.entry
    return Weekday(int(entry.value), cut, entry.kind == "bare", cut > 0 and word[0] in "وف", 0)
