"""Digits that name what stands before them, rather than count the noun behind: «الطابق 12 مكاتب», «ويندوز 11 أبطأ», «المواد 10 و11».

What follows a number that counts agrees with it, and something governs the number: a verb of the clause, a preposition, the noun that it
is annexed to («بحضور 300 شخص»). After a definite noun, a name or a sign that glues it to other digits, and with neither, it is a label.
"""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.counted_nouns import Noun, noun_at
from newsextract.mentions.designators import designator_at, designator_before
from newsextract.mentions.figure import Figure
from newsextract.mentions.noun_forms import starts_with_letter, wants_plural
from newsextract.mentions.run_parts import DIGITS, NumberRun
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Number
from newsextract.values.quantity import Counted

_VERB: Final = BIT["VERB"]
_GOVERNING: Final = _VERB | BIT["FUNCTION"] | BIT["COMPARATOR"] | BIT["NUMERAL"] | BIT["ORDINAL"] | BIT["DATE_WORD"] | BIT["MONTH"] | BIT["WEEKDAY"]
"""Labels of words after which a number is free to count."""
_PROPER: Final = BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["FAMILY_NAME"]
_GLUE: Final = frozenset("-/:+×x*")
_LINKS: Final = frozenset({"و", "،", ",", "-", "الي", "او", "/"})
_FUNCTION: Final = BIT["FUNCTION"]
_SHORTEST_LEMMA: Final = 3
_LEAST_TENS: Final = 11
_MOST_TENS: Final = 99
_SILENT: Final = frozenset("هاءي")
"""Folded last letters of nouns whose accusative is written like the other cases."""
_STOPS: Final = frozenset(".!؟?:؛\n")
_LONGEST_CLAUSE: Final = 20
_MOST_LINKS: Final = 2


def is_glued(scan: Scan, first: int) -> bool:
    """Whether the number at ``first`` goes on with Latin letters («A4»), or a sign ties it to digits before it: «88-79», «12/8», «5+1»."""
    before = scan.words[first - 1] if first else ""
    if not before or (before not in _GLUE and not before.isascii()) or not scan.adjacent(first - 1, first):
        return False
    if before.isascii() and before.isalpha():
        return True
    return before in _GLUE and first > 1 and bool(scan.tokens[first - 2].flags & DIGITS) and scan.adjacent(first - 2, first - 1)


def is_list_item(scan: Scan, run: NumberRun) -> bool:
    """Whether bracketed digits open a line: «(5) شروط عامة»."""
    first = run.first - 1
    if first < 0 or scan.words[first] != "(" or run.last - run.first > 1 or run.value >= 100:
        return False
    return first == 0 or scan.words[first - 1] == "\n"


def goes_on_with(scan: Scan, named: int, first: int) -> bool:
    """Whether the number at ``first`` goes on with a row of item numbers that ends before token ``named``: «المواد 10 و11 و12»."""
    gap = first - named
    return 0 <= gap <= _MOST_LINKS and all([scan.words[at] in _LINKS for at in range(named, first)])


def names_item(scan: Scan, figure: Figure, noun: Counted) -> bool:
    """Whether the digits of ``figure``, before which no comparator stands, name what precedes them, although ``noun`` follows."""
    run = figure.run
    first = run.first
    if is_glued(scan, first) or is_list_item(scan, run) or _is_nominative(scan, noun):
        return True
    ahead = first - 1
    value = figure.extent.high or figure.extent.low
    if ahead < 0 or not starts_with_letter(scan.words[ahead]) or scan.words[ahead] == "و" or scan.tokens[ahead].flags & _GOVERNING:
        return False
    if "total" in designator_before(scan, first):
        return False
    before = noun_at(scan, ahead)
    if noun.first > figure.after:
        definite = _is_definite(scan, ahead, before)
        return _of_its_kind(before, noun) or (definite and (_may_be_singular(scan, noun) or not _is_governed(scan, ahead)))
    if not _agrees(noun, value):
        return True
    if before is not None and not before.definite:
        return False
    if not _is_definite(scan, ahead, before):
        return not noun.known and not _is_accusative(scan, noun, value) and not _is_governed(scan, ahead)
    if noun.known and (_follows_preposition(scan, ahead) or (not wants_plural(value) and _shows_case(scan, noun, value))):
        return False
    return not _is_governed(scan, ahead)


