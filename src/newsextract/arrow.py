"""Arrow batches in, Arrow batches out: the one function that engines spread over machines.

::

    input     name: string     with text: string or bytes: binary (other columns are left out)
    output    name, member, status, code, reason, remedy, record: string

A row of the input is a document or a container of documents; each document is a row of the output. ``name`` is that of the input row, ``member``
what follows it in the name of a container's member (``!/a/12.txt``, else empty). ``status`` is ``record``, ``error`` or ``skip``; ``record`` is
the record as JSON (``newsextract schema``); ``code``, ``reason`` and ``remedy`` say why there is none (``docs/readers.md`` lists the codes). A row
without text and bytes is an error, told by its own ``code`` and ``reason`` if it has them, as ``newsextract pack`` writes them. Nothing that a
document holds raises: an error is a row.

:func:`process` is what Spark's ``mapInArrow`` takes; a :class:`BatchExtractor` is what Ray Data, Dask and Daft take (``docs/scale.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from newsextract.batch.job import Job
from newsextract.batch.outcome import Outcome
from newsextract.errors import BackendError, ReadError
from newsextract.extractor import BATCH_TEXTS
from newsextract.readers.codes import ERRORS, SKIPS
from newsextract.readers.dispatch import Outcome as Found
from newsextract.readers.dispatch import read_bytes
from newsextract.readers.port import Blob, Skipped
from newsextract.source import Source

try:
    import pyarrow as pa
except ImportError as missing:
    raise BackendError("Arrow batches need pyarrow, which is not installed: pip install newsextract[parquet]") from missing

Batch = TypeVar("Batch", pa.RecordBatch, pa.Table)
Row = dict[str, Any]

_FIELDS: Final = ("member", "status", "code", "reason", "remedy", "record")
_DOCUMENT: Final = [pa.field(name, pa.string()) for name in _FIELDS]
SCHEMA: Final = pa.schema([pa.field("name", pa.string()), *_DOCUMENT])
"""The output: a row a document."""
NESTED_SCHEMA: Final = pa.schema([pa.field("name", pa.string()), pa.field("documents", pa.list_(pa.struct(_DOCUMENT)))])
"""The output of ``BatchExtractor(nested=True)``: a row for each row of the input."""
SPARK_SCHEMA: Final = ", ".join(f"{name} string" for name in SCHEMA.names)
"""The output as Spark's DDL."""
_NOTHING: Final = "has neither text nor bytes"
_TOO_MUCH: Final = Outcome("error", "", "MEMORY", "takes more memory than there is", "Give the workers more memory, or split it.")


@dataclass(frozen=True)
class BatchExtractor:
    """A callable that turns one Arrow batch into another; it pickles as its configuration and loads its lexicons once in a process.

    Attributes:
        job: How documents become records; its lexicons must lie at the same place on every machine.
        nested: Whether there is one row for each row of the input, with its ``documents`` in a list. For engines that resume by rows: the members of
            one container then stay together.
    """

    job: Job = field(default_factory=Job)
    nested: bool = False

    @property
    def schema(self) -> pa.Schema:
        """What a batch of the output looks like."""
        return NESTED_SCHEMA if self.nested else SCHEMA

    def __call__(self, batch: Batch) -> Batch:
        """The documents of ``batch``, in order, as the kind of batch that came in.

        Raises:
            KeyError: There is no column ``name``, or neither ``text`` nor ``bytes``.
        """
        told = _rows(batch)
        answers: list[Row] = []
        while rows := list(islice(told, BATCH_TEXTS)):
            try:
                outcomes = self._together(rows)
            except MemoryError:
                outcomes = [self._alone(row) for row in rows]
            answers += [answer for row, found in zip(rows, outcomes, strict=True) for answer in self._answers(row, found)]
        return type(batch).from_pylist(answers, self.schema)

    def _answers(self, row: Row, outcomes: Sequence[Outcome]) -> list[Row]:
        documents = map(_document, outcomes)
        return [{"name": row["name"], "documents": list(documents)}] if self.nested else [{"name": row["name"], **document} for document in documents]

    def _together(self, rows: Sequence[Row]) -> list[list[Outcome]]:
        """What each row gives; the documents of all are extracted together."""
        found = [list(self._read(row)) for row in rows]
        outcomes = iter(self.job.outcomes([(one, row["name"]) for row, documents in zip(rows, found, strict=True) for one in documents]))
        return [list(islice(outcomes, len(documents))) for documents in found]

    def _alone(self, row: Row) -> list[Outcome]:
        """What a row gives, document by document, as far as the memory goes."""
        out: list[Outcome] = []
        try:
            for found in self._read(row):
                out += self.job.outcomes([(found, row["name"])])
        except MemoryError:
            out.append(_TOO_MUCH)
        return out

    def _read(self, row: Row) -> Iterator[Found]:
        """What a row holds."""
        name, text, data = row["name"], row.get("text"), row.get("bytes")
        if text is not None:
            yield Source(text, name=name, published=self.job.published)
        elif data is not None:
            yield from read_bytes(Blob(data, name), self.job.options)
        else:
            yield _without_content(name, row.get("code"), row.get("reason"))


def process(batches: Iterable[pa.RecordBatch], extractor: BatchExtractor = BatchExtractor()) -> Iterator[pa.RecordBatch]:
    """The documents of each batch, batch by batch.

    Args:
        batches: With the columns told above.
        extractor: How documents become records.
    """
    return map(extractor, batches)


def _rows(batch: pa.RecordBatch | pa.Table) -> Iterator[Row]:
    """The rows of a batch, one at a time, without the columns that are not ours."""
    present = [name for name in ("name", "text", "bytes", "code", "reason") if name in batch.schema.names]
    if "name" not in present or not {"text", "bytes"} & set(present):
        raise KeyError(f"columns name, and text or bytes, are needed; there are {', '.join(batch.schema.names)}")
    columns = [batch.column(name) for name in present]
    for values in zip(*columns, strict=True):
        row = {name: value.as_py() for name, value in zip(present, values, strict=True)}
        yield {**row, "name": row["name"] or ""}


def _without_content(name: str, code: str | None, reason: str | None) -> Found:
    """What a row gives that holds no document: the reason that it tells, or that it is empty."""
    if code in SKIPS and code not in ERRORS:
        return Skipped(name, code, reason or "")
    return ReadError(name, code or "UNREADABLE", _NOTHING if code is None else reason or "", "Read it again.")


def _document(outcome: Outcome) -> Row:
    record = outcome.line.decode("utf-8").rstrip("\n") if outcome.kind == "record" else None
    return dict(zip(_FIELDS, (outcome.member, outcome.kind, outcome.code, outcome.reason, outcome.remedy, record), strict=True))
