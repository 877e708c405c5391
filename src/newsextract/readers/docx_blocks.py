"""What holds the text of a Word document while it is read: lines, blocks, open paragraphs, open rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple


class Line(NamedTuple):
    """A paragraph, or a table's row; ``titled`` if it has the style of titles."""

    text: str
    titled: bool = False


EMPTY: Final = Line("")


@dataclass(slots=True)
class Block:
    """What holds paragraphs: the part, a cell, a box. ``carried`` is text whose paragraph mark is hidden or deleted: it runs on."""

    lines: list[Line] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)

    def add(self, text: str, *, titled: bool = False, runs_on: bool = False) -> None:
        if runs_on:
            self.carried.append(text)
        elif text or titled or self.carried:
            self.lines.append(Line("".join(self.carried) + text, titled))
            self.carried.clear()
        else:
            self.lines.append(EMPTY)

    def close(self) -> list[Line]:
        if self.carried:
            self.add("")
        return self.lines


@dataclass(slots=True)
class Paragraph:
    """An open paragraph: the level of the block that it stands in, its text so far, what stands behind it."""

    level: int
    pieces: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    hidden: bool = False
    titled: bool = False
    runs_on: bool = False


@dataclass(slots=True)
class Row:
    """An open row of a table."""

    cells: list[list[Line]] = field(default_factory=list)
    deleted: bool = False


def row_lines(cells: list[list[Line]]) -> list[Line]:
    """A row as one line if each of its cells is one, else the lines of its cells one after another."""
    filled = [lines for cell in cells if (lines := [line for line in cell if line.text.strip()])]
    if all(len(lines) == 1 and "\n" not in lines[0].text for lines in filled):
        return [Line("\t".join(lines[0].text for lines in filled), any(lines[0].titled for lines in filled))] if filled else []
    return [line for lines in filled for line in lines]
