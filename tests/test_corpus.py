"""Quality as a test: records over the project's own corpus do not fall below the pinned floors."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from conftest import ROOT, load_script
from newsextract.evaluation import Report, evaluate
from newsextract.evaluation.keys import name_keys, noun_keys, plain
from newsextract.evaluation.score import align

FLOORS = ROOT / "tests" / "floors.json"


@pytest.fixture(scope="module")
def pin() -> ModuleType:
    return load_script(ROOT / "scripts" / "pin_floors.py")


@pytest.fixture(scope="module")
def pinned() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def report(pin: ModuleType) -> Report:
    made = pin.score()
    assert isinstance(made, Report)
    return made


def test_the_floors_are_those_of_this_corpus(pin: ModuleType, pinned: dict[str, Any]) -> None:
    assert pin.corpus_sha256() == pinned["sha256"], "corpora/press changed: run scripts/pin_floors.py"


def test_no_field_falls_below_its_floor(pin: ModuleType, pinned: dict[str, Any], report: Report) -> None:
    assert not pin.sunk(pinned["floors"], pin.measured(report)), f"\n{report}"


def test_a_floor_is_never_lowered_silently(pin: ModuleType, pinned: dict[str, Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    floors = tmp_path / "floors.json"
    monkeypatch.setattr(pin, "FLOORS", floors)
    monkeypatch.setattr(pin, "score", lambda: report)
    floors.write_text(json.dumps({**pinned, "floors": {"macro_f1": 2.0}}), "utf-8")
    before = floors.read_bytes()
    assert pin.main([]) == 1
    assert floors.read_bytes() == before
    assert pin.main(["--lower", "a test"]) == 0
    after = json.loads(floors.read_text("utf-8"))
    assert after["floors"] == pin.measured(report)
    assert after["lowered"][-1]["reason"] == "a test"


# --- the scorer itself


def same(a: Any, b: Any) -> bool:
    return bool(a["n"] == b["n"])


def test_demanded_facts_choose_before_optional_ones() -> None:
    gold = [{"n": 1, "optional": True}, {"n": 1}, {"n": 2}]
    assert align(gold, [{"n": 1}, {"n": 3}], same) == (1, [{"n": 2}], [{"n": 3}])


def test_a_fact_found_twice_is_no_error_and_an_optional_one_counts_on_neither_side() -> None:
    assert align([{"n": 1}, {"n": 2, "optional": True}], [{"n": 1}, {"n": 1}, {"n": 2}], same) == (1, [], [])


def test_keys_forgive_spelling_and_proclitics_only() -> None:
    assert plain("إِدارة  «الأزمة» ٢٠٢٥") == plain("ادارة الأزمه 2025")
    assert name_keys("المنظمة") & name_keys("للمنظمة")
    assert name_keys("سيسرك") & name_keys("وسيسرك")
    assert not name_keys("وزارة العمل") & name_keys("وزارة الصحة")
    assert noun_keys(["خبيرا"]) & noun_keys(["الخبير الدولي"])
    assert not name_keys("")


def _record(**parts: Any) -> dict[str, Any]:
    return {"source": {"name": "a.txt"}, **parts}


@pytest.mark.parametrize(
    ("field", "gold", "record"),
    [
        ("title", {"title": "عنوان أول"}, _record(title={"text": "عنوان اول"})),
        ("issuer", {"issuer": ["سيسرك", "المركز"]}, _record(issuer="institution-2", institutions=[{"id": "institution-2", "name": "سيسرك"}])),
        ("event_ordinal", {"event": {"names": ["م"], "ordinal": 6}}, _record(event={"name": "ل", "ordinal": 6})),
        ("event_dates", {"event": {"names": ["م"], "start": "2025-01-01", "end": "2025-01-02"}}, _record(event={"start": "2025-01-01", "end": "2025-01-02"})),
        ("venue", {"venue": {"city": ["الدوحة"], "country_code": "QA"}}, _record(venue={"city": "الدوحه", "country_code": "QA"})),
        (
            "delegations",
            {"delegations": [{"of": ["س"], "head": "علي حسن", "members": []}]},
            _record(delegations=[{"head": "p", "members": []}], people=[{"id": "p", "name": "علي حسن"}]),
        ),
        ("counts", {"counts": [{"value": 3, "noun": ["دول"]}]}, _record(counts=[{"value": 3, "comparison": "exact", "noun": "دول", "lemma": "دولة"}])),
        ("money", {"money": [{"value": 5000000, "currency": "USD"}]}, _record(money=[{"value": 5000000, "currency": "USD"}])),
        ("percentages", {"percentages": [{"value": 12.5}]}, _record(percentages=[{"value": 12.5}])),
    ],
)
def test_a_right_fact_is_a_hit_and_a_missing_record_a_miss(field: str, gold: dict[str, Any], record: dict[str, Any]) -> None:
    hit = evaluate({"a": gold}, [record]).fields[field]
    assert (hit.hits, hit.missed, hit.spurious) == (1, 0, 0)
    miss = evaluate({"a": gold}, []).fields[field]
    assert (miss.hits, miss.missed, miss.spurious) == (0, 1, 0)
    spurious = evaluate({"a": {}}, [record]).fields[field]
    assert (spurious.hits, spurious.missed, spurious.spurious) == (0, 0, 1)


def test_an_optional_event_is_not_scored_at_all() -> None:
    gold = {"event": {"names": ["مؤتمر"], "ordinal": 6, "optional": True}}
    report = evaluate({"a": gold}, [])
    assert report.fields["event"].missed == report.fields["event_ordinal"].missed == 0
    assert evaluate({"a": {"title": "ع", "optional_fields": ["title"]}}, []).fields["title"].missed == 0
