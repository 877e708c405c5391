"""Facts in the making: plain, linkable, without ids. The record layer numbers and validates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from newsextract.facts.outline import Outline, outline
from newsextract.facts.pattern import Match
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.reading import Reading
from newsextract.span import Span

_FEW: Final = 8
"""Spans up to which a list is searched sooner than a set is made."""


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

    __slots__ = ("_seen", "confidence", "fields", "found_by", "id", "key", "kind", "spans")

    def __init__(self, kind: str, key: str, fields: dict[str, Any], spans: list[Span], found_by: str, confidence: float) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.spans = spans
        self.found_by = found_by
        self.confidence = confidence
        self.id = ""
        self._seen: set[Span] | None = None

    def add(self, span: Span) -> None:
        """Adds evidence, once."""
        spans = self.spans
        if len(spans) > _FEW:
            if self._seen is None or len(self._seen) != len(spans):
                self._seen = set(spans)
            if span in self._seen:
                return
            self._seen.add(span)
        elif span in spans:
            return
        spans.append(span)


class Findings:
    """What the fact builders share: the reading, the rules that fitted, and the drafts made so far.

    Attributes:
        reading: The text as it was read.
        matches: Rule id → its matches.
        drafts: Kind → drafts in the order they were made.
        of_mention: ``id(mention)`` → the draft that it became part of.
        outline: Where headline, dateline and lead lie.
    """

    __slots__ = ("_by_label", "_where", "drafts", "matches", "of_mention", "outline", "published", "reading", "warnings")

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
        themes = self.matches.get("events.theme")
        if themes:
            # what a theme speaks of takes no part in the event
            inside = {t for match in themes for t in range(*match.ranges["theme"])}
            reading.names = [m for m in reading.names if m.first not in inside]
        by_label: dict[str, list[tuple[Mention, NameValue]]] = {}
        for mention in reading.names:
            by_label.setdefault(mention.label, []).append((mention, cast(NameValue, mention.value)))
        self._by_label = by_label
        self._where: dict[int, list[int]] = {}

    def where(self, mask: int) -> list[int]:
        """The tokens with a bit of ``mask`` (:meth:`Scan.where`), looked up once."""
        found = self._where.get(mask)
        if found is None:
            found = self._where[mask] = self.reading.scan.where(mask)
        return found

    def made(self, kind: str) -> list[Draft]:
        """The drafts of ``kind``; empty if none were made."""
        return self.drafts.get(kind, [])

    def draft(self, mention: Mention) -> Draft | None:
        """The draft that ``mention`` belongs to."""
        return self.of_mention.get(id(mention))

    def names(self, label: str) -> list[tuple[Mention, NameValue]]:
        """The name mentions with ``label``, with their values, in text order."""
        return self._by_label.get(label, [])
