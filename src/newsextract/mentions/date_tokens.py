"""Date words at a token: small numbers, months, weekdays, and the roles of ``date_words.tsv``.

All readings of a word type are worked out once and remembered; the grammar asks by token index.
"""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.mentions.date_kinds import DATED, KINDS, Kind, Month, Role, Weekday, read_kind
from newsextract.mentions.digit_runs import lone_value
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
_COUNTED: Final = NOUN | BIT["CURRENCY"] | BIT["UNIT"] | BIT["PERCENT"]
_FEMININE: Final = ("ه", "اولي", "اخري")
MAY_DATE: Final = DATED | BIT["MAYBE_DATE"]
"""What every date word has, the ambiguous ones too."""
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

THIS: Final = frozenset({"this", "same_before"})
SHIFT_SAME: Final = frozenset({"shift", "same"})
SHIFT_SAME_THIS: Final = frozenset({"shift", "same", "this"})
"""Roles that are asked for together."""


@final
class Num:
    """A whole number; ``width`` is its number of digits, 0 when it is spelled out."""

    __slots__ = ("cut", "definite", "feminine", "joined", "last", "ordinal", "value", "width")

    def __init__(self, value: int, last: int, cut: int, width: int, ordinal: bool, definite: bool, joined: bool, feminine: bool = False) -> None:
        self.value = value
        self.last = last
        self.cut = cut
        self.width = width
        self.ordinal = ordinal
        self.definite = definite
        self.joined = joined
        self.feminine = feminine


