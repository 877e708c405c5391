"""One writer at a time: an advisory lock on ``OUT/lock``, which goes with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from newsextract.batch.failing import writing
from newsextract.errors import OutputBusyError

NAME: Final = "lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Holds the lock of a run directory.

    Raises:
        OutputBusyError: Another run holds it; the message tells its process id.
        OutputError: The lock cannot be made.
    """
    path = out / NAME
    file = _take(path)
    try:
        os.truncate(file, 0)
        with writing(path):
            os.write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(file)


def holder(out: Path) -> int | None:
    """The process that is writing to a run directory now, if one is."""
    try:
        file = os.open(out / NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _pid(file)
    finally:
        os.close(file)
    return None


def _take(path: Path) -> int:
    while True:
        with writing(path):
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = _pid(file)
            os.close(file)
            told = f"another run, process {pid}, is writing there" if pid else "another run is writing there"
            raise OutputBusyError(path.parent, told, "Wait for it, or choose another folder with -o.") from error
        if _still_there(file, path):
            return file
        os.close(file)  # its last holder removed it between our opening and locking it


def _still_there(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _pid(file: int) -> int | None:
    told = os.pread(file, 20, 0).strip()
    return int(told) if told.isdigit() else None
