#!/usr/bin/env python3
"""How fast each stage is beside its peers: interleaved medians, a table, JSON, and a gate on ratios.

    python benchmarks/ratios.py [--rounds N] [--quick] [--json FILE]

Exit code 1 if a gate fails. Seconds are CPU seconds of this process, so that neighbours on the machine disturb little; only
ratios of the same run are compared.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from texts import RESULTS, corpora, sha256

from newsextract.measuring import speeds, table

GATES: Final = (("extract", "spacy", "seed", 0.5), ("extract", "camel-tools", "dev", 0.6))
"""``(step, peer, corpus, the most that the step may take of the peer's time)``; the corpora lie beside the clone, without them nothing is gated."""
Speeds = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Gate:
    """A limit on a ratio of times, and what was measured."""

    step: str
    peer: str
    corpus: str
    limit: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.limit


def measure(rounds: int, *, slow: bool = True) -> dict[str, dict[str, float]]:
    """The Mchar/s of every stage, peer and limit, by corpus."""
    return {corpus.name: speeds(corpus, rounds, slow=slow) for corpus in corpora().values()}


def gates(measured: Speeds) -> list[Gate]:
    """The gates whose corpora and peers are here."""
    here = [(*gate, measured.get(gate[2], {})) for gate in GATES]
    return [Gate(step, peer, name, limit, by[peer] / by[step]) for step, peer, name, limit, by in here if peer in by and step in by]


def report(measured: Speeds) -> str:
    """The measurement as text."""
    told = [f"{'ok  ' if g.holds else 'FAIL'} {g.step} takes {g.ratio:.3f} of the time of {g.peer} on {g.corpus} (at most {g.limit})" for g in gates(measured)]
    return "\n".join([table(measured), "", *told])


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def write(path: Path, measured: Speeds) -> None:
    """Writes the measurement as JSON; folders are made."""
    values: dict[str, Any] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {p: _version(p) for p in ("newsextract", "spacy", "camel-tools", "dateparser", "ahocorasick-rs", "pydantic")},
        "corpora": {c.name: {"documents": len(c.texts), "characters": c.characters, "sha256": sha256(c)} for c in corpora().values()},
        "mchar_per_second": measured,
        "gates": [{**asdict(gate), "holds": gate.holds} for gate in gates(measured)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> int:
    """Measures, prints, writes; 1 if a gate fails."""
    parser = argparse.ArgumentParser(description="Each stage beside its peers: interleaved medians and a gate.")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each step (default 15)")
    parser.add_argument("--quick", action="store_true", help="leave dateparser out")
    parser.add_argument("--json", type=Path, default=RESULTS / "ratios.json", help="where the report goes")
    options = parser.parse_args()
    measured = measure(options.rounds, slow=not options.quick)
    print(report(measured))
    write(options.json, measured)
    return 0 if all(gate.holds for gate in gates(measured)) else 1


if __name__ == "__main__":
    sys.exit(main())
