"""Candidates for the main event: which mentions are of one event, and what speaks for its being the subject of the release."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newsextract.facts.draft import Draft, Findings
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.span import Span

_WEIGHT: Final = {
    "conference": 1.5, "exhibition": 1.5, "forum": 1.5, "training": 1.0, "workshop": 1.0, "session": 1.0, "other": 1.0,
    "meeting": 0.5, "campaign": 1.0, "signing": 0.5, "visit": 0.0, "ceremony": -0.5,
}  # fmt: skip
_HEADLINE, _LEAD, _SESSION, _AGAIN, _LONE, _ASIDE = 3.0, 2.0, 1.0, 0.5, -2.0, -3.0
_MOST_AGAIN: Final = 5


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

    @property
    def definite(self) -> frozenset[str]:
        """Its head with the article, as later sentences call it («المؤتمر», «للمؤتمر»)."""
        head = self.words[0]
        return frozenset(p + head for p in ("ال", "لل", "بال", "وال"))

    @property
    def lone(self) -> bool:
        """Whether its name is no more than a head noun."""
        return len(self.words) < 2


def bare(key: str) -> tuple[str, ...]:
    """The words of a folded name without articles and «ل»: «المؤتمر … للطلبة» and «مؤتمر الطلبة» are near."""
    return tuple(_bare(w) for w in key.split())


def _bare(word: str) -> str:
    if word.startswith(("ال", "لل")) and len(word) > 4:
        return word[2:]
    if word.startswith("وال") and len(word) > 5:
        return word[3:]
    return word[1:] if word.startswith("ل") and len(word) > 5 else word


def same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, as :func:`bare` gives them, are of one event: the one begins the other, or has its head and no word more."""
    if a == b:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if long[: len(short)] == short:
        return True
    return len(short) > 1 and short[0] == long[0] and set(short) <= set(long)


def candidates(findings: Findings, press: frozenset[str], aside: frozenset[str]) -> list[Candidate]:
    """The named events of the text in text order, scored."""
    out: list[Candidate] = []
    for mention, value in findings.names("EVENT"):
        value = _whole(findings, mention, value)
        words = bare(value.key)
        found = next((c for c in out if same(c.words, words)), None)
        if found is None:
            found = Candidate(new_draft(mention, value), words, mention.first, _WEIGHT.get(value.kind, 0.0))
            if not press.isdisjoint(value.key.split()):
                found.score += _ASIDE
            out.append(found)
        else:
            _merge(found, mention, value, words)
        if value.acronym_span is not None:
            found.draft.add(value.acronym_span)
        findings.of_mention[id(mention)] = found.draft
        found.score += _said(findings, mention, value, aside)
    for candidate in out:
        candidate.score += place(findings, candidate.tokens) + _AGAIN * min(len(candidate.tokens) - 1, _MOST_AGAIN) + (_LONE if candidate.lone else 0.0)
    return out


def _whole(findings: Findings, mention: Mention, value: NameValue) -> NameValue:
    """The value with the name that says what is held.

    «المؤتمر 23 للاتحاد العام»: the body alone names no event, its «مؤتمر» does; «دورة» and its like only number the body's meetings
    (ruling 7). «الملتقى الثالث لمزارعي الزيتون»: the tail with «ل» belongs to the name.
    """
    scan = findings.reading.scan
    if mention.found_by == "rule:events.session":
        target = next((t for t in range(mention.first, mention.last) if scan.span(t, t + 1).end > mention.span.start), mention.first)
        lexeme = scan.lexemes[mention.first]
        head = None if lexeme is None else lexeme.sense("EVENT_HEAD")
        if target == mention.first or head is None or head.sense.entry.kind == "session" or value.kind != "session":
            return value
        return _told(findings, value, [*_unnumbered(findings, mention.first, target), (target, mention.last)], head.sense.entry.kind, head.cut)
    return value


def _unnumbered(findings: Findings, first: int, last: int) -> list[tuple[int, int]]:
    """The token ranges of ``[first, last)`` outside its ordinal."""
    runs, words = findings.reading.runs, findings.reading.scan.words
    out: list[tuple[int, int]] = []
    t = first
    while t < last:
        run = runs.get(t)
        if run is not None:
            t = run.last
        elif words[t] in ("ال", "/"):
            t += 1
        else:
            out.append((t, t + 1))
            t += 1
    return out


def _told(findings: Findings, value: NameValue, parts: list[tuple[int, int]], kind: str, cut: int) -> NameValue:
    scan = findings.reading.scan
    cuts = [cut, *[0] * (len(parts) - 1)]
    name = " ".join(scan.text(scan.span(a, b, c)) for (a, b), c in zip(parts, cuts, strict=True))
    key = " ".join(" ".join(scan.words[a:b])[c:] for (a, b), c in zip(parts, cuts, strict=True))
    return replace(value, name=name, key=key, kind=kind)


def place(findings: Findings, tokens: list[int]) -> float:
    """What the places of the mentions are worth: in the headline, in the lead."""
    worths = {findings.outline.worth(t) for t in tokens}
    return (_HEADLINE if 3 in worths else 0.0) + (_LEAD if 2 in worths else 0.0)


def _said(findings: Findings, mention: Mention, value: NameValue, aside: frozenset[str]) -> float:
    words = findings.reading.scan.words
    before = words[max(0, mention.first - 2) : mention.first]
    worth = _SESSION if value.ordinal is not None and findings.outline.early(mention.first) else 0.0
    return worth + (_ASIDE if not aside.isdisjoint(before) else 0.0)


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
    fields = {
        "name": name, "kind": kind, "name_en": None, "acronym": None, "aliases": [], "ordinal": None, "theme": None,
        "start": None, "end": None, "edtf": None, "organisers": [], "participants": [],
    }  # fmt: skip
    return Draft("events", name, fields, [span], found_by, confidence)


def _merge(found: Candidate, mention: Mention, value: NameValue, words: tuple[str, ...]) -> None:
    draft = found.draft
    draft.add(mention.span)
    found.tokens.append(mention.first)
    fields = draft.fields
    for name in (value.name, mention.text):
        if name != fields["name"] and name not in fields["aliases"]:
            fields["aliases"].append(name)
    if len(words) > len(found.words) and (fields["ordinal"] is None or found.lone):
        fields["aliases"] = [a for a in (*fields["aliases"], fields["name"]) if a != value.name]
        fields["name"], draft.key, found.words = value.name, value.key, words
    if fields["ordinal"] is None and len(words) > 1:
        fields["ordinal"] = value.ordinal
