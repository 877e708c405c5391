"""What holds for any text: no error, exact evidence, and facts that do not depend on unrelated text after them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract
from newsextract import Extractor, Record

PIECES = [
    "نفذ المركز 49 نشاطا", "أكثر من 3000 خبير", "معالي الدكتورة", "سامر عدنان الخطيب", "وزير العمل", "منظمة التعاون الإسلامي", "(OIC)", "للمنظمة",
    "الدورة السادسة", "لمؤتمر", "تحت شعار «ماء نظيف»", "في الدوحة", "بقطر", "15 - 16 أكتوبر 2025",
    "من 30 سبتمبر إلى 2 أكتوبر", "23 ربيع الآخر 1447هـ", "الموافق",
    "12.5%", "٣٬٠٠٠", "مليون دولار", "بين 200 و250", "ثلاثة آلاف ومئتان", "وترأس الوفد", "كل من", "بالتعاون مع",
    "و", "،", ".", "\n", "\n\n", "«", "»", "(", ")", "//انتهى//",
    "\u200f", "ـ", "\u064e", "ﷺ", "ﻻ", "/", "-", ":", "1", "الـ 27", "\ud800", "\U0001f600", "x",
]  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), ANY), max_size=14).map(" ".join) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)

SENTENCES = (
    "نفذ المركز 49 نشاطا بمشاركة أكثر من 3000 خبير من 12 دولة.",
    "عقدت اللجنة اجتماعها الخامس في مدينة مسقط يومي 3 و4 مارس 2024.",
    "وقالت معالي الدكتورة هند سالم العبري إن نسبة الإنجاز بلغت 87.5 في المئة.",
    "وبلغت قيمة المشروع 4 ملايين دولار أمريكي.",
    "وشارك في الورشة ممثلون عن البنك الدولي واليونيسف.",
)
UNRELATED = (
    "ويذكر أن العمل يسير كما هو مخطط له.",
    "كان الطقس جميلا والسماء صافية طوال النهار.",
    "ثم عاد الجميع إلى بيوتهم راضين.",
)


@cache
def extractor() -> Extractor:
    return newsextract.load()


def evidence(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence(inner)


def assert_exact(text: str) -> None:
    for item in evidence(extractor().extract(text).model_dump(mode="python")):
        assert 0 <= item["start"] < item["end"] <= len(text)
        assert item["text"] == text[item["start"] : item["end"]]
    for mention in extractor().mentions(text, reference="2025-10-16"):
        assert mention.text == text[mention.span.start : mention.span.end]
        json.dumps(mention.to_json())


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_any_unicode_gives_a_record_with_exact_evidence(text: str) -> None:
    assert_exact(text)


@given(MIXED)
@settings(max_examples=300, deadline=None)
def test_pieces_of_releases_in_any_order_do_too(text: str) -> None:
    assert_exact(text)
    extractor().explain(text)


@given(MIXED)
@settings(max_examples=100, deadline=None)
def test_mentions_come_in_text_order(text: str) -> None:
    spans = [m.span for m in extractor().mentions(text)]
    assert spans == sorted(spans)


def test_damaged_real_text_gives_a_record_with_exact_evidence(press: list[str]) -> None:
    chance = random.Random(6)
    for text in press:
        letters = list(text)
        for _ in range(12):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randint(0, 3)] = chance.choice(PIECES)
        assert_exact("".join(letters))


def facts(record: Record) -> dict[str, list[dict[str, Any]]]:
    """The facts that belong to a sentence: those about the whole document (title, issuer, roles, event) left out."""
    whole = json.loads(record.model_dump_json())
    kinds = ("dates", "places", "people", "institutions", "programmes", "counts", "money", "percentages")
    return {kind: [{k: v for k, v in fact.items() if k not in ("role", "roles")} for fact in whole[kind]] for kind in kinds}


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True), st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_facts_do_not_change_when_unrelated_text_is_appended(sentences: list[str], after: list[str]) -> None:
    text = " ".join(sentences)
    assert facts(extractor().extract(text)) == facts(extractor().extract(text + "\n\n" + " ".join(after)))


def stamped(text: str) -> bool:
    """Whether a date on the last line dates the release: what is appended takes that place from it."""
    last = text.rstrip().rpartition("\n")[2]
    return any(m.label == "DATE" for m in extractor().mentions(last))


def test_facts_of_real_releases_do_not_change_when_unrelated_text_is_appended(press: list[str]) -> None:
    for text in press:
        if stamped(text):
            continue
        body = text.rstrip()
        assert facts(extractor().extract(body)) == facts(extractor().extract(f"{body}\n\n{UNRELATED[1]}"))


def test_mentions_do_not_change_either(press: list[str]) -> None:
    for text in press:
        if stamped(text):
            continue
        alone = [m.to_json() for m in extractor().mentions(text)]
        assert [m.to_json() for m in extractor().mentions(f"{text}\n\n{UNRELATED[2]}")] == alone
