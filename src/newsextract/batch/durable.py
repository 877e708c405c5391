"""Making what was written last: on the disk before anything refers to it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_FEW: Final = 16
"""Up to here each file is synchronised by itself; more are left to one call for the whole file system."""


def sync(path: str | Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(paths: Sequence[str | Path], within: Path) -> None:
    """Waits until every one of ``paths``, all below ``within``, is on the disk.

    An fsync costs a few milliseconds however small the file, so many files are synchronised with their file system in one call.
    """
    if len(paths) > _FEW and _sync_filesystem(within):
        return
    for path in paths:
        sync(path)


def _sync_filesystem(folder: Path) -> bool:
    """Synchronises the file system of ``folder``; False where there is no such call (it is of Linux)."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)
    return True
