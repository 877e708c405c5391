"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from typing import NamedTuple

from newsextract.lexicon.compiled import Lexeme, Lexicon, Node, Reading
from newsextract.lexicon.schema import BIT
from newsextract.span import Span
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import tokenize


class Phrase(NamedTuple):
    """An entry of several words found at the tokens ``[first, last)``; ``readings`` all stand for the same range."""

    first: int
    last: int
    flags: int
    readings: tuple[Reading, ...]

    def sense(self, label: str) -> Reading | None:
        """The first reading with ``label``, or None."""
        for reading in self.readings:
            if reading.sense.entry.label == label:
                return reading
        return None


class Scan:
    """A scanned text. Token indices are its coordinates; :meth:`span` is the way to the source.

    Attributes:
        source: The text as given.
        words: The folded tokens (see :mod:`newsextract.text.tokens`): words, numbers, signs, newlines.
        starts, ends: Folded offsets of the tokens.
        lexemes: For each token what the lexicon knows of it, None for nothing.
        phrases: First token → the longest phrase of several words there; phrases do not overlap.
        flags: For each token the label bits of its lexeme, and of the phrase that begins there.
    """

    __slots__ = ("ends", "flags", "folded", "lexemes", "phrases", "source", "starts", "words")

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        folded = fold(source)
        tokens = tokenize(folded)
        words = tokens.words
        self.source = source
        self.folded: Folded = folded
        self.words: list[str] = words
        self.starts: list[int] = tokens.starts
        self.ends: list[int] = tokens.ends
        lexemes: list[Lexeme | None] = [lexicon[w] for w in words]
        self.lexemes = lexemes
        flags = [0 if x is None else x.flags for x in lexemes]
        phrases: dict[int, Phrase] = {}
        covered = 0
        for i, lexeme in enumerate(lexemes):
            if lexeme is None or not lexeme.multi or i < covered:
                continue
            phrase = _longest(words, i, lexeme)
            if phrase is not None:
                phrases[i] = phrase
                flags[i] |= phrase.flags
                covered = phrase.last
        self.phrases = phrases
        self.flags: list[int] = flags

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int, cut: int = 0) -> Span:
        """The source span of the tokens ``[first, last)`` without the ``cut`` letters of proclitics at their start."""
        return self.folded.to_source(self.starts[first] + cut, self.ends[last - 1])

    def text(self, span: Span) -> str:
        """The source text of ``span``, to the letter."""
        return self.source[span.start : span.end]

    def adjacent(self, left: int, right: int) -> bool:
        """Whether tokens ``left`` and ``right`` touch, with no white space between."""
        return self.ends[left] == self.starts[right]


def _longest(words: list[str], first: int, lexeme: Lexeme) -> Phrase | None:
    """The longest phrase of two or more words that begins at ``first``."""
    best: Phrase | None = None
    size = len(words)
    for cut, needed, root in lexeme.multi:
        node: Node | None = root
        at = first + 1
        while node is not None and node.next is not None and at < size:
            node = node.next.get(words[at])
            at += 1
            if node is None or not node.senses or (best is not None and at <= best.last):
                continue
            readings = tuple(Reading(cut, s) for s in reversed(node.senses) if needed & ~s.clitics == 0)
            if readings:
                flags = 0
                for reading in readings:
                    flags |= BIT[reading.sense.entry.label]
                best = Phrase(first, at, flags, readings)
    return best
