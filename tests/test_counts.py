"""Sentences of many domains with the counts that they tell, in every construction of the Arabic numeral: exactly these are found.

Each line of ``counts/sentences.jsonl`` gives its counts in text order: ``value``, ``noun`` as written and ``lemma``; ``upper`` and ``comparison``
where they are not null and ``exact``. What is not yet right is told in ``counts/known_failures.tsv``, with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import newsextract
from newsextract import Extractor

FOLDER = Path(__file__).with_name("counts")
SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "sentences.jsonl").read_text("utf-8").splitlines()]
KNOWN = dict(line.split("\t") for line in (FOLDER / "known_failures.tsv").read_text("utf-8").splitlines() if line and not line.startswith("#"))
LEAST = 120


def parameter(case: dict[str, Any]) -> Any:
    reason = KNOWN.get(case["id"])
    marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)]
    return pytest.param(case["text"], case["counts"], id=case["id"], marks=marks)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


def test_the_list_is_long_and_in_order() -> None:
    ids = [case["id"] for case in SENTENCES]
    assert len(ids) >= LEAST
    assert len(set(ids)) == len(ids)
    assert len({case["text"] for case in SENTENCES}) == len(ids)
    assert set(ids) >= KNOWN.keys()


@pytest.mark.parametrize(("text", "expected"), [parameter(case) for case in SENTENCES])
def test_what_is_counted_is_found(extractor: Extractor, text: str, expected: list[dict[str, Any]]) -> None:
    wanted = [{"upper": None, "comparison": "exact", **count} for count in expected]
    record = json.loads(extractor.extract(text).model_dump_json())
    assert [{field: count[field] for field in wanted[0]} for count in record["counts"]] == wanted
