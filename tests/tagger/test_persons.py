"""Persons made whole: what grammar adds to the model's tags, and what it leaves alone."""

from __future__ import annotations

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.tagger.conll import ranges
from newsextract.tagger.persons import complete_persons


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("وصل [محمد بن] الظفر امس", "محمد بن الظفر"),
        ("وصل خالد [القيسي] امس", "خالد القيسي"),
        ("وصل [ياش اواديش] [غاندي] امس", "ياش اواديش غاندي"),
        ("وصل [سالم] [وليلي] امس", "سالم"),
        ("وصل [سالم القيسي] امس", "سالم القيسي"),
        ("وصل [محمد بن] .", "محمد بن"),
        ("وصل [محمد بن]", "محمد بن"),
        ("في [القيسي] امس", "القيسي"),
    ],
)
def test_names_are_made_whole(lexicon: Lexicon, marked: str, whole: str) -> None:
    words, tags, inside = [], [], False
    for part in marked.split():
        opens = part.startswith("[")
        words.append(part.strip("[]"))
        tags.append("B-PERSON" if opens else "I-PERSON" if inside else "O")
        inside = (opens or inside) and not part.endswith("]")
    first, last, label = ranges(complete_persons(words, tags, lexicon))[0]
    assert label == "PERSON"
    assert " ".join(words[first:last]) == whole
