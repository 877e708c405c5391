"""Blocks → paragraphs: a line that ends where no room was left goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from newsextract.readers.bidi import Base, Reading, balance, base_direction, logical
from newsextract.readers.pdf.columns import Block, Row
from newsextract.readers.pdf.lines import Cell

_ROOM: Final = 0.9
"""How far the next line's first word may overshoot the room that was left, in sizes, and still count as one that would have fitted."""
_SAME_SIZE: Final = 0.12
_WIDE_LEADING: Final = 1.3
"""Times the usual distance of the block's lines: more is the space between paragraphs."""
_MOST_LEADING: Final = 2.6
"""In sizes."""
_DEEP_INDENT: Final = 4.0
"""In sizes: deeper than the first line of a paragraph is set in."""
_FULL: Final = 3.0
"""In sizes: a last line that ends nearer than this to the edge may go on in the next column or page."""
_LABEL: Final = re.compile(r"(\d{1,3}|[A-Za-z\u0621-\u064a])[.)\-–]{1,2}\Z")
_BULLETS: Final = frozenset("•●▪■◦○‣►▶◄◆❖✓✔\uf0b7\uf0a7")


@dataclass(slots=True)
class Line:
    """A line in reading order.

    Attributes:
        text: Its cells, parted by tabs.
        top: Its baseline.
        size: Of most of its letters.
        start_room, end_room: Free space before and after it within its block, in points.
        first_word: Width of its first word.
        table: Whether it has several cells.
        turned: Whether a falling range in it was put in order.
        base: Its direction.
    """

    text: str
    top: float
    size: float
    start_room: float
    end_room: float
    first_word: float
    table: bool
    turned: bool
    base: Base


class Paragraph(NamedTuple):
    """A paragraph.

    Attributes:
        text: On one line.
        top, bottom: The baselines of its first and last lines.
        size: Of its letters.
        full: Whether its last line reaches the edge, so that it may go on elsewhere.
        leading: Whether it is the first of its column, so that it may go on from elsewhere.
    """

    text: str
    top: float = 0.0
    bottom: float = 0.0
    size: float = 1.0
    full: bool = False
    leading: bool = False


def lines(block: Block, *, default: Base, mirrored: bool, as_drawn: bool = False) -> list[Line]:
    """The lines of a block in reading order.

    Args:
        block: The rows.
        default: The direction of lines without letters.
        mirrored: See ``bidi.logical``.
        as_drawn: Takes the letters from left to right, for programs that draw Arabic so.
    """
    base = "L" if as_drawn else base_direction([c for row in block.rows for cell in row for c in cell.clusters], default=default)
    edges = _edges(block.rows)
    return [_line(row, edges[_size(row)], base, mirrored, as_drawn) for row in block.rows]


def _edges(rows: Sequence[Row]) -> dict[int, tuple[float, float]]:
    """From where to where the rows of each size reach: a browser's small lines at the edges of the page are wider than its text."""
    edges: dict[int, tuple[float, float]] = {}
    for row in rows:
        x0, x1 = edges.get(_size(row), (row[0].x0, row[-1].x1))
        edges[_size(row)] = (min(x0, row[0].x0), max(x1, row[-1].x1))
    return edges


def _size(row: Row) -> int:
    return round(max(cell.size for cell in row))


def _line(row: Row, edges: tuple[float, float], base: Base, mirrored: bool, as_drawn: bool) -> Line:
    in_order = row[::-1] if base == "R" else row
    if as_drawn:
        readings = [Reading("".join(cell.clusters)) for cell in in_order]
    else:
        readings = [logical(cell.clusters, base=_cell_base(cell, base), mirrored=mirrored) for cell in in_order]
    before, after = edges[1] - row[-1].x1, row[0].x0 - edges[0]
    if base == "L":
        before, after = after, before
    return Line(
        _joined([reading.text for reading in readings]),
        max(cell.y for cell in row),
        max(cell.size for cell in row),
        before,
        after,
        _first_word(in_order[0], base),
        len(row) > 1 and not _is_label(readings[0].text),
        any(reading.turned for reading in readings),
        base,
    )


def _joined(texts: Sequence[str]) -> str:
    """The cells of a line, parted by tabs; a bullet or a number of a list by a space."""
    label, rest = (texts[0] + " ", texts[1:]) if len(texts) > 1 and _is_label(texts[0]) else ("", texts)
    text = label + "\t".join(rest)
    return f"{text[0]} {text[1:]}" if text[:1] in _BULLETS and text[1:2].strip() else text


def _is_label(text: str) -> bool:
    return text in _BULLETS or bool(_LABEL.match(text))


def _cell_base(cell: Cell, base: Base) -> Base:
    """Left to right for a cell that is wholly Latin; otherwise the direction of its block."""
    return "L" if base_direction(cell.clusters, default=base) == "L" and not any("\u0590" <= c[0] <= "\u08ff" for c in cell.clusters) else base


def _first_word(cell: Cell, base: Base) -> float:
    spaces = [i for i, cluster in enumerate(cell.clusters) if cluster == " "]
    if not spaces:
        return cell.x1 - cell.x0
    return cell.x1 - cell.edges[spaces[-1]][1] if base == "R" else cell.edges[spaces[0]][0] - cell.x0


def bracket_balance(blocks: Iterable[Block]) -> int:
    """The sum of the evidence on mirrored brackets over a page (see ``bidi.balance``)."""
    return sum(balance(cell.clusters) for block in blocks for row in block.rows for cell in row)


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of a block's lines."""
    usual = _usual_leading(lines)
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or not _goes_on(lines[i - 1], lines[i], usual):
            part = lines[first:i]
            end = part[-1]
            full = end.end_room < _FULL * end.size and not end.table
            yield Paragraph(" ".join(line.text for line in part), part[0].top, end.top, part[0].size, full, leading=first == 0)
            first = i


def _usual_leading(lines: Sequence[Line]) -> float:
    """The distance of successive lines, in sizes."""
    steps = [(above.top - below.top) / above.size for above, below in pairwise(lines) if abs(above.size - below.size) <= _SAME_SIZE * above.size]
    return median(steps) if steps else 0.0


def _goes_on(above: Line, below: Line, usual: float) -> bool:
    if above.table or below.table or below.text[:1] in _BULLETS:
        return False
    if abs(above.size - below.size) > _SAME_SIZE * max(above.size, below.size):
        return False
    step = (above.top - below.top) / above.size
    if step > _MOST_LEADING or step > _WIDE_LEADING * usual > 0 or _set_apart(above, below):
        return False
    return above.end_room < below.first_word + _ROOM * above.size


def _set_apart(above: Line, below: Line) -> bool:
    """Whether the upper line begins deep inside, is not centred, and the lower one begins elsewhere."""
    indented = above.start_room > _DEEP_INDENT * above.size and abs(above.start_room - above.end_room) > above.size
    return indented and abs(above.start_room - below.start_room) > above.size
