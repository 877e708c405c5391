"""How much a text looks like Arabic: the mean cost of its letters in bits, by how surely one follows another."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsextract.readers.arabic_letters import FOLLOWERS

NEVER: Final = 12.0
"""The cost of what no text holds."""
_RARE: Final = 10.0
_COSTS: Final = {first + letter: float(bits) for first, row in FOLLOWERS.items() for letter, bits in zip(row[::2], row[1::2], strict=True)}
_ARABIC: Final = frozenset(FOLLOWERS) - {" "}
_SISTERS: Final = frozenset("پچژگکی")
"""Letters of Persian, which Arabic text may quote."""
_MARKS: Final = frozenset("ـ" + "".join(map(chr, range(0x64B, 0x653))) + "\u0670")
_ACCENTED: Final = frozenset("àâäçèéêëîïôöùûüœÀÂÇÈÉÊËÎÏÔÙÛŒ")
_OPENING: Final = frozenset(" \t\n\r\v\f([{\"'</-_.,:;|#@=~0123456789«“‘–—•\u00a0٠١٢٣٤٥٦٧٨٩\u200c\u200d\u200e\u200f")
"""What may stand before a word without a space."""
_SIGNS: Final = frozenset("«“‘–—•»،؛؟’”…°٪٠١٢٣٤٥٦٧٨٩٫٬\u200c\u200d\u200e\u200f×")
_ARABIC_LETTER: Final = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_WORDS_TRIED: Final = 1500


class Cost(NamedTuple):
    """What a text costs in bits, and how many characters beyond ASCII it has."""

    bits: float
    characters: int

    @property
    def mean(self) -> float:
        """Bits per character: about 4.5 for Arabic, above 6 for what only looks like it."""
        return self.bits / self.characters if self.characters else NEVER


def cost(text: str) -> Cost:
    """The cost of ``text``: low if its letters follow one another as they do in Arabic."""
    bits, count, before, last = 0.0, 0, " ", " "
    for character in text + " ":
        if character in _MARKS:
            bits += 3.0 if last in _ARABIC else 6.0 if last in _MARKS else NEVER
        else:
            bits += _step(before, character)
            before = character
        count += not character.isascii()
        last = character
    return Cost(bits, count)


def _step(before: str, character: str) -> float:
    """What it costs that ``character`` stands behind ``before``."""
    arabic = before in _ARABIC or before in _SISTERS
    if character in _ARABIC:
        return _COSTS.get((before if arabic else " ") + character, _RARE) + _joint(before, arabic)
    ending = _COSTS.get(before + " ", _RARE) if before in _ARABIC and character not in _SISTERS else 0.0
    if character.isascii():
        return ending + (_RARE if arabic and character.isalpha() else 0.0)
    if character in _SISTERS:
        return 6.0 if arabic or not before.isalpha() else _RARE
    if character in _ACCENTED:
        return ending + (_RARE if arabic else 4.0 if before.isascii() and before.isalpha() else 7.0)
    return ending + (4.0 if character in _SIGNS else 7.0 if character == "\u00a0" else NEVER)


def _joint(before: str, arabic: bool) -> float:
    """What it costs beyond the letter's own cost that an Arabic letter follows ``before`` without a space."""
    if arabic or before in _OPENING:
        return 0.0
    return _RARE if before.isalpha() else 4.0


def sample(data: bytes) -> bytes:
    """The words of ``data`` that hold bytes beyond ASCII, at most a few thousand from all over it, a space between them."""
    words = [w[:60] for w in re.findall(rb"[A-Za-z\x80-\xff]+", data[:4_000_000]) if not w.isascii()]
    return b" ".join(words[:: len(words) // _WORDS_TRIED + 1])


def arabic_letters(text: str) -> int:
    """How many Arabic letters stand in ``text``."""
    return len(_ARABIC_LETTER.findall(text))
