"""Reading order from the order in which a line is seen."""

from __future__ import annotations

import pytest

from newsextract.readers.bidi import balance, base_direction, logical

# What a page shows from left to right, and what was typed. Arabic is written here as it is typed; ``seen`` turns it round.
LINES = [
    "أعلنت الوزارة النتائج",
    "ارتفع العدد إلى 1,250,430 منشأة",
    "بنسبة 12.5% مقارنة بالعام الماضي",
    "بزيادة ٧٫٨٪ عن العام الماضي",
    "في 15/10/2025 وفي ٢٣/١١/٢٠٢٤ أيضا",
    "الفترة 2023-2025 والفترة ١٤٤٥–١٤٤٦",
    "هاتف +974-4455-6677 أو البريد info25@stats.example",
    "هاتف +966 11 555 0100 للاستفسار",
    "الرقم 00966115550100 مجاني",
    "برنامج Vision 2030 يشمل 16 قطاعا و9 مناطق",
    "شركة (ACME 42) نفذت 350 زيارة",
    "شركة ACME (42) نفذت الأعمال",
    "بين الساعة 10:30 والساعة 14:45",
    "زيارة www.example.org/2025 اليوم",
    "«المنارة» و(الميناء) و[الطريق]",
    "طوله 15 km تقريبا",
    "نمو (+4.2%) هذا العام",
    "الصف 7/ب في المدرسة",
    "1. البند الأول",
    "1- البند الأول",
    "عام 2024",
    "زادت 21% في 11 بلدا",
]


def seen(text: str) -> list[str]:
    """How a program shows a right-to-left paragraph (UAX #9): runs of one level turned, brackets mirrored.

    A small forward algorithm for the sentences above, written apart from the one under test: levels by the rules W2, W4, W7, N0-N2, I1 and L2.
    """
    import unicodedata

    kinds = [unicodedata.bidirectional(c) for c in text]
    kinds = ["R" if k == "AL" else k for k in kinds]
    strong = "R"
    for i, kind in enumerate(kinds):
        if kind in "RL" and kind:
            strong = kind if kind == "L" else "AL"
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
    for i in range(1, len(kinds) - 1):
        around = (kinds[i - 1], kinds[i + 1])
        if (kinds[i] == "CS" and around in (("EN", "EN"), ("AN", "AN"))) or (kinds[i] == "ES" and around == ("EN", "EN")):
            kinds[i] = around[0]
    strong = "R"
    for i, kind in enumerate(kinds):
        if kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    plain = ["R" if k in ("R", "AN", "EN") else k if k == "L" else "" for k in kinds]
    _pair_brackets(text, plain)
    levels = []
    for i, kind in enumerate(kinds):
        if kind in ("AN", "EN"):
            levels.append(2)
            continue
        before = next((p for p in reversed(plain[:i]) if p), "R")
        after = next((p for p in plain[i + 1 :] if p), "R")
        resolved = plain[i] or (before if before == after else "R")
        levels.append(2 if resolved == "L" else 1)
    mirror = str.maketrans("()[]«»", ")(][»«")
    signs = [c.translate(mirror) if level == 1 else c for c, level in zip(text, levels, strict=True)]
    out: list[str] = []
    at = len(signs)
    while at:
        start = at - 1
        while levels[start] == 2 and start and levels[start - 1] == 2:
            start -= 1
        out += signs[start:at]
        at = start
    return out


def _pair_brackets(text: str, plain: list[str]) -> None:
    """Rule N0: a pair takes the direction of what it holds if that is the paragraph's, else of what stands before it."""
    waiting: list[int] = []
    for i, c in enumerate(text):
        if c in "([":
            waiting.append(i)
        elif c in ")]" and waiting:
            start = waiting.pop()
            inside = plain[start + 1 : i]
            before = next((p for p in reversed(plain[:start]) if p), "R")
            if "R" in inside or ("L" in inside and before == "R"):
                plain[start] = plain[i] = "R"
            elif "L" in inside:
                plain[start] = plain[i] = "L"


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_it_was_typed(line: str) -> None:
    assert logical(seen(line), base="R").text == line


def test_numbers_and_latin_words_are_never_turned() -> None:
    assert logical(list("ACME 2030 ةكرش"), base="R").text == "شركة ACME 2030"
    assert logical(list("2030 ماع"), base="R").text == "عام 2030"


@pytest.mark.parametrize(
    ("visual", "expected"),
    [
        ("+974 4455 6677 فتاه", "هاتف +974 4455 6677"),
        ("011 234 5678 فتاه", "هاتف 011 234 5678"),
        ("1 500 000 غلبم", "مبلغ 1 500 000"),
        ("12.5% ةبسن", "نسبة 12.5%"),
    ],
)
def test_text_that_its_author_set_from_left_to_right(visual: str, expected: str) -> None:
    assert logical(list(visual), base="R").text == expected


def test_a_range_of_years_never_falls() -> None:
    rising = logical(list("2025-2023 ةرتفلا"), base="R")
    assert (rising.text, rising.turned) == ("الفترة 2023-2025", False)
    fallen = logical(list("2023-2025 ةرتفلا"), base="R")
    assert (fallen.text, fallen.turned) == ("الفترة 2023-2025", True)


def test_a_latin_paragraph_turns_only_its_arabic_words() -> None:
    assert logical(list("Hello دمحم World."), base="L").text == "Hello محمد World."


def test_brackets_that_stand_as_they_look_are_told_from_those_that_stand_as_typed() -> None:
    looks = seen("وزير (الأشغال) اليوم")
    typed = [{"(": ")", ")": "("}.get(c, c) for c in looks]
    assert balance(looks) > 0 > balance(typed)
    assert logical(looks, base="R", mirrored=True).text == logical(typed, base="R", mirrored=False).text == "وزير (الأشغال) اليوم"


def test_the_direction_of_a_paragraph() -> None:
    assert base_direction(list("شركة ACME International"), default="L") == "L"
    assert base_direction(list("أعلنت شركة ACME"), default="L") == "R"
    assert base_direction(list("2024"), default="R") == "R"
