"""What the system says of an output that cannot be written, said in our words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsextract.errors import OutputError

_FAILING: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOMEM, errno.ENXIO}
"""The place is right, but the disk is full, over quota, or broken."""


@contextmanager
def writing(path: Path, size: int | None = None) -> Iterator[None]:
    """Turns an ``OSError`` of the block into an :class:`OutputError` that names ``path`` and the bytes that were to be written.

    Args:
        path: What is written; the error's own path counts more where it has one.
        size: How many bytes.
    """
    try:
        yield
    except OSError as error:
        where = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else path
        raise output_error(where, error, size) from error


def output_error(path: Path, error: OSError, size: int | None = None) -> OutputError:
    """The error to raise for ``error``."""
    failing = error.errno in _FAILING
    wanted = "" if size is None else f"; {size:,} bytes to write"
    room = _room(path) if failing else None
    told = f"cannot be written ({error.strerror or error}{wanted}{'' if room is None else f', {room:,} free'})"
    remedy = "Free some space and run the same command again; it goes on where it stopped." if failing else "Choose another folder with -o."
    return OutputError(path, told, remedy, full=failing)


def _room(path: Path) -> int | None:
    """Bytes free where ``path`` lies, if that can be told."""
    for folder in (path, *path.parents):
        try:
            found = os.statvfs(folder)
        except OSError:
            continue
        return found.f_bavail * found.f_frsize
    return None
