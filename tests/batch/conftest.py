"""Fixtures of the tests of runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from batch.rigged import POISON, make_corpus
from newsextract.batch.job import Job
from newsextract.readers.formats import readers


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a folder with so many releases."""
    return lambda files: make_corpus(tmp_path / "in", files)


@pytest.fixture
def poison(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that, on the path, registers the formats ``.poison`` and ``.poisons``, whose documents do harm to the process that reads them."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "poison_reader.py").write_text(POISON, "utf-8")
    info = folder / "poison_reader-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poison-reader\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[newsextract.readers]\npoison = poison_reader:read\npoisons = poison_reader:read_many\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]))
    readers.cache_clear()
    yield folder
    readers.cache_clear()


@pytest.fixture(scope="session")
def warm() -> None:
    """Lexicons are loaded before anything is timed or forked."""
    Job().extractor()
