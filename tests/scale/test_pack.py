"""Many files in a few shards: every file accounted for, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newsextract.arrow import BatchExtractor
from newsextract.batch.inputs import inputs_of
from newsextract.batch.packing import Packed, pack
from newsextract.batch.sinks.lines import Json
from newsextract.config import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "1998").mkdir(parents=True)
    for number in range(40):
        (made / "1998" / f"{number:02d}.txt").write_text(f"شارك {number} خبيرا في الدورة. " + "كلمة " * 300, "utf-8")
    (made / "large.bin").write_bytes(os.urandom(50_000))
    (made / "link.txt").symlink_to(made / "1998" / "00.txt")
    return made


def packed(folder: Path, out: Path, *, shard_bytes: int = 20_000, most: int = 40_000) -> tuple[Packed, list[Json]]:
    done = pack(inputs_of([folder], out, Settings()), out, shard_bytes=shard_bytes, most=most)
    rows = [row for shard in sorted(out.glob("*.parquet")) for row in pq.read_table(shard).to_pylist()]
    return done, rows


def test_every_file_is_a_row_with_its_bytes(folder: Path, tmp_path: Path) -> None:
    done, rows = packed(folder, tmp_path / "out")
    assert (done.files, done.failures, done.skipped) == (41, 1, 1)
    assert [row["name"] for row in rows] == [*(f"1998/{number:02d}.txt" for number in range(40)), "large.bin"]
    assert all(row["bytes"] == (folder / row["name"]).read_bytes() for row in rows[:-1])
    assert rows[-1] == {"name": "large.bin", "bytes": None, "code": "TOO_LARGE", "reason": rows[-1]["reason"]}
    assert done.shards == len(list((tmp_path / "out").iterdir())) > 3


def test_a_shard_is_about_as_large_as_asked(folder: Path, tmp_path: Path) -> None:
    packed(folder, tmp_path / "out")
    for shard in sorted((tmp_path / "out").glob("*.parquet"))[:-1]:
        size = sum(len(row["bytes"] or b"") for row in pq.read_table(shard).to_pylist())
        assert 20_000 <= size + 1_000 < 60_000


def test_the_same_files_give_the_same_shards_and_stale_ones_go(folder: Path, tmp_path: Path) -> None:
    packed(folder, tmp_path / "a")
    packed(folder, tmp_path / "b", shard_bytes=5_000)
    packed(folder, tmp_path / "b")
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab")
    assert first == second


def test_shards_are_what_the_extractor_takes(folder: Path, tmp_path: Path) -> None:
    packed(folder, tmp_path / "out")
    extract = BatchExtractor()
    answers = [row for shard in sorted((tmp_path / "out").glob("*.parquet")) for row in extract(pq.read_table(shard)).to_pylist()]
    assert [row["status"] for row in answers] == ["record"] * 40 + ["error"]
    assert answers[-1]["code"] == "TOO_LARGE"


def test_the_command_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsextract.cli", "pack", str(folder), "-o", str(tmp_path / "out"), "--max-size", "40k", "--exclude", "link.txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "41 files in 1 shards" in done.stderr
    assert done.stdout == ""
