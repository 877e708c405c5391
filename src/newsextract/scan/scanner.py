"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from newsextract.lexicon.compiled import OPENS, Lexeme, Lexicon, Reading
from newsextract.lexicon.schema import BIT
from newsextract.span import Span
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import tokenize


_DESIGNATOR: Final = BIT["DESIGNATOR"]


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
        flags: For each token the flags of its lexeme, and of the phrase that begins there.
    """

    __slots__ = ("_array", "_present", "ends", "flags", "folded", "lexemes", "phrases", "source", "starts", "words")

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        folded = fold(source)
        tokens = tokenize(folded)
        words = tokens.words
        self.source = source
        self.folded: Folded = folded
        self.words: list[str] = words
        self.starts: list[int] = tokens.starts
        self.ends: list[int] = tokens.ends
        lexemes: list[Lexeme | None] = list(map(lexicon.__getitem__, words))
        flags: list[int] = [0 if x is None else x.flags for x in lexemes]
        array = np.array(flags, dtype=np.int64)
        self.lexemes = lexemes
        self.flags = flags
        self.phrases: dict[int, Phrase] = {}
        self._array: npt.NDArray[np.int64] = array
        self._find_phrases((array & OPENS).nonzero()[0].tolist())
        self._present = int(np.bitwise_or.reduce(array))

    def _find_phrases(self, openers: list[int]) -> None:
        """Fills ``phrases``, from left to right, from the tokens that may open one."""
        words, lexemes = self.words, self.lexemes
        covered = 0
        last = len(words) - 1
        for i in openers:
            lexeme = lexemes[i]
            if i < covered or i == last or lexeme is None or words[i + 1] not in lexeme.nexts:
                continue
            phrase = longest_phrase(words, i, lexeme)
            if phrase is not None:
                self.phrases[i] = phrase
                self.flags[i] |= phrase.lexeme.flags
                self._array[i] = self.flags[i]
                covered = phrase.last

    def __len__(self) -> int:
        return len(self.words)

    def where(self, mask: int) -> list[int]:
        """The tokens whose flags share a bit with ``mask``, in order: the anchors of whoever looks for those labels."""
        if not self._present & mask:
            return []
        return (self._array & mask).nonzero()[0].tolist()

    def unknown(self, at: int) -> bool:
        """Whether no entry of one word stands at token ``at`` but what a number is called by; a phrase may still begin there."""
        lexeme = self.lexemes[at]
        return lexeme is None or lexeme.weak & ~_DESIGNATOR == 0

    def span(self, first: int, last: int, cut: int = 0) -> Span:
        """The source span of the tokens ``[first, last)`` without the ``cut`` letters of proclitics at their start."""
        return self.folded.to_source(self.starts[first] + cut, self.ends[last - 1])

    def last_letter(self, at: int) -> str:
        """The last character of token ``at`` as the source has it, before folding (ة or ه), a mark that it carries included."""
        end = self.ends[at]
        return self.source[self.folded.to_source(end - 1, end).end - 1]

    def text(self, span: Span) -> str:
        """The source text of ``span``, to the letter."""
        return self.source[span.start : span.end]

    def adjacent(self, left: int, right: int) -> bool:
        """Whether tokens ``left`` and ``right`` touch, with no white space between."""
        return self.ends[left] == self.starts[right]


def longest_phrase(words: Sequence[str], first: int, lexeme: Lexeme) -> Phrase | None:
    """The longest phrase of two or more words that begins at ``first``."""
    found: Lexeme | None = None
    last = 0
    size = len(words)
    for cut, needed, root in lexeme.multi:
        level = root.next
        at = first + 1
        while level is not None and at < size:
            node = level.get(words[at])
            if node is None:
                break
            at += 1
            if node.senses and at > last:
                known = node.lexeme(cut, needed)
                if known.readings:
                    found, last = known, at
            level = node.next
    return None if found is None else Phrase(first, last, found)
