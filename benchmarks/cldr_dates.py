"""Every day from 1925 to 2075 as CLDR writes it in 22 Arabic locales and in the Hijri calendar, read back.

Locales that write a day alike are read once. Prints what is read wrong and how long one date takes::

    PYTHONPATH=tests python benchmarks/cldr_dates.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cldr_dates import FORMS, LOCALES, every_day, gregorian, hijri
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.mentions.dates import read_dates
from newsextract.mentions.number_runs import number_runs
from newsextract.scan.scanner import Scan
from newsextract.values.date import DateValue


def main() -> int:
    """Reads all; the exit status is 1 if one is wrong."""
    lexicon = Lexicon(shipped_entries())
    cases = wrong = 0
    seconds = 0.0
    for day in every_day():
        texts = {gregorian(day, locale, form) for locale in LOCALES for form in FORMS} | {hijri(day, form) for form in FORMS}
        begun = time.perf_counter()
        for text in texts:
            scan = Scan(text, lexicon)
            found = [m.value for m in read_dates(scan, number_runs(scan))]
            cases += 1
            if len(found) != 1 or not isinstance(found[0], DateValue) or not found[0].start == found[0].end == day:
                wrong += 1
                print(f"{day}\t{text}", file=sys.stderr)
        seconds += time.perf_counter() - begun
    print(f"{cases} texts, {wrong} wrong, {1e6 * seconds / cases:.0f} µs each")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
