"""Text that lies on a page without being part of it: comments typed on it, filled fields, stamps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, int_value, list_value, num_value, resolve1
from pdfminer.utils import Matrix, apply_matrix_pt, mult_matrix

_SHOWN: Final = frozenset({"FreeText", "Widget", "Stamp"})
_UNSEEN: Final = 0b100010
"""The flags «hidden» and «no view»."""
_MOST: Final = 1_000


class Appearance(NamedTuple):
    """How an annotation looks: drawing instructions, and the matrix that puts them on the page."""

    stream: PDFStream
    matrix: Matrix


def appearances(page: PDFPage) -> Iterator[Appearance]:
    """The looks of the annotations that a reader of ``page`` sees; of a damaged one nothing."""
    for value in list_value(page.annots or [])[:_MOST]:
        entries = dict_value(value)
        look = resolve1(dict_value(entries.get("AP", {})).get("N"))
        kind = getattr(resolve1(entries.get("Subtype")), "name", "")
        if isinstance(look, PDFStream) and kind in _SHOWN and not int_value(entries.get("F", 0)) & _UNSEEN:
            matrix = _placed(look, [num_value(v) for v in list_value(entries.get("Rect", []))])
            if matrix is not None:
                yield Appearance(look, matrix)


def _placed(look: PDFStream, rect: list[float]) -> Matrix | None:
    """The matrix that fits the look's box, turned as it says, into ``rect`` (ISO 32000, 12.5.5)."""
    box = [num_value(v) for v in list_value(look.get("BBox", []))]
    own = [num_value(v) for v in list_value(look.get("Matrix", [1, 0, 0, 1, 0, 0]))]
    if len(box) != 4 or len(rect) != 4 or len(own) != 6:
        return None
    turned: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5])
    corners = [apply_matrix_pt(turned, (x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    if not width or not height:
        return None
    across, up = abs(rect[2] - rect[0]) / width, abs(rect[3] - rect[1]) / height
    fit: Matrix = (across, 0, 0, up, min(rect[0], rect[2]) - left * across, min(rect[1], rect[3]) - bottom * up)
    return mult_matrix(turned, fit)
