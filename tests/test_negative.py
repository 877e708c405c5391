"""Sentences of news, literature and the web with tempting non-facts: what must not be found in them is not found.

Each line of ``negative/sentences.jsonl`` names in ``absent`` what must be missing: a label of the mentions (and with it the field
of the record that it feeds), or a field of the record. What is still found is told in ``negative/known_failures.tsv``, with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import newsextract
from newsextract import Extractor

FOLDER = Path(__file__).with_name("negative")
FIELDS = {
    "DATE": ("dates", "published"),
    "PLACE": ("places", "venue"),
    "PERSON": ("people", "delegations"),
    "INSTITUTION": ("institutions", "issuer"),
    "EVENT": ("event", "related_events"),
    "PROGRAMME": ("programmes",),
    "DOCUMENT": ("documents",),
    "MONEY": ("money",),
    "PERCENT": ("percentages",),
}
"""What of the record a label feeds."""
OTHERS = {"NUMBER", "ORDINAL", "QUANTITY", "DURATION", "MONTH", "WEEKDAY"}
LEAST = 200


def known_failures() -> dict[str, str]:
    lines = (FOLDER / "known_failures.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "sentences.jsonl").read_text("utf-8").splitlines()]
KNOWN = known_failures()


def parameter(case: dict[str, Any]) -> Any:
    reason = KNOWN.get(case["id"])
    marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)]
    return pytest.param(case["text"], case["absent"], id=case["id"], marks=marks)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


def test_the_list_is_long_and_in_order() -> None:
    ids = [case["id"] for case in SENTENCES]
    assert len(ids) >= LEAST
    assert len(set(ids)) == len(ids)
    assert len({case["text"] for case in SENTENCES}) == len(ids)
    assert KNOWN.keys() <= set(ids)
    names = {field for fields in FIELDS.values() for field in fields} | {"counts"} | FIELDS.keys() | OTHERS
    assert all(case["absent"] and set(case["absent"]) <= names for case in SENTENCES)


@pytest.mark.parametrize(("text", "absent"), [parameter(case) for case in SENTENCES])
def test_what_is_none_is_not_found(extractor: Extractor, text: str, absent: list[str]) -> None:
    mentions = [(m.label, m.text, m.found_by) for m in extractor.mentions(text) if m.label in absent]
    assert not mentions
    whole = json.loads(extractor.extract(text).model_dump_json())
    fields = {field for name in absent for field in FIELDS.get(name, () if name in OTHERS else (name,))}
    assert not {field: whole[field] for field in fields if whole[field]}