def _shows_case(scan: Scan, noun: Counted, value: Number) -> bool:
    """Whether the noun has the accusative that 11–99 want («88 حوضا», not «88 حوض الجنوب»), where it would show."""
    tens = value % 100
    return not _LEAST_TENS <= tens <= _MOST_TENS or noun.form == "alias" or scan.words[noun.first][-1] in _SILENT


def _is_nominative(scan: Scan, noun: Counted) -> bool:
    """Whether the noun is a sound plural in the nominative («مسافرون», «لاعبو»): it begins what is said, for what is counted is a genitive."""
    word, size = scan.words[noun.first], len(noun.lemma)
    if noun.form != "plural" or size < _SHORTEST_LEMMA:
        return False
    return (word.endswith("ون") and len(word) == size + 2) or (word[-1] == "و" and len(word) == size + 1)


def _follows_preposition(scan: Scan, at: int) -> bool:
    """«في المخيم 8 أسر», «للبناية 12 طابقا»: what is said to be there or had follows."""
    lexeme = scan.tokens[at].lexeme
    if scan.words[at].startswith("لل") or (lexeme is not None and lexeme.proclitic[-1:] in ("ب", "ل")):
        return True
    return at > 0 and bool(scan.tokens[at - 1].flags & _FUNCTION)


def _of_its_kind(before: Noun | None, noun: Counted) -> bool:
    """«السؤال 8 من أسئلة الامتحان»: one of those that stand behind «من»."""
    return before is not None and before.lemma == noun.lemma


def _may_be_singular(scan: Scan, noun: Counted) -> bool:
    """«الفصل 3 من الكتاب»: hardly one of the writers."""
    reading = noun_at(scan, noun.first)
    return reading is not None and reading.form in ("surface", "alias")


def _is_definite(scan: Scan, at: int, noun: Noun | None) -> bool:
    """Whether the word at ``at`` has the article, or is a name that needs none."""
    if noun is not None:
        return noun.definite
    lexeme = scan.tokens[at].lexeme
    stem = scan.words[at] if lexeme is None or not lexeme.stem else lexeme.stem
    return stem.startswith("ال") or bool(scan.tokens[at].flags & _PROPER)


def _agrees(noun: Counted, value: Number) -> bool:
    """Whether the noun has the number that ``value`` wants; digits are never written for one and two of a thing."""
    if noun.form == "" or not isinstance(value, int):
        return True
    if 0 < value <= 2:
        return False
    return wants_plural(value) == (noun.form == "plural")


def _is_accusative(scan: Scan, noun: Counted, value: Number) -> bool:
    """Whether an unknown noun shows the ending of what 11–99 count (a bare alif, unlike that of «أبطأ»), or is a plural after 3–10."""
    return wants_plural(value) or scan.last_letter(noun.first) in "اً"


def _is_governed(scan: Scan, at: int) -> bool:
    """Whether a verb, or a word for a total, stands in the clause before token ``at``."""
    words, tokens = scan.words, scan.tokens
    first = max(0, at - _LONGEST_CLAUSE)
    for place in range(at, first - 1, -1):
        if tokens[place].flags & _VERB or "total" in designator_at(scan, place):
            return True
        if words[place] in _STOPS:
            first = place + 1
            break
    return _may_be_verb(scan, first) or _may_be_verb(scan, at - 1)


def _may_be_verb(scan: Scan, at: int) -> bool:
    """Whether the word at ``at``, where a verb would stand, is one in some reading («ضم»)."""
    lexeme = scan.tokens[at].lexeme if at >= 0 else None
    return lexeme is not None and bool(lexeme.weak & _VERB)
