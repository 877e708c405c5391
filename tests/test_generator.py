"""The generator of bulk corpora: the same seed gives the same texts, and the texts are read as releases."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

import newsextract
from conftest import ROOT, load_script

COUNT = 40


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    return load_script(ROOT / "corpora" / "generate.py")


@pytest.fixture(scope="module")
def made(generator: ModuleType) -> dict[str, str]:
    return dict(generator.releases(COUNT, seed=7))


def test_the_seed_decides(generator: ModuleType, made: dict[str, str]) -> None:
    assert dict(generator.releases(COUNT, seed=7)) == made
    other = dict(generator.releases(COUNT, seed=8))
    assert other.keys() == made.keys()
    assert not set(other.values()) & set(made.values())


def test_a_part_equals_the_same_part_of_the_whole(generator: ModuleType, made: dict[str, str]) -> None:
    part = dict(generator.releases(5, seed=7, start=20))
    assert part == {name: made[name] for name in part}


def test_folder_and_lines_hold_the_same(generator: ModuleType, tmp_path: Path) -> None:
    assert generator.main([str(tmp_path / "folder"), "--count", "3", "--seed", "7", "--start", "998"]) == 0
    assert generator.main([str(tmp_path / "all.jsonl"), "--count", "3", "--seed", "7", "--start", "998", "--single-jsonl"]) == 0
    files = sorted((tmp_path / "folder").rglob("*.txt"))
    assert [str(f.relative_to(tmp_path / "folder")) for f in files] == [
        "00000/release-00000998.txt", "00000/release-00000999.txt", "00001/release-00001000.txt",
    ]  # fmt: skip
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert [(line["id"], line["text"]) for line in lines] == [(f.stem, f.read_text("utf-8")) for f in files]


def test_releases_differ_and_have_the_size_of_releases(made: dict[str, str]) -> None:
    assert len(set(made.values())) == COUNT
    assert all(400 < len(text) < 6000 for text in made.values())
    whole = "".join(made.values())
    assert "هـ" in whole
    assert any("٠" <= char <= "٩" for char in whole)


def test_the_extractor_finds_something_of_each_kind(made: dict[str, str]) -> None:
    records = list(newsextract.load().pipe(made.values()))
    for kind in ("dates", "places", "people", "institutions", "counts", "money", "percentages", "delegations"):
        assert sum(bool(getattr(record, kind)) for record in records) > COUNT / 10, kind
    assert all(record.counts and record.dates and record.title for record in records)
