"""Folding: the lossy copy of a text that everything is matched on, with an exact way back.

The fold is the camel-tools chain (NFKC, arclean on the Arabic blocks, dediacritisation, alef, alef maksura and ta marbuta
normalisation), generated into ``fold_table`` and proved equal to it in ``tests/test_fold_camel.py``. It differs where
numbers or alignment ask for it; ``scripts/generate_fold.py`` lists those places with their reasons.

Most characters fold to one character. Removals (tatweel, harakat, bidi and zero-width controls) and expansions
(ligatures such as ﻻ and ﷺ) are kept as a sparse alignment.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from newsextract.span import Span
from newsextract.text.fold_table import EXPANDED, REMOVED, SINGLE_FROM, SINGLE_TO

Codes = npt.NDArray[np.uint16]

_ASTRAL = 0xFFFD
"""What a character beyond the Basic Multilingual Plane (and a lone surrogate) folds to: a symbol, one to one."""


def _table() -> tuple[Codes, npt.NDArray[np.uint8]]:
    table = np.arange(0x10000, dtype=np.uint16)
    length = np.ones(0x10000, dtype=np.uint8)
    for char, folded in zip(SINGLE_FROM, SINGLE_TO, strict=True):
        table[ord(char)] = ord(folded)
    for char in REMOVED:
        length[ord(char)] = 0
    for char, folded in EXPANDED.items():
        length[ord(char)] = len(folded)
    return table, length


_TABLE, _LENGTH = _table()
_ODD = _LENGTH != 1
_CR, _LF = 13, 10

_MARKS: Final = frozenset(c for c in REMOVED if "\u0600" <= c <= "\u08ff" and c != "\u061c")
"""Removed characters that belong to the letter before them (harakat, and the tatweel of «هـ»), unlike invisible controls."""
_HARAKA = np.zeros(0x10000, dtype=np.bool_)
"""Marks that let a hamza pass to its carrier: the harakat proper, whose combining class is below that of the hamza."""
_HARAKA[[*range(0x064B, 0x0653), 0x0670]] = True
_HAMZA_ABOVE = 0x0654
_CARRIERS: Final = {0x0648: 0x0624, 0x064A: 0x0626}
"""Waw and yeh with a hamza written apart (decomposed text, NFD) are ؤ and ئ, as NFKC composes them. On alef it folds away."""


class Folded:
    """A folded text and its alignment with the source.

    Attributes:
        text: The folded text. Offsets into it are *folded* offsets.
        codes: The same as UTF-16 code units, one a character.
    """

    __slots__ = ("_from", "_source", "codes", "text")

    def __init__(self, text: str, codes: Codes, origin: npt.NDArray[np.intp] | None, source: str) -> None:
        self.text = text
        self.codes = codes
        self._from = None if origin is None else memoryview(origin.data)  # indexes to an int at a third of numpy's price
        self._source = source

    def to_source(self, start: int, end: int) -> Span:
        """The source span of the folded range ``[start, end)``.

        The span begins at the source character of the first folded one and ends after that of the last one with the
        harakat and tatweel that it carries («1447هـ»). Controls at either edge stay outside, and so does tatweel at the
        front. A range that cuts a ligature takes it whole.

        Raises:
            ValueError: The range is empty or lies outside the folded text.
        """
        if not 0 <= start < end <= len(self.codes):
            raise ValueError(f"[{start}, {end}) is no range of a folded text of {len(self.codes)} characters")
        origin = self._from
        if origin is None:
            return Span(start, end)
        last = origin[end - 1] + 1
        source = self._source
        while source[last : last + 1] in _MARKS:
            last += 1
        return Span(origin[start], last)


def fold(source: str) -> Folded:
    """Folds ``source``; linear in its length, never raises, whatever the characters.

    CRLF becomes one newline, NUL a space, a lone surrogate U+FFFD.
    """
    raw = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if raw.size and int(raw.max()) > 0xFFFF:
        units = np.minimum(raw, 0x10000).astype(np.intp)
        units[units == 0x10000] = _ASTRAL
    else:
        units = raw.astype(np.intp)
    codes = _TABLE[units]
    if "\u0654" in source:
        _compose(units, codes)
    origin: npt.NDArray[np.intp] | None = None
    odd = _ODD[units]
    carriage = np.flatnonzero((units[:-1] == _CR) & (units[1:] == _LF)) if "\r\n" in source else None
    if carriage is not None:
        odd[carriage] = True
    if odd.any():
        lengths = _LENGTH[units]
        if carriage is not None:
            lengths[carriage] = 0
        origin = np.repeat(np.arange(units.size), lengths)
        codes = codes[origin]
        if lengths.max() > 1:
            _expand(source, codes, lengths)
    return Folded(codes.tobytes().decode("utf-16-le"), codes, origin, source)


def _compose(units: npt.NDArray[np.intp], codes: Codes) -> None:
    """Gives each hamza above to the waw or yeh that carries it, over the harakat between them; each run of marks is walked once."""
    for place in np.flatnonzero(units == _HAMZA_ABOVE).tolist():
        at = place - 1
        while at >= 0 and _HARAKA[units[at]]:
            at -= 1
        if at >= 0 and int(units[at]) in _CARRIERS:
            codes[at] = _CARRIERS[int(units[at])]


def _expand(source: str, codes: Codes, lengths: npt.NDArray[np.uint8]) -> None:
    """Writes the letters of each ligature into ``codes``, where repetition left room for them."""
    at = np.cumsum(lengths, dtype=np.intp) - lengths
    for place in np.flatnonzero(lengths > 1).tolist():
        start = int(at[place])
        for offset, char in enumerate(EXPANDED[source[place]]):
            codes[start + offset] = ord(char)
