"""Numerals: digits and words to values, and back."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import read_rows, shipped_entries
from newsextract.mentions.number_runs import NumberRun, number_runs
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import parse_digits, spell
from newsextract.values.spelling import Case, Gender

GENDERS: tuple[Gender, ...] = ("m", "f")
CASES: tuple[Case, ...] = ("nominative", "accusative", "genitive")
_LABELS = {"NUMERAL", "ORDINAL", "PERCENT"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon([e for e in shipped_entries() if e.label in _LABELS])


def runs_of(text: str, lexicon: Lexicon) -> list[NumberRun]:
    return list(number_runs(Scan(text, lexicon)).values())


def read_back(values: list[int], gender: Gender, case: Case, lexicon: Lexicon) -> list[object]:
    return [run.value for run in runs_of("\n".join(spell(v, gender, case) for v in values), lexicon)]


@pytest.mark.parametrize("gender", GENDERS)
@pytest.mark.parametrize("case", CASES)
def test_round_trip_of_all_small_and_sampled_large_numbers(gender: Gender, case: Case, lexicon: Lexicon) -> None:
    values = [*range(2001), *range(2001, 1_000_001, 397), 999_999, 1_000_000]
    assert read_back(values, gender, case, lexicon) == values


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.integers(min_value=-(10**18), max_value=10**18), gender=st.sampled_from(GENDERS), case=st.sampled_from(CASES))
def test_round_trip_property(value: int, gender: Gender, case: Case, lexicon: Lexicon) -> None:
    assert read_back([value], gender, case, lexicon) == [value]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.integers(min_value=1, max_value=10**12))
def test_spaced_conjunctions_and_split_hundreds_are_read_alike(value: int, lexicon: Lexicon) -> None:
    words = spell(value).replace(" و", " و ").replace("مئة", " مئة").replace("  ", " ").strip()
    assert [run.value for run in runs_of(words, lexicon)] == [value]


@pytest.mark.parametrize(
    ("value", "gender", "case", "words"),
    [
        (0, "m", "nominative", "صفر"),
        (2, "f", "genitive", "اثنتين"),
        (3, "m", "nominative", "ثلاثة"),
        (3, "f", "nominative", "ثلاث"),
        (11, "f", "nominative", "إحدى عشرة"),
        (12, "m", "accusative", "اثني عشر"),
        (18, "f", "nominative", "ثماني عشرة"),
        (21, "f", "nominative", "إحدى وعشرون"),
        (200, "m", "genitive", "مئتين"),
        (3005, "m", "nominative", "ثلاثة آلاف وخمسة"),
        (11_000, "m", "nominative", "أحد عشر ألفا"),
        (2_000_001, "m", "nominative", "مليونان وواحد"),
        (-7, "m", "nominative", "سالب سبعة"),
    ],
)
def test_spelling(value: int, gender: Gender, case: Case, words: str) -> None:
    assert spell(value, gender, case) == words


def test_spelling_has_an_end() -> None:
    with pytest.raises(ValueError, match="no name"):
        spell(10**21)


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("007", 7),
        ("1,234", 1234),
        ("1.234", 1234),
        ("1,234.5", Decimal("1234.5")),
        ("1.234,5", Decimal("1234.5")),
        ("1.234.567", 1234567),
        ("12.50", Decimal("12.5")),
        ("12,5", Decimal("12.5")),
        ("0.125", Decimal("0.125")),
        ("0,125", Decimal("0.125")),
        ("210.0", 210),
        ("9.2321312", Decimal("9.2321312")),
        ("15.10.2025", None),
        ("1,2,3", None),
        ("192.168.1.2", None),
        ("9" * 60, None),
    ],
)
def test_digits(digits: str, value: object) -> None:
    assert parse_digits(digits) == value


def test_a_decimal_point_without_doubt() -> None:
    assert parse_digits("3.906", point_decides=True) == Decimal("3.906")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("مائة و واحد و ستون", [161]),
        ("ثلاث مئة وخمس", [305]),
        ("ثلثمائة", [300]),
        ("ألف خمس مائة", [1500]),
        ("خمسة آلاف مليار", [5 * 10**12]),
        ("مليون ونصف مليون", [1_500_000]),
        ("3 ملايين ونصف", [3_500_000]),
        ("نصف مليون", [500_000]),
        ("235ر1 مليون", [1_235_000]),
        ("3 ملايين و250 ألفا", [3_250_000]),
        ("٤٠ ٠٠٠", [40_000]),
        ("1\u202f234\u202f567.89", [Decimal("1234567.89")]),
        ("3.906 مليار", [3_906_000_000]),
        ("46,000 ألف", [46_000]),
        ("5M", [5_000_000]),
        ("ألفا", [2000]),
        ("خمسون ألفا", [50_000]),
        ("واحد فاصلة صفر خمسة", [Decimal("1.05")]),
        ("خمسة وثلاثة أرباع", [Decimal("5.75")]),
        ("-1.2", [Decimal("-1.2")]),
        (".77", [Decimal("0.77")]),
        ("ثَلاثـــةٌ وأربعونَ", [43]),
        ("ثلاثمائة و مائتين", [300, 200]),
        ("عشرة لعشرين", [10, 20]),
        ("خمسة وستة", [5, 6]),
        ("مليونين وثلاثة ملايين", [2_000_000, 3_000_000]),
        ("300 و 212", [300, 212]),
        ("10-12", [10, 12]),
        ("ربع النهائي", []),
        ("آلاف", []),
        ("أحد", []),
        ("بالمائة", []),
    ],
)
def test_runs(text: str, values: list[object], lexicon: Lexicon) -> None:
    assert [run.value for run in runs_of(text, lexicon)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("السادسة", 6),
        ("الحادي عشر", 11),
        ("الثانية عشرة", 12),
        ("الحادية والعشرين", 21),
        ("الثالث و الأربعين", 43),
        ("الأولى بعد الألف", 1001),
        ("السابع والعشرون بعد الثلاث مئة", 327),
    ],
)
def test_ordinals(text: str, value: int, lexicon: Lexicon) -> None:
    assert [(run.value, run.kind) for run in runs_of(text, lexicon)] == [(value, "ordinal")]


def test_the_preliminary_is_no_first(lexicon: Lexicon) -> None:
    assert runs_of("التقرير الأولي", lexicon) == []
    assert [run.value for run in runs_of("الجلسة الأولى", lexicon)] == [1]


@pytest.mark.parametrize("unit", ["خمسة ", "وخمسة ", "5 ", "ألف ", "5-", "نصف و", "سالب ", "فاصلة واحد ", "(5) "])
def test_repetition_is_linear(unit: str, lexicon: Lexicon) -> None:
    runs = runs_of(unit * 5000, lexicon)
    assert all(run.last - run.first <= 70 for run in runs)


def test_dialect_is_read_only_on_demand(lexicon: Lexicon) -> None:
    rows = (resources.files("newsextract.data.dialect") / "numerals.tsv").read_text("utf-8")
    dialect = Lexicon([*lexicon.entries, *read_rows("dialect/numerals.tsv", rows)])
    for text, value in (("تلتاشر", 13), ("تلاتة وتلاتين", 33), ("متين وعشرة", 210), ("تلتمية وخمسين", 350), ("خمسة وعشرين", 25)):
        assert [run.value for run in runs_of(text, dialect)] == [value]
    assert runs_of("تلتاشر", lexicon) == []
