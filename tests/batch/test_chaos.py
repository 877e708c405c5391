"""Runs that are killed, stopped, starved, starved of disk, paused, started twice: the next run ends as an undisturbed one would have."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import newsextract
from batch.rigged import call, command, forked, make_corpus, output
from newsextract import Extractor, OutputBusyError, OutputError, Source
from newsextract.batch.lock import locked
from newsextract.facts.draft import Findings

pytestmark = [pytest.mark.usefixtures("warm"), pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")]
BATCH = 50
KILLS = 300
FILES = 2000


def extract(src: Path, out: Path, **settings: Any) -> newsextract.RunSummary:
    return newsextract.extract_folder(src, out, **{"jobs": 2, **settings})


def ended(pid: int, seconds: float) -> int | None:
    """The wait status of a process that ends within ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.002)
    return None


def group(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(name))
    return found


def gone(leader: int, seconds: float = 2.0) -> bool:
    """Whether no process of a session is left after a while."""
    end = time.monotonic() + seconds
    while group(leader):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def started(out: Path, process: subprocess.Popen[bytes], least: int = 1) -> None:
    """Waits until ``process`` has read some files."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if len(list((out / "text").rglob("*.txt"))) >= least:
            return
        time.sleep(0.01)
    raise AssertionError("the run ended before it could be disturbed")


class Siege:
    """Kills runs at random instants, the parent alone and the whole group in turn; whatever ends all the same must be right.

    Args:
        src: The input.
        out: The run directory.
        clean: What an undisturbed run gives, by the size of its parts.
    """

    def __init__(self, src: Path, out: Path, clean: dict[int, dict[str, bytes]]) -> None:
        self.src, self.out, self.clean = src, out, clean
        self.chance = random.Random(7)
        self.kills = self.ends = self.orphans = 0

    def kill(self, kills: int, size: int, undo: Callable[[], int] | None = None) -> None:
        """Kills runs ``kills`` times; each that ends is compared, and ``undo`` makes new work for the next and tells the size of its parts."""
        until = self.kills + kills
        pace = 1.0
        if undo is not None:
            extract(self.src, self.out, shard_size=size)
            size = undo()
            begun = time.monotonic()
            extract(self.src, self.out, shard_size=size)
            pace = time.monotonic() - begun
            size = undo()
        while self.kills < until:
            if self._ends(size, self.chance.random() * pace):
                assert output(self.out) == self.clean[size]
                self.ends += 1
                size = undo() if undo is not None else size

    def _ends(self, size: int, seconds: float) -> bool:
        with forked(lambda: extract(self.src, self.out, shard_size=size)) as pid:
            status = ended(pid, seconds)
            if status is not None:
                assert status == 0
                return True
            (os.kill if self.kills % 2 else os.killpg)(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self.orphans += not gone(pid)
            self.kills += 1
            return False


@pytest.mark.slow
def test_three_hundred_kills_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL while a new run reads and commits, while parts are made anew, while lost ones are read and written again."""
    monkeypatch.setattr("newsextract.batch.intake._COMMIT_SECONDS", 0.02)  # so that kills meet commits
    src, out = make_corpus(tmp_path / "in", FILES), tmp_path / "out"
    make_corpus(src / "again", 40)
    begun = time.monotonic()
    clean = {}
    for size in (300, 170):
        extract(src, tmp_path / "clean", shard_size=size)
        clean[size] = output(tmp_path / "clean")
    siege = Siege(src, out, clean)
    sizes = itertools.cycle((170, 300))

    def other_size() -> int:
        return next(sizes)

    def lost_part() -> int:
        parts = sorted((out / "records").glob("*.jsonl"))
        parts[siege.chance.randrange(len(parts))].unlink()
        return 300

    for undo in (None, other_size, lost_part):
        siege.kill(KILLS // 3, 300, undo)
        print(f"{siege.kills} kills, {siege.ends} runs that ended, {time.monotonic() - begun:.0f} s")
    extract(src, out, shard_size=300)
    assert output(out) == clean[300]
    assert siege.orphans == 0
    assert siege.ends > 20
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_run_soon_and_the_next_goes_on(tmp_path: Path, number: int, code: int) -> None:
    src, out = make_corpus(tmp_path / "in", 6000), tmp_path / "out"
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    begun = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, time.monotonic() - begun < 5) == (code, True), err
    assert gone(process.pid)
    assert b"go on" in err
    assert json.loads((out / "run.json").read_text("utf-8"))["status"] == "interrupted"
    assert not list(out.rglob("*.tmp"))
    again = extract(src, out)
    assert 0 < again.read < 6000
    extract(src, tmp_path / "clean")
    assert output(out) == output(tmp_path / "clean")


def test_a_second_signal_ends_a_run_at_once(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 50), tmp_path / "out"
    (src / "z.poison").write_text("deaf", "utf-8")
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert (process.returncode, time.monotonic() - begun < 1.5) == (130, True)
    assert gone(process.pid)


