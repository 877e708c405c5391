"""Where records lie until a run is published: lines appended to one segment, made durable before the ledger tells of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from newsextract.batch.durable import sync
from newsextract.batch.failing import writing
from newsextract.batch.ledger import Ledger

FOLDER: Final = "spool"


class Spool:
    """The segment that this run appends to; made with the first line.

    Args:
        out: The run directory.
        ledger: Where the segment is entered.

    Attributes:
        segment: Its id in the ledger; None before the first line.
        unwritten: Bytes taken since the last :meth:`flush`.
    """

    def __init__(self, out: Path, ledger: Ledger) -> None:
        self._out = out
        self._ledger = ledger
        self._file: int | None = None
        self._path = out / FOLDER
        self._name = ""
        self._waiting: list[bytes] = []
        self._size = 0
        self.segment: int | None = None
        self.unwritten = 0

    def append(self, line: bytes) -> tuple[int, int]:
        """Takes a line; offset and length of it in the segment."""
        if self.segment is None:
            self._open()
        offset = self._size
        self._waiting.append(line)
        self._size += len(line)
        self.unwritten += len(line)
        return offset, len(line)

    def flush(self) -> None:
        """Writes what was taken and waits until it is on the disk."""
        if self._file is None or not self._waiting:
            return
        data = memoryview(b"".join(self._waiting))
        with writing(self._path, len(data)):
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        self._waiting.clear()
        self.unwritten = 0
        if self.segment is not None:
            self._ledger.set_segment(self.segment, self._name, self._size)

    def close(self) -> None:
        """Closes the segment; what was not flushed is lost."""
        if self._file is not None:
            os.close(self._file)
        self._file = self.segment = None
        self._waiting.clear()

    def _open(self) -> None:
        folder = self._out / FOLDER
        self.segment = self._ledger.add_segment("")
        self._name = f"{FOLDER}/{self.segment:06d}.jsonl"
        self._path = self._out / self._name
        self._size = 0
        with writing(self._path, 0):
            folder.mkdir(exist_ok=True)
            # a file of this name can only be what a killed run left before its ledger told of it
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
            sync(folder)
        self._ledger.set_segment(self.segment, self._name, 0)
