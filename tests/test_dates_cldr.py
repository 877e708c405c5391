"""What CLDR writes is read back: a seeded sample of all days from 1925 to 2075 in 22 Arabic locales and the Hijri calendar."""

from __future__ import annotations

import random
from datetime import date

import pytest

from cldr_dates import FIRST, FORMS, LAST, LOCALES, gregorian, hijri
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.mentions.dates import read_dates
from newsextract.mentions.number_runs import number_runs
from newsextract.scan.scanner import Scan
from newsextract.values.date import DateValue

SAMPLE = 20_000


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


def wrong(written: list[tuple[date, str]], lexicon: Lexicon) -> list[tuple[date, str]]:
    """The dates that are not read back as the one day they are."""
    out = []
    for day, text in written:
        scan = Scan(text, lexicon)
        found = [m.value for m in read_dates(scan, number_runs(scan))]
        value = found[0] if len(found) == 1 else None
        if not (isinstance(value, DateValue) and value.start == value.end == day and value.precision == "day" and "weekday_contradicts" not in value.notes):
            out.append((day, text))
    return out


def days(seed: int, size: int) -> list[date]:
    rng = random.Random(seed)
    return [date.fromordinal(rng.randint(FIRST.toordinal(), LAST.toordinal())) for _ in range(size)]


def test_gregorian(lexicon: Lexicon) -> None:
    rng = random.Random(20251015)
    written = [(d, gregorian(d, rng.choice(LOCALES), rng.choice(FORMS), arabic_indic=rng.random() < 0.3)) for d in days(1, SAMPLE * 3 // 4)]
    assert wrong(written, lexicon) == []


def test_hijri(lexicon: Lexicon) -> None:
    rng = random.Random(14470423)
    written = [(d, hijri(d, rng.choice(FORMS), arabic_indic=rng.random() < 0.3)) for d in days(2, SAMPLE // 4)]
    assert wrong(written, lexicon) == []
