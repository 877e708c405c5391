"""Rules and what they find: the elements of a wording, the rule, the match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsextract.mentions.model import Mention
from newsextract.mentions.noun_phrase import QUOTES

WORDS: Final = 0
GAP: Final = 1
CLAUSE: Final = 2
MENTION: Final = 3
LIST: Final = 4
QUOTE: Final = 5
ORDINAL: Final = 6
FIGURE: Final = 7

BRACKET: Final = "("
OPENERS: Final = frozenset(QUOTES) | {BRACKET}
"""What opens a quotation."""
_NO_WORDS: Final[frozenset[str]] = frozenset()


class Element:
    """One element of a pattern.

    Attributes:
        kind: :data:`WORDS`, :data:`GAP`, :data:`CLAUSE`, :data:`MENTION`, :data:`LIST`, :data:`QUOTE`, :data:`ORDINAL` or :data:`FIGURE`.
        words: The words, or the labels of a mention.
        gap: How many tokens a gap takes at most.
        name: What is captured is kept under this name.
        optional: Whether a pattern fits without it.
    """

    __slots__ = ("gap", "kind", "name", "optional", "words")

    def __init__(self, kind: int, words: frozenset[str] = _NO_WORDS, gap: int = 0, name: str = "") -> None:
        self.kind = kind
        self.words = words
        self.gap = gap
        self.name = name
        self.optional = False


class Rule:
    """A wording: its pattern, what a text with it must and must not give (checked by ``tests/test_rules.py``).

    Attributes:
        id: The fact type and a name.
        before: The elements before the first words.
        elements: The first words and what follows them.
        confidence: 0–1.
        examples, counter: Texts with what they must give, and texts that must give nothing.
        pattern: As the rule file has it.
        needs: The kind of what must follow the first words: :data:`WORDS`, :data:`MENTION`, or -1 if nothing quick tells.
        needed: Those words, one of which must be among the next tokens.
        reach: How many tokens after the first words may hold what must follow.
    """

    __slots__ = ("before", "confidence", "counter", "elements", "examples", "id", "needed", "needs", "pattern", "reach")

    def __init__(self, id: str, before: tuple[Element, ...], elements: tuple[Element, ...], confidence: float, pattern: str, row: Mapping[str, Any]) -> None:
        self.id = id
        self.before = before
        self.elements = elements
        self.confidence = confidence
        self.pattern = pattern
        self.examples: tuple[Mapping[str, Any], ...] = tuple(row["examples"])
        self.counter: tuple[str, ...] = tuple(row["counter"])
        self.needs, self.needed, self.reach = _need(elements)


class Match:
    """A rule that fitted: the tokens ``[first, last)`` and what was captured under each name."""

    __slots__ = ("first", "last", "mentions", "ordinals", "ranges", "rule")

    def __init__(
        self, rule: Rule, first: int, last: int, mentions: dict[str, list[Mention]], ranges: dict[str, tuple[int, int]], ordinals: dict[str, int]
    ) -> None:
        self.rule = rule
        self.first = first
        self.last = last
        self.mentions = mentions
        self.ranges = ranges
        self.ordinals = ordinals


def _need(elements: tuple[Element, ...]) -> tuple[int, frozenset[str], int]:
    """What must follow the first words of a pattern, cheaply told: ``(kind, words, reach)``."""
    reach = 1
    for element in elements[1:]:
        if element.optional:
            break
        if element.kind in (GAP, CLAUSE):
            reach += element.gap
        elif element.kind == WORDS:
            return WORDS, element.words, reach
        elif element.kind == QUOTE:
            return WORDS, OPENERS, reach
        elif element.kind in (MENTION, LIST):
            return MENTION, _NO_WORDS, reach
        else:
            break
    return -1, _NO_WORDS, 0
