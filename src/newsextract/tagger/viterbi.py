"""The best label sequences of many sentences at once, and how much better each label is than the next: in whole numbers, so exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]


class Layout(NamedTuple):
    """Where the tokens of sentences of different lengths stand when all sentences are walked in step.

    Attributes:
        order: For each place of the walk the token (an index into the sentences one after the other); the first tokens of all
            sentences come first, longest sentence first, then all second tokens, and so on.
        starts: Where each step begins in ``order``; one more than there are steps.
    """

    order: Places
    starts: list[int]


def lay_out(lengths: Places) -> Layout:
    """The layout of sentences of these lengths (none is 0)."""
    by_length = np.argsort(-lengths, kind="stable")
    firsts = (np.cumsum(lengths) - lengths)[by_length]
    longest = int(lengths.max(initial=0))
    counts = np.bincount(lengths, minlength=longest + 1)[::-1].cumsum()[::-1][1:]
    order = np.concatenate([firsts[:count] + step for step, count in enumerate(counts.tolist())]) if longest else np.empty(0, np.intp)
    return Layout(order, [0, *np.cumsum(counts).tolist()])


def best_labels(scores: Ints, transitions: Ints, initial: Ints, layout: Layout) -> tuple[npt.NDArray[np.int8], Ints]:
    """The labels of the best sequence for each token, and what changing one would cost.

    Args:
        scores: Labels × tokens.
        transitions: Score of each label after another: from × to.
        initial: Score of each label at the start of a sentence.
        layout: Of the sentences whose tokens the columns of ``scores`` are.

    Returns:
        For each token the label (of equal ones the first), and the margin: by how much the best sequence beats the best one in
        which this token has another label.
    """
    order, starts = layout
    labels = np.empty(order.size, dtype=np.int8)
    margins = np.empty(order.size, dtype=np.int32)
    if not order.size:
        return labels, margins
    walked = scores[:, order]
    ahead = _ahead(walked, transitions, initial, starts)
    behind = _behind(walked, transitions, starts)
    chosen = _walk_back(ahead, transitions, starts)
    total = ahead + behind
    places = np.arange(order.size)
    best = total[chosen, places]
    total[chosen, places] = np.iinfo(np.int32).min
    labels[order] = chosen
    margins[order] = best - total.max(axis=0)
    return labels, margins


def _ahead(scores: Ints, transitions: Ints, initial: Ints, starts: list[int]) -> Ints:
    """The score of the best beginning that ends in each label at each place."""
    out = np.empty_like(scores)
    out[:, : starts[1]] = scores[:, : starts[1]] + initial[:, None]
    forward = transitions[:, :, None]
    for before, start, end in zip(starts, starts[1:], starts[2:], strict=False):
        previous = out[:, before : before + end - start]
        np.add(np.maximum.reduce(previous[:, None] + forward, axis=0), scores[:, start:end], out=out[:, start:end])
    return out


def _behind(scores: Ints, transitions: Ints, starts: list[int]) -> Ints:
    """The score of the best rest of the sentence after each label at each place."""
    out = np.zeros_like(scores)
    backward = np.ascontiguousarray(transitions.T)[:, :, None]
    for step in range(len(starts) - 3, -1, -1):
        before, start, end = starts[step : step + 3]
        following = out[:, start:end] + scores[:, start:end]
        np.maximum.reduce(following[:, None] + backward, axis=0, out=out[:, before : before + end - start])
    return out


def _walk_back(ahead: Ints, transitions: Ints, starts: list[int]) -> npt.NDArray[np.int8]:
    """The labels of the best sequences, from their last tokens to their first."""
    chosen = np.empty(ahead.shape[1], dtype=np.int8)
    following = chosen[:0]
    for step in range(len(starts) - 2, -1, -1):
        start, end = starts[step], starts[step + 1]
        here = ahead[:, start:end]
        go_on = following.size
        chosen[start + go_on : end] = here[:, go_on:].argmax(axis=0)
        chosen[start : start + go_on] = (here[:, :go_on] + transitions[:, following]).argmax(axis=0)
        following = chosen[start:end]
    return chosen
