"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsextract.lexicon.chunk import WATCHED, Chunk, Chunks, Place
from newsextract.lexicon.compiled import OPENS, Lexeme, Lexicon, Reading
from newsextract.lexicon.schema import BIT
from newsextract.span import Span
from newsextract.text.fold import fold

_NO_WORD: Final = BIT["DESIGNATOR"] | BIT["SYLLABLE"]
_NOTED: Final = OPENS | WATCHED


class Phrase:
    """An entry of several words found at the tokens ``[first, last)``; all readings of ``lexeme`` stand for the same range.

    Attributes:
        first, last: The tokens.
        lexeme: What the phrase is.
        flags, readings: Those of the lexeme.
    """

    __slots__ = ("first", "flags", "last", "lexeme", "readings")

    def __init__(self, first: int, last: int, lexeme: Lexeme) -> None:
        self.first = first
        self.last = last
        self.lexeme = lexeme
        self.flags = lexeme.flags
        self.readings = lexeme.readings

    def sense(self, label: str) -> Reading | None:
        """The first reading with ``label``, or None."""
        return self.lexeme.sense(label)


class Scan:
    """A scanned text. Token indices are its coordinates; :meth:`span` is the way to the source.

    Attributes:
        source: The text as given.
        words: The folded tokens (see :mod:`newsextract.text.tokens`): words, numbers, signs, newlines.
        starts: The source offsets at which the tokens start.
        lexemes: For each token what the lexicon knows of it, None for nothing.
        phrases: First token → the longest phrase of several words there; phrases do not overlap.
        flags: For each token the flags of its lexeme, and of the phrase that begins there.
    """

    __slots__ = ("_bases", "_places", "_present", "_watched", "_watching", "flags", "lexemes", "phrases", "source", "starts", "words")

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        self.source = source
        self.words: list[str] = []
        self.starts: list[int] = []
        self.lexemes: list[Lexeme | None] = []
        self.flags: list[int] = []
        self.phrases: dict[int, Phrase] = {}
        self._places: dict[int, Place] = {}
        self._bases: dict[int, int] = {}
        self._present = 0
        self._watching: frozenset[str] = lexicon.chunks.watched
        self._watched: list[int] = []
        self._find_phrases(self._read(lexicon.chunks))

    def _read(self, chunks: Chunks) -> list[int]:
        """Fills the lists, chunk by chunk; returns the tokens that may open a phrase."""
        words, starts, lexemes, flags = self.words, self.starts, self.lexemes, self.flags
        known = chunks.known
        openers: list[int] = []
        present = 0
        at = 0
        for line in self.source.split("\n"):
            if at:
                words.append("\n")
                starts.append(at - 1)
                lexemes.append(None)
                flags.append(0)
            end = at + len(line)
            if line.endswith("\r") and end < len(self.source):
                line = line[:-1]
            for text in line.split(" "):
                if text:
                    chunk = known.get(text)
                    if chunk is None:
                        chunk = chunks.read(text)
                    bits = chunk.present
                    present |= bits
                    if chunk.single:
                        if bits & _NOTED:
                            if bits & OPENS:
                                openers.append(len(words))
                            if bits & WATCHED:
                                self._watched.append(len(words))
                        words.append(chunk.word)
                        starts.append(at)
                        lexemes.append(chunk.lexeme)
                        flags.append(chunk.flags)
                    else:
                        self._take(chunk, at, openers)
                at += len(text) + 1
            at = end + 1
        self._present = present
        return openers

    def _take(self, chunk: Chunk, at: int, openers: list[int]) -> None:
        """Adds the tokens of a chunk at the offset ``at`` that is not one token as it is written."""
        token = len(self.words)
        if chunk.present & OPENS:
            for number, flags in enumerate(chunk.all_flags):
                if flags & OPENS:
                    openers.append(token + number)
        if chunk.present & WATCHED:
            for number, word in enumerate(chunk.words):
                if word in self._watching:
                    self._watched.append(token + number)
        if not chunk.places:
            start = at
            for word in chunk.words:
                self.starts.append(start)
                start += len(word)
        for place in chunk.places:
            self.starts.append(at + place.origin[0])
            self._places[token] = place
            self._bases[token] = at
            token += 1
        self.words.extend(chunk.words)
        self.lexemes.extend(chunk.lexemes)
        self.flags.extend(chunk.all_flags)

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
                bits = phrase.lexeme.flags
                self.flags[i] |= bits
                self._present |= bits
                covered = phrase.last

    def __len__(self) -> int:
        return len(self.words)

    def where(self, mask: int) -> list[int]:
        """The tokens whose flags share a bit with ``mask``, in order: the anchors of whoever looks for those labels."""
        if not self._present & mask:
            return []
        return [i for i, flags in enumerate(self.flags) if flags & mask]

    def among(self, words: frozenset[str]) -> list[int]:
        """The tokens that are one of ``words``, in order: noted on the way if it is these that the lexicon watches, else looked for."""
        if words is self._watching:
            return self._watched
        return [i for i, word in enumerate(self.words) if word in words]

    def end(self, at: int) -> int:
        """One past the last source character of token ``at``, with the marks that it carries."""
        place = self._places.get(at) if self._places else None
        return self.starts[at] + len(self.words[at]) if place is None else self._bases[at] + place.end

    def unknown(self, at: int) -> bool:
        """Whether no entry of one word stands at token ``at`` but what a number is called by or a syllable; a phrase may still begin there."""
        lexeme = self.lexemes[at]
        return lexeme is None or lexeme.weak & ~_NO_WORD == 0

    def span(self, first: int, last: int, cut: int = 0) -> Span:
        """The source span of the tokens ``[first, last)`` without the ``cut`` letters of proclitics at their start."""
        start = self.starts[first]
        if cut:
            place = self._places.get(first)
            start = start + cut if place is None else self._bases[first] + place.origin[cut]
        return Span(start, self.end(last - 1))

    def last_letter(self, at: int) -> str:
        """The last character of token ``at`` as the source has it, before folding (ة or ه), a mark that it carries included."""
        return self.source[self.end(at) - 1]

    def text(self, span: Span) -> str:
        """The source text of ``span``, to the letter."""
        return self.source[span.start : span.end]

    def adjacent(self, left: int, right: int) -> bool:
        """Whether token ``right``, the next after ``left``, touches it, with no white space between."""
        if not self._places:
            return self.starts[right] == self.starts[left] + len(self.words[left])
        place = self._places.get(right)
        if place is not None and self._bases.get(left) == self._bases[right]:
            return place.touches
        return self._folded_gap(left, right) == 0

    def parted_by_one_space(self, left: int, right: int) -> bool:
        """Whether nothing but one space lies between token ``left`` and ``right``, the next."""
        return self._folded_gap(left, right) == 1

    def _folded_gap(self, left: int, right: int) -> int:
        """How many characters lie between token ``left`` and ``right``, the next, when controls are left out."""
        start, end = self.end(left), self.starts[right]
        return len(fold(self.source[start:end]).text) if self._places and start < end else end - start


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
