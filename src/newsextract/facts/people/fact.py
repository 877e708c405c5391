"""People: named persons with honorific, role and affiliation; short forms and surnames join the full name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.people import Title

KIND = "people"
_COMMON: Final = (
    BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["DEMONYM"] | BIT["TITLE"] | BIT["ADJECTIVE"]
)
_MOST_NAMESAKES: Final = 64
_BEFORE_TITLE: Final = frozenset({"،", "-", "("})


def build(findings: Findings) -> list[Draft]:
    """One draft a person. «معالي السيدة سلجوق» after «زهراء زمرد سلجوق» is the same person."""
    mentions = findings.names("PERSON")
    if not mentions:
        return []
    known = _Known()
    # full names first, so that a surname in the headline joins the name in the body
    for tokens, mention, value in sorted(((_tokens(v.key), m, v) for m, v in mentions), key=_length):
        draft = known.find(tokens)
        if draft is None:
            fields: dict[str, Any] = {"name": value.name, "honorific": value.honorific or None, "role": value.role or None, "affiliation": None, "aliases": []}
            draft = Draft(KIND, value.key, fields, [], mention.found_by, mention.confidence)
            known.add(tokens, draft)
        else:
            _merge(draft, value)
        draft.add(mention.span)
        findings.of_mention[id(mention)] = draft
    titles = {t.first: t for t in findings.reading.titles}
    if titles:
        for mention, value in mentions:
            _apposition(findings, mention, value, titles)
    _surnames(findings, known.drafts)
    return known.drafts


def _length(row: tuple[list[str], Mention, NameValue]) -> int:
    return -len(row[0])


def _tokens(key: str) -> list[str]:
    return key.replace("عبد ال", "عبدال").split()


class _Known:
    """The persons met so far, by the first and by the last word of their names."""

    __slots__ = ("_by_end", "drafts")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_end: dict[str, list[tuple[list[str], Draft]]] = {}

    def add(self, tokens: list[str], draft: Draft) -> None:
        """Remembers a person."""
        self.drafts.append(draft)
        for end in {tokens[0], tokens[-1]}:
            self._by_end.setdefault(end, []).append((tokens, draft))

    def find(self, tokens: list[str]) -> Draft | None:
        """The person whose name holds all of ``tokens`` in order, its first or last word among them."""
        for end in (tokens[-1], tokens[0]):
            for theirs, draft in self._by_end.get(end, ())[:_MOST_NAMESAKES]:
                if tokens == theirs:
                    return draft
                if len(tokens) < len(theirs) and end == theirs[-1 if end is tokens[-1] else 0]:
                    rest = iter(theirs)
                    if all(t in rest for t in tokens):
                        return draft
        return None


def _merge(draft: Draft, value: NameValue) -> None:
    fields = draft.fields
    if value.name != fields["name"] and value.name not in fields["aliases"]:
        fields["aliases"].append(value.name)
    if value.honorific and fields["honorific"] is None:
        fields["honorific"] = value.honorific
    if value.role and fields["role"] is None:
        fields["role"] = value.role


def _apposition(findings: Findings, mention: Mention, value: NameValue, titles: dict[int, Title]) -> None:
    """«محمد العيسى، الأمين العام للرابطة»: a title right after the name, unless it announces the next one."""
    draft = findings.of_mention[id(mention)]
    reading = findings.reading
    words = reading.scan.words
    place = titles.get(value.lead)
    after = titles.get(mention.last)
    if after is None and words[mention.last : mention.last + 1] and words[mention.last] in _BEFORE_TITLE:
        after = titles.get(mention.last + 1)
    if after is not None and after.cut == 0 and after.last not in reading.opening and draft.fields["role"] is None:
        draft.fields["role"] = reading.scan.text(reading.scan.span(after.first, after.last))
        place = after
    if place is None or draft.fields["affiliation"] is not None:
        return
    for t in range(place.first, place.last):
        name = reading.opening.get(t)
        if name is not None and name.last <= place.last and name.label in ("INSTITUTION", "PLACE"):
            draft.fields["affiliation"] = findings.draft(name)
            return


def _surnames(findings: Findings, drafts: list[Draft]) -> None:
    """Later bare surnames («وقال نوفاك»): further evidence, if the surname is no common word."""
    reading = findings.reading
    scan = reading.scan
    owners: dict[str, Draft] = {}
    for draft in drafts:
        tokens = draft.key.split()
        if len(tokens) > 1 and len(tokens[-1]) > 2:
            owners.setdefault(tokens[-1], draft)
    text = scan.folded.text
    inside = Counter(t for m, v in findings.names("PERSON") for t in v.key.split() if t in owners)
    owners = {name: draft for name, draft in owners.items() if text.count(name) > inside[name]}
    if not owners:
        return
    firsts = [m.first for m in reading.names]
    for i in [i for i, word in enumerate(scan.words) if word in owners]:
        k = bisect_right(firsts, i)
        if (k and reading.names[k - 1].last > i) or scan.flags[i] & _COMMON:
            continue
        owner = owners[scan.words[i]]
        owner.add(scan.span(i, i + 1))
        name = scan.text(scan.span(i, i + 1))
        if name not in owner.fields["aliases"] and name != owner.fields["name"]:
            owner.fields["aliases"].append(name)
