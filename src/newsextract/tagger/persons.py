"""Persons whose ends the grammar knows better than the model: a name goes on after بن and آل, and begins with its given name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.schema import BIT
from newsextract.tagger.conll import ranges

_BEGIN, _INSIDE = "B-PERSON", "I-PERSON"
_CONJUNCTIONS: Final = frozenset("وف")
"""Letters that part one person from the next where they are proclitics."""
_GIVEN: Final = BIT["GIVEN_NAME"]
_ELSE: Final = BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["NOUN"]


def complete_persons(words: Sequence[str], tags: list[str], lexicon: Lexicon) -> list[str]:
    """The tags of a sentence, with persons made whole; ``tags`` is changed in place if anything is missing.

    Args:
        words: Folded.
        tags: BIO.
        lexicon: Knows the particles that must be followed by a name, and given names that are nothing else.
    """
    for first, last, label in ranges(tags):
        if label != "PERSON":
            continue
        if first and tags[first - 1] == "O" and _is_given(words[first - 1], lexicon):
            tags[first - 1], tags[first] = _BEGIN, _INSIDE
        if last < len(words) and words[last][0] not in _CONJUNCTIONS and (tags[last] == _BEGIN or _goes_on(words, last, tags, lexicon)):
            tags[last] = _INSIDE
    return tags


def _is_given(word: str, lexicon: Lexicon) -> bool:
    """Whether the word is a given name and nothing else."""
    lexeme = lexicon[word]
    return lexeme is not None and lexeme.flags & (_GIVEN | _ELSE) == _GIVEN


def _goes_on(words: Sequence[str], at: int, tags: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the word at ``at`` stands outside though the one before it is a particle after which a name must go on."""
    if tags[at] != "O" or not words[at].isalpha():
        return False
    lexeme = lexicon[words[at - 1]]
    reading = None if lexeme is None else lexeme.sense("NAME_PARTICLE")
    return reading is not None and reading.sense.entry.kind == "link"
