"""The matcher: tries rules at the tokens where their first words stand.

Most tries end at the first look: what must follow the first words is looked for among the next tokens before anything else is done.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from newsextract.facts.rule import BRACKET, CLAUSE, FIGURE, GAP, LIST, MENTION, ORDINAL, QUOTE, WORDS, Element, Match, Rule
from newsextract.mentions.model import Mention
from newsextract.mentions.noun_phrase import quoted
from newsextract.mentions.reading import Openings, Reading
from newsextract.mentions.session import read_session

_LONGEST_LIST: Final = 40
_LONGEST_BRACKET: Final = 14
_LONGEST_NAME: Final = 24
_LONGEST_SESSION: Final = 3
"""Digits; a longer figure is a year."""
_STOPS: Final = frozenset(".!؟?\n")
_NONE: Final = -1


class Matcher:
    """The rules' view of one reading. What an attempt captures is kept here and handed to the match if it fits."""

    __slots__ = ("_connectors", "_counted", "_firsts", "_mentions", "_opening", "_ordinals", "_ranges", "_reading", "_size", "_words")

    def __init__(self, reading: Reading, connectors: frozenset[str]) -> None:
        self._reading = reading
        self._connectors = connectors
        self._words: list[str] = reading.scan.words
        self._size = len(self._words)
        self._opening: Openings = reading.opening
        self._mentions: dict[str, list[Mention]] = {}
        self._ranges: dict[str, tuple[int, int]] = {}
        self._ordinals: dict[str, int] = {}
        self._firsts: list[int] | None = None
        self._counted: set[int] | None = None

    def attempt(self, rule: Rule, at: int, out: list[Match]) -> None:
        """Adds to ``out`` the match of ``rule`` whose first words stand at ``at``, if it fits."""
        after = at + 1
        if rule.needs == WORDS:
            if rule.reach == 1:
                if after >= self._size or self._words[after] not in rule.needed:
                    return
            elif not self._needed(rule.needed, after, after + rule.reach):
                return
        elif rule.needs == MENTION and not self._opening.within(after, after + rule.reach):
            return
        last = self._go(rule.elements, 1, after)
        first = _NONE if last == _NONE else self._back(rule.before, at) if rule.before else at
        if first == _NONE:
            self._forget()
            return
        out.append(Match(rule, first, last, self._mentions, self._ranges, self._ordinals))
        self._mentions, self._ranges, self._ordinals = {}, {}, {}

    def _needed(self, needed: frozenset[str], first: int, last: int) -> bool:
        """Whether one of the words ``needed`` is among the tokens ``[first, last)``."""
        words = self._words
        for at in range(first, min(last, self._size)):
            if words[at] in needed:
                return True
        return False

    def nearest(self, rule: Rule, at: int) -> tuple[int, int]:
        """How near ``rule`` came at ``at``: the number of its elements from the first words on that fit in a row, and one past their last token.

        Elements that fit anything (gaps, optional ones) do not count as the last of them.
        """
        elements = rule.elements
        for k in range(len(elements), 1, -1):
            closing = elements[k - 1]
            if closing.kind in (GAP, CLAUSE) or closing.optional:
                continue
            last = self._go(elements[:k], 1, at + 1)
            self._forget()
            if last != _NONE:
                return k, last
        return 1, at + 1

    def _forget(self) -> None:
        self._mentions.clear()
        self._ranges.clear()
        self._ordinals.clear()

    def _back(self, before: tuple[Element, ...], at: int) -> int:
        """Where the elements before the first words begin, read from right to left; -1 if they do not fit."""
        reach = 0
        for element in reversed(before):
            if element.kind != MENTION:
                reach = element.gap
                continue
            found = self._nearest(at, reach, element.words)
            if found is None or not _STOPS.isdisjoint(self._words[found.last : at]):
                return _NONE
            self._mentions[element.name] = [found]
            at = found.first
            reach = 0
        return at

    def _nearest(self, at: int, reach: int, labels: frozenset[str]) -> Mention | None:
        """The last name with one of ``labels`` that ends at most ``reach`` tokens before ``at``."""
        names = self._reading.names
        if self._firsts is None:
            self._firsts = [m.first for m in names]
        k = bisect_left(self._firsts, at) - 1
        while k >= 0:
            name = names[k]
            if at - name.first > reach + _LONGEST_NAME:
                break
            if name.label in labels and 0 <= at - name.last <= reach:
                return name
            k -= 1
        return None

    def _go(self, elements: tuple[Element, ...], k: int, at: int) -> int:
        """One past the last token if ``elements[k:]`` fit from ``at``, else -1."""
        size = len(elements)
        while k < size:
            element = elements[k]
            k += 1
            kind = element.kind
            if kind in (GAP, CLAUSE):
                return self._over(element, elements, k, at)
            after = self._one(element, at)
            if not element.optional:
                if after == _NONE:
                    return _NONE
                at = after
            elif after != _NONE:
                last = self._go(elements, k, after)
                if last != _NONE:
                    return last
        return at

    def _over(self, gap: Element, elements: tuple[Element, ...], k: int, at: int) -> int:
        """The same for ``elements[k:]`` after a gap: the nearest way to go on is taken, and no sentence's end is crossed."""
        words, size, opening = self._words, self._size, self._opening
        clause = gap.kind == CLAUSE
        kind, wanted = -1, gap.words
        if k < len(elements) and not elements[k].optional:
            kind, wanted = elements[k].kind, elements[k].words
        for here in range(at, at + gap.gap + 1):
            if here >= size:
                return self._go(elements, k, here)
            word = words[here]
            if word in wanted if kind == WORDS else here in opening if kind in (MENTION, LIST) else True:
                last = self._go(elements, k, here)
                if last != _NONE:
                    return last
            if word in _STOPS or (clause and not word[0].isalnum()):
                return _NONE
        return _NONE

    def _one(self, element: Element, at: int) -> int:
        """One past the token at which ``element`` ends if it begins at ``at``, else -1; what it captures is kept."""
        if at >= self._size:
            return _NONE
        kind = element.kind
        if kind == WORDS:
            return at + 1 if self._words[at] in element.words else _NONE
        if kind == QUOTE:
            return self._quote(element, at)
        if kind == FIGURE:
            return self._figure(element, at)
        if kind == ORDINAL:
            return self._ordinal(element, at)
        mention = self._opening.get(at)
        if mention is None or mention.label not in element.words:
            return _NONE
        if kind == LIST:
            return self._list(element, mention)
        self._mentions[element.name] = [mention]
        return mention.last

    def _quote(self, element: Element, at: int) -> int:
        inside = quoted(self._reading.scan, at) or _in_brackets(self._words, at)
        if inside is None:
            return _NONE
        self._ranges[element.name] = inside
        return inside[1] + 1

    def _figure(self, element: Element, at: int) -> int:
        word = self._words[at]
        if not word.isdigit() or len(word) > _LONGEST_SESSION or self._counts(at):
            return _NONE
        self._ordinals[element.name] = int(word)
        self._ranges[element.name] = (at, at + 1)
        return at + 1

    def _ordinal(self, element: Element, at: int) -> int:
        reading = self._reading
        session = read_session(reading.scan, reading.shapes, reading.runs, at)
        if session is None:
            return _NONE
        self._ordinals[element.name] = session.ordinal
        self._ranges[element.name] = (session.first, session.last)
        return session.last

    def _counts(self, at: int) -> bool:
        """Whether the number at ``at`` counts something («الدورة 212 موظفا») or belongs to a date."""
        counted = self._counted
        if counted is None:
            counted = self._counted = set()
            for mention in self._reading.dates:
                counted.update(range(mention.first, mention.last))
            for mention in self._reading.numbers:
                if getattr(mention.value, "noun", None) is not None:
                    counted.update(range(mention.first, mention.last))
        return at in counted

    def _list(self, element: Element, first: Mention) -> int:
        """Captures the list that begins with ``first``: signs, connectors and what stands in brackets may lie between."""
        words, opening, labels, connectors = self._words, self._opening, element.words, self._connectors
        found = [first]
        last = at = first.last
        limit = min(self._size, at + _LONGEST_LIST)
        while at < limit:
            word = words[at]
            if word in _STOPS:
                break
            mention = opening.get(at)
            if mention is not None and mention.label in labels:
                found.append(mention)
                last = at = mention.last
                limit = min(self._size, at + _LONGEST_LIST)
            elif mention is not None and (mention.label == "PERSON" or mention.label == "INSTITUTION"):
                at = mention.last
            elif word in connectors or not word[0].isalpha() or self._reading.in_title(at):
                at += 1
            else:
                break
        self._mentions[element.name] = found
        return last


def _in_brackets(words: list[str], at: int) -> tuple[int, int] | None:
    """The token range of two or more words inside the round brackets that open at ``at``, or None."""
    if words[at] != BRACKET:
        return None
    for j in range(at + 1, min(len(words), at + _LONGEST_BRACKET + 2)):
        if words[j] == ")":
            return (at + 1, j) if j > at + 2 else None
    return None
