"""Archives: ZIP, tar, and what gzip, bzip2 or xz packed. Members are read in their order in the archive and never written to disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, TypeAlias
from zipfile import ZipInfo

from newsextract.errors import ReadError
from newsextract.readers.bounded import CHUNK, DAMAGE, ForwardReader, Meter, joined, metered, stream_at, streams
from newsextract.readers.names import readable
from newsextract.readers.port import Blob, Limits, ReadOptions, Skipped
from newsextract.readers.zipped import arabic_name, content, corrupt, directory, found, is_link, member_name, overlapping

Member: TypeAlias = Blob | ReadError | Skipped

_TAR_DAMAGE: Final = (tarfile.TarError, *DAMAGE, ArithmeticError, LookupError, TypeError, RecursionError)
_LONGEST_NAME: Final = 2000
_PACKED_SUFFIXES: Final = {".gz": "", ".bz2": "", ".xz": "", ".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


class MemberNames:
    """Names of the members of one container, none given twice.

    Args:
        container: Its name.
    """

    def __init__(self, container: str) -> None:
        self._container = container
        self._given: dict[str, int] = {}

    def give(self, name: str) -> str:
        """``container!/name``, with a number before the suffix if that was given before."""
        plain = readable(_shortened(name)) or "unnamed"
        unique, number = plain, self._given.get(plain, 1)
        while unique in self._given:
            number += 1
            stem, dot, suffix = plain.rpartition(".")
            unique = f"{stem} ({number}).{suffix}" if dot and stem and "/" not in suffix else f"{plain} ({number})"
        self._given[plain] = number
        self._given.setdefault(unique, 1)
        return f"{self._container}!/{unique}"


def refuse_depth(blob: Blob, limits: Limits) -> None:
    """Keeps a container whose members would lie too deep from being unpacked at all.

    Raises:
        ReadError: ``NESTING_LIMIT``.
    """
    if blob.depth >= limits.depth:
        raise ReadError(blob.name, "NESTING_LIMIT", f"is a container within {blob.depth} others", "Unpack the outer ones, or raise the limit of depth.")


def read_zip(blob: Blob, options: ReadOptions) -> Iterator[Member]:
    """The members of a ZIP archive.

    An archive without its directory gives those members that their own headers tell of, one with members that overlap gives the others;
    the error follows them.

    Raises:
        ReadError: ``CORRUPT``, ``LIMIT`` or, when its members together inflate beyond all measure, ``ZIP_BOMB``.
    """
    data, limits = blob.data, options.limits
    refuse_depth(blob, limits)
    names, whole = MemberNames(blob.name), Meter(blob.name, len(data), limits, whole=True)
    fault: ReadError | None = None
    shared: set[int] = set()
    try:
        infos: Iterable[ZipInfo] = directory(data, blob.name, limits)
        shared = overlapping(infos)
        fault = _overlaps(blob.name) if shared else None
    except ReadError as error:
        if error.code != "CORRUPT":
            raise
        infos, fault = found(data, limits), error
    for info in infos:
        if not info.orig_filename.endswith("/") and info.header_offset not in shared:
            yield _zip_member(blob, info, names.give(member_name(info)), limits, whole)
    if fault is not None:
        raise fault


def _overlaps(name: str) -> ReadError:
    return ReadError(name, "ZIP_BOMB", "has members that share their bytes with others", "Leave it out; nothing fair is packed so.")


def _zip_member(blob: Blob, info: ZipInfo, name: str, limits: Limits, whole: Meter) -> Member:
    if leads_out(info.orig_filename):
        return _unsafe(name)
    if is_link(info):
        return _link(name)
    try:
        meter = Meter(name, info.compress_size, limits)
        return Blob(joined(content(blob.data, info, name, meter, whole)), name, depth=blob.depth + 1)
    except ReadError as error:
        if error.path == whole.name:
            raise
        return error


def read_tar(blob: Blob, options: ReadOptions) -> Iterator[Member]:
    """The members of a tar archive.

    Raises:
        ReadError: ``CORRUPT`` where the archive is damaged, after the members before that; ``LIMIT``.
    """
    refuse_depth(blob, options.limits)
    chunks = (blob.data[i : i + CHUNK] for i in range(0, len(blob.data), CHUNK))
    return _tar_members(ForwardReader(chunks, blob.name), blob, options.limits)


def read_gz(blob: Blob, options: ReadOptions) -> Iterator[Member]:
    """The members of a packed tar archive, or the one file that gzip, bzip2 or xz packed.

    Raises:
        ReadError: ``CORRUPT``, ``LIMIT`` or ``ZIP_BOMB``.
    """
    refuse_depth(blob, options.limits)
    if stream_at(memoryview(blob.data)) is None:
        raise corrupt(blob.name, "is packed by none of gzip, bzip2 and xz")
    chunks = metered(streams(blob.data), Meter(blob.name, len(blob.data), options.limits, whole=True))
    try:
        head = b""
        while len(head) < tarfile.BLOCKSIZE and (more := next(chunks, b"")):
            head += more
        if _is_tar(head):
            yield from _tar_members(ForwardReader(chain([head], chunks), blob.name), blob, options.limits)
            return
        content = joined(metered(chain([head], chunks), Meter(blob.name, len(blob.data), options.limits)))
    except DAMAGE as error:
        raise corrupt(blob.name, f"is damaged ({error})") from error
    yield Blob(content, f"{blob.name}!/{_unpacked_name(blob.name)}", depth=blob.depth + 1)


def _is_tar(head: bytes) -> bool:
    """Whether ``head`` begins with the header of a tar member: its own checksum says so."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "latin-1", "strict")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _unpacked_name(name: str) -> str:
    """What a packed file is called without its packing."""
    last = name.rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    return stem + _PACKED_SUFFIXES[dot + suffix.lower()] if stem and dot + suffix.lower() in _PACKED_SUFFIXES else last


