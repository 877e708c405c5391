"""Exit codes are an interface: one command for each; stdout is data, stderr is talk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from batch.rigged import call, make_corpus, sentence
from newsextract.batch.lock import locked
from newsextract.exit_codes import Exit

ROOT = Path(__file__).parents[2]
BAD = bytes(range(128, 256)) * 20


@pytest.fixture
def src(corpus: Callable[[int], Path]) -> Path:
    return corpus(4)


def codes_of(stderr: bytes) -> str:
    return stderr.decode("utf-8", "replace")


def test_all_done(src: Path, tmp_path: Path) -> None:
    done = call("run", src, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "4 records, 0 failures" in codes_of(done.stderr)


def test_some_failed(src: Path, tmp_path: Path) -> None:
    (src / "bad.txt").write_bytes(BAD)
    done = call("run", src, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "bad.txt" in codes_of(done.stderr)
    assert "4 records, 1 failures" in codes_of(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["run", "."], ["run", ".", "-o", "x", "--nonsense"], ["run", ".", "-o", "x", "--jobs", "some"], ["run", ".", "-o", "x", "--timeout", "long"]],
)
def test_usage(arguments: list[str], tmp_path: Path) -> None:
    done = call(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr
    assert not list(tmp_path.iterdir())


def test_no_input(src: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments in ([tmp_path / "empty"], [tmp_path / "nowhere"], [src, "--include", "*.pdf"]):
        done = call("run", *arguments, "-o", tmp_path / "out")
        assert done.returncode == 3, arguments
        assert not (tmp_path / "out").exists()


def test_an_input_that_vanished_leaves_the_output_alone(src: Path, tmp_path: Path) -> None:
    call("run", src, "-o", tmp_path / "out")
    src.rename(tmp_path / "elsewhere")
    assert call("run", src, "-o", tmp_path / "out").returncode == 3
    src.mkdir()
    assert call("run", src, "-o", tmp_path / "out").returncode == 3
    assert (tmp_path / "out" / "records.jsonl").read_bytes().count(b"\n") == 4


def test_another_run_s_output(src: Path, tmp_path: Path) -> None:
    call("run", src, "-o", tmp_path / "out")
    done = call("run", src, "-o", tmp_path / "out", "--content")
    assert done.returncode == 4
    assert "--force-new" in codes_of(done.stderr)
    assert call("run", src, "-o", tmp_path / "out", "--content", "--force-new").returncode == 0


def test_a_missing_extra(src: Path, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not here')")
    done = call("run", src, "-o", tmp_path / "out", "--format", "parquet", PYTHONPATH=f"{tmp_path}:{_path()}")
    assert done.returncode == 5
    assert "newsextract[parquet]" in codes_of(done.stderr)


@pytest.mark.parametrize("gate", [["--fail-on", "UNDECIDED_ENCODING"], ["--max-errors", "0"], ["--max-errors", "10%"], ["--fail-fast"]])
def test_gates(src: Path, tmp_path: Path, gate: list[str]) -> None:
    (src / "bad.txt").write_bytes(BAD)
    assert call("run", src, "-o", tmp_path / "out", *gate).returncode == 6
    assert call("run", src, "-o", tmp_path / "loose", "--fail-on", "CRASH", "--max-errors", "30%").returncode == 1


def test_fail_fast_stops_and_may_be_taken_up(tmp_path: Path) -> None:
    src = make_corpus(tmp_path / "in", 400)
    (src / "0" / "00000.txt").write_bytes(BAD)
    done = call("run", src, "-o", tmp_path / "out", "--fail-fast", "-j", "1")
    assert done.returncode == 6
    assert not (tmp_path / "out" / "records.jsonl").exists()
    assert call("run", src, "-o", tmp_path / "out").returncode == 1
    assert (tmp_path / "out" / "records.jsonl").read_bytes().count(b"\n") == 399


def test_an_output_that_cannot_be_made(src: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for out in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere")):
        done = call("run", src, "-o", out)
        assert done.returncode == 73, out
        assert str(out) in codes_of(done.stderr)


def test_an_output_in_use(src: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        assert call("run", src, "-o", tmp_path / "out").returncode == 75


def test_a_wrong_lexicon(src: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("surface\tlabel\nاسم\tNOTHING\n", "utf-8")
    done = call("run", src, "-o", tmp_path / "out", "--lexicon", tmp_path / "mine.tsv")
    assert done.returncode == 65
    assert "mine.tsv:2" in codes_of(done.stderr)


def test_the_table_in_the_documentation_is_complete() -> None:
    told = (ROOT / "docs" / "cli.md").read_text("utf-8")
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", told, re.M)}
    assert rows == {int(code) for code in Exit}


# --- stdout, stdin, lists


def test_records_on_stdout_whatever_libraries_print(src: Path, tmp_path: Path, poison: Path) -> None:
    (src / "loud.poison").write_text("noise", "utf-8")
    done = call("run", src, "--stdout")
    assert done.returncode == 0
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 5
    assert b"noise" not in done.stderr


def test_a_document_on_standard_input(tmp_path: Path) -> None:
    done = call("run", "-", "-o", tmp_path / "out", stdin=sentence(1).encode())
    assert done.returncode == 0
    record = json.loads((tmp_path / "out" / "records.jsonl").read_text("utf-8"))
    assert record["source"]["name"] == "-"
    assert call("run", "-", "-o", tmp_path / "out", stdin=sentence(1).encode()).returncode == 0


def test_a_list_of_files(src: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(sentence(9), "utf-8")
    names = ["2/00002.txt", "0/00000.txt", "2/00002.txt", str(other), "1/none.txt"]
    for separator, options in (("\n", []), ("\0", ["-0"])):
        out = tmp_path / f"out{len(options)}"
        done = call("run", src, "--files-from", "-", "-o", out, *options, stdin=separator.join(names).encode())
        assert done.returncode == 1
        records = [json.loads(line) for line in (out / "records.jsonl").read_text("utf-8").splitlines()]
        assert [r["source"]["name"] for r in records] == ["0/00000.txt", "2/00002.txt", str(other).lstrip("/")]
        assert json.loads((out / "failures.jsonl").read_text("utf-8"))["code"] == "NOT_FOUND"


def test_a_dry_run_tells_and_writes_nothing(src: Path, tmp_path: Path) -> None:
    done = call("run", src, "-o", tmp_path / "out", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [f"new\t{n}/0000{n}.txt" for n in range(4)]
    assert not (tmp_path / "out").exists()
    call("run", src, "-o", tmp_path / "out")
    (src / "0" / "00000.txt").unlink()
    (src / "1" / "00001.txt").write_text(sentence(77), "utf-8")
    make_corpus(src, 1, first=8)
    before = sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "out").rglob("*"))
    done = call("run", src, "-o", tmp_path / "out", "--dry-run")
    told = dict(line.split("\t")[::-1] for line in done.stdout.decode().splitlines())
    assert told == {
        "0/00000.txt": "vanished", "1/00001.txt": "changed", "1/00008.txt": "new", "2/00002.txt": "unchanged", "3/00003.txt": "unchanged",
    }  # fmt: skip
    assert sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "out").rglob("*")) == before


# --- telling


def test_quiet_verbose_json_and_a_log_file(src: Path, tmp_path: Path) -> None:
    (src / "bad.txt").write_bytes(BAD)
    quiet = call("run", src, "-o", tmp_path / "a", "-q").stderr.decode().splitlines()
    assert len(quiet) == 2
    assert "bad.txt" in quiet[0]
    assert any("2/00002.txt" in line for line in call("run", src, "-o", tmp_path / "b", "-v").stderr.decode().splitlines())
    told = call("run", src, "-o", tmp_path / "c", "--log-format", "json", "--log-file", tmp_path / "log").stderr
    events = [json.loads(line) for line in told.splitlines()]
    assert {e["event"] for e in events} >= {"Started", "Failed", "RunSummary"}
    assert [json.loads(line)["event"] for line in (tmp_path / "log").read_text("utf-8").splitlines()].count("Failed") == 1


def test_limits_are_shown(tmp_path: Path) -> None:
    shown = call("run", "--show-limits", "--timeout", "5s", "--max-size", "2MB").stdout.decode()
    table = dict(line.split() for line in shown.splitlines())
    assert table["--timeout"] == "5"
    assert table["--max-size"] == "2,000,000"
    assert table["--max-members"] == "10,000"
    assert len(table) == 11


def _path() -> str:
    import os

    return os.environ.get("PYTHONPATH", "")
