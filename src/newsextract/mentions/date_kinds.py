"""What a word type is to a date, wherever it stands: its role of ``date_words.tsv``, its month, its weekday; read once and remembered."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Lexeme
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
_NOTHING: Final = 1 << 62
"""A bit that no token has."""
_PLURAL: Final = frozenset(
    "ايام الايام اسابيع الاسابيع اشهر الاشهر شهور الشهور سنوات السنوات سنين السنين اعوام الاعوام عقود العقود قرون القرون".split()  # noqa: SIM905 - reads better
)


class Kind(NamedTuple):
    """What a word, or a phrase, may be to a date.

    Attributes:
        bits: Its labels.
        opens: Whether a date may begin with it: if one of the labels ``needs`` follows (0 for any token), or ``elsewhere``.
        kind, value: Of its role.
        role, month, weekday: The fields of :class:`~newsextract.mentions.date_tokens.Role`, ``Month`` and ``Weekday`` but the end.
    """

    bits: int
    opens: bool
    needs: int
    elsewhere: bool
    kind: str
    value: str
    role: tuple[str, str, int, bool, bool, bool] | None
    month: tuple[int, str, int, bool, bool] | None
    weekday: tuple[int, int, bool, bool] | None


KINDS: Final[dict[Lexeme, Kind]] = {}
"""Lexemes of words that have been read; a phrase's are read anew."""
_MOST_KINDS: Final = 16384


def kind_of_word(lexeme: Lexeme, word: str) -> Kind:
    """The kind of a word that is not in :data:`KINDS` yet."""
    if len(KINDS) >= _MOST_KINDS:
        KINDS.clear()
    kind = KINDS[lexeme] = kind_of(lexeme, word, lexeme.weak & DATED)
    return kind


def kind_of(lexeme: Lexeme, word: str, bits: int) -> Kind:
    """The date readings of a word, or of the phrase that begins with it, that have one of the label ``bits``."""
    role = _role(lexeme, word) if bits & _DATE_WORD else None
    month = _month(lexeme, word) if bits & _MONTH else None
    weekday = _weekday(lexeme, word) if bits & _WEEKDAY else None
    kind, value = ("", "") if role is None else role[:2]
    named = bits & NAMED > 0
    needs = 0 if named else _OPENERS.get(kind, 0)
    if role is not None and kind == "unit" and value in _NAMELESS and not role[3] and not named:
        needs = _NOTHING
    return Kind(bits, named or kind in _OPENERS, needs, kind in _ELSEWHERE, kind, value, role, month, weekday)


def _role(lexeme: Lexeme, word: str) -> tuple[str, str, int, bool, bool, bool] | None:
    reading = lexeme.sense("DATE_WORD")
    if reading is None:
        return None
    cut, sense = reading.cut, reading.sense
    entry, bare = sense.entry, word[cut:]
    return entry.kind, entry.value, cut, sense.definite or bare.startswith("ال"), bare in _PLURAL or word in _PLURAL, entry.category == "told"


def _month(lexeme: Lexeme, word: str) -> tuple[int, str, int, bool, bool] | None:
    reading = lexeme.sense("MONTH")
    if reading is None:
        return None
    cut, entry = reading.cut, reading.sense.entry
    return int(entry.value), entry.kind, cut, entry.category == "ambiguous", cut > 0 and word[0] in "وف"


def _weekday(lexeme: Lexeme, word: str) -> tuple[int, int, bool, bool] | None:
    reading = lexeme.sense("WEEKDAY")
    if reading is None:
        return None
    cut, entry = reading.cut, reading.sense.entry
    return int(entry.value), cut, entry.kind == "bare", cut > 0 and word[0] in "وف"
