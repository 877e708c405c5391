"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

from newsextract.lexicon.chunk import Chunk, Chunks, Place, Token
from newsextract.lexicon.compiled import OPENS, Lexeme, Lexicon, Reading
from newsextract.lexicon.schema import BIT
from newsextract.span import Span, span_of
from newsextract.text.fold import fold

_NO_WORD: Final = BIT["DESIGNATOR"] | BIT["SYLLABLE"]


@final
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


@final
class Scan:
    """A scanned text. Token indices are its coordinates; :meth:`span` is the way to the source.

    Attributes:
        source: The text as given.
        words: The folded tokens (see :mod:`newsextract.text.tokens`): words, numbers, signs, newlines.
        starts: The source offsets at which the tokens start.
        lexemes: For each token what the lexicon knows of it, None for nothing.
        phrases: First token → the longest phrase of several words there; phrases do not overlap.
        flags: For each token the flags of its lexeme, and of the phrase that begins there.
        newlines: The tokens that end a line.
    """

    __slots__ = ("_bases", "_places", "_present", "_tokens", "flags", "lexemes", "newlines", "phrases", "source", "starts", "words")

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        self.source = source
        self.starts: list[int] = []
        self.newlines: list[int] = []
        self.phrases: dict[int, Phrase] = {}
        self._tokens: list[Token] = []
        self._places: dict[int, Place] = {}
        self._bases: dict[int, int] = {}
        self._present = 0
        self._read(lexicon.chunks)
        tokens = self._tokens
        self.words: list[str] = [token.word for token in tokens]
        self.lexemes: list[Lexeme | None] = [token.lexeme for token in tokens]
        self.flags: list[int] = [token.shared for token in tokens]
        self._find_phrases(lexicon.chunks)

    def _read(self, chunks: Chunks) -> None:
        """Finds the tokens, their offsets and the newlines, chunk by chunk."""
        text = self.source.replace("\n", " \n ")
        if "\r" in text:
            text = text.replace("\r \n ", " \r\n ")
        tokens, starts = self._tokens, self.starts
        known = chunks.known
        present = 0
        at = 0
        for piece in text.split(" "):
            chunk = known.get(piece)
            if chunk is None:
                chunk = chunks.read(piece)
            token = chunk.single
            if token is not None:
                tokens.append(token)
                starts.append(at)
            elif chunk.tokens:
                self._take(chunk, at)
            present |= chunk.present
            at += chunk.step
        self._present = present

    def _take(self, chunk: Chunk, at: int) -> None:
        """Adds the tokens of a chunk at the offset ``at`` that is not one token as it is written."""
        token = len(self._tokens)
        if chunk.newline:
            self.newlines.append(token)
        for offset in chunk.offsets:
            self.starts.append(at + offset)
        for place in chunk.places:
            self._places[token] = place
            self._bases[token] = at
            token += 1
        self._tokens.extend(chunk.tokens)

    def _find_phrases(self, chunks: Chunks) -> None:
        """Fills ``phrases``, from left to right."""
        tokens, words = self._tokens, self.words
        covered = 0
        for i in range(len(tokens) - 1):
            token = tokens[i]
            if not token.flags & OPENS or i < covered:
                continue
            lexeme = token.lexeme
            if lexeme is None or words[i + 1] not in lexeme.nexts:
                continue
            phrase = longest_phrase(words, i, lexeme)
            if phrase is not None:
                self.phrases[i] = phrase
                bits = phrase.lexeme.flags
                if bits & ~token.flags:
                    tokens[i] = opener = Token(token.word, lexeme, chunks.shared(token.flags | bits))
                    self.flags[i] = opener.shared
                    self._present |= bits
                covered = phrase.last

    def __len__(self) -> int:
        return len(self.words)

    def where(self, mask: int) -> list[int]:
        """The tokens whose flags share a bit with ``mask``, in order: the anchors of whoever looks for those labels."""
        if not self._present & mask:
            return []
        return [i for i, token in enumerate(self._tokens) if token.flags & mask]

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
        return span_of(start, self.end(last - 1))

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
