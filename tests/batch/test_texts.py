"""The texts of records: drafted by workers, named by the parent, each whole or not there."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from newsextract import extract_folder
from newsextract.batch.outcome import Outcome
from newsextract.batch.texts import Drafts, Texts, text_path
from newsextract.errors import OutputError

TEXT = "استقبل الوزير محمد العلي الوفد.\n".encode()


def outcome(text: bytes = TEXT) -> Outcome:
    return Outcome("record", text_sha256=sha256(text).hexdigest(), text=text)


def test_a_draft_gets_its_name_when_it_is_adopted(tmp_path: Path) -> None:
    drafted = Drafts(tmp_path).write(outcome())
    assert drafted.text is None
    assert drafted.draft is not None
    assert Path(drafted.draft).read_bytes() == TEXT
    assert not text_path(tmp_path, str(drafted.text_sha256)).exists()
    texts = Texts(tmp_path)
    texts.take(drafted)
    texts.flush()
    assert text_path(tmp_path, str(drafted.text_sha256)).read_bytes() == TEXT
    assert not Path(drafted.draft).exists()


def test_no_two_drafts_share_a_name(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    first, second = drafts.write(outcome()), drafts.write(outcome())
    assert first.draft != second.draft
    texts = Texts(tmp_path)
    for one in (first, second):
        texts.take(one)
    texts.flush()
    assert text_path(tmp_path, str(first.text_sha256)).read_bytes() == TEXT


def test_what_a_worker_cannot_write_the_parent_tries_and_tells(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no folder", "utf-8")
    kept = Drafts(tmp_path).write(outcome())
    assert kept == outcome()
    texts = Texts(tmp_path)
    texts.take(kept)
    with pytest.raises(OutputError, match="cannot be written"):
        texts.flush()


def test_a_run_leaves_texts_and_no_drafts(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(40):
        # the same text under two suffixes: read twice, kept once
        for suffix in ("txt", "md"):
            (source / f"{number}.{suffix}").write_bytes(TEXT + str(number // 2).encode())
    extract_folder(source, tmp_path / "out", jobs=2, tier="fast")
    found = [path for path in (tmp_path / "out" / "text").rglob("*") if path.is_file()]
    assert {path.suffix for path in found} == {".txt"}
    assert len(found) == 20
    assert all(path.stem == sha256(path.read_bytes()).hexdigest() for path in found)
