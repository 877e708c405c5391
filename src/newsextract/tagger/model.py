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
        self._known = {symbol: at for at, symbol in enumerate(known)}
        self._seen: dict[str, int] = {}
        """The row of each symbol met so far; small beside all that are known, which is what makes looking up quick."""
        self._filled = len(known)
        self._table = np.zeros((len(known) + _FIRST, weights.rows.shape[1]), dtype=np.int32)
        if sums is not None:
            self._table[: len(known)] = sums

    def add(self, symbols: Sequence[str], scores: Ints) -> None:
        """Adds what ``symbols``, one for each token, say to ``scores`` (tokens × labels); what lies beyond the ends is lost."""
        table = self._sums_of(symbols)
        size = len(scores)
        for at, offset in enumerate(self.offsets):
            if offset >= 0:
                scores[offset:] += table[: size - offset, at]
            else:
                scores[:offset] += table[-offset:, at]

    def add_at(self, places: Sequence[int], symbols: Sequence[str], scores: Ints) -> None:
        """The same for symbols that only some tokens have: those at ``places``, none of which has an offset that leads beyond the ends."""
        table = self._sums_of(symbols)
        own = np.array(places, dtype=np.intp)
        for at, offset in enumerate(self.offsets):
            scores[own + offset] += table[:, at]

    def _sums_of(self, symbols: Sequence[str]) -> Ints:
        """Symbols × offsets × labels."""
        try:
            rows = self._rows_of(symbols)
        except KeyError:
            self._learn(symbols)
            rows = self._rows_of(symbols)
        return self._table[rows].reshape(len(symbols), len(self.offsets), self._table.shape[1] // len(self.offsets))

    def _rows_of(self, symbols: Sequence[str]) -> npt.NDArray[np.intp]:
        return np.fromiter(map(self._seen.__getitem__, symbols), dtype=np.intp, count=len(symbols))

    def _learn(self, wanted: Sequence[str]) -> None:
        """Sees to it that all of these are among the seen; the weights of new ones are summed all at once."""
        if len(self._seen) > _MEMO_LIMIT:
            self._seen = {}
            self._filled = len(self._known)
        met = [symbol for symbol in dict.fromkeys(wanted) if symbol not in self._seen]
        new = [symbol for symbol in met if symbol not in self._known]
        self._seen.update((symbol, self._known[symbol]) for symbol in met if symbol in self._known)
        if not new:
            return
        first, last = self._filled, self._filled + len(new)
        if last > len(self._table):
            self._table = np.concatenate([self._table, np.empty((last, self._table.shape[1]), dtype=np.int32)])
        self._table[first:last] = self.sums(new)
        self._seen.update(zip(new, range(first, last), strict=True))
        self._filled = last

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
