#!/usr/bin/env python3
"""The regression gate: two source trees, compiled alike, measured in turn in one job; fails where the second is slower by more than a ratio.

    python benchmarks/gate.py BASE HEAD [--limit 1.10] [--rounds 15]

BASE and HEAD are checkouts. Each is copied, compiled as its wheel would be, and read by a process of its own; the two take turns
(A, B, A, B, …), so that what disturbs the machine disturbs both. Seconds are CPU seconds. Exit code 1 if the gate fails.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

_TEXTS: Final = Path(__file__).resolve().parents[1] / "corpora" / "press"
_READER: Final = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import newsextract
try:
    extractor = newsextract.load(tier="fast")
except TypeError:  # a tree that has no tiers yet
    extractor = newsextract.load()
texts = [path.read_text("utf-8") for path in sorted(Path(sys.argv[2]).glob("*.txt"))]
read = lambda: [extractor.extract(text).model_dump_json() for text in texts]
if hasattr(extractor, "json_lines"):
    read = lambda: list(extractor.json_lines(texts))
read()
for _ in sys.stdin:
    start = time.process_time()
    read()
    print(time.process_time() - start, flush=True)
"""


def compiled(tree: Path, folder: Path) -> Path:
    """A copy of the tree's package with its hot modules compiled; the folder to import it from."""
    for name in ("src", "models"):
        if (tree / name).is_dir():
            shutil.copytree(tree / name, folder / name, ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    spec = importlib.util.spec_from_file_location("hatch_build", tree / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    hook = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["hooks"]["custom"]
    src = folder / "src"
    modules = sorted({str(p.relative_to(src)) for pattern in hook["modules"] for p in src.glob(pattern) if p.name != "__init__.py"})
    if not build._compiled(src, modules):
        raise SystemExit(f"{tree}: cannot be compiled")
    return src


class Reader:
    """A process that reads the corpus with one tree's package, once each time it is asked to."""

    def __init__(self, src: Path) -> None:
        command = [sys.executable, "-c", _READER, str(src), str(_TEXTS)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self) -> float:
        """CPU seconds of one reading."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def ratio(base: Path, head: Path, rounds: int) -> float:
    """The median of head's seconds by base's, each pair measured one after the other."""
    readers = Reader(base), Reader(head)
    try:
        pairs = [(readers[0].seconds(), readers[1].seconds()) for _ in range(rounds)]
    finally:
        for reader in readers:
            reader.close()
    return statistics.median(after / before for before, after in pairs)


def main() -> int:
    """Builds, measures, tells; 1 if head is too slow."""
    parser = argparse.ArgumentParser(description="Is HEAD slower than BASE?")
    parser.add_argument("base", type=Path)
    parser.add_argument("head", type=Path)
    parser.add_argument("--limit", type=float, default=1.10, help="the most that head may take of base's time (default 1.10)")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = ratio(compiled(options.base, Path(folder, "base")), compiled(options.head, Path(folder, "head")), options.rounds)
    holds = found <= options.limit
    print(f"{'ok  ' if holds else 'FAIL'} head takes {found:.3f} of base's time (at most {options.limit})")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
