"""The command line: each command, its exit codes; stdout is data only, stderr says file, reason and remedy."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import newsextract
from newsextract import Record

TEXT = "نفذ المركز 49 نشاطا بمشاركة أكثر من 3000 خبير في الدوحة يوم 15 أكتوبر 2025"


class Done:
    """A finished command: exit code, stdout as lines, stderr."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        self.out = out.decode("utf-8")
        self.err = err.decode("utf-8", "backslashreplace")

    @property
    def lines(self) -> list[Any]:
        """Every line of stdout, which must be JSON."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def call(*arguments: str | Path, stdin: str | bytes = b"", **environment: str) -> Done:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "newsextract.cli", *map(str, arguments)]
    done = subprocess.run(command, input=data, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8", **environment})
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files (one below), one in no encoding, one empty, one of an unknown format."""
    below = tmp_path / "in" / "below"
    below.mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(TEXT, "utf-8")
    (below / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes(bytes(range(128, 256)) * 20)
    (tmp_path / "in" / "empty.txt").write_text("\n", "utf-8")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path / "in"


# --- text


def test_text_reads_standard_input_and_prints_one_record(tmp_path: Path) -> None:
    done = call("text", stdin=TEXT)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n") == 1
    record = Record.model_validate_json(done.out)
    assert [c.value for c in record.counts] == [49, 3000]
    assert record.text.content is None
    assert done.out.rstrip("\n") == newsextract.load().extract(newsextract.Source(TEXT, name="-")).model_dump_json()


def test_text_reads_a_file_and_gives_its_content_when_asked(folder: Path) -> None:
    done = call("text", folder / "b.txt", "--content", "--pretty")
    assert done.code == 0
    record = json.loads(done.out)
    assert record["text"]["content"] == TEXT
    assert record["source"]["name"] == "b.txt"


def test_text_takes_the_caller_s_encoding(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode("cp1256"))
    for options in ([], ["--encoding", "cp1256"]):
        record = json.loads(call("text", file, *options).out)
        assert [c["lemma"] for c in record["counts"]] == ["نشاط", "خبير"]
    wrong = call("text", file, "--encoding", "utf-8")
    assert (wrong.code, wrong.out) == (65, "")
    assert "old.txt" in wrong.err
    assert "--encoding" in wrong.err


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [("none.txt", 66, "No such file"), ("bad.txt", 65, "--encoding"), ("empty.txt", 65, "no text"), ("picture.png", 65, "format")],
)
def test_a_file_that_cannot_be_read_is_told_with_its_name_the_reason_and_a_remedy(folder: Path, name: str, code: int, words: str) -> None:
    done = call("text", folder / name)
    assert (done.code, done.out) == (code, "")
    assert name in done.err
    assert words in done.err
    assert "Traceback" not in done.err


# --- run


def test_a_bad_file_does_not_end_a_run(folder: Path, tmp_path: Path) -> None:
    done = call("run", folder, "-o", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    assert [r["source"]["name"] for r in records] == ["b.txt", os.path.join("below", "a.md")]
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text("utf-8").splitlines()]
    assert [(Path(f["name"]).name, f["code"]) for f in failures] == [("bad.txt", "UNDECIDED_ENCODING")]
    assert all(f["reason"] and f["remedy"] for f in failures)
    assert "2 records, 1 failures, 2 passed over" in done.err


def test_a_run_without_failures_ends_with_zero_and_equal_runs_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert call("run", folder / "b.txt", folder / "below", "-o", tmp_path / out).code == 0
    assert (tmp_path / "one" / "records.jsonl").read_bytes() == (tmp_path / "two" / "records.jsonl").read_bytes()
    assert (tmp_path / "one" / "failures.jsonl").read_bytes() == b""


def test_a_run_does_not_read_its_own_output(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "note.txt").write_text(TEXT, "utf-8")
    done = call("run", folder, "-o", folder / "out")
    assert "2 records" in done.err


