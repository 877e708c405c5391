"""Persons made whole: what grammar adds to the model's tags, and what it leaves alone."""

from __future__ import annotations

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.tagger.bio import ranges
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
        ("وصل [سالم] [وليلي] امس", "سالم|وليلي"),
        ("وصل [سالم القيسي] امس", "سالم القيسي"),
        ("وصل [محمد بن] .", "محمد بن"),
        ("وصل [محمد بن]", "محمد بن"),
        ("في [القيسي] امس", "القيسي"),
        ("قالت مريم بنت [سالم القيسي] امس", "مريم بنت سالم القيسي"),
        ("قال [عمر] بن [خالد القيسي] امس", "عمر بن خالد القيسي"),
        ("فاز لسالم [خالد القيسي] فرس", "لسالم خالد القيسي"),
        ("وصل [سالم بن خالد] ال قيسي امس", "سالم بن خالد ال قيسي"),
        ("سجل [سالم القيسي] ال 50 امس", "سالم القيسي"),
        ("صوت لصالح [خالد القيسي] امس", "خالد القيسي"),
        ("ذكر [خالد القيسي رحمه الله] امس", "خالد القيسي"),
        ("ذكر [نصر الله القيسي] امس", "نصر الله القيسي"),
        ("قال [جون سميث John Smith] امس", "جون سميث"),
        ("وصل [سالم القيسي وخالد الشمري] امس", "سالم القيسي|وخالد الشمري"),
        ("وصل [سالم وهبي] امس", "سالم وهبي"),
        ("وصل [ياش وزبتلوك] امس", "ياش|وزبتلوك"),
        ("وصل [ياش ويلكس] امس", "ياش ويلكس"),
        ("وصل [سالم القيسي وقال] انه", "سالم القيسي"),
        ("امر [الله] تعالي", ""),
        ("برنامج [Open Source] مجاني", ""),
    ],
)
def test_names_are_made_whole(lexicon: Lexicon, marked: str, whole: str) -> None:
    assert found(lexicon, marked, "PERSON") == whole


@pytest.mark.parametrize(
    ("marked", "house"),
    [
        ("زار جامعه الملك [خالد] امس", "جامعه الملك خالد"),
        ("زار مدرسه الاميره [هدي بنت سالم] امس", "مدرسه الاميره هدي بنت سالم"),
        ("زار مكتب الملك [خالد] امس", ""),
        ("زار جامعه الدكتور [خالد] امس", ""),
    ],
)
def test_houses_are_named_after_persons(lexicon: Lexicon, marked: str, house: str) -> None:
    assert found(lexicon, marked, "INSTITUTION") == house


def found(lexicon: Lexicon, marked: str, label: str) -> str:
    """The names with the label, where those in brackets are tagged as persons."""
    words, tags, inside = [], [], False
    for part in marked.split():
        opens = part.startswith("[")
        words.append(part.strip("[]"))
        tags.append("B-PERSON" if opens else "I-PERSON" if inside else "O")
        inside = (opens or inside) and not part.endswith("]")
    return "|".join(" ".join(words[first:last]) for first, last, kind in ranges(complete_persons(words, tags, lexicon, {"ويلكس"})) if kind == label)
