"""Learns how often letters of Arabic follow one another.

    python scripts/learn_letters.py CORPUS.txt.xz > src/newsextract/data/statistics/letters.bin

For each two letters of a word (its edges count as letters) and each third one the file holds one byte: the negative logarithm of the third's
probability, in eighths of a bit. Only these figures leave the corpus, which is named in ``src/newsextract/data/lexicons/SOURCES.md``.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
from collections import Counter

from newsextract.readers.pdf.letters import ALPHABET, EDGE, SCALE, ranks

_WORD = re.compile("[ء-غف-ي\u064b-\u0652]+")
_MARKS = re.compile("[\u064b-\u0652]")
_SMOOTH = 0.05


def main(path: str) -> None:
    """Counts and writes."""
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as handle:
        for line in handle:
            if not line.startswith("<"):
                counts.update(_MARKS.sub("", word) for word in _WORD.findall(line))
    n = len(ALPHABET)
    triples: Counter[tuple[int, int, int]] = Counter()
    for word, often in counts.items():
        places = ranks(word)
        if places is not None:
            for triple in zip(places, places[1:], places[2:], strict=False):
                triples[triple] += often
    table = bytearray()
    for a in range(n):
        for b in range(n):
            row = [triples[a, b, c] + _SMOOTH for c in range(n)]
            table += bytes(min(255, round(-math.log2(x / sum(row)) * SCALE)) for x in row)
    assert len(table) == n**3
    assert ALPHABET[0] == EDGE
    sys.stdout.buffer.write(table)


if __name__ == "__main__":
    main(sys.argv[1])
