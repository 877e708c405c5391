"""Packed bytes let out under a count: nothing is believed of what they say of their own size."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from newsextract.errors import ReadError
from newsextract.readers.port import Limits

CHUNK: Final = 1 << 16
DAMAGE: Final = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
"""What the decompressors raise on damaged data; ``OSError`` is bz2's."""
_GRACES: Final = 10
_DICTIONARY: Final = 1 << 28
"""Most memory, in bytes, that an LZMA stream may ask for."""


class Decompressor(Protocol):
    """What bz2 and lzma offer; :class:`Inflater` gives zlib the same face."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Meter:
    """Counts what comes out of packed bytes and stops it where the limits say.

    Args:
        name: The file or member, for the error.
        packed: Size of what it comes out of.
        limits: What one file may cost.
        whole: Whether this counts a whole container: then only the ratio matters, not the size of one file, and the grace is
            tenfold, so that a few bombs among the members do not end the reading of the others.
    """

    def __init__(self, name: str, packed: int, limits: Limits, *, whole: bool = False) -> None:
        self.name = name
        self.fair = limits.inflate_ratio * packed + _GRACES * limits.inflate_grace if whole else max(limits.inflate_grace, limits.inflate_ratio * packed)
        self.most = None if whole else limits.bytes
        self.ratio = limits.inflate_ratio
        self.seen = 0

    def count(self, more: int) -> None:
        """Adds ``more`` bytes.

        Raises:
            ReadError: ``ZIP_BOMB`` above the ratio, ``LIMIT`` above the size.
        """
        self.seen += more
        if self.seen > self.fair:
            raise ReadError(self.name, "ZIP_BOMB", f"inflates to more than {self.ratio} times its size", "Leave it out; nothing fair is packed so.")
        if self.most is not None and self.seen > self.most:
            raise ReadError(self.name, "LIMIT", f"holds more than {self.most} bytes", "Unpack it, or raise the limit of bytes.")


class Inflater:
    """zlib as a :class:`Decompressor`.

    Args:
        bits: zlib's ``wbits``: -15 for raw deflate, 31 for gzip, 15 for zlib.
    """

    def __init__(self, bits: int) -> None:
        self._zlib = zlib.decompressobj(bits)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        out = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length
        return out


class Unpacking:
    """One packed stream at the head of ``data``, as chunks of at most :data:`CHUNK` bytes.

    Args:
        data: The packed bytes and whatever follows them.
        decompressor: A fresh one.

    Attributes:
        end: Offset behind the stream, once its last chunk is out.
    """

    def __init__(self, data: memoryview, decompressor: Decompressor) -> None:
        self._data = data
        self._decompressor = decompressor
        self.end = 0

    def __iter__(self) -> Iterator[bytes]:
        """Raises one of :data:`DAMAGE` if the stream is damaged or ends too early."""
        unpacker, at, step = self._decompressor, 0, 1 << 10
        while not unpacker.eof:
            piece = bytes(self._data[at : at + step]) if unpacker.needs_input else b""
            at += len(piece)
            step = min(2 * step, CHUNK)  # small at first: there may be millions of tiny streams
            out = unpacker.decompress(piece, CHUNK)
            if out:
                yield out
            elif not piece and not unpacker.eof:
                raise EOFError("the packed data end too early")
        self.end = at - len(unpacker.unused_data)


def lzma_alone(header: bytes) -> Decompressor:
    """A decompressor of bare LZMA with ``header`` (properties, dictionary size, length as in ``.lzma`` files) before the data."""
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_DICTIONARY)
    unpacker.decompress(header)
    return unpacker


_STREAMS: Final[tuple[tuple[bytes, Callable[[], Decompressor]], ...]] = (
    (b"\x1f\x8b", lambda: Inflater(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_DICTIONARY)),
)


def stream_at(data: memoryview) -> Unpacking | None:
    """The gzip, bzip2 or xz stream at the head of ``data``; None if none begins there."""
    head = bytes(data[:6])
    return next((Unpacking(data, make()) for magic, make in _STREAMS if head.startswith(magic)), None)


def streams(data: bytes) -> Iterator[bytes]:
    """What gzip, bzip2 and xz streams, one behind another, hold together; what follows them is padding and is passed over.

    Raises:
        OSError, EOFError, ValueError, zlib.error, lzma.LZMAError: See :data:`DAMAGE`.
    """
    rest = memoryview(data)
    while (stream := stream_at(rest)) is not None:
        yield from stream
        rest = rest[stream.end :]


def metered(chunks: Iterable[bytes], *meters: Meter) -> Iterator[bytes]:
    """``chunks``, each counted before it is given."""
    for chunk in chunks:
        for meter in meters:
            meter.count(len(chunk))
        yield chunk


def joined(chunks: Iterable[bytes]) -> bytes:
    """All of ``chunks``, without holding them twice."""
    whole = io.BytesIO()
    for chunk in chunks:
        whole.write(chunk)
    return whole.getvalue()


class ForwardReader(io.RawIOBase):
    """Chunks as a file that is read once from its beginning: what is passed is gone, and no single read may be large.

    Args:
        chunks: The content.
        name: For the error.
    """

    def __init__(self, chunks: Iterable[bytes], name: str) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._at = 0
        self.name = name
        self.last = b""
        """What the last read gave."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Moves forward to ``offset``, or to the end if that is nearer."""
        if whence != io.SEEK_SET or offset < self._at:
            raise EOFError("a member that lies before another")
        while self._at < offset and self._take(min(offset - self._at, CHUNK)):
            pass
        return self._at

    def read(self, size: int = -1) -> bytes:
        """``size`` bytes, fewer only at the end.

        Raises:
            ReadError: ``LIMIT`` if that is more than any header or chunk needs.
        """
        if not 0 <= size <= 16 * CHUNK:
            raise ReadError(self.name, "LIMIT", "has a header beyond all measure", "Check that it opens elsewhere.")
        pieces = []
        while size > 0 and (piece := self._take(size)):
            pieces.append(piece)
            size -= len(piece)
        self.last = b"".join(pieces)
        return self.last

    def _take(self, most: int) -> bytes:
        if not self._buffer:
            self._buffer = next(self._chunks, b"")
        piece, self._buffer = self._buffer[:most], self._buffer[most:]
        self._at += len(piece)
        return piece
