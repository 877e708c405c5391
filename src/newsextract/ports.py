"""Ports: the protocols behind which heavy models stand. Batch in, batch out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from newsextract.span import Span


class Entity(NamedTuple):
    """A name that a tagger found.

    Attributes:
        span: Code points of the text that was tagged; proclitic letters that can be parted from the name stay outside.
        label: ``PERSON``, ``INSTITUTION``, ``PLACE`` or ``MISC``; a tagger with labels of its own that are none of these gives them as they are.
        score: How sure the tagger is, 0 to 1.
    """

    span: Span
    label: str
    score: float


@runtime_checkable
class EntityTagger(Protocol):
    """Finds names in whole documents."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it may give."""

    def tag(self, texts: Sequence[str]) -> list[list[Entity]]:
        """The entities of each text, in text order and without overlaps; what is found in one text never depends on the others."""

    def tag_tokens(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """A BIO tag (``B-PERSON``, ``I-PERSON``, …, ``O``) for each token of one document that is given as sentences of tokens."""


class TokenEntity(NamedTuple):
    """A name that a tagger found among folded tokens: ``[first, last)``, ``cut`` letters of proclitics before it, label and score."""

    first: int
    last: int
    cut: int
    label: str
    score: float


@runtime_checkable
class FoldedTagger(Protocol):
    """A tagger that takes the folded tokens of the scan as they are, so that a text need not be read twice."""

    def tag_folded(self, documents: Sequence[Sequence[str]]) -> list[list[TokenEntity]]:
        """The entities among the tokens of each document, in order and without overlaps; one document never depends on the others."""


@runtime_checkable
class MorphAnalyser(Protocol):
    """Finds the dictionary forms of words."""

    def lemmas(self, words: Sequence[str]) -> list[str | None]:
        """The singular that each written form goes back to («شهود» to شاهد), without diacritics; None for a form that it does not know as a noun."""
