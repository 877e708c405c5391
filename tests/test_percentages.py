"""What percentages are of: said where the grammar closes the phrase, null where it does not."""

from __future__ import annotations

import pytest

import newsextract
from newsextract import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("يعمل 12 % من الموظفين عن بعد.", "الموظفين"),
        ("تبرع نحو 30 في المئة من سكان البلدة بالدم.", "سكان البلدة"),
        ("تلفت 8% من محاصيل هذه القرى.", "محاصيل هذه القرى"),
        ("يذهب ربع في المئة من عائدات التذاكر إلى الصيانة.", "عائدات التذاكر"),
        ("صوت 64 بالمئة من الطلاب الجدد لصالحه.", "الطلاب الجدد"),
        ("نشرت 15% من المقالات العلمية مجانا.", "المقالات العلمية"),
        ("نسبة النساء 40 % في المجلس الجديد.", "النساء"),
        ("بلغت نسبة الإنجاز 87%.", "الإنجاز"),
        ("وصلت نسبة إشغال الفنادق إلى 90 في المئة.", "إشغال الفنادق"),
        ("نسبة المشاركة في الاستفتاء تجاوزت 55%.", "المشاركة"),
        ("ارتفعت نسبة البطالة إلى 11%.", "البطالة"),
        ("معدل الرسوب بلغ 6%.", "الرسوب"),
        ("حقق المصنع نموا بنسبة 3 % في الصادرات.", "الصادرات"),
        ("سجل الفندق زيادة بنسبة 9% في عدد النزلاء.", "عدد النزلاء"),
        ("أعلن عن ارتفاع أسعار الخبز بنسبة 4%.", "أسعار الخبز"),
        ("ارتفعت مبيعات السيارات بنسبة 5%.", "مبيعات السيارات"),
        ("وتراجع إنتاج الألبان والأجبان بنسبة 7 في المئة.", "إنتاج الألبان والأجبان"),
        ("زادت كلفة المواد غير المستوردة بنسبة 2%.", "كلفة المواد غير المستوردة"),
        ("انخفضت الوفيات خلال الصيف بنسبة 20%.", "الوفيات"),
    ],
)
def test_the_whole_is_said(extractor: Extractor, text: str, of: str) -> None:
    assert [share.of for share in extractor.extract(text).percentages] == [of]


@pytest.mark.parametrize(
    "text",
    [
        "الخصم 25%.",
        "نفذ المشروع بنسبة 80%.",
        "خمسون بالمئة منهم من النساء.",
        "ارتفع بنسبة 2% في يناير.",
        "نمو بنسبة 3% في عام 2024.",
        "نمو بنسبة 3% في الربع الأول.",
        "يعمل 60% من دون عقود.",
        "حصل على 52% من 300 صوت.",
        "استقر المؤشر، ثم صعد 1%.",
        "وافق 70% ممن شملهم الاستطلاع.",
        "خفضت المحطة الفاقد إلى 7%.",
    ],
)
def test_nothing_is_guessed(extractor: Extractor, text: str) -> None:
    assert [share.of for share in extractor.extract(text).percentages] == [None]


def test_one_share_of_two_things_is_two_facts(extractor: Extractor) -> None:
    shares = extractor.extract("غاب 5% من المعلمين و5% من التلاميذ، ثم عاد 5% من المعلمين.").percentages
    assert [(share.value, share.of, len(share.mentions)) for share in shares] == [(5, "المعلمين", 2), (5, "التلاميذ", 1)]


def test_an_escape_of_an_address_is_no_percentage(extractor: Extractor) -> None:
    assert not extractor.extract("انظر example.com/a%20b أو example.com/%20").percentages
