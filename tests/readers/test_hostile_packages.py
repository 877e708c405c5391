"""The shared folder of hostile Word documents and archives: each is accounted for as its manifest says, in a process of its own under limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

CLASSES = ("docx-", "zip-")
MEMBERS = {"members_ok": "record", "members_error": "error", "members_skip": "skip"}


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[dict[str, Any]]:
    """The rows of the manifest for these classes."""
    manifest = shared / "hostile" / "manifest.jsonl"
    if not manifest.is_file():
        pytest.skip("the shared material has no folder of hostile files")
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    return [row for row in rows if row["class"].startswith(CLASSES)]


@pytest.fixture(scope="module")
def outcomes(shared: Path, cases: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The outcomes of each file."""
    told = tmp_path_factory.mktemp("hostile") / "got.jsonl"
    command = [sys.executable, str(ROOT / "scripts" / "hostile.py"), str(shared / "hostile"), "-o", str(told), "--only", *(c["file"] for c in cases)]
    subprocess.run(command, check=True, timeout=600)
    found: dict[str, list[dict[str, Any]]] = {}
    for line in told.read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["file"], []).append(row)
    return found


@pytest.mark.slow
def test_hostile_packages_come_out_as_they_must(cases: list[dict[str, Any]], outcomes: dict[str, list[dict[str, Any]]]) -> None:
    assert cases
    assert {c["file"]: faults for c in cases if c["tier"] == "must" and (faults := list(wrong(c, outcomes.get(c["file"], []))))} == {}


def wrong(case: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """What is not as the manifest says."""
    counts = Counter(row["outcome"] for row in rows)
    records = [row for row in rows if row["outcome"] == "record"]
    text = "\n".join(row["text"] for row in records)
    faults = [] if counts.keys() & {case["expect"], *case.get("expect_alt", [])} else [f"outcomes {dict(counts)}"]
    faults += [f"{key} {counts[kind]}" for key, kind in MEMBERS.items() if key in case and counts[kind] != case[key]]
    faults += [f"{row['seconds']} s" for row in rows if row["seconds"] > case.get("max_seconds", 30)]
    faults += [f"{row['rss_mb']} MB" for row in rows if row["rss_mb"] > case.get("max_rss_mb", 1024)]
    if records:
        faults += [f"lacks {part}" for part in case.get("must_contain", ()) if part not in text]
        faults += [f"{key} {[r[key] for r in records]}" for key in ("title", "date") if key in case and all(r[key] != case[key] for r in records)]
    return faults
