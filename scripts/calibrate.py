"""Measures what each finder's facts are worth on gold, for ``models/confidence.tsv``.

    python scripts/calibrate.py GOLD_FOLDER…

A folder holds releases (``NAME.txt``) and their gold (``NAME.json``). Facts of kinds that gold does not know (documents, related events) are
left to what their rules state.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from newsextract import load
from newsextract.artefacts import artefact_path
from newsextract.calibration import FILE, Calibration, Measured, dump
from newsextract.evaluation.fields import FIELDS
from newsextract.evaluation.score import align
from newsextract.record.model import Tier

FIELD_OF = {name: name for name in ("dates", "places", "people", "institutions", "programmes", "counts", "money", "percentages", "venue")} | {"events": "event"}
"""The list of drafts → the field of gold that judges it."""
Key = tuple[str, str, float]


TIERS: tuple[Tier, ...] = ("fast", "full")


def judged(folder: Path, tier: Tier) -> tuple[Counter[Key], Counter[Key]]:
    """Of the facts that ``tier`` finds in a folder's releases, how many are right and how many there are, by field, finder and stated confidence."""
    extractor = load(tier=tier)
    extractor._calibration = Calibration()
    right: Counter[Key] = Counter()
    found: Counter[Key] = Counter()
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        record = json.loads(extractor.extract(path.with_suffix(".txt").read_text("utf-8")).model_dump_json())
        for kind, field in FIELD_OF.items():
            pairing = FIELDS[field](gold, record)
            spurious = align(pairing.gold, pairing.found, pairing.same)[2]
            found.update(_key(kind, fact) for fact in pairing.found)
            right.update(_key(kind, fact) for fact in pairing.found if fact not in spurious)
    return right, found


def _key(kind: str, fact: Any) -> Key:
    return kind, fact["found_by"], fact["confidence"]


def calibration(folders: list[str], tier: Tier) -> Calibration:
    """What was measured in a tier on all folders."""
    right: Counter[Key] = Counter()
    found: Counter[Key] = Counter()
    for folder in folders:
        more_right, more_found = judged(Path(folder), tier)
        right += more_right
        found += more_found
    return Calibration([(*key, Measured(right[key], found[key])) for key in found])


def main(folders: list[str]) -> None:
    """Measures and writes the file."""
    names = ", ".join(Path(folder).name for folder in folders)
    note = f"facts right and found on the gold of: {names}; made by scripts/calibrate.py"
    artefact_path(FILE).write_text(dump({tier: calibration(folders, tier) for tier in TIERS}, note), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
