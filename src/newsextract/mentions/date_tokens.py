"""Date words at a token: small numbers, months, weekdays, and the roles of ``date_words.tsv``.

All readings of a word type are worked out once and remembered; the grammar asks by token index.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Lexeme, Reading
from newsextract.lexicon.schema import BIT
from newsextract.mentions.number_runs import NumberRun
from newsextract.scan.scanner import Scan

MONTH: Final = BIT["MONTH"]
WEEKDAY: Final = BIT["WEEKDAY"]
DATE_WORD: Final = BIT["DATE_WORD"]
HOLIDAY: Final = BIT["HOLIDAY"]
FUNCTION: Final = BIT["FUNCTION"]
INSTITUTION_HEAD: Final = BIT["INSTITUTION_HEAD"]
NOUN: Final = BIT["NOUN"]
DIGITS: Final = BIT["DIGITS"]
NUMBERISH: Final = BIT["DIGITS"] | BIT["NUMERAL"] | BIT["ORDINAL"]
_WANTED: Final = MONTH | WEEKDAY | DATE_WORD | HOLIDAY
"""Labels whose ambiguous words the grammar judges by their context."""

_FEMININE: Final = ("ه", "اولي", "اخري")
ANCHOR: Final = MONTH | WEEKDAY | DATE_WORD | HOLIDAY | NUMBERISH
"""What a date may begin with."""

FROM: Final = frozenset({"من"})
INSIDE: Final = frozenset({"من", "في"})
BETWEEN: Final = frozenset({"بين", "وبين"})
AND: Final = "و"
UNTIL: Final = frozenset({"الي", "والي", "حتي", "وحتي", "لغايه", "ولغايه"})
NAMED_EVENTS: Final = frozenset({"ثوره", "ثورتي", "انتفاضه", "احداث", "هجمات", "حركه"})
NAMED_PLACES: Final = frozenset({"شارع", "ميدان", "جسر", "كوبري", "ساحه", "ملعب", "مدينه", "حي", "قصر"})
NO_WEEKDAY_AFTER: Final = frozenset({"صلاه", "خطبه", "سوق", "لصلاه", "وصلاه", "بسوق"})
OPEN: Final = "(["
CLOSE: Final = ")]"
COMMAS: Final = frozenset({",", "،"})
STOPS: Final = frozenset({".", "!", "?", "؟", "؛", ";", "\n", ":"})


class Role(NamedTuple):
    """A date word: its role and value (see ``date_words.tsv``), its end and its proclitics.

    ``told`` marks words that a narrative counts from the date before («العام التالي»).
    """

    kind: str
    value: str
    last: int
    cut: int
    definite: bool
    plural: bool
    told: bool = False


class Num(NamedTuple):
    """A whole number; ``width`` is its number of digits, 0 when it is spelled out."""

    value: int
    last: int
    cut: int
    width: int
    ordinal: bool
    definite: bool
    joined: bool
    feminine: bool = False


class Month(NamedTuple):
    """A month's name, doubled forms («تشرين الأول/أكتوبر») taken together."""

    value: int
    cal: str
    last: int
    cut: int
    ambiguous: bool
    joined: bool


class Weekday(NamedTuple):
    """A weekday's name; ``bare`` without its article."""

    value: int
    last: int
    cut: int
    bare: bool
    joined: bool


_PLURAL: Final = frozenset(
    "ايام الايام اسابيع الاسابيع اشهر الاشهر شهور الشهور سنوات السنوات سنين السنين اعوام الاعوام عقود العقود قرون القرون".split()  # noqa: SIM905 - reads better
)


@lru_cache(maxsize=16384)
def _readings(lexeme: Lexeme, label: str) -> tuple[Reading, ...]:
    return tuple(r for r in lexeme.readings if r.sense.entry.label == label)


