"""From tags of tokens to spans of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from newsextract.ports import Entity, TokenEntity
from newsextract.tagger.bio import ranges
from newsextract.tagger.proclitics import Proclitics
from newsextract.text.fold import Folded
from newsextract.text.tokens import Tokens

_STOPS: Final = frozenset(".!؟?…\n")
Score: TypeAlias = Callable[[int, int, str], float]
"""First and last token within a sentence (half open) and label → how sure the name is."""
LONGEST_SENTENCE: Final = 200
"""Tokens after which a sentence is cut, so that text without stops costs no more than other text."""


def sentence_ranges(words: list[str]) -> list[tuple[int, int]]:
    """The sentences of a text's tokens as ranges; newlines belong to none, long ones are cut at :data:`LONGEST_SENTENCE` tokens."""
    out: list[tuple[int, int]] = []
    first = 0
    for at in [*[at for at, word in enumerate(words) if word in _STOPS], len(words)]:
        last = at if at == len(words) or words[at] == "\n" else at + 1
        out.extend((a, min(a + LONGEST_SENTENCE, last)) for a in range(first, last, LONGEST_SENTENCE))
        first = at + 1
    return out


def token_entities(words: list[str], offset: int, tags: list[str], proclitics: Proclitics, score: Score) -> list[TokenEntity]:
    """The entities of a sentence, in tokens. The arguments are those of :func:`entities`; ``words`` are the text's."""
    return [
        TokenEntity(offset + first, offset + last, proclitics.cut(words[offset + first]), label, score(first, last, label))
        for first, last, label in ranges(tags)
    ]


def entities(folded: Folded, tokens: Tokens, offset: int, tags: list[str], proclitics: Proclitics, score: Score) -> Iterator[Entity]:
    """The entities of a sentence, spans in code points of the source, without proclitics that can be parted.

    Args:
        folded: The text.
        tokens: Its tokens.
        offset: The sentence's first token.
        tags: A BIO tag for each token of the sentence.
        proclitics: Tells the letters before a name.
        score: Tells how sure each name is.
    """
    for first, last, label in ranges(tags):
        at = offset + first
        start = tokens.starts[at] + proclitics.cut(tokens.words[at])
        yield Entity(folded.to_source(start, tokens.ends[offset + last - 1]), label, score(first, last, label))
