"""Runs readers and extractor over a folder of hostile files, each in a process of its own under limits, and tells what became of each.

    hostile.py FOLDER -o got.jsonl [--only SUBFOLDER_OR_FILE …] [--seconds 60] [--megabytes 2000]

One JSON object an outcome: file, outcome (record, error, skip), error_code, title, date, text, encoding, warnings, member, seconds (of
processor time, which other programs do not lengthen), rss_mb. A process that dies or takes too long gives the error CRASH or TIMEOUT.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import newsextract
from newsextract import Extractor, ReadError, Source
from newsextract.readers.dispatch import Outcome, read_file


def outcome_row(outcome: Outcome, extractor: Extractor) -> dict[str, Any]:
    """What one document came to, as plain values."""
    if isinstance(outcome, ReadError):
        return {"outcome": "error", "error_code": outcome.code, "member": outcome.path, "reason": outcome.reason}
    if not isinstance(outcome, Source):
        return {"outcome": "skip", "error_code": outcome.code, "member": outcome.name, "reason": outcome.reason}
    record = extractor.extract(outcome)
    told = {"title": record.title.text if record.title else None, "date": record.published.isoformat() if record.published else None}
    return {"outcome": "record", **told, "text": outcome.text, "encoding": outcome.encoding, "warnings": record.warnings, "member": outcome.name}


def rows(file: Path, root: Path, extractor: Extractor, seconds: int, megabytes: int) -> Iterator[dict[str, Any]]:
    """The rows of one file, made by a process of its own."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(file, root, extractor, writing, megabytes)
    os.close(writing)
    lines, late = _collect(reading, began + seconds)
    if late:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    cost = {"file": str(file.relative_to(root)), "seconds": round(usage.ru_utime + usage.ru_stime, 2), "rss_mb": usage.ru_maxrss // 1024}
    for line in lines:
        yield {**cost, **json.loads(line)}
    if late or status:
        yield {**cost, "outcome": "error", "error_code": "TIMEOUT" if late else "CRASH", "reason": f"status {status}"}


def _work(file: Path, root: Path, extractor: Extractor, writing: int, megabytes: int) -> None:
    """The child's part: reads and extracts, writes a line an outcome, and ends without the parent's clean-up."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            for outcome in read_file(file, root=root):
                out.write(json.dumps(outcome_row(outcome, extractor), ensure_ascii=True) + "\n")
    except BaseException as error:
        print(f"{file}: {type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def _collect(reading: int, deadline: float) -> tuple[list[str], bool]:
    """The lines that the child wrote, and whether it was late."""
    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(reading, 1 << 16) if ready else b""
        if not part:
            os.close(reading)
            whole = b"".join(parts).decode("utf-8")
            return [line for line in whole.split("\n")[: None if whole.endswith("\n") else -1] if line], not ready
        parts.append(part)


def files(folder: Path, only: list[str]) -> list[Path]:
    """The files below ``folder`` in order; those below or equal to one of ``only`` if it says anything."""
    roots = [folder / o for o in only] or [folder]
    return sorted({f for root in roots for f in ([root] if root.is_file() else root.rglob("*")) if f.is_file()}, key=str)


def main(arguments: list[str] | None = None) -> int:
    """Writes the rows of every file, in the order of their names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="paths below FOLDER")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--megabytes", type=int, default=2000)
    options = parser.parse_args(arguments)
    extractor = newsextract.load()
    with options.out.open("w", encoding="utf-8") as out:
        for file in files(options.folder, options.only):
            for row in rows(file, options.folder, extractor, options.seconds, options.megabytes):
                out.write(json.dumps(row, ensure_ascii=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
