"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsextract.lexicon.compiled import Lexeme, Lexicon, Node, Reading
from newsextract.span import Span
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import tokenize


class Phrase(NamedTuple):
    """An entry of several words found at the tokens ``[first, last)``; all readings of ``lexeme`` stand for the same range."""

    first: int
    last: int
    lexeme: Lexeme

    @property
    def flags(self) -> int:
        """The label bits of the phrase."""
        return self.lexeme.flags

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Its readings."""
        return self.lexeme.readings

    def sense(self, label: str) -> Reading | None:
        """The first reading with ``label``, or None."""
        return self.lexeme.sense(label)


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

    __slots__ = ("_array", "ends", "flags", "folded", "lexemes", "phrases", "source", "starts", "words")

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
        for i, (lexeme, following) in enumerate(zip(lexemes, words[1:], strict=False)):
            if lexeme is None or following not in lexeme.nexts or i < covered:
                continue
            phrase = _longest(words, i, lexeme)
            if phrase is not None:
                phrases[i] = phrase
                flags[i] |= phrase.lexeme.flags
                covered = phrase.last
        self.phrases = phrases
        self.flags: list[int] = flags
        self._array: npt.NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.words)

    def where(self, mask: int) -> list[int]:
        """The tokens whose flags share a bit with ``mask``, in order: the anchors of whoever looks for those labels."""
        if self._array is None:
            self._array = np.array(self.flags, dtype=np.int64)
        return np.flatnonzero(self._array & mask).tolist()

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
            found = node.lexeme(cut, needed)
            if found.readings:
                best = Phrase(first, at, found)
    return best
