#!/usr/bin/env python3
"""Bulk corpora of any size: plausible Arabic press releases, made of our own templates and the facts of our lexicons.

    python corpora/generate.py OUT --count N [--seed S] [--start K] [--single-jsonl]

OUT becomes a folder of ``NNNNN/release-NNNNNNNN.txt``, a thousand a folder, or one JSON Lines file (``id``, ``text``). Release K of
seed S is the same whatever else is generated (and as long as the lexicons are), so parts of a corpus can be made apart.
The texts are for benchmarks and for crash tests; they say nothing true and have no gold. Licence: CC0 1.0, as ``press/``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from hijridate import Gregorian

from newsextract.lexicon.load import shipped_entries
from newsextract.lexicon.schema import Entry

PER_FOLDER: Final = 1000
_FIRST_DAY: Final = date(2008, 1, 1)
_DAYS: Final = 18 * 365
_ARABIC_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATORS: Final = {".": "٫", ",": "٬"}
_WEEKDAYS: Final = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_MASCULINE: Final = ("", "", "", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_FEMININE: Final = ("", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
_SESSIONS: Final = (
    "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة", "الحادية عشرة", "الثانية عشرة",
    "العشرين", "الحادية والعشرين",
)  # fmt: skip
_FEW: Final = 10
"""Up to here numbers take the plural."""
_BODIES: Final = frozenset({
    "وزارة", "جامعة", "مركز", "بنك", "البنك", "صندوق", "الصندوق", "مجلس", "معهد", "اتحاد", "منظمة", "هيئة", "مؤسسة", "جمعية", "رابطة", "الجامعة", "المركز",
    "المعهد", "الهيئة", "المؤسسة",
})  # fmt: skip
"""First words of institutions whose gender their last letter tells."""
_EVENTS: Final = (
    ("مؤتمر", "مؤتمرا"), ("منتدى", "منتدى"), ("ملتقى", "ملتقى"), ("معرض", "معرضا"), ("ورشة عمل", "ورشة عمل"), ("ندوة", "ندوة"),
    ("دورة تدريبية", "دورة تدريبية"), ("حملة", "حملة"),
)  # fmt: skip
"""Kinds of events in the genitive, and as objects."""
_PEOPLE: Final = frozenset({
    "مشارك", "مشاركة", "خبير", "طالب", "طالبة", "متطوع", "متطوعة", "مستفيد", "باحث", "باحثة", "متدرب", "متدربة", "طبيب", "معلم", "معلمة", "مهندس", "مزارع",
    "عارض", "زائر", "موظف", "مدرب",
})  # fmt: skip
_THINGS: Final = frozenset({
    "تقرير", "كتاب", "بحث", "دراسة", "ورشة", "ندوة", "دورة", "محاضرة", "نشاط", "جلسة", "مشروع", "مبادرة", "اتفاقية", "معرض", "حملة", "برنامج", "لقاء", "رحلة",
})  # fmt: skip
"""What is counted; the forms come from the lexicon."""
_SUBJECTS: Final = (
    "الأمن الغذائي", "التعليم الرقمي", "الطاقة المتجددة", "الصحة المدرسية", "السياحة الثقافية", "إدارة المياه", "سلامة الغذاء", "الإحصاءات الرسمية",
    "ريادة الأعمال", "النقل البحري", "التراث المعماري", "الصيد المستدام", "الذكاء الاصطناعي", "تمكين الشباب", "الوقاية من الحرائق", "صناعة النسيج",
)  # fmt: skip
_THEMES: Final = (
    "معا نبني الغد", "شراكة تصنع الأثر", "من الفكرة إلى السوق", "بيئة أنقى لأبنائنا", "خطوات صغيرة ونتائج كبيرة", "مدن تتعلم", "جسور بين الأجيال",
)  # fmt: skip
_PLACES: Final = ("مركز المؤتمرات", "قاعة الأندلس", "مقر الغرفة التجارية", "فندق الواحة", "المكتبة العامة", "القاعة الكبرى بالجامعة")
_ROLES: Final = (
    ("وزير الزراعة", "وزيرة الزراعة"), ("المدير العام", "المديرة العامة"), ("رئيس اللجنة المنظمة", "رئيسة اللجنة المنظمة"),
    ("مدير إدارة البرامج", "مديرة إدارة البرامج"), ("عميد الكلية", "عميدة الكلية"), ("الأمين العام", "الأمينة العامة"), ("الناطق الرسمي", "الناطقة الرسمية"),
)  # fmt: skip
_HONORIFICS: Final = (
    ("معالي الدكتور", "معالي الدكتورة"), ("سعادة السيد", "سعادة السيدة"), ("الدكتور", "الدكتورة"), ("المهندس", "المهندسة"), ("الأستاذ", "الأستاذة"),
    ("السيد", "السيدة"),
)  # fmt: skip
_MONEY: Final = (
    "دولار", "دولار أمريكي", "يورو", "ريال سعودي", "درهم إماراتي", "دينار كويتي", "جنيه مصري", "دينار تونسي", "دينار أردني",
)  # fmt: skip
_MORE: Final = ("أكثر من ", "نحو ", "ما يزيد على ", "ما لا يقل عن ", "قرابة ", "حوالي ", "", "", "", "")
_CALM: Final = (
    "ويأتي هذا النشاط ضمن خطة سنوية تهدف إلى رفع مستوى الخدمات وتبادل التجارب بين المختصين.",
    "وأكد المتحدثون أهمية الاستمرار في هذا النهج وتوسيع نطاقه ليشمل مناطق أخرى.",
    "ورحب الحاضرون بالنتائج الأولية، ودعوا إلى نشرها على نطاق واسع.",
    "وتخللت البرنامج عروض مرئية ونقاشات مفتوحة مع الجمهور.",
    "ومن المنتظر أن تنشر التوصيات كاملة على الموقع الإلكتروني في وقت لاحق.",
)


class Person(NamedTuple):
    """A made-up person: full name, the family part, and 0 for a man, 1 for a woman."""

    name: str
    family: str
    woman: int


@dataclass(frozen=True)
class World:
    """The facts that releases are made of, drawn from the lexicons."""

    bodies: tuple[str, ...]
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    given: tuple[tuple[str, ...], tuple[str, ...]]
    families: tuple[str, ...]
    people: tuple[Entry, ...]
    things: tuple[Entry, ...]
    months: dict[str, dict[int, str]]


def world() -> World:
    """The facts of the package's own lexicons."""
    entries = shipped_entries()

    def surfaces(keep: Callable[[Entry], bool]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.surface for e in entries if keep(e)))

    def given(gender: str) -> tuple[str, ...]:
        return surfaces(lambda e: e.label == "GIVEN_NAME" and e.gender == gender and not e.category and e.kind == "arab")

    def nouns(words: frozenset[str]) -> tuple[Entry, ...]:
        return tuple({e.surface: e for e in entries if e.label == "NOUN" and e.plural and e.gender and e.surface in words}.values())

    months: dict[str, dict[int, str]] = {}
    for entry in entries:
        if entry.label == "MONTH":
            series = "hijri" if entry.kind == "hijri" else entry.id.partition("-")[2]
            months.setdefault(series, {}).setdefault(int(entry.value), entry.surface)
    return World(
        bodies=surfaces(lambda e: e.label == "INSTITUTION" and e.surface.split()[0] in _BODIES and len(e.surface.split()) > 1),
        cities=surfaces(lambda e: e.label == "PLACE" and e.kind == "city" and not e.category),
        countries=surfaces(lambda e: e.label == "PLACE" and e.kind == "country"),
        given=(given("m"), given("f")),
        families=surfaces(lambda e: e.label == "FAMILY_NAME" and e.kind == "arab" and not e.category and e.surface.startswith("ال")),
        people=nouns(_PEOPLE),
        things=nouns(_THINGS),
        months={**{name: {**months["std"], **months[name]} for name in ("std", "levant", "maghreb", "maghreb-2")}, "hijri": months["hijri"]},
    )