def test_a_path_that_does_not_exist_ends_a_run_before_it_begins(tmp_path: Path) -> None:
    done = call("run", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert done.code == 3
    assert "nowhere" in done.err
    assert not (tmp_path / "out").exists()


# --- mentions


def test_mentions_is_a_filter_that_answers_line_by_line() -> None:
    command = [sys.executable, "-m", "newsextract.cli", "mentions"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": f"c{number}", "text": TEXT}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["id"] == f"c{number}"
            assert {m["label"] for m in answer["mentions"]} >= {"NUMBER", "PLACE", "DATE"}
        process.stdin.close()
        assert process.wait() == 0


def test_mentions_takes_a_reference_day() -> None:
    case = json.dumps({"id": 1, "text": "عقد الاجتماع أمس"})
    dated = json.dumps({"id": 2, "text": "عقد الاجتماع أمس", "reference": "2025-11-01"})
    done = call("mentions", stdin=f"{case}\n\n{dated}\n")
    assert done.code == 0
    starts = [[m["date_start"] for m in line["mentions"] if m["label"] == "DATE"] for line in done.lines]
    assert starts == [[None], ["2025-10-31"]]


def test_no_line_of_mentions_is_lost_to_a_bad_one() -> None:
    lines = [
        "{",
        "[1]",
        '{"id": "x"}',
        '{"id": "y", "text": 3}',
        '{"id": "z", "text": "\\ud800 49 نشاطا"}',
        '{"id": "r", "text": "أمس", "reference": "yesterday"}',
        '{"id": "ok", "text": "49 نشاطا"}',
    ]
    done = call("mentions", stdin="\n".join(lines))
    assert done.code == 1
    assert [line["id"] for line in done.lines] == [None, None, "x", "y", "z", "r", "ok"]
    assert [bool(line.get("error")) for line in done.lines] == [True, True, True, True, False, True, False]
    assert done.lines[-1]["mentions"]
    assert "Traceback" not in done.err


# --- the rest


def test_explain_prints_steps_as_json_lines() -> None:
    done = call("explain", stdin="وترأس الوفد معالي الدكتور سامر عدنان الخطيب")
    assert done.code == 0
    assert {line["step"] for line in done.lines} == {"zone", "mention", "rule", "near_miss", "fact"}
    assert "delegations.head" in [line.get("rule") for line in done.lines]


def test_schema_prints_the_contract() -> None:
    done = call("schema")
    assert (done.code, done.err) == (0, "")
    Draft202012Validator.check_schema(json.loads(done.out))


def test_lexicon_check_says_path_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    rows = [
        "# a comment",
        "surface\tlabel\tid\tcountry\tclitics",
        "مرصد الواحة\tINSTITUTION\toasis\tSA\tconj prep",
        "أول\tUNKNOWN\tx\t\t",
        "ثان\tPLACE\ty\tSaudi\t",
        "ثالث\tPLACE",
        "مرصد الواحه\tINSTITUTION\toasis-2\tSA\tconj",
        "رابع\tPLACE\tz\tSA\tsuffix",
    ]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    done = call("lexicon", "check", file)
    assert (done.code, done.out) == (1, "")
    for number, word in ((4, "UNKNOWN"), (5, "Saudi"), (6, "cells"), (7, "line 3"), (8, "suffix")):
        assert re.search(rf"{re.escape(str(file))}:{number}: .*{word}", done.err), number
    assert f"{file}:3:" not in done.err


def test_lexicon_check_is_content_with_good_rows_and_tells_what_they_overlay(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("surface\tlabel\tid\nمرصد الواحة\tINSTITUTION\toasis\nقطر\tPLACE\tmy-qatar\n", "utf-8")
    done = call("lexicon", "check", file)
    assert done.code == 0
    assert "2 rows, 0 problems" in done.err
    assert f"{file}:3: قطر" in done.err


def test_a_wrong_lexicon_ends_a_command_with_path_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("surface\tlabel\nاسم\tNOTHING\n", "utf-8")
    for arguments in (["text"], ["mentions"], ["explain"], ["run", str(tmp_path), "-o", str(tmp_path / "out")]):
        done = call(*arguments, "--lexicon", file, stdin=TEXT)
        assert (done.code, done.out) == (65, "")
        assert f"{file}:2: " in done.err


def test_a_lexicon_of_one_s_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("surface\tlabel\tid\tkind\nمرصد الواحة\tINSTITUTION\toasis-watch\tcentre\n", "utf-8")
    done = call("mentions", "--lexicon", file, stdin=json.dumps({"id": 1, "text": "أعلن مرصد الواحة نتائجه"}))
    assert [m.get("id") for m in done.lines[0]["mentions"] if m["label"] == "INSTITUTION"] == ["oasis-watch"]


def test_version_and_usage() -> None:
    assert call("--version").out.strip() == newsextract.__version__
    for arguments in (["nonsense"], ["run"], ["text", "--nonsense"]):
        done = call(*arguments)
        assert (done.code, done.out) == (2, "")


def _processor_seconds(command: list[str]) -> float:
    """What a command takes of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_quick() -> None:
    """Beside what it must load, measured in turn: the machine may be at other things."""
    told = call("--help")
    assert told.code == 0
    for command in ("text", "run", "mentions", "explain", "schema", "lexicon"):
        assert command in told.out
    needed, taken = [], []
    for _ in range(5):
        needed.append(_processor_seconds([sys.executable, "-c", "import typer, rich.console, pydantic"]))
        taken.append(_processor_seconds([sys.executable, "-m", "newsextract.cli", "--help"]))
    assert min(taken) < 2.5 * min(needed)


def test_a_closed_pipe_is_no_error_to_talk_about() -> None:
    command = f"{sys.executable} -m newsextract.cli schema | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