class DateTokens:
    """The tokens of a scan as the date grammar sees them."""

    __slots__ = ("flags", "runs", "scan", "size", "sure", "words", "year_end")

    def __init__(self, scan: Scan, runs: Mapping[int, NumberRun]) -> None:
        self.scan = scan
        self.runs = runs
        self.words = scan.words
        self.sure = scan.flags
        self.flags = [flags if lexeme is None else flags | lexeme.weak & _WANTED for flags, lexeme in zip(scan.flags, scan.lexemes, strict=True)]
        self.size = len(scan.words)
        self.year_end = -1  # where the last year ended, for «عامي 2023 و2024»

    def word(self, at: int) -> str:
        """The folded word at ``at``, empty outside the text."""
        return self.words[at] if 0 <= at < self.size else ""

    def has(self, at: int, bits: int) -> bool:
        """Whether the token at ``at`` carries one of ``bits``."""
        return 0 <= at < self.size and bool(self.flags[at] & bits)

    def reading(self, at: int, label: str) -> tuple[Reading, int] | None:
        """The phrase or word with ``label`` at ``at`` and its end, phrases first."""
        phrase = self.scan.phrases.get(at)
        if phrase is not None and phrase.flags & BIT[label]:
            found = phrase.sense(label)
            if found is not None:
                return found, phrase.last
        lexeme = self.scan.lexemes[at]
        if lexeme is None or not lexeme.weak & BIT[label]:
            return None
        return _readings(lexeme, label)[0], at + 1

    def role(self, at: int) -> Role | None:
        """The date word at ``at``, or None."""
        if not self.has(at, DATE_WORD):
            return None
        found = self.reading(at, "DATE_WORD")
        if found is None:
            return None
        (cut, sense), last = found
        entry = sense.entry
        word = self.words[at][cut:]
        plural = word in _PLURAL or self.words[at] in _PLURAL
        return Role(entry.kind, entry.value, last, cut, sense.definite or word.startswith("ال"), plural, entry.category == "told")

    def is_role(self, at: int, *kinds: str) -> Role | None:
        """The date word at ``at`` if its role is one of ``kinds``."""
        role = self.role(at)
        return role if role is not None and role.kind in kinds else None

    def unit(self, at: int, *units: str) -> Role | None:
        """A period's name (one of ``units``) at ``at``, or None."""
        role = self.role(at)
        if role is None:
            return None
        if role.kind == "unit" and role.value in units:
            return role
        return None

    def number(self, at: int) -> Num | None:
        """The whole number that begins at ``at``, or None."""
        if not self.has(at, NUMBERISH):
            return None
        word = self.words[at]
        if word[0].isdigit():
            if len(word) > 4 or not word.isdecimal():
                return None
            run = self.runs.get(at)
            if run is not None and run.last > at + 1:
                return None  # «242 مليون»
            return Num(int(word), at + 1, 0, len(word), False, False, False)
        run = self.runs.get(at)
        if run is None or run.kind not in ("words", "ordinal") or not isinstance(run.value, int) or run.value < 1:
            return None
        return Num(run.value, run.last, run.cut, 0, run.kind == "ordinal", run.definite, run.joined, word.endswith(_FEMININE))

    def single_month(self, at: int) -> Month | None:
        """One month name at ``at``."""
        if not self.has(at, MONTH):
            return None
        found = self.reading(at, "MONTH")
        if found is None:
            return None
        (cut, sense), last = found
        entry = sense.entry
        return Month(int(entry.value), entry.kind, last, cut, entry.category == "ambiguous", cut > 0 and self.words[at][0] in "وف")

    def month(self, at: int) -> Month | None:
        """A month at ``at`` with its name of another tradition, if that follows: «حزيران (يونيو)», «أكتوبر/تشرين الأول»."""
        month = self.single_month(at)
        if month is None:
            return None
        last = month.last
        sign = self.word(last)
        closed = sign in ("(", "[")
        second = self.single_month(last + 1) if closed or sign in ("/", "-", "\\") else self.single_month(last)
        if second is None or second.value != month.value or second.cal != month.cal or second.joined:
            return month
        end = second.last
        if closed:
            if self.word(end) not in (")", "]"):
                return month
            end += 1
        return month._replace(last=end, ambiguous=False)

    def weekday(self, at: int) -> Weekday | None:
        """A weekday at ``at``."""
        if not self.has(at, WEEKDAY):
            return None
        found = self.reading(at, "WEEKDAY")
        if found is None:
            return None
        (cut, sense), last = found
        bare = sense.entry.kind == "bare"
        if self.word(at - 1) in NO_WEEKDAY_AFTER:
            return None
        if self.word(last) == "عشر":
            return None  # «الأحد عشر»: eleven
        run = self.runs.get(at)
        if run is not None and run.last > last:
            return None  # «الأحد والعشرين»: twenty-first
        return Weekday(int(sense.entry.value), last, cut, bare, cut > 0 and self.words[at][0] in "وف")

    def era(self, at: int) -> Role | None:
        """«م», «هـ», «ميلادي», «هجرية» at ``at``, perhaps in brackets."""
        if self.word(at) == "(":
            role = self.is_role(at + 1, "era")
            return role._replace(last=role.last + 1) if role is not None and self.word(role.last) == ")" else None
        return self.is_role(at, "era")

    def counted(self, at: int) -> bool:
        """Whether the token at ``at`` looks like the noun that the number before it counts."""
        if not 0 <= at < self.size or self.flags[at] & (DATE_WORD | MONTH | WEEKDAY):
            role = self.role(at)
            return role is not None and role.kind in ("unit", "unit2") and not role.definite
        word = self.words[at]
        if word in ("%", "$", "€", "£"):
            return True
        return bool(self.sure[at] & (NOUN | BIT["CURRENCY"] | BIT["UNIT"] | BIT["PERCENT"])) and not word.startswith("ال")
