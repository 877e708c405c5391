"""People: named persons with honorific, role and affiliation; short forms and surnames join the full name."""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.people.short_forms import short_forms
from newsextract.lexicon.shape import CONJ
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.people import Title

KIND = "people"
_BODIES: Final = frozenset({"INSTITUTION", "PLACE"})
_MOST_NAMESAKES: Final = 64
_BEFORE_TITLE: Final = frozenset({"،", "-", "("})


def build(findings: Findings) -> list[Draft]:
    """One draft a person. «السيدة الخطيب» after «ليلى سامر الخطيب» is the same person."""
    mentions = findings.names("PERSON")
    if not mentions:
        return []
    known = _Known()
    of_mention = findings.of_mention
    rows = [(_tokens(value.key), mention, value) for mention, value in mentions]
    if len(rows) > 1:
        rows.sort(key=_length)  # full names first, so that a surname in the headline joins the name in the body
    for tokens, mention, value in rows:
        draft = known.find(tokens)
        if draft is None:
            draft = _new(mention, value)
            known.add(tokens, draft)
        else:
            _merge(draft, value)
            draft.add(mention.span)
        of_mention[mention] = draft
    titles = {t.first: t for t in findings.reading.titles}
    if titles:
        for mention, value in mentions:
            _apposition(findings, mention, value, titles)
    short_forms(findings, known.drafts)
    return known.drafts


def _length(row: tuple[list[str], Mention, NameValue]) -> int:
    return -len(row[0])


def _tokens(key: str) -> list[str]:
    return key.replace("عبد ال", "عبدال").split()


def _new(mention: Mention, value: NameValue) -> Draft:
    fields: dict[str, Any] = {
        "name": value.name,
        "honorific": value.honorific or None,
        "role": value.role or None,
        "affiliation": None,
        "aliases": [],
    }
    return Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)


class _Known:
    """The persons met so far, by the first and by the last word of their names."""

    __slots__ = ("_by_end", "drafts")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_end: dict[str, list[tuple[list[str], Draft]]] = {}

    def add(self, tokens: list[str], draft: Draft) -> None:
        """Remembers a person."""
        self.drafts.append(draft)
        by_end = self._by_end
        first, last = tokens[0], tokens[-1]
        by_end.setdefault(last, []).append((tokens, draft))
        if first != last:
            by_end.setdefault(first, []).append((tokens, draft))

    def find(self, tokens: list[str]) -> Draft | None:
        """The person whose name holds all of ``tokens`` in order, its first or last word among them."""
        return self._ending(tokens, -1) or (self._ending(tokens, 0) if len(tokens) > 1 else None)

    def _ending(self, tokens: list[str], end: int) -> Draft | None:
        """The same with the last or the first word of both names equal."""
        rows = self._by_end.get(tokens[end])
        if rows is None:
            return None
        word, size = tokens[end], len(tokens)
        for theirs, draft in rows[:_MOST_NAMESAKES]:
            if tokens == theirs or (size < len(theirs) and theirs[end] == word and _within(tokens, theirs)):
                return draft
        return None


def _within(tokens: list[str], theirs: list[str]) -> bool:
    """Whether ``theirs`` has all of ``tokens`` in their order."""
    k = 0
    for word in theirs:
        if word == tokens[k]:
            k += 1
            if k == len(tokens):
                return True
    return False


def _merge(draft: Draft, value: NameValue) -> None:
    fields = draft.fields
    draft.call(value.name)
    if value.honorific and fields["honorific"] is None:
        fields["honorific"] = value.honorific
    if value.role and fields["role"] is None:
        fields["role"] = value.role


def _announces(findings: Findings, title: Title) -> bool:
    """Whether the title is that of the person right behind it; after و begins another («رئيس الجامعة واللواء …»)."""
    reading = findings.reading
    if title.last not in reading.opening:
        return False
    return not reading.shapes.of(reading.scan.tokens[title.last]) & CONJ


def _apposition(findings: Findings, mention: Mention, value: NameValue, titles: dict[int, Title]) -> None:
    """«محمد العيسى، الأمين العام للرابطة»: a title right after the name, unless it announces the next one."""
    reading = findings.reading
    words = reading.scan.words
    last = mention.last
    place = titles.get(value.lead)
    after = titles.get(last)
    if after is None and last < len(words) and words[last] in _BEFORE_TITLE:
        after = titles.get(last + 1)
    if place is None and after is None:
        return
    fields = findings.of_mention[mention].fields
    opening = reading.opening
    if after is not None and after.cut == 0 and fields["role"] is None and not _announces(findings, after):
        fields["role"] = reading.scan.text(reading.scan.span(after.first, after.last))
        place = after
    if place is None or fields["affiliation"] is not None:
        return
    for t in range(place.first, place.last):
        name = opening.get(t)
        if name is not None and name.last <= place.last and name.label in _BODIES:
            fields["affiliation"] = findings.draft(name)
            return
