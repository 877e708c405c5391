"""The shared folder of hostile texts, pages and mails: each is accounted for as its manifest says, in a process of its own under limits."""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

CLASSES = ("encoding", "text-", "html-", "xss", "eml-", "redos")
MOST_WRONG = 0.02
"""Share of the files of the tier that must be right."""


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[dict[str, Any]]:
    """The rows of the manifest for these classes."""
    manifest = shared / "hostile" / "manifest.jsonl"
    if not manifest.is_file():
        pytest.skip("the shared material has no folder of hostile files")
    return [row for row in map(json.loads, manifest.read_text("utf-8").splitlines()) if row["class"].startswith(CLASSES)]


@pytest.fixture(scope="module")
def got(shared: Path, cases: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the readers and the extractor made of each file."""
    told = tmp_path_factory.mktemp("hostile") / "got.jsonl"
    command = [sys.executable, str(ROOT / "scripts" / "hostile.py"), str(shared / "hostile"), "-o", str(told), "--only", *(c["file"] for c in cases)]
    subprocess.run(command, check=True, timeout=900)
    return told


@pytest.mark.slow
def test_every_file_is_accounted_for_and_nearly_all_come_out_right(shared: Path, cases: list[dict[str, Any]], got: Path) -> None:
    must = [c for c in cases if c["tier"] == "must"]
    manifest = got.with_name("manifest.jsonl")
    manifest.write_text("".join(json.dumps(c) + "\n" for c in must), "utf-8")
    command = [sys.executable, str(shared / "hostile" / "tools" / "score.py"), str(manifest), "--got", str(got)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    wrong = [line for line in told.splitlines() if line.startswith("FAIL")]
    assert "TOTAL" in told
    assert "UNACCOUNTED" not in told
    assert "silently wrong" not in told
    assert len(wrong) <= MOST_WRONG * len(must), "\n".join(wrong)


@pytest.mark.slow
def test_nearly_every_encoding_is_found(cases: list[dict[str, Any]], got: Path) -> None:
    found = {row["file"]: row for row in map(json.loads, got.read_text("utf-8").splitlines())}
    told = [c for c in cases if c.get("encoding") and c["tier"] == "must"]
    wrong = [(c["file"], c["encoding"], found[c["file"]].get("encoding")) for c in told if not _same(c["encoding"], found[c["file"]].get("encoding"))]
    assert len(told) > 25
    assert len(wrong) <= 0.03 * len(told), wrong


def _same(wanted: str, found: str | None) -> bool:
    """Whether two names are of one encoding; ASCII is UTF-8."""
    return found is not None and codecs.lookup("utf-8" if wanted == "us-ascii" else wanted).name == codecs.lookup(found).name
