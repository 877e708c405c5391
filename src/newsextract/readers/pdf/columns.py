"""Cells → blocks in reading order: an XY-cut that takes a gutter only between two stretches of prose, so that tables keep their rows."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from newsextract.readers.pdf.lines import Cell

Row = list[Cell]

_LEAST_GUTTER: Final = 0.8
"""In sizes."""
_LEAST_ROWS: Final = 3
_LEAST_CLUSTERS: Final = 14
_LEAST_FILL: Final = 0.7
"""Lines of prose fill most of their column; the cells of a table do not."""
_DEEPEST: Final = 8
_MOST_CUTS: Final = 12


class Block(NamedTuple):
    """Rows that are read one after another, from top to bottom, cells from left to right."""

    rows: list[Row]


class _Gutter(NamedTuple):
    first: int
    last: int
    x: float


def blocks(cells: Sequence[Cell], *, from_right: bool) -> list[Block]:
    """The blocks of a page in the order in which they are read.

    Args:
        cells: From top to bottom.
        from_right: Whether the right column comes first.
    """
    return _cut(_rows(cells), from_right, _DEEPEST)


def _rows(cells: Sequence[Cell]) -> list[Row]:
    """Cells that share a baseline; each row from left to right."""
    rows: list[Row] = []
    for cell in sorted(cells, key=lambda c: -c.y):
        if rows and rows[-1][0].y - cell.y <= 0.35 * max(cell.size, rows[-1][0].size):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        row.sort(key=lambda c: c.x0)
    return rows


def _cut(rows: list[Row], from_right: bool, depth: int) -> list[Block]:
    if not rows:
        return []
    gutter = _widest(rows) if depth and len(rows) >= _LEAST_ROWS else None
    if gutter is None:
        return [Block(rows)]
    middle = rows[gutter.first : gutter.last]
    left = _rows([cell for row in middle for cell in row if _center(cell) < gutter.x])
    right = _rows([cell for row in middle for cell in row if _center(cell) >= gutter.x])
    sides = (right, left) if from_right else (left, right)
    parts = (rows[: gutter.first], *sides, rows[gutter.last :])
    return [block for part in parts for block in _cut(part, from_right, depth - 1)]


def _widest(rows: Sequence[Row]) -> _Gutter | None:
    """The gutter that the most rows in succession leave free, if there is one between prose and prose."""
    best: _Gutter | None = None
    for x in _candidates(rows):
        first = 0
        for last in range(len(rows) + 1):
            if last < len(rows) and not _crosses(rows[last], x):
                continue
            gutter = _Gutter(first, last, x)
            if (best is None or last - first > best.last - best.first) and _between_prose(rows, gutter):
                best = gutter
            first = last + 1
    return best


def _candidates(rows: Sequence[Row]) -> list[float]:
    """Where gutters may run: beside the edges of cells, those that the most cells share first."""
    found: dict[int, list[float]] = {}
    for row in rows:
        for cell in row:
            for x in (cell.x0 - _LEAST_GUTTER / 2 * cell.size, cell.x1 + _LEAST_GUTTER / 2 * cell.size):
                found.setdefault(round(x / 6), []).append(x)
    return [median(xs) for xs in sorted(found.values(), key=len, reverse=True)[:_MOST_CUTS]]


def _crosses(row: Row, x: float) -> bool:
    return any(cell.x0 - _LEAST_GUTTER / 3 * cell.size < x < cell.x1 + _LEAST_GUTTER / 3 * cell.size for cell in row)


def _between_prose(rows: Sequence[Row], gutter: _Gutter) -> bool:
    middle = rows[gutter.first : gutter.last]
    left = [[c for c in row if _center(c) < gutter.x] for row in middle]
    right = [[c for c in row if _center(c) >= gutter.x] for row in middle]
    return _is_prose([r for r in left if r]) and _is_prose([r for r in right if r])


def _is_prose(rows: Sequence[Row]) -> bool:
    if len(rows) < _LEAST_ROWS:
        return False
    width = max(c.x1 for row in rows for c in row) - min(row[0].x0 for row in rows)
    fill = median(sum(c.x1 - c.x0 for c in row) / width for row in rows) if width > 0 else 0.0
    return fill >= _LEAST_FILL and sum(len(c.clusters) for row in rows for c in row) / len(rows) >= _LEAST_CLUSTERS


def _center(cell: Cell) -> float:
    return (cell.x0 + cell.x1) / 2
