"""What both engines give: the glyphs of one page, each with its letters and its place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final, NamedTuple

NO_MAPPING: Final = "\ufffd"
"""The text of a glyph whose font does not say which letters it shows."""


class Glyph(NamedTuple):
    """One glyph as it stands on the page, turned so that its line runs along x.

    Attributes:
        text: Its letters, in the order that the font gives; several for a ligature.
        x0, x1: From pen position to pen position, in points; equal for a mark without advance.
        y: The baseline.
        size: The font's size in points.
        turn: Quarter turns, counter-clockwise, of the line on the page.
        hidden: Whether it is drawn invisibly, as recognised text over a picture is.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Page:
    """The glyphs of one page.

    Attributes:
        glyphs: In the order in which they are drawn.
        width, height: Of the page as it is drawn, in points.
        pictures: How much of the page its pictures cover, from 0 to 1; the largest counts.
        drawings: How many filled shapes are on it: text turned into outlines has one for each letter.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    pictures: float = 0.0
    drawings: int = 0


_BULLETS: Final = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•"}
"""The signs that word processors take from their symbol fonts for lists."""
_NO_LETTERS: Final = frozenset({"Cc", "Co", "Cn", "Cs"})


def readable(text: str) -> str:
    """``text``, or the mark of a missing mapping for codes that stand for no sign: controls, private and unassigned ones."""
    if len(text) == 1 and (text.isalnum() or text.isspace()):
        return text
    text = "".join(_BULLETS.get(c, c) for c in text)
    return NO_MAPPING if not text or unicodedata.category(text[0]) in _NO_LETTERS else text
