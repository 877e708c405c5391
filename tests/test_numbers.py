"""Numbers in sentences: what they count, how they are to be taken, and what they are when they count nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.mentions.dates import read_dates
from newsextract.mentions.model import Mention
from newsextract.mentions.number_runs import number_runs
from newsextract.mentions.numbers import read_numbers
from newsextract.scan.scanner import Scan


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


def mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    scan = Scan(text, lexicon)
    runs = number_runs(scan)
    dates = read_dates(scan, runs, None)
    return read_numbers(scan, runs, [(d.first, d.last) for d in dates])


def counts(text: str, lexicon: Lexicon) -> list[tuple[Any, ...]]:
    """Value (low and high for a range), comparison, noun as written, singular."""
    out = []
    for mention in mentions(text, lexicon):
        noun = getattr(mention.value, "noun", None)
        if mention.label == "NUMBER" and noun is not None:
            extent = mention.value.extent  # type: ignore[attr-defined]
            size = extent.low if extent.high is None else (extent.low, extent.high)
            out.append((size, extent.comparison, noun.text, noun.lemma))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نظمت الغرفة سبع ورش لفائدة التجار", [(7, "exact", "ورش", "ورشة")]),
        ("حضره خمسة وثلاثون باحثا", [(35, "exact", "باحثا", "باحث")]),
        ("جرى توزيع 400 حقيبة مدرسية", [(400, "exact", "حقيبة", "حقيبة")]),
        ("وظفت الشركة ١٢٠ مهندسًا", [(120, "exact", "مهندسًا", "مهندس")]),
        ("بمشاركة 27 طبيبا و30 ممرضا", [(27, "exact", "طبيبا", "طبيب"), (30, "exact", "ممرضا", "ممرض")]),
        ("أكثر من 90 متطوعا و20 خبيرا", [(90, "more_than", "متطوعا", "متطوع"), (20, "exact", "خبيرا", "خبير")]),
        ("شارك ما لا يقل عن 60 طالبا", [(60, "at_least", "طالبا", "طالب")]),
        ("يشارك 70 طالبا على الأقل", [(70, "at_least", "طالبا", "طالب")]),
        ("أقل من 15 مشروعا", [(15, "less_than", "مشروعا", "مشروع")]),
        ("لا يتجاوز عددهم 12 عضوا", [(12, "at_most", "عضوا", "عضو")]),
        ("حوالي 200 زائر", [(200, "about", "زائر", "زائر")]),
        ("ما بين 20 و30 شركة", [((20, 30), "between", "شركة", "شركة")]),
        ("من 10 إلى 12 ورشة", [((10, 12), "between", "ورشة", "ورشة")]),
        ("10-12 ورشة", [((10, 12), "between", "ورشة", "ورشة")]),
        ("تنفذ 49 من الأنشطة", [(49, "exact", "الأنشطة", "نشاط")]),
        ("التقى 13 من كبار الخبراء", [(13, "exact", "الخبراء", "خبير")]),
        ("الركائز السبع", [(7, "exact", "الركائز", "ركيزة")]),
        ("الدول الأعضاء الـ57", [(57, "exact", "الدول", "دولة")]),
        ("شاركت دولتان في التمرين", [(2, "exact", "دولتان", "دولة")]),
        ("مليونا زائر", [(2_000_000, "exact", "زائر", "زائر")]),
        ("وزعت (500) خيمة", [(500, "exact", "خيمة", "خيمة")]),
        ("خصص خمسة (5) مقاعد", [(5, "exact", "مقاعد", "مقعد")]),
        ("1.5 مليون أسرة", [(1_500_000, "exact", "أسرة", "أسرة")]),
        ("نيف وثلاثون مخطوطة", [(30, "more_than", "مخطوطة", "مخطوطة")]),
        ("فاق عدد الحضور 500 شخص", [(500, "more_than", "شخص", "شخص")]),
        ("يتجاوز الحضور 900 متفرج", [(900, "more_than", "متفرج", "متفرج")]),
        ("تجاوز الفريق 3 عقبات", [(3, "exact", "عقبات", "عقبة")]),
        ("يزيد عدد الزوار على 300 زائر", [(300, "more_than", "زائر", "زائر")]),
        ("لا يقل عدد المصابين عن 12 مصابا", [(12, "at_least", "مصابا", "مصاب")]),
        ("دافع الحارس عن 5 ألقاب", [(5, "exact", "ألقاب", "لقب")]),
        ("ستوظف ما يصل إلى 80 عاملا", [(80, "at_most", "عاملا", "عامل")]),
        ("راجعت /173/ مواصفة", [(173, "exact", "مواصفة", "مواصفة")]),
        ("أبرمت 11 عقدا", [(11, "exact", "عقدا", "عقد")]),
        ("وقعت ثلاثة عقود مع الموردين", [(3, "exact", "عقود", "عقد")]),
        ("20 مادة وأكثر من ألف صنف", [(20, "exact", "مادة", "مادة"), (1000, "more_than", "صنف", "صنف")]),
    ],
)
def test_counts(text: str, expected: list[tuple[Any, ...]], lexicon: Lexicon) -> None:
    assert counts(text, lexicon) == expected


@pytest.mark.parametrize(
    "text",
    [
        "القرار رقم 12 الصادر أمس",
        "المادة 5 من النظام",
        "عند الساعة 11 مساء",
        "للاتصال على 0551234567",
        "الآية 255 من سورة البقرة",
        "فاز الفريق 3-1 على ضيفه",
        "تبلغ من العمر 35 عاما",
        "عشرات الخبراء وآلاف الزوار",
        "ميزانية 2031 مشروعا طموحا",
        "اجتماع مجموعة العشرين",
        "نصف السكان",
        "مباراة ربع النهائي",
        "أي واحد منهم",
        "قال أحد المشاركين",
    ],
)
def test_no_counts(text: str, lexicon: Lexicon) -> None:
    assert counts(text, lexicon) == []


@pytest.mark.parametrize(
    ("text", "label", "fields"),
    [
        ("بنسبة 3,5٪", "PERCENT", {"value": 3.5}),
        ("%7.9", "PERCENT", {"value": 7.9}),
        ("عشرون بالمائة", "PERCENT", {"value": 20}),
        ("أكثر من 50 في المئة", "PERCENT", {"value": 50, "comparison": "more_than"}),
        ("تتراوح بين 5 و10 في المئة", "PERCENT", {"value_low": 5, "value_high": 10, "comparison": "between"}),
        ("بلغ 3 نقاط مئوية", "PERCENT", {"value": 3}),
        ("بقيمة 4.2 مليون دولار أمريكي", "MONEY", {"value": 4_200_000, "currency": "USD"}),
        ("$20.50", "MONEY", {"value": 20.5, "currency": "USD"}),
        ("42 ر.س", "MONEY", {"value": 42, "currency": "SAR"}),
        ("42 د.إ", "MONEY", {"value": 42, "currency": "AED"}),
        ("42 د.أ", "MONEY", {"value": 42, "currency": "JOD"}),
        ("4.710,93 درهم مغربي", "MONEY", {"value": 4710.93, "currency": "MAD"}),
        ("مئة دينار كويتي و250 فلسا", "MONEY", {"value": 100.25, "currency": "KWD"}),
        ("من 10 إلى 20 مليون يورو", "MONEY", {"value_low": 10_000_000, "value_high": 20_000_000, "currency": "EUR"}),
        ("دولار واحد", "MONEY", {"value": 1, "currency": "USD"}),
        ("تسعون سنتا", "MONEY", {"value": 0.9, "currency": "USD"}),
        ("تسعون قرشا", "MONEY", {"value": 0.9, "currency": None}),
        ("مساحة 500 متر مربع", "QUANTITY", {"value": 500, "unit": "m2"}),
        ("12.5 كم", "QUANTITY", {"value": 12.5, "unit": "km"}),
        ("2000 طن", "QUANTITY", {"value": 2000, "unit": "t"}),
        ("300 ميغاواط", "QUANTITY", {"value": 300, "unit": "MW"}),
        ("خلال ثلاثة أيام", "DURATION", {"value": 3, "unit": "day", "iso": "P3D"}),
        ("استمر ساعتين", "DURATION", {"value": 2, "unit": "hour", "iso": "PT2H"}),
        ("يوم واحد", "DURATION", {"value": 1, "unit": "day"}),
        ("ثلاثة أيام ونصف", "DURATION", {"value": 3.5, "unit": "day"}),
        ("ساعة ونصف", "DURATION", {"value": 1.5, "unit": "hour", "iso": "PT1.5H"}),
        ("ساعتان ونصف", "DURATION", {"value": 2.5, "unit": "hour"}),
        ("كيلومتر ونصف", "QUANTITY", {"value": 1.5, "unit": "km"}),
        ("دولار وربع", "MONEY", {"value": 1.25, "currency": "USD"}),
        ("ثلاثة عقود من الحرب", "DURATION", {"value": 3, "unit": "decade"}),
        ("مليارا ومئتي مليون يورو", "MONEY", {"value": 1_200_000_000, "currency": "EUR"}),
        ("12,000 ألف دولار", "MONEY", {"value": 12_000, "confidence": 0.5, "found_by": "rule:numbers.doubled"}),
        ("380 مليون دج", "MONEY", {"value": 380_000_000, "currency": "DZD"}),
        ("نقطتان مئويتان", "PERCENT", {"value": 2}),
        ("3 أرباع المساحة", "NUMBER", {"value": 0.75}),
        ("10 أرباع سنة", "DURATION", {"value": 10, "unit": "quarter", "iso": "P30M"}),
        ("الطبعة الخامسة والعشرون", "ORDINAL", {"value": 25}),
        ("الذكرى الخمسين", "ORDINAL", {"value": 50}),
        ("الدورة XII", "ORDINAL", {"value": 12}),
        ("المؤتمر الدولي IV للبيئة", "ORDINAL", {"value": 4}),
        ("المركز 3rd", "ORDINAL", {"value": 3}),
        ("أكبر من 100 وأصغر من 300", "NUMBER", {"value_low": 100, "value_high": 300, "comparison": "between"}),
        ("ثلاثة أرباع الطلاب", "NUMBER", {"value": 0.75}),
        ("77/100", "NUMBER", {"value": 0.77}),
    ],
)
def test_amounts(text: str, label: str, fields: dict[str, Any], lexicon: Lexicon) -> None:
    found = mentions(text, lexicon)
    assert [m.label for m in found] == [label]
    read = found[0].to_json()
    assert {key: read[key] for key in fields} == fields


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("خصصت 200 ألف ريال للمشروع", None),
        ("خصصت السعودية 200 ألف ريال للمشروع", "SAR"),
        ("خصصت سلطنة عمان 200 ألف ريال للمشروع", "OMR"),
        ("تبرع الأردن بألف دينار للكويت", None),
        ("اجتمع التونسي والليبي في الكاف وجمعا ألف دينار", "TND"),
    ],
)
def test_bare_currencies(text: str, currency: str | None, lexicon: Lexicon) -> None:
    money = [m for m in mentions(text, lexicon) if m.label == "MONEY"]
    assert [m.to_json()["currency"] for m in money] == [currency]


def test_what_rises_is_no_range(lexicon: Lexicon) -> None:
    found = mentions("رفع رأس المال من 100 مليون يورو إلى 250 مليون يورو", lexicon)
    assert [m.to_json().get("value") for m in found] == [100_000_000, 250_000_000]


def test_a_king_is_no_session(lexicon: Lexicon) -> None:
    assert mentions("لويس XIV ملك فرنسا", lexicon) == []


@pytest.mark.parametrize(
    "text",
    [
        "حضر «أكثر من» ثلاثة وعشرين ألفًا و(٤٠٠) زائرٍ بنسبة ٥٫٥٪\u061c من 10 إلى 20$ لمدة 3 أيام ونصف",
        "ولألفي عامل وبمئتي سيارة، و10-12 ورشة؛ المادة /51/ .77 و5ر33% والحادية عشرة",
        "\u200f٧٩٢٫٤٣\u00a0US$ و\u200f4,404.73 د.إ.\u200f",
    ],
)
def test_every_text_equals_its_slice(text: str, lexicon: Lexicon) -> None:
    found = mentions(text, lexicon)
    assert found
    assert all(text[m.span.start : m.span.end] == m.text for m in found)


def test_suites(shared: Any, lexicon: Lexicon) -> None:
    """The disagreements on record are few, and name cases that exist."""
    lines = Path(__file__).with_name("known_disagreements.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    ids = {json.loads(line)["id"] for name in ("peers", "oracles") for line in (shared / "suites" / f"{name}.jsonl").open(encoding="utf-8")}
    assert all(len(row) == 2 and row[0] in ids for row in rows)
    assert len(rows) <= 0.02 * len(ids)
