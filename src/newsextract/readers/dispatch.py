"""From a path or bytes to sources: opens safely, finds the format, calls its reader, and follows containers into their members.

Every file and every member ends as exactly one of :class:`Source`, :class:`ReadError` and :class:`Skipped`; nothing else is raised.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

from newsextract.errors import ReadError
from newsextract.readers.codes import ERRORS, SKIPS
from newsextract.readers.formats import missing_extra, reader_of
from newsextract.readers.names import ignored, readable, relative
from newsextract.readers.port import Blob, Document, ReadOptions, Skipped
from newsextract.readers.sniff import format_of
from newsextract.readers.text_checks import checked
from newsextract.source import Source

Outcome: TypeAlias = Source | ReadError | Skipped

_OPEN: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_OS_CODES: Final = {
    errno.ENOENT: "NOT_FOUND",
    errno.ENOTDIR: "NOT_FOUND",
    errno.EACCES: "PERMISSION",
    errno.EPERM: "PERMISSION",
    errno.ELOOP: "SYMLINK",
}


def read_file(
    path: str | Path,
    *,
    options: ReadOptions = ReadOptions(),  # noqa: B008  (frozen)
    root: str | Path | None = None,
    published: date | None = None,
) -> Iterator[Outcome]:
    """What one file holds: one outcome for a document, one per member for a container, in order.

    Args:
        path: The file. A link is followed if ``root`` is None, for then the user named it; within a folder it is passed over.
        options: What the user decided about reading.
        root: The folder that names are told relative to; the bare file name without it.
        published: The day the release is dated, if the caller knows; it overrides what the document declares.
    """
    name = relative(path, root)
    label = readable(name)
    try:
        data = load(Path(path), label, options.limits.bytes, follow=root is None)
    except ReadError as error:
        yield _skip_or_error(error)
        return
    if isinstance(data, Skipped):
        yield data
        return
    uri = quote(os.fsencode(name))
    for outcome in read_bytes(Blob(data, label), options, uri=uri):
        yield replace(outcome, published=published) if published is not None and isinstance(outcome, Source) else outcome


def read_bytes(blob: Blob, options: ReadOptions = ReadOptions(), *, uri: str | None = None) -> Iterator[Outcome]:  # noqa: B008
    """What ``blob`` holds, as :func:`read_file` tells it.

    Args:
        blob: The bytes and their name (``-`` for standard input).
        options: What the user decided about reading.
        uri: Where the bytes were read from; a member's address is made from it.
    """
    for count, outcome in enumerate(_outcomes(blob, options, uri)):
        if count == options.limits.members:
            yield ReadError(blob.name, "LIMIT", f"holds more than {count} documents", "Split it, or raise the limit of members.")
            return
        yield outcome


def read_document(source: str | Path | Blob, *, options: ReadOptions = ReadOptions(), published: date | None = None) -> Source:  # noqa: B008
    """The one document of a file or of bytes.

    Args:
        source: A path, or bytes with a name.
        options: What the user decided about reading.
        published: As for :func:`read_file`.

    Raises:
        ReadError: It cannot be read, holds no document, or holds several (``SEVERAL_DOCUMENTS``).
    """
    if isinstance(source, Blob):
        outcomes = list(read_bytes(source, options))
    else:
        outcomes = list(read_file(source, options=options, published=published))
    documents = [o for o in outcomes if isinstance(o, Source)]
    if len(documents) == 1:
        return documents[0]
    if documents:
        raise ReadError(documents[0].name, "SEVERAL_DOCUMENTS", f"is one of {len(documents)} documents in its file", "Read them with `newsextract run`.")
    first = next(o for o in outcomes if not isinstance(o, Source))
    raise first if isinstance(first, ReadError) else ReadError(first.name, first.code, first.reason, "Give another file.")


def _outcomes(blob: Blob, options: ReadOptions, uri: str | None) -> Iterator[Outcome]:
    """Every outcome of ``blob``, its members' among them; a container without any is empty."""
    empty = True
    try:
        for item in _items(blob, options):
            empty = False
            if isinstance(item, Document):
                yield _source(item, blob, uri)
            elif isinstance(item, Blob):
                yield from _member(item, blob, options, uri)
            else:
                yield _skip_or_error(item) if isinstance(item, ReadError) else item
        if empty:
            yield Skipped(blob.name, "EMPTY", "holds no document")
    except ReadError as error:
        yield _skip_or_error(error)
    except (RecursionError, MemoryError) as error:
        code = "NESTING_LIMIT" if isinstance(error, RecursionError) else "LIMIT"
        yield ReadError(blob.name, code, f"is more than can be held ({type(error).__name__})", "Simplify or split it.")
    except Exception as error:
        # Whatever a library makes of hostile bytes is this file's fault and must not end a run.
        yield ReadError(blob.name, "CORRUPT", f"cannot be parsed ({type(error).__name__}: {readable(str(error))[:200]})", "Check that it opens elsewhere.")


