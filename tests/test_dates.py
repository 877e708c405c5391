"""Dates in sentences: every construction with what it means, and what looks like a date and is none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.mentions.date_context import guess_role, published_date
from newsextract.mentions.date_grammar import parse
from newsextract.mentions.dates import read_dates
from newsextract.mentions.model import Mention
from newsextract.mentions.number_runs import number_runs
from newsextract.scan.scanner import Scan
from newsextract.values.date import DateValue, add_months, nth_week, nth_weekday
from newsextract.values.hijri import hijri_span, to_hijri

WEDNESDAY = date(2025, 10, 15)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


def mentions(text: str, lexicon: Lexicon, reference: date | None = None) -> list[Mention]:
    scan = Scan(text, lexicon)
    return read_dates(scan, number_runs(scan), reference)


def values(text: str, lexicon: Lexicon, reference: date | None = None) -> list[DateValue]:
    return [m.value for m in mentions(text, lexicon, reference) if isinstance(m.value, DateValue)]


def short(value: DateValue) -> str:
    """``2025-10-15`` or ``2025-10-15/2025-10-16``, ``?`` for unknown."""
    if value.start is None or value.end is None:
        return "?"
    return value.start.isoformat() if value.start == value.end else f"{value.start}/{value.end}"


def one(text: str, lexicon: Lexicon, reference: date | None = None) -> DateValue:
    found = values(text, lexicon, reference)
    assert len(found) == 1, [short(v) for v in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("افتتح المعرض في 15 أكتوبر 2025", "2025-10-15"),
        ("افتتح المعرض في ١٥ أكتوبر ٢٠٢٥م", "2025-10-15"),
        ("انعقد اللقاء يوم الأربعاء 15 تشرين الأول/أكتوبر 2025", "2025-10-15"),
        ("انعقد اللقاء يوم 15 أكتوبر (تشرين الأول) 2025", "2025-10-15"),
        ("انعقد اللقاء في 3 حزيران (يونيه) من عام 2024", "2024-06-03"),
        ("بدأت الحملة في 5 كانون 2 2024", "2024-01-05"),
        ("بدأت الحملة في 9 أفريل 2019", "2019-04-09"),
        ("بدأت الحملة في 9 غشت 2019", "2019-08-09"),
        ("بدأت الحملة في 2 شتنبر 2019", "2019-09-02"),
        ("بدأت الحملة في فاتح ماي 2024", "2024-05-01"),
        ("وصل الوفد في الخامس عشر من تشرين الأول عام ألفين وخمسة وعشرين", "2025-10-15"),
        ("وصل الوفد بتاريخ 15/10/2025", "2025-10-15"),
        ("وصل الوفد بتاريخ 2025-10-15", "2025-10-15"),
        ("وصل الوفد بتاريخ 15.10.2025", "2025-10-15"),
        ("وصل الوفد بتاريخ ٢٠٢٥/١٠/١٥", "2025-10-15"),
        ("وصل الوفد بتاريخ 10/25/2025", "2025-10-25"),
        ("وصل الوفد بتاريخ 4/9/25", "2025-09-04"),
        ("نشر في أكتوبر 15، 2025", "2025-10-15"),
        ("أول يوم جمعة من يوليو 2017", "2017-07-07"),
        ("الثلاثاء الأخير من شهر مارس 2014", "2014-03-25"),
        ("اليوم الأخير من شهر فبراير 2024", "2024-02-29"),
        ("وقع العقد في شهر مارس 2021", "2021-03-01/2021-03-31"),
        ("تأسست الجمعية عام 1987", "1987-01-01/1987-12-31"),
        ("تأسست الجمعية سنة ألف وتسعمائة وسبع وثمانين", "1987-01-01/1987-12-31"),
        ("تأسست الجمعية في 1987", "1987-01-01/1987-12-31"),
        ("تنتهي الأعمال بحلول 2030", "2030-01-01/2030-12-31"),
        ("خلال الربع الثالث من عام 2024", "2024-07-01/2024-09-30"),
        ("في النصف الثاني من عام 2024", "2024-07-01/2024-12-31"),
        ("في صيف 2025", "2025-06-01/2025-08-31"),
        ("في شتاء 2024/2025", "2024-12-01/2025-02-28"),
        ("في تسعينيات القرن الماضي", "1990-01-01/1999-12-31"),
        ("منذ القرن التاسع عشر", "1800-01-01/1899-12-31"),
        ("خلال العام الدراسي 2025/2026", "2025-01-01/2026-12-31"),
        ("في الأسبوع الأول من أكتوبر 2014", "2014-10-06/2014-10-12"),
        ("أوائل عام 2024", "2024-01-01/2024-06-30"),
        ("منتصف مارس 2025", "2025-03-15"),
        ("أواخر مارس 2025", "2025-03-16/2025-03-31"),
        ("عيد الفطر 1446هـ", "2025-03-30"),
    ],
)
def test_says_all(text: str, expected: str, lexicon: Lexicon) -> None:
    assert short(one(text, lexicon)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يومي 15 و16 أكتوبر 2025", "2025-10-15/2025-10-16"),
        ("من 15 - 16 أكتوبر 2025", "2025-10-15/2025-10-16"),
        ("من 30 سبتمبر إلى 2 أكتوبر 2025", "2025-09-30/2025-10-02"),
        ("من 28 ديسمبر إلى 3 يناير 2026", "2025-12-28/2026-01-03"),
        ("من 25 يوليو/16 أغسطس 2015", "2015-07-25/2015-08-16"),
        ("بين 4 سبتمبر و8 سبتمبر 2024", "2024-09-04/2024-09-08"),
        ("من الأحد 5 أكتوبر إلى الخميس 9 أكتوبر 2025", "2025-10-05/2025-10-09"),
        ("من مساء الخميس 9 إلى صباح السبت 11 أكتوبر 2025", "2025-10-09/2025-10-11"),
        ("يومي الثلاثاء والأربعاء 10 و11 يونيو 2025", "2025-06-10/2025-06-11"),
        ("من الأحد إلى الخميس (8-12) ذو القعدة 1436هـ", "2015-08-23/2015-08-27"),
        ("من الثالث وحتى السادس والعشرين من شهر أكتوبر 2013", "2013-10-03/2013-10-26"),
        ("أيام 15 و16 و17 نوفمبر 2025", "2025-11-15/2025-11-17"),
        ("شهر نوفمبر 2016 حتى يناير 2017", "2016-11-01/2017-01-31"),
        ("فبراير – مارس 2020", "2020-02-01/2020-03-31"),
        ("من 1/1/2024 إلى 31/12/2024", "2024-01-01/2024-12-31"),
        ("18-19/10/2025", "2025-10-18/2025-10-19"),
        ("يومي 6 و7/10/2024", "2024-10-06/2024-10-07"),
        ("أيام 6 و7 و8/10/2024", "2024-10-06/2024-10-08"),
        ("خلال الفترة 8 ـ 10 ربيع الآخر 1445هـ", "2023-10-23/2023-10-25"),
        ("من 3ـ5 مايو 2019", "2019-05-03/2019-05-05"),
        ("للفترة 2023-2025", "2023-01-01/2025-12-31"),
        ("من 2014 إلى 2018", "2014-01-01/2018-12-31"),
        ("بين عامي 2019 و2023", "2019-01-01/2023-12-31"),
        ("لعامي 1436/1437هـ", "2014-10-25/2016-10-01"),
    ],
)
def test_range_is_one_date(text: str, expected: str, lexicon: Lexicon) -> None:
    assert short(one(text, lexicon)) == expected


def test_range_written_in_reverse_is_ordered_and_said(lexicon: Lexicon) -> None:
    value = one("للفترة 2025-2023", lexicon)
    assert short(value) == "2023-01-01/2025-12-31"
    assert "reversed_range" in value.notes


def test_days_that_do_not_touch_are_several_dates(lexicon: Lexicon) -> None:
    assert [short(v) for v in values("أيام 5 و12 و19 مارس 2025", lexicon)] == ["2025-03-05", "2025-03-12", "2025-03-19"]
    assert [short(v) for v in values("في عامي 2023 و2024", lexicon)] == ["2023-01-01/2023-12-31", "2024-01-01/2024-12-31"]


@pytest.mark.parametrize(
    ("text", "expected", "calendar"),
    [
        ("الأربعاء 23 ربيع الآخر 1447هـ الموافق 15 أكتوبر 2025م", "2025-10-15", "gregorian"),
        ("15 أكتوبر 2025م الموافق 23 ربيع الآخر 1447هـ", "2025-10-15", "gregorian"),
        ("الأربعاء 23 ربيع الآخر 1447هـ (15 أكتوبر 2025م)", "2025-10-15", "gregorian"),
        ("23/4/1447هـ الموافق 15/10/2025م", "2025-10-15", "gregorian"),
        ("(8-12) ذو القعدة 1436هـ الموافق (23-27) من أغسطس 2015م", "2015-08-23/2015-08-27", "gregorian"),
        ("الأول من محرم عام 1437هـ", "2015-10-14", "hijri"),
        ("يوم الخميس ١٤/١٠/١٤٣٦هـ", "2015-07-30", "hijri"),
        ("من 20 إلى 21 ربيع الثاني 1437هـ", "2016-01-30/2016-01-31", "hijri"),
        ("عام 1434هـ", "2012-11-15/2013-11-03", "hijri"),
        ("غرة محرم 1447هـ", "2025-06-26", "hijri"),
        ("رمضان 2025", "2025-03-01/2025-03-29", "hijri"),
    ],
)
def test_hijri(text: str, expected: str, calendar: str, lexicon: Lexicon) -> None:
    value = one(text, lexicon)
    assert (short(value), value.calendar) == (expected, calendar)


def test_pair_that_does_not_agree_is_said(lexicon: Lexicon) -> None:
    assert "calendars_differ" in one("1 محرم 1447هـ الموافق 15 أكتوبر 2025م", lexicon).notes
    assert "calendars_differ" not in one("24 ربيع الآخر 1447هـ الموافق 15 أكتوبر 2025م", lexicon).notes


def test_hijri_outside_the_tables_is_tabular_and_approximate(lexicon: Lexicon) -> None:
    value = one("ولد في 1 محرم 1300هـ", lexicon)
    assert short(value) == "1882-11-12"
    assert value.approximate
    for year in (1, 700, 1300, 1341, 1502, 1600):
        for month in range(1, 13):
            span = hijri_span(year, month)
            assert span is not None
            assert to_hijri(span.start)[:2] == to_hijri(span.end)[:2] == (year, month)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يفتتح اليوم", "2025-10-15"),
        ("وصل أمس", "2025-10-14"),
        ("وصل أول أمس", "2025-10-13"),
        ("وصل أمس الأول", "2025-10-13"),
        ("يصل غدا الخميس", "2025-10-16"),
        ("يصل بعد غد", "2025-10-17"),
        ("عقد الاجتماع الأحد الماضي", "2025-10-12"),
        ("يعقد الاجتماع الأحد المقبل", "2025-10-19"),
        ("انطلقت صباح الأحد الأعمال", "2025-10-12"),
        ("ستنطلق الأعمال الأحد", "2025-10-19"),
        ("الأربعاء من الأسبوع المقبل", "2025-10-22"),
        ("خلال الأسبوع الماضي", "2025-10-06/2025-10-12"),
        ("خلال الشهر الجاري", "2025-10-01/2025-10-31"),
        ("خلال العام الماضي", "2024-01-01/2024-12-31"),
        ("هذا العام", "2025-01-01/2025-12-31"),
        ("في الربع الحالي", "2025-10-01/2025-12-31"),
        ("مطلع الأسبوع المقبل", "2025-10-20/2025-10-22"),
        ("نهاية الشهر الجاري", "2025-10-31"),
        ("يوم 25 الجاري", "2025-10-25"),
        ("في 20 من الشهر المقبل", "2025-11-20"),
        ("من 17 إلى 19 أكتوبر الجاري", "2025-10-17/2025-10-19"),
        ("5 أبريل المقبل", "2026-04-05"),
        ("في ديسمبر الماضي", "2024-12-01/2024-12-31"),
        ("من العاشر إلى 20 من شهر ربيع الآخر الجاري", "2025-10-02/2025-10-12"),
        ("قبل عامين", "2023-10-15"),
        ("قبل ثلاثة أيام", "2025-10-12"),
        ("بعد ثلاثة أيام", "2025-10-18"),
        ("السنوات الخمس الماضية", "2020-10-15/2025-10-14"),
        ("الجمعة 17", "2025-10-17"),
        ("في 8 مارس", "2025-03-08"),
    ],
)
def test_relative(text: str, expected: str, lexicon: Lexicon) -> None:
    value = one(text, lexicon, WEDNESDAY)
    assert short(value) == expected
    assert value.relative


@pytest.mark.parametrize("text", ["وصل أمس", "من 17 إلى 19 أكتوبر الجاري", "قبل عامين", "الأسبوع المقبل", "في 8 مارس"])
def test_relative_stays_open_without_reference(text: str, lexicon: Lexicon) -> None:
    value = one(text, lexicon)
    assert value.start is None
    assert value.for_record() is None
    assert value.edtf is None


def test_missing_year_comes_from_the_text(lexicon: Lexicon) -> None:
    text = "بلغ العدد في مارس 2017 نحو خمسين.\nوفتحت القاعة يوم 8 أبريل."
    assert [short(v) for v in values(text, lexicon)] == ["2017-03-01/2017-03-31", "2017-04-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بيروت، في 27 آذار 2024\n\nأقيم مساء أمس احتفال", "2024-03-27"),
        ("الدوحة في 16 مايو 2023 /قنا/ بدأت اليوم أعمال الملتقى", "2023-05-16"),
        ("أبها 12 ربيع الأول 1445 هـ الموافق 27 سبتمبر 2023 م\n نفذت الجمعية مشروعا", "2023-09-27"),
        ("افتتحت اليوم الأربعاء 11 ماي 2016 الندوة وتستمر إلى 15 ماي", "2016-05-11"),
        ("انتهت أمس الثلاثاء 10 ماي 2016 الندوة", "2016-05-11"),
        ("تاريخ النشر: 5 مارس 2025\nشارك الوفد في لقاء", "2025-03-05"),
        ("لقاء في القاهرة\nالتاريخ: 5 مارس 2025\nشارك الوفد", "2025-03-05"),
        ("أقيم الملتقى في قاعة البلدية وحضره جمع من الباحثين\n12 مارس 2024", "2024-03-12"),
        ("مؤتمر عن البيئة\nالتاريخ: 15 - 16 أكتوبر 2025\nشارك الوفد", None),
        ("قال المدير إن الجمعية تأسست في 4 مايو 1987 وهي تعمل", None),
    ],
)
def test_published(text: str, expected: str | None, lexicon: Lexicon) -> None:
    scan = Scan(text, lexicon)
    day = published_date(scan, parse(scan, number_runs(scan)))
    assert (None if day is None else day.isoformat()) == expected


def test_own_date_is_the_reference(lexicon: Lexicon) -> None:
    text = "بيروت، في 27 آذار 2024\n\nأقيم مساء أمس احتفال، وتنطلق الألعاب بين 3 و7 نيسان المقبل."
    assert [short(v) for v in values(text, lexicon)] == ["2024-03-27", "2024-03-26", "2024-04-03/2024-04-07"]


def test_weekday_that_contradicts_is_said(lexicon: Lexicon) -> None:
    assert "weekday_contradicts" in one("الاثنين 15 أكتوبر 2025", lexicon).notes
    assert "weekday_contradicts" not in one("الأربعاء 15 أكتوبر 2025", lexicon).notes


def test_weekday_fixes_the_year(lexicon: Lexicon) -> None:
    value = one("الخميس 5 مارس", lexicon, WEDNESDAY)  # a Wednesday in 2025, a Thursday in 2026
    assert short(value) == "2026-03-05"
    assert "year_from_weekday" in value.notes


@pytest.mark.parametrize(
    "text",
    [
        "ارتفعت النسبة إلى 12.5% خلال المسح",
        "الخدمة متاحة 24/7 للجميع",
        "فاز الفريق 3-1 على ضيفه",
        "الآية 3:15 من السورة",
        "القرار 15/48 الصادر عن الجمعية",
        "القرار رقم 5 لسنة 2020",
        "هاتف 44-12-2025",
        "الخادم 192.168.1.10",
        "مارس الوزير ضغوطا على الشركة",
        "التقى الرئيس رجب أمين والشيخ محمد شعبان",
        "فاز بهدفين مقابل صفر",
        "سجل 3 - صفر",
        "حضره 25 من الخبراء و12 من الشباب",
        "شاركت 2019 أسرة",
        "في 2019 قرية",
        "رؤية البلاد 2030",
        "الأمين العام الحالي والمدير العام السابق",
        "في اليوم الأول من اللقاء",
        "احتفل باليوم العالمي للمرأة",
        "في ذلك اليوم",
        "وفود من 15 إلى 20 دولة",
        "صلاة الجمعة",
        "أحد عشر كوكبا والأحد عشر رجلا",
        "ربيع الخوري",
        "لمدة شهر واحد",
        "كل عام وأنتم بخير",
        "خصص 1.2 مليون دينار",
        "بعد يومين من افتتاحه",
        "قادة الغد",
        "جامعة 8 ماي 1945",
        "شارع 26 يوليو",
        "ثورة 14 يناير",
        "8 مارس من كل عام",
        "2016-02-30",
    ],
)
def test_no_date(text: str, lexicon: Lexicon) -> None:
    assert [(m.label, m.text) for m in mentions(text, lexicon, WEDNESDAY)] == []


@pytest.mark.parametrize(
    ("text", "label", "value"), [("تشرين الثاني", "MONTH", 11), ("في يوليوز", "MONTH", 7), ("الأحد", "WEEKDAY", 7), ("يوم الاثنين", "WEEKDAY", 1)]
)
def test_name_alone(text: str, label: str, value: int, lexicon: Lexicon) -> None:
    found = mentions(text, lexicon)
    assert [(m.label, m.to_json()["value"]) for m in found] == [(label, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نهاية عام 2024", "2024-01-01/2024-12-31"),
        ("مطلع مارس 2025", "2025-03-01/2025-03-31"),
        ("النصف الأول من عام 2024", "2024-01-01/2024-12-31"),
        ("قبل عامين", "2023-01-01/2023-12-31"),
        ("15 أكتوبر 2025", "2025-10-15"),
    ],
)
def test_record_widens_parts(text: str, expected: str, lexicon: Lexicon) -> None:
    value = one(text, lexicon, WEDNESDAY).for_record()
    assert value is not None
    assert short(value) == expected


def test_record_leaves_out_what_is_vague(lexicon: Lexicon) -> None:
    for text in ("السنوات الخمس الماضية", "بعد شهرين", "خلال العقد الماضي"):
        assert one(text, lexicon, WEDNESDAY).for_record() is None, text


def test_span_and_fields(lexicon: Lexicon) -> None:
    text = "لقاء بتاريخ ١٥ أكتوبر ٢٠٢٥م وبعده"
    found = mentions(text, lexicon)[0]
    out: dict[str, Any] = found.to_json()
    assert text[out["start"] : out["end"]] == out["text"] == "١٥ أكتوبر ٢٠٢٥م"
    assert {k: out[k] for k in ("date_start", "date_end", "precision", "calendar", "edtf", "approximate", "relative")} == {
        "date_start": "2025-10-15",
        "date_end": "2025-10-15",
        "precision": "day",
        "calendar": "gregorian",
        "edtf": "2025-10-15",
        "approximate": False,
        "relative": False,
    }
    assert out["original"] == {"year": 2025, "month": 10, "day": 15}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 أكتوبر 2025", "2025-10-15"),
        ("15-16 أكتوبر 2025", "2025-10-15/2025-10-16"),
        ("أكتوبر 2025", "2025-10"),
        ("عام 2025", "2025"),
        ("صيف 2025", "2025-22"),
        ("تسعينيات القرن الماضي", "199X"),
        ("القرن العشرين", "19XX"),
        ("منتصف مارس 2025", "2025-03-15~"),
        ("منذ عام 2010", "2010/.."),
        ("حتى 5 مايو 2025", "../2025-05-05"),
        ("الربع الأول من 2024", "2024-01/2024-03"),
    ],
)
def test_edtf(text: str, expected: str, lexicon: Lexicon) -> None:
    written = one(text, lexicon).edtf
    assert written == expected
    parser = pytest.importorskip("edtf")
    assert parser.parse_edtf(written) is not None


def test_roles(lexicon: Lexicon) -> None:
    text = "بيروت، في 27 آذار 2024\n\nتأسس النادي عام 1951. آخر موعد للتسجيل 5 أيار 2024. يقام الحفل في 10 أيار 2024."
    scan = Scan(text, lexicon)
    runs = number_runs(scan)
    own = published_date(scan, parse(scan, runs))
    assert [guess_role(scan, m, own) for m in read_dates(scan, runs)] == ["published", "historical", "deadline", "event"]


def test_linear_on_hostile_text(lexicon: Lexicon) -> None:
    for text in ("1-" * 20_000, "12 و" * 20_000, "15 مارس " * 20_000, "الأحد والاثنين " * 20_000, "من 1 إلى " * 20_000, "2024/" * 20_000):
        mentions(text, lexicon, WEDNESDAY)


def test_arithmetic() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert nth_weekday(2014, 10, 3, 2) == date(2014, 10, 8)
    assert nth_weekday(2014, 10, 3, -1) == date(2014, 10, 29)
    assert nth_week(2014, 9, -1) == (date(2014, 9, 22), date(2014, 9, 28))


def test_suites(shared: Path, lexicon: Lexicon) -> None:
    """The date cases of the suites, at most three in a hundred of them known to be answered otherwise."""
    import sys

    folder = shared / "suites"
    if not folder.is_dir():
        pytest.skip("no suites beside the clone")
    sys.path.insert(0, str(folder))
    try:
        from neutral import checkable, score
        from score_suites import predictions
    finally:
        sys.path.remove(str(folder))
    kinds = {"date": "date", "daterange": "date", "holiday": "date", "hijri_date": "date", "month": "month", "weekday": "weekday"}
    lines = Path(__file__).with_name("known_disagreements_dates.tsv").read_text("utf-8").splitlines()
    known = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    wrong, cases = [], 0
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if case["kind"] not in kinds or not checkable(case) or case["relevance"] != "news" or case["trust"] == "low":
                continue
            cases += 1
            reference = date.fromisoformat(case["reference"][:10]) if case["reference"] else None
            found = [m.to_json() for m in mentions(case["text"], lexicon, reference)]
            if case["id"] not in known and not score(case, predictions(found, kinds[case["kind"]]))["full"]:
                wrong.append((case["id"], case["text"], [(f["text"], f.get("date_start")) for f in found]))
    assert len(known) <= 0.03 * cases
    assert wrong == []
