"""Mails and mailboxes: a mail is its subject and its best text; what is attached to it are members of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.archive import MemberNames
from newsextract.readers.decode import decode
from newsextract.readers.formats import reader_of
from newsextract.readers.mail_headers import day_of, file_name, one_line, subject_of
from newsextract.readers.mail_parts import content, is_attached, leaves, source_of
from newsextract.readers.port import Blob, Document, ReadOptions, Skipped

_POSTMARK: Final = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]{1,300}\d{4}[^\r\n]{0,60}\r?\n")
"""The line before each mail of a mailbox, as sending programs write it: an address and a date with its year."""
_QUOTED_POSTMARK: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_SUFFIXES: Final = {"message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
_LEAST_SHARE: Final = 0.5
"""Length of a mail's plain text, as a share of that of its HTML, below which it is only a note that there is HTML."""


def read_message(blob: Blob, options: ReadOptions) -> Iterator[Blob | Document | ReadError | Skipped]:
    """A mail's own text, its subject as the first line, then whatever is attached to it, each a blob.

    A mail that says nothing itself but carries attachments gives those alone.

    Raises:
        ReadError: ``NO_TEXT`` if it has neither subject, text nor attachment; ``LIMIT`` beyond the number of parts.
    """
    message = BytesParser(policy=compat32).parsebytes(blob.data.lstrip(b"\r\n"))
    parts = list(leaves(message))
    attached = [part for part in parts if is_attached(part)]
    text = _own_text([part for part in parts if not is_attached(part)], blob, options)
    subject = subject_of(message)
    if text is not None and text.text.strip():
        yield _titled(text, subject, message)
    elif subject and not attached:
        yield Document(subject, "message/rfc822", published=day_of(message))
    elif not attached:
        raise ReadError(blob.name, "NO_TEXT", "has neither subject nor text", "Check that it was saved whole.")
    yield from _attachments(attached, blob, options)


def read_mailbox(blob: Blob, options: ReadOptions) -> Iterator[Blob | ReadError]:
    """The mails of a mailbox (mbox), each a blob named by its number.

    Raises:
        ReadError: ``CORRUPT`` if no line announces a mail.
    """
    marks = list(_POSTMARK.finditer(blob.data))
    if not marks:
        raise ReadError(blob.name, "CORRUPT", "has no line that announces a mail", "Check that it is a mailbox in the mbox format.")
    ends = [mark.start() for mark in marks[1:]] + [len(blob.data)]
    for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        if number > options.limits.members:
            yield ReadError(blob.name, "LIMIT", f"holds more than {options.limits.members} mails", "Split it, or raise the limit of members.")
            return
        yield Blob(_QUOTED_POSTMARK.sub(rb"\1", blob.data[mark.end() : end]), f"{blob.name}!/{number:05d}.eml", media_type="message/rfc822")


def _titled(text: Document, subject: str, message: Message) -> Document:
    """``text`` as the mail's own, with the subject before it unless it begins with that."""
    lines = text.text.strip("\r\n").split("\n")
    if subject and one_line(lines[0]) != subject:
        lines = [subject, *(line for number, line in enumerate(lines) if number > 3 or one_line(line) != subject)]
    return Document("\n".join(lines), "message/rfc822", text.encoding, day_of(message) or text.published, text.warnings)


def _own_text(parts: list[Message], blob: Blob, options: ReadOptions) -> Document | None:
    """The mail's plain text, or its HTML where there is no plain text or next to none."""
    plain = _joined([_read(part, "txt", blob, options) for part in parts if part.get_content_type() != "text/html"])
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    if plain is not None and not pages:
        return plain
    try:
        page = _joined([_read(part, "html", blob, options) for part in pages])
    except (ImportError, ReadError):
        if plain is None or not plain.text.strip():
            raise
        return plain
    return page if plain is None or (page is not None and len(plain.text.strip()) < _LEAST_SHARE * len(page.text)) else plain


def _read(part: Message, kind: str, blob: Blob, options: ReadOptions) -> Document:
    """One text part; the user's encoding, if named, is that of parts that declare none."""
    data, losses = content(part)
    declared = part.get_content_charset()
    if kind == "txt":
        decoded = decode(data, blob.name, encoding=None if declared else options.encoding, declared=declared)
        return Document(_unwrapped(decoded.text, part), "text/plain", decoded.encoding, warnings=(*decoded.warnings, *losses))
    found = reader_of("html")(Blob(data, blob.name, declared), options)
    assert isinstance(found, Document)
    return Document(found.text, found.media_type, found.encoding, found.published, (*found.warnings, *losses))


def _joined(documents: list[Document]) -> Document | None:
    """Parts of one mail as one text."""
    if len(documents) < 2:
        return documents[0] if documents else None
    warnings = tuple(dict.fromkeys(w for d in documents for w in d.warnings))
    return Document("\n".join(d.text.strip("\r\n") for d in documents), documents[0].media_type, documents[0].encoding, documents[0].published, warnings)


def _unwrapped(text: str, part: Message) -> str:
    """``text`` with the soft line ends of RFC 3676 undone, where the part says that it has such."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?<!\n--) \n(?!\n|$)", lambda _: joint, text)


def _attachments(parts: list[Message], blob: Blob, options: ReadOptions) -> Iterator[Blob | ReadError]:
    names = MemberNames(blob.name)
    for number, part in enumerate(parts, 1):
        if number > options.limits.members:
            yield ReadError(blob.name, "LIMIT", f"has more than {options.limits.members} attachments", "Raise the limit of members.")
            return
        media_type = part.get_content_type()
        name = names.give(file_name(part) or f"part-{number}{_SUFFIXES.get(media_type, '')}")
        yield Blob(source_of(part), name, part.get_content_charset(), media_type)
