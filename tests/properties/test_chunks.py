"""The scan reads a text chunk by chunk, each chunk type once; its tokens and spans are those of the whole text folded and cut at once."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.lexicon.chunk import LONGEST_CHUNK, dashed
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.schema import Entry
from newsextract.scan.scanner import Scan
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

PIECES = (
    "وقالت", "الهيئةُ", "بـ15", "1447هـ", "12.5", "1,000", "3 250", "ﷺ", "ﻻ", "½", "\u00a0", "\t", "\r\n", "\n", "\r", "\u200f", "ـ", "\u064e", "و\u0654", "،",
    "(", ")", "«", "»", ".", "%", "\U0001f600", "\ud800", "x", " ", "  ", "ﱞ", "ب" * 70, "-", "5ـ6",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(st.characters(exclude_categories=()), max_size=60)


@cache
def lexicon() -> Lexicon:
    return Lexicon([Entry("الهيئة", "NOUN"), Entry("دورة", "NOUN")])


def assert_the_same(source: str) -> None:
    scan = Scan(source, lexicon())
    folded = fold(dashed(source))
    tokens = tokenize(folded)
    assert scan.words == tokens.words
    for first in range(len(scan)):
        start = tokens.starts[first]
        for last in range(first + 1, min(first + 4, len(scan)) + 1):
            if scan.words[last - 1] != "\n":  # no span ends with a line
                assert scan.span(first, last) == folded.to_source(start, tokens.ends[last - 1])
        for cut in range(len(scan.words[first]) if scan.words[first] != "\n" else 0):
            assert scan.span(first, first + 1, cut) == folded.to_source(start + cut, tokens.ends[first])
    for left in range(len(scan) - 1):
        if "\n" not in scan.words[left : left + 2]:
            gap = tokens.starts[left + 1] - tokens.ends[left]
            assert scan.adjacent(left, left + 1) == (gap == 0)
            if scan.words[left][0].isdecimal() and scan.words[left + 1][0].isdecimal():
                assert scan.parted_by_one_space(left, left + 1) == (gap == 1)


@given(TEXTS)
@settings(max_examples=600, deadline=None)
def test_chunks_together_are_the_text(source: str) -> None:
    assert_the_same(source)


def test_real_texts(real_texts: list[str]) -> None:
    for text in random.Random(5).sample(real_texts, min(len(real_texts), 400)):
        assert_the_same(text)


def test_what_is_remembered_is_bounded() -> None:
    own = Lexicon([])
    Scan(f"نص {'ك' * (LONGEST_CHUNK + 1)} نص", own)
    assert list(own.chunks.known) == ["نص"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("الرياض ـ واس", ["الرياض", "-", "واس"]),
        ("8 ـ 10 و3ــ5", ["8", "-", "10", "و", "3", "-", "5"]),
        ("١٤٤٥هـ ولـ15 والـ(10)، هَـ", ["1445", "ه", "ول", "15", "وال", "(", "10", ")", "،", "ه"]),
        ("ـا ـَ جـمـيـل", ["ا", "جميل"]),
    ],
)
def test_a_tatweel_that_lengthens_no_letter_is_a_dash(source: str, words: list[str]) -> None:
    scan = Scan(source, lexicon())
    assert scan.words == words
    assert all(scan.text(scan.span(at, at + 1)) for at in range(len(scan)))
