"""The letters that a glyph stands for: presentation forms to letters, ligatures to their letters in reading order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from newsextract.readers.pdf.glyph import NO_MAPPING, Glyph

_SILENT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ZWNJ: Final = "\u200c"
"""Without ink, but it parts the halves of Persian words."""
_ALEFS: Final = frozenset("اأإآٱ")
_FORMS: Final = (("\ufb00", "\ufdff"), ("\ufe70", "\ufefc"))


def letters(text: str) -> str:
    """What to read for a glyph of ``text``: no controls, one kind of space, letters instead of their shapes.

    A glyph that gives alef before lam is the ligature lam-alef, from a font whose maker wrote its letters as they are seen; no font has the
    article as one glyph.
    """
    if len(text) == 1 and text.isalnum() and not _is_form(text):
        return text
    if text.isspace():
        return " "
    text = "".join(_unshaped(c) if _is_form(c) else c for c in text if c == _ZWNJ or unicodedata.category(c) not in _SILENT)
    bases = [c for c in text if not unicodedata.combining(c)]
    if len(bases) == 2 and bases[0] in _ALEFS and bases[1] == "ل":
        marks = "".join(c for c in text if unicodedata.combining(c))
        return bases[1] + bases[0] + marks
    return text


def _is_form(char: str) -> bool:
    return any(first <= char <= last for first, last in _FORMS)


def _unshaped(form: str) -> str:
    """The letters of a presentation form; of a mark's form the mark alone, without the space or stroke that carries it."""
    plain = unicodedata.normalize("NFKC", form)
    if plain[0] in " ـ" and len(plain) > 1:
        return plain[1:]
    return plain


def without_shadows(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """``glyphs`` without those whose letters a neighbour has.

    Some programs give all letters of a word to its first or last glyph and none to the others.
    """
    runs = [(shadow, list(run)) for shadow, run in groupby(glyphs, key=lambda g: g.text == NO_MAPPING)]
    for i, (shadow, run) in enumerate(runs):
        neighbours = [runs[j][1][end].text for j, end in ((i - 1, -1), (i + 1, 0)) if 0 <= j < len(runs)]
        if not (shadow and any(len(text) > len(run) for text in neighbours)):
            yield from run
