"""Facts in the making: plain, linkable, without ids. The record layer numbers and validates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsextract.facts.outline import Outline, outline
from newsextract.facts.pattern import Match
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.reading import Reading
from newsextract.span import Span


class Draft:
    """One fact before it has an id.

    Attributes:
        kind: The record's list it belongs to (``people``, ``events``, …).
        fields: Its own fields by their public names; a value may be another draft (or a list of them), which becomes its id.
        spans: Its evidence in the source.
        found_by, confidence: Provenance.
        id: Given when the record is assembled.
        key: What links further mentions to it.
    """

    __slots__ = ("confidence", "fields", "found_by", "id", "key", "kind", "spans")

    def __init__(self, kind: str, key: str, fields: dict[str, Any], spans: list[Span], found_by: str, confidence: float) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.spans = spans
        self.found_by = found_by
        self.confidence = confidence
        self.id = ""

    def add(self, span: Span) -> None:
        """Adds evidence, once."""
        if span not in self.spans:
            self.spans.append(span)


class Findings:
    """What the fact builders share: the reading, the rules that fitted, and the drafts made so far.

    Attributes:
        reading: The text as it was read.
        matches: Rule id → its matches.
        drafts: Kind → drafts in the order they were made.
        of_mention: ``id(mention)`` → the draft that it became part of.
        outline: Where headline, dateline and lead lie.
    """

    __slots__ = ("_by_label", "drafts", "matches", "of_mention", "outline", "published", "reading", "warnings")

    def __init__(self, reading: Reading, matches: Iterable[Match]) -> None:
        self.reading = reading
        self.matches: dict[str, list[Match]] = {}
        for match in matches:
            self.matches.setdefault(match.rule.id, []).append(match)
        self.drafts: dict[str, list[Draft]] = {}
        self.of_mention: dict[int, Draft] = {}
        self.published: Any = None
        self.warnings: list[str] = []
        self.outline: Outline = outline(reading.scan, reading.zones)
        quoted = [match.ranges["theme"] for match in self.matches.get("events.theme", ())]
        if quoted:
            # what a theme speaks of takes no part in the event
            reading.names = [m for m in reading.names if not any(a <= m.first < b for a, b in quoted)]
        self._by_label: dict[str, list[tuple[Mention, NameValue]]] = {}
        for mention in reading.names:
            value = mention.value
            if isinstance(value, NameValue):
                self._by_label.setdefault(mention.label, []).append((mention, value))

    def made(self, kind: str) -> list[Draft]:
        """The drafts of ``kind``; empty if none were made."""
        return self.drafts.get(kind, [])

    def draft(self, mention: Mention) -> Draft | None:
        """The draft that ``mention`` belongs to."""
        return self.of_mention.get(id(mention))

    def names(self, label: str) -> list[tuple[Mention, NameValue]]:
        """The name mentions with ``label``, with their values, in text order."""
        return self._by_label.get(label, [])
