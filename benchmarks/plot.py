#!/usr/bin/env python3
"""Two pictures for ``docs/``: throughput against document size and jobs, and where the time goes. Written as SVG by hand.

python benchmarks/plot.py
"""

from __future__ import annotations

import gc
import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from texts import ROOT, corpora, long_text

import newsextract
from newsextract.facts import FACTS
from newsextract.facts.draft import Findings
from newsextract.mentions.dates import read_dates
from newsextract.mentions.names import NameReader
from newsextract.mentions.number_runs import number_runs
from newsextract.mentions.numbers import read_numbers
from newsextract.scan.scanner import Scan
from newsextract.source import Source

DOCS: Final = ROOT / "docs"
SIZES: Final = (300, 1_000, 3_000, 10_000, 100_000, 1_000_000)
_COLOURS: Final = ("#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5", "#9c6b4e")
_WORK: Final = 400_000
"""Characters that are read for one point."""
Point = tuple[float, float]


def throughput(extractor: newsextract.Extractor, texts: tuple[str, ...]) -> tuple[list[Point], list[Point]]:
    """Mchar/s by document size in one process, and by jobs for documents of 3,000 characters."""
    whole = long_text(texts, max(SIZES))
    by_size = [(float(size), _rate(extractor, [whole[at : at + size] for at in range(0, max(_WORK, size), size)], 1)) for size in SIZES]
    many = [whole[at : at + 3_000] for at in range(0, len(whole), 3_000)] * 4
    jobs = sorted({1, 2, os.cpu_count() or 1})
    return by_size, [(float(n), _rate(extractor, many, n)) for n in jobs]


def _rate(extractor: newsextract.Extractor, texts: Sequence[str], jobs: int) -> float:
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter() if jobs > 1 else time.process_time()
        for _line in extractor.json_lines(texts, jobs=jobs):
            pass
        taken = (time.perf_counter() if jobs > 1 else time.process_time()) - begun
        best = max(best, sum(map(len, texts)) / taken / 1e6)
    return best


def shares(extractor: newsextract.Extractor, texts: Sequence[str]) -> dict[str, float]:
    """Seconds of each stage over ``texts``, read together as :meth:`Extractor.json_lines` does; the best of several rounds."""
    best: dict[str, float] = {}
    for _ in range(9):
        gc.collect()
        gc.disable()
        taken = _stages(extractor, texts)
        gc.enable()
        best = {name: min(value, best.get(name, value)) for name, value in taken.items()}
    return best


def _stages(extractor: newsextract.Extractor, texts: Sequence[str]) -> dict[str, float]:
    clock = time.perf_counter
    lexicon, shapes = extractor._lexicon, extractor._shapes
    marks = [("", clock())]
    sources = [Source(text) for text in texts]
    marks.append(("hash", clock()))
    scans = [Scan(text, lexicon) for text in texts]
    marks.append(("scan", clock()))
    runs = [number_runs(scan) for scan in scans]
    marks.append(("number runs", clock()))
    dates = [read_dates(scan, found, None) for scan, found in zip(scans, runs, strict=True)]
    marks.append(("dates", clock()))
    for scan, found, dated in zip(scans, runs, dates, strict=True):
        read_numbers(scan, found, [(m.first, m.last) for m in dated])
    marks.append(("numbers", clock()))
    for scan, found in zip(scans, runs, strict=True):
        NameReader(scan, shapes, found).read()
    marks.append(("names", clock()))
    readings = extractor._read(texts, [None] * len(texts))
    marks.append(("", clock()))
    matches = [extractor._rules.matches(reading) for reading in readings]
    marks.append(("rules", clock()))
    findings = [Findings(reading, fitted, None) for reading, fitted in zip(readings, matches, strict=True)]
    for fact in FACTS:
        for one in findings:
            one.drafts[fact.KIND] = fact.build(one)
    marks.append(("facts", clock()))
    for source, one in zip(sources, findings, strict=True):
        extractor._writer.line(source, one, False)
    marks.append(("JSON line", clock()))
    return {name: after - before for (_, before), (name, after) in itertools.pairwise(marks) if name}


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{words}</text>'


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    style = "<style>text{font:12px sans-serif;fill:#333}.axis{stroke:#999}.bar{fill:#4269d0}</style>"
    white = f'<rect width="{width}" height="{height}" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">{style}{white}' + "".join(parts) + "</svg>\n"


def bars(title: str, x: float, points: Sequence[Point], unit: str) -> list[str]:
    """One bar a point, with its value above and its name below."""
    top = max(value for _, value in points) * 1.15
    parts = [_text(x + 30 * len(points), 20, title), f'<line class="axis" x1="{x:.0f}" y1="200" x2="{x + 60 * len(points):.0f}" y2="200"/>']
    for number, (name, value) in enumerate(points):
        left, height = x + 60 * number + 10, 160 * value / top
        parts.append(f'<rect class="bar" x="{left:.0f}" y="{200 - height:.0f}" width="40" height="{height:.0f}"/>')
        parts += [_text(left + 20, 194 - height, f"{value:.2f}"), _text(left + 20, 216, f"{name:,.0f}{unit}")]
    return parts


def stack(found: dict[str, float]) -> list[str]:
    """One bar of all stages, each with its share."""
    total = sum(found.values())
    parts: list[str] = []
    x = 10.0
    for number, (name, seconds) in enumerate(found.items()):
        width = 700 * seconds / total
        parts.append(f'<rect x="{x:.1f}" y="30" width="{width:.1f}" height="40" fill="{_COLOURS[number % len(_COLOURS)]}"/>')
        row, column = divmod(number, 5)
        legend = 10 + 140 * column
        parts.append(f'<rect x="{legend}" y="{86 + 20 * row}" width="12" height="12" fill="{_COLOURS[number % len(_COLOURS)]}"/>')
        parts.append(_text(legend + 18, 97 + 20 * row, f"{name} {100 * seconds / total:.0f}%", "start"))
        x += width
    return [_text(360, 20, "Where the time goes: shares of a text's way to its JSON line"), *parts]


def main() -> None:
    """Measures and writes both pictures."""
    extractor = newsextract.load(tier="fast")
    texts = corpora()["press"].texts
    by_size, by_jobs = throughput(extractor, texts)
    sizes = bars("Mchar/s by characters a document, one process", 10, by_size, "")
    jobs = bars("by jobs", 440, by_jobs, " job" if len(by_jobs) == 1 else "")
    _write(DOCS / "throughput.svg", _svg(640, 230, [*sizes, *jobs]))
    found = shares(extractor, texts)
    _write(DOCS / "where_time_goes.svg", _svg(720, 130, stack(found)))
    for name, value in [*((f"{size:,.0f} characters", rate) for size, rate in by_size), *((f"{n:.0f} jobs", rate) for n, rate in by_jobs)]:
        print(f"{name:22} {value:.2f} Mchar/s")
    for name, seconds in found.items():
        print(f"{name:22} {1e6 * seconds / len(texts):.0f} µs a text, {100 * seconds / sum(found.values()):.0f}%")


def _write(path: Path, svg: str) -> None:
    path.write_text(svg, "utf-8")
    print(path)


if __name__ == "__main__":
    main()
