"""Glyphs → rows → cells: what stands on one baseline, cut where the space is too wide to be one between words."""

from __future__ import annotations

import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise
from statistics import median
from typing import Final

from newsextract.readers.pdf.glyph import Glyph
from newsextract.readers.pdf.ligatures import letters, without_shadows

_SAME_BASELINE: Final = 0.35
"""In sizes: superscripts and raised letters stay with their line."""
_SAME_LINE: Final = 1.0
_OVERLAP: Final = 0.25
_WORD_GAP: Final = 0.18
_WORD_GAP_BESIDE_SPACES: Final = 0.32
"""Where spaces are drawn as signs, a gap alone must be wider to part words: fonts move letters apart too."""
_LETTERS_A_SPACE: Final = 12
_SMALL: Final = 0.8
_RAISED: Final = 0.15
_CELL_GAP: Final = 0.7
_CELL_GAP_IN_SPACES: Final = 2.5
"""A justified line has wide spaces everywhere; a table's row has a few that are much wider than the others."""
_WIDEST_SPACE: Final = 0.55
_MARK_REACH: Final = 1.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of one line as it is seen, from left to right.

    Attributes:
        clusters: Letters with their marks, ligatures, and single spaces between words.
        edges: ``(x0, x1)`` of each cluster.
        x0, x1, y, size: Its extent, its baseline and the size of most of it.
    """

    clusters: tuple[str, ...]
    edges: tuple[tuple[float, float], ...]
    x0: float
    x1: float
    y: float
    size: float


def cells(glyphs: Iterable[Glyph]) -> list[Cell]:
    """The cells of glyphs of one direction, from top to bottom, from left to right within a row."""
    bases: list[Glyph] = []
    marks: list[tuple[int, Glyph]] = []
    for glyph in without_shadows(glyphs):
        text = letters(glyph.text)
        if not text:
            continue
        glyph = glyph if text == glyph.text else glyph._replace(text=text)
        if unicodedata.combining(text[0]):
            marks.append((len(bases), glyph))
        else:
            bases.append(glyph)
    for following, mark in marks:
        _attach(mark, bases, following)
    return [cell for row in _rows(bases) for cell in _split(row)]


def _attach(mark: Glyph, bases: list[Glyph], following: int) -> None:
    """Puts a mark behind its letter: the next one where letters are drawn from left to right, the one before where from right to left.

    Its own place is no guide: fonts move it to where its letter carries it, often above a neighbour.
    """
    near = [i for i in (following - 1, following) if 0 <= i < len(bases) and bases[i].text != " " and _reaches(mark, bases[i])]
    if not near:
        return
    rightwards = len(near) == 2 and bases[near[0]].x0 < bases[near[1]].x0 and "\u0590" <= mark.text[0] <= "\u08ff"
    owner = near[-1] if rightwards else near[0]
    text = bases[owner].text
    bases[owner] = bases[owner]._replace(text=text[0] + mark.text + text[1:] if rightwards else text + mark.text)


def _reaches(mark: Glyph, base: Glyph) -> bool:
    reach = _MARK_REACH * max(mark.size, base.size)
    return abs(base.y - mark.y) <= reach and base.x0 - reach <= mark.x0 <= base.x1 + reach


def _rows(bases: list[Glyph]) -> Iterator[list[Glyph]]:
    """Rows from top to bottom, each sorted from left to right."""
    bases.sort(key=lambda g: -g.y)
    rows: list[list[Glyph]] = []
    for glyph in bases:
        if rows and rows[-1][0].y - glyph.y <= _SAME_BASELINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=_center)
    for row in _levelled(rows):
        yield _once(row)


def _levelled(rows: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Joins rows that fill one another's gaps within the height of a line: letters of Nastaliq step down from right to left."""
    waiting: list[Glyph] = []
    for row in rows:
        if waiting and waiting[0].y - row[0].y <= _SAME_LINE * min(waiting[0].size, row[0].size) and _interlock(waiting, row):
            waiting = list(merge(waiting, row, key=_center))
        else:
            if waiting:
                yield waiting
            waiting = row
    if waiting:
        yield waiting


def _interlock(row: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether hardly any letter of ``other`` stands over or under one of ``row``."""
    starts = [g.x0 for g in row]
    shared = 0.0
    for glyph in other:
        at = bisect(starts, _center(glyph))
        for near in row[max(at - 2, 0) : at + 1]:
            shared += max(0.0, min(glyph.x1, near.x1) - max(glyph.x0, near.x0))
    return shared <= _OVERLAP * sum(g.x1 - g.x0 for g in other)


def _once(row: list[Glyph]) -> list[Glyph]:
    """``row`` without the second printing of a letter that is struck twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if not any(_same_spot(glyph, near) for near in kept[-3:]):
            kept.append(glyph)
    return kept


def _same_spot(glyph: Glyph, other: Glyph) -> bool:
    slack = 0.12 * glyph.size
    wide = other.x1 - other.x0 >= slack
    return wide and glyph.text == other.text != " " and abs(glyph.x0 - other.x0) < slack and abs(glyph.x1 - other.x1) < slack


def _split(row: Sequence[Glyph]) -> Iterator[Cell]:
    """The cells of a row."""
    inked = [g for g in row if g.text != " "]
    if not inked:
        return
    blanks = [_center(g) for g in row if g.text == " "]
    least = _WORD_GAP_BESIDE_SPACES if len(blanks) * _LETTERS_A_SPACE > len(inked) else _WORD_GAP
    gaps = [right.x0 - left.x1 for left, right in pairwise(inked)]
    widest = _CELL_GAP_IN_SPACES * _word_space(gaps, inked)
    start = 0
    for i, gap in enumerate(gaps, 1):
        if gap > max(_CELL_GAP * inked[i].size, widest):
            yield _cell(inked[start:i], blanks, least)
            start = i
    yield _cell(inked[start:], blanks, least)


def _word_space(gaps: Sequence[float], row: Sequence[Glyph]) -> float:
    """The space between words of a row: a low quartile, since the row of a table has wide gaps as well, and no more than a stretched space."""
    size = median(g.size for g in row)
    spaces = sorted(gap for gap in gaps if gap > _WORD_GAP * size)
    return min(spaces[len(spaces) // 4], _WIDEST_SPACE * size) if len(spaces) > 3 else 0.0


def _cell(letters: Sequence[Glyph], blanks: Sequence[float], least: float) -> Cell:
    """A cell of ``letters``, with a space where a drawn one stands in between (``blanks``) or a gap of more than ``least`` sizes."""
    clusters = [letters[0].text]
    edges = [(letters[0].x0, letters[0].x1)]
    for left, right in pairwise(letters):
        if (
            _is_raised(left, right)
            or right.x0 - left.x1 > least * max(left.size, right.size)
            or bisect(blanks, _center(left)) < bisect_left(blanks, _center(right))
        ):
            clusters.append(" ")
            edges.append((left.x1, right.x0))
        clusters.append(right.text)
        edges.append((right.x0, right.x1))
    sizes = [g.size for g in letters]
    return Cell(
        tuple(clusters),
        tuple(edges),
        min(g.x0 for g in letters),
        max(g.x1 for g in letters),
        median(g.y for g in letters),
        median(sizes),
    )


def _is_raised(left: Glyph, right: Glyph) -> bool:
    """Whether one of two neighbours is a small raised sign, such as a note's number, that must not become part of a number beside it."""
    small, large = sorted((left, right), key=lambda g: g.size)
    return small.text.isdecimal() and small.size < _SMALL * large.size and abs(small.y - large.y) > _RAISED * large.size


def _center(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2
