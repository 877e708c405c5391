"""The stored lexicon: read again for the same content, never believed when anything about it is odd, never missed where it cannot be written."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsextract
from newsextract import LexiconError
from newsextract.lexicon import store, table

TEXT = "وزار الوفد معهد زهرة البادية في مسقط يوم 5 مايو 2024"
ROWS = "surface\tlabel\tid\tname_en\nمعهد زهرة البادية\tINSTITUTION\tdesert-flower\tDesert Flower Institute\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own folder for what is stored; what this process remembers is forgotten before and after."""
    where = tmp_path / "cache" / "newsextract"
    monkeypatch.setenv(store.VARIABLE, str(where))
    table._table.cache_clear()
    yield where
    table._table.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(ROWS, "utf-8")
    return path


def line(own: Path) -> bytes:
    """The record of a text, by an extractor that is loaded anew."""
    table._table.cache_clear()
    return next(newsextract.load(lexicons=[own]).json_lines([TEXT]))


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_second_load_reads_what_the_first_stored(folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = line(own)
    monkeypatch.setattr(table, "read_rows", lambda *_: pytest.fail("worked out again"))
    assert line(own) == first
    assert b"Desert Flower Institute" in first


@posix
def test_only_the_user_may_look(folder: Path, own: Path) -> None:
    line(own)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(the_file(folder).stat().st_mode) == 0o600


def test_another_content_is_another_file(folder: Path, own: Path) -> None:
    line(own)
    own.write_text(ROWS.replace("Flower", "Rose"), "utf-8")
    assert b"Desert Rose Institute" in line(own)
    assert len(list(folder.iterdir())) == 2


def test_old_files_go(folder: Path, own: Path) -> None:
    for number in range(store._KEPT + 3):
        own.write_text(ROWS.replace("Flower", f"Flower {number}"), "utf-8")
        line(own)
    assert len(list(folder.iterdir())) == store._KEPT


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\nnothing", None])
def test_a_damaged_file_is_worked_out_again(folder: Path, own: Path, damage: bytes | None) -> None:
    expected = line(own)
    file = the_file(folder)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] if damage is None else damage)
    assert line(own) == expected
    assert file.read_bytes() == whole


def test_a_text_of_another_shape_is_no_table() -> None:
    for text in ("", "a\x1eb", "a\x1eb\x1ec\x1dd\x1ee"):
        assert table._read(text) is None


@posix
def test_a_file_or_folder_that_others_may_write_is_not_read(folder: Path, own: Path) -> None:
    line(own)
    name = the_file(folder).name
    assert store.read(name) is not None
    the_file(folder).chmod(0o622)
    assert store.read(name) is None
    the_file(folder).chmod(0o600)
    folder.chmod(0o777)
    assert store.read(name) is None
    store.write("lexicon-other.txt", "x")
    assert not (folder / "lexicon-other.txt").exists()


@posix
def test_links_are_not_followed(folder: Path, own: Path, tmp_path: Path) -> None:
    line(own)
    file = the_file(folder)
    elsewhere = tmp_path / "elsewhere.txt"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert store.read(file.name) is None
    folder.rename(tmp_path / "real")
    folder.symlink_to(tmp_path / "real")
    (tmp_path / "real" / "plain.txt").write_bytes(elsewhere.read_bytes())
    assert store.read("plain.txt") is None


@posix
def test_a_pipe_in_its_place_does_not_hang(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    os.mkfifo(folder / "lexicon-x.txt", 0o600)
    assert store.read("lexicon-x.txt") is None


def test_where_nothing_can_be_written_nothing_happens(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    for value in (str(blocked / "below"), str(blocked), ""):
        monkeypatch.setenv(store.VARIABLE, value)
        assert b"Desert Flower Institute" in line(own)
    assert blocked.read_text() == "in the way"


def test_without_a_home_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv(store.VARIABLE, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert store.folder() is None
    assert store.read("x") is None
    store.write("x", "y")


def test_where_the_folder_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(store.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert store.folder() == tmp_path / "newsextract"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert store.folder() == Path.home() / "Library" / "Caches" / "newsextract"
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr(sys, "platform", "win32")
    assert store.folder() == tmp_path / "local" / "newsextract"


def test_wrong_rows_are_refused_however_often(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tsv"
    for text in ("surface\tlabel\nشيء\tNOTHING\n", "surface\tlabel\nشي\x1dء\tNOUN\n"):
        wrong.write_text(text, "utf-8")
        for _ in range(2):
            with pytest.raises(LexiconError, match=r"wrong\.tsv:2"):
                newsextract.load(lexicons=[wrong])


def test_a_table_travels() -> None:
    loaded = table.load_table(("dialect",), ())
    again = pickle.loads(pickle.dumps(loaded))
    assert again.forms == loaded.forms
    assert again.fingerprint == loaded.fingerprint
    assert [entry.surface for entry in again.entries[:3]] == [entry.surface for entry in loaded.entries[:3]]
    assert again.entries[0] is again.entries[0]


def test_processes_that_begin_together_do_not_spoil_it(folder: Path) -> None:
    program = "import newsextract; print(len(newsextract.load().extract('نفذ المركز 49 نشاطا').counts))"
    together = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in together] == ["1"] * 3
    assert store.read(the_file(folder).name) is not None
