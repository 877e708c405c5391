"""Candidates for the main event: which mentions are of one event, and what speaks for its being the subject of the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.events.naming import full, whole
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.span import Span

_WEIGHT: Final = {
    "conference": 1.5, "exhibition": 1.5, "forum": 1.5, "training": 1.0, "workshop": 1.0, "session": 1.0, "other": 1.0,
    "meeting": 0.5, "campaign": 1.0, "signing": 0.5, "visit": 0.0, "ceremony": -0.5,
}  # fmt: skip
_HEADLINE, _LEAD, _SESSION, _AGAIN, _LONE, _ASIDE = 3.0, 2.0, 1.0, 0.5, -2.0, -3.0
_ARTICLES: Final = ("ال", "لل")
_IN_HEADLINE: Final = 3
_MOST_AGAIN: Final = 5
_MOST_NEAR: Final = 64
"""Events of one head that a name is compared with; bounds what a hostile text can cost."""


class Candidate:
    """One event of the text.

    Attributes:
        draft: The fact it becomes.
        words: Its name's words without articles, for comparison.
        tokens: First tokens of its mentions.
        score: How much speaks for its being the main event.
    """

    __slots__ = ("draft", "score", "tokens", "words")

    def __init__(self, draft: Draft, words: tuple[str, ...], token: int, score: float) -> None:
        self.draft = draft
        self.words = words
        self.tokens = [token]
        self.score = score

    def rename(self, name: str, words: tuple[str, ...]) -> None:
        """Gives it a fuller name; the old one stays as another."""
        self.draft.rename(name)
        self.words = words

    @property
    def definite(self) -> frozenset[str]:
        """Its head with the article, as later sentences call it («المؤتمر», «للمؤتمر»)."""
        head = self.words[0]
        return frozenset(("ال" + head, "لل" + head, "بال" + head, "وال" + head))

    @property
    def lone(self) -> bool:
        """Whether its name is no more than a head noun."""
        return len(self.words) < 2


def bare(key: str) -> tuple[str, ...]:
    """The words of a folded name without articles and «ل»: «المؤتمر … للطلبة» and «مؤتمر الطلبة» are near."""
    return _bared(key.split())


def _bared(words: list[str]) -> tuple[str, ...]:
    return tuple([_bare(w) for w in words])


def _bare(word: str) -> str:
    size = len(word)
    if size < 5:
        return word
    if word.startswith(_ARTICLES):
        return word[2:]
    if size > 5:
        if word.startswith("ل"):
            return word[1:]
        if word.startswith("وال"):
            return word[3:]
    return word


def same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, as :func:`bare` gives them, are of one event: the one begins the other, or has its head and no word more."""
    if a == b:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if long[: len(short)] == short:
        return True
    return len(short) > 1 and short[0] == long[0] and set(short) <= set(long)


def candidates(findings: Findings, lists: Mapping[str, frozenset[str]]) -> list[Candidate]:
    """The named events of the text in text order, scored."""
    names = findings.names("EVENT")
    if not names:
        return []
    met = _Met(findings, lists)
    again: dict[str, Candidate] = {}
    of_mention = findings.of_mention
    for mention, value in names:
        found = again.get(mention.text)
        if found is None:
            found = again[mention.text] = met.take(mention, value)
        else:
            found.draft.add(mention.span)
            found.tokens.append(mention.first)
        if value.acronym_span is not None:
            found.draft.add(value.acronym_span)
        of_mention[mention] = found.draft
        found.score += _said(findings, mention, value, lists["aside"], lists["other"])
    for candidate in met.events:
        candidate.score += place(findings, candidate.tokens) + _AGAIN * min(len(candidate.tokens) - 1, _MOST_AGAIN) + (_LONE if candidate.lone else 0.0)
    return met.events


