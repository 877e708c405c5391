"""The tagger: texts or tokens → names, through the model's scores and the best sequence of labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import islice, pairwise
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.ports import Entity, TokenEntity
from newsextract.tagger.artefact import DEFAULT, Artefact, load_artefact, models_folder
from newsextract.tagger.features import BOUNDARY, WordFeatures
from newsextract.tagger.model import Channel
from newsextract.tagger.persons import complete_persons
from newsextract.tagger.phrases import phrase_features, phrase_symbols
from newsextract.tagger.proclitics import Proclitics
from newsextract.tagger.spans import LONGEST_SENTENCE, entities, sentence_ranges, token_entities
from newsextract.tagger.surnames import Labelled, repeat_surnames
from newsextract.tagger.viterbi import Ints, Places, best_labels, lay_out
from newsextract.text.fold import Folded, fold
from newsextract.text.tokens import Tokens, tokenize

_BATCH: Final = 30_000
"""Tokens that are labelled at once; no result depends on it."""
_EDGE: Final = 2
"""Boundary symbols between sentences: as far as the scores of a word or phrase reach."""
_EDGES: Final = [BOUNDARY] * _EDGE
_NOTHING: Final = "\ufffd"
"""Stands for a token without any character."""


class StatisticalTagger:
    """An :class:`~newsextract.ports.EntityTagger` that needs numpy alone. Safe to share between threads.

    Args:
        artefact: The trained model.
        lexicon: Whose entries are told to the model.
    """

    def __init__(self, artefact: Artefact, lexicon: Lexicon) -> None:
        self._artefact = artefact
        self._lexicon = lexicon
        known = list(islice(artefact.clusters, len(artefact.sums)))
        self._words = Channel(artefact.word, WordFeatures(lexicon, artefact.clusters, artefact.propers), known, artefact.sums)
        self._phrases = Channel(artefact.phrase, phrase_features)
        self._proclitics = Proclitics(lexicon, artefact.clusters)
        self._lock = Lock()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it may give."""
        return tuple(dict.fromkeys(tag[2:] for tag in self._artefact.labels if tag != "O"))

    def tag(self, texts: Sequence[str]) -> list[list[Entity]]:
        """The names in each text, in text order, spans in code points of the text."""
        folded = [fold(text) for text in texts]
        return self.tag_words([(f, tokenize(f)) for f in folded])

    def tag_words(self, texts: Sequence[tuple[Folded, Tokens]]) -> list[list[Entity]]:
        """The names in each text that is folded and tokenized already."""
        found = [sentence_ranges(tokens.words) for _, tokens in texts]
        labelled = self.label_documents([[tokens.words[a:b] for a, b in sentences] for (_, tokens), sentences in zip(texts, found, strict=True)])
        out: list[list[Entity]] = []
        for text, sentences in zip(texts, found, strict=True):
            out.append([e for first, _ in sentences for e in self._entities(text, first, next(labelled))])
        return out

    def tag_folded(self, documents: Sequence[list[str]]) -> list[list[TokenEntity]]:
        """The names among the folded tokens of each document."""
        found = [sentence_ranges(words) for words in documents]
        labelled = self.label_documents([[words[a:b] for a, b in sentences] for words, sentences in zip(documents, found, strict=True)])
        return [
            [e for first, _ in sentences for e in self._token_entities(words, first, next(labelled))] for words, sentences in zip(documents, found, strict=True)
        ]

    def tag_tokens(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """A BIO tag for each token of a document given as sentences of tokens."""
        words = iter(folded_tokens([token for s in sentences for token in s]))
        folded = [list(islice(words, len(s))) for s in sentences]
        cut = [[s[a : a + LONGEST_SENTENCE] for a in range(0, len(s), LONGEST_SENTENCE)] for s in folded]
        labelled = self.label_documents([[part for parts in cut for part in parts]])
        return [[tag for _ in parts for tag in next(labelled).tags] for parts in cut]

    def label_documents(self, documents: Sequence[list[list[str]]]) -> Iterator[Labelled]:
        """The same as :meth:`label` for the sentences of all documents, one after the other; in each document surnames are known again."""
        labelled = self.label([words for sentences in documents for words in sentences])
        for sentences in documents:
            own = list(islice(labelled, len(sentences)))
            repeat_surnames(sentences, own, self._lexicon)
            yield from own

    def label(self, sentences: Iterable[list[str]]) -> Iterator[Labelled]:
        """Tags and margins of sentences of folded words, none of them empty, in order."""
        artefact = self._artefact
        for batch in _batches(sentences):
            lengths = np.array([len(s) for s in batch], dtype=np.intp)
            with self._lock:
                scores = self._scores(batch, lengths)
            chosen, margins = best_labels(scores, artefact.transitions, artefact.initial, lay_out(lengths))
            tags = [artefact.labels[at] for at in chosen.tolist()]
            gaps: list[int] = margins.tolist()
            for words, (first, last) in zip(batch, pairwise([0, *lengths.cumsum().tolist()]), strict=True):
                yield Labelled(complete_persons(words, tags[first:last], self._lexicon, artefact.clusters), gaps[first:last])

    def _scores(self, sentences: Sequence[list[str]], lengths: Places) -> Ints:
        """Labels × tokens of sentences of these lengths: what the words and phrases around each token say for each label."""
        words = _EDGES.copy()
        places: list[int] = []
        phrases: list[str] = []
        for s in sentences:
            first = len(words)
            for place, symbol in phrase_symbols(s, self._lexicon):
                places.append(first + place)
                phrases.append(symbol)
            words += s
            words += _EDGES
        scores = np.zeros((len(words), len(self._artefact.labels)), dtype=np.int32)
        self._words.add(words, scores)
        self._phrases.add_at(places, phrases, scores)
        edges = np.repeat(np.arange(_EDGE, _EDGE * len(sentences) + 1, _EDGE), lengths)
        return np.ascontiguousarray(scores[np.arange(len(edges)) + edges].T)

    def _entities(self, text: tuple[Folded, Tokens], offset: int, labelled: Labelled) -> Iterator[Entity]:
        """The entities of a sentence whose first token is ``offset``."""
        return entities(*text, offset, labelled.tags, self._proclitics, partial(self._score, labelled.margins))

    def _token_entities(self, words: list[str], offset: int, labelled: Labelled) -> list[TokenEntity]:
        return token_entities(words, offset, labelled.tags, self._proclitics, partial(self._score, labelled.margins))

    def _score(self, margins: list[int], first: int, last: int, label: str) -> float:
        """How sure a name of this label is, by the calibration: by the least margin of its tokens and of the one after it."""
        margin = min(margins[first : last + 1])
        slope, intercept = self._artefact.calibration.get(label, (0.0, 0.0))
        return round(1 / (1 + math.exp(-max(-50.0, min(50.0, slope * margin + intercept)))), 3)


def folded_tokens(tokens: Sequence[str]) -> list[str]:
    """The folded form of each token; one of which nothing remains stays as it is."""
    folded = {token: fold(token).text or token or _NOTHING for token in set(tokens)}
    return [folded[token] for token in tokens]


def _batches(sentences: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Whole sentences together, up to about :data:`_BATCH` tokens."""
    batch: list[list[str]] = []
    size = 0
    for s in sentences:
        batch.append(s)
        size += len(s)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@cache
def _lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


def load_tagger(name: str = DEFAULT, *, folder: Path | None = None, lexicon: Lexicon | None = None) -> StatisticalTagger:
    """The tagger with a trained model.

    Args:
        name: The model's name in the manifest.
        folder: Where manifest and model are; without it those that come with the package.
        lexicon: The lexicon to consult; without it the package's own.

    Raises:
        BackendError: The model is missing, damaged or of another format.
    """
    return StatisticalTagger(load_artefact(folder or models_folder(), name), _lexicon() if lexicon is None else lexicon)
