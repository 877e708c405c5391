"""When a file is still the file it was.

Content decides: a result belongs to a SHA-256. Hashing a hundred thousand files to learn that none has changed takes longer than it should, so a
file whose inode, size, and both times (of content and of status, in nanoseconds) are those of the last run is taken for unchanged. Programs can
set the time of content back, but not that of status. Only a write so soon after the last that the clock had not moved would go unseen;
therefore an identity is remembered only if the file had been left alone for a while before it was read, and another is hashed again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from typing import Final, NamedTuple

_QUIET: Final = 2_000_000_000
"""Nanoseconds that a file must not have been touched; the coarsest file systems count in steps of two seconds."""
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Identity(NamedTuple):
    """What tells a file from others and from its own past: inode, size and times, and whether it is a regular file."""

    regular: bool
    inode: int
    size: int
    modified: int
    changed: int

    @property
    def settled(self) -> bool:
        """Whether the file has been left alone long enough for its times to tell."""
        return max(self.modified, self.changed) < time.time_ns() - _QUIET

    def __str__(self) -> str:
        return "-".join(map(str, map(int, self)))


def identity(path: bytes, *, follow: bool = False) -> Identity | None:
    """The identity of what lies at ``path``; None if it cannot be looked at."""
    try:
        status = os.stat(path, follow_symlinks=follow)
    except (OSError, ValueError):
        return None
    return Identity(stat.S_ISREG(status.st_mode), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def sha256(path: bytes, most: int, *, follow: bool = False) -> str | None:
    """The hash of a regular file of at most ``most`` bytes; None if it is none, is larger, or cannot be read."""
    try:
        handle = os.open(path, _OPEN & ~os.O_NOFOLLOW if follow else _OPEN)
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        digest = hashlib.sha256()
        while data := os.read(handle, 1 << 20):
            digest.update(data)
        return digest.hexdigest()
    except OSError:
        return None
    finally:
        os.close(handle)
