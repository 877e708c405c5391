"""The formats that can be read: found by the entry-point group ``newsextract.readers``, one name a format, imported when needed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.port import ContainerReader, DocumentReader

GROUP: Final = "newsextract.readers"
EXTRAS: Final = {"html": "html", "pdf": "pdf", "warc": "warc"}
"""The extra that each of our own formats needs, where it needs one."""
_SUFFIXES: Final = {
    "text": "txt",
    "markdown": "md",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "mht": "eml",
    "mhtml": "eml",
    "mbx": "mbox",
    "docm": "docx",
    "tgz": "gz",
    "bz2": "gz",
    "xz": "gz",
    "tbz2": "gz",
    "txz": "gz",
}
"""Further suffixes; the name of a format is itself one."""
_MEDIA_TYPES: Final = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "eml",
    "application/mbox": "mbox",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/x-tar": "tar",
    "application/gzip": "gz",
    "application/x-gzip": "gz",
    "application/warc": "warc",
}


@cache
def readers() -> dict[str, EntryPoint]:
    """The registered readers by the name of their format, which is also the suffix of its files; another package's go before ours."""
    found = sorted(entry_points(group=GROUP), key=lambda e: (not e.value.startswith("newsextract."), e.value), reverse=True)
    return {entry.name: entry for entry in found}


def of_suffix(suffix: str) -> str | None:
    """The format of files with ``suffix`` (lower case, without its dot)."""
    name = _SUFFIXES.get(suffix, suffix)
    return name if name in readers() else None


def of_media_type(media_type: str | None) -> str | None:
    """The format of a declared media type; None if there is no saying (octet-stream, unknown)."""
    name = _MEDIA_TYPES.get((media_type or "").split(";")[0].strip().lower(), "")
    return name if name in readers() else None


@cache
def reader_of(name: str) -> DocumentReader | ContainerReader:
    """The reader of a format that :func:`readers` knows, imported now.

    Raises:
        ImportError: A library of its extra is missing.
    """
    loaded: DocumentReader | ContainerReader = readers()[name].load()
    return loaded


def missing_extra(name: str, path: str, error: ImportError) -> ReadError:
    """What to say of a library that a format's reader lacks."""
    extra = EXTRAS.get(name)
    remedy = f"Install it with: pip install 'newsextract[{extra}]'" if extra else f"Install {error.name or 'it'}."
    return ReadError(path, "MISSING_EXTRA", f"is {name}, which needs {error.name or 'a library'} that is not installed", remedy)
