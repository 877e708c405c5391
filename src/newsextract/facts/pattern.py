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
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final, NamedTuple

from newsextract.errors import RuleError
from newsextract.facts.word_list import folded_word
from newsextract.mentions.model import Mention
from newsextract.mentions.names import session_ordinal
from newsextract.mentions.noun_phrase import quoted
from newsextract.mentions.reading import Reading

_LONGEST_LIST: Final = 40
_LONGEST_BRACKET: Final = 14
_LONGEST_NAME: Final = 24
_LONGEST_SESSION: Final = 3
"""Digits; a longer figure is a year."""
_STOPS: Final = frozenset(".!؟?\n")


class Element(NamedTuple):
    """One element of a pattern: ``kind`` is ``words``, ``gap``, ``clause``, ``mention``, ``list``, ``quote``, ``ordinal`` or ``figure``."""

    kind: str
    words: frozenset[str] = frozenset()
    gap: int = 0
    name: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording: its pattern, what a text with it must and must not give (checked by ``tests/test_rules.py``)."""

    id: str
    elements: tuple[Element, ...]
    confidence: float
    examples: tuple[Mapping[str, Any], ...]
    counter: tuple[str, ...]
    pattern: str
    before: tuple[Element, ...] = ()


@dataclass(slots=True)
class Match:
    """A rule that fitted: the tokens ``[first, last)`` and what was captured under each name."""

    rule: Rule
    first: int
    last: int
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)


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
            out[-1] = out[-1]._replace(optional=True)
        elif part.startswith(("..", "~")):
            width = part.lstrip(".~")
            if not width.isdigit():
                raise RuleError(where, 0, f"{part!r}: a gap is written ..N or ~N")
            out.append(Element("clause" if part[0] == "~" else "gap", gap=int(width)))
        elif "=" in part:
            name, _, label = part.partition("=")
            if label == "QUOTE":
                out.append(Element("quote", name=name))
            elif label in ("ORDINAL", "FIGURE"):
                out.append(Element(label.lower(), name=name))
            else:
                out.append(Element("list" if label.endswith("+") else "mention", frozenset(label.rstrip("+").split("|")), name=name))
        else:
            out.append(Element("words", frozenset(folded_word(w) for w in part.split("|"))))
    start = _anchor(out)
    if start == len(out) or any(e.kind not in ("gap", "clause", "mention") for e in out[:start]):
        raise RuleError(where, 0, "a pattern must begin with a word, or with a mention before a word")
    return tuple(out)


def _anchor(elements: Sequence[Element]) -> int:
    """The first element that is words: what a pattern is looked up by."""
    return next((k for k, e in enumerate(elements) if e.kind == "words"), len(elements))


class RuleBook:
    """The rules of all fact types, indexed by their first words."""

    def __init__(self, rules: list[Rule], connectors: frozenset[str]) -> None:
        self.rules = rules
        self._connectors = connectors
        index: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.elements[0].words:
                for form in (word, "و" + word, "ف" + word):
                    index.setdefault(form, []).append(rule)
        self._index = index

    def matches(self, reading: Reading) -> Iterator[Match]:
        """Every fit of every rule, in text order."""
        index = self._index
        words = reading.scan.words
        for i in [i for i, word in enumerate(words) if word in index]:
            for rule in index[words[i]]:
                match = Match(rule, i, i)
                last = self._go(reading, rule.elements, 1, i + 1, match)
                if last is not None and (not rule.before or self._back(reading, rule.before, match)):
                    match.last = last
                    yield match

    @staticmethod
    def _back(reading: Reading, before: tuple[Element, ...], match: Match) -> bool:
        """Whether the elements before the first words fit, read from right to left; ``match.first`` moves to their start."""
        words = reading.scan.words
        at, reach = match.first, 0
        stops = _STOPS
        for element in reversed(before):
            if element.kind != "mention":
                reach = element.gap
                continue
            found = _nearest(reading.names, at, reach, element.words)
            if found is None or not stops.isdisjoint(words[found.last : at]):
                return False
            match.mentions[element.name] = [found]
            match.first = at = found.first
            reach = 0
        return True

    def _go(self, reading: Reading, elements: tuple[Element, ...], k: int, at: int, match: Match) -> int | None:
        """One past the last token if ``elements[k:]`` fit from ``at``, else None; captures go into ``match``."""
        if k == len(elements):
            return at
        element = elements[k]
        if element.kind in ("gap", "clause"):
            words = reading.scan.words
            clause = element.kind == "clause"
            for here in range(at, at + element.gap + 1):
                last = self._go(reading, elements, k + 1, here, match)
                if last is not None:
                    return last
                if here >= len(words) or words[here] in _STOPS or (clause and not words[here][0].isalnum()):
                    return None
            return None
        after = self._one(reading, element, at, match)
        if after is not None:
            last = self._go(reading, elements, k + 1, after, match)
            if last is not None:
                return last
        return self._go(reading, elements, k + 1, at, match) if element.optional else None

    def _one(self, reading: Reading, element: Element, at: int, match: Match) -> int | None:
        words = reading.scan.words
        if at >= len(words):
            return None
        if element.kind == "words":
            return at + 1 if words[at] in element.words else None
        if element.kind == "quote":
            inside = quoted(reading.scan, at) or _in_brackets(words, at)
            if inside is None:
                return None
            match.ranges[element.name] = inside
            return inside[1] + 1
        if element.kind == "figure":
            if not words[at].isdigit() or len(words[at]) > _LONGEST_SESSION or _counts(reading, at):
                return None
            match.ordinals[element.name] = int(words[at])
            match.ranges[element.name] = (at, at + 1)
            return at + 1
        if element.kind == "ordinal":
            value, after, gap = session_ordinal(reading.scan, reading.shapes, reading.runs, at)
            if value is None or gap is None:
                return None
            match.ordinals[element.name] = value
            match.ranges[element.name] = gap
            return after
        mention = reading.opening.get(at)
        if mention is None or mention.label not in element.words:
            return None
        if element.kind == "mention":
            match.mentions[element.name] = [mention]
            return mention.last
        found, last = self._list(reading, element, mention)
        match.mentions[element.name] = found
        return last

    def _list(self, reading: Reading, element: Element, first: Mention) -> tuple[list[Mention], int]:
        """The mentions of a list that begins with ``first``: signs, connectors and what stands in brackets may lie between."""
        found = [first]
        last = at = first.last
        words = reading.scan.words
        limit = min(len(words), at + _LONGEST_LIST)
        while at < limit and words[at] not in _STOPS:
            mention = reading.opening.get(at)
            if mention is not None and mention.label in element.words:
                found.append(mention)
                last = at = mention.last
                limit = min(len(words), at + _LONGEST_LIST)
            elif mention is not None and mention.label in ("PERSON", "INSTITUTION") and element.words.isdisjoint({mention.label}):
                at = mention.last
            elif words[at] in self._connectors or not words[at][0].isalpha() or reading.in_title(at):
                at += 1
            else:
                break
        return found, last


def _nearest(names: list[Mention], at: int, reach: int, labels: frozenset[str]) -> Mention | None:
    """The last of ``names`` with one of ``labels`` that ends at most ``reach`` tokens before ``at``."""
    k = bisect_left(names, at, key=_first) - 1
    while k >= 0 and at - names[k].first <= reach + _LONGEST_NAME:
        if names[k].label in labels and 0 <= at - names[k].last <= reach:
            return names[k]
        k -= 1
    return None


def _first(mention: Mention) -> int:
    return mention.first


def _counts(reading: Reading, at: int) -> bool:
    """Whether the number at ``at`` counts something («الدورة 212 موظفا») or belongs to a date."""
    if any(m.first <= at < m.last for m in reading.dates):
        return True
    return any(m.first <= at < m.last and getattr(m.value, "noun", None) is not None for m in reading.numbers)


def _in_brackets(words: list[str], at: int) -> tuple[int, int] | None:
    """The token range of two or more words inside the round brackets that open at ``at``, or None."""
    if words[at] != "(":
        return None
    for j in range(at + 1, min(len(words), at + _LONGEST_BRACKET + 2)):
        if words[j] == ")":
            return (at + 1, j) if j > at + 2 else None
    return None


def _rules(where: str, row: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of one row: one for each of its patterns."""
    if not row.get("examples") or not row.get("counter"):
        raise RuleError(where, 0, "a rule needs examples and counter examples")
    examples, counter = tuple(row["examples"]), tuple(row["counter"])
    for pattern in row["pattern"] if isinstance(row["pattern"], list) else [row["pattern"]]:
        elements = parse_pattern(where, pattern)
        start = _anchor(elements)
        yield Rule(row["id"], elements[start:], float(row["confidence"]), examples, counter, pattern, elements[:start])


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
