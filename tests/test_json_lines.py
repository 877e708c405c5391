"""The bulk door: ``json_lines`` gives the bytes of ``extract(…).model_dump_json()``, and ``pipe`` the records, on any number of cores."""

from __future__ import annotations

import json
import logging
import os
import random
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

import newsextract
from conftest import ROOT, load_script
from newsextract import Extractor, Source
from newsextract.extractor import _batches
from newsextract.record import line
from newsextract.workers import in_order

PIECES = (
    "نظم النادي 12 محاضرة", "في مدينة صحار", "يوم 4 مايو 2023", "معالي الدكتور سالم ناصر البلوشي", "وزير النقل", "\n", "بنسبة 7.25%", "3 ملايين ريال",
    "ورشة «أفق \"جديد\"»", "\\", "\x00", "\x1f", "\x7f", "\u2028", "\ufeff", "😀", "\ud834", "(OIC)", "١٢٫٥ في المئة", "\t", "\r\n", "0.00001 متر", "7" * 40,
)  # fmt: skip
UNICODE = st.text(st.characters(exclude_categories=()), max_size=60)
TEXTS = st.text(max_size=80) | UNICODE | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)


@cache
def extractor() -> Extractor:
    return newsextract.load()


def lines(*sources: str | Source, content: bool = False) -> list[bytes]:
    return list(extractor().json_lines(sources, content=content))


def assert_the_same(source: str | Source, content: bool = False) -> None:
    record = extractor().extract(source, content=content)
    (found,) = lines(source, content=content)
    try:
        assert found == record.model_dump_json().encode()
    except PydanticSerializationError:
        assert json.loads(found) == record.model_dump(mode="json")


def test_real_releases(real_texts: list[str]) -> None:
    for text in real_texts:
        assert_the_same(text)


def test_generated_releases() -> None:
    generate = load_script(ROOT / "corpora" / "generate.py")
    for _, text in generate.releases(300, 7):
        assert_the_same(text, content=True)


