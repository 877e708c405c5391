"""From the ledger to the output: parts of records in order, failures, what was passed over.

New parts are first written under names of their own, beside the old. Then one transaction of the ledger lets every record lie in its new place; from
then on nothing needs the old parts or the spool. Then the new parts take their final names. Killed before the transaction, a run has lost nothing;
killed after it, the next one completes the renaming (:func:`settle`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pydantic_core import to_json

from newsextract.batch.durable import sync
from newsextract.batch.failing import writing
from newsextract.batch.ledger import Ledger, Line
from newsextract.batch.segments import Segments
from newsextract.batch.sinks.replace import replaced
from newsextract.batch.spool import FOLDER as SPOOL
from newsextract.batch.texts import sweep
from newsextract.readers.names import readable

RECORDS: Final = "records"
SINGLE: Final = "records.jsonl"
FAILURES: Final = "failures.jsonl"
SKIPPED: Final = "skipped.jsonl"
_NEW: Final = ".new"
_BUFFER: Final = 1 << 20
_OURS: Final = re.compile(r"(?:part-)?\d+\.jsonl(?:\.new)?")
_SOURCE: Final = re.compile(rb'(\{"schema":"[^"]*","id":"[^"]*","source":\{"name":)"(?:[^"\\]|\\.)*","uri":"[^"]*"')
"""How a record begins, up to the name and the address of its file."""


def part_name(number: int) -> str:
    """The path of a part below the run directory."""
    return f"{RECORDS}/part-{number:05d}.jsonl"


def publish(out: Path, ledger: Ledger, shard_size: int, pause: Callable[[], None]) -> None:
    """Makes the output of ``out`` what ``ledger`` tells.

    Args:
        out: The run directory.
        ledger: Its ledger, in which nothing is pending.
        shard_size: Records a part.
        pause: Called now and then; it may raise to end the work, which the next run then does.

    Raises:
        OutputError: Something cannot be written.
    """
    with writing(out):
        (out / RECORDS).mkdir(exist_ok=True)
        _write_parts(out, ledger, shard_size, pause)
        settle(out, ledger)
        _write_told(out / FAILURES, ledger, "error", ("name", "code", "reason", "remedy"))
        _write_told(out / SKIPPED, ledger, "skip", ("name", "code", "reason"))
        _link_single(out)
        pause()
        sweep(out, ledger)
        ledger.set_current(shard_size)
        ledger.commit()


def settle(out: Path, ledger: Ledger) -> None:
    """Gives new parts their final names, once the ledger says that they are the output; removes what nothing refers to."""
    segments = ledger.segments()
    renamed = [(number, path, size) for number, path, size in segments if path.endswith(_NEW)]
    for number, path, size in renamed:
        final = path.removesuffix(_NEW)
        if (out / path).exists():
            (out / path).rename(out / final)
        ledger.set_segment(number, final, size)
    if renamed:
        sync(out / RECORDS)
        ledger.commit()
    _remove_unused(out, {path.removesuffix(_NEW) for _, path, _ in segments})


def parts(out: Path) -> list[Path]:
    """The published parts of a run directory in order."""
    return sorted((out / RECORDS).glob("part-*.jsonl"))


def _write_parts(out: Path, ledger: Ledger, shard_size: int, pause: Callable[[], None]) -> None:
    lines = ledger.lines()
    where = {number: path for number, path, _ in ledger.segments()}
    ledger.begin_moves()
    number = 0
    with Segments(out, where) as segments:
        while (part := list(islice(lines, shard_size))) or number == 0:
            pause()
            if not _stands(part, where, part_name(number), segments):
                _write_part(out, ledger, part_name(number), part, segments)
            number += 1
    ledger.end_moves()
    ledger.drop_unused_segments()
    ledger.commit()


def _stands(part: Sequence[Line], where: dict[int, str], name: str, segments: Segments) -> bool:
    """Whether a part lies under its name already, whole and in order, with nothing besides."""
    end = 0
    for line in part:
        if where[line.segment] != name or line.offset != end or line.borrowed:
            return False
        end += line.length
    return bool(part) and segments.size(part[0].segment) == end


def _write_part(out: Path, ledger: Ledger, name: str, part: Sequence[Line], segments: Segments) -> None:
    path = out / (name + _NEW)
    places = []
    offset = 0
    with path.open("wb", buffering=_BUFFER) as file:
        for line, data in zip(part, segments.lines(part), strict=True):
            own = renamed(data, line.path, line.member) if line.borrowed else data
            file.write(own)
            places.append((line.file, line.number, offset, len(own)))
            offset += len(own)
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)
    segment = ledger.add_segment(name + _NEW, offset)
    ledger.move((of, number, segment, start, length) for of, number, start, length in places)


def renamed(record: bytes, path: bytes, member: str) -> bytes:
    """The record of another file with the same content: all but the name and the address stays.

    Args:
        record: A line of JSON.
        path: The other file, as the ledger has it.
        member: What follows its name in that of the member.
    """
    told = _SOURCE.match(record)
    if told is None:
        raise ValueError("no record")
    uri = quote(path) + quote(member, errors="surrogatepass", safe="/!")
    return told[1] + to_json(readable(os.fsdecode(path)) + member) + b',"uri":' + to_json(uri) + record[told.end() :]


def _write_told(path: Path, ledger: Ledger, outcome: str, keys: tuple[str, ...]) -> None:
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for values in ledger.told(outcome):
            file.write(json.dumps(dict(zip(keys, values, strict=False)), ensure_ascii=False) + "\n")


def _link_single(out: Path) -> None:
    """``records.jsonl`` for runs of one part: a link, so that the records lie in one place only."""
    link = out / SINGLE
    if len(parts(out)) != 1:
        link.unlink(missing_ok=True)
    elif not link.is_symlink():
        temporary = out / f".{SINGLE}.tmp"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(part_name(0))
        temporary.replace(link)
    sync(out)


def _remove_unused(out: Path, used: set[str]) -> None:
    for folder in (SPOOL, RECORDS):
        for path in sorted((out / folder).glob("*")):
            if _OURS.fullmatch(path.name) and f"{folder}/{path.name}" not in used:
                path.unlink()
    spool = out / SPOOL
    if spool.is_dir() and not any(spool.iterdir()):
        spool.rmdir()
