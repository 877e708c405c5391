"""``import newsextract`` costs next to nothing and loads none of the heavy libraries, in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable

import pytest

HEAVY = ("spacy", "camel_tools", "torch", "transformers", "pandas", "sklearn", "ray", "dateparser")
PROMISED = 0.3
"""Seconds that the import may take, as documented."""
TOLERATED = 0.6
"""Seconds beyond which the test fails: a busy machine is forgiven."""
PROGRAM = """
import sys, time
start = time.perf_counter()
{statement}
seconds = time.perf_counter() - start
import json
print(json.dumps({{"seconds": seconds, "modules": sorted(sys.modules)}}))
"""


def run(statement: str) -> tuple[float, set[str]]:
    """How long ``statement`` takes in a fresh process, and the modules that it leaves loaded."""
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(statement=statement)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["seconds"], set(found["modules"])


@pytest.mark.parametrize("statement", ["import newsextract", "import newsextract.cli", "import newsextract; newsextract.load()"])
def test_nothing_heavy_is_loaded(statement: str) -> None:
    _, modules = run(statement)
    assert not modules.intersection(HEAVY)


def test_the_import_is_quick(record_property: Callable[[str, object], None]) -> None:
    seconds = statistics.median(run("import newsextract")[0] for _ in range(5))
    record_property("seconds", seconds)
    print(f"\nimport newsextract: {seconds:.3f} s (promised {PROMISED} s)")
    assert seconds < TOLERATED


def test_the_public_surface() -> None:
    import newsextract

    for name in newsextract.__all__:
        assert getattr(newsextract, name) is not None
    with pytest.raises(AttributeError):
        _ = newsextract.nothing_of_the_kind
