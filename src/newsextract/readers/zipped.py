"""ZIP archives in memory: the directory, or what can be found without one, and each member's bytes under a count.

The directory is read by :mod:`zipfile`; the members are not, for that trusts the sizes that it finds there.
"""

from __future__ import annotations

import bz2
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.bounded import CHUNK, DAMAGE, Decompressor, Inflater, Meter, Unpacking, lzma_alone, metered
from newsextract.readers.port import Limits

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_LOCAL_SIGN: Final = b"PK\x03\x04"
_DESCRIPTOR_SIGN: Final = b"PK\x07\x08"
_ENTRY_SIGN: Final = b"PK\x01\x02"
_END_SIGN: Final = b"PK\x05\x06"
_ENCRYPTED: Final = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW: Final = 0x0008
_UTF8_NAME: Final = 0x0800
_MARKED_END: Final = 0x0002
_UNICODE_PATH: Final = 0x7075


def directory(data: bytes, name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """The members as the archive's directory lists them.

    Raises:
        ReadError: ``CORRUPT`` without a usable directory, ``LIMIT`` if there are more members than allowed.
    """
    if _listed(data) > limits.members:
        raise ReadError(name, "LIMIT", f"has more than {limits.members} members", "Unpack it, or raise the limit of members.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, struct.error, OverflowError, LookupError, *DAMAGE) as error:
        raise corrupt(name, f"is no whole ZIP archive ({error})") from error


def found(data: bytes, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    """The members that their own headers tell of, for an archive whose directory is lost, up to the first that cannot be measured."""
    at = data.find(_LOCAL_SIGN)
    for _ in range(limits.members):
        if at < 0 or (info := _local_entry(data, at)) is None:
            return
        yield info
        end = _begin(data, info) + info.compress_size
        if end > len(data):
            return
        at = data.find(_LOCAL_SIGN, end)


def overlapping(infos: Iterable[zipfile.ZipInfo]) -> set[int]:
    """Header offsets of the members whose bytes run into those of another."""
    spans = sorted((i.header_offset, i.header_offset + _LOCAL.size + i.compress_size) for i in infos)
    shared = set()
    for (start, end), (following, _) in pairwise(spans):
        if end > following:
            shared.add(start)
    return shared


def content(data: bytes, info: zipfile.ZipInfo, name: str, *meters: Meter) -> Iterator[bytes]:
    """A member's bytes in chunks, counted by ``meters`` and checked against their length and sum.

    Args:
        data: The archive.
        info: The member.
        name: What messages call it.
        meters: Those of the member and of the archive.

    Raises:
        ReadError: ``ENCRYPTED``, ``UNKNOWN_COMPRESSION``, ``CORRUPT``, or what the meters raise.
    """
    if info.flag_bits & _ENCRYPTED or info.compress_type == 99:
        raise ReadError(name, "ENCRYPTED", "is encrypted", "Unpack it with its password.")
    total = checksum = 0
    try:
        for chunk in metered(_unpacked(data, info, name), *meters):
            total += len(chunk)
            if total > info.file_size:
                raise corrupt(name, f"inflates to more than the {info.file_size} bytes that it declares")
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
    except DAMAGE as error:
        raise corrupt(name, f"is damaged ({error})") from error
    if total != info.file_size or checksum != info.CRC:
        raise corrupt(name, "is damaged: its length or checksum is not what the archive says")


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: UTF-8 where that is declared or holds, else the Arabic code page that gives letters."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    return _unicode_path(info.extra, raw) or arabic_name(raw)


def arabic_name(raw: bytes) -> str:
    """A file name in an undeclared encoding; bytes that make no sense stay as lone surrogates."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        readings = [raw.decode(code, "surrogateescape") for code in ("cp1256", "cp720")]
        best = max(readings, key=_arabic_share)
        return best if _arabic_share(best) > 0.6 else raw.decode("utf-8", "surrogateescape")


def is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link, as Unix archivers store them."""
    return info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)


def corrupt(name: str, reason: str) -> ReadError:
    """The error for damaged bytes."""
    return ReadError(name, "CORRUPT", reason, "Check that it opens elsewhere, or fetch it again.")


def _listed(data: bytes) -> int:
    """An upper bound of the entries in the directory, told without reading them."""
    end = data.rfind(_END_SIGN)
    if end < 0 or end + 16 > len(data):
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data.count(_ENTRY_SIGN, max(0, end - size), end)


def _begin(data: bytes, info: zipfile.ZipInfo) -> int:
    """Offset of a member's packed bytes; behind the end of ``data`` if its header is not there."""
    at = info.header_offset
    if at < 0 or data[at : at + 4] != _LOCAL_SIGN or at + _LOCAL.size > len(data):
        return len(data) + 1
    *_, name, extra = _LOCAL.unpack_from(data, at)
    return at + _LOCAL.size + int(name) + int(extra)


def _unpacked(data: bytes, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    begin = _begin(data, info)
    packed = memoryview(data)[begin : begin + info.compress_size]
    if begin > len(data) or len(packed) < info.compress_size:
        raise EOFError("it lies beyond the end of the archive")
    if info.compress_type == zipfile.ZIP_STORED:
        return (bytes(packed[i : i + CHUNK]) for i in range(0, len(packed), CHUNK))
    if info.compress_type == zipfile.ZIP_LZMA:
        return iter(Unpacking(packed[9:], _lzma(bytes(packed[:9]), info)))
    return iter(Unpacking(packed, _decompressor(info.compress_type, name)))


def _decompressor(method: int, name: str) -> Decompressor:
    if method == zipfile.ZIP_DEFLATED:
        return Inflater(-15)
    if method == zipfile.ZIP_BZIP2:
        return bz2.BZ2Decompressor()
    raise ReadError(name, "UNKNOWN_COMPRESSION", f"is packed by method {method}, which is not read", "Unpack it with the program that made it.")


def _lzma(head: bytes, info: zipfile.ZipInfo) -> Decompressor:
    """The decompressor for a member by LZMA, which begins with a version, the length of its properties (5) and the properties."""
    if len(head) < 9 or head[2:4] != b"\x05\x00":
        raise EOFError("its LZMA header is wrong")
    length = -1 if info.flag_bits & _MARKED_END else info.file_size
    return lzma_alone(head[4:] + length.to_bytes(8, "little", signed=True))


def _local_entry(data: bytes, at: int) -> zipfile.ZipInfo | None:
    """The member whose own header stands at ``at``; None if the header or the end of its bytes cannot be told."""
    if at + _LOCAL.size > len(data):
        return None
    _, _, flags, method, _, _, checksum, packed, size, name, _ = _LOCAL.unpack_from(data, at)
    raw = data[at + _LOCAL.size : at + _LOCAL.size + name]
    info = zipfile.ZipInfo()
    info.orig_filename = info.filename = raw.decode("utf-8", "replace") if flags & _UTF8_NAME else raw.decode("cp437")
    info.header_offset, info.flag_bits, info.compress_type = at, flags, method
    info.CRC, info.compress_size, info.file_size = checksum, packed, size
    if not flags & _SIZES_FOLLOW or packed:
        return info
    return info if _measured(data, info) else None


def _measured(data: bytes, info: zipfile.ZipInfo) -> bool:
    """Whether the record behind the packed bytes that tells their sizes was found; they are put into ``info``."""
    begin = at = _begin(data, info)
    while (at := data.find(_DESCRIPTOR_SIGN, at)) >= 0 and at + 16 <= len(data):
        checksum, packed, size = struct.unpack_from("<3I", data, at + 4)
        if packed == at - begin:
            info.CRC, info.compress_size, info.file_size = checksum, packed, size
            return True
        at += 4
    return False


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The UTF-8 name that Info-ZIP and others add beside one in a code page, if it still belongs to that."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "surrogateescape")
        at += 4 + size
    return None


def _arabic_share(text: str) -> float:
    """Share of Arabic letters among the characters beyond ASCII."""
    beyond = [c for c in text if c > "\x7f"]
    return sum("\u0621" <= c <= "\u064a" for c in beyond) / max(1, len(beyond))
