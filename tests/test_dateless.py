"""Ten thousand sentences without a date give none.

They come from the generator of ``corpora/`` and, where the shared material is present, from a news corpus that is only read here. What
has no date is told without the extractor: no digit, and no word of the lists below, with «و», «ف», «ب», «ل», «ك» and the article
before it or not.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from types import ModuleType

import pytest

import newsextract
from conftest import ROOT, SHARED, load_script

WANTED = 10_000
RELEASES = 4_500
SHORTEST, LONGEST = 20, 400

MONTHS = """
يناير فبراير مارس أبريل ابريل إبريل مايو ماي يونيو يونيه يوليو يوليه يوليوز أغسطس اغسطس أغشت غشت سبتمبر شتنبر شتمبر أكتوبر اكتوبر نوفمبر نونبر نوفنبر
ديسمبر دجنبر دجمبر دسمبر جانفي فيفري أفريل افريل جوان جويلية أوت اوت كانون شباط آذار اذار نيسان أيار ايار حزيران تموز آب اب أيلول ايلول تشرين
محرم المحرم صفر ربيع جمادى جمادي رجب شعبان رمضان شوال القعدة الحجة قعدة حجة
"""
WEEKDAYS = """
السبت سبت الأحد الاحد أحد احد الاثنين الإثنين اثنين إثنين الاثنان الثلاثاء ثلاثاء الأربعاء الاربعاء أربعاء اربعاء الخميس خميس الجمعة الجمعه جمعة جمعه
"""
DATE_WORDS = """
يوم يوما يومين يومان أيام اليومين ليلة ليلتي صباح مساء ظهر عصر فجر أسبوع أسبوعين أسبوعا أسابيع شهر شهرا شهرين أشهر شهور سنة سنتين سنوات سنين عام عاما عامين عامي
أعوام عقد عقدين عقود قرن قرنين قرون فصل ربع نصف موسم خريف شتاء صيف عيد عشرينيات ثلاثينيات أربعينيات خمسينيات ستينيات سبعينيات ثمانينيات تسعينيات
عشرينات ثلاثينات أربعينات خمسينات ستينات سبعينات ثمانينات تسعينات المولد ميلاد الأضحى الفطر عاشوراء
أمس البارحة غدا غد الغد الآن الماضي الماضية الماضيين المقبل المقبلة القادم القادمة الجاري الجارية الحالي الحالية الحاضر المنصرم المنصرمة الفارط الفارطة
"""
_PROCLITICS = "[وف]?[بلك]?(?:ال|ل)?"
"""Folded words are looked for: hamza, yeh and teh marbuta are written in many ways."""
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None} | dict.fromkeys(map(chr, range(0x64B, 0x653))))


def folded(words: str) -> str:
    """The alternatives of a regular expression for ``words``, the longest first."""
    return "|".join(sorted(set(words.translate(_FOLD).split()), key=len, reverse=True))


DATED = re.compile(rf"[\d٠-٩۰-۹]|(?<!\w){_PROCLITICS}(?:{folded(MONTHS + WEEKDAYS + DATE_WORDS)})(?!\w)")
SPACE = re.compile(r"\s+")
END = re.compile(r"(?<=[.!؟])\s+|\n+")
TAG = re.compile(r"<[^>]*>")


def dateless(text: str) -> Iterator[str]:
    """The sentences of ``text`` that hold nothing that could be part of a date."""
    for sentence in END.split(text):
        sentence = SPACE.sub(" ", sentence).strip()
        if SHORTEST <= len(sentence) <= LONGEST and not DATED.search(sentence.translate(_FOLD)):
            yield sentence


def generated() -> Iterator[str]:
    generator: ModuleType = load_script(ROOT / "corpora" / "generate.py")
    for _, text in generator.releases(RELEASES, seed=1447):
        yield from dateless(text)


def news(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield from dateless(TAG.sub("", line))


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Ten thousand of the generator and all of the news, each once."""
    path = SHARED / "data" / "raw" / "antcorpus-news.txt.xz"
    made = islice(dict.fromkeys(generated()), WANTED)
    return list(dict.fromkeys(chain(made, news(path) if path.is_file() else ())))


@pytest.mark.parametrize("text", ["وصل أمس", "يوم الجمعة", "بمارس", "والاثنين", "عام ألفين", "رمضان المبارك", "3/4", "للأسبوع", "٣"])
def test_what_may_be_a_date_is_left_out(text: str) -> None:
    assert DATED.search(text.translate(_FOLD))


@pytest.mark.slow
def test_ten_thousand_sentences_without_dates_give_none(sentences: list[str]) -> None:
    assert len(sentences) >= WANTED
    extractor = newsextract.load()
    found = [(m.text, m.found_by, sentence) for sentence in sentences for m in extractor.mentions(sentence) if m.label == "DATE"]
    assert not found
