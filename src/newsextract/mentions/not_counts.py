"""What a number is that counts nothing: a clock time, a telephone number, the number of an article, somebody's age."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.run_parts import DIGITS, NumberRun
from newsextract.scan.scanner import Scan

_DATE_WORD: Final = BIT["DATE_WORD"]
_COMPARATOR: Final = BIT["COMPARATOR"]
_COUNTING: Final = frozenset({"عدد", "بمعدل", "نسبه", "غرفه", "رحله", "مباراه", "نسخه", "نتيجه", "اصدار"})
"""Designators of dates that may also stand before a real count («عدد 5 سيارات»)."""
_HOUR: Final = frozenset({"الساعه", "ساعه"})
_OLDER: Final = ("اكبر", "اصغر")
_DISTANCE: Final = frozenset({"ago", "hence", "within"})
_PHONE: Final = 9
"""From so many digits on, a leading zero or plus makes a telephone number."""


def is_clock_or_code(scan: Scan, run: NumberRun) -> bool:
    """A time of day (20:30) or a number that only names (a telephone number)."""
    words = scan.words
    if run.kind != "digits":
        return False
    if run.last + 1 < len(words) and words[run.last] == ":" and scan.flags[run.last + 1] & DIGITS and scan.adjacent(run.last, run.last + 1):
        return True
    if run.first >= 2 and words[run.first - 1] == ":" and scan.flags[run.first - 2] & DIGITS and scan.adjacent(run.first - 1, run.first):
        return True
    word = words[run.last - 1]
    if run.last - run.first > 1 and words[run.first] == "+":
        return len(word) >= _PHONE
    return len(word) >= _PHONE and word.isdigit() and word[0] == "0"


def is_designated(scan: Scan, at: int) -> bool:
    """Whether the word before token ``at`` makes the number a name: «رقم 12», «المادة 5», «الساعة 10»."""
    if at < 1:
        return False
    lexeme = scan.lexemes[at - 1]
    if lexeme is None or scan.words[at - 1] in _COUNTING:
        return False
    return any(r.sense.entry.label == "DATE_WORD" and r.sense.entry.kind == "designator" for r in lexeme.readings)


def is_hour(scan: Scan, at: int) -> bool:
    """Whether «الساعة» stands before token ``at``: an ordinal there is a time of day."""
    return at >= 1 and scan.words[at - 1] in _HOUR


def is_age(scan: Scan, at: int) -> bool:
    """Whether a word for age stands before the number (and its comparator) that begins at token ``at``: «عمره 30 عاما»."""
    for place in range(max(0, at - 2), at):
        lexeme = scan.lexemes[place]
        if lexeme is None or not scan.flags[place] & _COMPARATOR:
            continue
        if any(r.sense.entry.label == "COMPARATOR" and r.sense.entry.kind == "age" for r in lexeme.readings):
            return True
    return False


def is_distance(scan: Scan, at: int) -> bool:
    """Whether token ``at`` begins a distance in time: «قبل», «منذ», «بعد», «خلال», «في غضون»."""
    phrase = scan.phrases.get(at)
    lexeme = scan.lexemes[at]
    readings = (phrase.readings if phrase is not None else ()) + (lexeme.readings if lexeme is not None else ())
    return any(r.sense.entry.label == "DATE_WORD" and r.sense.entry.kind in _DISTANCE for r in readings)


def is_older(scan: Scan, first: int, number: int) -> bool:
    """Whether the comparator is «أكبر من» or «أصغر من», which before years speak of age."""
    return number - first >= 2 and scan.words[first].endswith(_OLDER)


def is_year(run: NumberRun) -> bool:
    """Whether the digits look like a year: four, ungrouped, 1300–2100."""
    return run.kind == "digits" and isinstance(run.value, int) and 1300 <= run.value <= 2100 and run.last - run.first == 1
