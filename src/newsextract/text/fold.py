"""Folding: the lossy copy of a text that everything is matched on, with an exact way back.

The fold is the camel-tools chain (NFKC, arclean on the Arabic blocks, dediacritisation, alef, alef maksura and ta marbuta
normalisation), generated into ``fold_table`` and proved equal to it in ``tests/test_fold_camel.py``. It differs where
numbers or alignment ask for it; ``scripts/generate_fold.py`` lists those places with their reasons.

Most characters fold to one character. Removals (tatweel, harakat, bidi and zero-width controls) and expansions
(ligatures such as ﻻ and ﷺ) are kept as an alignment. White space and newlines (but CRLF) stay, and no fold looks across
them: the fold of a text is that of its chunks between spaces, which is why the scanner folds each chunk but once.
"""

from __future__ import annotations

import re
from typing import Final

from newsextract.span import Span
from newsextract.text.fold_table import EXPANDED, REMOVED, SINGLE_FROM, SINGLE_TO

_ASTRAL: Final = 0xFFFD
"""What a character beyond the Basic Multilingual Plane (and a lone surrogate) folds to: a symbol, one to one."""


class _Folds(dict[int, int | str]):
    """Code point → its fold, for ``str.translate``. What the table leaves as it is is filled in when it is met."""

    def __missing__(self, code: int) -> int:
        if code > 0xFFFF:
            return _ASTRAL
        self[code] = code
        return code


_FOLDS: Final = _Folds(
    {
        **{ord(char): ord(folded) for char, folded in zip(SINGLE_FROM, SINGLE_TO, strict=True)},
        **{ord(char): "" for char in REMOVED},
        **{ord(char): folded for char, folded in EXPANDED.items()},
    }
)
_ODD: Final = re.compile(f"[{re.escape(''.join(sorted([*REMOVED, *EXPANDED])))}]|\r\n")
"""What does not fold to one character."""
_LENGTH: Final = {**dict.fromkeys(REMOVED, 0), **{char: len(folded) for char, folded in EXPANDED.items()}}
_MARKS: Final = frozenset(c for c in REMOVED if "\u0600" <= c <= "\u08ff" and c != "\u061c")
"""Removed characters that belong to the letter before them (harakat, and the tatweel of «هـ»), unlike invisible controls."""
_HARAKAT: Final = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
"""Marks that let a hamza pass to its carrier: the harakat proper, whose combining class is below that of the hamza."""
_HAMZA_ABOVE: Final = "\u0654"
_CARRIERS: Final = {"\u0648": "\u0624", "\u064a": "\u0626"}
"""Waw and yeh with a hamza written apart (decomposed text, NFD) are ؤ and ئ, as NFKC composes them. On alef it folds away."""


class Folded:
    """A folded text and its alignment with the source.

    Attributes:
        text: The folded text. Offsets into it are *folded* offsets.
        origin: For each folded character the offset of its source character; None where all fold one to one.
    """

    __slots__ = ("_source", "origin", "text")

    def __init__(self, text: str, origin: list[int] | None, source: str) -> None:
        self.text = text
        self.origin = origin
        self._source = source

    def to_source(self, start: int, end: int) -> Span:
        """The source span of the folded range ``[start, end)``.

        The span begins at the source character of the first folded one and ends after that of the last one with the
        harakat and tatweel that it carries («1447هـ»). Controls at either edge stay outside, and so does tatweel at the
        front. A range that cuts a ligature takes it whole.

        Raises:
            ValueError: The range is empty or lies outside the folded text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is no range of a folded text of {len(self.text)} characters")
        origin = self.origin
        if origin is None:
            return Span(start, end)
        last = origin[end - 1] + 1
        source = self._source
        while last < len(source) and source[last] in _MARKS:
            last += 1
        return Span(origin[start], last)


def fold(source: str) -> Folded:
    """Folds ``source``; linear in its length, never raises, whatever the characters.

    CRLF becomes one newline, NUL a space, a lone surrogate U+FFFD.
    """
    if _ODD.search(source) is None:
        return Folded(source.translate(_FOLDS), None, source)
    written = _composed(source) if _HAMZA_ABOVE in source else source
    if "\r\n" not in source:
        return Folded(written.translate(_FOLDS), _origin(source), source)
    return Folded(written.replace("\r\n", "\n").translate(_FOLDS), _origin(source.replace("\r\n", "\u00ad\n")), source)


def _origin(source: str) -> list[int]:
    """The offset of the source character of each folded one."""
    return [at for at, char in enumerate(source) for _ in range(_LENGTH.get(char, 1))]


def _composed(source: str) -> str:
    """``source`` with each hamza above given to the waw or yeh that carries it, over the harakat between them."""
    chars = list(source)
    place = source.find(_HAMZA_ABOVE)
    while place >= 0:
        at = place - 1
        while at >= 0 and source[at] in _HARAKAT:
            at -= 1
        if at >= 0 and source[at] in _CARRIERS:
            chars[at] = _CARRIERS[source[at]]
        place = source.find(_HAMZA_ABOVE, place + 1)
    return "".join(chars)
