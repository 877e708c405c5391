"""Parquet: ``OUT/records.parquet``, a row a record, nested as the record is.

DuckDB and pyarrow read nested columns as they are (``docs/outputs.md`` shows how), so the file holds the same names in the same places as the
JSON does. Days are ``date32``, numbers ``double`` (beyond 2⁵³ the nearest one), ``dates[].original`` is JSON, since its keys vary.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import to_json

from newsextract.batch.sinks.lines import Json, Pause, no_pause, records_of
from newsextract.batch.sinks.numbers import double
from newsextract.batch.sinks.replace import replaced
from newsextract.batch.sinks.shape import Shape, record_shape
from newsextract.errors import BackendError
from newsextract.record.model import SCHEMA

if TYPE_CHECKING:
    import pyarrow as pa

FILE: Final = "records.parquet"
_CHUNK_BYTES: Final = 4 * 1024 * 1024
"""JSON that is parsed at once."""
_GROUP_BYTES: Final = 32 * 1024 * 1024
"""Size in memory from which rows are written as a row group: what a reader must hold too."""

Change = Callable[[Any], Any]


def publish(parts: Sequence[Path], out: Path, pause: Pause = no_pause) -> None:
    """Writes ``out/records.parquet`` from the records in ``parts``; it appears whole or not at all, also when there are no records.

    The same records give the same bytes. Memory does not grow with their number.

    Raises:
        BackendError: The extra ``parquet`` is not installed.
        OSError: ``out`` cannot be written.
    """
    schema = record_schema()
    from pyarrow import Table  # noqa: PLC0415  (after record_schema, which tells of a missing pyarrow)
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    with replaced(out / FILE) as temporary, ParquetWriter(temporary, schema, compression="zstd") as writer:
        for group in _groups(_tables(_chunks(records_of(parts, pause)), schema)):
            writer.write_table(Table.from_batches(group, schema), row_group_size=sum(map(len, group)))


@cache
def record_schema() -> pa.Schema:
    """The Arrow schema of a record: the contract's names, nested as in JSON.

    Raises:
        BackendError: The extra ``parquet`` is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
    except ImportError as missing:
        raise BackendError("Parquet needs pyarrow, which is not installed: pip install newsextract[parquet]") from missing
    return _schema(pa, pa.date32())


def _schema(pa: Any, day: pa.DataType) -> pa.Schema:
    """The schema of a record with days as ``day``: pyarrow's JSON reader takes them as text, a cast makes them days."""
    scalars = {"text": pa.string(), "json": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": day}

    def arrow(shape: Shape) -> pa.DataType:
        if shape.kind == "struct":
            return pa.struct(parts(shape))
        return pa.list_(arrow(shape.item)) if shape.item is not None else scalars[shape.kind]

    def parts(shape: Shape) -> list[pa.Field]:
        return [pa.field(name, arrow(part)) for name, part in shape.fields.items()]

    return pa.schema(parts(record_shape()), metadata={"newsextract.schema": SCHEMA})


def _chunks(found: Iterable[Json]) -> Iterator[bytes]:
    """Records as JSON lines again, a few megabytes at a time, without what Arrow has no type for."""
    change = _change(record_shape()) or _unchanged
    chunk = bytearray()
    for record in found:
        chunk += to_json(change(record)) + b"\n"
        if len(chunk) >= _CHUNK_BYTES:
            yield bytes(chunk)
            chunk.clear()
    if chunk:
        yield bytes(chunk)


def _tables(chunks: Iterable[bytes], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow.json import ParseOptions, ReadOptions, read_json  # noqa: PLC0415

    parse = ParseOptions(explicit_schema=_schema(pa, pa.string()), unexpected_field_behavior="error")
    for chunk in chunks:
        table = read_json(io.BytesIO(chunk), ReadOptions(use_threads=False, block_size=len(chunk) + 1), parse)
        yield from table.cast(schema).to_batches()


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Batches gathered until they are worth a row group."""
    group: list[pa.RecordBatch] = []
    for batch in batches:
        group.append(batch)
        if sum(gathered.nbytes for gathered in group) >= _GROUP_BYTES:
            yield group
            group = []
    if group:
        yield group


def _change(shape: Shape) -> Change | None:
    """What makes a JSON value of this shape readable for Arrow; None if it is as it stands."""
    if shape.kind == "struct":
        return _change_parts({name: change for name, part in shape.fields.items() if (change := _change(part)) is not None})
    if shape.item is not None:
        return _change_items(_change(shape.item))
    return _CHANGES.get(shape.kind)


def _change_parts(changes: dict[str, Change]) -> Change | None:
    def change(value: Json) -> Json:
        return value | {name: part(value[name]) for name, part in changes.items() if value[name] is not None}

    return change if changes else None


def _change_items(change: Change | None) -> Change | None:
    return None if change is None else lambda items: [change(item) for item in items]


def _as_text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unchanged(value: Any) -> Any:
    return value


_CHANGES: Final[dict[str, Change]] = {"number": double, "json": _as_text}
