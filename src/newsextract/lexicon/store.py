"""A private folder for what is quicker read than worked out again: the compiled lexicon.

Nothing here is needed, and nothing here is trusted. A file is read only if it and its folder belong to the user and nobody else may write
to them, and if its content has the hash that stands before it; it holds text, which is parsed and never executed. It appears whole or
not at all. Where a file cannot be read or written, nothing happens.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

VARIABLE: Final = "NEWSEXTRACT_CACHE"
"""Names the folder; empty for none."""
_KEPT: Final = 4
"""Files that stay when another is written: lexicons of other versions, or with other rows of the user's."""
_LARGEST: Final = 64_000_000
_HEAD: Final = 65
"""Bytes of the hash and the newline after it."""


def folder() -> Path | None:
    """Where the files lie; None for nowhere."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "newsextract"


def read(name: str) -> str | None:
    """The text stored under ``name``; None if there is none that can be believed."""
    where = folder()
    if where is None:
        return None
    try:
        if not _private(os.lstat(where), stat.S_ISDIR):
            return None
        descriptor = os.open(where / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(file.fileno())
            if not _private(about, stat.S_ISREG) or about.st_size > _LARGEST:
                return None
            head, data = file.read(_HEAD), file.read()
        return data.decode() if head == _hash(data) else None
    except (OSError, UnicodeDecodeError):
        return None


def write(name: str, text: str) -> None:
    """Stores ``text`` under ``name``, if that can be done."""
    where = folder()
    if where is None:
        return
    with suppress(OSError):
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(os.lstat(where), stat.S_ISDIR):
            return
        data = text.encode()
        descriptor, temporary = tempfile.mkstemp(prefix=".", dir=where)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_hash(data) + data)
            Path(temporary).replace(where / name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
        _tidy(where, name)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + b"\n"


def _private(about: os.stat_result, kind: object) -> bool:
    """Whether a file or folder is of that kind, the user's own, and writable for nobody else."""
    if not callable(kind) or not kind(about.st_mode):
        return False
    return sys.platform == "win32" or (about.st_uid == os.geteuid() and not about.st_mode & 0o022)


def _tidy(where: Path, name: str) -> None:
    """Removes the oldest files with the same beginning and suffix."""
    beginning, _, suffix = name.partition("-")[0], "", Path(name).suffix
    files = sorted(where.glob(f"{beginning}-*{suffix}"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)
