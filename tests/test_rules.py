"""Every wording finds its examples and nothing in its counter examples; unused rules fail."""

from __future__ import annotations

import re
import tomllib

import pytest

import newsextract
from conftest import ROOT
from newsextract import Extractor, RuleError
from newsextract.facts.pattern import Match, Rule, load_rules, parse_pattern
from newsextract.text.fold import fold

RULES = {rule.id: rule for rule in load_rules().rules}
EXAMPLES = [(rule, example) for rule in RULES.values() for example in rule.examples]
COUNTERS = [(rule, text) for rule in RULES.values() for text in rule.counter]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


def captured(match: Match, name: str, text: str) -> list[object]:
    """What was caught under ``name``: an ordinal, the names of mentions, or the words of a quotation."""
    if name in match.ordinals:
        return [match.ordinals[name]]
    if name in match.mentions:
        return [fold(m.text).text for m in match.mentions[name]]
    return [fold(text).text] if name in match.ranges else []


def fits(match: Match, name: str, expected: object, text: str) -> bool:
    found = captured(match, name, text)
    if isinstance(expected, int):
        return found == [expected]
    wanted = fold(str(expected)).text
    if name in match.ranges:
        return any(wanted in str(one) for one in found)
    return any(str(one).startswith(wanted) for one in found)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(EXAMPLES)])
def test_a_rule_finds_its_example(extractor: Extractor, rule: Rule, example: dict[str, object]) -> None:
    text = str(example["text"])
    matches = [m for m in extractor.matches(text) if m.rule.id == rule.id]
    wanted = {name: value for name, value in example.items() if name != "text"}
    assert matches
    for name, expected in wanted.items():
        assert any(fits(m, name, expected, text) for m in matches), f"{name}: {[captured(m, name, text) for m in matches]}"


@pytest.mark.parametrize(("rule", "text"), COUNTERS, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(COUNTERS)])
def test_a_rule_finds_nothing_in_its_counter_example(extractor: Extractor, rule: Rule, text: str) -> None:
    assert not [m for m in extractor.matches(text) if m.rule.id == rule.id]


def test_every_rule_file_gives_rules_and_every_rule_is_asked_for_by_its_fact() -> None:
    for path in sorted((ROOT / "src" / "newsextract" / "facts").glob("*/rules.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        ids = [row["id"] for row in data.get("rule", ())]
        assert ids or data.get("lists"), path
        assert set(ids) <= RULES.keys()
        code = "".join(p.read_text("utf-8") for p in path.parent.parent.glob("**/*.py"))
        for rule_id in ids:
            assert re.search(rf'"{re.escape(rule_id)}"|"{re.escape(rule_id.partition(".")[2])}"', code), f"{rule_id} is used nowhere"


@pytest.mark.parametrize("pattern", ["", "? x", "head=PERSON", "..4", "x ..many", "theme=QUOTE x"])
def test_a_malformed_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError, match="here:0:"):
        parse_pattern("here", pattern)
