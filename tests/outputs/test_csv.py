"""CSV: read back by the standard library, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsextract.batch import sinks
from newsextract.batch.sinks.csv import harmless
from newsextract.batch.sinks.lines import Json, record_files
from newsextract.batch.sinks.tables import facts, layout

FORMULA = re.compile(r"^[\s\u200e\u200f\ufeff]*[=+\-@＝]")
NUMBER = re.compile(r"^-?\d+(\.\d+)?(e[+-]\d+)?$")
HOSTILE = [
    '=HYPERLINK("http://127.0.0.1:9/")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200f=1+1",
    "\u200e\u200f\u202e=1",
    "\ufeff=1",
    "\u00a0\u2028=1",
    "\u061c\u200b\u2066=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹢1",
    "\u0640\u064b=1"[1:],
    "\x00=1",
]


def published(out: Path) -> dict[str, list[dict[str, str]]]:
    """Every table, read back."""
    sinks.publish("csv", record_files(out), out)
    return {path.stem: list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""))) for path in sorted((out / "csv").glob("*.csv"))}


def test_every_record_fact_and_mention_is_a_row(make_run: Callable[..., Path], records: list[Json]) -> None:
    tables = published(make_run())
    assert len(tables["records"]) == len(records)
    for table in layout().facts:
        assert len(tables[table.name]) == sum(len(list(table.rows(record))) for record in records), table.name
    evidence = sum(len(fact["mentions"]) for record in records for _, fact in facts(record))
    venues = sum(len(record["venue"]["mentions"]) for record in records if record["venue"])
    assert len(tables["mentions"]) == evidence + venues


def test_cells_say_what_the_record_says(make_run: Callable[..., Path]) -> None:
    tables = published(make_run())
    water = tables["records"][0]
    assert (water["record"], water["source_name"], water["published"]) == ("1", "2024/water.txt", "2024-05-14")
    assert water["event_name"] == next(row["name"] for row in tables["events"] if row["record"] == "1" and row["field"] == "event")
    counts = [(row["value"], row["comparison"], row["lemma"], row["evidence"]) for row in tables["counts"] if row["record"] == "1"]
    assert ("49", "exact", "خبير", "49 خبيرا") in counts
    assert "99999999999999999999" in {row["value"] for row in tables["counts"]}
    delegation = tables["delegations"][0]
    assert delegation["of_name"]
    assert delegation["members_name"] == "ليلى حداد | كمال عودة"
    assert len(delegation["members"].split(" | ")) == 2


def test_the_first_cell_is_not_spoilt_by_the_mark_and_others_read_it_too(make_run: Callable[..., Path]) -> None:
    out = make_run()
    published(out)
    assert (out / "csv" / "records.csv").read_bytes().startswith("\ufeffrecord,".encode())
    with duckdb.connect() as database:
        rows = database.sql(f"SELECT record, source_name FROM read_csv('{out}/csv/records.csv') WHERE record = 1").fetchall()
    assert rows == [(1, "2024/water.txt")]


def test_no_exported_cell_is_a_formula(make_run: Callable[..., Path]) -> None:
    tables = published(make_run())
    assert tables["records"][4]["source_name"].startswith("'\u200f=1+1")
    assert tables["records"][4]["title_text"].startswith("'=HYPERLINK(")
    for name, rows in tables.items():
        for row in rows:
            assert not [cell for cell in row.values() if FORMULA.match(cell) and not NUMBER.match(cell)], name


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "\u200f", " \n", "كلمة", "2023-2025", "'=1", "(=1)", "«+»", "\u200fالدورة = السابعة"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@＝﹣ \t\r\n\u200f\u200e\ufeff\u00a0\u202e\u2067\u0301ab١'"), max_size=8))
def test_nothing_gets_past(text: str) -> None:
    assert not FORMULA.match(harmless(text))


def test_the_same_records_give_the_same_bytes(make_run: Callable[..., Path]) -> None:
    first, second = make_run("a"), make_run("b")
    published(first)
    published(second)
    for path in sorted((first / "csv").iterdir()):
        assert path.read_bytes() == (second / "csv" / path.name).read_bytes(), path.name


def test_a_run_without_records_has_the_same_columns(make_run: Callable[..., Path]) -> None:
    full, empty = make_run("full"), make_run("empty", lines=[])
    published(full)
    published(empty)
    for path in sorted((full / "csv").iterdir()):
        assert path.open().readline() == (empty / "csv" / path.name).open().readline()
        assert len((empty / "csv" / path.name).read_bytes().splitlines()) == 1
