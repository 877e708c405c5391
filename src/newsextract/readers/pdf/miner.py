"""Glyphs by pdfminer.six: pure Python, the whole text of each ligature, ``ActualText`` honoured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, mult_matrix

from newsextract.readers.pdf.annotations import appearances
from newsextract.readers.pdf.glyph import NO_MAPPING, Glyph, Page, readable
from newsextract.readers.pdf.limits import MOST_GLYPHS, TooMuch

_INVISIBLE: Final = 3
_BOMS: Final = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}


class Miner:
    """Reads the pages of one document, keeping its fonts from page to page."""

    def __init__(self) -> None:
        resources = PDFResourceManager()
        self._collector = _Collector(resources)
        self._interpreter = PDFPageInterpreter(resources, self._collector)

    def read(self, page: PDFPage, *, actual_text: bool = True) -> Page:
        """The glyphs of ``page``.

        Args:
            page: The page.
            actual_text: Whether to believe what marked content says of its glyphs rather than their fonts.

        Raises:
            TooMuch: The page has more glyphs than any page of text.
        """
        self._collector.start(page, actual_text)
        self._interpreter.process_page(page)
        for look in appearances(page):
            resources = dict_value(look.stream.get("Resources", {}))
            self._interpreter.render_contents(resources, [look.stream], ctm=mult_matrix(look.matrix, self._collector.base))
        return self._collector.page


class _Collector(PDFDevice):
    """A device that keeps each glyph that is shown, and nothing else."""

    page: Page
    base: Matrix

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self.base = ctm

    def start(self, page: PDFPage, actual_text: bool) -> None:
        self._actual_text = actual_text
        x0, y0, x1, y1 = page.mediabox
        turned = page.rotate in (90, 270)
        self.page = Page(width=y1 - y0 if turned else x1 - x0, height=x1 - x0 if turned else y1 - y0)
        self._tags: list[tuple[str | None, int]] = []

    def render_string(self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState) -> None:
        font = textstate.font
        if font is None or self.ctm is None:
            return
        matrix = mult_matrix(textstate.matrix, self.ctm)
        pen = _Pen(matrix, textstate, font)
        glyphs = self.page.glyphs
        for item in seq:
            if isinstance(item, bytes):
                for code in font.decode(item):
                    glyphs.append(pen.show(code))
            elif isinstance(item, int | float):
                pen.move(item)
        textstate.linematrix = pen.place
        if len(glyphs) > MOST_GLYPHS:
            raise TooMuch(f"more than {MOST_GLYPHS} glyphs on one page")

    def render_image(self, name: str, stream: PDFStream) -> None:
        if self.ctm is not None and self.page.width and self.page.height:
            a, b, c, d, _, _ = self.ctm
            covered = abs(a * d - b * c) / (self.page.width * self.page.height)
            self.page.pictures = max(self.page.pictures, min(covered, 1.0))

    def paint_path(self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]) -> None:
        self.page.drawings += fill

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        self._tags.append((_actual_text(props), len(self.page.glyphs)))

    def end_tag(self) -> None:
        if not self._tags:
            return
        text, first = self._tags.pop()
        glyphs = self.page.glyphs
        if text is not None and self._actual_text and len(glyphs) > first:
            glyphs[first:] = [_merged(text, glyphs[first:])]


class _Pen:
    """Shows the codes of one string one after another."""

    def __init__(self, matrix: Matrix, state: PDFTextState, font: PDFFont) -> None:
        self.place = state.linematrix
        self._matrix = matrix
        self._font = font
        self._texts: dict[int, str] = {}
        scale = state.scaling * 0.01
        self._unit = 0.001 * state.fontsize * scale
        self._letter_gap = state.charspace * scale
        self._word_gap = 0.0 if font.is_multibyte() else state.wordspace * scale
        self._width = state.fontsize * scale
        self._vertical = font.is_vertical()
        a, b, c, d, _, _ = matrix
        self._size = abs(state.fontsize) * (c * c + d * d) ** 0.5
        sign = 1 if a * d >= b * c else -1  # letters set in a mirror run the other way and still stand upright
        self._turn = _quarter(a * sign, b * sign)
        self._rise = state.rise
        self._hidden = state.render == _INVISIBLE

    def move(self, amount: float) -> None:
        x, y = self.place
        self.place = (x, y - amount * self._unit) if self._vertical else (x - amount * self._unit, y)

    def show(self, code: int) -> Glyph:
        x, y = self.place
        advance = self._font.char_width(code) * self._width
        glyph = self._glyph(self._text(code), x, x + advance, y)
        step = advance + self._letter_gap + (self._word_gap if code == 32 else 0.0)
        self.place = (x, y - step) if self._vertical else (x + step, y)
        return glyph

    def _text(self, code: int) -> str:
        if code not in self._texts:
            try:
                self._texts[code] = readable(self._font.to_unichr(code))
            except PDFUnicodeNotDefined:
                self._texts[code] = NO_MAPPING
        return self._texts[code]

    def _glyph(self, text: str, start: float, end: float, y: float) -> Glyph:
        x0, y0 = _along(self._matrix, self._turn, start, y + self._rise)
        x1, _ = _along(self._matrix, self._turn, end, y + self._rise)
        return Glyph(text, min(x0, x1), max(x0, x1), y0, self._size, self._turn, self._hidden)


def _quarter(a: float, b: float) -> int:
    """The quarter turn nearest to the direction ``(a, b)``."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _along(matrix: Matrix, turn: int, x: float, y: float) -> tuple[float, float]:
    """The point ``(x, y)`` of text space on the page, in axes that lie along the line and across it."""
    a, b, c, d, e, f = matrix
    px, py = a * x + c * y + e, b * x + d * y + f
    return ((px, py), (py, -px), (-px, -py), (-py, px))[turn]


def _actual_text(props: Any) -> str | None:
    """What the marked content says that its glyphs mean."""
    value = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
    if not isinstance(value, bytes):
        return None
    for mark, encoding in _BOMS.items():
        if value.startswith(mark):
            return value[len(mark) :].decode(encoding, "replace")
    return value.decode("latin-1")


def _merged(text: str, glyphs: Sequence[Glyph]) -> Glyph:
    first = glyphs[0]
    return first._replace(text=text, x0=min(g.x0 for g in glyphs), x1=max(g.x1 for g in glyphs), y=max(glyphs, key=lambda g: g.x1 - g.x0).y)
