"""The rule engine: token patterns over words and mentions, tried only where a pattern's first word stands.

A pattern is a sequence of elements separated by spaces:

=====================  =======================================================================================
``ترأس|يترأس``         one of these words, folded; the first word of a pattern may carry و or ف
``وفد ?``              a lone ``?`` makes the element before it optional
``..6``                up to six tokens, within the sentence; the nearest way to go on is taken
``~6``                 the same, within the clause: no sign is crossed
``head=PERSON``        a mention with that label (alternatives with ``|``) begins here; its honorific may come first
``who=PERSON+``        one or more such mentions in a list («X، وY وكل من Z»)
``theme=QUOTE``        words in quotation marks or round brackets
``n=FIGURE``           digits of a session («الدورة 31»)
``n=ORDINAL``          a session's ordinal («السادسة», «الـ 27», «/51/»)
=====================  =======================================================================================

A pattern is looked up by its first words; a mention and gaps may stand before them (``head=PERSON ..3 رئيس وفد``): of the mentions
before, the nearest is taken. The engine holds no Arabic word; connectors and other word lists are data (``[lists]`` in the rule files).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Final, NamedTuple

from newsextract.errors import RuleError
from newsextract.facts.matcher import Matcher
from newsextract.facts.rule import CLAUSE, FIGURE, GAP, LIST, MENTION, ORDINAL, QUOTE, WORDS, Element, Match, Rule
from newsextract.facts.word_list import folded_word
from newsextract.mentions.reading import Reading

__all__ = ["Match", "Rule", "RuleBook", "load_rules", "parse_pattern"]

_READ: Final = {"QUOTE": QUOTE, "ORDINAL": ORDINAL, "FIGURE": FIGURE}
_LEADING: Final = frozenset({GAP, CLAUSE, MENTION})
_CONJUNCTIONS: Final = ("", "و", "ف")
"""What the first word of a pattern may carry."""
_NEAR: Final = 12
"""Tokens between two anchors of one wording, so that a rule which fitted beside is no near miss."""


def parse_pattern(where: str, pattern: str) -> tuple[Element, ...]:
    """The elements of ``pattern``.

    Raises:
        RuleError: The pattern is malformed or does not begin with words.
    """
    out: list[Element] = []
    for part in pattern.split():
        if part == "?":
            if not out:
                raise RuleError(where, 0, "a pattern cannot begin with ?")
            out[-1].optional = True
        elif part.startswith(("..", "~")):
            width = part.lstrip(".~")
            if not width.isdigit():
                raise RuleError(where, 0, f"{part!r}: a gap is written ..N or ~N")
            out.append(Element(CLAUSE if part[0] == "~" else GAP, gap=int(width)))
        elif "=" in part:
            name, _, label = part.partition("=")
            if label in _READ:
                out.append(Element(_READ[label], name=name))
            else:
                out.append(Element(LIST if label.endswith("+") else MENTION, frozenset(label.rstrip("+").split("|")), name=name))
        else:
            out.append(Element(WORDS, frozenset([folded_word(w) for w in part.split("|")])))
    start = _anchor(out)
    if start == len(out) or not _LEADING.issuperset([e.kind for e in out[:start]]):
        raise RuleError(where, 0, "a pattern must begin with a word, or with a mention before a word")
    return tuple(out)


def _anchor(elements: Sequence[Element]) -> int:
    """The first element that is words: what a pattern is looked up by."""
    return next((k for k, e in enumerate(elements) if e.kind == WORDS), len(elements))


class NearMiss(NamedTuple):
    """A rule that began to fit: tokens ``[first, last)`` do, ``missing`` is the part of its pattern that did not."""

    rule: Rule
    first: int
    last: int
    missing: str


class RuleBook:
    """The rules of all fact types, indexed by their first words.

    Attributes:
        rules: All rules.
        first_words: What the first word of one may be.
    """

    def __init__(self, rules: list[Rule], connectors: frozenset[str]) -> None:
        self.rules = rules
        self._connectors = connectors
        index: dict[str, list[Rule]] = {}
        for rule in rules:
            for form in sorted({c + word for word in rule.elements[0].words for c in _CONJUNCTIONS}):
                index.setdefault(form, []).append(rule)
        self._index = index
        self.first_words: frozenset[str] = frozenset(index)

    def matches(self, reading: Reading) -> list[Match]:
        """Every fit of every rule, in the order of their first words in the text."""
        out: list[Match] = []
        index = self._index
        words = reading.scan.words
        anchors = reading.scan.among(self.first_words)
        if anchors:
            matcher = Matcher(reading, self._connectors)
            for at in anchors:
                for rule in index[words[at]]:
                    matcher.attempt(rule, at, out)
        return out

    def near_misses(self, reading: Reading) -> list[NearMiss]:
        """Every rule of which more than the first words fitted and which gave no match there, in text order; for explanations, not for bulk."""
        fitted = {(match.rule.id, match.first) for match in self.matches(reading)}
        matcher = Matcher(reading, self._connectors)
        out: list[NearMiss] = []
        for at, word in enumerate(reading.scan.words):
            for rule in self._index.get(word, ()):
                count, last = matcher.nearest(rule, at)
                if count > 1 and not any(rule.id == known and abs(first - at) <= _NEAR for known, first in fitted):
                    out.append(NearMiss(rule, at, last, _parts(rule.pattern)[_missing(rule, count)]))
        return out


def _missing(rule: Rule, count: int) -> int:
    """The index of the part of the pattern where ``rule`` stopped after ``count`` elements from its first words on."""
    return len(rule.before) + count if count < len(rule.elements) else 0


def _parts(pattern: str) -> list[str]:
    """The elements of a pattern as written, each with its question mark."""
    parts: list[str] = []
    for part in pattern.split():
        if part == "?":
            parts[-1] += " ?"
        else:
            parts.append(part)
    return parts


def _rules(where: str, row: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of one row: one for each of its patterns."""
    if not row.get("examples") or not row.get("counter"):
        raise RuleError(where, 0, "a rule needs examples and counter examples")
    for pattern in row["pattern"] if isinstance(row["pattern"], list) else [row["pattern"]]:
        elements = parse_pattern(where, pattern)
        start = _anchor(elements)
        yield Rule(row["id"], elements[:start], elements[start:], float(row["confidence"]), pattern, row)


def load_rules() -> RuleBook:
    """The rules of the package's fact folders.

    Raises:
        RuleError: A rule file is malformed, or a rule lacks examples.
    """
    rules: list[Rule] = []
    connectors: set[str] = set()
    root = resources.files("newsextract.facts")
    for folder in sorted(root.iterdir(), key=lambda f: f.name):
        path = folder / "rules.toml"
        if not folder.is_dir() or not path.is_file():
            continue
        data = tomllib.loads(path.read_text("utf-8"))
        connectors.update(folded_word(w) for w in data.get("lists", {}).get("connectors", ()))
        for row in data.get("rule", ()):
            rules.extend(_rules(f"{folder.name}/rules.toml:{row.get('id', '?')}", row))
    return RuleBook(rules, frozenset(connectors))