@final
class DateTokens:
    """The tokens of a scan as the date grammar sees them, which may look beyond either end of the text.

    Attributes:
        kinds: The date words by token, a phrase at its first, with ``ends`` for where it ends.
        anchors: The tokens that are numbers or date words, in order.
        openers: The date words with which a date may begin, by token.
        months, weekdays: Names by token; a month's name of another tradition is not joined yet.
        year_end: Where the last year ended, for «عامي 2023 و2024».
    """

    __slots__ = ("_nums", "_unsure", "anchors", "ends", "kinds", "months", "openers", "runs", "scan", "weekdays", "year_end")

    def __init__(self, scan: Scan, runs: dict[int, NumberRun]) -> None:
        self.scan = scan
        self.runs = runs
        self.year_end = -1
        self.openers: dict[int, Kind] = {}
        self.kinds: dict[int, Kind] = {}
        self.ends: dict[int, int] = {}
        self.months: dict[int, Month] = {}
        self.weekdays: dict[int, Weekday] = {}
        self._nums: dict[int, Num] = {}
        self._unsure: dict[int, int] = {}  # the bits of ambiguous date words, which their tokens do not carry
        self.anchors: list[int] = scan.where(ANCHOR | MAY_DATE)
        self._read_words()
        if scan.phrases:
            self._read_phrases()

    def _read_words(self) -> None:
        tokens, kinds, openers, known = self.scan.tokens, self.kinds, self.openers, KINDS
        for at in self.anchors:
            token = tokens[at]
            lexeme = token.lexeme if token.flags & MAY_DATE else None
            if lexeme is None or not lexeme.weak & DATED:
                continue
            kind = known.get(lexeme)
            if kind is None:
                kind = read_kind(lexeme, self.word(at), lexeme.weak & DATED)
            if kind.kind:
                kinds[at] = kind
            if kind.opens:
                openers[at] = kind
                bits = kind.bits
                if bits & ~DATE_WORD:
                    if bits & ~token.flags:
                        self._unsure[at] = bits
                    self._note_name(at, at + 1, kind.month, kind.weekday)

    def _read_phrases(self) -> None:
        """Phrases come before words."""
        for phrase in self.scan.phrases.values():
            at, last, lexeme = phrase.first, phrase.last, phrase.lexeme
            bits = lexeme.flags & DATED
            if not bits:
                continue
            kind = KINDS.get(lexeme)
            if kind is None:
                kind = read_kind(lexeme, self.word(at), bits)
            if kind.opens:
                word = self.openers.get(at)
                if word is None or word.needs:
                    self.openers[at] = kind
            if kind.kind:
                self.kinds[at], self.ends[at] = kind, last
            self._note_name(at, last, kind.month, kind.weekday)

    def _note_name(self, at: int, last: int, month: Month | None, weekday: Weekday | None) -> None:
        """A month, or a weekday unless it is Friday's prayer, or part of a number («الأحد عشر», «الأحد والعشرين»)."""
        if month is not None:
            self.months[at] = Month(month.value, month.cal, month.cut, month.ambiguous, month.joined, last)
        if weekday is not None:
            run = self.runs.get(at)
            if self.word(at - 1) in NO_WEEKDAY_AFTER or self.word(last) == "عشر" or (run is not None and run.last > last):
                self.weekdays.pop(at, None)
            else:
                self.weekdays[at] = Weekday(weekday.value, weekday.cut, weekday.bare, weekday.joined, last)

    def word(self, at: int) -> str:
        """The folded word at ``at``; empty outside the text."""
        words = self.scan.words
        return words[at] if 0 <= at < len(words) else ""

    def bits(self, at: int) -> int:
        """The label bits at ``at``, with those of an ambiguous date word; none outside the text."""
        tokens = self.scan.tokens
        if not 0 <= at < len(tokens):
            return 0
        flags = tokens[at].flags
        return flags | self._unsure.get(at, 0) if self._unsure else flags

    def has(self, at: int, bits: int) -> bool:
        """Whether the token at ``at`` carries one of ``bits``."""
        return self.bits(at) & bits > 0

    def reading(self, at: int, label: str) -> tuple[Reading, int] | None:
        """The phrase or word with ``label`` at ``at`` and its end, phrases first."""
        phrase = self.scan.phrases.get(at)
        if phrase is not None and phrase.flags & BIT[label]:
            found = phrase.sense(label)
            if found is not None:
                return found, phrase.last
        lexeme = self.scan.tokens[at].lexeme
        found = None if lexeme is None else lexeme.sense(label)
        return None if found is None else (found, at + 1)

    def role(self, at: int) -> Role | None:
        """The date word at ``at``, or None."""
        kind = self.kinds.get(at)
        return None if kind is None else kind.role_until(self.ends.get(at, at + 1))

    def is_role(self, at: int, role: str) -> Role | None:
        """The date word at ``at`` if that is its role."""
        kind = self.kinds.get(at)
        return kind.role_until(self.ends.get(at, at + 1)) if kind is not None and kind.kind == role else None

    def role_in(self, at: int, roles: frozenset[str]) -> Role | None:
        """The date word at ``at`` if its role is one of ``roles``."""
        kind = self.kinds.get(at)
        return kind.role_until(self.ends.get(at, at + 1)) if kind is not None and kind.kind in roles else None

    def unit(self, at: int, unit: str) -> Role | None:
        """The name of the period ``unit`` at ``at``, or None."""
        kind = self.kinds.get(at)
        return kind.role_until(self.ends.get(at, at + 1)) if kind is not None and kind.kind == "unit" and kind.value == unit else None

    def unit_in(self, at: int, units: frozenset[str]) -> Role | None:
        """A period's name, one of ``units``, at ``at``, or None."""
        kind = self.kinds.get(at)
        return kind.role_until(self.ends.get(at, at + 1)) if kind is not None and kind.kind == "unit" and kind.value in units else None

    def number(self, at: int) -> Num | None:
        """The whole number that begins at ``at``, or None."""
        if not self.bits(at) & NUMBERISH:
            return None
        num = self._nums.get(at)
        if num is None:
            num = self._number(at, self.word(at), self.runs.get(at))
            if num is not None:
                self._nums[at] = num
        return num

    def _number(self, at: int, word: str, run: NumberRun | None) -> Num | None:
        if word[0].isdigit():
            if len(word) > 4 or (run is not None and run.last > at + 1):
                return None  # «242 مليون»
            value = lone_value(word) if word.isdecimal() else None
            return Num(value, at + 1, 0, len(word), False, False, False) if isinstance(value, int) else None
        if run is None or run.kind not in ("words", "ordinal") or not isinstance(run.value, int) or run.value < 1:
            return None
        return Num(run.value, run.last, run.cut, 0, run.kind == "ordinal", run.definite, run.joined, word.endswith(_FEMININE))

    def single_month(self, at: int) -> Month | None:
        """One month name at ``at``."""
        return self.months.get(at)

    def month(self, at: int) -> Month | None:
        """A month at ``at`` with its name of another tradition, if that follows: «حزيران (يونيو)», «أكتوبر/تشرين الأول»."""
        month = self.months.get(at)
        if month is None:
            return None
        last = month.last
        sign = self.word(last)
        closed = sign in ("(", "[")
        second = self.months.get(last + 1 if closed or sign in ("/", "-", "\\") else last)
        if second is None or second.value != month.value or second.cal != month.cal or second.joined:
            return month
        end = second.last
        if closed:
            if self.word(end) not in (")", "]"):
                return month
            end += 1
        return Month(month.value, month.cal, month.cut, False, month.joined, end)

    def weekday(self, at: int) -> Weekday | None:
        """A weekday at ``at``."""
        return self.weekdays.get(at)

    def era(self, at: int) -> Role | None:
        """«م», «هـ», «ميلادي», «هجرية» at ``at``, perhaps in brackets."""
        if self.word(at) == "(":
            role = self.is_role(at + 1, "era")
            if role is None or self.word(role.last) != ")":
                return None
            role.last += 1
            return role
        return self.is_role(at, "era")

    def counted(self, at: int) -> bool:
        """Whether the token at ``at`` looks like the noun that the number before it counts."""
        if self.bits(at) & (DATE_WORD | MONTH | WEEKDAY):
            role = self.role(at)
            return role is not None and role.kind in ("unit", "unit2") and not role.definite
        word = self.word(at)
        if word in ("%", "$", "€", "£"):
            return True
        return bool(self.bits(at) & _COUNTED) and not word.startswith("ال")