def _with(preposition: str, name: str) -> str:
    """``name`` after ب, ل or ك: ل and the article are written للـ."""
    return "لل" + name[2:] if preposition == "ل" and name.startswith("ال") else preposition + name


def _form(noun: Entry, value: int) -> str:
    """The noun after a number: the plural after 3–10, the accusative after 11–99, else the singular (also after 103, 111, …)."""
    rest = value % 100
    if 3 <= rest <= _FEW:
        return noun.plural.split(" | ")[-1]
    return noun.aliases.partition(" | ")[0] or noun.surface if rest > _FEW else noun.surface


class Writer:
    """Writes one release. What a newsroom decides once (months, digits, layout) is decided when it is made."""

    def __init__(self, facts: World, chance: random.Random) -> None:
        self.facts = facts
        self.chance = chance
        self.series = chance.choice(("std", "std", "levant", "maghreb", "maghreb-2"))
        self.hijri_too = self.series == "std" and chance.random() < 0.4
        self.eastern = chance.random() < 0.2
        self.day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
        self.body = chance.choice(facts.bodies)
        self.city = chance.choice(facts.cities)
        self.people: list[Person] = []

    def text(self) -> str:
        """The release."""
        event, objective = self.chance.choice(_EVENTS)
        subject = self.chance.choice(_SUBJECTS)
        lines = [self._headline(event, objective, subject), "", *self._opening(objective, subject)]
        sentences = self.chance.sample(self._SENTENCES, self.chance.randint(5, len(self._SENTENCES)))
        while sentences:
            size = self.chance.randint(1, 3)
            lines += ["", " ".join(sentence(self) for sentence in sentences[:size])]
            del sentences[:size]
        lines += ["", self.chance.choice(("-انتهى-", "//انتهى//", f"{self.chance.randint(1, 12)}:{self.chance.randint(10, 59)} ت م", "***"))]
        return self.digits("\n".join(lines) + "\n")

    # -- parts of a sentence

    def digits(self, text: str) -> str:
        """``text`` with the newsroom's digits."""
        if not self.eastern:
            return text
        return re.sub(r"(?<=\d)[.,](?=\d)", lambda sign: _SEPARATORS[sign[0]], text).translate(_ARABIC_DIGITS)

    def number(self, value: int) -> str:
        """Digits, from ten thousand on with separators."""
        return f"{value:,}" if value >= 10_000 or (value >= 1000 and self.chance.random() < 0.5) else str(value)

    def counted(self, nouns: Sequence[Entry], low: int = 3, high: int = 4000) -> str:
        """A number with one of ``nouns`` in the form that it asks for."""
        noun = self.chance.choice(nouns)
        few = low <= _FEW and self.chance.random() < 0.4
        value = self.chance.randint(low, _FEW) if few else self.chance.randint(max(low, _FEW + 1), high)
        if few and self.chance.random() < 0.6:
            return f"{(_FEMININE if noun.gender == 'f' else _MASCULINE)[value]} {_form(noun, value)}"
        return f"{'' if few else self.chance.choice(_MORE)}{self.number(value)} {_form(noun, value)}"

    def when(self, day: date) -> str:
        """The day in the newsroom's months."""
        plain = f"{day.day} {self.facts.months[self.series][day.month]} {day.year}"
        if self.hijri_too and self.chance.random() < 0.6:
            hijri = Gregorian(day.year, day.month, day.day).to_hijri()
            return f"{hijri.day} {self.facts.months['hijri'][hijri.month]} {hijri.year}هـ الموافق {plain}م"
        return plain

    def span(self) -> str:
        """Two or more days near the day of the release."""
        first = self.day + timedelta(days=self.chance.randint(-20, 20))
        last = first + timedelta(days=self.chance.randint(1, 5))
        if first.month == last.month:
            return f"{first.day}{self.chance.choice((' - ', '-', ' إلى '))}{last.day} {self.facts.months[self.series][first.month]} {first.year}"
        return f"{first.day} {self.facts.months[self.series][first.month]} إلى {self.when(last)}"

    def person(self) -> Person:
        """A new person, remembered for later sentences."""
        woman = int(self.chance.random() < 0.4)
        family = self.chance.choice(self.facts.families)
        made = Person(f"{self.chance.choice(self.facts.given[woman])} {self.chance.choice(self.facts.given[0])} {family}", family, woman)
        self.people.append(made)
        return made

    def titled(self) -> tuple[str, Person]:
        """A new person with an honorific."""
        made = self.person()
        return f"{self.chance.choice(_HONORIFICS)[made.woman]} {made.name}", made

    def bodies(self, least: int = 2) -> str:
        """A list of institutions."""
        names = self.chance.sample(self.facts.bodies, self.chance.randint(least, 5))
        return "، و".join([names[0], *names[1:]])

    def verb(self, masculine: str, feminine: str, body: str) -> str:
        """The verb that agrees with ``body``."""
        return feminine if body.split(maxsplit=1)[0].endswith("ة") else masculine

    # -- the frame

    def _headline(self, event: str, objective: str, subject: str) -> str:
        return self.chance.choice(
            (
                f"{self.body} {self.verb('ينظم', 'تنظم', self.body)} {objective} حول {subject} في {self.city}",
                f"{self.body} {self.verb('يختتم', 'تختتم', self.body)} {event} {subject}",
                f"بمشاركة {self.counted(self.facts.people, 11)}.. انطلاق {event} {subject} في {self.city}",
            )
        )

    def _opening(self, objective: str, subject: str) -> Iterator[str]:
        layout = self.chance.randrange(3)
        if layout == 0:
            yield from (f"التاريخ: {self.when(self.day)}", f"المكان: {self.city}", "")
        whose = "دورتها" if objective.split(maxsplit=1)[0].endswith("ة") else "دورته"
        session = f" في {whose} {self.chance.choice(_SESSIONS)}" if self.chance.random() < 0.5 else ""
        theme = f" تحت شعار «{self.chance.choice(_THEMES)}»" if self.chance.random() < 0.5 else ""
        start = f"{self.city}، {self.when(self.day)} - " if layout == 1 else ""
        yield (
            f"{start}{self.verb('نظم', 'نظمت', self.body)} {self.body} {objective} حول {subject}{session}{theme}، وذلك خلال الفترة من {self.span()} "
            f"في {self.chance.choice(_PLACES)} بمدينة {self.city}، بمشاركة {self.counted(self.facts.people, 11)} من {self.chance.randint(3, 10)} دول."
        )

    # -- sentences

    def _said(self) -> str:
        who, person = self.titled()
        role = self.chance.choice(_ROLES)[person.woman]
        said = "وقالت" if person.woman else "وقال"
        reached = f"{self.chance.choice(('استفاد منه', 'شمل'))} {self.counted(self.facts.people)}"
        return f"{said} {role} {who} إن البرنامج {reached} منذ {self.when(self._earlier())}."

    def _again(self) -> str:
        if not self.people:
            return self._said()
        person = self.chance.choice(self.people)
        planned = f"{self.counted(self.facts.things, high=90)} في {self.chance.choice(self.facts.countries)}"
        return f"{'وأضافت' if person.woman else 'وأضاف'} {person.family} أن العمل جار على إعداد {planned}."

    def _percent(self) -> str:
        whole, tenths = self.chance.randint(2, 98), self.chance.randint(0, 9)
        share = f"{whole}.{tenths}" if tenths else str(whole)
        sign = self.chance.choice(("%", " في المئة", " بالمئة", "٪"))
        return f"وارتفعت نسبة الإنجاز إلى {share}{sign} بنهاية {self.facts.months[self.series][self.chance.randint(1, 12)]} {self._earlier().year}."

    def _money(self) -> str:
        figure = self.chance.choice((str(self.chance.randint(11, 950)), f"{self.chance.randint(1, 9)}.{self.chance.randint(1, 9)}"))
        amount = f"{self.chance.choice(_MORE)}{figure} {self.chance.choice(('مليون', 'مليار', 'ألف'))} {self.chance.choice(_MONEY)}"
        return f"وتبلغ كلفة المرحلة الأولى {amount} بتمويل من {self.chance.choice(self.facts.bodies)}."

    def _partners(self) -> str:
        countries = " و".join(self.chance.sample(self.facts.countries, 2))
        return f"وشارك في التنظيم كل من {self.bodies()}، إلى جانب خبراء من {countries}."

    def _delegation(self) -> str:
        (head, leader), (member, _) = self.titled(), self.titled()
        return f"{'وترأست' if leader.woman else 'وترأس'} وفد {self.chance.choice(self.facts.bodies)} {head}، وضم الوفد {member}."

    def _signing(self) -> str:
        other = self.chance.choice(self.facts.bodies)
        return f"ووقع الجانبان مذكرة تفاهم {_with('ل', self.chance.choice(_SUBJECTS))} مع {other}، تسري لمدة {self.chance.randint(3, 10)} سنوات."

    def _range(self) -> str:
        low = self.chance.randint(12, 90)
        high = low + self.chance.randint(5, 60)
        watched = f"{self.counted(self.facts.people, 11)} يوم {_WEEKDAYS[self._earlier().weekday()]}"
        return f"وتراوح عدد الحضور بين {low} و{high} يوميا، فيما تابع البث {watched}."

    def _calm(self) -> str:
        return self.chance.choice(_CALM)

    def _earlier(self) -> date:
        return self.day - timedelta(days=self.chance.randint(1, 900))

    _SENTENCES: Sequence[Callable[[Writer], str]] = (_said, _said, _again, _again, _percent, _money, _partners, _delegation, _signing, _range, _calm, _calm)


