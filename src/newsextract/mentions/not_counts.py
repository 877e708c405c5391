"""What a number is that counts nothing: a clock time, a telephone number, the number of an article, somebody's age."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.memory import Kinds
from newsextract.lexicon.schema import BIT
from newsextract.mentions.counted_nouns import noun_at
from newsextract.mentions.designators import DESIGNATOR, designator_at, designator_before
from newsextract.mentions.noun_forms import starts_with_letter
from newsextract.mentions.noun_phrase import QUOTES
from newsextract.mentions.run_parts import DIGITS, NumberRun
from newsextract.scan.scanner import Scan

_DATE_WORD: Final = BIT["DATE_WORD"]
_COMPARATOR: Final = BIT["COMPARATOR"]
_COUNTING: Final = frozenset({"عدد", "بمعدل", "نسبه", "غرفه", "رحله", "مباراه", "نسخه", "نتيجه", "اصدار"})
"""Designators of dates that may also stand before a real count («عدد 5 سيارات»)."""
_HOUR: Final = frozenset({"الساعه", "ساعه"})
_OLDER: Final = ("اكبر", "اصغر")
_DISTANCE: Final = frozenset({"ago", "hence", "within"})
_OF: Final = "عن"
_LONGEST_DEATH: Final = 16
_LONGEST_TITLE: Final = 10
_CLOSERS: Final = frozenset(QUOTES.values())
_WORKS: Final = BIT["DOCUMENT_HEAD"] | BIT["PROGRAMME_HEAD"] | BIT["EVENT_HEAD"]
_PERSONAL: Final = BIT["GIVEN_NAME"] | BIT["FAMILY_NAME"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["MAYBE_GIVEN"]
_NO_PERSON: Final = sum(BIT[label] for label in ("VERB", "FUNCTION", "PLACE", "DATE_WORD", "UNIT", "NUMERAL", "ORDINAL", "DIGITS"))
_PHONE: Final = 9
"""From so many digits on, a leading zero or plus makes a telephone number."""
_KINDS: Final = Kinds("DATE_WORD", 8192)


def is_clock_or_code(scan: Scan, run: NumberRun) -> bool:
    """A time of day (20:30) or a number that only names (a telephone number)."""
    words, first, last = scan.words, run.first, run.last
    if run.kind != "digits":
        return False
    if last + 1 < len(words) and words[last] == ":" and scan.tokens[last + 1].flags & DIGITS and scan.adjacent(last, last + 1):
        return True
    if first >= 2 and words[first - 1] == ":" and scan.tokens[first - 2].flags & DIGITS and scan.adjacent(first - 1, first):
        return True
    word = words[last - 1]
    if len(word) < _PHONE:
        return False
    return (last - first > 1 and words[first] == "+") or (word.isdigit() and word[0] == "0")


def is_designated(scan: Scan, at: int) -> bool:
    """Whether the word before token ``at`` makes the number a name: «رقم 12», «المادة 5», «الساعة 10»."""
    if at < 1:
        return False
    lexeme = scan.tokens[at - 1].lexeme
    if lexeme is None or not lexeme.weak & _DATE_WORD or scan.words[at - 1] in _COUNTING:
        return False
    return "designator" in _KINDS.of(lexeme)


def is_hour(scan: Scan, at: int) -> bool:
    """Whether «الساعة» stands before token ``at``: an ordinal there is a time of day."""
    return at >= 1 and scan.words[at - 1] in _HOUR


def is_age(scan: Scan, at: int, after: int) -> bool:
    """Whether the years from token ``at`` (their comparator included) to ``after`` are an age.

    A word for age stands before them («عمره 30 عاما», «تحت 17 سنة»), they are said of a person («السيدة ذات الستين عاما», «المتهم (45 عاما)»), or
    somebody died at them («توفي … عن 84 عاما»).
    """
    words = scan.words
    start = at - 1 if at and words[at - 1] == "ال" else at
    if start < 1:
        return False
    if _follows_age(scan, start):
        return True
    kinds = designator_before(scan, start)
    if "age" in kinds:
        return True
    ahead = words[start - 1]
    if "bearer" in kinds or (ahead == "(" and after < len(words) and words[after] == ")"):
        return _may_be_person(scan, start - 2)
    return ahead == _OF and any(["death" in designator_at(scan, place) for place in range(max(0, start - _LONGEST_DEATH), start - 1)])


def _follows_age(scan: Scan, at: int) -> bool:
    """Whether a word for age stands before token ``at``, or before the comparator there."""
    for place in range(max(0, at - 2), at):
        lexeme = scan.tokens[place].lexeme
        if lexeme is None or not scan.tokens[place].flags & _COMPARATOR:
            continue
        if any([r.sense.entry.label == "COMPARATOR" and r.sense.entry.kind == "age" for r in lexeme.readings]):
            return True
    return False


def _may_be_person(scan: Scan, at: int) -> bool:
    """Whether the word at ``at`` is a person's name or noun, or a word that nothing is known of."""
    if at < 0 or not starts_with_letter(scan.words[at]):
        return False
    flags = scan.tokens[at].flags
    noun = noun_at(scan, at)
    if flags & _PERSONAL or noun is not None:
        return bool(flags & _PERSONAL) or (noun is not None and noun.category == "person")
    return not flags & _NO_PERSON


def is_titled(scan: Scan, at: int) -> bool:
    """Whether the number at ``at`` stands within the quotation marks of a work's title: «رواية «مئة عام من العزلة»»."""
    words = scan.words
    for place in range(at - 1, max(0, at - _LONGEST_TITLE), -1):
        word = words[place]
        if len(word) > 1:  # quotation marks are single signs
            continue
        if word in _CLOSERS and word not in QUOTES:
            return False
        closer = QUOTES.get(word)
        if closer is not None:
            return closer in words[at : at + _LONGEST_TITLE] and _heads_title(scan, place - 1)
    return False


def _heads_title(scan: Scan, at: int) -> bool:
    """Whether the word at ``at`` says that a work's title follows: «فيلم», «حملة», «غنى», «بعنوان»."""
    flags = scan.tokens[at].flags
    if not flags & (_WORKS | DESIGNATOR):
        return False
    return "work" in designator_at(scan, at) or (bool(flags & _WORKS) and not scan.words[at].startswith("ال"))


def is_distance(scan: Scan, at: int) -> bool:
    """Whether token ``at`` begins a distance in time: «قبل», «منذ», «بعد», «خلال», «في غضون»."""
    lexeme = scan.tokens[at].lexeme
    if lexeme is not None and lexeme.weak & _DATE_WORD and not _DISTANCE.isdisjoint(_KINDS.of(lexeme)):
        return True
    phrase = scan.phrases.get(at)
    return phrase is not None and bool(phrase.lexeme.weak & _DATE_WORD) and not _DISTANCE.isdisjoint(_KINDS.of(phrase.lexeme))


def is_older(scan: Scan, first: int, number: int) -> bool:
    """Whether the comparator is «أكبر من» or «أصغر من», which before years speak of age."""
    return number - first >= 2 and scan.words[first].endswith(_OLDER)


def is_year(run: NumberRun) -> bool:
    """Whether the digits look like a year: four, ungrouped, 1300–2100."""
    return run.kind == "digits" and isinstance(run.value, int) and 1300 <= run.value <= 2100 and run.last - run.first == 1
