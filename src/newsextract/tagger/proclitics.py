"""Which letters before a name are proclitics («بواشنطن» is واشنطن), told by the lexicon, by the article, or by how common the words are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsextract.lexicon.compiled import Lexicon

_NAMES: Final = frozenset(
    {
        "PLACE", "INSTITUTION", "INSTITUTION_HEAD", "EVENT_HEAD", "PROGRAMME_HEAD", "DOCUMENT_HEAD",
        "GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE", "DEMONYM", "NOUN",
    }
)  # fmt: skip
"""The labels of words that a name may begin with."""
_ARTICLES: Final = {"وال": 1, "فال": 1, "بال": 1, "كال": 1, "وبال": 2, "وكال": 2, "فبال": 2, "فكال": 2, "ولل": 1, "فلل": 1}
"""Beginnings with the article, and the letters before it that can be parted; of the fused لل none can."""


class Proclitics:
    """Folded word at the head of a name → the number of letters before the name.

    Args:
        lexicon: Whose readings decide first.
        ranked: Words in order of falling frequency; they decide where neither lexicon nor article does.
    """

    def __init__(self, lexicon: Lexicon, ranked: Mapping[str, object]) -> None:
        self._lexicon = lexicon
        self._rank = {word: rank for rank, word in enumerate(ranked)}

    def cut(self, word: str) -> int:
        """The letters of ``word`` that stay outside the name."""
        lexeme = self._lexicon[word]
        if lexeme is not None:
            for reading in lexeme.readings:
                if reading.sense.entry.label in _NAMES:
                    return reading.cut
            if lexeme.multi:
                return lexeme.multi[0][0]
        for size in (4, 3):
            letters = _ARTICLES.get(word[:size])
            if letters is not None and len(word) - letters > 4:
                return letters
        return self._by_frequency(word)

    def _by_frequency(self, word: str) -> int:
        """Letters are taken off as long as what remains is the more common word."""
        rank = self._rank
        cut = 0
        letters = "وفبلك"
        while len(word) - cut > 3 and word[cut] in letters:
            here, shorter = rank.get(word[cut:]), rank.get(word[cut + 1 :])
            if shorter is None or (here is not None and here < shorter):
                break
            letters = "بلك" if word[cut] in "وف" else ""
            cut += 1
        return cut
