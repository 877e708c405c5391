"""The parts of a mail: which are text of its own, which are attached, and the bytes of each."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from email.generator import BytesGenerator
from email.message import Message
from email.policy import compat32
from io import BytesIO
from typing import Final

_DEEPEST: Final = 100
_NOT_BASE64: Final = bytes(b for b in range(256) if not (chr(b).isascii() and (chr(b).isalnum() or chr(b) in "+/")))
_SPACES: Final = (b" ", b"\t", b"\r", b"\n")


def leaves(message: Message) -> Iterator[Message]:
    """The parts of ``message`` that hold no further parts, in order; a mail within the mail is one of them. Of a mail's alternatives all are given.

    Raises:
        RecursionError: Parts nest beyond all sense.
    """
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RecursionError("parts nest too deeply")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(p, depth + 1) for p in reversed(inner) if isinstance(p, Message)]
        else:
            yield part


def is_attached(part: Message) -> bool:
    """Whether a part is a document of its own rather than text of the mail."""
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
        return part.get_content_maintype() != "multipart"  # a multipart without parts is text that was never divided
    return part.get_filename() is not None and part.get_content_disposition() != "inline"


def content(part: Message) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a part, its transfer encoding undone, and ``DECODE_LOSSY`` where that was damaged."""
    raw = part.get_payload()
    text = raw if isinstance(raw, str) else ""
    if str(part.get("content-transfer-encoding", "")).strip().lower().rstrip(";") == "base64":
        return _from_base64(text.encode("ascii", "replace"))
    data = part.get_payload(decode=True)
    return (data if isinstance(data, bytes) else text.encode("utf-8", "surrogateescape")), ()


def source_of(part: Message) -> bytes:
    """The bytes of an attachment; of a mail within the mail, the mail as it was sent."""
    inner = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        out = BytesIO()
        BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=compat32).flatten(inner[0])
        return out.getvalue()
    return content(part)[0]


def _from_base64(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """What base64 holds up to its end or its first break that cannot be mended."""
    end = data.find(b"=")
    body = data if end < 0 else data[:end]
    letters = body.translate(None, _NOT_BASE64)
    broken = len(letters) % 4 == 1 or len(letters) + sum(map(body.count, _SPACES)) != len(body)
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)), ("DECODE_LOSSY",) if broken else ()