@pytest.mark.parametrize("harm", ["crash", "exit", "hang", "deaf", "memory", "raise"])
def test_a_poisoned_document_costs_itself_alone(tmp_path: Path, poison: Path, harm: str) -> None:
    src, out = make_corpus(tmp_path / "in", 60), tmp_path / "out"
    (src / "3" / "00031a.poison").write_text(f"{harm} x", "utf-8")
    begun = time.monotonic()
    summary = extract(src, out, timeout=2, memory="600MB")
    assert (summary.records, summary.failures) == (60, 1)
    expected = {"crash": "CRASH", "exit": "CRASH", "hang": "TIMEOUT", "deaf": "TIMEOUT", "memory": "LIMIT", "raise": "CORRUPT"}[harm]
    assert summary.failure_codes == {expected: 1}
    failure = json.loads((out / "failures.jsonl").read_text("utf-8"))
    assert failure["name"] == "3/00031a.poison"
    assert failure["remedy"]
    assert time.monotonic() - begun < 30
    extract(src, tmp_path / "alone", timeout=2, memory="600MB", jobs=1)
    assert output(out) == output(tmp_path / "alone")


@pytest.mark.parametrize(("harm", "expected"), [("exit", "CRASH"), ("hang", "TIMEOUT"), ("memory", "MEMORY"), ("raise", "EXTRACTION_FAILED")])
def test_a_text_that_harms_its_extraction_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str, expected: str) -> None:
    """Texts are extracted together: which of them was to blame must be found out."""
    findings = Extractor._findings

    def harmful(extractor: Extractor, sources: Sequence[Source]) -> list[Findings]:
        if any("ضرر" in source.text for source in sources):
            if harm == "exit":
                os._exit(3)
            if harm == "hang":
                time.sleep(1000)
            raise MemoryError if harm == "memory" else ZeroDivisionError("planted")
        return findings(extractor, sources)

    monkeypatch.setattr(Extractor, "_findings", harmful)
    src, out = make_corpus(tmp_path / "in", 60), tmp_path / "out"
    (src / "3" / "00031a.txt").write_text("نص فيه ضرر", "utf-8")
    summary = extract(src, out, timeout=2)
    assert (summary.records, summary.failures, summary.failure_codes) == (60, 1, {expected: 1})
    assert json.loads((out / "failures.jsonl").read_text("utf-8"))["name"] == "3/00031a.txt"
    extract(src, tmp_path / "alone", timeout=2, jobs=1)
    assert output(out) == output(tmp_path / "alone")


def test_a_container_whose_members_were_told_is_not_told_again(tmp_path: Path, poison: Path) -> None:
    src = make_corpus(tmp_path / "in", 100)  # enough for lists of several files
    for number in range(4):
        (src / "6" / f"99{number}a.poisons").write_text("good\nfine\n", "utf-8")
        (src / "6" / f"99{number}b.poison").write_text("exit", "utf-8")
    for out, jobs in ((tmp_path / "one", 1), (tmp_path / "two", 2)):
        summary = extract(src, out, jobs=jobs)
        assert (summary.records, summary.failures) == (108, 4)


def test_many_poisoned_documents_cost_themselves_alone(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 100), tmp_path / "out"
    harms = ["crash", "exit", "raise", "noise", "memory", "hang"] * 3
    for number, harm in enumerate(harms):
        (src / f"{number % 7}" / f"{number:05d}b.poison").write_text(f"{harm} {number}", "utf-8")
    summary = extract(src, out, timeout=4, jobs=3, memory="600MB")
    assert (summary.records, summary.failures) == (103, 15)
    assert summary.failure_codes == {"CORRUPT": 3, "CRASH": 6, "LIMIT": 3, "TIMEOUT": 3}
    extract(src, tmp_path / "alone", timeout=4, jobs=1, memory="600MB")
    assert output(out) == output(tmp_path / "alone")


def test_what_stood_before_the_harm_in_a_container_is_kept(tmp_path: Path, poison: Path) -> None:
    src = tmp_path / "in"
    src.mkdir()
    (src / "box.poisons").write_text("good\nfine\nhang\nnever\n", "utf-8")
    (src / "other.poisons").write_text("good\nexit\n", "utf-8")
    for out, jobs in ((tmp_path / "one", 1), (tmp_path / "two", 2)):
        summary = extract(src, out, timeout=1, jobs=jobs)
        assert (summary.records, summary.failures) == (3, 2)
        names = [json.loads(line)["source"]["name"] for line in (out / "records.jsonl").read_text("utf-8").splitlines()]
        assert names == ["box.poisons!/0.poison", "box.poisons!/1.poison", "other.poisons!/0.poison"]
        failures = [json.loads(line) for line in (out / "failures.jsonl").read_text("utf-8").splitlines()]
        assert [(f["name"], f["code"]) for f in failures] == [("box.poisons", "TIMEOUT"), ("other.poisons", "CRASH")]
    assert output(tmp_path / "one") == output(tmp_path / "two")


