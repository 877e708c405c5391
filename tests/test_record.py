"""The public contract: its JSON Schema holds, records survive the round trip, and every evidence is its slice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

import newsextract
from newsextract import Extractor, Record, Source
from newsextract.record.model import Count, Evidence, json_schema

LINKS = {"organisers": "institution", "participants": "institution", "members": "person", "head": "person", "issuer": "institution"}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


@pytest.fixture(scope="module")
def records(extractor: Extractor, press: list[str]) -> list[tuple[str, Record]]:
    return [(text, extractor.extract(Source(text, name=f"{n}.txt"))) for n, text in enumerate(press)]


def evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value that has both ends and a text."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence(inner)


def test_the_schema_is_draft_2020_12() -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    json.dumps(schema)


def test_every_record_is_valid_by_the_schema(records: list[tuple[str, Record]]) -> None:
    validator = Draft202012Validator(json_schema())
    for _, record in records:
        errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(json.loads(record.model_dump_json()))]
        assert not errors


def test_the_schema_demands_every_field_and_refuses_others(extractor: Extractor) -> None:
    validator = Draft202012Validator(json_schema())
    whole = json.loads(extractor.extract("نفذ المركز 49 نشاطا").model_dump_json())
    for name in whole:
        assert list(validator.iter_errors({k: v for k, v in whole.items() if k != name})), name
    assert list(validator.iter_errors({**whole, "stranger": 1}))


def test_records_survive_the_round_trip(records: list[tuple[str, Record]]) -> None:
    for _, record in records:
        line = record.model_dump_json()
        again = Record.model_validate_json(line)
        assert again == record
        assert again.model_dump_json() == line


def test_every_evidence_equals_its_slice(records: list[tuple[str, Record]]) -> None:
    seen = 0
    for text, record in records:
        for item in evidence(json.loads(record.model_dump_json())):
            assert item["text"] == text[item["start"] : item["end"]]
            seen += 1
    assert seen > 500


def test_no_evidence_begins_or_ends_with_white_space(records: list[tuple[str, Record]]) -> None:
    for _, record in records:
        for item in evidence(json.loads(record.model_dump_json())):
            assert item["text"] == item["text"].strip()


def test_ids_count_in_text_order_and_every_link_leads_somewhere(records: list[tuple[str, Record]]) -> None:
    for _, record in records:
        whole = json.loads(record.model_dump_json())
        facts = {name: value for name, value in whole.items() if isinstance(value, list) and value and isinstance(value[0], dict)}
        ids = {fact["id"] for value in facts.values() for fact in value}
        for name, value in facts.items():
            assert len({fact["id"] for fact in value}) == len(value), name
            if name != "related_events":
                assert [int(fact["id"].rsplit("-", 1)[1]) for fact in value] == list(range(1, len(value) + 1)), name
        holders = [whole, *facts.get("delegations", []), *facts.get("related_events", []), *([whole["event"]] if whole["event"] else [])]
        for holder in holders:
            for link, kind in LINKS.items():
                targets = holder.get(link) or []
                for target in [targets] if isinstance(targets, str) else targets:
                    assert target in ids
                    assert target.startswith(kind)


def test_equal_inputs_give_equal_bytes(extractor: Extractor, press: list[str]) -> None:
    again = newsextract.load()
    for text in press[:5]:
        assert extractor.extract(text).model_dump_json() == again.extract(text).model_dump_json()


def test_the_text_is_carried_only_on_request(extractor: Extractor) -> None:
    text = "نفذ المركز 49 نشاطا"
    assert extractor.extract(text).text.content is None
    assert extractor.extract(text, content=True).text.content == text
    assert extractor.extract(text).text.characters == len(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "no Arabic here", "\x00"])
def test_nothing_found_is_empty_and_no_error(extractor: Extractor, text: str) -> None:
    record = extractor.extract(text)
    assert (record.event, record.venue, record.dates, record.people, record.counts) == (None, None, [], [], [])


def test_numbers_are_exact() -> None:
    fields: dict[str, Any] = {
        "id": "count-1",
        "found_by": "rule:numbers.cardinal",
        "confidence": 1,
        "mentions": [Evidence(0, 1, "1")],
        "upper": None,
        "comparison": "exact",
        "noun": "طنا",
        "lemma": "طن",
        "qualifier": None,
        "category": "measure",
    }
    counts = TypeAdapter(Count)
    assert json.loads(counts.dump_json(Count(value=Decimal("12.50"), **fields)))["value"] == 12.5
    for value in ("3000", "12.5", "9007199254740993"):
        line = counts.dump_json(Count(value=Decimal(value), **fields))
        assert f'"value":{value},' in line.decode()
        assert counts.validate_json(line).value == Decimal(value)


def test_a_fact_without_evidence_does_not_exist() -> None:
    with pytest.raises(ValidationError, match="mentions"):
        TypeAdapter(Count).validate_python({"id": "count-1", "found_by": "x", "confidence": 1, "mentions": [], "value": 1, "upper": None, "comparison": "exact",
                                            "noun": "", "lemma": "", "qualifier": None, "category": "other"})  # fmt: skip


def test_relative_days_need_the_day_of_publication(extractor: Extractor) -> None:
    from datetime import date

    text = "افتتح الوزير المعرض أمس في الدوحة"
    assert not extractor.extract(text).dates
    found = extractor.extract(Source(text, published=date(2025, 10, 16))).dates
    assert [(d.start, d.relative) for d in found] == [(date(2025, 10, 15), True)]


def test_a_related_event_keeps_its_day(extractor: Extractor) -> None:
    text = (
        "وزارة الثقافة تنظم مؤتمر المكتبات العربية في عمّان\n"
        "تنظم وزارة الثقافة مؤتمر المكتبات العربية خلال الفترة 4-6 مايو 2024 في عمّان. "
        "ويسبق ذلك اجتماع خبراء الفهرسة العرب يوم 2 مايو 2024."
    )
    record = extractor.extract(text)
    assert record.event is not None
    assert {d.edtf: d.role for d in record.dates} == {"2024-05-04/2024-05-06": "event", "2024-05-02": "related_event"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("تنطلق الاثنين 5 ديسمبر 1994 الدورة الخامسة لمهرجان القاهرة السينمائي، وتمتد إلى 11 ديسمبر.", "1994-12-05", "1994-12-11"),
        (
            "الجامعة تنظم المؤتمر الدولي للنانو الأسبوع المقبل\n\nالقاهرة في 9 أبريل 2014: تنظم الجامعة المؤتمر الدولي للنانو من 13 إلى 15 أبريل 2014.",
            "2014-04-13",
            "2014-04-15",
        ),
        ("اختتم مجلس وزراء النقل العرب أعمال دورته العادية الرابعة والثلاثين التي عقدت بالقاهرة يومي 6 و7/10/2024.", "2024-10-06", "2024-10-07"),
    ],
)
def test_the_days_of_the_event(extractor: Extractor, text: str, start: str, end: str) -> None:
    event = extractor.extract(text).event
    assert event is not None
    assert (str(event.start), str(event.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "city", "country_code"),
    [
        ("تونس 18 فيفري 2003 (وات) - افتتح اليوم المؤتمر العربي الخامس للمياه بحضور الوزير.", "تونس", "TN"),
        ("سنغافورة، 4 مايو 2019 - افتتح اليوم المؤتمر الدولي الخامس للمياه بحضور الوزير.", "سنغافورة", "SG"),
        ("وطنية - صور - عقد اليوم المؤتمر العلمي الأول عن الصيد البحري بدعوة من التجمع.", "صور", "LB"),
        ("العين في 24 أبريل / وام / اختتم مساء اليوم المؤتمر الدولي الثاني للإبل.", "العين", "AE"),
    ],
)
def test_the_city_of_a_dateline_is_the_venue(extractor: Extractor, text: str, city: str, country_code: str) -> None:
    venue = extractor.extract(text).venue
    assert venue is not None
    assert (venue.city, venue.country_code) == (city, country_code)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأشار الوزير إلى أن الخطة تتسق مع رؤية المملكة 2030 ومستهدفاتها.", "رؤية المملكة 2030"),
        ("وتناول العرض أجندة 2063 وما تحقق منها.", "أجندة 2063"),
        ("أطلقت الوزارة استراتيجية الأمن المائي 2036 اليوم.", "استراتيجية الأمن المائي 2036"),
        ("وقع الجانبان استراتيجية الشراكة القطرية للبنك للأعوام 2022-2026.", "استراتيجية الشراكة القطرية للبنك"),
    ],
)
def test_a_strategy_is_called_by_its_year_but_not_by_the_years_it_is_for(extractor: Extractor, text: str, name: str) -> None:
    assert [programme.name for programme in extractor.extract(text).programmes] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأشاد المدير بنتائج برنامج مكافحة الرمد في الأقاليم.", "برنامج مكافحة الرمد"),
        ("ويشمل القرض مشروع توسعة الموانئ الجنوبية.", "مشروع توسعة الموانئ الجنوبية"),
        ("وناقش المجلس الاستراتيجية الوطنية للأمن الغذائي.", "الاستراتيجية الوطنية للأمن الغذائي"),
        ("وأقرت الحكومة خطة التنمية الخامسة.", "خطة التنمية الخامسة"),
        ("وفاز الكاتب بجائزة نزار الحمداني للقصة القصيرة.", "جائزة نزار الحمداني للقصة القصيرة"),
        ("وتسلم الطلاب جائزة المعهد للباحثين الشباب أمس.", "جائزة المعهد للباحثين الشباب"),
        ("وعرضت الهيئة برنامج العمل البلدي الداعي إلى خفض الانبعاثات.", "برنامج العمل البلدي"),
    ],
)
def test_a_programme_is_called_by_what_it_does_or_after_whom(extractor: Extractor, text: str, name: str) -> None:
    assert [programme.name for programme in extractor.extract(text).programmes] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "وناقش المجلس مشروع القانون الجديد.",
        "ونال المهاجم جائزة أحسن لاعب في البطولة.",
        "وحصل الفائز على جائزة مالية قدرها ألف دينار.",
        "ويتضمن برنامج الزيارة جولة في الميناء.",
        "ويشمل برنامج الدورة الثانية خمس جلسات.",
        "واستعرض الحضور الخطة التدريبية للموظفين.",
        "وفاز بالجائزة الأولى طالب من الكلية.",
    ],
)
def test_a_head_alone_names_no_programme(extractor: Extractor, text: str) -> None:
    assert not extractor.extract(text).programmes
