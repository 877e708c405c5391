"""Zones and sentences, on short releases written for these tests."""

from __future__ import annotations

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import read_rows, shipped_entries
from newsextract.scan.scanner import Scan
from newsextract.scan.zones import sentences, zones

EXTRA = read_rows("extra.tsv", "surface\tlabel\nافتتح\tVERB\nوقع\tVERB\n")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon([*shipped_entries(), *EXTRA])


def zoned(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The kind and the text of each zone."""
    scan = Scan(text, lexicon)
    return [(zone.kind, scan.text(scan.span(zone.first, zone.last))) for zone in zones(scan)]


def split(text: str, lexicon: Lexicon) -> list[str]:
    scan = Scan(text, lexicon)
    return [scan.text(scan.span(first, last)) for first, last in sentences(scan, 0, len(scan))]


BODY = "افتتح الوزير أعمال الملتقى بحضور جمع من المختصين."


def test_a_whole_release(lexicon: Lexicon) -> None:
    text = f"ملتقى للخط العربي في عمان\n\nالتاريخ: 3 مايو 2024\nالمكان : عمان، الأردن\n\nعمان 3 مايو 2024\n\n{BODY}\n\n{BODY}\n\n//انتهى//\n10:23 ت م\n"
    assert zoned(text, lexicon) == [
        ("headline", "ملتقى للخط العربي في عمان"),
        ("header.date", "3 مايو 2024"),
        ("header.place", "عمان، الأردن"),
        ("dateline", "عمان 3 مايو 2024"),
        ("body", BODY),
        ("body", BODY),
        ("tail", "//انتهى//"),
        ("tail", "10:23 ت م"),
    ]


@pytest.mark.parametrize(
    ("line", "kind", "content"),
    [
        ("التاريخ: 3 مايو", "header.date", "3 مايو"),
        ("التاريخ : 3 مايو", "header.date", "3 مايو"),
        ("المكان: جدة", "header.place", "جدة"),
        ("مكان الانعقاد: جدة", "header.place", "جدة"),
        ("تاريخ الانعقاد: 3 مايو", "header.date", "3 مايو"),
        ("الموضوع: لقاء", "header.title", "لقاء"),
    ],
)
def test_labelled_header_lines(line: str, kind: str, content: str, lexicon: Lexicon) -> None:
    assert (kind, content) in zoned(f"عنوان الخبر\n{line}\n{BODY}", lexicon)


def test_a_header_without_content_is_no_zone(lexicon: Lexicon) -> None:
    assert zoned(f"عنوان الخبر\nالمكان:\n{BODY}", lexicon) == [("headline", "عنوان الخبر"), ("body", BODY)]


def test_a_header_word_within_a_sentence_is_body(lexicon: Lexicon) -> None:
    line = "المكان الذي اختير للملتقى يطل على البحر ويتسع لجميع الضيوف."
    assert zoned(f"عنوان الخبر\n{line}", lexicon)[-1] == ("body", line)


@pytest.mark.parametrize("stamp", ["//انتهى//", "// انتهى //", "انتهى", "الصور", "معرض الصور", "10:23 ت م", "**"])
def test_the_tail_begins_after_the_body(stamp: str, lexicon: Lexicon) -> None:
    assert zoned(f"عنوان الخبر\n{BODY}\n{stamp}\nسطر بعده", lexicon)[2:] == [("tail", stamp), ("tail", "سطر بعده")]


def test_a_single_line_is_body(lexicon: Lexicon) -> None:
    assert zoned(BODY, lexicon) == [("body", BODY)]


def test_a_first_line_that_ends_in_a_point_is_no_headline(lexicon: Lexicon) -> None:
    assert [kind for kind, _ in zoned(f"{BODY}\n{BODY}", lexicon)] == ["body", "body"]


@pytest.mark.parametrize("line", ["جدة 26 شوال 1436 هـ", "الدوحة، 15 أكتوبر 2025"])
def test_datelines(line: str, lexicon: Lexicon) -> None:
    assert zoned(f"عنوان الخبر\n{line}\n{BODY}", lexicon)[1] == ("dateline", line)


def test_a_line_with_a_verb_is_no_dateline(lexicon: Lexicon) -> None:
    assert zoned(f"عنوان الخبر\nوقع الطرفان في جدة اتفاقا\n{BODY}", lexicon)[1][0] == "body"


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n", "\u200f"])
def test_an_empty_text_has_no_zones(text: str, lexicon: Lexicon) -> None:
    assert zoned(text, lexicon) == []


def test_zones_are_in_order_and_disjoint(lexicon: Lexicon, real_texts: list[str]) -> None:
    for text in real_texts[:300]:
        scan = Scan(text, lexicon)
        end = 0
        for zone in zones(scan):
            assert end <= zone.first < zone.last <= len(scan)
            assert "\n" not in scan.words[zone.first : zone.last]
            end = zone.last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("حضر الجميع. وغادروا مساء.", ["حضر الجميع.", "وغادروا مساء."]),
        ("قال د. سامي إنه حضر. وغادر.", ["قال د. سامي إنه حضر.", "وغادر."]),
        ("حضر أ.د. سامي اللقاء. وغادر.", ["حضر أ.د. سامي اللقاء.", "وغادر."]),
        ("بلغت النسبة 12.5 في المئة. ثم زادت.", ["بلغت النسبة 12.5 في المئة.", "ثم زادت."]),
        ("قال: «حضرنا جميعا.» ثم غادر.", ["قال: «حضرنا جميعا.»", "ثم غادر."]),
        ('قال: "حضرنا." ثم غادر.', ['قال: "حضرنا."', "ثم غادر."]),
        ("هل حضروا؟ نعم! كلهم", ["هل حضروا؟", "نعم!", "كلهم"]),
        ("حضروا... ثم غادروا.", ["حضروا...", "ثم غادروا."]),
        ("حضر الجميع في عام 2025. وغادروا.", ["حضر الجميع في عام 2025.", "وغادروا."]),
        ("", []),
        (".", ["."]),
    ],
)
def test_sentences(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert split(text, lexicon) == expected


def test_sentences_cover_their_range(lexicon: Lexicon, real_texts: list[str]) -> None:
    for text in real_texts[:300]:
        scan = Scan(text, lexicon)
        ranges = sentences(scan, 0, len(scan))
        assert [first for first, _ in ranges] == [0, *(last for _, last in ranges)][: len(ranges)]
        assert not ranges or ranges[-1][1] == len(scan)
