"""camel-tools' named entity recogniser behind the port :class:`newsextract.ports.EntityTagger`: ``tagger="camel:PATH"``.

The recogniser takes sentences of words and gives each word a tag. It cuts what is longer than 256 word pieces, leaves words of which
its tokenizer makes nothing out of the answer, and fails on a word of more pieces than that. So sentences come to it in windows
that overlap, words that it cannot take are held back, and each word's tag is taken from the window in which it stands farthest
from an edge.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Final

from newsextract.errors import BackendError
from newsextract.interop.camel import VARIABLE
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.ports import Entity
from newsextract.tagger.bio import repaired
from newsextract.tagger.conll import LABEL_OF
from newsextract.tagger.proclitics import Proclitics
from newsextract.tagger.spans import entities, sentence_ranges
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import Tokens, tokenize

WINDOW: Final = 200
"""Word pieces that are put before the recogniser at once."""
_LONGEST_WORD: Final = 50
"""Pieces of a word; longer ones are no name."""
_OVERLAP: Final = 60
SCORE: Final = 0.8
"""The recogniser tells no probabilities: every name gets this score."""


class CamelTagger:
    """An entity tagger over a recogniser of camel-tools.

    Args:
        recogniser: ``camel_tools.ner.NERecognizer``.
        lexicon: Tells proclitics from the letters of names.
    """

    def __init__(self, recogniser: Any, lexicon: Lexicon) -> None:
        self._recogniser = recogniser
        self._proclitics = Proclitics(lexicon, {})

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it may give."""
        return tuple(dict.fromkeys(tag[2:] for tag in map(_renamed, self._recogniser.labels_map.values()) if tag != "O"))

    def tag(self, texts: Sequence[str]) -> list[list[Entity]]:
        """The names in each text, spans in code points of the text."""
        return [list(self._text(text)) for text in texts]

    def _text(self, text: str) -> Iterator[Entity]:
        folded = fold(text)
        tokens = tokenize(folded)
        sentences = sentence_ranges(tokens.words)
        tagged = self.tag_tokens([_written(text, folded, tokens, first, last) for first, last in sentences])
        for (first, _), tags in zip(sentences, tagged, strict=True):
            yield from entities(folded, tokens, first, tags, self._proclitics, lambda *_: SCORE)

    def tag_tokens(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """A BIO tag for each token."""
        pieces = [[len(self._recogniser.tokenizer.tokenize(word)) for word in s] for s in sentences]
        kept = [[at for at, n in enumerate(counts) if 0 < n <= _LONGEST_WORD] for counts in pieces]
        windows = [windows_of([counts[at] for at in places]) for counts, places in zip(pieces, kept, strict=True)]
        asked = [[s[places[at]] for at in range(a, b)] for s, places, own in zip(sentences, kept, windows, strict=True) for a, b in own]
        answers = iter(self._recogniser.predict(asked))
        out: list[list[str]] = []
        for s, places, own in zip(sentences, kept, windows, strict=True):
            tags = ["O"] * len(s)
            for at, tag in zip(places, _joined(own, list(islice(answers, len(own)))), strict=True):
                tags[at] = _renamed(tag)
            out.append(repaired(tags))
        return out


def windows_of(pieces: Sequence[int], most: int = WINDOW, overlap: int = _OVERLAP) -> list[tuple[int, int]]:
    """Windows ``[first, last)`` over words of these numbers of pieces: each of at most ``most`` pieces, overlapping by about ``overlap``."""
    out: list[tuple[int, int]] = []
    first = last = 0
    while last < len(pieces):
        size = sum(pieces[first:last])
        while last < len(pieces) and size + pieces[last] <= most:
            size += pieces[last]
            last += 1
        out.append((first, last))
        shared, next_first = 0, last
        while next_first > first + 1 and shared + pieces[next_first - 1] <= overlap:
            next_first -= 1
            shared += pieces[next_first]
        first = next_first
    return out


def _joined(windows: Sequence[tuple[int, int]], answers: Sequence[Sequence[str]]) -> list[str]:
    """One tag a word, from the window in which the word stands farthest from an edge; of equal ones the first."""
    best: dict[int, tuple[int, str]] = {}
    size = windows[-1][1] if windows else 0
    for (first, last), tags in zip(windows, answers, strict=True):
        for at, tag in zip(range(first, last), tags, strict=True):
            depth = min(at - first if first else size, last - 1 - at if last < size else size)
            if at not in best or depth > best[at][0]:
                best[at] = (depth, tag)
    return [best[at][1] for at in range(size)]


def _renamed(tag: str) -> str:
    place, _, label = tag.partition("-")
    return f"{place}-{LABEL_OF.get(label.upper(), label)}" if label else "O"


def _written(text: str, folded: Folded, tokens: Tokens, first: int, last: int) -> list[str]:
    """The tokens of a sentence as the text writes them."""
    spans = [folded.to_source(tokens.starts[at], tokens.ends[at]) for at in range(first, last)]
    return [text[span.start : span.end] for span in spans]


def load_tagger(path: str) -> CamelTagger:
    """The tagger with the model in the folder ``path``, on the CPU.

    Raises:
        BackendError: The extra is not installed, camel-tools' data are missing, or the folder holds no model.
    """
    if not Path(path, "config.json").is_file():
        raise BackendError(f"{path}: no model (config.json is not there). Give the folder of a fine-tuned BertForTokenClassification")
    absent = [name for name in ("torch", "transformers", "camel_tools") if find_spec(name) is None]
    if absent:
        raise BackendError(f"{absent[0]} is not installed; camel-tools' recogniser needs it: pip install newsextract[camel-ner]")
    catalogue = Path(os.environ.get(VARIABLE) or Path.home() / ".camel_tools").expanduser() / "catalogue.json"
    if not catalogue.is_file():
        raise BackendError(f"{catalogue} is not there, and camel-tools would fetch it over the network. Fetch it once: camel_data --update")
    from camel_tools.ner import NERecognizer  # noqa: PLC0415  (seconds, and only now that nothing will be fetched)

    try:
        recogniser = NERecognizer(path, use_gpu=False)
    except Exception as error:
        raise BackendError(f"{path}: no model that camel-tools can load ({error})") from error
    return CamelTagger(recogniser, Lexicon(shipped_entries()))
