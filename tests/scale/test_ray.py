"""Ray Data on a local Ray of four logical CPUs: every file a row, exactly once, also when the job is killed and taken up again."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

pytestmark = [pytest.mark.ray, pytest.mark.slow, pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install newsextract[ray]")]

OFFLINE = Path(__file__).parents[1] / "offline"
FILES = 600
PATIENCE = 400
"""Seconds for one job on a busy machine; most of them pass until Ray has started."""
LAST_WORDS = 5
"""Seconds that the processes of a killed job may still take to end."""
SLOW_JOB = """
import sys
from pathlib import Path
from newsextract.config import Settings
from newsextract.interop.ray import run
run(Path(sys.argv[1]), Path(sys.argv[2]), Settings(), block_bytes=100_000)
"""


def environment() -> dict[str, str]:
    """Ray talks to itself over this machine's own address, which the guard of the other tests refuses."""
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and Path(path) != OFFLINE]
    # Ray's workers are nice by default and get no time beside other tests
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}


def newsextract(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsextract.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, press: list[str]) -> Path:
    """Releases, one broken file, one empty one, and an archive of two."""
    made = tmp_path_factory.mktemp("ray") / "in"
    made.mkdir()
    for number in range(FILES):
        (made / f"{number:04d}.txt").write_text(press[number % len(press)], "utf-8")
    (made / "broken.pdf").write_bytes(b"%PDF-1.7\nno more than this")
    (made / "empty.txt").write_bytes(b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("one.txt", press[0])
        zipped.writestr("two.txt", press[1])
    (made / "two.zip").write_bytes(packed.getvalue())
    return made


def rows(out: Path) -> list[dict[str, object]]:
    """The rows that are written, whole files only."""
    return [row for file in sorted((out / "documents").glob("*.parquet")) for row in pq.read_table(file).to_pylist()]


def kill_when_some_are_written(folder: Path, out: Path) -> None:
    """Starts a job and kills it as soon as a part of its output is there."""
    log = out.with_suffix(".log")
    with log.open("w") as said:
        job = subprocess.Popen([sys.executable, "-c", SLOW_JOB, str(folder), str(out)], env=environment(), stdout=said, stderr=said)
    deadline = time.monotonic() + PATIENCE
    try:
        while not committed(out) and time.monotonic() < deadline:
            assert job.poll() is None, f"the job ended before it was killed: {log.read_text()[-2000:]}"
            time.sleep(0.02)
    finally:
        job.send_signal(signal.SIGKILL)
        job.wait()
    time.sleep(LAST_WORDS)


def committed(out: Path) -> list[Path]:
    """The files in which Ray's checkpoint tells what is written for good."""
    return [file for file in sorted((out / "checkpoint").glob("*.parquet")) if not file.name.endswith(".pending.parquet")]


@pytest.fixture(scope="module")
def resumed(folder: Path) -> tuple[Path, int, subprocess.CompletedProcess[str]]:
    """The output of a job that was killed and taken up again: where it is, how many rows were there at the kill, what was said at the end."""
    out = folder.parent / "out"
    kill_when_some_are_written(folder, out)
    before = len({str(row["name"]) for file in committed(out) for row in pq.read_table(file).to_pylist()})
    return out, before, newsextract("run", folder, "-o", out, "--engine", "ray")


def test_a_killed_job_goes_on_and_every_file_is_there_once(resumed: tuple[Path, int, subprocess.CompletedProcess[str]], folder: Path) -> None:
    out, before, said = resumed
    names = sorted(str(row["name"]) for row in rows(out))
    assert 0 < before < FILES, "the kill came too early or too late to tell anything"
    assert names == sorted(path.name for path in folder.iterdir()), said.stderr[-2000:]


def test_errors_are_rows_and_the_exit_code_tells(resumed: tuple[Path, int, subprocess.CompletedProcess[str]]) -> None:
    out, _, said = resumed
    assert said.returncode == 1, said.stderr[-2000:]
    told = {row["name"]: row["documents"] for row in rows(out)}
    assert [(d["status"], d["code"]) for d in told["broken.pdf"]] == [("error", "CORRUPT")]  # type: ignore[attr-defined]
    assert [(d["status"], d["code"]) for d in told["empty.txt"]] == [("skip", "EMPTY")]  # type: ignore[attr-defined]
    assert [d["member"] for d in told["two.zip"]] == ["!/one.txt", "!/two.txt"]  # type: ignore[attr-defined]
    assert f"{FILES + 3} files gave 1 errors, {FILES + 2} records, 1 skips" in said.stderr
    report = json.loads((out / "run.json").read_text("utf-8"))
    assert report["status"] == "finished"
    assert report["counts"] == {"files": FILES + 3, "documents": {"error": 1, "record": FILES + 2, "skip": 1}, "errors": {"CORRUPT": 1}}


def test_status_tells_of_it(resumed: tuple[Path, int, subprocess.CompletedProcess[str]]) -> None:
    said = newsextract("status", resumed[0])
    assert said.returncode == 0
    assert "finished" in said.stdout
    assert re.search(rf"record +{FILES + 2}\n", said.stdout)
    assert "CORRUPT" in said.stdout


def test_records_are_those_of_a_run_on_one_machine(resumed: tuple[Path, int, subprocess.CompletedProcess[str]], folder: Path) -> None:
    from newsextract.batch.job import Job, Task

    told = {row["name"]: row["documents"] for row in rows(resumed[0])}
    job = Job()
    for name in ("0000.txt", "0041.txt", "two.zip"):
        task = Task(1, os.fsencode(folder / name), os.fsencode(folder), name, None, 0)
        lines = [json.loads(outcome.line) for outcome in job.outcomes([(found, name) for found in job.read(task)])]
        there = [json.loads(document["record"]) for document in told[name]]  # type: ignore[attr-defined]
        for record in (*lines, *there):
            record["source"]["uri"] = None  # a shard does not know where its files lay
        assert lines == there, name


def test_another_configuration_is_refused(resumed: tuple[Path, int, subprocess.CompletedProcess[str]], folder: Path) -> None:
    said = newsextract("run", folder, "-o", resumed[0], "--engine", "ray", "--dialect")
    assert said.returncode == 4
    assert "another configuration" in said.stderr


def test_a_finished_job_given_again_writes_nothing(resumed: tuple[Path, int, subprocess.CompletedProcess[str]], folder: Path) -> None:
    out = resumed[0]
    before = {file.name: file.read_bytes() for file in (out / "documents").iterdir()}
    said = newsextract("run", folder, "-o", out, "--engine", "ray")
    assert said.returncode == 1, said.stderr[-2000:]
    assert {file.name: file.read_bytes() for file in (out / "documents").iterdir()} == before
