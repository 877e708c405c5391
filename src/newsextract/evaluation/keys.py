"""Keys of names and nouns: what must agree for a gold fact and a found one to be the same, spelling apart.

They do not use the engine's own fold, so that a mistake in it cannot hide itself in the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_SIGNS: Final = re.compile(r"[^\w%]+")
_LETTERS: Final = str.maketrans("أإآٱىةؤئیک", "اااايهوييك")
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PROCLITICS: Final = ("و", "ب", "ل", "ك", "ف", "وب", "ول")
_SHORTEST_STEM: Final = 4
"""A stem of fewer letters is not believed to have carried a proclitic."""


def plain(text: str | None) -> str:
    """``text`` without what careful writers differ in: hamza, final ya and ta marbuta, marks, digits' script, case, signs."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text or ""))
    return _SIGNS.sub(" ", bare.translate(_LETTERS).translate(_DIGITS).casefold()).strip()


def name_keys(text: str | None) -> set[str]:
    """The keys of a name: as it is, and without a proclitic that it may carry («للمنظمة» is «المنظمة»)."""
    key = plain(text)
    if not key:
        return set()
    found = {key, *(key[len(p) :] for p in _PROCLITICS if key.startswith(p) and len(key) >= len(p) + _SHORTEST_STEM)}
    return found | {"ا" + k for k in found if k.startswith("ل") and len(k) > _SHORTEST_STEM}


def any_name_keys(texts: Iterable[str | None]) -> set[str]:
    """The keys of all ``texts``."""
    return set().union(*map(name_keys, texts))


def noun_keys(nouns: Iterable[str | None]) -> set[str]:
    """The keys of counted nouns: the article, tanwin's alef and the plural's case do not matter, nor what follows the first word."""
    found: set[str] = set()
    for noun in nouns:
        key = plain(noun)
        for word in {key, key.split(" ")[0]}:
            bare = word.removeprefix("ال")
            found |= {bare, bare.removesuffix("ا"), re.sub("ين$", "ون", bare)}
    return found - {""}