class _Met:
    """The events met so far, by the head of their names."""

    __slots__ = ("_by_head", "_findings", "_not_tail", "_press", "events")

    def __init__(self, findings: Findings, lists: Mapping[str, frozenset[str]]) -> None:
        self.events: list[Candidate] = []
        self._findings = findings
        self._by_head: dict[str, list[Candidate]] = {}
        self._press = lists["press"]
        self._not_tail = lists["not_tail"]

    def take(self, mention: Mention, value: NameValue) -> Candidate:
        """The event that ``value`` names, new or met before, with this mention."""
        value = whole(self._findings, mention, value, self._not_tail)
        key = value.key.split()
        words = _bared(key)
        near = self._by_head.setdefault(words[0], [])
        found = _alike(near, words)
        if found is None:
            score = _WEIGHT.get(value.kind, 0.0) + (0.0 if self._press.isdisjoint(key) else _ASIDE)
            found = Candidate(new_draft(mention, value), words, mention.first, score)
            self.events.append(found)
            near.append(found)
        else:
            _merge(found, mention, value, words)
        if mention.found_by == "rule:events.session":
            found.draft.call(full(self._findings, mention))
        return found


def _alike(near: list[Candidate], words: tuple[str, ...]) -> Candidate | None:
    for candidate in near[:_MOST_NEAR]:
        if same(candidate.words, words):
            return candidate
    return None


def place(findings: Findings, tokens: list[int]) -> float:
    """What the places of the mentions are worth: in the headline, in the lead."""
    outline = findings.outline
    headline = lead = 0.0
    for token in tokens:
        worth = outline.worth(token)
        if worth == _IN_HEADLINE:
            headline = _HEADLINE
        elif worth:
            lead = _LEAD
    return headline + lead


def _said(findings: Findings, mention: Mention, value: NameValue, aside: frozenset[str], other: frozenset[str]) -> float:
    """What the wording adds: a session speaks for the event, «على هامش» before it and «المقبل» after it against it."""
    words, outline = findings.reading.scan.words, findings.outline
    first, last = mention.first, mention.last
    worth = _SESSION if value.ordinal is not None and outline.early(first) else 0.0
    if not aside.isdisjoint(words[max(0, first - 2) : first]):
        return worth + _ASIDE
    coming = not other.isdisjoint(words[last - 1 : last + 1]) and outline.worth(first) < _IN_HEADLINE
    return worth + _ASIDE if coming else worth


def new_draft(mention: Mention, value: NameValue) -> Draft:
    """The fact of an event that is met for the first time."""
    entry = value.entry
    draft = blank_draft(value.name, value.kind or "other", mention.span, mention.found_by, mention.confidence)
    draft.key = value.key
    fields = draft.fields
    fields["name_en"] = entry.name_en or None if entry is not None else None
    fields["acronym"] = value.acronym or None
    fields["ordinal"] = value.ordinal
    fields["theme"] = value.theme or None
    if mention.text != value.name:
        fields["aliases"].append(mention.text)
    return draft


def blank_draft(name: str, kind: str, span: Span, found_by: str, confidence: float) -> Draft:
    """An event of which only name and kind are known."""
    fields: dict[str, Any] = {
        "name": name, "kind": kind, "name_en": None, "acronym": None, "aliases": [], "ordinal": None, "theme": None,
        "start": None, "end": None, "edtf": None, "organisers": [], "participants": [],
    }  # fmt: skip
    return Draft("events", name, fields, [span], found_by, confidence)


def _merge(found: Candidate, mention: Mention, value: NameValue, words: tuple[str, ...]) -> None:
    draft = found.draft
    draft.add(mention.span)
    found.tokens.append(mention.first)
    fields = draft.fields
    draft.call(value.name)
    draft.call(mention.text)
    if len(words) > len(found.words) and (fields["ordinal"] is None or found.lone):
        found.rename(value.name, words)
        draft.key = value.key
    if fields["ordinal"] is None and len(words) > 1:
        fields["ordinal"] = value.ordinal
