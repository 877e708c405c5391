"""The texts that records were made from: ``text/ab/abcdef….txt``, named by their hash, so that every offset can be looked up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from newsextract.batch.durable import sync_all
from newsextract.batch.failing import writing
from newsextract.batch.ledger import Ledger

FOLDER: Final = "text"
_SUFFIX: Final = ".txt"
_TEMPORARY: Final = ".tmp"


def text_path(out: Path, text_sha256: str) -> Path:
    """Where the text with this hash lies in a run directory."""
    return out / FOLDER / text_sha256[:2] / f"{text_sha256}{_SUFFIX}"


class Texts:
    """Takes texts and makes them durable a batch at a time.

    Args:
        out: The run directory.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._waiting: dict[str, bytes] = {}
        self._folders: set[str] = set()

    def add(self, text_sha256: str, text: bytes) -> None:
        """Takes a text; the same one twice is one file."""
        self._waiting[text_sha256] = text

    def flush(self) -> None:
        """Writes what was taken: every file whole and on the disk under its temporary name before it gets its own."""
        if not self._waiting:
            return
        with writing(self._out / FOLDER, sum(map(len, self._waiting.values()))):
            self._make_folders()
            # plain strings: this is done for every document, and paths as objects take as long as the system does
            names = [os.path.join(self._out, FOLDER, digest[:2], digest) for digest in self._waiting]
            for name, text in zip(names, self._waiting.values(), strict=True):
                _write(name + _TEMPORARY, text)
            sync_all([name + _TEMPORARY for name in names], self._out)
            for name in names:
                os.rename(name + _TEMPORARY, name + _SUFFIX)
            sync_all(sorted({os.path.dirname(name) for name in names}), self._out)
        self._waiting.clear()

    def _make_folders(self) -> None:
        wanted = {digest[:2] for digest in self._waiting} - self._folders
        for name in wanted:
            (self._out / FOLDER / name).mkdir(parents=True, exist_ok=True)
        if wanted:
            sync_all([self._out, self._out / FOLDER], self._out)
        self._folders |= wanted


def sweep(out: Path, ledger: Ledger) -> None:
    """Removes the texts that no record was made from (of files that have changed or vanished), and what killed runs left."""
    for folder in sorted((out / FOLDER).glob("[0-9a-f][0-9a-f]")):
        wanted = ledger.texts(folder.name, folder.name + "g")
        with writing(folder):
            names = os.listdir(folder)
            for name in names:
                if name.removesuffix(_SUFFIX) not in wanted:
                    (folder / name).unlink()
            if not wanted:
                folder.rmdir()


def _write(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