def _tar_members(stream: ForwardReader, blob: Blob, limits: Limits) -> Iterator[Member]:
    names, whole = MemberNames(blob.name), Meter(blob.name, len(blob.data), limits, whole=True)
    try:
        with tarfile.open(fileobj=stream, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            for count, member in enumerate(iter(archive.next, None)):
                if count == limits.members:
                    raise ReadError(blob.name, "LIMIT", f"has more than {count} members", "Unpack it, or raise the limit of members.")
                if not member.isdir():
                    yield _tar_member(archive, member, names.give(_tar_name(member)), blob, limits, whole)
    except _TAR_DAMAGE as error:
        raise corrupt(blob.name, f"is damaged ({type(error).__name__}: {error})") from error
    if stream.last.strip(b"\0"):
        raise corrupt(blob.name, "is damaged: what should be the header of a member is none")


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, blob: Blob, limits: Limits, whole: Meter) -> Member:
    if leads_out(member.name):
        return _unsafe(name)
    if member.issym() or member.islnk():
        return _link(name)
    if member.type in tarfile.SUPPORTED_TYPES and not member.isreg():
        return Skipped(name, "NOT_REGULAR_FILE", "is a device or a pipe")
    if member.size > limits.bytes:
        return ReadError(name, "LIMIT", f"holds more than {limits.bytes} bytes", "Unpack it, or raise the limit of bytes.")
    try:
        handle = archive.extractfile(member)
        chunks = iter(lambda: handle.read(CHUNK), b"") if handle is not None else iter(())
        content = joined(metered(chunks, whole))  # the holes of sparse members count as well
    except _TAR_DAMAGE as error:
        return corrupt(name, f"is damaged ({error})")
    return Blob(content, name, depth=blob.depth + 1) if len(content) == member.size else corrupt(name, "ends before its declared length")


def _tar_name(member: tarfile.TarInfo) -> str:
    return arabic_name(member.name.encode("utf-8", "surrogateescape"))


def _shortened(name: str) -> str:
    """``name``, without its middle if no file system could hold it."""
    return f"{name[:_LONGEST_NAME]}…{name[-20:]}" if len(name) > _LONGEST_NAME + 20 else name


def leads_out(name: str) -> bool:
    """Whether a member's name is a path that leads out of the folder into which someone would unpack the archive."""
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:3] == ":/" or ".." in path.split("/")


def _unsafe(name: str) -> ReadError:
    return ReadError(name, "UNSAFE_NAME", "has a name that leads out of its archive", "Unpack it by a program that holds such names back.")


def _link(name: str) -> Skipped:
    return Skipped(name, "SYMLINK", "is a link; its target is read under its own name")
