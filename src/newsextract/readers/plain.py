"""Plain text and Markdown files."""

from __future__ import annotations

import hashlib
import stat
from datetime import date
from pathlib import Path
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.decode import decode
from newsextract.source import Source

SUFFIXES: Final = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown"}
MOST_BYTES: Final = 64 * 1024 * 1024


def read_file(path: str | Path, *, encoding: str | None = None, published: date | None = None, root: Path | None = None) -> Source:
    """The source of one file.

    Args:
        path: The file.
        encoding: Overrides detection.
        published: The day the release is dated, if known.
        root: The folder that ``source.name`` is told relative to; the bare file name without it.

    Raises:
        ReadError: The file is missing, irregular, too large, of an unknown format, empty, or in an undecidable encoding.
    """
    path = Path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(path, "NOT_A_FILE", "is no regular file", "Give a file, or a folder to `newsextract run`.")
        if path.suffix.lower() not in SUFFIXES:
            raise ReadError(path, "UNKNOWN_FORMAT", f"has no known format ({path.suffix or 'no suffix'})", f"Known are {', '.join(sorted(SUFFIXES))}.")
        if status.st_size > MOST_BYTES:
            raise ReadError(path, "TOO_LARGE", f"has {status.st_size} bytes", f"The limit is {MOST_BYTES}; split it.")
        data = path.read_bytes()
    except OSError as error:
        code = "NOT_FOUND" if isinstance(error, FileNotFoundError) else "UNREADABLE"
        raise ReadError(path, code, f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    decoded = decode(data, path, encoding=encoding)
    if not decoded.text.strip():
        raise ReadError(path, "EMPTY", "holds no text", "Remove it, or check that it was saved whole.")
    name = str(path.relative_to(root)) if root is not None and path.is_relative_to(root) else path.name
    return Source(
        decoded.text,
        name=name.encode("utf-8", "replace").decode("utf-8"),
        published=published,
        media_type=SUFFIXES[path.suffix.lower()],
        encoding=decoded.encoding,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=decoded.warnings,
    )
