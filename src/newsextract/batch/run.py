"""A run: every file of the given paths becomes a line of ``records.jsonl`` or of ``failures.jsonl``."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from newsextract.batch.walk import walk
from newsextract.errors import OutputError, ReadError
from newsextract.extractor import Extractor
from newsextract.readers.plain import SUFFIXES, read_file


@dataclass(slots=True)
class Outcome:
    """What a run did: files read, records written, files that failed, files of other formats passed over."""

    records: int = 0
    failures: int = 0
    skipped: int = 0


@contextmanager
def atomic(path: Path) -> Iterator[IO[str]]:
    """A text file that appears whole under ``path`` or not at all: temporary file, fsync, rename.

    Raises:
        OutputError: The folder cannot be written, or the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as handle:
                yield handle
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        remedy = "Free some space and run again." if error.errno == errno.ENOSPC else "Choose another folder with -o."
        raise OutputError(path, f"cannot be written ({error.strerror})", remedy) from error


def run(
    paths: Iterable[Path],
    out: Path,
    extractor: Extractor,
    *,
    encoding: str | None = None,
    content: bool = False,
    on_file: Callable[[Path, ReadError | None], None] | None = None,
) -> Outcome:
    """Extracts every file of ``paths`` into ``out``.

    A file that cannot be read is a line of ``failures.jsonl`` (name, code, reason, remedy) and the run goes on. Inside folders,
    files of unknown formats are counted and passed over. Both files appear whole at the end; nothing is written elsewhere.

    Args:
        paths: Files and folders.
        out: The output folder; made if it is missing.
        extractor: From :func:`newsextract.load`.
        encoding: Overrides detection for every file.
        content: Whether records carry their text.
        on_file: Called after each file with its path and its error, if it failed.

    Raises:
        OutputError: ``out`` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(out, f"cannot be made ({error.strerror})", "Choose another folder with -o.") from error
    outcome = Outcome()
    inside = out.resolve()
    with atomic(out / "records.jsonl") as records, atomic(out / "failures.jsonl") as failures:
        for file, root in walk(paths):
            if root is not None and (file.suffix.lower() not in SUFFIXES or file.resolve().is_relative_to(inside)):
                outcome.skipped += 1
                continue
            problem: ReadError | None = None
            try:
                source = read_file(file, encoding=encoding, root=root)
                records.write(extractor.extract(source, content=content).model_dump_json() + "\n")
                outcome.records += 1
            except ReadError as failed:
                problem = failed
                outcome.failures += 1
                name = str(file) if str(file).isprintable() else ascii(str(file))[1:-1]
                row = {"name": name, "code": failed.code, "reason": failed.reason, "remedy": failed.remedy}
                failures.write(json.dumps(row, ensure_ascii=False) + "\n")
            if on_file is not None:
                on_file(file, problem)
    return outcome
