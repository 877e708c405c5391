"""Headers of mails, decoded without trust: no header can make another, and none is longer than a line may be."""

from __future__ import annotations

import re
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.code_pages import text_codec
from newsextract.readers.decode import decode

_LONGEST: Final = 20_000
"""Characters of a raw header that are decoded."""
_FORWARDED: Final = re.compile(r"^(?:(?:re|fwd?|رد|إعادة توجيه|إعادة إرسال|تحويل)\s{0,3}:\s{0,3})+", re.IGNORECASE)


def subject_of(message: Message) -> str:
    """The subject in one line, without the marks of replies and forwards; empty without one."""
    return _FORWARDED.sub("", one_line(decoded(_raw(message, "subject"))))


def day_of(message: Message) -> date | None:
    """The day of the ``Date`` header, as the sender's clock had it; None if it is no date."""
    try:
        day = parsedate_to_datetime(_raw(message, "date")[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if 1900 <= day.year <= 2100 else None


def file_name(part: Message) -> str:
    """The name that an attachment is given, without its folders; empty without one."""
    for name, header in (("filename", "content-disposition"), ("name", "content-type")):
        sound = Message()
        sound[header] = _text(_raw(part, header)[:_LONGEST].encode("utf-8", "surrogateescape"), None)
        value = sound.get_param(name, None, header)
        if value:
            text = collapse_rfc2231_value(value) if isinstance(value, tuple) else str(value)
            return one_line(decoded(text)).replace("\\", "/").rsplit("/", 1)[-1].strip()
    return ""


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def decoded(raw: str) -> str:
    """A header's text: encoded words by the encoding that they name if that fits, bare bytes by the letters that they give."""
    raw = raw[:_LONGEST]
    if "=?" not in raw:
        return _text(raw.encode("utf-8", "surrogateescape"), None)
    try:
        parts = decode_header(re.sub(r"\r?\n", "", raw))
    except (HeaderParseError, ValueError):
        return raw.encode("utf-8", "replace").decode("utf-8")
    return "".join(_text(part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part, charset) for part, charset in parts)


def _text(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, "", declared=charset).text
    except ReadError:
        return data.decode(text_codec(charset) or "utf-8", "replace")


def _raw(message: Message, name: str) -> str:
    """The first header ``name`` as it stands, bytes beyond ASCII as lone surrogates; empty without one."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
