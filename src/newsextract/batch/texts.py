"""The texts that records were made from: ``text/ab/abcdef….txt``, named by their hash, so that every offset can be looked up."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from newsextract.batch.durable import sync_all
from newsextract.batch.failing import writing
from newsextract.batch.ledger import Ledger
from newsextract.batch.outcome import Outcome

FOLDER: Final = "text"
_SUFFIX: Final = ".txt"
_TEMPORARY: Final = ".tmp"


def text_path(out: Path, text_sha256: str) -> Path:
    """Where the text with this hash lies in a run directory."""
    return Path(_stem(out, text_sha256) + _SUFFIX)


def _stem(out: str | Path, text_sha256: str) -> str:
    """The same without suffix, as a plain string: it is asked for every document, and paths as objects take as long as the system does."""
    return os.path.join(out, FOLDER, text_sha256[:2], text_sha256)


class Drafts:
    """The texts that a worker writes, each under a temporary name that no other has, until the parent gives them their own.

    Args:
        out: The run directory.
    """

    def __init__(self, out: Path) -> None:
        self._out = os.fspath(out)
        self._number = 0

    def write(self, outcome: Outcome) -> Outcome:
        """The outcome with a draft instead of its text; as it was if that cannot be written, for the parent to try and to tell why not."""
        digest, text = outcome.text_sha256, outcome.text
        if digest is None or text is None:
            return outcome
        self._number += 1
        draft = f"{_stem(self._out, digest)}.{os.getpid()}-{self._number}{_TEMPORARY}"
        try:
            try:
                _write(draft, text)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(draft), exist_ok=True)
                _write(draft, text)
        except OSError:
            with suppress(OSError):
                os.unlink(draft)
            return outcome
        return outcome._replace(text=None, draft=draft)


class Texts:
    """Takes texts and drafts of them, and makes them durable a batch at a time.

    Args:
        out: The run directory.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._waiting: dict[str, str | bytes] = {}
        self._folders: set[str] = set()

    def take(self, outcome: Outcome) -> None:
        """Takes the text of an outcome, if it has one; the same one twice is one file."""
        text = outcome.text if outcome.draft is None else outcome.draft
        if text is not None and outcome.text_sha256 is not None:
            self._waiting[outcome.text_sha256] = text

    def flush(self) -> None:
        """Gives what was taken its own names: every file whole and on the disk under its temporary name before."""
        if not self._waiting:
            return
        with writing(self._out / FOLDER, sum(len(text) for text in self._waiting.values() if isinstance(text, bytes))):
            self._make_folders()
            names = [_stem(self._out, digest) for digest in self._waiting]
            drafts = [_drafted(name, text) for name, text in zip(names, self._waiting.values(), strict=True)]
            sync_all(drafts, self._out)
            for draft, name in zip(drafts, names, strict=True):
                os.rename(draft, name + _SUFFIX)
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


def _drafted(name: str, text: str | bytes) -> str:
    """Where the draft of a text lies; it is written if it has not been."""
    if isinstance(text, str):
        return text
    _write(name + _TEMPORARY, text)
    return name + _TEMPORARY


def _write(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
