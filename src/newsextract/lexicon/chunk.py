"""Chunks: what stands between two spaces, folded, cut into tokens and looked up once, and remembered.

Running text repeats itself: «في», «الدورة», «المتحدة.» come again and again, and each time mean the same folded words, the same lexemes
and the same label bits. So the work of every character is done once a chunk type, and a text costs one look-up a chunk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from newsextract.lexicon.compiled import Lexeme, Lexicon

LONGEST_CHUNK: Final = 64
"""Characters of a chunk that is remembered."""
_MEMO_LIMIT: Final = 100_000
"""Chunk types remembered before the memory is emptied; bounds what an endless corpus can take."""


class Place:
    """Where a token lies that is not written as it is folded: the tokens of a chunk with tatweel, harakat, controls or ligatures.

    Attributes:
        origin: The offset in the chunk of the source character of each folded one.
        end: One past its last source character, with the marks that it carries.
        touches: Whether no white space parts it from the token before.
    """

    __slots__ = ("end", "origin", "touches")

    def __init__(self, origin: list[int], end: int, touches: bool) -> None:
        self.origin = origin
        self.end = end
        self.touches = touches


class Chunk:
    """One chunk type.

    Attributes:
        word, lexeme, flags: Its one token, what the lexicon knows of it, and its label bits, if it is one token that is written as it is folded.
        single: Whether it is.
        words, lexemes, all_flags: The same for all its tokens, if there are none or several.
        present: All label bits together.
        places: Where its tokens lie; empty if they follow one another without a gap, each written as it is folded.
    """

    __slots__ = ("all_flags", "flags", "lexeme", "lexemes", "places", "present", "single", "word", "words")

    def __init__(self, words: list[str], lexemes: list[Lexeme | None], places: list[Place]) -> None:
        self.words = words
        self.lexemes = lexemes
        self.places = places
        self.all_flags: list[int] = [0 if x is None else x.flags for x in lexemes]
        present = 0
        for flags in self.all_flags:
            present |= flags
        self.present = present
        self.single = len(words) == 1 and not places
        self.word = words[0] if words else ""
        self.lexeme: Lexeme | None = lexemes[0] if lexemes else None
        self.flags: Any = present  # an object: appended to a list without being made anew


class Chunks(dict[str, Chunk]):
    """Chunk type → chunk; bounded."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def read(self, text: str) -> Chunk:
        """The chunk ``text``, which is not remembered yet."""
        folded = fold(text)
        tokens = tokenize(folded)
        lexicon = self._lexicon
        lexemes = [lexicon[word] for word in tokens.words]
        chunk = Chunk(tokens.words, lexemes, _places(folded, tokens, len(text)))
        if len(text) <= LONGEST_CHUNK:
            if len(self) >= _MEMO_LIMIT:
                self.clear()
            self[text] = chunk
        return chunk


def _places(folded: Folded, tokens: Tokens, size: int) -> list[Place]:
    """The places of the tokens; none if all are written as they are folded and there is no white space."""
    starts, ends, origin = tokens.starts, tokens.ends, folded.origin
    if origin is None and sum(ends) - sum(starts) == size:
        return []
    out: list[Place] = []
    before = -1
    for start, end in zip(starts, ends, strict=True):
        known = list(range(start, end)) if origin is None else origin[start:end]
        out.append(Place(known, folded.to_source(end - 1, end).end, start == before))
        before = end
    return out
