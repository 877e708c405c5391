"""Web archives (WARC and the older ARC), packed by gzip or not: each page that was found becomes a member named by its address."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from newsextract.errors import ReadError
from newsextract.readers.archive import Member, MemberNames, refuse_depth
from newsextract.readers.bounded import CHUNK, DAMAGE, Inflater, Meter, Unpacking, joined, metered, stream_at
from newsextract.readers.port import Blob, Limits, ReadOptions, Skipped
from newsextract.readers.zipped import corrupt

_DAMAGE: Final = (ArchiveLoadFailed, *DAMAGE, LookupError, AttributeError, TypeError, AssertionError, ArithmeticError)
"""What warcio raises, or lets out, on damaged records."""
_BLOCK: Final = 1 << 20
"""Bytes that warcio takes at once; a line longer than that it puts together piece by piece, in quadratic time."""
_PAGES: Final = frozenset({"response", "resource", "conversion"})
_NO_DOCUMENTS: Final = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript", "application/x-javascript")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([\w.:+-]{1,40})""", re.I)
_GZIP: Final = b"\x1f\x8b\x08"


def read(blob: Blob, options: ReadOptions) -> Iterator[Member]:
    """The pages of a web archive: HTTP responses of status 200, resources and conversions, with the character set that they declare.

    Other responses, repeated pages, pictures, styles and scripts are passed over with the reason. A damaged record costs only itself, and
    its error is named by where it begins.

    Raises:
        ReadError: ``CORRUPT`` if it is no web archive, ``NESTING_LIMIT``, ``LIMIT``, ``ZIP_BOMB``.
    """
    refuse_depth(blob, options.limits)
    if not blob.data.startswith((b"WARC/", b"filedesc:", _GZIP)):
        raise corrupt(blob.name, "is no web archive")
    return _Archive(blob, options.limits).members()


