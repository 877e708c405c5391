"""Our tokens are those of camel-tools' ``simple_word_tokenize``, but for the rulings listed in ``newsextract.text.tokens``.

Each ruling is written here as a rewriting of camel-tools' own tokens. Whatever else differs fails.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import NamedTuple

import pytest
from camel_tools.tokenizers.word import simple_word_tokenize
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

DIGITS = frozenset("0123456789")


class Piece(NamedTuple):
    """A token of one line with its offsets."""

    word: str
    start: int
    end: int


def located(line: str) -> list[Piece]:
    """camel-tools' tokens of a line; their offsets follow, since it leaves out nothing but white space."""
    pieces, at = [], 0
    for word in simple_word_tokenize(line):
        at = line.index(word, at)
        pieces.append(Piece(word, at, at + len(word)))
        at += len(word)
    return pieces


def parted(pieces: list[Piece]) -> list[Piece]:
    """Ruling 2: letters and digits part."""
    out = []
    for word, start, _ in pieces:
        for _, run in groupby(word, key=DIGITS.__contains__):
            text = "".join(run)
            out.append(Piece(text, start, start + len(text)))
            start += len(text)
    return out


def is_sign(char: str) -> bool:
    """Whether a character is a control, of private use, or unassigned."""
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn")


def signed(pieces: list[Piece]) -> list[Piece]:
    """Ruling 5: what is no letter, mark, number, punctuation mark or symbol is a sign of its own."""
    out = []
    for word, start, _ in pieces:
        for foreign, run in groupby(word, key=is_sign):
            chars = list(run)
            for text in chars if foreign else ["".join(chars)]:
                out.append(Piece(text, start, start + len(text)))
                start += len(text)
    return out


def joined(pieces: list[Piece]) -> list[Piece]:
    """Ruling 1: a point or comma between two digits belongs to the number."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        before = out[-1] if out else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        touches = before is not None and before.end == piece.start
        goes_on = touches and before is not None and before.word[-1] in ".," and before.word[0] in DIGITS and piece.word[0] in DIGITS
        opens = (
            piece.word in (".", ",")
            and touches
            and before is not None
            and before.word[-1] in DIGITS
            and after is not None
            and after.start == piece.end
            and after.word[0] in DIGITS
        )
        if before is not None and (goes_on or opens):
            out[-1] = Piece(before.word + piece.word, before.start, piece.end)
        else:
            out.append(piece)
    return out


def expected(folded: str) -> list[str]:
    """camel-tools' tokens of a folded text, rewritten by the rulings; a newline is a token (ruling 3)."""
    words: list[str] = []
    for number, line in enumerate(folded.split("\n")):
        words += ["\n"] if number else []
        words += [piece.word for piece in joined(signed(parted(located(line))))]
    return words


def test_tokens_of_real_text_agree(real_texts: list[str]) -> None:
    wrong = [text for text in real_texts if tokenize(fold(text)).words != expected(fold(text).text)]
    assert not wrong[:3]


def test_without_digits_and_newlines_no_ruling_is_needed(real_texts: list[str]) -> None:
    lines = [line for text in real_texts for line in fold(text).text.split("\n") if not DIGITS & set(line) and not any(map(is_sign, line))]
    assert len(lines) > 100
    wrong = [line for line in lines if tokenize(fold(line)).words != simple_word_tokenize(line)]
    assert not wrong[:3]


@given(st.text(st.one_of(st.sampled_from("ابو ـلَ12.,،-\n(«»)…%aé"), st.characters(exclude_categories=["Cs"])), max_size=30))
@settings(max_examples=500, deadline=None)
def test_tokens_of_any_unicode_agree(source: str) -> None:
    folded = fold(source)
    assert tokenize(folded).words == expected(folded.text)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("بنسبة 12.5% و١٥٬٠٠٠ خبير.", ["بنسبه", "12.5", "%", "و", "15,000", "خبير", "."]),
        ("بـ15 دولة في 2025م", ["ب", "15", "دوله", "في", "2025", "م"]),
        ("15-16 أكتوبر", ["15", "-", "16", "اكتوبر"]),
        ("1,234.5 و 3. ثم .5 و1..2", ["1,234.5", "و", "3", ".", "ثم", ".", "5", "و", "1", ".", ".", "2"]),
        ("عنوان\n\nنص", ["عنوان", "\n", "\n", "نص"]),
        ("(سيسرك)، «المركز»", ["(", "سيسرك", ")", "،", "«", "المركز", "»"]),
        ("OIC2 \U0001f600\U0001f3fb", ["OIC", "2", "\ufffd", "\ufffd"]),
        ("", []),
        (" \t\u200f", []),
    ],
)
def test_tokens_by_example(source: str, words: list[str]) -> None:
    assert tokenize(fold(source)).words == words
