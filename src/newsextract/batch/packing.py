"""Many small files in a few Parquet shards, as engines of many machines want them: ``name`` and ``bytes`` of each, in the order of a run.

A file that cannot be read is a row too, with ``code`` and ``reason`` in place of its bytes, so that it comes out as a failure in the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newsextract.batch.plan import Input
from newsextract.batch.sinks.replace import replaced
from newsextract.errors import BackendError, ReadError
from newsextract.readers.dispatch import load
from newsextract.readers.names import readable, relative
from newsextract.readers.port import Skipped

_GROUP_BYTES: Final = 8 * 1024 * 1024
"""Bytes of files that are written as one row group."""
_PATTERN: Final = "shard-*.parquet"

Row = dict[str, Any]


@dataclass(slots=True)
class Packed:
    """What was packed: files, those of them that could not be read, those passed over, and shards."""

    files: int = 0
    failures: int = 0
    skipped: int = 0
    shards: int = 0


def pack(inputs: Sequence[Input], out: Path, *, shard_bytes: int, most: int) -> Packed:
    """Packs every file of ``inputs`` into ``out/shard-00000.parquet`` and so on; shards of an earlier packing go.

    The same files give the same bytes. Memory holds one row group, or one file if that is larger.

    Args:
        inputs: What to pack.
        out: The folder of shards.
        shard_bytes: Bytes of files from which a shard is full.
        most: Bytes above which a file is not read.

    Raises:
        BackendError: The extra ``parquet`` is not installed.
        OSError: ``out`` cannot be written.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415
    except ImportError as missing:
        raise BackendError("shards are Parquet and need pyarrow, which is not installed: pip install newsextract[parquet]") from missing
    schema = pa.schema([("name", pa.string()), ("bytes", pa.binary()), ("code", pa.string()), ("reason", pa.string())])
    packed = Packed()
    groups = _groups(_rows(inputs, most, packed), min(_GROUP_BYTES, shard_bytes))
    while (group := next(groups, None)) is not None:
        with ExitStack() as stack:
            temporary = stack.enter_context(replaced(out / f"shard-{packed.shards:05d}.parquet"))
            writer = stack.enter_context(ParquetWriter(temporary, schema, compression="zstd"))
            size = 0
            while group is not None:
                writer.write_batch(pa.RecordBatch.from_pylist(group, schema))
                size += _size(group)
                group = next(groups, None) if size < shard_bytes else None
        packed.shards += 1
    for stale in sorted(out.glob(_PATTERN))[packed.shards :]:
        stale.unlink()
    return packed


def _rows(inputs: Iterable[Input], most: int, packed: Packed) -> Iterator[Row]:
    """A row for each file, and in ``packed`` how many there were."""
    for one in inputs:
        root = None if one.named else os.fsdecode(one.top)
        for found in one.find():
            path = os.fsdecode(one.path(found.path))
            name = readable(relative(path, root))
            row = (
                _row(path, name, most, follow=one.named) if found.error is None else _failure(name, "UNREADABLE", f"cannot be listed ({found.error.strerror})")
            )
            if row is None:
                packed.skipped += 1
                continue
            packed.files += 1
            packed.failures += row["code"] is not None
            yield row


def _row(path: str, name: str, most: int, *, follow: bool) -> Row | None:
    """The row of one file; None for a link within a folder, whose target has its own."""
    try:
        data = load(Path(path), name, most, follow=follow)
    except ReadError as error:
        return _failure(name, error.code, error.reason)
    return None if isinstance(data, Skipped) else {"name": name, "bytes": data, "code": None, "reason": None}


def _failure(name: str, code: str, reason: str) -> Row:
    return {"name": name, "bytes": None, "code": code, "reason": reason}


def _groups(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    """Rows gathered until they are worth a row group."""
    group: list[Row] = []
    size = 0
    for row in rows:
        group.append(row)
        size += _size([row])
        if size >= most:
            yield group
            group, size = [], 0
    if group:
        yield group


def _size(rows: Iterable[Row]) -> int:
    return sum(len(row["name"]) + len(row["bytes"] or b"") for row in rows)
