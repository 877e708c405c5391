"""Chunks: what stands between two spaces (or is the end of a line), folded, cut into tokens and looked up once, and remembered.

Running text repeats itself: «في», «الدورة», «المتحدة.» come again and again, and each time mean the same folded words, the same lexemes
and the same label bits. So the work of every character is done once a chunk type, and a text costs one look-up a chunk.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, final

from newsextract.lexicon.memory import remember
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from mypy_extensions import i64  # a number of the machine, in annotations alone: it is not imported where the package runs

    from newsextract.lexicon.compiled import Lexeme, Lexicon

WATCHED: Final = 1 << 60
"""The bit, far above those of the labels, of a token whose word is watched."""
LONGEST_CHUNK: Final = 64
"""Characters of a chunk that is remembered."""
_MEMO_LIMIT: Final = 100_000
"""Chunk types remembered before the memory is emptied; bounds what an endless corpus can take."""

_TATWEEL: Final = "\u0640"
_MARK: Final = "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08ff]"
_STANDING: Final = re.compile(rf"(?<![^\W\d_])(?<!{_MARK})\u0640(?=\u0640*(?![^\W\d_]|{_MARK}))")


def dashed(text: str) -> str:
    """``text`` with a dash for each tatweel (or run of them) that lengthens no letter, as newspapers use it: «8 ـ 10», «3ـ5», «الرياض ـ واس»."""
    return _STANDING.sub("-", text) if _TATWEEL in text else text


@final
class Token:
    """One token of a chunk type.

    Offsets are found by adding up steps, where they are asked for: a token starts ``lead`` after the steps of those before it.

    Attributes:
        word: The folded form.
        lexeme: What the lexicon knows of it.
        flags: Its label bits, those of the lexeme and of the phrase that begins here, and :data:`WATCHED` if its word is watched.
        lead: What stands before it that belongs to no token (a control), if it is the first of its chunk; −1 for a newline.
        step: What it adds to the offsets of those after it: up to the next token, or past the space after the chunk.
        length: Of it in the source, with the marks that it carries.
        origin: The offset from its start of the source character of each folded one; None if it is written as it is folded.
        shape: Its grammatical shape (:class:`~newsextract.lexicon.shape.Shapes`), −1 as long as nobody asked.
    """

    __slots__ = ("flags", "lead", "length", "lexeme", "origin", "shape", "step", "word")

    def __init__(self, word: str, lexeme: Lexeme | None, flags: i64, lead: i64, step: i64, length: i64, origin: list[int] | None, shape: i64 = -1) -> None:
        self.word = word
        self.lexeme = lexeme
        self.flags = flags
        self.lead = lead
        self.step = step
        self.length = length
        self.origin = origin
        self.shape = shape

    def with_flags(self, bits: i64) -> Token:
        """The same where a phrase of these flags begins."""
        return Token(self.word, self.lexeme, self.flags | bits, self.lead, self.step, self.length, self.origin, self.shape)

    def with_step(self, step: i64) -> Token:
        """The same where more spaces follow."""
        return Token(self.word, self.lexeme, self.flags, self.lead, step, self.length, self.origin, self.shape)


@final
class Chunk:
    """A chunk type that is not just one token, written as it is folded.

    Attributes:
        tokens: Its tokens.
        present: All their flags together.
        step: Its characters and the space after it.
        newline: Whether it is the end of a line.
        aligned: Whether all is written as it is folded.
    """

    __slots__ = ("aligned", "newline", "present", "step", "tokens")

    def __init__(self, tokens: list[Token], step: i64, newline: bool, aligned: bool) -> None:
        present: i64 = 0
        for token in tokens:
            present |= token.flags
        self.tokens = tokens
        self.present = present
        self.step = step
        self.newline = newline
        self.aligned = aligned


@final
class Chunks:
    """The chunk types that were read; bounded.

    Attributes:
        known: Each that is remembered: its only token, if it has one and that is written as it is folded; else the chunk.
        watched: Words of which a scan finds the tokens quickly.
    """

    __slots__ = ("_lexicon", "known", "watched")

    def __init__(self, lexicon: Lexicon, watched: frozenset[str]) -> None:
        self.known: dict[str, Token | Chunk] = {}
        self.watched = watched
        self._lexicon = lexicon

    def read(self, text: str) -> Token | Chunk:
        """The chunk ``text``, which is not remembered yet."""
        folded = fold(dashed(text))
        cut = tokenize(folded)
        if len(cut) == 1 and cut.words[0] == text:
            cut.words[0] = text  # one object for both: less to fetch from memory
        newline = text.endswith("\n")
        step = len(text) + 1
        aligned = newline or (folded.origin is None and sum(cut.ends) - sum(cut.starts) == len(text))
        tokens = self._newline(step) if newline else self._tokens(folded, cut, step, aligned)
        chunk = tokens[0] if len(tokens) == 1 and aligned and not newline else Chunk(tokens, step, newline, aligned)
        if len(text) <= LONGEST_CHUNK:
            remember(self.known, text, chunk, _MEMO_LIMIT)
        return chunk

    def _newline(self, step: int) -> list[Token]:
        """The token of an end of line, ``\\n`` or ``\\r\\n``: the two spaces around it are not the text's."""
        return [Token("\n", self._lexicon["\n"], 0, step - 3, step - 2, 1, None)]

    def _tokens(self, folded: Folded, cut: Tokens, step: int, aligned: bool) -> list[Token]:
        """The tokens of a chunk."""
        out: list[Token] = []
        origin = folded.origin
        at = 0
        for number, word in enumerate(cut.words):
            first, end = cut.starts[number], cut.ends[number]
            start = first if origin is None else origin[first]
            after = step
            if number + 1 < len(cut):
                after = cut.starts[number + 1]
                after = after if origin is None else origin[after]
            lexeme = self._lexicon[word]
            flags = 0 if lexeme is None else lexeme.flags
            places = None if aligned else [(i if origin is None else origin[i]) - start for i in range(first, end)]
            length = len(word) if aligned else folded.to_source(end - 1, end).end - start
            if word in self.watched:
                flags |= WATCHED
            out.append(Token(word, lexeme, flags, start - at, after - at, length, places))
            at = after
        return out
