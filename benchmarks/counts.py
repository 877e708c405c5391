#!/usr/bin/env python3
"""What is done for the project's own corpus, counted: the same on any machine, and gated exactly.

    python benchmarks/counts.py          compares with ``counts.json``; exit code 1 where a count differs
    python benchmarks/counts.py --pin    writes ``counts.json`` anew

Time varies, counts do not: chunk types that were analysed, tokens, hits (tokens with a label), phrases, attempts of rules, mentions, facts.
Allocations (``tracemalloc``: blocks that live when the last text has been read, and the peak while one was) are kept by Python version and
only for the uncompiled package, whose objects do not depend on a compiler; they may differ by a hundredth.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tracemalloc
from pathlib import Path
from typing import Final

from texts import corpora

import newsextract
from newsextract.lexicon.chunk import WATCHED
from newsextract.measuring import Corpus
from newsextract.mentions import reading
from newsextract.source import Source

PINNED: Final = Path(__file__).with_name("counts.json")
_TOLERANCE: Final = 0.01


def counts(corpus: Corpus) -> dict[str, int]:
    """The counts of one reading of ``corpus`` by a fresh extractor."""
    extractor = newsextract.load(tier="fast")
    out = dict.fromkeys(("characters", "tokens", "hits", "phrases", "rule_attempts", "rule_matches", "mentions", "facts"), 0)
    index = extractor._rules._index
    for text in corpus.texts:
        (read,) = extractor._read([text], [None])
        scan = read.scan
        out["characters"] += len(text)
        out["tokens"] += len(scan)
        out["hits"] += sum(1 for token in scan.tokens if token.flags & ~WATCHED)
        out["phrases"] += len(scan.phrases)
        out["rule_attempts"] += sum(len(index.get(word, ())) for word in scan.words)
        out["rule_matches"] += len(extractor._rules.matches(read))
        out["mentions"] += len(read.mentions())
        out["facts"] += sum(len(drafts) for drafts in extractor._findings([Source(text)])[0].drafts.values())
    out["chunk_types"] = len(extractor._lexicon.chunks.known)
    out["word_types"] = len(extractor._lexicon)
    return out


def allocations(corpus: Corpus) -> dict[str, int]:
    """Blocks kept and bytes at the peak, of a second reading of the corpus."""
    extractor = newsextract.load(tier="fast")
    for _ in extractor.json_lines(corpus.texts):
        pass
    gc.collect()
    tracemalloc.start()
    for _ in extractor.json_lines(corpus.texts):
        pass
    gc.collect()
    blocks = len(tracemalloc.take_snapshot().traces)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"blocks_kept": blocks, "peak_bytes": peak}


def measured() -> dict[str, dict[str, int]]:
    """All that is counted here."""
    corpus = corpora()["press"]
    found = {"operations": counts(corpus)}
    if str(reading.__file__).endswith(".py"):
        found[f"allocations, Python {sys.version_info.major}.{sys.version_info.minor}"] = allocations(corpus)
    return found


def differences(pinned: dict[str, dict[str, int]], found: dict[str, dict[str, int]]) -> list[str]:
    """What differs, in words; what is pinned for another Python is passed over."""
    out: list[str] = []
    for group, values in found.items():
        room = _TOLERANCE if group.startswith("allocations") else 0.0
        for name, value in values.items():
            before = pinned.get(group, {}).get(name)
            if before is not None and abs(value - before) > room * before + 50 * bool(room):
                out.append(f"{group}: {name} is {value:,}, pinned {before:,}")
    return out


def main() -> int:
    """Compares or pins."""
    parser = argparse.ArgumentParser(description="Deterministic counts of the work done.")
    parser.add_argument("--pin", action="store_true", help="write counts.json anew")
    found = measured()
    pinned = json.loads(PINNED.read_text("utf-8")) if PINNED.exists() else {}
    if parser.parse_args().pin:
        PINNED.write_text(json.dumps({**pinned, **found}, indent=2) + "\n", "utf-8")
        return 0
    wrong = differences(pinned, found)
    print("\n".join(wrong) if wrong else "the counts are those that are pinned")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
