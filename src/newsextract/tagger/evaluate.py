"""How well a tagger does on annotated text: exact spans and labels, and a picture of what it takes for what."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from newsextract.ports import EntityTagger
from newsextract.tagger.bio import ranges
from newsextract.tagger.conll import Sentence

_NOTHING: Final = "—"
_BAR: Final = 24
_PASSES: Final = 3


class Tally:
    """Counts of names found, missed and invented, by label; a name is right if its tokens and its label are."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.confusion: Counter[tuple[str, str]] = Counter()
        """(label in the gold, label found): of names with the same tokens, or else that overlap; :data:`_NOTHING` for none."""
        self.edges = 0
        """Names of the right label with wrong ends."""

    def add(self, gold: Sequence[str], found: Sequence[str]) -> None:
        """Counts one sentence's BIO tags."""
        truth, claims = ranges(gold), ranges(found)
        for _, _, label in set(truth) & set(claims):
            self.right[label] += 1
        self.gold.update(label for _, _, label in truth)
        self.found.update(label for _, _, label in claims)
        for name in truth:
            rival = _rival(name, claims)
            self.confusion[name[2], _NOTHING if rival is None else rival[2]] += 1
            self.edges += rival is not None and rival[2] == name[2] and rival != name
        for name in claims:
            if _rival(name, truth) is None:
                self.confusion[_NOTHING, name[2]] += 1

    def figures(self) -> dict[str, Any]:
        """``{"micro": {"precision", "recall", "f1"}, "types": {label: the same}}`` over the labels of the gold."""
        labels = sorted(self.gold)
        return {
            "micro": _ratios(*[sum(counts[label] for label in labels) for counts in (self.right, self.found, self.gold)]),
            "types": {label: _ratios(self.right[label], self.found[label], self.gold[label]) for label in labels},
        }

    def picture(self) -> str:
        """A table: a row for each label of the gold, a column for each label found, the errors as bars below."""
        labels = sorted({*self.gold, *self.found})
        head = f"{'gold':12}" + "".join(f"{label[:11]:>12}" for label in [*labels, _NOTHING])
        rows = [f"{row:12}" + "".join(f"{self.confusion[row, column]:12}" for column in [*labels, _NOTHING]) for row in [*labels, _NOTHING]]
        kinds = Counter({f"{a} → {b}": n for (a, b), n in self.confusion.items() if a != b})
        kinds["right label, wrong ends"] = self.edges
        most = max(kinds.values(), default=0) or 1
        bars = [f"{kind:28}{n:6} {'█' * round(_BAR * n / most)}" for kind, n in sorted(kinds.items(), key=lambda k: (-k[1], k[0])) if n]
        return "\n".join([head, *rows, "", *bars])


def _rival(name: tuple[int, int, str], others: Sequence[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The name among ``others`` with the same tokens, else the first that overlaps, those of the same label first."""
    first, last, label = name
    near = [other for other in others if other[0] < last and first < other[1]]
    return min(near, key=lambda o: ((o[0], o[1]) != (first, last), o[2] != label), default=None)


def _ratios(right: int, found: int, gold: int) -> dict[str, float]:
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * right / (found + gold), 4) if found + gold else 0.0,
    }


def evaluate(tagger: EntityTagger, sentences: Sequence[Sentence]) -> tuple[Tally, float]:
    """Tags the sentences' tokens as given; the tally, and words per second of processor time.

    The speed is that of the fastest of three passes, features included: in the first a tagger meets every word for the first time, as in the
    first documents of a batch, in the others it remembers word types, as in the rest of it.
    """
    tokens = [s.tokens for s in sentences]
    passes = []
    for _ in range(_PASSES):
        start = time.process_time()
        found = tagger.tag_tokens(tokens)
        passes.append(time.process_time() - start)
    tally = Tally()
    for sentence, tags in zip(sentences, found, strict=True):
        tally.add(sentence.tags, tags)
    return tally, sum(map(len, tokens)) / max(min(passes), 1e-9)