class _Archive:
    """One web archive while it is read."""

    def __init__(self, blob: Blob, limits: Limits) -> None:
        self._blob = blob
        self._limits = limits
        self._names = MemberNames(blob.name)
        self._whole = Meter(blob.name, len(blob.data), limits, whole=True)
        self._damages = 0

    def members(self) -> Iterator[Member]:
        if self._blob.data.startswith(_GZIP):
            yield from self._of_packed()
        else:
            yield from self._of_plain(self._blob.data, 0)

    def _of_packed(self) -> Iterator[Member]:
        """Members of an archive of which each record, or the whole, is a gzip stream of its own."""
        data, at, damaged = self._blob.data, 0, False
        while at >= 0 and (stream := stream_at(memoryview(data)[at:])) is not None:
            try:
                packed = Meter(f"{self._blob.name}!/record at byte {at}", len(data), self._limits)
                yield from self._of_plain(joined(metered(stream, packed, self._whole)), at)
                at, damaged = at + stream.end, False
            except ReadError as error:
                if error.path == self._blob.name:
                    raise
                yield error
                at, damaged = data.find(_GZIP, at + 1), True
            except DAMAGE as error:
                if not damaged:  # the mark of a gzip stream may stand by chance within a damaged one: that is told once
                    yield self._damaged(at, error)
                at, damaged = data.find(_GZIP, at + 1), True

    def _of_plain(self, data: bytes, offset: int) -> Iterator[Member]:
        """Members of plain records; behind a damaged one, reading goes on where the next begins."""
        stream, start = io.BytesIO(data), 0
        while start >= 0:
            stream.seek(start)
            try:
                if data.startswith(_GZIP, start):
                    raise EOFError("packed twice")
                records = ArchiveIterator(stream, block_size=_BLOCK)
                for record in records:
                    start = records.offset
                    member = self._member(record, offset + start)
                    if member is not None:
                        yield member
                    if _cut_short(record):
                        if not isinstance(member, ReadError):
                            yield self._damaged(offset + start, EOFError("it ends before its declared length"))
                        break
                else:
                    return
            except _DAMAGE as error:
                yield self._damaged(offset + start, error)
            start = data.find(b"\nWARC/", start + 1) + 1 or -1

    def _damaged(self, at: int, error: Exception) -> ReadError:
        self._damages += 1
        if self._damages > self._limits.members:
            raise ReadError(self._blob.name, "LIMIT", f"has more than {self._limits.members} damaged records", "Fetch it again.")
        return corrupt(self._names.give(f"record at byte {at}"), f"is damaged ({str(error).strip()[:200]})")

    def _member(self, record: ArcWarcRecord, at: int) -> Member | None:
        """What one record gives; None for those that describe other records."""
        if record.rec_type not in _PAGES | {"revisit"}:
            return None
        name = self._names.give(record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri") or f"record at byte {at}")
        http = record.http_headers
        declared = (http.get_header("Content-Type") if http else record.content_type) or ""
        media_type = declared.split(";")[0].strip().lower()
        if reason := _no_page(record):
            return Skipped(name, "NO_PAGE", reason)
        if media_type.startswith(_NO_DOCUMENTS):
            return Skipped(name, "UNSUPPORTED_TYPE", f"is declared as {media_type}")
        if record.rec_headers.get_header("WARC-Truncated"):
            return corrupt(name, "was cut short when it was fetched")
        charset = _CHARSET.search(declared)
        try:
            payload = self._payload(record, name)
        except ReadError as error:
            if error.path == self._blob.name:
                raise
            return error
        return Blob(payload, name, charset=charset[1] if charset else None, media_type=media_type or None, depth=self._blob.depth + 1)

    def _payload(self, record: ArcWarcRecord, name: str) -> bytes:
        """The page itself, out of the chunks and the packing in which it was sent."""
        http = record.http_headers
        chunked = http is not None and "chunked" in (http.get_header("Transfer-Encoding") or "").lower()
        stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
        content = joined(metered(iter(lambda: stream.read(CHUNK), b""), Meter(name, len(self._blob.data), self._limits)))
        if _cut_short(record):
            raise corrupt(name, "ends before its declared length")
        return self._unpacked(content, (http.get_header("Content-Encoding") or "") if http else "", name)

    def _unpacked(self, content: bytes, packing: str, name: str) -> bytes:
        """``content`` out of its HTTP content encoding; many crawlers had taken it out themselves and left the header."""
        packing = packing.strip().lower()
        if packing in {"", "identity"} or content.lstrip()[:1] in {b"<", b""}:
            return content
        if packing not in {"gzip", "x-gzip", "deflate"}:
            raise ReadError(name, "UNKNOWN_COMPRESSION", f"was sent packed by {packing[:40]}, which is not read", "Fetch it again without.")
        bits = 47 if content.startswith(b"\x1f\x8b") or _is_zlib(content) else -15
        if bits < 0 and packing != "deflate":
            return content
        try:
            return joined(metered(Unpacking(memoryview(content), Inflater(bits)), Meter(name, len(content), self._limits), self._whole))
        except DAMAGE as error:
            raise corrupt(name, f"is damaged ({error})") from error


def _cut_short(record: ArcWarcRecord) -> bool:
    """Whether the archive ends before the record does; what was not yet read of it is passed over."""
    while record.raw_stream.read(CHUNK):
        pass
    return bool(record.raw_stream.limit > 0)


def _no_page(record: ArcWarcRecord) -> str:
    """Why a record holds no page; empty if it holds one."""
    if record.rec_type == "revisit":
        return "repeats a page that another record holds"
    if record.rec_type != "response":
        return ""
    if record.http_headers is None:
        return "is no HTTP response"
    status = record.http_headers.get_statuscode()
    return "" if status == "200" else f"is an HTTP response of status {status[:20]}"


def _is_zlib(content: bytes) -> bool:
    """Whether ``content`` begins with a zlib header (RFC 1950)."""
    return len(content) > 2 and content[0] & 0x0F == 8 and int.from_bytes(content[:2], "big") % 31 == 0
