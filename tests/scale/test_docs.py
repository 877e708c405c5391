"""The examples of docs/scale.md: the function's is run, the engines' use what there is."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsextract.arrow import NESTED_SCHEMA, BatchExtractor

DOCS = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)


def test_the_functions_example_runs() -> None:
    test = doctest.DocTestParser().get_doctest(BLOCKS[0], {}, "docs/scale.md", "docs/scale.md", 0)
    assert test.examples
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize("block", BLOCKS[1:])
def test_what_the_engines_examples_import_exists(block: str) -> None:
    imports = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("newsextract")]
    assert imports
    for node in imports:
        module = importlib.import_module(node.module or "")
        assert all(hasattr(module, alias.name) for alias in node.names)


def test_the_documented_question_to_rays_output_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "OUT" / "documents"
    folder.mkdir(parents=True)
    rows = [{"name": "a.txt", "bytes": "شارك 49 خبيرا".encode()}, {"name": "b.pdf", "bytes": b"%PDF-1.7"}]
    pq.write_table(BatchExtractor(nested=True)(pa.Table.from_pylist(rows)), folder / "a.parquet")
    assert pq.read_schema(folder / "a.parquet").equals(NESTED_SCHEMA)
    monkeypatch.chdir(tmp_path)
    question = re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL)[0]
    with duckdb.connect() as database:
        answer = database.sql(question).fetchall()
    assert [row[:2] for row in answer] == [("a.txt", "record"), ("b.pdf", "error")]
