"""Benchmarks: ``pytest benchmarks`` collects ``bench_*.py``, prints the ratios at the end and writes them to ``benchmarks/results``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from texts import RESULTS, corpora

from newsextract.measuring import Corpus

REPORT: pytest.StashKey[str] = pytest.StashKey()
CORPORA = corpora(made=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collects the benchmark files, whose names are no test's."""
    if file_path.name.startswith("bench_") and file_path.suffix == ".py":
        return pytest.Module.from_parent(parent, path=file_path)
    return None


def pytest_benchmark_update_json(config: pytest.Config, benchmarks: Any, output_json: dict[str, Any]) -> None:
    """``--benchmark-json`` files do not name the machine."""
    output_json.get("machine_info", {}).pop("node", None)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table of ratios, if it was measured."""
    text = config.stash.get(REPORT, None)
    if text is not None:
        terminalreporter.section("newsextract beside its peers (interleaved medians, CPU time)")
        terminalreporter.write_line(text)
        terminalreporter.write_line(f"written to {RESULTS / 'ratios.json'}")


@pytest.fixture(params=list(CORPORA.values()), ids=list(CORPORA))
def corpus(request: pytest.FixtureRequest) -> Corpus:
    """Each corpus that is here."""
    found: Corpus = request.param
    return found
