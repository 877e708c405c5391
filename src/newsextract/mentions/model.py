"""The mention: what was read at one place of the text."""

from __future__ import annotations

from typing import Any, Protocol

from newsextract.span import Span


class Value(Protocol):
    """What a mention means. Values are immutable and know how they look in the public contract."""

    def fields(self) -> dict[str, Any]:
        """The label's fields of ``contract: mentions`` (``value``, ``date_start``, …), JSON types only."""
        ...


class Mention:
    """One reading in the text.

    Attributes:
        label: A label of the public contract (``NUMBER``, ``DATE``, ``INSTITUTION``, …).
        first, last: The token range ``[first, last)`` in the scan.
        span: The same in the source, without proclitics.
        value: The typed value.
        found_by: The rule or lexicon that found it (``rule:numbers.cardinal``, ``gazetteer:places``).
        confidence: 0–1.
        text: The source text of ``span``, to the letter.
    """

    __slots__ = ("confidence", "first", "found_by", "label", "last", "span", "text", "value")

    def __init__(
        self,
        label: str,
        first: int,
        last: int,
        span: Span,
        value: Value,
        found_by: str,
        confidence: float,
        text: str,
    ) -> None:
        self.label = label
        self.first = first
        self.last = last
        self.span = span
        self.value = value
        self.found_by = found_by
        self.confidence = confidence
        self.text = text

    def to_json(self) -> dict[str, Any]:
        """The mention as the public contract writes it."""
        return {
            "label": self.label,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            **self.value.fields(),
            "found_by": self.found_by,
            "confidence": self.confidence,
        }
