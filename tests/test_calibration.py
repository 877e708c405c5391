"""Confidence is what was measured on gold, and the file of measurements is up to date."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import newsextract
from newsextract.calibration import WEIGHT, Calibration, Measured, load_calibration, read_rows
from newsextract.errors import DataError

ROOT = Path(__file__).resolve().parent.parent
MOST_OFF = 0.08
"""How far the mean confidence of a bin may lie from the share of its facts that are right."""
LEAST_FACTS = 30


def script() -> Any:
    spec = importlib.util.spec_from_file_location("calibrate", ROOT / "scripts" / "calibrate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Judged = tuple[str, dict[Any, int], dict[Any, int]]


@pytest.fixture(scope="module", params=["fast", "full"])
def judged(request: pytest.FixtureRequest) -> Judged:
    right, found = script().judged(ROOT / "corpora" / "press", request.param)
    return request.param, right, found


def test_the_file_is_what_the_gold_says(judged: Judged) -> None:
    tier, right, found = judged
    assert load_calibration(tier).measured == {key: Measured(right[key], found[key]) for key in found}, "run scripts/calibrate.py corpora/press"


def test_of_the_facts_with_nine_tenths_nine_in_ten_are_right(judged: Judged) -> None:
    tier, right, found = judged
    calibration = load_calibration(tier)
    bins: dict[float, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for key, count in found.items():
        value = calibration.confidence(*key)
        held = bins[round(value, 1)]
        held[0] += count
        held[1] += right[key]
        held[2] += value * count
    full = [held for held in bins.values() if held[0] >= LEAST_FACTS]
    assert full
    assert all(abs(held[1] - held[2]) / held[0] <= MOST_OFF for held in full), dict(bins)


def test_much_evidence_outweighs_what_a_rule_states_and_none_leaves_it() -> None:
    calibration = Calibration([("people", "rule:a", 0.9, Measured(50, 100)), ("people", "rule:b", 0.9, Measured(0, 1))])
    assert calibration.confidence("people", "rule:a", 0.9) == pytest.approx((50 + WEIGHT * 0.9) / (100 + WEIGHT), abs=0.005)
    assert calibration.confidence("people", "rule:b", 0.9) > 0.7
    assert calibration.confidence("people", "rule:c", 0.7) == 0.7
    assert calibration.measured_of("people", "rule:a") == Measured(50, 100)


def test_a_malformed_file_is_told_with_its_line() -> None:
    with pytest.raises(DataError, match=r"confidence.tsv:2:"):
        list(read_rows("tier\tfield\tfound_by\tstated\tright\tfound\nfast\tpeople\trule:a\thigh\t1\t2\n"))
    with pytest.raises(DataError, match="header"):
        list(read_rows("people\trule:a\t0.9\t1\t2\n"))


def test_records_carry_the_calibrated_value() -> None:
    record = newsextract.load(tier="fast").extract("استقبل معالي الدكتور خالد العلي سفير اليابان")
    person = record.people[0]
    right, found = load_calibration("fast").measured[("people", person.found_by, 0.95)]
    assert person.confidence == pytest.approx((right + WEIGHT * 0.95) / (found + WEIGHT), abs=0.005)
