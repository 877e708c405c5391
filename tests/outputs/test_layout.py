"""The tables follow the contract, and the documentation names every column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsextract.batch.sinks import csv as csv_sink
from newsextract.batch.sinks.lines import Json
from newsextract.batch.sinks.tables import Table, facts, layout
from newsextract.record.model import json_schema

DOCS = Path(__file__).parents[2] / "docs" / "outputs.md"
ROW = re.compile(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$", re.MULTILINE)


def leaves(schema: Mapping[str, Any], definitions: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path to a value in a JSON Schema, list or not."""
    for choice in schema.get("anyOf", [schema]):
        target = definitions[choice["$ref"].rpartition("/")[2]] if "$ref" in choice else choice
        if "properties" in target:
            for name, part in target["properties"].items():
                yield from leaves(part, definitions, (*path, name))
        elif target.get("type") == "array":
            yield from leaves(target["items"], definitions, path)
        elif target.get("type") != "null":
            yield path


def test_no_field_of_the_contract_is_left_out() -> None:
    schema = json_schema()
    told = set(leaves(schema, schema["$defs"]))
    covered = {column.path for column in layout().records.columns}
    covered |= {(field, *column.path) for table in layout().facts for field in table.fields for column in table.columns}
    evidence = {path for path in told if "mentions" in path}
    assert {path[-1] for path in evidence} == {"start", "end", "text"}
    assert told - evidence - covered == set()


def test_every_reference_is_declared(press: list[str], extractor: Any) -> None:
    for text in press:
        record: Json = extractor.extract(text).model_dump(mode="json", by_alias=True)
        found = facts(record)
        ids = {fact["id"] for _, fact in found}
        for table, item in [(layout().records, record), *found]:
            for column in table.columns:
                value = column.value(item)
                values = value if isinstance(value, list) else [value]
                refers = any(isinstance(one, str) and one in ids for one in values)
                if refers and column.name != "id":
                    assert column.refers, f"{table.name}.{column.name} holds ids; declare it in REFERENCES"
                if column.refers:
                    assert all(one in ids for one in values if one is not None), f"{table.name}.{column.name} refers to nothing"


def test_column_names_are_unique() -> None:
    for table in (layout().records, *layout().facts):
        names = csv_sink.header(table)
        assert len(names) == len(set(names)), table.name


def test_the_documentation_names_every_column() -> None:
    documented = {name: tuple(re.findall(r"`(\w+)`", columns)) for name, columns in ROW.findall(DOCS.read_text("utf-8"))}
    tables: list[Table] = [layout().records, *layout().facts]
    assert documented == {table.name: csv_sink.header(table) for table in tables} | {"mentions": csv_sink.MENTIONS}
