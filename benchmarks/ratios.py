#!/usr/bin/env python3
"""How long ``extract`` takes beside its peers: interleaved (A, B, A, B, …) medians, a table, JSON, and a gate on ratios.

    python benchmarks/ratios.py [--rounds N] [--quick] [--json FILE]

Exit code 1 if a gate fails. Seconds are CPU seconds of this process, so that neighbours on the machine disturb little; only
ratios of the same run are compared.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from peers import PEERS, SLOW, STAGES, Step
from texts import RESULTS, Corpus, corpora

GATES: Final = (("spacy", "seed", 0.5), ("camel-tools", "dev", 1.0))
"""``(peer, corpus, the most that extract may take of the peer's time)``; the corpora lie beside the clone, without them nothing is gated."""
_SHORTEST: Final = 0.02
"""A sample lasts at least so many seconds: small corpora are read several times."""


@dataclass(frozen=True, slots=True)
class Row:
    """``extract`` beside one peer on one corpus: medians in seconds for one pass, and their ratio."""

    corpus: str
    characters: int
    peer: str
    extract_seconds: float
    peer_seconds: float

    @property
    def ratio(self) -> float:
        """extract's time by the peer's: below 1, extract is the faster."""
        return self.extract_seconds / self.peer_seconds


@dataclass(frozen=True, slots=True)
class Gate:
    """A limit on a ratio, and whether it held."""

    peer: str
    corpus: str
    limit: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.limit


def _pass(step: Step, texts: tuple[str, ...], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        for text in texts:
            step(text)
    return (time.process_time() - start) / times


def interleaved(steps: Mapping[str, Step], corpus: Corpus, rounds: int) -> dict[str, float]:
    """The median seconds of one pass over ``corpus`` for each step, measured in turn; slow ones in three rounds, or ``rounds`` if fewer."""
    times: dict[str, int] = {}
    for name, step in steps.items():
        once = _pass(step, corpus.texts, 1)  # the first pass warms caches
        if name not in SLOW:
            once = _pass(step, corpus.texts, 1)
        times[name] = max(1, round(_SHORTEST / max(once, 1e-6)))
    samples: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds):
        for name, step in steps.items():
            if name not in SLOW or number < 3:
                samples[name].append(_pass(step, corpus.texts, times[name]))
    return {name: statistics.median(seconds) for name, seconds in samples.items()}


def measure(rounds: int, *, slow: bool = True) -> tuple[list[Row], dict[str, dict[str, float]], list[Gate]]:
    """All rows, the Mchar/s of every stage and peer by corpus, and the gates."""
    rows: list[Row] = []
    speeds: dict[str, dict[str, float]] = {}
    for corpus in corpora().values():
        # everybody starts anew on each corpus and is warm on its texts alone: spaCy's tokenizer, for one, gets faster with every other text
        steps = {name: make() for name, make in {**STAGES, **PEERS}.items() if slow or name not in SLOW}
        seconds = interleaved(steps, corpus, rounds)
        speeds[corpus.name] = {name: corpus.characters / s / 1e6 for name, s in seconds.items()}
        rows += [Row(corpus.name, corpus.characters, peer, seconds["extract"], seconds[peer]) for peer in PEERS if peer in seconds]
    return rows, speeds, list(_gates(rows))


def _gates(rows: list[Row]) -> list[Gate]:
    return [Gate(peer, row.corpus, limit, row.ratio) for peer, name, limit in GATES for row in rows if (row.peer, row.corpus) == (peer, name)]


def table(rows: list[Row], speeds: Mapping[str, Mapping[str, float]], gates: list[Gate]) -> str:
    """The report as text."""
    lines = [f"{'corpus':12}{'chars':>8}  {'peer':12}{'extract ms':>12}{'peer ms':>12}{'ratio':>8}{'times as fast':>15}"]
    lines += [
        f"{r.corpus:12}{r.characters:>8}  {r.peer:12}{r.extract_seconds * 1e3:12.2f}{r.peer_seconds * 1e3:12.2f}{r.ratio:8.3f}{1 / r.ratio:15.1f}" for r in rows
    ]
    names = list(next(iter(speeds.values())))
    lines += ["", "Mchar/s     " + "".join(f"{name:>14}" for name in names)]
    lines += [f"{corpus:12}" + "".join(f"{by[name]:14.2f}" for name in names) for corpus, by in speeds.items()]
    lines.append("")
    lines += [f"{'ok  ' if g.holds else 'FAIL'} extract takes {g.ratio:.3f} of the time of {g.peer} on {g.corpus} (at most {g.limit})" for g in gates]
    return "\n".join(lines)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def report(rows: list[Row], speeds: Mapping[str, Mapping[str, float]], gates: list[Gate]) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {p: _version(p) for p in ("newsextract", "spacy", "camel-tools", "dateparser", "pydantic", "numpy")},
        "corpora": {c.name: {"documents": len(c.texts), "characters": c.characters, "sha256": c.sha256} for c in corpora().values()},
        "rows": [{**asdict(r), "ratio": r.ratio} for r in rows],
        "mchar_per_second": speeds,
        "gates": [{**asdict(g), "holds": g.holds} for g in gates],
    }


def write(path: Path, values: dict[str, Any]) -> None:
    """Writes the report; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> int:
    """Measures, prints, writes; 1 if a gate fails."""
    parser = argparse.ArgumentParser(description="extract beside its peers: interleaved medians and a gate.")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each step (default 15)")
    parser.add_argument("--quick", action="store_true", help="leave dateparser out")
    parser.add_argument("--json", type=Path, default=RESULTS / "ratios.json", help="where the report goes")
    options = parser.parse_args()
    measured = measure(options.rounds, slow=not options.quick)
    print(table(*measured))
    write(options.json, report(*measured))
    return 0 if all(gate.holds for gate in measured[2]) else 1


if __name__ == "__main__":
    sys.exit(main())
