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

from newsextract.text.fold import Folded

SPACE: Final = 0
LETTER: Final = 1
DIGIT: Final = 2
SIGN: Final = 3
_UNIFORM: Final = ((0x3400, 0x4DC0, LETTER), (0x4E00, 0xA000, LETTER), (0xAC00, 0xD7A4, LETTER), (0xD800, 0xF900, SIGN), (0x10000, 0x10000, SIGN))
"""Han, Hangul, surrogates and private use: half of the plane, each range of one class, for a quick import."""


def _classes() -> bytes:
    """The class of each UTF-16 code unit, in 64 kB: no token costs a look at a character's properties later."""
    of_category = {"L": LETTER, "M": LETTER, "N": LETTER, "Z": SPACE}
    classes = bytearray()
    for first, last, uniform in _UNIFORM:
        classes += bytes([of_category.get(unicodedata.category(chr(code))[0], SIGN) for code in range(len(classes), first)])
        classes += bytes([uniform]) * (last - first)
    for code in range(ord("0"), ord("9") + 1):
        classes[code] = DIGIT
    for code in (0x00, 0x09, 0x0B, 0x0C, 0x0D):
        classes[code] = SPACE
    classes[0x0A] = SIGN
    return bytes(classes)


_CLASS: Final = _classes()


class Tokens:
    """The tokens of a folded text, as parallel lists.

    Attributes:
        words: The folded forms.
        starts, ends: Folded offsets, half open.
    """

    __slots__ = ("ends", "starts", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def __len__(self) -> int:
        return len(self.words)


def tokenize(folded: Folded) -> Tokens:
    """The tokens of ``folded`` in text order, without gaps but white space."""
    tokens = Tokens()
    text = folded.text
    classes = _CLASS
    size = len(text)
    at = 0
    while at < size:
        start = at
        kind = classes[ord(text[at])]
        at += 1
        if kind == SPACE:
            continue
        if kind == LETTER:
            while at < size and classes[ord(text[at])] == LETTER:
                at += 1
        elif kind == DIGIT:
            at = _number_end(text, at)
        tokens.words.append(text[start:at])
        tokens.starts.append(start)
        tokens.ends.append(at)
    return tokens


def _number_end(text: str, at: int) -> int:
    """Where the number ends whose first digit is before ``at``: points and commas between two digits are its own."""
    classes = _CLASS
    size = len(text)
    while at < size:
        if classes[ord(text[at])] == DIGIT:
            at += 1
        elif text[at] in ".," and at + 1 < size and classes[ord(text[at + 1])] == DIGIT:
            at += 2
        else:
            break
    return at
