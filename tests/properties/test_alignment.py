"""The fold and its way back: exact for every range, monotone, covering, idempotent, for any Unicode at all.

The alignment is held against a reference that folds character by character, in the plainest way that can be written down.
"""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.span import Span
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

TEXTS = 10_000
LONGEST = 16
HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
TRAPS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآٱةىؤئ" * 2
    + HARAKAT
    + "\u0653\u0654\u0655\u0610\u06d6"
    + "\u0640\u0640\u200f\u200e\u202b\u202c\u200c\u200d\u2066\ufeff\u00ad"
    + "ﻻﷲﷺﻼﷻﷴ\ufdf0ﱞﳲ"
    + "یکگ٠١٢٣۴۵٫٬٪،؛؟«»0123456789.,%"
    + " \n\r\t\x00\u00a0\u2028"
    + "aZé²½\u0301\ud800\udfff\U0001f600\U0001f3fb\uffff\ufffd"
)


class Reference(NamedTuple):
    """A folded text with, for each folded character, its source character, and where a span that ends with it ends."""

    text: str
    first: list[int]
    last: list[int]


def is_mark(char: str) -> bool:
    """Whether a removed character belongs to the letter before it."""
    return "\u0600" <= char <= "\u08ff" and char != "\u061c" and not fold(char).text


def composed(source: str) -> list[str]:
    """The folds of the characters one by one, with CRLF one newline and a hamza above given to its waw or yeh."""
    folds = [fold(char).text for char in source]
    for at, char in enumerate(source):
        if source.startswith("\r\n", at):
            folds[at] = ""
        if char == "\u0654":
            carrier = source[:at].rstrip(HARAKAT)[-1:]
            if carrier in ("و", "ي"):
                folds[len(source[:at].rstrip(HARAKAT)) - 1] = "ؤ" if carrier == "و" else "ئ"
    return folds


def reference(source: str) -> Reference:
    text, first, last = "", [], []
    for at, folded in enumerate(composed(source)):
        end = at + 1
        while end < len(source) and is_mark(source[end]):
            end += 1
        text += folded
        first += [at] * len(folded)
        last += [end] * len(folded)
    return Reference(text, first, last)


def assert_every_range_is_exact(source: str) -> None:
    """Equality with the reference for all ranges; what else is promised follows from it and is asserted per character."""
    folded = fold(source)
    want = reference(source)
    assert folded.text == want.text
    size = len(want.text)
    for start in range(size):
        for end in range(start + 1, size + 1):
            assert folded.to_source(start, end) == (want.first[start], want.last[end - 1])


def seeded_texts(press: list[str]) -> list[str]:
    """Half random traps, half windows of real text with traps thrown in."""
    chance = random.Random(1447)
    out = []
    for number in range(TEXTS):
        size = chance.randint(0, LONGEST)
        if number % 2:
            out.append("".join(chance.choices(TRAPS, k=size)))
        else:
            text = chance.choice(press)
            at = chance.randrange(len(text))
            window = list(text[at : at + size])
            for _ in range(chance.randint(0, 3)):
                window.insert(chance.randint(0, len(window)), chance.choice(TRAPS))
            out.append("".join(window))
    return out


def test_every_range_of_ten_thousand_texts_is_exact(press: list[str]) -> None:
    texts = seeded_texts(press)
    assert len(texts) == TEXTS
    for text in texts:
        assert_every_range_is_exact(text)


def test_sampled_ranges_of_real_texts_are_exact(real_texts: list[str]) -> None:
    chance = random.Random(2025)
    for source in chance.sample(real_texts, min(300, len(real_texts))):
        folded = fold(source)
        want = reference(source)
        assert folded.text == want.text
        for _ in range(100 if want.text else 0):
            start, end = sorted(chance.sample(range(len(want.text) + 1), 2))
            assert folded.to_source(start, end) == (want.first[start], want.last[end - 1])


def test_tokens_of_real_texts_cover_all_but_white_space(real_texts: list[str]) -> None:
    for source in real_texts:
        folded = fold(source)
        tokens = tokenize(folded)
        inside = bytearray(len(folded.text))
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            assert folded.text[start:end] == word
            inside[start:end] = b"\1" * (end - start)
        assert sum(inside) == sum(len(word) for word in tokens.words)
        assert not [char for char, covered in zip(folded.text, inside, strict=True) if not covered and char != " "]


ANY_TEXT = st.text(st.one_of(st.sampled_from(TRAPS), st.characters(exclude_categories=())), max_size=40)


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_any_unicode_is_exact_for_every_range(source: str) -> None:
    assert_every_range_is_exact(source)


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_the_fold_is_idempotent(source: str) -> None:
    once = fold(source).text
    assert fold(once).text == once


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_spans_are_monotone_and_fold_back_to_what_they_stand_for(source: str) -> None:
    folded = fold(source)
    spans = [folded.to_source(at, at + 1) for at in range(len(folded.text))]
    for left, right in pairwise(spans):
        assert left.start <= right.start
        assert left.end <= right.end
        assert left == right or left.end <= right.start
    for at, span in enumerate(spans):
        assert 0 <= span.start < span.end <= len(source)
        assert folded.text[at] in fold(source[span.start : span.end]).text


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_tokens_of_any_unicode(source: str) -> None:
    folded = fold(source)
    tokens = tokenize(folded)
    assert all(word and " " not in word for word in tokens.words)
    assert tokens.starts == sorted(tokens.starts)
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))
    assert "".join(tokens.words) == folded.text.replace(" ", "")


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_folding_is_concatenative_at_a_space(left: str, right: str) -> None:
    assert fold(f"{left} {right}").text == f"{fold(left).text} {fold(right).text}"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 5)])
def test_a_range_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is no range"):
        fold("سلام").to_source(start, end)


@pytest.mark.parametrize(
    ("source", "folded", "expected"),
    [
        ("قِمَّةٌ", "قمه", "قِمَّةٌ"),
        ("جمـــهورية", "جمهوريه", "جمـــهورية"),
        ("\u200fالقمة\u200e", "القمه", "القمة"),
        ("بـ15", "15", "15"),
        ("بـ15", "ب", "بـ"),
        ("1447هـ.", "1447ه", "1447هـ"),
        ("الدولار ﷼ ٣٬٠٠٠", "3,000", "٣٬٠٠٠"),
        ("إﻻ", "لا", "ﻻ"),
        ("\U0001f600 مسؤول", "مسؤول", "مسؤول"),
        ("سطر\r\nثان", "\n", "\n"),
    ],
)
def test_span_by_example(source: str, folded: str, expected: str) -> None:
    got = fold(source)
    start = got.text.index(folded)
    span = got.to_source(start, start + len(folded))
    assert isinstance(span, Span)
    assert source[span.start : span.end] == expected


def test_hostile_runs_are_linear() -> None:
    """A million marks, hamzas or ligatures: no step looks at a character more than a few times."""
    for char in ("\u064e", "\u0654", "و\u0654", "ﷺ", "\u0640", "\r\n", "1", "و"):
        folded = fold(char * 300_000)
        tokenize(folded)
        if folded.text:
            assert folded.to_source(0, len(folded.text)).end == len(char) * 300_000


def test_normalisation_forms_of_real_text_are_taken(press: list[str]) -> None:
    for text in press[:5]:
        assert_every_range_is_exact(unicodedata.normalize("NFC", text)[:120])
        assert_every_range_is_exact(unicodedata.normalize("NFKD", text)[:120])
