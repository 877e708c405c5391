"""Arrow batches in, Arrow batches out: as Spark, Dask and Daft call it, with no engine at all."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
import zipfile
from typing import Any

import pyarrow as pa
import pytest

from newsextract import load
from newsextract.arrow import NESTED_SCHEMA, SCHEMA, SPARK_SCHEMA, BatchExtractor, process
from newsextract.batch.job import Job
from newsextract.readers.codes import ERRORS

TEXT = "شارك 49 خبيرا في ورشة عمل بالرباط يوم 2 أكتوبر 2023."


def archive(**members: str) -> bytes:
    """A zip of text files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name, text in members.items():
            zipped.writestr(f"{name}.txt", text)
    return packed.getvalue()


GOOD = {"name": "a.txt", "bytes": TEXT.encode()}
BROKEN = {"name": "b.pdf", "bytes": b"%PDF-1.7\nno more than this"}
EMPTY = {"name": "c.txt", "bytes": b""}
UNREAD = {"name": "d.txt", "bytes": None, "code": "PERMISSION", "reason": "may not be read"}
GONE = {"name": "e.txt", "bytes": None}
BOX = {"name": "f.zip", "bytes": archive(one=TEXT, two=TEXT)}
ROWS: list[dict[str, Any]] = [GOOD, BROKEN, EMPTY, UNREAD, GONE, BOX]


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    schema = pa.schema([("name", pa.string()), ("bytes", pa.binary()), ("code", pa.string()), ("reason", pa.string()), ("other", pa.int64())])
    return pa.RecordBatch.from_pylist(list(rows), schema)


def test_every_document_is_a_row_and_errors_are_rows() -> None:
    (answer,) = process(iter([batch(*ROWS)]))
    assert answer.schema == SCHEMA
    told = [(row["name"], row["member"], row["status"], row["code"]) for row in answer.to_pylist()]
    assert told == [
        ("a.txt", "", "record", None),
        ("b.pdf", "", "error", "CORRUPT"),
        ("c.txt", "", "skip", "EMPTY"),
        ("d.txt", "", "error", "PERMISSION"),
        ("e.txt", "", "error", "UNREADABLE"),
        ("f.zip", "!/one.txt", "record", None),
        ("f.zip", "!/two.txt", "record", None),
    ]
    assert all((row["record"] is None) == (row["status"] != "record") for row in answer.to_pylist())
    assert {row["code"] for row in answer.to_pylist() if row["status"] == "error"} <= ERRORS.keys()


def test_records_are_those_of_the_extractor() -> None:
    (answer,) = process([pa.RecordBatch.from_pylist([{"name": "a.txt", "text": TEXT}])])
    record = json.loads(answer.to_pylist()[0]["record"])
    assert record["source"]["name"] == "a.txt"
    expected = load().extract(TEXT).model_dump(mode="json", by_alias=True)
    assert {key: value for key, value in record.items() if key != "source"} == {key: value for key, value in expected.items() if key != "source"}


def test_text_goes_before_bytes_where_a_row_has_both() -> None:
    row = {"name": "a", "text": TEXT, "bytes": b"\x00\x01"}
    (answer,) = process([pa.RecordBatch.from_pylist([row, row | {"text": None, "bytes": TEXT.encode(), "name": "a.txt"}])])
    assert answer.column("status").to_pylist() == ["record", "record"]


def test_nested_rows_stay_one_for_one() -> None:
    extract = BatchExtractor(nested=True)
    answer = extract(pa.Table.from_batches([batch(*ROWS)]))
    assert isinstance(answer, pa.Table)
    assert answer.schema == NESTED_SCHEMA
    assert answer.column("name").to_pylist() == [row["name"] for row in ROWS]
    assert [len(documents) for documents in answer.column("documents").to_pylist()] == [1, 1, 1, 1, 1, 2]
    flat = [{"name": row["name"], **document} for row in answer.to_pylist() for document in row["documents"]]
    assert flat == BatchExtractor()(batch(*ROWS)).to_pylist()


def test_no_rows_give_no_rows() -> None:
    for nested in (False, True):
        extract = BatchExtractor(nested=nested)
        assert extract(batch()).num_rows == 0
        assert extract(batch()).schema == extract.schema


def test_an_extractor_pickles_as_its_configuration() -> None:
    extract = BatchExtractor(Job(dialect=True))
    extract(batch(GOOD))
    frozen = pickle.dumps(extract)
    assert len(frozen) < 2_000
    assert pickle.loads(frozen)(batch(GOOD)) == extract(batch(GOOD))


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import pickle, sys, pyarrow as pa\n"
        "extract, told = pickle.load(sys.stdin.buffer)\n"
        "sys.stdout.buffer.write(extract(pa.ipc.open_stream(told).read_next_batch()).serialize().to_pybytes())\n"
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch().schema) as stream:
        stream.write_batch(batch(*ROWS))
    message = pickle.dumps((BatchExtractor(), sink.getvalue()))
    done = subprocess.run([sys.executable, "-c", program], input=message, capture_output=True, check=True)
    assert done.stdout == BatchExtractor()(batch(*ROWS)).serialize().to_pybytes()


def test_a_fault_of_ours_is_a_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("newsextract.extractor.Extractor._findings", fail)
    (answer,) = process([batch(GOOD)])
    assert answer.to_pylist()[0]["status"] == "error"
    assert "planted" in answer.to_pylist()[0]["reason"]


def test_want_of_memory_is_a_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("newsextract.extractor.Extractor._findings", fail)
    (answer,) = process([batch(GOOD, EMPTY)])
    assert answer.column("code").to_pylist() == ["MEMORY", "EMPTY"]


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(KeyError, match="title"):
        list(process([pa.RecordBatch.from_pylist([{"title": "a"}])]))


def test_sparks_schema_names_the_columns_of_the_output() -> None:
    assert [part.split() for part in SPARK_SCHEMA.split(", ")] == [[name, "string"] for name in SCHEMA.names]


@pytest.mark.parametrize(
    ("library", "statement", "extra"),
    [
        ("pyarrow", "import newsextract.arrow", "parquet"),
        ("pyarrow", "from newsextract.batch.sinks.parquet import record_schema; record_schema()", "parquet"),
        ("pyarrow", "from pathlib import Path; from newsextract.batch.packing import pack; pack([], Path(), shard_bytes=1, most=1)", "parquet"),
        ("ray", "import newsextract.interop.ray", "ray"),
    ],
)
def test_a_missing_library_is_told_with_the_extra_that_brings_it(library: str, statement: str, extra: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None\n{statement}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "BackendError" in done.stderr
    assert f"pip install newsextract[{extra}]" in done.stderr