def test_a_worker_that_dies_by_chance_costs_nothing(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 60), tmp_path / "out"
    (src / "5" / "00005a.poison").write_text(f"once {tmp_path / 'mark'}", "utf-8")
    summary = extract(src, out)
    assert (summary.records, summary.failures) == (61, 0)


def test_workers_killed_from_outside_cost_nothing(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 400), tmp_path / "out"
    for name in ("0/00100a", "6/00300a"):  # so that the run lasts until it is disturbed
        (src / f"{name}.poison").write_text("slow 3", "utf-8")
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    workers = [pid for pid in group(process.pid) if pid != process.pid]
    assert len(workers) == 2
    for worker in workers:  # each of the first two once, so that no document is met twice
        os.kill(worker, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    extract(src, tmp_path / "clean")
    assert output(out) == output(tmp_path / "clean")


def test_a_worker_holds_neither_ledger_nor_lock_nor_terminal(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 5), tmp_path / "out"
    (src / "z.poison").write_text("slow 3", "utf-8")
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    files = [os.readlink(file) for pid in group(process.pid) if pid != process.pid for file in Path(f"/proc/{pid}/fd").iterdir()]
    process.communicate(timeout=60)
    assert files
    assert not [file for file in files if str(tmp_path) in file]
    assert not [file for file in files if "/dev/pts" in file or ("pipe:" in file and file == os.readlink("/proc/self/fd/1"))]


def test_a_paused_run_takes_no_document_for_late(tmp_path: Path, poison: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 200), tmp_path / "out"
    (src / "0" / "00000a.poison").write_text("slow 1", "utf-8")
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2", "--timeout", "2s"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(4)
    os.killpg(process.pid, signal.SIGCONT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert len((out / "records.jsonl").read_bytes().splitlines()) == 201


def test_one_run_at_a_time(tmp_path: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 5), tmp_path / "out"
    out.mkdir()
    with locked(out), forked(lambda: extract(src, out)) as pid:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 99
        with pytest.raises(OutputBusyError, match=str(os.getpid())):
            extract(src, out)
        busy = call("run", src, "-o", out)
        assert busy.returncode == 75
        assert str(os.getpid()).encode() in busy.stderr
    assert extract(src, out).records == 5
    (out / "lock").write_text("999999\n")  # left by a process that is no more
    assert extract(src, out).status == "finished"
    assert not (out / "lock").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system")
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 300), tmp_path / "out"
    out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", out], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        full = call("run", src, "-o", out)
        assert full.returncode == 74, full.stderr
        assert str(out).encode() in full.stderr
        assert b"free" in full.stderr
        subprocess.run(["mount", "-o", "remount,size=64m", out], check=True)
        assert call("run", src, "-o", out).returncode == 0
        extract(src, tmp_path / "clean")
        assert output(out) == output(tmp_path / "clean")
    finally:
        subprocess.run(["umount", "-l", out], check=True)


def test_any_write_that_fails_is_told_and_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The n-th call of the system that makes something durable fails, for each n, as on a disk that fills up."""
    src = make_corpus(tmp_path / "in", 30)
    extract(src, tmp_path / "clean", shard_size=10)
    real = os.fsync
    calls = failing = 0

    def rigged(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", rigged)
    for failing in range(1, 40):
        calls = 0
        out = tmp_path / f"out-{failing}"
        try:
            extract(src, out, shard_size=10, jobs=1)
            break
        except OutputError as error:
            assert error.full  # noqa: PT017  (the run that ends well has to be told from those that do not)
        calls = -1000
        extract(src, out, shard_size=10, jobs=1)
        assert output(out) == output(tmp_path / "clean"), failing
    assert failing > 8


def test_files_that_vanish_under_way_are_failures_or_forgotten(tmp_path: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 1200), tmp_path / "out"
    process = subprocess.Popen(command("run", src, "-o", out, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    started(out, process)
    for path in sorted(src.rglob("*.txt"))[-200:]:
        path.unlink()
    process.communicate(timeout=120)
    assert process.returncode in (0, 1)
    records = (out / "records.jsonl").read_bytes().count(b"\n")
    failures = [json.loads(line)["code"] for line in (out / "failures.jsonl").read_text("utf-8").splitlines()]
    assert records + len(failures) in range(1000, 1201)
    assert set(failures) <= {"NOT_FOUND"}
    assert extract(src, out).records == 1000
    extract(src, tmp_path / "clean")
    assert output(out) == output(tmp_path / "clean")


def test_a_file_that_changes_while_it_is_read_is_read_as_it_is_in_the_end(tmp_path: Path, poison: Path) -> None:
    src, out = tmp_path / "in", tmp_path / "out"
    src.mkdir()
    (src / "a.poison").write_text("slow 1", "utf-8")
    with forked(lambda: extract(src, out)) as pid:
        time.sleep(0.7)
        (src / "a.poison").write_text("good", "utf-8")
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert b"good" in next((out / "text").rglob("*.txt")).read_bytes()
    assert extract(src, out).read == 0
