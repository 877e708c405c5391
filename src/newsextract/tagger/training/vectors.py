"""Word clusters from raw text: neighbours weighed by PPMI, reduced by a randomised SVD, grouped by spherical k-means.

Words are clustered twice: by their next neighbours, each position for itself (which tells how a word is used), and by the words
around, whatever their position (which tells what it is about). Seeds are fixed, so equal text gives equal clusters on one machine. PPMI
with smoothed contexts is that of Levy, Goldberg and Dagan (2015); the SVD that of Halko, Martinsson and Tropp (2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_USE: Final = {-2: 1.0, -1: 1.0, 1: 1.0, 2: 1.0}
"""Offsets of the next neighbours and what each occurrence counts."""
_TOPIC: Final = {**dict.fromkeys((-5, -4, -3, 3, 4, 5), 0.5), **_USE}
"""The same for the words around."""
_LEAST: Final = 4
"""Occurrences that a word needs to get a cluster."""
_CONTEXTS: Final = 10_000
"""The most common words are the contexts."""
_DIMENSIONS: Final = 100
_SPARE: Final = 20
_ROUNDS: Final = 3
_SMOOTHING: Final = 0.75
_SEEDED: Final = 40_000
"""The most common words, from which the centres are learned."""
_ITERATIONS: Final = 12
_CHUNK: Final = 8192


def learn_clusters(sentences: Iterable[Sequence[str]], sizes: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Word → the numbers of its clusters, by use and by topic in clusterings of each size; words in order of falling frequency.

    Args:
        sentences: Folded words, numbers with their digits as ``0``.
        sizes: How many clusters each clustering has.
    """
    vocabulary, text = _numbered(sentences)
    if not vocabulary:
        return {}
    numbers: list[list[int]] = []
    for offsets, together in ((_USE, False), (_TOPIC, True)):
        vectors = _normal(_reduce(_ppmi(_counts(text, len(vocabulary), offsets, together))))
        vectors = _normal(vectors - vectors.mean(axis=0))
        numbers += [_kmeans(vectors, min(size, len(vocabulary))).tolist() for size in sizes]
    return dict(zip(vocabulary, zip(*numbers, strict=True), strict=True))


def _numbered(sentences: Iterable[Sequence[str]]) -> tuple[list[str], npt.NDArray[np.int32]]:
    """The vocabulary, and the text as numbers of words: -1 for rare words and between sentences."""
    kept = [list(s) for s in sentences]
    counts = Counter(word for s in kept for word in s)
    vocabulary = sorted((word for word, n in counts.items() if n >= _LEAST), key=lambda word: (-counts[word], word))
    number = {word: at for at, word in enumerate(vocabulary)}
    gap = [-1] * max(_TOPIC)
    return vocabulary, np.array([n for s in kept for n in [*gap, *[number.get(word, -1) for word in s]]], dtype=np.int32)


def _counts(text: npt.NDArray[np.int32], size: int, offsets: Mapping[int, float], together: bool) -> Any:
    """Words × contexts: how often they meet, sparse; without ``together`` the same word at another offset is another context."""
    from scipy import sparse  # noqa: PLC0415

    contexts = min(size, _CONTEXTS)
    blocks: list[Any] = []
    for offset, weight in offsets.items():
        word = text[max(0, -offset) : len(text) - max(0, offset)]
        context = text[max(0, offset) : len(text) - max(0, -offset)]
        both = (word >= 0) & (context >= 0) & (context < contexts)
        pairs = (np.full(int(both.sum()), weight, np.float32), (word[both], context[both]))
        block = sparse.coo_matrix(pairs, shape=(size, contexts)).tocsr()
        blocks = [blocks[0] + block] if together and blocks else [*blocks, block]
    return sparse.hstack(blocks, format="coo")


def _ppmi(counts: Any) -> Any:
    """Positive pointwise mutual information of words and contexts, sparse."""
    from scipy import sparse  # noqa: PLC0415

    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** _SMOOTHING
    total = rows.sum()
    columns *= total / columns.sum()
    information = np.log(counts.data * total / (rows[counts.row] * columns[counts.col]))
    kept = information > 0
    return sparse.csr_matrix((information[kept].astype(np.float32), (counts.row[kept], counts.col[kept])), shape=counts.shape)


def _reduce(matrix: Any) -> Floats:
    """The rows in the space of the largest singular values, each weighed by its root."""
    width = min(_DIMENSIONS + _SPARE, *matrix.shape)
    basis: Floats = np.random.default_rng(0).standard_normal((matrix.shape[1], width)).astype(np.float32)
    turned = matrix.T.tocsr()
    for _ in range(_ROUNDS):
        left, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(turned @ left)
    rows, values, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    reduced: Floats = rows[:, :_DIMENSIONS] * np.sqrt(values[:_DIMENSIONS])
    return reduced


def _normal(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    normal: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return normal


def _kmeans(vectors: Floats, size: int) -> npt.NDArray[np.intp]:
    """The nearest of ``size`` centres for each vector."""
    common = vectors[:_SEEDED]
    centres = common[np.random.default_rng(0).choice(min(len(common), _SEEDED // 2), size, replace=False)]
    for _ in range(_ITERATIONS):
        nearest = _nearest(common, centres)
        order = np.argsort(nearest, kind="stable")
        filled, begins = np.unique(nearest[order], return_index=True)
        centres = centres.copy()
        centres[filled] = _normal(np.add.reduceat(common[order], begins, axis=0))
    return _nearest(vectors, centres)


def _nearest(vectors: Floats, centres: Floats) -> npt.NDArray[np.intp]:
    return np.concatenate([(vectors[at : at + _CHUNK] @ centres.T).argmax(axis=1) for at in range(0, len(vectors), _CHUNK)])
