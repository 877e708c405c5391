"""Names and file systems that mean no good: everything is accounted for, nothing is opened that is no regular file."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

import newsextract
from batch.rigged import forked, make_corpus, output, sentence
from newsextract.batch.walk import Selection, count, walk

pytestmark = pytest.mark.usefixtures("warm")


def outcomes(out: Path) -> dict[str, str]:
    """The outcome of every name: ``record``, or the code of why there is none."""
    told: dict[str, str] = {}
    for name in ("records.jsonl", "failures.jsonl", "skipped.jsonl"):
        for line in (out / name).read_text("utf-8").split("\n"):
            if line:
                row: dict[str, Any] = json.loads(line)
                told[row["name"] if "name" in row else row["source"]["name"]] = row.get("code", "record")
    return told


def test_traps_of_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsextract.batch.identity._QUIET", 0)  # files so young would be looked at again
    src, out = tmp_path / "in", tmp_path / "out"
    (src / "folder.txt").mkdir(parents=True)
    (src / "good.txt").write_text(sentence(1), "utf-8")
    (src / "folder.txt" / "inside.txt").write_text(sentence(2), "utf-8")
    os.mkfifo(src / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        where = os.getcwd()
        os.chdir(src)
        listener.bind("socket.txt")
        os.chdir(where)
    for name, target in {
        "self": ".",
        "parent": "..",
        "a.txt": "b.txt",
        "b.txt": "a.txt",
        "broken.txt": "none",
        "secret.txt": "/etc/passwd",
        "again.txt": "good.txt",
    }.items():
        (src / name).symlink_to(target)
    with (src / "sparse.txt").open("wb") as file:
        file.truncate(8 << 30)
    os.link(src / "good.txt", src / "hard.txt")
    summary = newsextract.extract_folder(src, out, jobs=2)
    assert outcomes(out) == {
        "a.txt": "SYMLINK", "again.txt": "SYMLINK", "b.txt": "SYMLINK", "broken.txt": "SYMLINK", "folder.txt": "NOT_REGULAR_FILE",
        "folder.txt/inside.txt": "record", "good.txt": "record", "hard.txt": "record", "parent": "SYMLINK", "pipe.txt": "NOT_REGULAR_FILE",
        "secret.txt": "SYMLINK", "self": "SYMLINK", "socket.txt": "NOT_REGULAR_FILE", "sparse.txt": "TOO_LARGE",
    }  # fmt: skip
    assert summary.failures == 4
    assert "root:" not in "".join(p.read_text("utf-8", "replace") for p in out.rglob("*") if p.is_file())
    assert newsextract.extract_folder(src, out, jobs=2).read == 0


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    src, out = make_corpus(tmp_path / "in", 2), tmp_path / "out"
    (src / "secret.txt").write_text(sentence(3), "utf-8")
    for name in ("closed", "locked"):
        (src / name).mkdir()
        (src / name / "inside.txt").write_text(sentence(4), "utf-8")
    # what is imported late is imported now, for nobody may read this Python where it lies in a home folder
    newsextract.extract_folder(src, tmp_path / "before", jobs=1)
    newsextract.extract_file(src / "secret.txt")
    _forbid(tmp_path, src)
    with forked(lambda: _as_nobody(src, out)) as pid:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert outcomes(out) == {
        "0/00000.txt": "record", "1/00001.txt": "record", "closed": "PERMISSION", "locked/inside.txt": "PERMISSION", "secret.txt": "PERMISSION",
    }  # fmt: skip


def _forbid(tmp_path: Path, src: Path) -> None:
    """Makes files and folders that their owner, who is not root, may not read."""
    (src / "secret.txt").chmod(0)
    (src / "closed").chmod(0o300)
    (src / "locked").chmod(0o600)
    if os.geteuid() == 0:
        tmp_path.chmod(0o777)
        for folder in tmp_path.parents[:3]:  # one more where tests run side by side
            folder.chmod(folder.stat().st_mode | 0o755)
        for path in (src, *src.rglob("*")):
            os.chown(path, 65534, 65534)


def _as_nobody(src: Path, out: Path) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    newsextract.extract_folder(src, out, jobs=1)


def test_names_are_data(tmp_path: Path) -> None:
    src, out = tmp_path / "in", tmp_path / "out"
    src.mkdir()
    names = [b"-rf.txt", b"$(touch x).txt", b"a\nb.txt", b"a\\nb.txt", b"\xff\xfe.txt", "بيان \u202e.txt".encode(), b"'; DROP TABLE x; --.txt", b"%2e%2e.txt",
             b"x" * 250 + b".txt", b"a\tb.txt", b" .txt", b"Same.txt", b"same.txt", "é.txt".encode(), "e\u0301.txt".encode(), b'"quoted".txt']  # fmt: skip
    for name in names:
        with open(os.path.join(os.fsencode(src), name), "wb") as file:
            file.write(sentence(1).encode())
    summary = newsextract.extract_folder(src, out, jobs=2)
    assert (summary.records, summary.failures, summary.duplicates) == (len(names), 0, len(names) - 1)
    records = [json.loads(line) for line in (out / "records.jsonl").read_bytes().splitlines()]
    assert len({r["source"]["name"] for r in records}) == len(names)
    from urllib.parse import unquote_to_bytes

    assert [unquote_to_bytes(r["source"]["uri"]) for r in records] == sorted(names)
    assert sorted(p.name for p in out.iterdir() if p.is_dir()) == ["records", "text"]
    # the records of copies are what each file alone would give
    for name in names:
        alone = tmp_path / "alone"
        alone.mkdir()
        os.rename(os.path.join(os.fsencode(src), name), os.path.join(os.fsencode(alone), name))
        newsextract.extract_folder(alone, tmp_path / "single", jobs=1, force_new=True)
        (line,) = (tmp_path / "single" / "records.jsonl").read_bytes().splitlines()
        assert line in (out / "records.jsonl").read_bytes().splitlines()
        os.unlink(os.path.join(os.fsencode(alone), name))
        alone.rmdir()


def test_the_walk_is_in_byte_order_of_whole_paths(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b.txt", "b-c.txt", "a/x/y.txt", "a/x.txt", "ب.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [f.path for f in walk(os.fsencode(tmp_path), Selection())]
    assert found == sorted(found)
    assert len(found) == 6 == count(os.fsencode(tmp_path), Selection())


def test_a_tree_deeper_than_any_path_is_accounted_for(tmp_path: Path) -> None:
    src = make_corpus(tmp_path / "in", 1)
    where = os.getcwd()
    os.chdir(src)
    try:
        for _ in range(60):
            os.mkdir("مجلد" * 20)
            os.chdir("مجلد" * 20)
        Path("deep.txt").write_text(sentence(1), "utf-8")
    finally:
        os.chdir(where)
    try:
        summary = newsextract.extract_folder(src, tmp_path / "out", jobs=1)
        assert (summary.records, summary.failures) == (1, 1)
        assert "UNREADABLE" in summary.failure_codes
    finally:
        subprocess.run(["rm", "-rf", src], check=True)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"include": ("*.md",)}, {"0/note.md"}),
        ({"exclude": ("0*.txt",)}, {"0/note.md"}),
        ({"exclude": ("0",)}, {"1/00001.txt", "2/00002.txt"}),
        ({"include": ("0/*", "2/*"), "exclude": ("*.md",)}, {"0/00000.txt", "2/00002.txt"}),
    ],
)
def test_patterns_choose(tmp_path: Path, settings: dict[str, Any], names: set[str]) -> None:
    src = make_corpus(tmp_path / "in", 3)
    (src / "0" / "note.md").write_text(sentence(8), "utf-8")
    newsextract.extract_folder(src, tmp_path / "out", jobs=1, **settings)
    assert set(outcomes(tmp_path / "out")) == names


def test_a_file_named_by_hand_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(sentence(1), "utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    newsextract.extract_folder([tmp_path / "link.txt", tmp_path / "real.txt"], tmp_path / "out", jobs=1)
    assert outcomes(tmp_path / "out") == {"link.txt": "record", "real.txt": "record"}
    assert newsextract.extract_folder([tmp_path / "link.txt", tmp_path / "real.txt"], tmp_path / "out", jobs=1).read == 0
    assert output(tmp_path / "out")
