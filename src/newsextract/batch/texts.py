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
        paths = {text_path(self._out, digest): text for digest, text in self._waiting.items()}
        with writing(self._out / FOLDER, sum(map(len, paths.values()))):
            self._make_folders()
            new = {path: path.with_suffix(_TEMPORARY) for path, text in paths.items() if not _has(path, len(text))}
            for path, temporary in new.items():
                temporary.write_bytes(paths[path])
            sync_all(list(new.values()), self._out)
            for path, temporary in new.items():
                temporary.rename(path)
            sync_all(sorted({path.parent for path in new}), self._out)
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


def _has(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False
