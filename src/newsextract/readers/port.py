"""The port that every reader stands behind: bytes in, a document or the members of a container out.

A *document reader* turns one :class:`Blob` into one :class:`Document`; a *container reader* (archives, mailboxes, web archives) yields the
blobs inside, or a :class:`ReadError` or :class:`Skipped` for a member that cannot be had or is none; a mail yields its own text as a
:class:`Document` before its attachments. Both are plain functions, found by the entry-point group ``newsextract.readers`` under the name of
their format (``docs/readers.md``). They open no file, write none, and trust nothing that the bytes say of themselves. What is wrong they
raise as :class:`ReadError` under ``blob.name``; a missing library they may let out as ``ImportError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from newsextract.errors import ReadError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Readers enforce what they can see; a worker's process enforces time and memory from outside.

    Attributes:
        seconds: Wall time for one file.
        memory: Bytes of address space of the process that reads it.
        bytes: Size of an input file, and of any member or part taken out of one.
        characters: Length of the extracted text.
        inflate_ratio: Inflated to packed bytes, once ``inflate_grace`` bytes are out.
        inflate_grace: Bytes that may be inflated at any ratio.
        members: Members of one archive, parts of one message.
        depth: Containers within containers.
        pages: Pages of one PDF.
        xml_depth, html_depth: Elements within elements; a web page that goes deeper is read without its layout.
    """

    seconds: float = 30.0
    memory: int = 1 << 30
    bytes: int = 100_000_000
    characters: int = 10_000_000
    inflate_ratio: int = 100
    inflate_grace: int = 10_000_000
    members: int = 10_000
    depth: int = 4
    pages: int = 10_000
    xml_depth: int = 256
    html_depth: int = 2_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user decided about reading.

    Attributes:
        encoding: Overrides every detection; None lets the readers decide.
        ocr: Whether pages without text are given to tesseract.
        limits: What one file may cost.
    """

    encoding: str | None = None
    ocr: Literal["never", "tesseract"] = "never"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes and what is known of them from outside.

    Attributes:
        data: The bytes.
        name: What messages and the record call it: the path below its root, members after ``!/`` (``1998/box.zip!/a/12.txt``).
        charset, media_type: As the envelope declares them (MIME, HTTP, WARC), if it does; a hint, never an order.
        depth: How many containers it lies in.
    """

    data: bytes
    name: str
    charset: str | None = None
    media_type: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a document reader found.

    Attributes:
        text: The text in reading order, before any normalisation; a title that the format declares stands as its first line.
        media_type: What the bytes are.
        encoding: The character encoding that they were in; ``"utf-8"`` for formats that have none of their own.
        published: The day that the format declares (HTML metadata, a mail's Date), if any.
        warnings: Codes of the closed list in ``docs/readers.md``.
    """

    text: str
    media_type: str
    encoding: str = "utf-8"
    published: date | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or member that holds no document and was not expected to.

    Attributes:
        name: As in :class:`Blob`.
        code: ``EMPTY``, ``IGNORED_NAME`` or ``UNSUPPORTED_TYPE`` (``docs/readers.md``).
        reason: One sentence without the name.
    """

    name: str
    code: str
    reason: str


DocumentReader: TypeAlias = Callable[[Blob, ReadOptions], Document]
ContainerReader: TypeAlias = Callable[[Blob, ReadOptions], Iterator[Blob | Document | ReadError | Skipped]]
