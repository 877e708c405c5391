"""Delegations: groups that represent somebody, with head and members."""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.rule import Match
from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.span import Span

KIND = "delegations"
_NEAR: Final = 120
"""Tokens between a head and members of the same delegation."""
_MOST: Final = 128
"""Matches of a rule that are looked at; bounds what a hostile text can cost."""
_HEADS: Final = ("delegations.head", "delegations.led", "delegations.titled")
_RULES: Final = (*_HEADS, "delegations.members", "delegations.represented")
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
        own = not word_lists(KIND)["delegation"].isdisjoint(self._words[match.first : first])
        draft = self._fitting(match, self._named(match.first, first) if own else None)
        if draft is not None:
            draft.add(_span(self._findings, match))
            self._lead(match, draft)
            self._join(match, draft)
        elif own:
            draft = self._new(match, None)
            self._lead(match, draft)
            if self._join(match, draft) or draft.fields["head"] is not None:
                self._made.append((match.first, draft))

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
        """Whom it stands for: what the wording captures, the body or country named inside it, else the body named first, shortly before it."""
        captured = match.mentions.get("of")
        if captured:
            return self._findings.draft(captured[0])
        inside = self._named(match.first, match.last)
        if inside is not None:
            return inside
        bodies = self._findings.names("INSTITUTION")
        if bodies and 0 <= match.first - bodies[0][0].first < _NEAR:
            return self._findings.draft(bodies[0][0])
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
        for t in range(first, last):
            if t in bodies:
                return self._findings.draft(names[bodies[t]])
        return self._of_demonym(first, last)

    def _of_demonym(self, first: int, last: int) -> Draft | None:
        scan = self._findings.reading.scan
        for t in range(first, last):
            if not scan.flags[t] & _DEMONYM:
                continue
            lexeme = scan.lexemes[t]
            reading = None if lexeme is None else lexeme.sense("DEMONYM")
            code = "" if reading is None else reading.sense.entry.country
            if not code:
                continue
            for place, value in self._findings.names("PLACE"):
                if value.kind == "country" and value.country == code:
                    return self._findings.draft(place)
        return None


def _span(findings: Findings, match: Match) -> Span:
    return findings.reading.scan.span(match.first, match.last)


def _token(made: tuple[int, Draft]) -> int:
    return made[0]
