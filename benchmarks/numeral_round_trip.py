"""Numbers as :func:`newsextract.values.numeral.spell` writes them, read back: all from 0 to 1,000,000 and random ones up to 10¹⁸.

Both genders of the counted noun and all three cases; spellings that agree are read once. Prints the counts, and on stderr what is
read wrong; the exit status is 1 if anything is::

    python benchmarks/numeral_round_trip.py [--to 1000000] [--random 100000] [--seed 1447] [--jobs 2]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.mentions.number_runs import number_runs
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import spell
from newsextract.values.spelling import Case, Gender

GENDERS: Final[tuple[Gender, ...]] = ("m", "f")
CASES: Final[tuple[Case, ...]] = ("nominative", "accusative", "genitive")
MOST: Final = 10**18
_CHUNK: Final = 2000
_LINES: Final = 200
"""Spellings that are read as one text, a line each."""
_SHOWN: Final = 50


class Outcome(NamedTuple):
    """What came of one chunk: numbers, their spellings in all genders and cases, the different ones, and those read wrong."""

    numbers: int
    spellings: int
    different: int
    wrong: list[tuple[int, str, str]]


@cache
def _lexicon() -> Lexicon:
    """The whole lexicon, as the extractor has it: names and nouns too could spoil a numeral."""
    return Lexicon(shipped_entries())


def _read(text: str) -> list[object]:
    return [run.value for run in number_runs(Scan(text, _lexicon())).values()]


def _wrong(written: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """The spellings that are not read as the one number they are; line by line only where something is wrong."""
    if _read("\n".join(words for _, words in written)) == [value for value, _ in written]:
        return
    for value, words in written:
        found = _read(words)
        if found != [value]:
            yield value, words, repr(found)


def check(values: Sequence[int]) -> Outcome:
    """Spells and reads ``values``."""
    written = [(value, words) for value in values for words in dict.fromkeys(spell(value, g, c) for g in GENDERS for c in CASES)]
    wrong = [one for at in range(0, len(written), _LINES) for one in _wrong(written[at : at + _LINES])]
    return Outcome(len(values), len(values) * len(GENDERS) * len(CASES), len(written), wrong)


def _values(last: int, drawn: int, seed: int) -> Iterator[Sequence[int]]:
    """Chunks of all values up to ``last``, then of ``drawn`` random ones: as many of each size, that short ones come too."""
    for at in range(0, last + 1, _CHUNK):
        yield range(at, min(at + _CHUNK, last + 1))
    chance = random.Random(seed)
    for at in range(0, drawn, _CHUNK):
        yield [chance.randint(0, MOST) if chance.random() < 0.5 else chance.randint(0, 10 ** chance.randint(6, 18)) for _ in range(min(_CHUNK, drawn - at))]


def main(arguments: list[str] | None = None) -> int:
    """Reads all; the exit status is 1 if one is wrong."""
    parser = argparse.ArgumentParser(description="Spell numbers and read them back.")
    parser.add_argument("--to", type=int, default=1_000_000, help="all numbers from 0 to this one")
    parser.add_argument("--random", type=int, default=100_000, help="so many random ones up to 10^18")
    parser.add_argument("--seed", type=int, default=1447)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(check, _values(options.to, options.random, options.seed)))
    seconds = time.perf_counter() - begun
    wrong = [one for outcome in outcomes for one in outcome.wrong]
    for value, words, found in wrong[:_SHOWN]:
        print(f"{value}\t{words}\t{found}", file=sys.stderr)
    numbers, spellings, different = (sum(column) for column in zip(*((o.numbers, o.spellings, o.different) for o in outcomes), strict=True))
    print(f"{numbers:,} numbers, {spellings:,} spellings, {different:,} of them different and read; {len(wrong):,} wrong; {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
