"""From a folder of data to a model: clusters, folds that tell how good it is, calibration, and the fit over everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from newsextract.errors import BackendError
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.tagger.artefact import Artefact
from newsextract.tagger.bio import ranges
from newsextract.tagger.conll import Sentence
from newsextract.tagger.evaluate import Tally
from newsextract.tagger.features import BOUNDARY, WordFeatures
from newsextract.tagger.model import Channel, Shorts
from newsextract.tagger.phrases import NO_PHRASE, phrase_features, phrase_symbols
from newsextract.tagger.statistical import StatisticalTagger, folded_tokens
from newsextract.tagger.surnames import Labelled
from newsextract.tagger.training.corpora import ANERCORP, annotated, present, proper_nouns, raw_sentences
from newsextract.tagger.training.crf import Stream, fit
from newsextract.tagger.training.vectors import learn_clusters

CLUSTERINGS: Final = (64, 256, 1024)
WORD_OFFSETS: Final = (-2, -1, 0, 1, 2)
PHRASE_OFFSETS: Final = (-1, 0, 1)
PENALTY: Final = 1.0
ITERATIONS: Final = 80
RECALL: Final = 0.4
"""What ``O`` loses: fitted alone, the model misses more names than it invents."""
SUMMED: Final = 50_000
"""Words whose scores are summed in training."""
_MARGIN_SCALE: Final = 1 / 512
_STEPS: Final = 25

DATA: Final = (
    {"name": "ANERcorp, CAMeL Lab train split", "licence": "CC BY-SA 4.0", "use": "annotated text: weights"},
    {"name": "ANT corpus 1.1", "licence": "Apache-2.0", "use": "raw text: word clusters"},
    {"name": "Arabic Wikipedia 2018, comparableWikiCorpus", "licence": "CC BY-SA 4.0", "use": "raw text: word clusters"},
    {"name": "camel_morph, proper nouns", "licence": "CC BY 4.0", "use": "list of stems: features"},
    {"name": "newsextract lexicons", "licence": "see SOURCES.md of the lexicons", "use": "features"},
)
"""What a model is made of; the same goes into the manifest."""

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what the manifest tells of it; ``scores`` is empty if no folds were asked for."""

    artefact: Artefact
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What all folds share: it comes from no annotated text."""

    lexicon: Lexicon
    clusters: dict[str, tuple[int, ...]]
    propers: dict[str, str]


def train(data: Path, *, add: Sequence[Path] = (), folds: int = 5, told: Told = lambda _: None) -> Trained:
    """Trains a model on the data folder's ANERcorp and whatever is added. Equal input gives equal bytes on one machine.

    Args:
        data: The folder with ``ner/`` and ``raw/``.
        add: Two-column files, or folders of releases with gold, that are learned from as well.
        folds: Contiguous blocks of ANERcorp of which each is tagged by a model of the others and of ``add``, for the scores and the
            calibration; 0 for neither.
        told: Is told what is being done.

    Raises:
        BackendError: The extra ``train`` is not installed.
        ReadError: A file is missing.
        DataError: A file of ``add`` is wrong.
    """
    limits = _limits()
    with limits(1):  # sums of floating point depend on how threads share them
        base = [_fold_tokens(s) for s in annotated(present(data / ANERCORP))]
        more = [_fold_tokens(s) for path in add for s in annotated(path)]
        told("clusters from raw text")
        known = _Knowledge(Lexicon(shipped_entries()), learn_clusters(raw_sentences(data), CLUSTERINGS), proper_nouns(data))
        scores: dict[str, Any] = {}
        calibration: dict[str, tuple[float, float]] = {}
        if folds:
            scores, calibration = _cross_validate(base, more, folds, known, told)
        told(f"fit to {len(base) + len(more)} sentences")
        artefact = replace(_fit([*base, *more], known), calibration=calibration)
        artefact = replace(artefact, sums=_sums(artefact, known))
    about = {"data": DATA, "sentences": len(base), "added": len(more), "cross_validation": scores}
    return Trained(artefact, about)


def _limits() -> Any:
    try:
        import scipy.optimize  # noqa: F401, PLC0415
        from threadpoolctl import threadpool_limits  # noqa: PLC0415
    except ImportError as missing:
        raise BackendError(f"{missing.name} is not installed; training needs it: pip install newsextract[train]") from missing
    return threadpool_limits


def _fold_tokens(sentence: Sentence) -> Sentence:
    return Sentence(folded_tokens(sentence.tokens), sentence.tags)


def _fit(sentences: Sequence[Sentence], known: _Knowledge) -> Artefact:
    words = [s.tokens for s in sentences]
    phrases = [_each_word(len(s), phrase_symbols(s, known.lexicon)) for s in words]
    streams = [
        Stream(words, WordFeatures(known.lexicon, known.clusters, known.propers), WORD_OFFSETS, BOUNDARY),
        Stream(phrases, phrase_features, PHRASE_OFFSETS, NO_PHRASE),
    ]
    fitted = fit(sentences, streams, penalty=PENALTY, iterations=ITERATIONS, recall=RECALL)
    word, phrase = fitted.channels
    return Artefact(fitted.labels, word, phrase, fitted.transitions, fitted.initial, known.clusters, known.propers, word.rows[:0])


def _each_word(size: int, symbols: Iterable[tuple[int, str]]) -> list[str]:
    """The phrase symbol of every word of a sentence."""
    found = dict(symbols)
    return [found.get(at, NO_PHRASE) for at in range(size)]


def _sums(artefact: Artefact, known: _Knowledge) -> Shorts:
    """What the most common words of the raw text say, summed beforehand."""
    features = WordFeatures(known.lexicon, known.clusters, known.propers)
    sums = Channel(artefact.word, features).sums(list(islice(known.clusters, SUMMED)))
    limit = np.iinfo(np.int16).max
    return np.clip(sums, -limit, limit).astype(np.int16)


def blocks(sentences: Sequence[Sentence], count: int) -> list[list[Sentence]]:
    """``count`` contiguous blocks of about equal words: neighbours often tell of the same people, so they stay together."""
    total = sum(len(s.tokens) for s in sentences)
    out: list[list[Sentence]] = [[] for _ in range(count)]
    passed = 0
    for s in sentences:
        out[min(count - 1, passed * count // total)].append(s)
        passed += len(s.tokens)
    return out


def _cross_validate(
    base: Sequence[Sentence], more: Sequence[Sentence], folds: int, known: _Knowledge, told: Told
) -> tuple[dict[str, Any], dict[str, tuple[float, float]]]:
    parts = blocks(base, folds)
    tally = Tally()
    found: dict[str, list[tuple[float, bool]]] = {}
    for number, held in enumerate(parts):
        told(f"fold {number + 1} of {folds}")
        rest = [s for other, part in enumerate(parts) if other != number for s in part]
        tagger = StatisticalTagger(_fit([*rest, *more], known), known.lexicon)
        for sentence, labelled in zip(held, tagger.label_documents([[s.tokens for s in held]]), strict=True):
            tally.add(sentence.tags, labelled.tags)
            _collect(sentence, labelled, found)
    return tally.figures(), {label: _logistic(pairs) for label, pairs in sorted(found.items())}


def _collect(sentence: Sentence, labelled: Labelled, found: dict[str, list[tuple[float, bool]]]) -> None:
    """Notes of each name that was found its margin and whether it is right."""
    gold = set(ranges(sentence.tags))
    for first, last, label in ranges(labelled.tags):
        margin = min(labelled.margins[first : last + 1]) * _MARGIN_SCALE
        found.setdefault(label, []).append((margin, (first, last, label) in gold))


def _logistic(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept, for margins in whole numbers, of the logistic curve that fits best (Newton's method, lightly damped)."""
    margins = np.array([margin for margin, _ in pairs])
    right = np.array([float(is_right) for _, is_right in pairs])
    design = np.stack([margins, np.ones_like(margins)], axis=1)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-(design @ weights)))
        curvature = (design.T * (expected * (1 - expected))) @ design + 0.01 * np.eye(2)
        weights += np.linalg.solve(curvature, design.T @ (right - expected) - 0.01 * weights)
    slope, intercept = weights.tolist()
    return round(slope * _MARGIN_SCALE, 8), round(intercept, 6)


def figures_of(tagged: Mapping[str, Any]) -> str:
    """One line of the cross-validated scores."""
    micro = tagged["micro"]
    types = ", ".join(f"{label} {score['f1']:.3f}" for label, score in tagged["types"].items())
    return f"F1 {micro['f1']:.4f} (precision {micro['precision']:.4f}, recall {micro['recall']:.4f}; {types})"
