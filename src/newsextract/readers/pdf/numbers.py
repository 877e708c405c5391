"""The numbers of a page, twice: as the text has them, and as a second engine sees the digits stand side by side."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

from newsextract.readers.pdf.glyph import Glyph

_NUMBER: Final = re.compile(r"\d+(?:[.,:/٫٬،]\d+)*")
SEPARATORS: Final = frozenset(".,:/٫٬،")
"""Signs within a number."""
_SEEN: Final = 0.08
_TOUCHING: Final = 0.18
_SAME_BASELINE: Final = 0.2


def in_text(text: str) -> Counter[str]:
    """The number tokens of a text, digits folded to ASCII, and how often each occurs."""
    return Counter(_folded(found) for found in _NUMBER.findall(text))


def on_page(glyphs: Iterable[Glyph]) -> Counter[str]:
    """The number tokens that digits form by their places alone, read from left to right."""
    digits = [g for g in glyphs if len(g.text) == 1 and (g.text.isdecimal() or g.text in SEPARATORS or _parts(g))]
    found: Counter[str] = Counter()
    for run in _runs(digits):
        found.update(in_text(run))
    return found


def _parts(glyph: Glyph) -> bool:
    """Whether a glyph is a space that is there to see."""
    return glyph.text.isspace() and glyph.x1 - glyph.x0 > _SEEN * glyph.size


def _runs(digits: list[Glyph]) -> Iterable[str]:
    """Strings of digits and separators that touch one another on one baseline."""
    digits.sort(key=lambda g: (g.turn, -g.y))
    row: list[Glyph] = []
    for glyph in digits:
        if row and (row[0].turn != glyph.turn or row[0].y - glyph.y > _SAME_BASELINE * glyph.size):
            yield from _touching(row)
            row = []
        row.append(glyph)
    yield from _touching(row)


def _touching(row: list[Glyph]) -> Iterable[str]:
    row.sort(key=lambda g: g.x0 + g.x1)
    text, end = "", 0.0
    for glyph in row:
        if text and glyph.x0 - end > _TOUCHING * glyph.size:
            yield text
            text = ""
        text += glyph.text
        end = max(end, glyph.x1) if text != glyph.text else glyph.x1
    if text:
        yield text


def _folded(number: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in number)
