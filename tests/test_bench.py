"""The benchmark's parts: the table of a user's folder, the gate on ratios, the exact counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import ROOT, load_script
from newsextract import measuring
from newsextract.cli import app

sys.path.insert(0, str(ROOT / "benchmarks"))


def test_a_folder_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "PEERS", {})
    monkeypatch.setattr(measuring, "LIMITS", {"utf-8": measuring._decode})
    (tmp_path / "a.txt").write_text("نفذ المركز 49 نشاطا\n", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02")
    done = CliRunner().invoke(app, ["bench", str(tmp_path), "--rounds", "1"])
    assert done.exit_code == 0, done.output
    assert "documents" in done.output
    for stage in (*measuring.STAGES, "utf-8"):
        assert stage in done.output


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["bench", str(tmp_path)]).exit_code == 2


def test_every_step_reads(press: list[str]) -> None:
    for make in measuring.installed({**measuring.STAGES, **measuring.PEERS, **measuring.LIMITS}).values():
        make()(press[:1])


def test_steps_take_turns() -> None:
    turns: list[str] = []

    def step(name: str) -> measuring.Step:
        def read(texts: Sequence[str]) -> None:
            turns.append(name)

        return read

    measuring._SHORTEST, before = 1e-9, measuring._SHORTEST  # type: ignore[misc]  # one pass a sample
    try:
        measuring.seconds({"a": step("a"), "b": step("b")}, ["x"], 3)
    finally:
        measuring._SHORTEST = before  # type: ignore[misc]
    assert "".join(turns).endswith("ababab")


def test_a_gate_that_is_passed_is_told() -> None:
    ratios = load_script(ROOT / "benchmarks" / "ratios.py")
    held, failed = ratios.gates({"seed": {"extract": 3.0, "spacy": 1.0}, "dev": {"extract": 1.0, "camel-tools": 2.0}})
    assert held.holds
    assert not failed.holds


def test_counts_differ_exactly() -> None:
    counts = load_script(ROOT / "benchmarks" / "counts.py")
    pinned = {"operations": {"hits": 100}, "allocations, Python 3.11": {"peak_bytes": 100_000}}
    assert counts.differences(pinned, {"operations": {"hits": 100}, "allocations, Python 3.11": {"peak_bytes": 100_900}}) == []
    assert counts.differences(pinned, {"operations": {"hits": 101}}) == ["operations: hits is 101, pinned 100"]
    assert len(counts.differences(pinned, {"allocations, Python 3.11": {"peak_bytes": 102_000}})) == 1


def test_the_counts_are_pinned() -> None:
    pinned = json.loads((ROOT / "benchmarks" / "counts.json").read_text("utf-8"))
    assert pinned["operations"]["hits"] > 0