@given(TEXTS, st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_unicode(text: str, content: bool) -> None:
    assert_the_same(text, content)


@given(st.text(st.characters(exclude_categories=()), max_size=20), st.dates(), st.none() | st.text(max_size=9), st.lists(st.text(max_size=9), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_source(name: str, published: date, uri: str | None, warnings: list[str]) -> None:
    assert_the_same(Source("وصل الوفد أمس إلى نزوى", name=name, published=published, uri=uri, media_type=name, encoding=name, warnings=tuple(warnings)))


@given(st.floats() | st.sampled_from([1e15, 1e16, 1e-4, 1e-5, 1.25e-5, 9.99e-6, 5e-324, 1e300, -0.0]))
def test_floats_are_written_as_pydantic_writes_them(value: float) -> None:
    assert line.as_json(value) == TypeAdapter(float).dump_json(value)


@given(st.decimals(allow_nan=False, allow_infinity=False) | st.integers())
def test_exact_numbers_are_written_as_pydantic_writes_them(value: Decimal | int) -> None:
    from newsextract.record.model import Number

    assert line.as_json(value) == TypeAdapter(Number).dump_json(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9))
def test_nested_values_are_written_as_pydantic_writes_them(value: object) -> None:
    assert line.as_json(value) == TypeAdapter(object).dump_json(value)


def test_what_no_record_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        line.as_json(1j)


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_cores_give_the_same_in_order(press: list[str], jobs: int) -> None:
    expected = [extractor().extract(text) for text in press]
    assert list(extractor().pipe(iter(press), jobs=jobs)) == expected
    assert list(extractor().json_lines(iter(press), jobs=jobs)) == [record.model_dump_json().encode() for record in expected]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_item_ends_nothing(press: list[str], jobs: int) -> None:
    bad: Any = 17
    told: list[tuple[Any, Exception]] = []
    items = [*press[:20], bad, *press[20:40], bad]
    found = list(extractor().json_lines(items, jobs=jobs, on_error=lambda source, error: told.append((source, error))))
    assert found == lines(*press[:40])
    assert [source for source, _ in told] == [bad, bad]
    assert all(isinstance(error, Exception) for _, error in told)


def test_a_failure_that_nobody_asked_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    bad: Any = None
    with caplog.at_level(logging.WARNING, logger="newsextract"):
        assert list(extractor().pipe([bad])) == []
    assert "gave no record" in caplog.text


def test_sources_are_read_no_further_than_needed() -> None:
    read: list[int] = []

    def endless() -> Iterator[str]:
        for number in range(10**9):
            read.append(number)
            yield f"نشر المعهد {number} بحثا"

    for jobs in (1, 2):
        read.clear()
        stream = extractor().json_lines(endless(), jobs=jobs)
        for _ in range(3):
            next(stream)
        stream.close()  # type: ignore[attr-defined]  # a generator behind the promise of an iterator
        assert len(read) < 1000


def test_what_is_read_together_is_bounded() -> None:
    texts = ["س" * 200_000] * 3 + ["ص"] * 40
    assert [len(batch) for batch in _batches(texts)] == [1, 1, 1, 32, 8]


def test_what_came_before_a_source_that_fails_is_not_lost() -> None:
    def failing() -> Iterator[str]:
        yield from ["نظم النادي 12 محاضرة", "في مدينة صحار"]
        raise OSError("gone")

    stream = extractor().json_lines(failing())
    assert [next(stream), next(stream)] == lines("نظم النادي 12 محاضرة", "في مدينة صحار")
    with pytest.raises(OSError, match="gone"):
        next(stream)


def dies(numbers: Sequence[int]) -> list[int]:
    if 13 in numbers:
        os._exit(1)
    return [number * number for number in numbers]


def odd(numbers: Sequence[int]) -> list[Any]:
    return [Unportable(number, "odd") if number % 2 else number for number in numbers]


class Unportable(Exception):
    """An exception that does not survive pickling: it needs two arguments and keeps one."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(number)


def test_a_worker_that_dies_costs_its_item_alone() -> None:
    found = list(in_order(dies, [list(range(first, first + 10)) for first in range(0, 100, 10)], 2))
    assert [item for item, _ in found] == list(range(100))
    assert [item for item, outcome in found if isinstance(outcome, Exception)] == [13]
    assert all(outcome == item * item for item, outcome in found if item != 13)


def test_an_exception_that_cannot_travel_is_told_in_words() -> None:
    outcomes = [outcome for _, outcome in in_order(odd, [[0, 1, 2], [3]], 2)]
    assert outcomes[::2] == [0, 2]
    assert "Unportable: 1" in str(outcomes[1])


def test_where_nothing_forks_the_extractor_is_made_anew(monkeypatch: pytest.MonkeyPatch, press: list[str]) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert list(extractor().json_lines(press[:3], jobs=2)) == lines(*press[:3])


def test_a_users_own_rows_reach_every_worker(tmp_path: Path) -> None:
    rows = tmp_path / "own.tsv"
    rows.write_text("surface\tlabel\tid\tname_en\nمعهد زهرة البادية\tINSTITUTION\tdesert-flower\tDesert Flower Institute\n", "utf-8")
    own = newsextract.load(lexicons=[rows])
    (found,) = own.json_lines(["زار الطلبة معهد زهرة البادية"], jobs=2)
    assert json.loads(found)["institutions"][0]["name_en"] == "Desert Flower Institute"


def test_a_corpus_does_not_depend_on_its_order(press: list[str]) -> None:
    shuffled = list(enumerate(press))
    random.Random(3).shuffle(shuffled)
    found = dict(zip((number for number, _ in shuffled), lines(*(text for _, text in shuffled)), strict=True))
    assert [found[number] for number in range(len(press))] == lines(*press)
