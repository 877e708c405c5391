"""Calibrated confidence: how often what found a fact was right on annotated releases.

Each rule and lexicon states a confidence of its own. ``models/confidence.tsv``, which ``scripts/calibrate.py`` writes, holds for each tier, fact
type, finder and stated confidence how many of the facts found on the project's gold were right; in the full tier what rules alone found is less
sure than what the tagger found too. The calibrated value is the mean of the measured share and of the stated confidence, which weighs as much
as :data:`WEIGHT` facts: with little evidence it stays near what was stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from newsextract.artefacts import read_artefact
from newsextract.errors import DataError
from newsextract.facts.draft import Draft

FILE: Final = "confidence.tsv"
WEIGHT: Final = 5.0
_COLUMNS: Final = "tier\tfield\tfound_by\tstated\tright\tfound"


class Measured(NamedTuple):
    """Of ``found`` facts, ``right`` were in the gold."""

    right: int
    found: int


Row: TypeAlias = tuple[str, str, float, Measured]
"""Field, finder, stated confidence, measurement."""


class Calibration:
    """``(field, finder, stated confidence)`` → calibrated confidence.

    Args:
        rows: What was measured.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.measured = {(field, found_by, stated): measured for field, found_by, stated, measured in rows}
        self._values: dict[str, dict[str, dict[float, float]]] = {}
        for (field, found_by, stated), measured in self.measured.items():
            self._values.setdefault(field, {}).setdefault(found_by, {})[stated] = _mean(stated, measured)

    def confidence(self, field: str, found_by: str, stated: float) -> float:
        """0–1, two decimals: of the facts with 0.9, nine in ten are right; ``stated`` itself where nothing was measured."""
        finders = self._values.get(field)
        values = None if finders is None else finders.get(found_by)
        return stated if values is None else values.get(stated, stated)

    def apply(self, drafts: Mapping[str, list[Draft]]) -> None:
        """Gives the drafts of each field their calibrated confidence."""
        for field, made in drafts.items():
            finders = self._values.get(field)
            if finders is None:
                continue
            for draft in made:
                values = finders.get(draft.found_by)
                if values is not None:
                    draft.confidence = values.get(draft.confidence, draft.confidence)

    def measured_of(self, field: str, found_by: str) -> Measured:
        """What was measured of a finder, at whatever confidence it stated."""
        rows = [m for (f, by, _), m in self.measured.items() if f == field and by == found_by]
        return Measured(sum(m.right for m in rows), sum(m.found for m in rows))


def _mean(stated: float, measured: Measured) -> float:
    return round((measured.right + WEIGHT * stated) / (measured.found + WEIGHT), 2)


def load_calibration(tier: str) -> Calibration:
    """The calibration that is shipped for ``tier``.

    Raises:
        DataError: The file is malformed.
    """
    return Calibration(row for of, row in read_rows(read_artefact(FILE).decode("utf-8")) if of == tier)


def read_rows(text: str) -> Iterator[tuple[str, Row]]:
    """What the file's ``text`` says: the tier, and field, finder, stated confidence, measurement.

    Raises:
        DataError: A line is malformed (``confidence.tsv:line: reason``).
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if not lines or lines[0][1] != _COLUMNS:
        raise DataError(FILE, 1, f"the header is not {_COLUMNS!r}")
    for number, line in lines[1:]:
        try:
            tier, field, found_by, stated, right, found = line.split("\t")
            yield tier, (field, found_by, float(stated), Measured(int(right), int(found)))
        except ValueError as error:
            raise DataError(FILE, number, str(error)) from error


def dump(calibrations: Mapping[str, Calibration], note: str) -> str:
    """The file's text: a comment, the header, and the rows of each tier in order."""
    rows = [
        f"{tier}\t{f}\t{by}\t{stated:g}\t{m.right}\t{m.found}"
        for tier, calibration in sorted(calibrations.items())
        for (f, by, stated), m in sorted(calibration.measured.items())
    ]
    return "\n".join([f"# {note}", _COLUMNS, *rows]) + "\n"
