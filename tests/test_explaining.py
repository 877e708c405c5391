"""``explain`` tells how each fact came to be and which rules nearly fired."""

from __future__ import annotations

import pytest

import newsextract
from newsextract import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load(tier="fast")


def test_a_rule_that_nearly_fitted_says_what_it_missed(extractor: Extractor) -> None:
    text = "وترأس الوفد في تلك الجلسة الطويلة جدا رجل من أهل القرية"
    steps = extractor.explain(text)
    near = [s for s in steps if s["step"] == "near_miss"]
    assert near
    for step in near:
        assert step["missing"] in step["pattern"]
        assert text[step["start"] : step["end"]] == step["text"]
    assert any(s["rule"].startswith("delegations.") and "PERSON" in s["missing"] for s in near)


def test_a_rule_that_fitted_is_no_near_miss_at_the_same_place(extractor: Extractor) -> None:
    steps = extractor.explain("وترأس الوفد معالي الدكتور سامر الخطيب")
    fitted = {(s["rule"], s["start"]) for s in steps if s["step"] == "rule"}
    assert fitted
    assert not fitted & {(s["rule"], s["start"]) for s in steps if s["step"] == "near_miss"}


def test_each_fact_is_told_with_its_finder_and_what_it_is_worth(extractor: Extractor) -> None:
    text = "استقبل معالي الدكتور سامر الخطيب وفدا من 12 طبيبا"
    facts = [s for s in extractor.explain(text) if s["step"] == "fact"]
    person = next(s for s in facts if s["kind"] == "people")
    assert person["name"] == "سامر الخطيب"
    assert person["found_by"] == "rule:people.honorific"
    assert 0 < person["measured"]["right"] <= person["measured"]["found"]
    record = extractor.extract(text)
    assert {(s["found_by"], s["confidence"]) for s in facts if s["kind"] == "people"} == {(p.found_by, p.confidence) for p in record.people}
    assert all(text[m["start"] : m["end"]] == m["text"] for s in facts for m in s["mentions"])
