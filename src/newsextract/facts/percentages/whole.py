"""What a percentage is of: «12 % من الموظفين», «نسبة النساء 40 %», «ارتفعت الصادرات بنسبة 5 %», «نمو بنسبة 3 % في الصادرات».

Only a noun phrase that the grammar closes counts: a definite noun, an idafa that ends in one, or a name, with its definite adjectives. Where
the phrase could as well be a time, a place or a subject of something else, nothing is said.
"""

from __future__ import annotations

from typing import Final

from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.scan.scanner import Scan

_FOLDER: Final = "percentages"
_VERB: Final = BIT["VERB"]
_VERB_OR_DIGITS: Final = _VERB | BIT["DIGITS"]
_NAMES: Final = BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["FAMILY_NAME"]
_TIME: Final = BIT["MONTH"] | BIT["WEEKDAY"] | BIT["DATE_WORD"] | BIT["HOLIDAY"]
_NO_NOUN: Final = _VERB | BIT["FUNCTION"] | BIT["DIGITS"] | BIT["PERCENT"] | BIT["COMPARATOR"]
_TIMELESS: Final = frozenset({"dayname", "designator", "yeartype"})
"""Kinds of date words that other phrases have too."""
_LONGEST: Final = 8
_FARTHEST: Final = 14


def whole(scan: Scan, mention: Mention) -> str | None:
    """What the percentage ``mention`` is of, as the source has it, or None where the grammar does not tell."""
    lists = word_lists(_FOLDER)
    words, last = scan.words, mention.last
    following = words[last] if last < len(words) else ""
    if following in lists["from"]:
        return _phrase(scan, last + 1)
    first = _before_measure(scan, mention.first)
    found = _rated(scan, mention.first) or _changed(scan, first)
    if found is None and following in lists["in"] and words[first - 1] in lists["change"] and first:
        return _phrase(scan, last + 1)
    return found


def _before_measure(scan: Scan, at: int) -> int:
    """The token where the words that lead from a change to its size begin: «… بنسبة», «… قدرها»."""
    measure = word_lists(_FOLDER)["measure"]
    while at > 0 and scan.words[at - 1] in measure:
        at -= 1
    return at


def _rated(scan: Scan, at: int) -> str | None:
    """The phrase between «نسبة» and the number, with what leads to it («بلغت», «وصلت إلى») left out."""
    lists = word_lists(_FOLDER)
    words, tokens = scan.words, scan.tokens
    end = at
    while end > 0 and (tokens[end - 1].flags & _VERB or words[end - 1] in lists["link"]):
        end -= 1
    for place in range(end - 1, max(-1, end - _FARTHEST), -1):
        word = words[place]
        if word in lists["rate"]:
            return _phrase(scan, place + 1, end) if word not in lists["measure"] or end == at else None
        if tokens[place].flags & _VERB_OR_DIGITS or not word[0].isalpha():
            return None
    return None


def _changed(scan: Scan, at: int) -> str | None:
    """The phrase behind the nearest word of change in the clause before token ``at``."""
    lists = word_lists(_FOLDER)
    change, words, tokens = lists["change"], scan.words, scan.tokens
    if at > 0 and words[at - 1] in lists["to"]:
        return None  # what it came to is no part of it
    for place in range(at - 1, max(-1, at - _FARTHEST), -1):
        word = words[place]
        if word in change or (word[0] == "و" and word[1:] in change):
            return _phrase(scan, place + 1, at)
        if tokens[place].flags & _VERB or not word[0].isalnum():
            return None
    return None


def _phrase(scan: Scan, first: int, limit: int = 0) -> str | None:
    """The closed noun phrase that begins at token ``first`` and ends before ``limit`` (0 for no limit), as the source has it."""
    end = min(len(scan.words), first + _LONGEST, limit or len(scan.words))
    closed = at = first
    definite = False
    while at < end:
        step = _step(scan, at, end, definite)
        if step == 0:
            break
        at += step
        if _is_definite(scan, at - 1):
            closed, definite = at, True
    return scan.text(scan.span(first, closed)) if closed > first else None


def _step(scan: Scan, at: int, end: int, definite: bool) -> int:
    """How many tokens from ``at`` on belong to the phrase: 0 for none, 2 for «غير الكحولية», «هذه الدول»."""
    lists = word_lists(_FOLDER)
    word = scan.words[at]
    if (word in lists["unless"] and definite) or (word in lists["demonstrative"] and not definite):
        return 2 if at + 1 < end and scan.words[at + 1].startswith("ال") else 0
    if not word[0].isalpha() or word == "و" or scan.tokens[at].flags & _NO_NOUN or _is_time(scan, at):
        return 0
    if definite:
        return 1 if word.startswith(("ال", "وال")) else 0
    return 1


def _is_time(scan: Scan, at: int) -> bool:
    """Whether a word speaks of time; that of a day's name («العالمي») or of a number («عدد») need not."""
    lexeme = scan.tokens[at].lexeme if scan.tokens[at].flags & _TIME else None
    return lexeme is not None and any(
        [r.sense.entry.label != "DATE_WORD" or r.sense.entry.kind not in _TIMELESS for r in lexeme.readings if BIT[r.sense.entry.label] & _TIME]
    )


def _is_definite(scan: Scan, at: int) -> bool:
    """Whether the word at ``at`` closes a phrase: it has the article or is a name."""
    return scan.words[at].startswith(("ال", "وال")) or bool(scan.tokens[at].flags & _NAMES)
