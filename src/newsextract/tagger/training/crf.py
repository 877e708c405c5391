"""A linear-chain conditional random field, fitted by L-BFGS over all sentences at once.

As features belong to symbols, weights meet features once for each symbol type and not once for each token: an iteration over
125,000 words takes a fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from newsextract.tagger.conll import Sentence
from newsextract.tagger.model import Weights
from newsextract.tagger.viterbi import Ints, Layout, lay_out

Floats = npt.NDArray[np.float64]
Features = Callable[[str], list[str]]
SCALE: Final = 512
"""Whole-number score of a weight of one."""
_FORBIDDEN: Final = -30_000
"""Score of an ``I-`` tag where no name of its label goes on."""
EDGE: Final = 2


@dataclass(frozen=True, slots=True)
class Fitted:
    """What fitting gives, in whole numbers."""

    labels: tuple[str, ...]
    channels: tuple[Weights, ...]
    transitions: Ints
    initial: Ints


class Stream(NamedTuple):
    """The symbols of a channel by sentence, the features of a symbol, the offsets to which it adds, and the symbol at the edges."""

    symbols: Sequence[Sequence[str]]
    features: Features
    offsets: tuple[int, ...]
    edge: str


class _Channel:
    """The symbols of all tokens of the training text and their features, as sparse matrices."""

    def __init__(self, symbols: Sequence[str], features: Features, offsets: tuple[int, ...]) -> None:
        from scipy import sparse  # noqa: PLC0415

        types = sorted(set(symbols))
        number = {symbol: at for at, symbol in enumerate(types)}
        self.offsets = offsets
        self.ids = np.array([number[s] for s in symbols], dtype=np.intp)
        told = [features(symbol) for symbol in types]
        self.names = _repeated(told, np.bincount(self.ids).tolist())
        place = {name: at for at, name in enumerate(self.names)}
        rows = [[place[name] for name in row if name in place] for row in told]
        columns = [column for row in rows for column in row]
        begins = np.cumsum([0, *[len(row) for row in rows]])
        self.features: Any = sparse.csr_matrix((np.ones(len(columns)), columns, begins), shape=(len(types), len(self.names)))
        self.turned: Any = self.features.T.tocsr()
        self.gather: Any = sparse.csr_matrix((np.ones(len(symbols)), (self.ids, np.arange(len(symbols)))), shape=(len(types), len(symbols)))

    def add(self, weights: Floats, scores: Floats) -> None:
        """Adds to ``scores`` (tokens × labels) what the symbols say with these weights (features × offsets · labels)."""
        size, labels = scores.shape
        table = (self.features @ weights).reshape(-1, len(self.offsets), labels)
        for at, offset in enumerate(self.offsets):
            to, source = _shifted(size, offset)
            scores[to] += table[self.ids[source], at]

    def gradient(self, errors: Floats) -> Floats:
        """The gradient of the weights, given that of the scores."""
        size = len(errors)
        parts = []
        for offset in self.offsets:
            to, source = _shifted(size, offset)
            moved = np.zeros_like(errors)
            moved[source] = errors[to]
            parts.append(self.gather @ moved)
        gradient: Floats = self.turned @ np.concatenate(parts, axis=1)
        return gradient


def _repeated(told: Sequence[Sequence[str]], occurrences: Sequence[int]) -> tuple[str, ...]:
    """The features that more than one token has: what was seen once is learned by heart and teaches nothing."""
    seen: Counter[str] = Counter()
    for names, times in zip(told, occurrences, strict=True):
        for name in names:
            seen[name] += times
    return tuple(sorted(name for name, times in seen.items() if times > 1))


def _shifted(size: int, offset: int) -> tuple[slice, slice]:
    """The places that receive, and those that give, when each gives to the place ``offset`` after it."""
    if offset >= 0:
        return slice(offset, size), slice(0, size - offset)
    return slice(0, size + offset), slice(-offset, size)


class _Problem:
    """The negative log-likelihood of the training text, with the penalty on squared weights."""

    def __init__(self, sentences: Sequence[Sentence], channels: Sequence[_Channel], labels: tuple[str, ...], penalty: float) -> None:
        self.channels = channels
        self.penalty = penalty
        self.size = len(labels)
        lengths = np.array([len(s.tokens) for s in sentences], dtype=np.intp)
        self.layout: Layout = lay_out(lengths)
        self.inside = np.array([i for s in sentences for i in [*[False] * EDGE, *[True] * len(s.tokens)]] + [False] * EDGE)
        number = {label: at for at, label in enumerate(labels)}
        self.gold = np.array([number[tag] for s in sentences for tag in s.tags], dtype=np.intp)[self.layout.order]
        self.one_hot = np.eye(self.size)[self.gold]
        starts = self.layout.starts
        before = np.concatenate([self.gold[a : a + c - b] for a, b, c in zip(starts, starts[1:], starts[2:], strict=False)])
        self.seen = np.zeros((self.size, self.size))
        np.add.at(self.seen, (before, self.gold[starts[1] :]), 1)
        self.shapes = [(len(c.names), len(c.offsets) * self.size) for c in channels] + [(self.size, self.size), (1, self.size)]

    def split(self, weights: Floats) -> list[Floats]:
        """The weights of each channel, the transitions and the initial scores."""
        ends = np.cumsum([rows * columns for rows, columns in self.shapes])
        return [part.reshape(shape) for part, shape in zip(np.split(weights, ends[:-1]), self.shapes, strict=True)]

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        """The value and the gradient at ``weights``."""
        *channels, transitions, initial = self.split(weights)
        flat = np.zeros((self.inside.size, self.size))
        for channel, own in zip(self.channels, channels, strict=True):
            channel.add(own, flat)
        order, starts = self.layout
        scores = flat[self.inside][order]
        total, marginals, moves = _expectations(scores, transitions, initial[0], starts)
        reached = float((scores * self.one_hot).sum() + (self.seen * transitions).sum() + self.one_hot[: starts[1]].sum(axis=0) @ initial[0])
        errors = marginals - self.one_hot
        unsorted = np.empty_like(errors)
        unsorted[order] = errors
        flat[:] = 0
        flat[self.inside] = unsorted
        gradients = [channel.gradient(flat).ravel() for channel in self.channels]
        gradients += [(moves - self.seen).ravel(), errors[: starts[1]].sum(axis=0)]
        value = total - reached + 0.5 * self.penalty * float(weights @ weights)
        return value, np.concatenate(gradients) + self.penalty * weights


def _expectations(scores: Floats, transitions: Floats, initial: Floats, starts: list[int]) -> tuple[float, Floats, Floats]:
    """Log of the sum over all sequences, the probability of each label at each place, the expected count of each transition."""
    highest = scores.max(axis=1, keepdims=True)
    here, moves = np.exp(scores - highest), np.exp(transitions)
    ahead, norms = np.empty_like(here), np.empty((len(here), 1))
    for step, (start, end) in enumerate(pairwise(starts)):
        previous = starts[step - 1]
        arriving = np.exp(initial) if step == 0 else ahead[previous : previous + end - start] @ moves
        found = arriving * here[start:end]
        norms[start:end] = found.sum(axis=1, keepdims=True)
        ahead[start:end] = found / norms[start:end]
    behind, expected = np.ones_like(here), np.zeros_like(transitions)
    for step in range(len(starts) - 3, -1, -1):
        before, start, end = starts[step : step + 3]
        same = slice(before, before + end - start)
        leaving = here[start:end] * behind[start:end] / norms[start:end]
        behind[same] = leaving @ moves.T
        expected += ahead[same].T @ leaving
    return float(np.log(norms).sum() + highest.sum()), ahead * behind, expected * moves


def fit(
    sentences: Sequence[Sentence],
    streams: Sequence[Stream],
    *,
    penalty: float,
    iterations: int,
    recall: float = 0.0,
) -> Fitted:
    """Fits the field to tagged sentences.

    Args:
        sentences: Tokens are folded words.
        streams: What each channel reads.
        penalty: Half of it times each squared weight is paid.
        iterations: Of L-BFGS, at most.
        recall: What the tag ``O`` is made to lose afterwards, in each token: more names are found, and more that are none.
    """
    from scipy.optimize import minimize  # noqa: PLC0415

    labels = ("O", *sorted({tag for s in sentences for tag in s.tags if tag != "O"}))
    channels = [_Channel(_with_edges(symbols, edge), features, offsets) for symbols, features, offsets, edge in streams]
    problem = _Problem(sentences, channels, labels, penalty)
    size = sum(rows * columns for rows, columns in problem.shapes)
    found = minimize(problem, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8})
    *own, transitions, initial = problem.split(found.x)
    transitions[:, 0] -= recall
    initial[0, 0] -= recall
    weights = tuple(_rounded(channel, rows) for channel, rows in zip(channels, own, strict=True))
    starts_name = np.array([label[0] == "I" for label in labels])
    follows = np.array([[to[0] != "I" or (at != "O" and at[2:] == to[2:]) for to in labels] for at in labels])
    return Fitted(
        labels,
        weights,
        np.where(follows, np.rint(transitions * SCALE), _FORBIDDEN).astype(np.int32),
        np.where(starts_name, _FORBIDDEN, np.rint(initial[0] * SCALE)).astype(np.int32),
    )


def _with_edges(symbols: Sequence[Sequence[str]], edge: str) -> list[str]:
    return [symbol for s in symbols for symbol in [*[edge] * EDGE, *s]] + [edge] * EDGE


def _rounded(channel: _Channel, rows: Floats) -> Weights:
    """Whole-number weights; features whose weights are all nothing are left out."""
    limit = np.iinfo(np.int16).max
    whole = np.clip(np.rint(rows * SCALE), -limit, limit).astype(np.int16)
    kept: list[bool] = [any(row) for row in whole.tolist()]
    return Weights(tuple(name for name, keep in zip(channel.names, kept, strict=True) if keep), channel.offsets, whole[kept])
