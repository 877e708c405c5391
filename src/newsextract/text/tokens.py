"""Tokens: runs of letters, numbers, and single signs of a folded text.

They are those of ``camel_tools.tokenizers.word.simple_word_tokenize`` with these rulings, each for the sake of facts:

1. A point or comma between two digits belongs to the number: ``12.5`` and ``15,000`` are one token.
2. Letters and digits part: ``بـ15`` is ``ب`` and ``15``, ``2025م`` is ``2025`` and ``م``, ``OIC2`` is ``OIC`` and ``2``.
3. A newline is a token of its own (the end of a sentence or header line); other white space is none.
4. An emoji sequence is its single characters (each folds to U+FFFD beforehand, which is a sign).
5. A code point that is no letter, mark, number, punctuation mark or symbol (control, private use, unassigned) is a sign of
   its own; camel-tools keeps it inside the word.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt

from newsextract.text.fold import Codes, Folded

SPACE, LETTER, DIGIT, SIGN = 0, 1, 2, 3


_UNIFORM: Final = ((0x3400, 0x4DC0, LETTER), (0x4E00, 0xA000, LETTER), (0xAC00, 0xD7A4, LETTER), (0xD800, 0xF900, SIGN))
"""Han, Hangul, surrogates and private use: half of the plane, each range of one class, for a quick import."""


def _classes() -> npt.NDArray[np.uint8]:
    """The class of each UTF-16 code unit, in 64 kB: no token costs a look at a character's properties later."""
    of_category = {"L": LETTER, "M": LETTER, "N": LETTER, "Z": SPACE}
    classes = np.full(0x10000, SIGN, dtype=np.uint8)
    start = 0
    for first, last, uniform in (*_UNIFORM, (0x10000, 0x10000, SIGN)):
        classes[start:first] = [of_category.get(unicodedata.category(chr(code))[0], SIGN) for code in range(start, first)]
        classes[first:last] = uniform
        start = last
    classes[ord("0") : ord("9") + 1] = DIGIT
    classes[[0x00, 0x09, 0x0B, 0x0C, 0x0D]] = SPACE
    classes[0x0A] = SIGN
    return classes


_CLASS = _classes()
_POINT, _COMMA, _SPACE = ord("."), ord(","), ord(" ")


class Tokens:
    """The tokens of a folded text, as parallel lists.

    Attributes:
        words: The folded forms.
        starts, ends: Folded offsets, half open.
    """

    __slots__ = ("ends", "starts", "words")

    def __init__(self, words: list[str], starts: list[int], ends: list[int]) -> None:
        self.words = words
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.words)


def tokenize(folded: Folded) -> Tokens:
    """The tokens of ``folded`` in text order, without gaps but white space."""
    codes: Codes = folded.codes
    size = codes.size
    classes = _CLASS.take(codes)
    if "." in folded.text or "," in folded.text:
        _join_numbers(codes, classes)
    change = np.ones(size + 1, dtype=np.bool_)
    np.not_equal(classes[1:], classes[:-1], out=change[1:size])
    change[1:size] |= classes[1:] == SIGN
    cuts = change.nonzero()[0]
    kept = classes.take(cuts[:-1]) != SPACE
    starts = cuts[:-1].compress(kept)
    if not starts.size:
        return Tokens([], [], [])
    ends = cuts[1:].compress(kept)
    words = _words(codes.compress(classes != SPACE), ends - starts)
    return Tokens(words, starts.tolist(), ends.tolist())


def _join_numbers(codes: Codes, classes: npt.NDArray[np.uint8]) -> None:
    """Gives the points and commas between two digits to the number."""
    before = ((codes[1:-1] == _POINT) | (codes[1:-1] == _COMMA)).nonzero()[0]
    inside = (classes.take(before) == DIGIT) & (classes.take(before + 2) == DIGIT)
    classes[before.compress(inside) + 1] = DIGIT


def _words(codes: Codes, lengths: npt.NDArray[np.intp]) -> list[str]:
    """The words of these lengths, which make up ``codes``: written with a space after each and split there, cheaper than slices."""
    gaps = lengths.cumsum()
    gaps += np.arange(lengths.size)
    spaced = np.full(int(gaps[-1]), _SPACE, dtype=np.uint16)
    letters = np.ones(spaced.size, dtype=np.bool_)
    letters[gaps[:-1]] = False
    spaced[letters] = codes
    return spaced.tobytes().decode("utf-16-le").split(" ")
