"""Names once more: what is a person's surname or sole name in one place of a document is a person in the next, too."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsextract.lexicon.compiled import Lexicon
from newsextract.tagger.bio import ranges

_BEGIN: Final = "B-PERSON"
_REACH: Final = 2000
"""How many words lie at most between the two."""
_PROCLITICS: Final = ("", "و", "ف", "ل", "ب", "ك")
_SHORTEST: Final = 3
_NAMES: Final = frozenset(("FAMILY_NAME", "GIVEN_NAME", "NAME_PARTICLE", "SYLLABLE"))


class Labelled(NamedTuple):
    """A sentence's tags and, for each token, the margin of its tag over the next best."""

    tags: list[str]
    margins: list[int]


def repeat_surnames(sentences: list[list[str]], labelled: list[Labelled], lexicon: Lexicon) -> None:
    """Tags the surnames that stand alone and untagged, in place, each with the margin that it has in the nearest person.

    Args:
        sentences: The folded words of one document.
        labelled: Their tags.
        lexicon: Tells which surnames are everyday words or places too; those are left alone.
    """
    found = _surnames(sentences, labelled, lexicon)
    if not found:
        return
    forms = {before + name: name for name in found for before in _PROCLITICS if not before or len(name) > _SHORTEST}
    forms |= {name: name for name in found}
    elsewhere = _elsewhere(sentences, labelled)
    at = 0
    for words, (tags, margins) in zip(sentences, labelled, strict=True):
        for n, word in enumerate(words):
            if word in forms and tags[n] == "O" and _alone(tags, n):
                name = forms[word]
                place, margin = _nearest(found[name], at + n)
                if abs(place - at - n) <= _REACH and elsewhere[name] < len(found[name]):
                    tags[n], margins[n] = _BEGIN, margin
        at += len(words)


def _surnames(sentences: list[list[str]], labelled: list[Labelled], lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """The last words of persons: where each stands and with which margin."""
    found: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for words, (tags, margins) in zip(sentences, labelled, strict=True):
        if _BEGIN in tags:
            for _, last, label in ranges(tags):
                if label == "PERSON" and _is_only_name(words[last - 1], lexicon):
                    found.setdefault(words[last - 1], []).append((at + last - 1, margins[last - 1]))
        at += len(words)
    return found


def _is_only_name(word: str, lexicon: Lexicon) -> bool:
    """Whether the word may be a surname, and is nothing else that the lexicon knows."""
    if len(word) < _SHORTEST or not word.isalpha():
        return False
    lexeme = lexicon[word]
    return lexeme is None or all([reading.sense.entry.label in _NAMES for reading in lexeme.readings])


def _elsewhere(sentences: list[list[str]], labelled: list[Labelled]) -> Counter[str]:
    """How often each word is in names that are no persons."""
    pairs = zip(sentences, labelled, strict=True)
    return Counter([word for words, (tags, _) in pairs for word, tag in zip(words, tags, strict=True) if tag != "O" and tag[2:] != "PERSON"])


def _alone(tags: list[str], at: int) -> bool:
    """Whether no name stands at either side."""
    return (at == 0 or tags[at - 1] == "O") and (at + 1 == len(tags) or tags[at + 1] == "O")


def _nearest(places: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """The place nearest to ``at``, the earlier of two that are."""
    after = bisect_left(places, (at, 0))
    near = places[max(0, after - 1) : after + 1]
    return min(near, key=lambda place: abs(place[0] - at))
