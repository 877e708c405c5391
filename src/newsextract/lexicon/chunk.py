"""Chunks: what stands between two spaces (or is the end of a line), folded, cut into tokens and looked up once, and remembered.

Running text repeats itself: «في», «الدورة», «المتحدة.» come again and again, and each time mean the same folded words, the same lexemes
and the same label bits. So the work of every character is done once a chunk type, and a text costs one look-up a chunk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, final

from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from newsextract.lexicon.compiled import Lexeme, Lexicon

LONGEST_CHUNK: Final = 64
"""Characters of a chunk that is remembered."""
_MEMO_LIMIT: Final = 100_000
"""Chunk types remembered before the memory is emptied; bounds what an endless corpus can take."""


@final
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


@final
class Token:
    """One token of a chunk type.

    Attributes:
        word: The folded form.
        lexeme: What the lexicon knows of it.
        flags: The label bits of the lexeme.
        shared: The same number as an object, which all tokens with these flags share: it goes into a list without being made anew.
    """

    __slots__ = ("flags", "lexeme", "shared", "word")

    def __init__(self, word: str, lexeme: Lexeme | None, shared: Any) -> None:
        self.word = word
        self.lexeme = lexeme
        self.flags: int = shared
        self.shared = shared


@final
class Chunk:
    """One chunk type.

    Attributes:
        single: Its only token, if it is written as it is folded; else None.
        tokens: All its tokens.
        offsets: Where they start, counted from the start of the chunk.
        places: Where they lie; empty if they follow one another without a gap, each written as it is folded.
        present: All its label bits together.
        step: From its start to that of the next chunk.
        newline: Whether it is the end of a line.
    """

    __slots__ = ("newline", "offsets", "places", "present", "single", "step", "tokens")

    def __init__(self, text: str, tokens: list[Token], offsets: list[int], places: list[Place]) -> None:
        present = 0
        for token in tokens:
            present |= token.flags
        self.newline = text.endswith("\n")
        self.single: Token | None = tokens[0] if len(tokens) == 1 and not places and not self.newline else None
        self.tokens = tokens
        self.offsets = offsets
        self.places = places
        self.present = present
        self.step = len(text) + 1
        if self.newline:  # the two spaces around it are not the text's
            self.step -= 2
            self.offsets = [len(text) - 2]
            self.places = []


@final
class Chunks:
    """The chunk types that were read; bounded.

    Attributes:
        known: Each that is remembered.
    """

    __slots__ = ("_flags", "_lexicon", "known")

    def __init__(self, lexicon: Lexicon) -> None:
        self.known: dict[str, Chunk] = {}
        self._lexicon = lexicon
        self._flags: dict[int, int] = {}

    def read(self, text: str) -> Chunk:
        """The chunk ``text``, which is not remembered yet."""
        folded = fold(text)
        cut = tokenize(folded)
        words = cut.words
        if len(words) == 1 and words[0] == text:
            words[0] = text  # one object for both: less to fetch from memory
        tokens: list[Token] = []
        for word in words:
            lexeme = self._lexicon[word]
            tokens.append(Token(word, lexeme, self.shared(0 if lexeme is None else lexeme.flags)))
        origin = folded.origin
        offsets = cut.starts if origin is None else [origin[start] for start in cut.starts]
        chunk = Chunk(text, tokens, offsets, _places(folded, cut, len(text)))
        if len(text) <= LONGEST_CHUNK:
            if len(self.known) >= _MEMO_LIMIT:
                self.known.clear()
            self.known[text] = chunk
        return chunk

    def shared(self, flags: int) -> Any:
        """The same number as an object that all tokens with these flags share."""
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
