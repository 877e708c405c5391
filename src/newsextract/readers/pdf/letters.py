"""Whether letters form words of Arabic: a statistic of which letter follows which two, no list of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

EDGE: Final = " "
ALPHABET: Final = EDGE + "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
SCALE: Final = 8
"""Units of the table in one bit."""
_RANK: Final = {letter: rank for rank, letter in enumerate(ALPHABET)}
_RANK.update({"ی": _RANK["ي"], "ک": _RANK["ك"], "ہ": _RANK["ه"], "ۀ": _RANK["ه"], "پ": _RANK["ب"], "چ": _RANK["ج"], "ژ": _RANK["ز"], "گ": _RANK["ك"]})
_WORD: Final = re.compile("[\u0600-\u061f\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f]{3,}")
_RUN: Final = re.compile(_WORD.pattern.replace("{3,}", "+"))
_ENOUGH: Final = 20
_MARKS: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTER: Final = "[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]"
_ALIEN: Final = "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u058f\u0900-\u1fff\u2e80-\ud7ff\ufffd]"
_ARABIC: Final = re.compile(f"{_LETTER}{{2}}")
_STRANGER: Final = "[\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0900-\u1fff\u2e80-\ud7ff]"
_ARABIC_DIGIT: Final = "[\u0660-\u0669\u066b]"
_BROKEN: Final = re.compile(f"{_LETTER}{_ALIEN}+{_LETTER}|{_LETTER}{_STRANGER}|[A-Za-z]{_ARABIC_DIGIT}|{_ARABIC_DIGIT}[A-Za-z]")
"""Letters of other scripts within Arabic words and numbers: only a font with a wrong table gives them."""
_ODD: Final = re.compile(f"{_LETTER}[0-9\u0660-\u0669!#$%*<=>?@^{{}}|~]+{_LETTER}|{_LETTER}{{3}}\\d")
"""Signs that writers set between Arabic letters, but seldom."""
_MOST_CHARACTERS: Final = 20_000
_STRANGE: Final = 6.0
"""Bits a letter: a word above it is one that the language would hardly form."""
_MANY_LETTERS: Final = 80
_MOST_ACCENTED: Final = 0.4
_FEWEST_VOWELS: Final = 0.22
_MOST_VOWELS: Final = 0.65
_STRANGE_ABROAD: Final = 7.5
"""The same for Persian and Urdu, whose words the statistic of Arabic knows less well."""
_ABROAD: Final = re.compile("[پچژگٹڈڑں]")
_LOOKALIKE: Final = re.compile("[یکھہ]")
_AT_HOME: Final = re.compile("[ةأإ]")
_FEWEST_AT_HOME: Final = 5
_FINAL_YEH: Final = re.compile("ی(?![\u0620-\u065f\u066e-\u06d3])")
_AT_HOME_LETTERS: Final = str.maketrans("یکھہ", "يكهه")
_MANY: Final = 0.1


class Judgement(NamedTuple):
    """What the words of a text look like.

    Attributes:
        words: How many words of three letters and more were judged.
        strange: The share of them that the language would hardly form.
        mixed: The share of all words in which letters of Arabic have foreign signs among them.
        pieces: The share of all words that are shorter than three letters or longer than thirteen.
        babble: Whether its Latin letters, if it has many, form no words of a language that is written with them.
        bits: The mean cost of a letter.
        reversed_bits: The same with every word read backwards.
    """

    words: int
    strange: float
    mixed: float
    pieces: float
    babble: bool
    bits: float
    reversed_bits: float

    @property
    def backwards(self) -> bool:
        """Whether the words are clearly more likely from their ends to their beginnings."""
        return self.words > 0 and self.reversed_bits < self.bits - 0.7


def judge(text: str) -> Judgement:
    """How likely the Arabic words of ``text`` are; at most its first two thousand words are judged."""
    mixed, pieces, babble = _mixed(text), _pieces(text), _babble(text)
    costs: list[float] = []
    backward = 0.0
    for places in _words(text):
        costs.append(_cost(places))
        backward += _cost(places[::-1])
    if not costs:
        return Judgement(0, 0.0, mixed, pieces, babble, 0.0, 0.0)
    n = len(costs)
    limit = _STRANGE_ABROAD if len(_ABROAD.findall(text, 0, _MOST_CHARACTERS)) > _MANY * n else _STRANGE
    return Judgement(n, sum(cost > limit for cost in costs) / n, mixed, pieces, babble, sum(costs) / n, backward / n)


def as_arabic(text: str) -> str:
    """``text`` with the letters of Arabic for the look-alikes of Persian, if it is Arabic.

    Fonts serve several languages with one glyph, and some programs name it after the wrong one. Words with ة, أ or إ and none with a letter
    that only Persian and Urdu have tell that the text is Arabic.
    """
    if not _LOOKALIKE.search(text) or _ABROAD.search(text) or len(_AT_HOME.findall(text)) < _FEWEST_AT_HOME:
        return text
    return _FINAL_YEH.sub("ى", text).translate(_AT_HOME_LETTERS)


def ranks(word: str) -> list[int] | None:
    """The places of a word's letters in the alphabet, an edge on either side; None if one is foreign to it."""
    places = [_RANK[letter] for letter in word if letter in _RANK]
    return [0, *places, 0] if len(places) == len(word) else None


def _mixed(text: str) -> float:
    """The share of words with signs that do not belong among Arabic letters; one broken word counts as much as a tenth of odd ones."""
    words = [word for word in text[:_MOST_CHARACTERS].split() if _ARABIC.search(word) or _BROKEN.search(word)]
    if not words:
        return 0.0
    broken = sum(bool(_BROKEN.search(word)) for word in words)
    return max(broken / len(words), 0.1 if broken else 0.0, sum(bool(_ODD.search(word)) for word in words) / len(words))


def _babble(text: str) -> bool:
    """Whether Latin letters have too few or too many vowels among them, or are mostly accented: codes of glyphs taken for letters."""
    letters = [c for c in text[:_MOST_CHARACTERS].lower() if "a" <= c <= "z" or "\u00df" <= c <= "\u017f"]
    if len(letters) < _MANY_LETTERS:
        return False
    accented = sum(c > "z" for c in letters) / len(letters)
    vowels = sum(c in "aeiouy" or c > "z" for c in letters) / len(letters)
    return accented > _MOST_ACCENTED or not _FEWEST_VOWELS < vowels < _MOST_VOWELS


def _pieces(text: str) -> float:
    """The share of words that are too short or too long: spaces set wrongly, or letters torn from their words."""
    lengths = [len(_MARKS.sub("", word)) for word in _RUN.findall(text, 0, _MOST_CHARACTERS)]
    return sum(length < 3 or length > 13 for length in lengths) / len(lengths) if len(lengths) >= _ENOUGH else 0.0


def _words(text: str) -> Iterator[list[int]]:
    for number, match in enumerate(_WORD.finditer(text)):
        if number == 2000:
            return
        places = ranks(_MARKS.sub("", match.group()))
        if places is not None and len(places) > 4:
            yield places


def _cost(places: Sequence[int]) -> float:
    table, n = _table(), len(ALPHABET)
    return sum(table[(a * n + b) * n + c] for a, b, c in zip(places, places[1:], places[2:], strict=False)) / (SCALE * (len(places) - 2))


@cache
def _table() -> bytes:
    return (files("newsextract.data.statistics") / "letters.bin").read_bytes()
