#!/usr/bin/env python3
"""Pins ``tests/floors.json`` to what the extractor reaches now on ``corpora/press``.

    python scripts/pin_floors.py [--lower REASON]

A floor rises by itself. It is lowered only with ``--lower``, and the reason stays in the file. New floors after a change of the
corpus (its sha256 is pinned too) are no lowering of the engine's quality, but need the same word.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any, Final

import newsextract
from newsextract.evaluation import Report, evaluate, read_gold
from newsextract.readers.dispatch import read_document

ROOT: Final = Path(__file__).resolve().parents[1]
CORPUS: Final = ROOT / "corpora" / "press"
FLOORS: Final = ROOT / "tests" / "floors.json"


def corpus_sha256(corpus: Path = CORPUS) -> str:
    """The hash of all texts and gold of the corpus, names included, in the order of names."""
    digest = hashlib.sha256()
    for path in sorted([*corpus.glob("*.txt"), *corpus.glob("*.json")], key=lambda p: p.name):
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def score(corpus: Path = CORPUS) -> Report:
    """The extractor's scores on the corpus."""
    extractor = newsextract.load()
    sources = (read_document(path) for path in sorted(corpus.glob("*.txt")))
    return evaluate(read_gold(corpus), (record.model_dump(mode="json") for record in extractor.pipe(sources)))


def _floor(value: float) -> float:
    return math.floor(value * 1000) / 1000


def measured(report: Report) -> dict[str, float]:
    """The floors that ``report`` reaches: macro F1 and every field's, rounded down to three decimals."""
    return {"macro_f1": _floor(report.macro_f1), **{name: _floor(s.f1) for name, s in report.fields.items()}}


def sunk(old: dict[str, float], new: dict[str, float]) -> list[str]:
    """What would be lowered."""
    return [f"{name}: {floor} → {new.get(name)}" for name, floor in old.items() if new.get(name, -1.0) < floor]


def main(arguments: list[str] | None = None) -> int:
    """Writes the floors; 1 if that would lower one without a reason."""
    parser = argparse.ArgumentParser(description="Pin tests/floors.json to the present figures.")
    parser.add_argument("--lower", metavar="REASON", help="allow floors to sink, and say why")
    options = parser.parse_args(arguments)
    old: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    new = measured(score())
    lowered = sunk(old.get("floors", {}), new)
    if lowered and not options.lower:
        print("not pinned; these would sink (say why with --lower):", *lowered, sep="\n  ", file=sys.stderr)
        return 1
    reasons = [*old.get("lowered", []), *([{"reason": options.lower, "floors": lowered}] if lowered else [])]
    pinned = {"corpus": "corpora/press", "sha256": corpus_sha256(), "floors": new, "lowered": reasons}
    FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"pinned: macro F1 {new['macro_f1']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
