"""Parquet, opened by pyarrow and by DuckDB."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsextract.batch import sinks
from newsextract.batch.sinks.lines import Json, record_files
from newsextract.batch.sinks.parquet import record_schema

DOCS = Path(__file__).parents[2] / "docs" / "outputs.md"
HUGE = 99_999_999_999_999_999_999


def published(out: Path) -> Path:
    sinks.publish("parquet", record_files(out), out)
    return out / "records.parquet"


def as_json(row: Json) -> Json:
    """A row of Parquet as the record's JSON has it."""
    told: Json = json.loads(json.dumps(row, default=str))
    for date in told["dates"]:
        date["original"] = json.loads(date["original"])
    return told


def in_doubles(record: Json) -> Json:
    """The record with its amounts as the nearest doubles."""
    told: Json = json.loads(json.dumps(record))
    for fact in told["counts"] + told["money"] + told["percentages"]:
        fact |= {name: float(fact[name]) for name in ("value", "upper") if fact[name] is not None}
    return told


def test_pyarrow_reads_what_the_records_say(make_run: Callable[..., Path], records: list[Json]) -> None:
    table = pq.read_table(published(make_run()))
    assert [as_json(row) for row in table.to_pylist()] == [in_doubles(record) for record in records]
    assert {count["value"] for record in records for count in record["counts"]} >= {49, 3000, HUGE}


def test_days_are_days_and_numbers_are_numbers(make_run: Callable[..., Path]) -> None:
    schema = pq.read_schema(published(make_run()))
    assert schema.field("published").type == pa.date32()
    assert schema.field("dates").type.value_type.field("start").type == pa.date32()
    assert schema.field("counts").type.value_type.field("value").type == pa.float64()


def test_duckdb_answers_the_documented_questions(make_run: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published(make_run()).parent)
    questions = re.findall(r"```sql duckdb\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(questions) >= 2
    with duckdb.connect() as database:
        answers = [database.sql(question).fetchall() for question in questions]
    assert all(answers)
    assert ("2024/water.txt", 49.0, "خبير", "49 خبيرا") in answers[0]


def test_the_same_records_give_the_same_bytes(make_run: Callable[..., Path]) -> None:
    assert published(make_run("a")).read_bytes() == published(make_run("b")).read_bytes()


def test_a_run_without_records_has_the_same_columns(make_run: Callable[..., Path]) -> None:
    table = pq.read_table(published(make_run(lines=[])))
    assert table.num_rows == 0
    assert table.schema == record_schema()


def test_one_content_under_two_names_is_two_rows(make_run: Callable[..., Path]) -> None:
    table = pq.read_table(published(make_run()))
    ids = table.column("id").to_pylist()
    assert len(ids) == len(set(ids)) + 1
    assert len({source["name"] for source in table.column("source").to_pylist()}) == len(ids)


def test_a_field_that_the_contract_does_not_have_is_refused(make_run: Callable[..., Path], records: list[Json]) -> None:
    with pytest.raises(pa.ArrowInvalid, match="unexpected field"):
        published(make_run(lines=[json.dumps(records[0] | {"unheard_of": 1})]))


def test_rows_are_written_in_groups_of_bounded_size(make_run: Callable[..., Path], releases: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsextract.batch.sinks.parquet._GROUP_BYTES", 40_000)
    monkeypatch.setattr("newsextract.batch.sinks.parquet._CHUNK_BYTES", 10_000)
    file = pq.ParquetFile(published(make_run(lines=releases * 20)))
    assert file.metadata.num_rows == 20 * len(releases)
    assert file.metadata.num_row_groups > 3


def test_nothing_is_left_when_the_records_are_broken(make_run: Callable[..., Path], releases: list[str]) -> None:
    out = make_run(lines=[releases[0]])
    before = published(out).read_bytes()
    (out / "records" / "part-00001.jsonl").write_text('{"schema": \n', "utf-8")
    with pytest.raises(ValueError):
        published(out)
    assert published_names(out) == {"records", "text", "records.parquet"}
    assert (out / "records.parquet").read_bytes() == before


def published_names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}
