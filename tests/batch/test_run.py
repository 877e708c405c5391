"""A run directory: what is in it, that it depends on nothing but input and configuration, and that a later run does only what is new."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsextract
from batch.rigged import make_corpus, output, sentence
from newsextract import OtherRunError, OutputError, SettingsError
from newsextract.batch.events import Event, FileRead, Progress, Started
from newsextract.batch.failing import writing
from newsextract.batch.inputs import inputs_of
from newsextract.batch.run import Run
from newsextract.batch.sinks.replace import replaced
from newsextract.config import Settings

pytestmark = pytest.mark.usefixtures("warm")


def extract(src: Path, out: Path, **settings: Any) -> newsextract.RunSummary:
    return newsextract.extract_folder(src, out, **{"jobs": 2, **settings})


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def ledger(out: Path, query: str) -> list[Any]:
    with sqlite3.connect(out / "ledger.sqlite") as database:
        return database.execute(query).fetchall()


def test_a_run_directory_holds_records_texts_failures_ledger_and_report(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(10), tmp_path / "out"
    (src / "broken.txt").write_bytes(bytes(range(128, 256)) * 20)
    (src / "blank.txt").write_text(" \n", "utf-8")
    summary = extract(src, out)
    assert (summary.status, summary.files, summary.records, summary.failures, summary.skipped) == ("finished", 12, 10, 1, 1)
    assert sorted(p.name for p in out.iterdir()) == [
        "failures.jsonl", "ledger.sqlite", "records", "records.jsonl", "run.json", "skipped.jsonl", "text",
    ]  # fmt: skip
    records = lines(out / "records.jsonl")
    names = [r["source"]["name"] for r in records]
    assert names == sorted(str(p.relative_to(src)) for p in src.rglob("0*.txt"))
    assert os.readlink(out / "records.jsonl") == "records/part-00000.jsonl"
    assert [(f["name"], f["code"]) for f in lines(out / "failures.jsonl")] == [("broken.txt", "UNDECIDED_ENCODING")]
    assert [(s["name"], s["code"]) for s in lines(out / "skipped.jsonl")] == [("blank.txt", "EMPTY")]
    for record in records:
        digest = record["text"]["sha256"]
        assert (out / "text" / digest[:2] / f"{digest}.txt").read_text("utf-8") == (src / record["source"]["name"]).read_text("utf-8")
    report = json.loads((out / "run.json").read_text("utf-8"))
    assert report["status"] == "finished"
    assert report["counts"]["records"] == 10
    assert report["configuration"]["shard_size"] == 10_000


def test_the_ledger_says_where_each_record_lies(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(9), tmp_path / "out"
    extract(src, out, shard_size=4)
    rows = ledger(out, "SELECT name, part, offset, length, status, sha256 FROM documents")
    assert [row[1] for row in rows] == ["records/part-00000.jsonl"] * 4 + ["records/part-00001.jsonl"] * 4 + ["records/part-00002.jsonl"]
    for name, part, offset, length, status, digest in rows:
        record = json.loads((out / part).read_bytes()[offset : offset + length])
        assert (record["source"]["name"], record["source"]["sha256"], status) == (name, digest, "done")
    assert not (out / "records.jsonl").exists()


def test_the_records_are_those_of_the_extractor(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(3), tmp_path / "out"
    extract(src, out)
    for record in lines(out / "records.jsonl"):
        (alone,) = newsextract.extract_file(src / record["source"]["name"])
        assert isinstance(alone, newsextract.Record)
        told = json.loads(alone.model_dump_json())
        assert told.pop("source")["sha256"] == record.pop("source")["sha256"]
        assert told == record


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_the_number_of_jobs_and_the_way_workers_start_change_nothing(corpus: Callable[[int], Path], tmp_path: Path, start: str) -> None:
    src = corpus(150)
    make_corpus(src / "again", 20)
    (src / "broken.txt").write_bytes(bytes(range(128, 256)) * 20)
    extract(src, tmp_path / "one", jobs=1, shard_size=40)
    settings = Settings(jobs=4, shard_size=40)
    Run(inputs_of([src], tmp_path / "four", settings), tmp_path / "four", settings, start=start).execute()
    assert output(tmp_path / "one") == output(tmp_path / "four")
    assert len(list((tmp_path / "one" / "records").iterdir())) == 5


def test_a_finished_run_is_not_done_again(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(40), tmp_path / "out"
    extract(src, out)
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (out / "records").iterdir()}
    seen: list[Event] = []
    again = extract(src, out, on_event=seen.append)
    assert (again.read, again.records) == (0, 40)
    assert not [e for e in seen if isinstance(e, FileRead)]
    assert {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (out / "records").iterdir()} == before


def test_a_later_run_does_what_is_new_changed_or_gone_and_no_more(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(1000), tmp_path / "out"
    extract(src, out, shard_size=300)
    files = sorted(src.rglob("*.txt"))
    for path in files[100:110]:
        path.write_text(path.read_text("utf-8") + "وحضرها 5 ضيوف.\n", "utf-8")
    for path in files[500:510]:
        path.unlink()
    make_corpus(src / "new", 10, first=5000)
    again = extract(src, out, shard_size=300)
    assert (again.read, again.records, again.vanished) == (20, 1000, 10)
    extract(src, tmp_path / "fresh", shard_size=300)
    assert output(out) == output(tmp_path / "fresh")
    assert len(ledger(out, "SELECT 1 FROM file WHERE status = 'vanished'")) == 10


def test_a_change_that_keeps_size_and_time_is_seen(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(5), tmp_path / "out"
    path = src / "0" / "00000.txt"
    os.utime(path, (10**9, 10**9))
    extract(src, out)
    status = path.stat()
    path.write_text(sentence(0).replace("3 متدربا", "8 متدربا"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert extract(src, out).read == 1
    assert b'"value":8' in (out / "records.jsonl").read_bytes()


def test_a_touched_file_is_not_read_again(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(5), tmp_path / "out"
    extract(src, out)
    for path in src.rglob("*.txt"):
        path.touch()
    assert extract(src, out).read == 0


def test_files_of_the_same_content_are_extracted_once_and_have_a_record_each(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(7), tmp_path / "out"
    for name in ("copy.txt", 'أخبار "قديمة".txt', "copy.md"):
        shutil.copy(src / "3" / "00003.txt", src / name)
    summary = extract(src, out)
    # another suffix may mean another reader, so that only copies of the same suffix count
    assert (summary.files, summary.records, summary.duplicates, summary.read) == (10, 10, 2, 8)
    records = lines(out / "records.jsonl")
    same = [r for r in records if r["source"]["sha256"] == records[3]["source"]["sha256"]]
    assert [r["source"]["name"] for r in same] == ["3/00003.txt", "copy.md", "copy.txt", 'أخبار "قديمة".txt']
    assert sorted(ledger(out, "SELECT name, same_as FROM duplicates")) == [("copy.txt", "3/00003.txt"), ('أخبار "قديمة".txt', "3/00003.txt")]
    for name in ("copy.txt", 'أخبار "قديمة".txt'):
        alone = tmp_path / "alone"
        shutil.rmtree(alone, ignore_errors=True)
        (tmp_path / "single").mkdir(exist_ok=True)
        shutil.copy(src / name, tmp_path / "single" / name)
        extract(tmp_path / "single", alone)
        assert (alone / "records.jsonl").read_bytes() in (out / "records.jsonl").read_bytes()
        shutil.rmtree(tmp_path / "single")


def test_renamed_files_are_not_read_again(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(20), tmp_path / "out"
    extract(src, out)
    (src / "0").rename(src / "moved")
    again = extract(src, out)
    assert (again.read, again.records, again.vanished) == (0, 20, 3)
    extract(src, tmp_path / "fresh")
    assert output(out) == output(tmp_path / "fresh")


def test_lost_output_is_made_again(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(20), tmp_path / "out"
    extract(src, out, shard_size=5)
    before = output(out)
    (out / "records" / "part-00001.jsonl").unlink()
    part = out / "records" / "part-00002.jsonl"
    part.write_bytes(part.read_bytes()[:100])
    assert extract(src, out, shard_size=5).read == 10
    assert output(out) == before


def test_the_size_of_parts_may_change(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(20), tmp_path / "out"
    extract(src, out, shard_size=5)
    assert extract(src, out, shard_size=50).read == 0
    extract(src, tmp_path / "fresh", shard_size=50)
    assert output(out) == output(tmp_path / "fresh")


def test_what_failed_is_tried_again_only_when_asked(corpus: Callable[[int], Path], tmp_path: Path, poison: Path) -> None:
    src, out = corpus(5), tmp_path / "out"
    (src / "bad.poison").write_text("crash", "utf-8")
    first = extract(src, out)
    assert (first.records, first.failures, first.failure_codes) == (5, 1, {"CRASH": 1})
    assert extract(src, out).read == 0
    assert extract(src, out, retry_failed=True).read == 1
    assert ledger(out, "SELECT attempts FROM file WHERE name = 'bad.poison'") == [(4,)]
    (src / "bad.poison").write_text("good", "utf-8")
    assert extract(src, out).records == 6


def test_another_configuration_is_refused_and_may_take_over(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(3), tmp_path / "out"
    extract(src, out)
    before = output(out)
    with pytest.raises(OtherRunError, match="configuration"):
        extract(src, out, content=True)
    assert output(out) == before
    assert extract(src, out, content=True, force_new=True).read == 3
    assert lines(out / "records.jsonl")[0]["text"]["content"]


def test_another_input_is_refused(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(3), tmp_path / "out"
    extract(src, out)
    other = make_corpus(tmp_path / "other", 2)
    with pytest.raises(OtherRunError, match="another input"):
        extract(other, out)
    assert newsextract.extract_folder([src, other], out, jobs=1).records == 5


def test_records_without_a_ledger_are_not_overwritten(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "records.jsonl").write_text("mine\n")
    with pytest.raises(OtherRunError):
        extract(corpus(1), out)
    assert (out / "records.jsonl").read_text() == "mine\n"


def test_nothing_is_written_among_the_input(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src = corpus(3)
    with pytest.raises(SettingsError):
        extract(src, src)
    with pytest.raises(SettingsError):
        extract(make_corpus(tmp_path / "run" / "text", 1), tmp_path / "run")
    before = sorted(src.rglob("*"))
    extract(src, tmp_path / "out")
    assert sorted(src.rglob("*")) == before


def test_an_output_below_the_input_is_not_read(corpus: Callable[[int], Path]) -> None:
    src = corpus(3)
    assert extract(src, src / "out").files == 3
    assert extract(src, src / "out").files == 3


def test_events_are_typed_and_complete(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    seen: list[Event] = []
    extract(corpus(30), tmp_path / "out", on_event=seen.append)
    assert seen[0] == Started(30, 2)
    assert sorted(e.name for e in seen if isinstance(e, FileRead)) == sorted(f"{n % 7}/{n:05d}.txt" for n in range(30))
    assert all(e.done <= 30 for e in seen if isinstance(e, Progress))


def test_texts_may_be_left_out_and_those_of_vanished_files_go(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src = corpus(3)
    extract(src, tmp_path / "bare", text=False)
    assert not (tmp_path / "bare" / "text").exists()
    extract(src, tmp_path / "out")
    assert len(list((tmp_path / "out" / "text").rglob("*.txt"))) == 3
    (src / "0" / "00000.txt").unlink()
    extract(src, tmp_path / "out")
    assert len(list((tmp_path / "out" / "text").rglob("*.txt"))) == 2


def test_a_format_once_asked_for_is_kept_up_to_date(corpus: Callable[[int], Path], tmp_path: Path) -> None:
    src, out = corpus(3), tmp_path / "out"
    extract(src, out, format=("csv",))
    table = next((out / "csv").glob("records.csv"))
    assert len(table.read_text("utf-8").strip().split("\n")) == 4
    make_corpus(src / "new", 1, first=70)
    extract(src, out)
    assert len(table.read_text("utf-8").strip().split("\n")) == 5
    before = table.stat().st_ino
    extract(src, out, format=("csv",))
    assert table.stat().st_ino == before


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replaced(target) as temporary:
        temporary.write_text(f"half {1 // 0}")
    assert target.read_text() == "old"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as rigged:
        rigged.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="Free some space"), writing(target), replaced(target) as temporary:
            temporary.write_text("new")
    assert target.read_text() == "old"
    with replaced(target) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
