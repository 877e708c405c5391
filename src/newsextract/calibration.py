"""Calibrated confidence: how often what found a fact was right on annotated releases.

Each rule and lexicon states a confidence of its own. ``models/confidence.tsv`` holds, for each fact type, finder and stated confidence, how
many of the facts found on the project's gold were right; ``scripts/calibrate.py`` writes it. The calibrated value is the mean of the measured
share and of the stated confidence, which weighs as much as :data:`WEIGHT` facts: with little evidence it stays near what was stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from newsextract.artefacts import read_artefact
from newsextract.errors import DataError

FILE: Final = "confidence.tsv"
WEIGHT: Final = 10.0
_COLUMNS: Final = "field\tfound_by\tstated\tright\tfound"


class Measured(NamedTuple):
    """Of ``found`` facts, ``right`` were in the gold."""

    right: int
    found: int


class Calibration:
    """``(field, finder, stated confidence)`` → calibrated confidence.

    Args:
        rows: What was measured.
    """

    def __init__(self, rows: Iterable[tuple[str, str, float, Measured]] = ()) -> None:
        self.measured = {(field, found_by, stated): measured for field, found_by, stated, measured in rows}
        self._values = {key: _mean(key[2], measured) for key, measured in self.measured.items()}

    def confidence(self, field: str, found_by: str, stated: float) -> float:
        """0–1, two decimals: of the facts with 0.9, nine in ten are right; ``stated`` itself where nothing was measured."""
        return self._values.get((field, found_by, stated), stated)

    def measured_of(self, field: str, found_by: str) -> Measured:
        """What was measured of a finder, at whatever confidence it stated."""
        rows = [m for (f, by, _), m in self.measured.items() if f == field and by == found_by]
        return Measured(sum(m.right for m in rows), sum(m.found for m in rows))


def _mean(stated: float, measured: Measured) -> float:
    return round((measured.right + WEIGHT * stated) / (measured.found + WEIGHT), 2)


def load_calibration() -> Calibration:
    """The calibration that is shipped.

    Raises:
        DataError: The file is malformed.
    """
    return Calibration(read_rows(read_artefact(FILE).decode("utf-8")))


def read_rows(text: str) -> Iterator[tuple[str, str, float, Measured]]:
    """What the file's ``text`` says: field, finder, stated confidence, measurement.

    Raises:
        DataError: A line is malformed (``confidence.tsv:line: reason``).
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if not lines or lines[0][1] != _COLUMNS:
        raise DataError(FILE, 1, f"the header is not {_COLUMNS!r}")
    for number, line in lines[1:]:
        try:
            field, found_by, stated, right, found = line.split("\t")
            yield field, found_by, float(stated), Measured(int(right), int(found))
        except ValueError as error:
            raise DataError(FILE, number, str(error)) from error


def dump(calibration: Calibration, note: str) -> str:
    """The file's text: a comment, the header, and the rows in order."""
    rows = [f"{f}\t{by}\t{stated:g}\t{m.right}\t{m.found}" for (f, by, stated), m in sorted(calibration.measured.items())]
    return "\n".join([f"# {note}", _COLUMNS, *rows]) + "\n"
