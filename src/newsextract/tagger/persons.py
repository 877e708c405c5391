"""Persons whose ends the grammar knows better than the model.

A name goes on after بن and آل and begins with its given name; it holds neither blessings nor Latin letters; و before a second name
parts two persons; and what is called after a king or a saint is an institution.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from newsextract.lexicon.compiled import Lexeme, Lexicon
from newsextract.lexicon.schema import BIT
from newsextract.tagger.bio import ranges

_BEGIN, _INSIDE = "B-PERSON", "I-PERSON"
_CONJUNCTIONS: Final = frozenset("وف")
"""Letters that part one person from the next where they are proclitics."""
_GIVEN: Final = BIT["GIVEN_NAME"]
_ELSE: Final = BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["NOUN"]
_NAMES: Final = ("GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE")
_WORDS: Final = ("VERB", "NOUN", "MASDAR")
_LINEAGE: Final = frozenset(("بن", "بنت"))
"""Links that stand between two names and nowhere else."""
_IN_FAVOUR: Final = frozenset(("لصالح", "لصالحه", "لصالحها"))
"""«In favour of», and not «to Saleh»."""
_FAMILY: Final = "ال"
"""The folded آل."""
_GOD: Final = "الله"
_BLESSINGS: Final = frozenset(
    (
        "رحمه", "رحمها", "رحمهم", "يرحمه", "يرحمها", "رضي", "رضوان", "كرم", "صلي", "حفظه", "حفظها", "يحفظه", "يحفظها", "طيب", "قدس",
        "اطال", "ادام", "ايده", "ايدها", "وفقه", "وفقها", "سلمه", "سلمها", "رعاه", "رعاها", "اعزه", "شفاه", "شفاها", "نصره",
    )
)  # fmt: skip
"""Words that with the word for God make a blessing after a name."""
_FOUNDERS: Final = frozenset(("الملك", "الملكه", "الامير", "الاميره", "السلطان", "الامام", "الشيخ", "الشيخه", "القديس", "القديسه"))
"""Those after whom houses are named."""
_HOUSES: Final = frozenset(("university", "school", "hospital", "centre", "foundation", "culture", "institute", "worship"))
_SHORTEST: Final = 3
_LATIN: Final = "\u024f"
"""The last Latin letter."""


def complete_persons(words: list[str], tags: list[str], lexicon: Lexicon, text: Container[str] = ()) -> list[str]:
    """The tags of a sentence, with persons made whole; ``tags`` is changed in place if anything is amiss.

    Args:
        words: Folded.
        tags: BIO.
        lexicon: Knows names, the particles that must be followed by one, and what else a word may be.
        text: The words of much raw text: a name that begins with و is among them more likely than one after و.
    """
    for begin, end, label in ranges(tags):
        if label != "PERSON":
            continue
        first, last = _trimmed(words, begin, end, lexicon)
        if (first, last) != (begin, end):
            tags[begin:end] = ["O"] * (end - begin)
            if first == last:
                continue
            tags[first:last] = [_BEGIN, *[_INSIDE] * (last - first - 1)]
        first = _lengthened(words, tags, first, lexicon)
        if _family_follows(words, tags, last):
            tags[last : last + 2] = [_INSIDE, _INSIDE]
            last += 2
        if last < len(words) and words[last][0] not in _CONJUNCTIONS and (tags[last] == _BEGIN or _goes_on(words, last, tags, lexicon)):
            tags[last] = _INSIDE
        for at in range(first + 1, last):
            if _second(words[at], lexicon, text):
                tags[at] = _BEGIN
        house = _founded(words, tags, first, lexicon)
        if house < first:
            tags[house:last] = ["B-INSTITUTION", *["I-INSTITUTION"] * (last - house - 1)]
    return tags


def _trimmed(words: list[str], first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """The part of a person that is a name: no verb before it, no blessing or Latin word after it."""
    if last - first > 1 and words[first][0] in _CONJUNCTIONS and _is_word(words[first], lexicon):
        first += 1
    if words[first] == _GOD:
        return first, first
    for at in range(first, last):
        word = words[at]
        if _is_latin(word) or (word in _BLESSINGS and at + 1 < len(words) and words[at + 1] == _GOD):
            return first, at
        if at > first and word[0] in _CONJUNCTIONS and _is_word(word, lexicon):
            return first, at
    return first, last


def _is_latin(word: str) -> bool:
    return word[0] <= _LATIN and word[0].isalpha()


def _is_word(word: str, lexicon: Lexicon) -> bool:
    """Whether the word is a conjunction with an everyday word, and no name."""
    lexeme = lexicon[word]
    if lexeme is None or any([lexeme.sense(label) for label in _NAMES]):
        return False
    found = [reading for label in _WORDS if (reading := lexeme.sense(label)) is not None]
    return bool(found) and all([reading.cut for reading in found])


def _lengthened(words: list[str], tags: list[str], first: int, lexicon: Lexicon) -> int:
    """Where the person begins, with the names that stand before it; they are tagged."""
    before = first
    while before and tags[before - 1] == "O":
        if before > 1 and words[before - 1] in _LINEAGE and tags[before - 2] == "O" and _may_be_name(words[before - 2], lexicon):
            before -= 2
        elif before > 1 and words[before - 1] in _LINEAGE and tags[before - 2][2:] == "PERSON":
            tags[before - 1] = tags[first] = _INSIDE
            return first
        elif _is_given(words[before - 1], lexicon) or _given_to(words[before - 1], words[before], lexicon):
            before -= 1
        else:
            break
    if before < first:
        tags[before : first + 1] = [_BEGIN, *[_INSIDE] * (first - before)]
    return before


def _may_be_name(word: str, lexicon: Lexicon) -> bool:
    """Whether a person's name can end with the word."""
    lexeme = lexicon[word]
    return word.isalpha() and (lexeme is None or not lexeme.flags & _ELSE or bool(lexeme.flags & _GIVEN))


