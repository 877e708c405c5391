"""Each stage beside each peer, measured in turn; the table is printed at the end of the session. The gate is ``ratios.py``'s, with room for noise."""

from __future__ import annotations

import pytest
import ratios
from texts import RESULTS

from conftest import REPORT

NOISE = 1.25
"""What the ratio of two short measurements may be off on a busy machine. ``python benchmarks/ratios.py`` holds the limits as they are."""


def test_ratios(pytestconfig: pytest.Config) -> None:
    measured = ratios.measure(rounds=7)
    ratios.write(RESULTS / "ratios.json", measured)
    pytestconfig.stash[REPORT] = ratios.report(measured)
    gates = ratios.gates(measured)
    if not gates:
        pytest.skip("the gated corpora (../shared) are not beside the clone")
    failed = [gate for gate in gates if gate.ratio > gate.limit * NOISE]
    assert not failed
