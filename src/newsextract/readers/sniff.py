"""Which format bytes have: by their content and their name together. What is unmistakable in the content rules; the name decides among texts."""

from __future__ import annotations

import re
import struct
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.decode import wide_encoding
from newsextract.readers.formats import of_media_type, of_suffix, readers
from newsextract.readers.names import suffixes
from newsextract.readers.port import Blob

TEXTS: Final = frozenset({"txt", "md", "html", "eml", "mbox"})
_OURS: Final = TEXTS | {"pdf", "docx", "zip", "tar", "gz", "warc"}
_CLOSE: Final = frozenset({("docx", "zip"), ("docx", "ole"), ("warc", "gz"), ("mbox", "eml"), ("eml", "mbox"), ("md", "html")})
"""Names and contents that go together although the content looks like another format."""
_MAGIC: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "gz"),
    (b"\xfd7zXZ\x00", "gz"),
    (b"WARC/", "warc"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90\x00", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"SQLite format 3\x00", "binary"),
    (b"7z\xbc\xaf\x27\x1c", "binary"),
    (b"Rar!\x1a\x07", "binary"),
    (b"\x00\x05\x16\x07", "binary"),
    (b"%!PS", "binary"),
)
_HTML: Final = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S)
_MBOX: Final = re.compile(rb"From \S{1,300} [^\n]{0,60}\d{4}\s*\n")
_HEADER: Final = re.compile(rb"(?:From|To|Date|Subject|Message-ID|MIME-Version|Return-Path|Received|Delivered-To|Content-Type|X-[\w-]{1,60}):", re.I)
_SAID: Final = {
    "rtf": "Save it as .docx or .txt.",
    "ole": "Save it as .docx.",
    "office": "Export it as .pdf or .txt.",
}


def format_of(blob: Blob) -> str:
    """The name of the format to read ``blob`` as.

    Raises:
        ReadError: ``TYPE_MISMATCH``, ``BINARY`` or ``UNSUPPORTED_TYPE``.
    """
    kind = kind_of(blob.data)
    promised = _promised(blob, kind)
    if promised is None:
        return _unpromised(blob, kind)
    if kind in {promised, "text"} or (promised, kind) in _CLOSE or promised not in _OURS:
        return promised  # text under the name of a package is damage, which its own reader explains; a plug-in knows its own content
    if promised in TEXTS and kind in TEXTS:
        return "html" if (promised, kind) == ("txt", "html") else promised
    if kind == "binary" and promised not in TEXTS:
        return promised
    if kind == "binary":
        raise ReadError(blob.name, "BINARY", "holds no text but the bytes of a program, a picture or the like", "Leave it out.")
    raise ReadError(blob.name, "TYPE_MISMATCH", f"is named as {promised} but is {kind}", _SAID.get(kind, f"Rename it to .{kind}."))


def _promised(blob: Blob, kind: str) -> str | None:
    """What the name or the envelope says the format is: the name if the content bears it out, else the envelope first."""
    named = "warc" if suffixes(blob.name) == ("warc", "gz") and "warc" in readers() else of_suffix(suffixes(blob.name)[1])
    return named if named == kind else of_media_type(blob.media_type) or named


def _unpromised(blob: Blob, kind: str) -> str:
    """The format by content alone: any if the name has no suffix, else only what is no guess."""
    _, suffix = suffixes(blob.name)
    plain = not suffix or not suffix.isascii() or not suffix.isalnum() or len(suffix) > 5
    name = "txt" if kind == "text" else kind
    if name in readers() and (plain or kind in {"pdf", "docx", "html", "warc"}):
        return name
    what = "no kind that can be read" if kind in {"binary", "text"} else kind
    raise ReadError(blob.name, "UNSUPPORTED_TYPE", f"has no known format ({'.' + suffix if suffix else 'no suffix'}, {what})", _known())


def _known() -> str:
    return f"Known are {', '.join(sorted(readers()))}."


def kind_of(data: bytes) -> str:
    """What the content says: a format's name, ``rtf``, ``ole``, ``office`` (other packages of office programs), ``text`` or ``binary``."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _package(data) if kind == "zip" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[257:262] == b"ustar":
        return "tar"
    if _is_binary(data):
        return "binary"
    return _text_kind(data.removeprefix(b"\xef\xbb\xbf")[:4096])


def _package(data: bytes) -> str:
    """``docx``, another office package, or ``zip``, by the names in the archive's own directory."""
    if data[30:38] == b"mimetype" and b"opendocument" in data[38:100]:
        return "office"
    directory = _directory(data)
    if b"[Content_Types].xml" not in directory:
        return "zip"
    if b"word/document" in directory:
        return "docx"
    return "office" if b"xl/workbook" in directory or b"ppt/presentation" in directory else "zip"


def _directory(data: bytes) -> bytes:
    """The central directory of a ZIP archive, empty if there is none where its end record says."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or end + 22 > len(data):
        return b""
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data[max(0, end - size) : end]


def _text_kind(head: bytes) -> str:
    if _HTML.match(head):
        return "html"
    if _MBOX.match(head):
        return "mbox"
    lines = head.lstrip(b"\r\n").split(b"\n")
    named = [line for line in lines[:20] if _HEADER.match(line)]
    return "eml" if lines[0] in named and len(named) >= 3 else "text"


def _is_binary(data: bytes) -> bool:
    """Whether control characters stand where no encoding of Arabic puts them."""
    head = data.rstrip(b"\x00")[:65_536]
    if not head:
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or wide_encoding(head) is not None:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 0.1 * len(head)


_CONTROLS: Final = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b")
