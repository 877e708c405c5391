"""SQLite: whole, referring to nothing that is not there, searched however a word is spelt; shown by Datasette."""

from __future__ import annotations

import asyncio
import errno
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsextract.batch import sinks
from newsextract.batch.sinks.lines import Json, record_files
from newsextract.batch.sinks.search import FOLDED_QUERY, SEARCH, folding
from newsextract.batch.sinks.tables import facts, layout
from newsextract.errors import BackendError
from newsextract.text.fold import fold

DOCS = Path(__file__).parents[2] / "docs" / "outputs.md"


def published(out: Path) -> Path:
    sinks.publish("sqlite", record_files(out), out)
    return out / "records.db"


@pytest.fixture
def database(make_run: Callable[..., Path]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(published(make_run()))) as opened:
        yield opened


def rows(database: sqlite3.Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return database.execute(query, values).fetchall()


def names(found: list[tuple[Any, ...]]) -> set[str]:
    return {row[0] for row in found}


def test_the_database_is_sound_and_every_reference_is_kept(database: sqlite3.Connection) -> None:
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    assert rows(database, "SELECT count(*) FROM delegations_members JOIN people ON people.record = delegations_members.record AND people.id = value") == [(2,)]


def test_every_record_fact_and_mention_is_a_row(database: sqlite3.Connection, records: list[Json]) -> None:
    assert rows(database, "SELECT count(*) FROM records") == [(len(records),)]
    for table in layout().facts:
        assert rows(database, f"SELECT count(*) FROM {table.name}") == [(sum(len(list(table.rows(record))) for record in records),)], table.name
    venues = [record["venue"] for record in records if record["venue"]]
    told = [fact for record in records for _, fact in facts(record)]
    assert rows(database, "SELECT count(*) FROM facts") == [(len(told) + len(venues),)]
    assert rows(database, "SELECT count(*) FROM mentions") == [(sum(len(fact["mentions"]) for fact in [*told, *venues]),)]


def test_one_content_under_two_names_is_two_rows(database: sqlite3.Connection) -> None:
    twice = rows(database, "SELECT id FROM records GROUP BY id HAVING count(*) > 1")
    assert len(twice) == 1
    assert names(rows(database, "SELECT source_name FROM records WHERE id = ?", *twice[0])) == {"2024/library.txt", "=copy of library.txt"}


def test_integers_beyond_64_bits_are_numbers_still(database: sqlite3.Connection) -> None:
    assert rows(database, "SELECT DISTINCT value, typeof(value) FROM counts WHERE value > 1e18") == [(1e20, "real")]
    assert rows(database, "SELECT typeof(value) FROM counts WHERE value = 49") == [("integer",)]


def test_the_views_join_what_is_asked_for(database: sqlite3.Connection) -> None:
    found = rows(database, "SELECT published, event, event_ordinal FROM releases WHERE source_name = '2024/water.txt'")
    assert found[0][0] == "2024-05-14"
    assert found[0][2] == 7
    assert ("2024/water.txt", "counts", "49 خبيرا") in rows(database, "SELECT source_name, type, text FROM evidence")


@pytest.mark.parametrize("query", ["الإدارة", "الادارة", "الاداره", "مؤسسة المستقبل"])
def test_a_plain_query_finds_the_usual_spellings(database: sqlite3.Connection, query: str) -> None:
    assert names(rows(database, "SELECT source_name FROM releases JOIN search ON search.rowid = record WHERE search MATCH ?", query)) == {"2024/water.txt"}


@pytest.mark.parametrize("query", ["الإدارة", "الادارة", "الأداره", "الإدَارَة", "الإدارـــة", "مؤسّسه", '"مؤسسة المستقبل"', "عمان", "٤٩", "49"])
def test_a_folded_query_finds_every_spelling(database: sqlite3.Connection, query: str) -> None:
    assert [row[1] for row in database.execute(SEARCH, {"query": query})] == ["2024/water.txt"]


def test_without_its_text_a_record_is_found_by_its_facts(make_run: Callable[..., Path]) -> None:
    with closing(sqlite3.connect(published(make_run(texts=False)))) as database:
        assert [row[1] for row in database.execute(SEARCH, {"query": "المنصوري"})] == ["2024/water.txt"]
        assert database.execute(SEARCH, {"query": "شريك"}).fetchall() == []


def test_sql_folds_as_the_extractor_does(database: sqlite3.Connection) -> None:
    for _, character, letter in folding():
        assert database.execute(FOLDED_QUERY, {"query": f"ب{character}ب"}).fetchone() == (fold(f"ب{character}ب").text,), hex(ord(character))
        assert letter == fold(character).text


@given(st.text(alphabet=st.characters(min_codepoint=0x0621, max_codepoint=0x0652), max_size=12))
def test_sql_folds_whole_words_as_the_extractor_does(word: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE folding (position INTEGER PRIMARY KEY, character TEXT, letter TEXT)")
        database.executemany("INSERT INTO folding VALUES (?, ?, ?)", folding())
        assert database.execute(FOLDED_QUERY, {"query": word}).fetchone() == (fold(word).text or '""',)


def test_the_documented_queries_find_something(database: sqlite3.Connection) -> None:
    questions = re.findall(r"```sql sqlite\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(questions) >= 3
    for question in questions:
        assert database.execute(question, {"query": "الأدارة"} if ":query" in question else {}).fetchall(), question


def test_the_same_records_give_the_same_bytes(make_run: Callable[..., Path]) -> None:
    assert published(make_run("a")).read_bytes() == published(make_run("b")).read_bytes()


def test_a_run_without_records_has_the_same_tables(make_run: Callable[..., Path], database: sqlite3.Connection) -> None:
    tables = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'search%' ORDER BY name"
    with closing(sqlite3.connect(published(make_run("empty", lines=[])))) as empty:
        assert rows(empty, tables) == rows(database, tables)
        assert rows(empty, "SELECT count(*) FROM records") == [(0,)]


def test_a_full_disk_is_told_as_one_and_leaves_nothing(make_run: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsextract.batch.sinks.sqlite._SETTINGS", ("PRAGMA max_page_count = 20",))
    out = make_run()
    with pytest.raises(OSError) as raised:
        published(out)
    assert raised.value.errno == errno.ENOSPC
    assert {path.name for path in out.iterdir()} == {"records", "text"}


def test_datasette_shows_it_and_searches_it(make_run: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from datasette.app import Datasette

    out = make_run()
    database = published(out)
    datasette = Datasette([str(database)], metadata=json.loads((out / "datasette.json").read_text("utf-8")))

    async def get(path: str) -> Any:
        answer = await datasette.client.get(path)
        assert answer.status_code == 200, path
        return answer

    async def look() -> None:
        front = await get("/records")
        assert "الادارة finds الإدارة" in front.text
        for table in ("records", "releases", "evidence", *(table.name for table in layout().facts), "people_aliases", "mentions", "search"):
            await get(f"/records/{table}")
        boxed = (await get("/records/releases.json?_shape=array&_search=الادارة")).json()
        assert [row["source_name"] for row in boxed] == ["2024/water.txt"]
        asked = (await get("/records/find.json?_shape=array&query=الأداره")).json()
        assert [row["source_name"] for row in asked] == ["2024/water.txt"]
        assert (await get("/records/find.json?_shape=array&query=")).json() == []
        member = await get("/records/records/1")
        assert "2024/water.txt" in member.text

    asyncio.run(look())


@pytest.mark.parametrize("name", sinks.FORMATS)
def test_work_that_is_ended_leaves_nothing(make_run: Callable[..., Path], name: str) -> None:
    def end() -> None:
        raise KeyboardInterrupt

    out = make_run()
    with pytest.raises(KeyboardInterrupt):
        sinks.publish(name, record_files(out), out, end)
    assert [path for path in out.rglob("*") if path.is_file() and path.parent.name in ("out", "csv")] == []


def test_a_missing_extra_is_told_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "find_spec", lambda _: None)
    sinks.require(["jsonl", "csv", "sqlite"])
    with pytest.raises(BackendError, match=r"newsextract\[parquet\]"):
        sinks.require(["parquet"])
