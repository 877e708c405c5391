"""What the model is told of a word: short strings, the same in training and in use.

Each depends on the word type alone, so that it is worked out once for a type; ``models/README.md`` lists the families.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from newsextract.lexicon.compiled import OPENS, Lexicon
from newsextract.lexicon.schema import BIT

BOUNDARY: Final = ""
"""The symbol that stands before the first and after the last token of a sentence."""

_AFFIXES: Final = (1, 2, 3, 4)
_LENGTHS: Final = tuple(f"n {size}" for size in range(9))
_LATIN: Final = "\u024f"
"""The last Latin letter."""
_BITS: Final = tuple(BIT.items())
_KINDS: Final = frozenset({"PLACE", "INSTITUTION", "INSTITUTION_HEAD", "HONORIFIC", "VERB", "FUNCTION", "NAME_PARTICLE", "TRIGGER", "NOUN", "GIVEN_NAME"})
"""The labels whose rows tell something by their kind."""
_READINGS: Final = 3
_PROCLITICS: Final = frozenset("وفبلك")
_CLUSTER_NAMES: Final = tuple(f"c{n} %d" for n in range(16))
_DIGIT: Final = re.compile(r"\d")
_NOT_WORD: Final = re.compile(r"\W")


def stems(word: str) -> list[tuple[str, str]]:
    """``(stem, proclitics)`` for the folded word as it is and under each chain of و ف and ب ل ك; of the fused لل the article stays."""
    out = [(word, "")]
    if len(word) > 3 and word[0] in "وف":
        out.append((word[1:], word[0]))
    for rest, before in out.copy():
        if len(rest) > 3 and rest[0] in "بلك":
            out.append((rest[1:], before + rest[0]))
            if rest.startswith("لل"):
                out.append(("ال" + rest[2:], before + "لل"))
    return out


class WordFeatures:
    """Folded word → its features.

    Args:
        lexicon: Whose label bits and kinds are told.
        clusters: Word → the numbers of its clusters, one for each clustering.
        propers: Proper-noun stem → its classes (``r`` rational, ``i`` not, ``n`` unsaid).
    """

    def __init__(self, lexicon: Lexicon, clusters: Mapping[str, Sequence[int]], propers: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._clusters = clusters
        self._propers = propers

    def __call__(self, word: str) -> list[str]:
        """The features of a folded word, or of :data:`BOUNDARY`."""
        if word == BOUNDARY:
            return ["^"]
        return [*_letters(word), *self._known(word), *self._proper(word), *self._clustered(word)]

    def _known(self, word: str) -> list[str]:
        lexeme = self._lexicon[word]
        if lexeme is None:
            return ["none"]
        out = [f"cut {len(lexeme.proclitic)}", *_labels(lexeme.flags, lexeme.weak)]
        for reading in lexeme.readings[:_READINGS]:
            entry = reading.sense.entry
            if entry.kind and entry.label in _KINDS and (kind := f"k {entry.label} {entry.kind}") not in out:
                out.append(kind)
        return out

    def _proper(self, word: str) -> list[str]:
        propers = self._propers
        if word[0] not in _PROCLITICS:
            return [f"np {kind}" for kind in propers.get(word, "")]
        found = [f"{'np+' if before else 'np'} {kind}" for stem, before in stems(word) if stem in propers for kind in propers[stem]]
        return list(dict.fromkeys(found))

    def _clustered(self, word: str) -> list[str]:
        found = self._cluster(_DIGIT.sub("0", word) if word[0].isdigit() else word)
        if found is None:
            return ["c ?"]
        return [name % cluster for name, cluster in zip(_CLUSTER_NAMES, found, strict=False)]

    def _cluster(self, word: str) -> Sequence[int] | None:
        """The clusters of the word, else of what it is without proclitics, with or without the article, or without signs glued to it."""
        clusters = self._clusters
        found = clusters.get(word)
        if found is not None:
            return found
        twin = word[2:] if word.startswith("ال") else "ال" + word
        for form in (*[stem for stem, before in stems(word) if before], twin, _NOT_WORD.sub("", word)):
            found = clusters.get(form)
            if found is not None:
                return found
        return None


@lru_cache(maxsize=4096)
def _labels(flags: int, weak: int) -> list[str]:
    """The labels of a word that are sure (``L``) and that need context (``l``)."""
    out = [f"L {label}" if flags & bit else f"l {label}" for label, bit in _BITS if (flags | weak) & bit]
    return [*out, "opens"] if flags & OPENS else out


def _letters(word: str) -> list[str]:
    size = len(word)
    out = ["*", "w " + word, _LENGTHS[min(size, len(_LENGTHS) - 1)], "s x" if word.isalpha() and min(word) > _LATIN else _shape(word)]
    for n in _AFFIXES:
        if size > n:
            out += ("<" + word[:n], ">" + word[-n:])
    return out


def _shape(word: str) -> str:
    """The classes of the characters, each once: d a digit, a a Latin letter, x another letter, a sign as it is."""
    classes = ["d" if c.isdigit() else ("a" if c <= _LATIN else "x") if c.isalpha() else c for c in word[:32]]
    return "s " + "".join(dict.fromkeys(classes))
