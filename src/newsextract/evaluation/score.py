"""Alignment of gold with system, and the figures that come of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsextract.evaluation.fields import FIELDS, OWNER, Json, Pairing


@dataclass(slots=True)
class Score:
    """Facts found, missed and spurious; the ratios are 1 where there is nothing to divide."""

    hits: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float:
        """Of the facts found, how many are right."""
        return self.hits / (self.hits + self.spurious) if self.hits + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """Of the gold facts, how many were found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Report:
    """The scores of all fields, and each error as ``(document, field, "missed" or "spurious", fact)``."""

    fields: dict[str, Score] = field(default_factory=dict)
    errors: list[tuple[str, str, str, Any]] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the fields."""
        return sum(s.f1 for s in self.fields.values()) / len(self.fields)

    def __str__(self) -> str:
        rows = [f"{'field':16}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'found':>7}"]
        rows += [f"{n:16}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}{s.hits + s.missed:7}{s.hits + s.spurious:7}" for n, s in self.fields.items()]
        return "\n".join([*rows, f"{'macro F1':32}{self.macro_f1:8.3f}"])


def read_gold(folder: Path) -> dict[str, Json]:
    """The gold of a corpus: name of the document without suffix → its annotation."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def evaluate(gold: Mapping[str, Json], records: Iterable[Json]) -> Report:
    """Scores ``records`` (in their JSON form) against ``gold``.

    A record belongs to the gold of ``source.name`` without its suffix; a document without a record counts as one with nothing found.
    """
    of_name: dict[str, Json] = {Path(r["source"]["name"]).stem: r for r in records}
    report = Report()
    for name, pair in FIELDS.items():
        score = report.fields[name] = Score()
        for document, annotation in gold.items():
            if not _is_optional(annotation, name):
                _add(report, score, document, name, pair(annotation, of_name.get(document, {})))
    return report


def _is_optional(annotation: Json, name: str) -> bool:
    owner = OWNER.get(name)
    return name in annotation.get("optional_fields", ()) or bool(owner and (annotation.get(owner) or {}).get("optional"))


def _add(report: Report, score: Score, document: str, name: str, pairing: Pairing) -> None:
    hits, missed, spurious = align(pairing.gold, pairing.found, pairing.same)
    score.hits += hits
    score.missed += len(missed)
    score.spurious += len(spurious)
    report.errors += [(document, name, "missed", fact) for fact in missed]
    report.errors += [(document, name, "spurious", fact) for fact in spurious]


def align(gold: list[Any], found: list[Any], same: Callable[[Any, Any], bool]) -> tuple[int, list[Any], list[Any]]:
    """Pairs each gold fact with the first free found one that is the same; demanded facts choose before optional ones.

    Returns:
        How many demanded facts were found, which were not, and which found facts are the same as no gold fact at all.
        Optional facts count on neither side, nor does finding a gold fact twice.
    """
    free = list(found)
    hits = 0
    missed: list[Any] = []
    for fact in sorted(gold, key=_optional):
        place = next((i for i, candidate in enumerate(free) if same(fact, candidate)), None)
        if place is not None:
            del free[place]
            hits += not _optional(fact)
        elif not _optional(fact):
            missed.append(fact)
    return hits, missed, [candidate for candidate in free if not any(same(fact, candidate) for fact in gold)]


def _optional(fact: Any) -> bool:
    return isinstance(fact, dict) and bool(fact.get("optional"))