def _is_given(word: str, lexicon: Lexicon) -> bool:
    """Whether the word is a given name and nothing else."""
    lexeme = lexicon[word]
    return lexeme is not None and lexeme.flags & (_GIVEN | _ELSE) == _GIVEN


def _given_to(word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether the word is an Arab given name under a preposition, with another Arab given name after it: that of the father."""
    lexeme, other = lexicon[word], lexicon[following]
    if lexeme is None or other is None or word[0] not in "لبك" or word in _IN_FAVOUR or lexeme.flags & (BIT["VERB"] | BIT["FUNCTION"]):
        return False
    given, second = lexeme.sense("GIVEN_NAME"), other.sense("GIVEN_NAME")
    return given is not None and second is not None and given.cut > 0 == second.cut and given.sense.entry.kind == second.sense.entry.kind == "arab"


def _goes_on(words: list[str], at: int, tags: list[str], lexicon: Lexicon) -> bool:
    """Whether the word at ``at`` stands outside though the one before it is a particle after which a name must go on."""
    if tags[at] != "O" or not words[at].isalpha():
        return False
    lexeme = lexicon[words[at - 1]]
    reading = None if lexeme is None else lexeme.sense("NAME_PARTICLE")
    return reading is not None and reading.sense.entry.kind == "link"


def _family_follows(words: list[str], tags: list[str], at: int) -> bool:
    """Whether آل and the name of a family follow, outside."""
    return tags[at : at + 2] == ["O", "O"] and words[at] == _FAMILY and words[at + 1].isalpha() and not _is_latin(words[at + 1])


def _second(word: str, lexicon: Lexicon, text: Container[str]) -> bool:
    """Whether the word is و with a name, and no name that begins with و."""
    if word[0] != "و" or len(word) <= _SHORTEST:
        return False
    lexeme = lexicon[word]
    if lexeme is None or not lexeme.readings:
        return word not in text
    names = [reading for label in _NAMES[:2] if (reading := lexeme.sense(label)) is not None]
    return bool(names) and all([reading.cut for reading in names])


def _founded(words: list[str], tags: list[str], first: int, lexicon: Lexicon) -> int:
    """Where the institution begins that is named after the person at ``first``; ``first`` if there is none."""
    if first < 2 or words[first - 1] not in _FOUNDERS or tags[first - 2] not in ("O", "B-INSTITUTION"):
        return first
    lexeme: Lexeme | None = lexicon[words[first - 2]]
    reading = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
    return first - 2 if reading is not None and reading.sense.entry.kind in _HOUSES else first
