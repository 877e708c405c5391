"""What to do with a file: the part of the configuration that every worker needs, and doing it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsextract.batch.identity import identity
from newsextract.batch.outcome import Outcome
from newsextract.config import Settings
from newsextract.errors import ReadError
from newsextract.extractor import Extractor, load
from newsextract.readers.dispatch import Outcome as Found
from newsextract.readers.dispatch import read_file
from newsextract.readers.names import readable
from newsextract.readers.port import ReadOptions, Skipped
from newsextract.record.model import Tier
from newsextract.source import Source


class Task(NamedTuple):
    """A file to read.

    Attributes:
        number: Its id in the ledger.
        path: Where it is.
        root: What its name is told relative to; None if the user named the file itself, which may then be a link.
        name: As messages and records tell it, without members.
        identity: What it was when its content was hashed; None if it could not be.
        size: In bytes, 0 if unknown.
    """

    number: int
    path: bytes
    root: bytes | None
    name: str
    identity: str | None
    size: int


@dataclass(frozen=True)
class Job:
    """How files become records; goes to every worker.

    Attributes:
        lexicons: TSV files of the user's own rows.
        dialect, tier, tagger, analyser, content: As for :func:`newsextract.load` and :meth:`Extractor.extract`.
        text: Whether the text read is to be handed back too.
        options: How files are read.
        published: The day that relative dates count from where a document declares none.
    """

    lexicons: tuple[Path, ...] = ()
    dialect: bool = False
    tier: Tier = "full"
    tagger: str | None = None
    analyser: str | None = None
    content: bool = False
    text: bool = True
    options: ReadOptions = field(default_factory=ReadOptions)
    published: date | None = None

    @classmethod
    def of(cls, settings: Settings, *, text: bool) -> Job:
        """The job that ``settings`` ask for."""
        return cls(
            lexicons=tuple(path.resolve() for path in settings.lexicon),
            dialect=settings.dialect,
            tier=settings.tier,
            tagger=settings.tagger,
            analyser=settings.analyser,
            content=settings.content,
            text=text,
            options=settings.read_options(),
            published=settings.published,
        )

    def extractor(self) -> Extractor:
        """The extractor, loaded once in a process and its forks."""
        return _extractor(self.lexicons, self.dialect, self.tier, self.tagger, self.analyser)

    def read(self, task: Task) -> Iterator[Found]:
        """What the file of ``task`` holds, one document after the other; nothing is raised but for want of memory."""
        root = None if task.root is None else os.fsdecode(task.root)
        return read_file(os.fsdecode(task.path), options=self.options, root=root, published=self.published)

    def outcomes(self, found: Sequence[tuple[Found, str]]) -> list[Outcome]:
        """What each of some things that were read gives, each with the name of its file: a record, or why there is none. The documents among them
        are extracted together."""
        lines = iter(record_lines(self.extractor(), [one for one, _ in found if isinstance(one, Source)], content=self.content))
        return [self._outcome(one, name, next(lines) if isinstance(one, Source) else b"") for one, name in found]

    def _outcome(self, found: Found, name: str, line: bytes | Exception) -> Outcome:
        if isinstance(found, ReadError):
            return Outcome("error", found.path.removeprefix(name), found.code, found.reason, found.remedy)
        member = found.name.removeprefix(name)
        if isinstance(found, Skipped):
            return Outcome("skip", member, found.code, found.reason)
        if isinstance(line, Exception):  # a fault of ours must not end the run: it is told, and the text is kept in its file
            reason = f"cannot be extracted ({type(line).__name__}: {readable(str(line))[:200]})"
            return Outcome("error", member, "EXTRACTION_FAILED", reason, "Please report it with the file.")
        text = found.text.encode("utf-8", "surrogatepass") if self.text else None
        return Outcome("record", member, line=line, text_sha256=found.text_sha256, text=text, warnings=_warnings(line))


def unchanged(task: Task) -> bool:
    """Whether the file of ``task`` still is what was hashed."""
    return task.identity is None or str(identity(task.path, follow=task.root is None)) == task.identity


def record_lines(extractor: Extractor, sources: Sequence[Source], *, content: bool) -> list[bytes | Exception]:
    """The record of each source as a line of JSON with its line feed, or what extracting it raised.

    Raises:
        MemoryError: There was not enough of it.
    """
    out: list[bytes | Exception] = []

    def fail(_: object, error: Exception) -> None:
        if isinstance(error, MemoryError):
            raise error
        out.append(error)

    for line in extractor.json_lines(sources, content=content, on_error=fail):
        out.append(line + b"\n")  # noqa: PERF401  (so do failures, in between)
    return out


def _warnings(line: bytes) -> str:
    """The codes in the record's list of warnings, which stands near its end."""
    start = line.rfind(b'"warnings":[')
    return line[start + 12 : line.index(b"]", start)].replace(b'"', b"").replace(b",", b" ").decode() if start >= 0 else ""


@cache
def _extractor(lexicons: tuple[Path, ...], dialect: bool, tier: Tier, tagger: str | None, analyser: str | None) -> Extractor:
    return load(lexicons=lexicons, dialect=dialect, tier=tier, tagger=tagger, analyser=analyser)
