"""The batched search against a search over every sequence, and its independence of how sentences are batched."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.tagger.viterbi import best_labels, lay_out

Ints = npt.NDArray[np.int32]


def best_by_trying_all(scores: Ints, transitions: Ints, initial: Ints) -> list[tuple[int, tuple[int, ...]]]:
    """Every sequence with its score, for one short sentence (labels × tokens)."""
    labels, size = scores.shape
    out = []
    for sequence in product(range(labels), repeat=size):
        score = int(initial[sequence[0]]) + sum(int(scores[label, at]) for at, label in enumerate(sequence))
        out.append((score + sum(int(transitions[a, b]) for a, b in pairwise(sequence)), sequence))
    return out


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_the_best_sequence_and_its_margins(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, transitions, initial = (rng.integers(-50, 50, shape).astype(np.int32) for shape in ((3, sum(lengths)), (3, 3), (3,)))
    labels, margins = best_labels(scores, transitions, initial, lay_out(np.array(lengths)))
    at = 0
    for length in lengths:
        found = best_by_trying_all(scores[:, at : at + length], transitions, initial)
        best = max(score for score, _ in found)
        chosen = tuple(labels[at : at + length].tolist())
        assert (best, chosen) in found
        for place in range(length):
            others = max(score for score, sequence in found if sequence[place] != chosen[place])
            assert margins[at + place] == best - others
        at += length


def test_batches_change_nothing() -> None:
    rng = np.random.default_rng(5)
    lengths = rng.integers(1, 40, 60)
    scores, transitions, initial = (rng.integers(-9000, 9000, shape).astype(np.int32) for shape in ((9, int(lengths.sum())), (9, 9), (9,)))
    together = best_labels(scores, transitions, initial, lay_out(lengths))
    at = 0
    for length in lengths.tolist():
        alone = best_labels(scores[:, at : at + length], transitions, initial, lay_out(np.array([length])))
        assert alone[0].tolist() == together[0][at : at + length].tolist()
        assert alone[1].tolist() == together[1][at : at + length].tolist()
        at += length


@pytest.mark.parametrize("lengths", [[], [1], [3, 3], [1, 5, 2]])
def test_every_token_has_one_place(lengths: list[int]) -> None:
    order, starts = lay_out(np.array(lengths, dtype=np.intp))
    assert sorted(order.tolist()) == list(range(sum(lengths)))
    assert starts[-1] == sum(lengths)