def release(facts: World, seed: int, number: int) -> str:
    """Release ``number`` of ``seed``."""
    return Writer(facts, random.Random(f"{seed}:{number}")).text()


def releases(count: int, seed: int, start: int = 0) -> Iterator[tuple[str, str]]:
    """``(name, text)`` of ``count`` releases from ``start`` on."""
    facts = world()
    for number in range(start, start + count):
        yield f"release-{number:08}", release(facts, seed, number)


def write_folder(out: Path, made: Iterator[tuple[str, str]]) -> None:
    """One text file a release, a thousand a folder."""
    for name, text in made:
        folder = out / f"{int(name.rpartition('-')[2]) // PER_FOLDER:05}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, "utf-8", newline="\n")


def write_lines(out: Path, made: Iterator[tuple[str, str]]) -> None:
    """One JSON line a release."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as handle:
        for name, text in made:
            handle.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Writes the corpus."""
    parser = argparse.ArgumentParser(description="Generate Arabic press releases for benchmarks.")
    parser.add_argument("out", type=Path, help="a folder, or a file with --single-jsonl")
    parser.add_argument("--count", type=int, required=True, help="how many releases")
    parser.add_argument("--seed", type=int, default=1447)
    parser.add_argument("--start", type=int, default=0, help="number of the first release (default 0)")
    parser.add_argument("--single-jsonl", action="store_true", help="one JSON Lines file instead of a folder")
    options = parser.parse_args(arguments)
    write = write_lines if options.single_jsonl else write_folder
    write(options.out, releases(options.count, options.seed, options.start))
    return 0


if __name__ == "__main__":
    sys.exit(main())
