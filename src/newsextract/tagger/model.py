"""The model: weights of features, and from them the scores of each label for each token, in whole numbers.

Every feature belongs to a symbol (a word type, or a kind of phrase), so the scores that a symbol adds to its own place and to the
places around it are summed once and remembered; a token then costs a few additions. Whole numbers make the sum
the same in whatever order it is taken: results do not depend on batches, threads or machines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from newsextract.tagger.viterbi import Ints

Shorts = npt.NDArray[np.int16]
_MEMO_LIMIT: Final = 200_000
"""Symbols remembered before the memory is emptied; bounds what an endless corpus can take."""
_FIRST: Final = 4096


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one channel of symbols.

    Attributes:
        names: The features, in the order of the rows.
        offsets: The places, relative to a symbol's own, to which it adds scores (−2: two tokens before it).
        rows: Features × (offsets · labels).
    """

    names: tuple[str, ...]
    offsets: tuple[int, ...]
    rows: Shorts


class Channel:
    """Symbols → the scores that they add around them; fills itself on demand, bounded.

    Args:
        weights: The channel's weights.
        features: Symbol → its features; those without a weight count nothing.
        known: Symbols whose scores were summed beforehand.
        sums: Their scores, a row each.
    """

    def __init__(self, weights: Weights, features: Callable[[str], list[str]], known: Sequence[str] = (), sums: Shorts | None = None) -> None:
        self.offsets = weights.offsets
        self._features = features
        self._row = {name: at for at, name in enumerate(weights.names)}
        self._none = len(weights.names)
        """The row of nothing, for features without a weight."""
        self._rows = np.concatenate([weights.rows, np.zeros_like(weights.rows, shape=(1, weights.rows.shape[1]))])
        self._known = known
        self._ids = {symbol: at for at, symbol in enumerate(known)}
        self._table = np.zeros((len(known) + _FIRST, weights.rows.shape[1]), dtype=np.int32)
        if sums is not None:
            self._table[: len(known)] = sums

    def add(self, symbols: Sequence[str], scores: Ints) -> None:
        """Adds what ``symbols`` say to ``scores`` (tokens × labels); what lies beyond the ends is lost."""
        ids = self._identify(symbols)
        size, labels = scores.shape
        table = self._table.reshape(len(self._table), len(self.offsets), labels)
        for at, offset in enumerate(self.offsets):
            if offset >= 0:
                scores[offset:] += table[ids[: size - offset], at]
            else:
                scores[:offset] += table[ids[-offset:], at]

    def _identify(self, symbols: Sequence[str]) -> npt.NDArray[np.intp]:
        if len(self._ids) > _MEMO_LIMIT:
            self._ids = {symbol: at for at, symbol in enumerate(self._known)}
        ids = self._ids
        new = [s for s in dict.fromkeys(symbols) if s not in ids]
        if new:
            self._learn(new)
        return np.fromiter(map(ids.__getitem__, symbols), dtype=np.intp, count=len(symbols))

    def _learn(self, symbols: list[str]) -> None:
        """Sums the weights of new symbols, all at once."""
        first = len(self._ids)
        last = first + len(symbols)
        if last > len(self._table):
            self._table = np.concatenate([self._table, np.empty((last, self._table.shape[1]), dtype=np.int32)])
        self._table[first:last] = self.sums(symbols)
        self._ids.update(zip(symbols, range(first, last), strict=True))

    def sums(self, symbols: Sequence[str]) -> Ints:
        """The sum of the weights of each symbol's features, a row each."""
        row, features, none = self._row.get, self._features, self._none
        places: list[int] = []
        begins: list[int] = []
        for symbol in symbols:
            begins.append(len(places))
            places += [row(name, none) for name in features(symbol)]
            places.append(none)
        return np.add.reduceat(self._rows[places], begins, axis=0, dtype=np.int32)
