"""Glyphs by pdfium: the engine of a browser, which opens what others refuse; the second reading of numbers; pictures of pages."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as c

from newsextract.readers.pdf.glyph import NO_MAPPING, Glyph, Page, readable
from newsextract.readers.pdf.limits import MOST_GLYPHS, TooMuch
from newsextract.readers.pdf.numbers import SEPARATORS

_NEEDS_PASSWORD: Final = 4
_MOST_PIXELS: Final = 30_000_000
_MADE_UP: Final = frozenset(b" \r\n-")
"""What the engine adds between words and lines."""


class Refused(Exception):
    """pdfium cannot open the document; ``password`` says whether for want of one."""

    def __init__(self, *, password: bool) -> None:
        super().__init__("a password is needed" if password else "no PDF that can be repaired")
        self.password = password


class Pdfium:
    """One open document."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Refused(password=getattr(error, "err_code", None) == _NEEDS_PASSWORD) from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Frees what the engine holds."""
        self._document.close()

    def read(self, index: int, *, digits: bool = False) -> Page:
        """The glyphs of page ``index``.

        Args:
            index: From 0.
            digits: Only digits and the signs within numbers, which costs a quarter of the time.

        Raises:
            TooMuch: The page has more glyphs than any page of text.
            Refused: The page cannot be loaded.
        """
        with self._page(index) as page:
            width, height = page.get_size()
            text = c.FPDFText_LoadPage(page.raw)
            if not text:
                raise Refused(password=False)
            try:
                return Page(_clipped(list(_glyphs(text, digits))), width, height, 0.0 if digits else _pictures(page, width * height))
            finally:
                c.FPDFText_ClosePage(text)

    def picture(self, index: int, dpi: int) -> bytes:
        """Page ``index`` as a grey picture in the format PGM, smaller than asked for if the page is huge."""
        with self._page(index) as page:
            width, height = page.get_size()
            scale = min(dpi / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            try:
                pixels = bytes(bitmap.buffer)
                rows = [pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]
                return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
            finally:
                bitmap.close()

    @contextmanager
    def _page(self, index: int) -> Iterator[Any]:
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise Refused(password=False) from error
        try:
            yield page
        finally:
            page.close()


def _pictures(page: Any, area: float) -> float:
    """The share of a page that its largest picture covers."""
    bounds = [picture.get_bounds() for picture in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE])]
    return min(max(((right - left) * (top - bottom) for left, bottom, right, top in bounds), default=0.0) / area, 1.0) if area else 0.0


def _glyphs(text: Any, digits: bool) -> Iterator[Glyph]:
    """The glyphs of a text page; letters of one box are one ligature."""
    count = c.FPDFText_CountChars(text)
    if count > MOST_GLYPHS:
        raise TooMuch(f"more than {MOST_GLYPHS} glyphs on one page")
    probe = _Probe(text)
    waiting: Glyph | None = None
    box = None
    for i in range(count):
        letter = probe.letter(i)
        if letter is None or (digits and not letter.isdecimal() and not letter.isspace() and letter not in SEPARATORS):
            continue
        here = probe.box(i)
        if waiting is not None and here == box and letter != " ":
            waiting = waiting._replace(text=waiting.text + letter)
            continue
        glyph = probe.glyph(i, letter)
        if letter == " " and glyph.x1 == glyph.x0:  # the engine has lost its place; the gap that it leaves tells of it
            continue
        if waiting is not None:
            yield _as_read(waiting)
        waiting, box = glyph, here
    if waiting is not None:
        yield _as_read(waiting)


def _clipped(glyphs: list[Glyph]) -> list[Glyph]:
    """``glyphs`` that end where the pen sets the next one down: the engine's boxes hold the ink, which reaches under neighbours."""
    for i in range(1, len(glyphs)):
        left, right = (i - 1, i) if glyphs[i - 1].x0 <= glyphs[i].x0 else (i, i - 1)
        if glyphs[left].y == glyphs[right].y and glyphs[left].x0 < glyphs[right].x0 < glyphs[left].x1:
            glyphs[left] = glyphs[left]._replace(x1=glyphs[right].x0)
    return glyphs


def _as_read(glyph: Glyph) -> Glyph:
    """The engine turns the letters of an Arabic ligature round, as if each had its own place."""
    if len(glyph.text) > 1 and any(unicodedata.bidirectional(c) in ("R", "AL") for c in glyph.text):
        return glyph._replace(text=glyph.text[::-1])
    return glyph


class _Probe:
    """Asks for single characters, into buffers that are made once."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._box = [ctypes.c_double() for _ in range(4)]
        self._origin = [ctypes.c_double() for _ in range(2)]
        self._loose = c.FS_RECTF()
        self._matrix = c.FS_MATRIX()

    def letter(self, i: int) -> str | None:
        """The character; None for one that the engine made up, such as a space between words."""
        code = c.FPDFText_GetUnicode(self._text, i)
        if code in _MADE_UP and c.FPDFText_IsGenerated(self._text, i) == 1:
            return None
        if c.FPDFText_HasUnicodeMapError(self._text, i) == 1 or 0xD800 <= code < 0xE000 or code in (0, 0xFFFE, 0xFFFF):
            return NO_MAPPING
        return readable(chr(code))

    def box(self, i: int) -> tuple[float, ...]:
        c.FPDFText_GetCharBox(self._text, i, *self._box)
        return tuple(value.value for value in self._box)

    def glyph(self, i: int, letter: str) -> Glyph:
        c.FPDFText_GetCharOrigin(self._text, i, *self._origin)
        c.FPDFText_GetLooseCharBox(self._text, i, self._loose)
        c.FPDFText_GetMatrix(self._text, i, self._matrix)
        m, loose = self._matrix, self._loose
        turn = (0 if m.a >= 0 else 2) if abs(m.a) >= abs(m.b) else (1 if m.b > 0 else 3)
        size = c.FPDFText_GetFontSize(self._text, i) * (m.c * m.c + m.d * m.d) ** 0.5
        x, y = self._origin[0].value, self._origin[1].value
        baseline = (y, -x, -y, x)[turn]
        end = (loose.right, loose.top, -loose.left, -loose.bottom)[turn]
        pen = (x, y, -x, -y)[turn]
        return Glyph(letter, pen, max(pen, end), baseline, size, turn)
