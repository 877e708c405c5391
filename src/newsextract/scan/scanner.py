"""The scanner: source text → :class:`Scan`, in one pass over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, final

from newsextract.lexicon.chunk import WATCHED, Chunk, Chunks, Token
from newsextract.lexicon.compiled import OPENS, Lexeme, Lexicon, Reading
from newsextract.lexicon.schema import BIT
from newsextract.span import Span
from newsextract.text.fold import fold

if TYPE_CHECKING:
    from mypy_extensions import i64

_BLOCK: Final = 8
"""Tokens whose steps are added up together."""
_EVERYDAY: Final = OPENS | sum(BIT[label] for label in ("NOUN", "FUNCTION", "VERB", "ADJECTIVE", "MASDAR", "COMPARATOR", "DESIGNATOR", "FAMILY_NAME"))
"""What most words of a text are, and nothing begins at."""
_FIGURES: Final = sum(
    BIT[label] for label in ("DIGITS", "NUMERAL", "ORDINAL", "PERCENT", "UNIT", "CURRENCY", "MONTH", "WEEKDAY", "HOLIDAY", "DATE_WORD", "MAYBE_DATE")
)
"""What numbers, amounts and dates begin at."""
_NAMES: Final = ~(_EVERYDAY | _FIGURES)
"""What all else begins at."""
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
        tokens: The same with what the lexicon knows of each.
        phrases: First token → the longest phrase of several words there; phrases do not overlap.
        newlines: The tokens that end a line.
    """

    __slots__ = ("_aligned", "_figures", "_names", "_offsets", "_present", "_starts", "_watched", "newlines", "phrases", "source", "tokens", "words")

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        self.source = source
        self.newlines: list[int] = []
        self.phrases: dict[int, Phrase] = {}
        self.tokens: list[Token] = []
        self._figures: list[int] = []
        self._names: list[int] = []
        self._offsets = [0]
        self._starts: list[int] | None = None
        self._present = 0
        self._watched: frozenset[str] = lexicon.chunks.watched
        self._aligned = True
        self._read(lexicon.chunks)
        self.words: list[str] = [token.word for token in self.tokens]
        self._find_phrases()

    def _read(self, chunks: Chunks) -> None:
        """Finds the tokens, chunk by chunk; the ends of lines are made chunks by a space on either side."""
        text = self.source.replace("\n", " \n ")
        if "\r" in text:
            text = text.replace("\r \n ", " \r\n ")
        tokens = self.tokens
        known = chunks.known
        present: i64 = 0
        for piece in text.split(" "):
            found = known.get(piece)
            if found is None:
                found = chunks.read(piece)
            if isinstance(found, Token):
                tokens.append(found)
                present |= found.flags
            else:
                self._take(found)
                present |= found.present
        self._present = present

    def _take(self, chunk: Chunk) -> None:
        """Adds the tokens of a chunk that is not one token as it is written."""
        tokens = self.tokens
        if chunk.newline:
            self.newlines.append(len(tokens))
        if not chunk.aligned:
            self._aligned = False
        if chunk.tokens:
            tokens.extend(chunk.tokens)
        elif tokens:
            tokens[-1] = tokens[-1].with_step(tokens[-1].step + chunk.step)
        else:
            self._offsets[0] += chunk.step

    def _find_phrases(self) -> None:
        """Fills ``phrases``, from left to right, and notes where what :meth:`where` is asked for may stand."""
        tokens, words, phrases = self.tokens, self.words, self.phrases
        covered = 0
        last = len(tokens) - 1
        opens: i64 = OPENS
        figures: i64 = _FIGURES
        names: i64 = _NAMES
        for i, token in enumerate(tokens):
            flags = token.flags
            lexeme = token.lexeme
            if flags & opens != 0 and i >= covered and i != last and lexeme is not None and words[i + 1] in lexeme.nexts:
                phrase = longest_phrase(words, i, lexeme)
                if phrase is not None:
                    phrases[i] = phrase
                    covered = phrase.last
                    bits: i64 = phrase.flags
                    if bits & ~flags != 0:
                        tokens[i] = token.with_flags(bits)
                        self._present |= bits
                        flags |= bits
            if flags & figures != 0:
                self._figures.append(i)
            if flags & names != 0:
                self._names.append(i)

    def __len__(self) -> int:
        return len(self.words)

    def where(self, mask: int) -> list[int]:
        """The tokens whose flags share a bit with ``mask``, in order: the anchors of whoever looks for those labels."""
        if not self._present & mask:
            return []
        wanted: i64 = mask
        tokens = self.tokens
        if wanted & ~_FIGURES == 0:
            return [i for i in self._figures if tokens[i].flags & wanted != 0]
        if wanted & ~_NAMES == 0:
            return [i for i in self._names if tokens[i].flags & wanted != 0]
        return [i for i, token in enumerate(tokens) if token.flags & wanted != 0]

    def among(self, words: frozenset[str]) -> list[int]:
        """The tokens that are one of ``words``, in order; soonest found if it is these that the lexicon watches."""
        if words is self._watched:
            return self.where(WATCHED)
        return [i for i, word in enumerate(self.words) if word in words]

    def start(self, at: int) -> int:
        """The source offset at which token ``at`` starts: the steps of all tokens before it. The sums of each few are remembered."""
        tokens, offsets = self.tokens, self._offsets
        block = at // _BLOCK
        offset: i64
        while len(offsets) <= block:
            offset = offsets[-1]
            last: i64 = len(offsets) * _BLOCK
            number: i64 = last - _BLOCK
            while number < last:
                offset += tokens[number].step
                number += 1
            offsets.append(offset)
        offset = offsets[block] + tokens[at].lead
        number = block * _BLOCK
        while number < at:
            offset += tokens[number].step
            number += 1
        return offset

    @property
    def starts(self) -> list[int]:
        """The source offsets at which the tokens start; worked out once, for those who want them all."""
        if self._starts is None:
            self._starts = [self.start(at) for at in range(len(self.tokens))]
        return self._starts

    def end(self, at: int) -> int:
        """One past the last source character of token ``at``, with the marks that it carries."""
        return self.start(at) + self.tokens[at].length

    def unknown(self, at: int) -> bool:
        """Whether no entry of one word stands at token ``at`` but what a number is called by or a syllable; a phrase may still begin there."""
        lexeme = self.tokens[at].lexeme
        return lexeme is None or lexeme.weak & ~_NO_WORD == 0

    def span(self, first: int, last: int, cut: int = 0) -> Span:
        """The source span of the tokens ``[first, last)`` without the ``cut`` letters of proclitics at their start."""
        tokens = self.tokens
        token = tokens[first]
        start: i64 = self.start(first)
        end: i64 = start + token.length
        if last - first > _BLOCK:
            end = self.end(last - 1)
        elif last > first + 1:
            end = start - token.lead
            for number in range(first, last - 1):
                end += tokens[number].step
            token = tokens[last - 1]
            end += token.lead + token.length
        if cut:
            origin = tokens[first].origin
            start += cut if origin is None else origin[cut]
        return Span(start, end)

    def last_letter(self, at: int) -> str:
        """The last character of token ``at`` as the source has it, before folding (ة or ه), a mark that it carries included."""
        return self.source[self.end(at) - 1]

    def text(self, span: Span) -> str:
        """The source text of ``span``, to the letter."""
        return self.source[span.start : span.end]

    def adjacent(self, left: int, right: int) -> bool:
        """Whether token ``right``, the next after ``left``, touches it, with no white space between."""
        return self._folded_gap(left, right) == 0

    def parted_by_one_space(self, left: int, right: int) -> bool:
        """Whether nothing but one space lies between token ``left`` and ``right``, the next."""
        return self._folded_gap(left, right) == 1

    def _folded_gap(self, left: int, right: int) -> int:
        """How many characters lie between token ``left`` and ``right``, the next, when controls are left out."""
        token = self.tokens[left]
        gap = token.step - token.lead - token.length + self.tokens[right].lead
        if self._aligned or gap <= 0:
            return gap
        end = self.end(left)
        return len(fold(self.source[end : end + gap]).text)


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