def _items(blob: Blob, options: ReadOptions) -> Iterator[Blob | Document | ReadError | Skipped]:
    """What the reader of the blob's format gives."""
    if ignored(blob.name):
        yield Skipped(blob.name, "IGNORED_NAME", "is a file that a system or a program keeps for itself")
    elif not blob.data:
        yield Skipped(blob.name, "EMPTY", "has no bytes")
    elif len(blob.data) > options.limits.bytes:
        yield _too_large(blob.name, len(blob.data), options.limits.bytes)
    else:
        yield from _read(format_of(blob), blob, options)


def _read(name: str, blob: Blob, options: ReadOptions) -> Iterator[Blob | Document | ReadError | Skipped]:
    """What the reader of format ``name`` gives, its texts checked."""
    try:
        found = reader_of(name)(blob, options)
        for item in (found,) if isinstance(found, Document) else found:
            yield checked(item, blob.name, options.limits) if isinstance(item, Document) else item
    except ImportError as error:
        raise missing_extra(name, blob.name, error) from error


def _member(member: Blob, container: Blob, options: ReadOptions, uri: str | None) -> Iterator[Outcome]:
    depth = container.depth + 1
    if depth > options.limits.depth:
        yield ReadError(member.name, "NESTING_LIMIT", f"lies in more than {options.limits.depth} containers", "Unpack the outer ones.")
        return
    inner = member.name.removeprefix(container.name)
    yield from _outcomes(replace(member, depth=depth), options, None if uri is None else uri + quote(inner, errors="surrogatepass", safe="/!"))


def _source(document: Document, blob: Blob, uri: str | None) -> Source:
    return Source(
        document.text,
        name=blob.name,
        published=document.published,
        uri=uri,
        media_type=document.media_type,
        encoding=document.encoding,
        bytes=len(blob.data),
        sha256=hashlib.sha256(blob.data).hexdigest(),
        warnings=document.warnings,
    )


def _skip_or_error(error: ReadError) -> ReadError | Skipped:
    """What is to be passed over rather than reported as a failure: codes that stand among the skips alone."""
    return Skipped(error.path, error.code, error.reason) if error.code in SKIPS and error.code not in ERRORS else error


def load(path: Path, name: str, most: int, *, follow: bool) -> bytes | Skipped:
    """The bytes of a regular file, opened so that no device, pipe or exchanged link can do harm; a sound link is passed over.

    Raises:
        ReadError: With a code of the file system, or ``TOO_LARGE`` before anything is read.
    """
    try:
        status, target = os.lstat(path), path
        if stat.S_ISLNK(status.st_mode):
            target = _end_of_link(path, name)
            if not follow:
                return Skipped(name, "SYMLINK", "is a link; its target is read under its own name")
            status = os.lstat(target)
        _must_be_regular(status, name)
        with open(os.open(target, _OPEN), "rb") as handle:
            status = os.fstat(handle.fileno())
            _must_be_regular(status, name)
            if status.st_size > most:
                raise _too_large(name, status.st_size, most)
            data = handle.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        number = (error.errno if isinstance(error, OSError) else None) or errno.ENOENT
        code = _OS_CODES.get(number, "UNREADABLE")
        raise ReadError(name, code, f"cannot be read ({os.strerror(number)})", "Check the path and its permissions.") from error
    if len(data) > most:
        raise _too_large(name, len(data), most)
    return data


def _end_of_link(path: Path, name: str) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle
        raise ReadError(name, "SYMLINK", "is a link that leads nowhere or in a circle", "Mend or remove it.") from error


def _must_be_regular(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(name, "NOT_REGULAR_FILE", "is no regular file", "Give a file, or a folder to `newsextract run`.")


def _too_large(name: str, size: int, most: int) -> ReadError:
    return ReadError(name, "TOO_LARGE", f"has {size} bytes or more; the limit is {most}", "Split it, or raise the limit.")
