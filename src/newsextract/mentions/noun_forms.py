"""What the form of a word says of it as a noun: whether it could be counted, whether it is a plural, what its singular is.

Only the regular forms, and the broken patterns that are plurals far more often than not; all words are folded.
"""

from __future__ import annotations

from typing import Final

from newsextract.values.numeral import Number

_PRONOUNS: Final = ("ها", "هم", "هن", "هما")
"""Possessive pronouns: what carries one is not counted by the number before it («320 ركابها نزلوا»)."""
SHORTEST_WORD: Final = 3
_HAMZA: Final = 0x621
_YEH: Final = 0x64A
"""The first and the last of the Arabic letters, between which all are letters."""


def starts_with_letter(word: str) -> bool:
    """Whether the word begins with a letter; those of Arabic are told at once."""
    return _HAMZA <= ord(word[0]) <= _YEH or word[0].isalpha()


def wants_plural(value: Number) -> bool:
    """Whether the noun after ``value`` stands in the plural: after 3–10, 103–110 and so on."""
    if not isinstance(value, int):
        return False
    return 3 <= value <= 10 or (value > 100 and 3 <= value % 100 <= 10)


def possessed(word: str) -> str:
    """The plural that carries a possessive pronoun («مختبراتها», «لاعبيه» as لاعبين), or empty."""
    for suffix in ("ها", "هم", "هن", "نا", "ه"):
        if word.endswith(suffix):
            stem = word[: -len(suffix)]
            if len(stem) <= SHORTEST_WORD:
                return ""
            return stem if stem.endswith("ات") else stem + "ن" if stem[-1] == "ي" and suffix != "نا" else ""
    return ""


def looks_counted(word: str, value: Number) -> bool:
    """Whether an unknown word has the form that a noun has after ``value``."""
    if len(word) < SHORTEST_WORD or not "ء" <= word[0] <= "ي" or word.startswith(("ال", "لل")):
        return False
    if not isinstance(value, int) or value < 2 or word.endswith(_PRONOUNS):
        return False
    rest = value % 100
    if wants_plural(value):
        return plural_looking(word)
    if 11 <= rest <= 99:
        return word[-1] in "اه" or word.endswith("اء")
    if (word[0] in "تن" and word[-1] != "ه") or word[0] in "بلكوي":
        return False
    return word[-1] != "و" and not word.endswith(("ون", "ين", "ان"))


def plural_looking(word: str) -> bool:
    """Sound plurals, and the broken patterns that are plurals far more often than not: أفعال، أفعلة، فعول، فعلاء، مفاعل، فواعل."""
    size = len(word)
    if size < 4:
        return False
    if word.endswith(("ات", "ين", "ون", "اء")):
        return True
    if word[0] == "ا" and (size == 5 and (word[3] == "ا" or word[-1] == "ه")):
        return True
    if size in (5, 6) and word[2] == "ا" and word[-1] != "ه":
        return True
    return size == 4 and word[2] == "و"


def singular(word: str, value: Number) -> str:
    """The singular of a regular form, else the word: مبادرات → مبادرة, مهندسين → مهندس, ناشرا → ناشر."""
    if word.endswith("ات") and len(word) > 4:
        return word[:-2] + "ة"
    if word.endswith(("ين", "ون")) and len(word) > 4:
        return word[:-2]
    if word.endswith("ا") and isinstance(value, int) and value > 10:
        return word[:-1]
    if word.endswith("ه"):
        return word[:-1] + "ة"
    return word
