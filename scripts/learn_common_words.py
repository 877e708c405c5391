"""Learns which word types of running text are hardly ever part of a person's name.

    python scripts/learn_common_words.py CORPUS.txt.xz… > src/newsextract/data/statistics/common_words.txt

A type that no lexicon knows is common if it occurs at least six times, follows a given name or a title of address in less than one case in
twenty, and either carries the article or has inflected relatives (with the article, a suffix, a verbal prefix), which foreign names lack.
A tilde stands before a type that occurs fewer than twenty-five times. A plus stands after a first letter that is a proclitic: where the rest
occurs more often than the whole («ل+رعايه», but «وسائل»). Lines that begin with ``<`` (document marks) are left out. The corpora are named in
``SOURCES.md``; only word types leave them.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import newsextract
from newsextract.lexicon.compiled import Lexeme
from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan

LEAST, MOST_SHARE, LEAST_RELATIVE = 6, 0.05, 2
RARE = 25
CHUNK = 20_000
LEADS = BIT["GIVEN_NAME"] | BIT["HONORIFIC"]
SUFFIXES = ("ه", "ها", "هم", "ا", "ين", "ون", "ات", "وا", "ت", "ي", "نا")


def chunks(path: Path) -> Iterator[str]:
    """The text of ``path`` in pieces of whole lines."""
    lines: list[str] = []
    size = 0
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as handle:
        for line in handle:
            if not line.startswith("<"):
                lines.append(line)
                size += len(line)
            if size > CHUNK:
                yield "".join(lines)
                lines, size = [], 0
    yield "".join(lines)


def related(word: str, counts: Counter[str]) -> bool:
    """Whether inflected relatives of ``word`` occur, as they do for a word of the language."""
    forms = ["ال" + word, "لل" + word, *(word + suffix for suffix in SUFFIXES), *(prefix + word[1:] for prefix in "يتنا" if prefix != word[0])]
    return any(counts[form] >= LEAST_RELATIVE for form in forms)


def no_entry(lexeme: Lexeme | None) -> bool:
    """Whether no entry of one word is meant, though a phrase may begin with the word."""
    return lexeme is None or lexeme.weak & ~BIT["DESIGNATOR"] == 0


def proclitic(word: str, counts: Counter[str]) -> bool:
    """Whether the first letter of ``word`` is a conjunction or preposition."""
    if word[0] not in "وفبلك":
        return False
    return counts[word[1:]] > counts[word] * (1 if len(word) > 3 else 3)


def main(paths: list[str]) -> None:
    """Counts and prints, one type a line, sorted."""
    lexicon = newsextract.load()._lexicon
    counts: Counter[str] = Counter()
    led: Counter[str] = Counter()
    for path in paths:
        for text in chunks(Path(path)):
            scan = Scan(text, lexicon)
            counts.update(scan.words)
            led.update(scan.words[i + 1] for i in scan.where(LEADS) if i + 1 < len(scan))
    for word in sorted(counts):
        if (
            counts[word] >= LEAST
            and "\u0621" <= word[0] <= "\u064a"
            and len(word) > 2
            and led[word] < MOST_SHARE * counts[word]
            and no_entry(lexicon[word])
            and (word.startswith("ال") or related(word, counts))
        ):
            print("~" * (counts[word] < RARE) + (word[0] + "+" + word[1:] if proclitic(word, counts) else word))


if __name__ == "__main__":
    main(sys.argv[1:])
