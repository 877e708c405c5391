"""What the model is told of the lexicon's phrases of several words: a symbol for each word that one of them holds."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.compiled import Lexicon
from newsextract.scan.scanner import longest_phrase

NO_PHRASE: Final = ""
"""The symbol of a word that no phrase holds; it tells the model nothing."""


def phrase_symbols(words: list[str], lexicon: Lexicon) -> list[tuple[int, str]]:
    """``(place, symbol)`` of each word that a phrase of the lexicon holds, in order: its labels after ``B`` where it begins and ``I`` within."""
    out: list[tuple[int, str]] = []
    after = 0
    for at in range(len(words) - 1):
        if at < after:
            continue
        lexeme = lexicon[words[at]]
        if lexeme is None or words[at + 1] not in lexeme.nexts:
            continue
        phrase = longest_phrase(words, at, lexeme)
        if phrase is not None:
            labels = " ".join(sorted({r.sense.entry.label for r in phrase.readings}))
            after = phrase.last
            out.append((at, "B " + labels))
            out.extend([(inside, "I " + labels) for inside in range(at + 1, after)])
    return out


def phrase_features(symbol: str) -> list[str]:
    """The features of a phrase symbol: one for each of its labels."""
    place, _, labels = symbol.partition(" ")
    return [f"{place} {label}" for label in labels.split()]
