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

WATCHED: Final = 1 << 60
"""The bit, far above those of the labels, of a chunk that holds a watched word."""
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
        single: Whether it is one token that is written as it is folded.
        present: All its label bits together, and :data:`WATCHED` if one of its words is.
        word, lexeme, flags: Its first token, what the lexicon knows of it, and its label bits.
        words, lexemes, all_flags: The same for all its tokens.
        places: Where its tokens lie; empty if they follow one another without a gap, each written as it is folded.
    """

    __slots__ = ("all_flags", "flags", "lexeme", "lexemes", "places", "present", "single", "word", "words")

    def __init__(self, words: list[str], lexemes: list[Lexeme | None], flags: list[Any], places: list[Place]) -> None:
        present = 0
        for bits in flags:
            present |= bits
        self.single = len(words) == 1 and not places
        self.present = present
        self.word = words[0] if words else ""
        self.lexeme: Lexeme | None = lexemes[0] if lexemes else None
        self.flags: Any = flags[0] if flags else 0  # an object: it goes into a list without being made anew
        self.words = words
        self.lexemes = lexemes
        self.all_flags = flags
        self.places = places


class Chunks:
    """The chunk types that were read; bounded.

    Attributes:
        known: Each that is remembered.
        watched: Words of which a scan notes the tokens.
    """

    __slots__ = ("_flags", "_lexicon", "known", "watched")

    def __init__(self, lexicon: Lexicon, watched: frozenset[str]) -> None:
        self.known: dict[str, Chunk] = {}
        self.watched = watched
        self._lexicon = lexicon
        self._flags: dict[int, int] = {}

    def read(self, text: str) -> Chunk:
        """The chunk ``text``, which is not remembered yet."""
        folded = fold(text)
        tokens = tokenize(folded)
        words = tokens.words
        if len(words) == 1 and words[0] == text:
            words[0] = text  # one object for both: less to fetch from memory
        lexicon = self._lexicon
        lexemes = [lexicon[word] for word in words]
        flags = [self._shared(0 if x is None else x.flags) for x in lexemes]
        chunk = Chunk(words, lexemes, flags, _places(folded, tokens, len(text)))
        if not self.watched.isdisjoint(words):
            chunk.present |= WATCHED
        if len(text) <= LONGEST_CHUNK:
            if len(self.known) >= _MEMO_LIMIT:
                self.known.clear()
            self.known[text] = chunk
        return chunk

    def _shared(self, flags: int) -> Any:
        """The same number as an object that all chunks with these flags share."""
        return self._flags.setdefault(flags, flags)


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
