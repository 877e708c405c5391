"""Delegations: groups that represent somebody, with head and members."""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.outline import STOPS
from newsextract.facts.rule import Match
from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.span import Span
from newsextract.values.quantity import NumberValue

KIND = "delegations"
_NEAR: Final = 120
"""Tokens between a head and members of the same delegation."""
_BEFORE: Final = 8
"""Tokens between the word for a delegation and the wording that lists its members."""
_MOST: Final = 128
"""Matches of a rule that are looked at; bounds what a hostile text can cost."""
_HEADS: Final = ("delegations.head", "delegations.led", "delegations.titled")
_RULES: Final = (*_HEADS, "delegations.members", "delegations.represented")
_WARNING: Final = "DELEGATION_SIZE"
"""The stated size of a delegation and the list of its members differ."""
_DEMONYM: Final = BIT["DEMONYM"]


def build(findings: Findings) -> list[Draft]:
    """One draft a delegation: a head rule opens one, member rules join the nearest or open their own."""
    if findings.matches.keys().isdisjoint(_RULES):
        return []
    return _Delegations(findings).build()


class _Delegations:
    """The delegations met so far, by the token that tells of them, and the persons in them."""

    __slots__ = ("_bodies", "_findings", "_known", "_made", "_words")

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._words: list[str] = findings.reading.scan.words
        self._made: list[tuple[int, Draft]] = []
        self._known: set[Draft] = set()
        self._bodies: dict[int, int] | None = None

    def build(self) -> list[Draft]:
        """The delegations: those with a head in text order, then those that only members tell of."""
        matches = self._findings.matches
        heads: set[Draft] = set()
        for rule in _HEADS:
            for match in matches.get(rule, ())[:_MOST]:
                head = self._findings.draft(match.mentions["head"][0])
                if head is not None and head not in heads:
                    heads.add(head)
                    self._made.append((match.first, self._new(match, head)))
        self._made.sort(key=_token)
        self._known |= heads
        for match in matches.get("delegations.members", ())[:_MOST]:
            self._members(match)
        for match in matches.get("delegations.represented", ())[:_MOST]:
            draft = self._new(match, None)
            if self._join(match, draft):
                self._made.append((match.first, draft))
        return [draft for _, draft in self._made]

    def _members(self, match: Match) -> None:
        """Members belong to the delegation named last before them; «ضم وفد قطر …» may open another."""
        first = match.mentions["members"][0].first
        start = self._start(match)
        own = not word_lists(KIND)["delegation"].isdisjoint(self._words[start:first])
        self._reconcile(match, first)
        draft = self._fitting(match, self._named(start, first) if own else None)
        if draft is not None:
            draft.add(_span(self._findings, match))
            self._lead(match, draft)
            self._join(match, draft)
        elif own:
            draft = self._new(match, None)
            draft.fields["of"] = draft.fields["of"] or self._named(start, first)
            self._lead(match, draft)
            if self._join(match, draft) or draft.fields["head"] is not None:
                self._made.append((match.first, draft))

    def _start(self, match: Match) -> int:
        """Where the delegation is named: the match's start, or the word before it in the sentence («وفد من وزارة الزراعة مكون من …»)."""
        delegation = word_lists(KIND)["delegation"]
        for t in range(match.first - 1, max(-1, match.first - _BEFORE - 1), -1):
            if self._words[t] in STOPS:
                break
            if self._words[t] in delegation:
                return t
        return match.first

    def _reconcile(self, match: Match, first: int) -> None:
        """Warns where the list has fewer or more persons than stated («ضم اثني عشر عضوا هم …»); «بينهم» promises no full list."""
        if not word_lists(KIND)["among"].isdisjoint(self._words[match.first : first]):
            return
        for mention in self._findings.reading.numbers:
            if match.first <= mention.first < first and isinstance(mention.value, NumberValue) and _counts_persons(mention.value):
                listed = len({m.span for m in match.mentions["members"]})
                if mention.value.extent.low != listed and _WARNING not in self._findings.warnings:
                    self._findings.warnings.append(_WARNING)

    def _fitting(self, match: Match, of: Draft | None) -> Draft | None:
        """The last delegation shortly before the match that may be the one that stands for ``of``."""
        for at, draft in reversed(self._made):
            if at > match.last or match.first - at > _NEAR:
                continue
            theirs = draft.fields["of"]
            if of is None or theirs is None or theirs is of:
                return draft
            head = draft.fields["head"]
            for mention in match.mentions["members"]:
                if self._findings.draft(mention) is head:
                    return draft
        return None

    def _join(self, match: Match, draft: Draft) -> bool:
        """Makes the persons of a match who are in no delegation yet members of this one; whether it has any."""
        members: list[Draft] = draft.fields["members"]
        known = self._known
        for mention in match.mentions["members"]:
            person = self._findings.draft(mention)
            if person is not None and person not in known:
                known.add(person)
                members.append(person)
        return len(members) > 0

    def _lead(self, match: Match, draft: Draft) -> None:
        """«منى العامري رئيسة للوفد»: the member whose name the word follows is the head."""
        if draft.fields["head"] is not None:
            return
        leader = word_lists(KIND)["leader"]
        words = self._words
        for mention in match.mentions["members"]:
            if mention.last < len(words) and words[mention.last] in leader:
                head = draft.fields["head"] = self._findings.draft(mention)
                if head is not None:
                    self._known.add(head)
                return

    def _new(self, match: Match, head: Draft | None) -> Draft:
        fields: dict[str, Any] = {"of": self._of(match), "head": head, "members": []}
        return Draft(KIND, "", fields, [_span(self._findings, match)], f"rule:{match.rule.id}", match.rule.confidence)

    def _of(self, match: Match) -> Draft | None:
        """Whom it stands for: what the wording captures, else the body or country named inside it."""
        captured = match.mentions.get("of")
        if captured:
            return self._findings.draft(captured[0])
        inside = self._named(match.first, match.last)
        if inside is not None:
            return inside
        return None

    def _named(self, first: int, last: int) -> Draft | None:
        """The body or country named in the token range, or the country of «الوفد العراقي»."""
        names = self._findings.reading.names
        bodies = self._bodies
        if bodies is None:
            bodies = self._bodies = {}
            for k, mention in enumerate(names):
                if mention.label == "INSTITUTION" or mention.label == "PLACE":
                    bodies.setdefault(mention.first, k)
        towards = word_lists(KIND)["towards"]
        for t in range(first, last):
            if t > first and self._words[t] in towards:
                last = t  # «وفد المملكة إلى الدورة …»: what follows is where it went
                break
            if t in bodies:
                return self._findings.draft(names[bodies[t]])
        return self._of_demonym(first, last)

    def _of_demonym(self, first: int, last: int) -> Draft | None:
        scan = self._findings.reading.scan
        for t in range(first, last):
            if not scan.tokens[t].flags & _DEMONYM:
                continue
            lexeme = scan.tokens[t].lexeme
            reading = None if lexeme is None else lexeme.sense("DEMONYM")
            code = "" if reading is None else reading.sense.entry.country
            if not code:
                continue
            for place, value in self._findings.names("PLACE"):
                if value.kind == "country" and value.country == code:
                    return self._findings.draft(place)
        return None


def _counts_persons(value: NumberValue) -> bool:
    noun = value.noun
    return noun is not None and noun.category == "person" and value.extent.comparison == "exact"


def _span(findings: Findings, match: Match) -> Span:
    return findings.reading.scan.span(match.first, match.last)


def _token(made: tuple[int, Draft]) -> int:
    return made[0]
