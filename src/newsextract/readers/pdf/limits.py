"""What one page may cost, beyond the limits that the user sets; known before any engine draws it."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, dict_value, list_value, resolve1

from newsextract.readers.pdf.annotations import appearances

MOST_GLYPHS: Final = 100_000
"""On one page: a newspaper page in small print has about 20,000."""
MOST_CONTENT: Final = 50_000_000
"""Bytes of drawing instructions of one page, the forms that it draws counted as often as they are drawn."""
MUCH_CONTENT: Final = 3_000_000
"""More than this is left to pdfium, which is fast: maps and plots, whose text is short."""
_MOST_FORMS: Final = 100_000
_DEEPEST_FORMS: Final = 20
_RATIO: Final = 1040
"""How many times its size a deflated byte can grow, at most."""
_MOST_PACKED: Final = 2_000_000
"""Bytes of a stream in one of the old packings, which are unpacked slowly."""
_LARGEST_TABLE: Final = 10_000_000
_MOST_CODES: Final = 1_200_000
_RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*[<\[]")
_DRAWN: Final = re.compile(rb"/([^\s/<>()\[\]{}%]+)\s+Do\b")


class TooMuch(Exception):
    """A page or document exceeds a limit; the message says which."""


class TooDeep(TooMuch):
    """Something contains itself, or nests deeper than any document does."""


def content_size(page: PDFPage) -> int:
    """The bytes of drawing instructions that ``page`` costs.

    Raises:
        TooMuch: There are more than any page needs.
        TooDeep: Forms are nested too deeply or draw themselves.
    """
    streams = [stream for part in page.contents if (stream := _stream(part)) is not None]
    looks = [look.stream for look in appearances(page)]
    return sum(_cost(stream, page.resources, (), {}) for stream in streams) + sum(_cost(look, dict_value(look.get("Resources", {})), (), {}) for look in looks)


def _cost(stream: PDFStream, resources: Mapping[Any, Any], path: tuple[object, ...], known: dict[object, int]) -> int:
    if stream.objid in known:
        return known[stream.objid]
    check_fonts(resources)
    if stream.objid in path or len(path) > _DEEPEST_FORMS:
        raise TooDeep("forms that draw themselves or nest too deeply")
    data = inflated(stream, MOST_CONTENT)
    total = len(data)
    if data.count(b"Tj") + data.count(b"TJ") > MOST_GLYPHS:
        raise TooMuch(f"more than {MOST_GLYPHS} glyphs on one page")
    drawn = Counter(_DRAWN.findall(data)) if b"Do" in data else Counter()
    if drawn.total() > _MOST_FORMS:
        raise TooMuch(f"more than {_MOST_FORMS} forms on one page")
    for name, times in drawn.items():
        form, inner = _form(resources, name.decode("latin-1"))
        if form is not None:
            total += times * _cost(form, inner or resources, (*path, stream.objid), known)
        if total > MOST_CONTENT:
            raise TooMuch(f"more than {MOST_CONTENT} bytes of drawing instructions on one page")
    known[stream.objid] = total
    return total


def check_fonts(resources: Mapping[Any, Any]) -> None:
    """Looks at the tables of fonts that an engine would expand without asking for their size.

    Raises:
        TooMuch: One has more entries than there are characters.
    """
    for font in dict_value(resources.get("Font", {})).values():
        font = dict_value(font)
        for part in (font, *(dict_value(d) for d in list_value(font.get("DescendantFonts", [])))):
            table = _stream(part.get("ToUnicode"))
            sections = _RANGES.findall(inflated(table, _LARGEST_TABLE)) if table is not None else []
            ranges = [found for section in sections for found in _RANGE.findall(section)]
            codes = [code for code in list_value(part.get("W", [])) if isinstance(code, int)]
            if sum(int(last, 16) - int(first, 16) for first, last in ranges) > _MOST_CODES or max(codes, default=0) > _MOST_CODES:
                raise TooMuch("a font with more characters than there are")


def _form(resources: Mapping[Any, Any], name: str) -> tuple[PDFStream | None, Mapping[Any, Any]]:
    """The form of that name with its own resources; nothing for a picture."""
    objects = dict_value(resources.get("XObject", {}))
    form = _stream(objects.get(name))
    if form is None or str(getattr(resolve1(form.get("Subtype")), "name", "")) != "Form":
        return None, {}
    return form, dict_value(form.get("Resources", {}))


def _stream(value: object) -> PDFStream | None:
    value = resolve1(value)
    return value if isinstance(value, PDFStream) else None


def inflated(stream: PDFStream, most: int) -> bytes:
    """The decoded bytes of ``stream``.

    Raises:
        TooMuch: They are more than ``most``.
    """
    raw = stream.rawdata
    if raw is None:
        return bytes(stream.get_data())
    filters = [name for name, _ in stream.get_filters()]
    deflated = sum(name in LITERALS_FLATE_DECODE for name in filters)
    if len(filters) > deflated and len(raw) > _MOST_PACKED and not stream.get("Width"):
        raise TooMuch(f"a stream of more than {_MOST_PACKED} bytes in an old packing")
    if deflated and len(raw) * _RATIO**deflated > most:
        _check_inflation(stream, raw, deflated, most)
    return bytes(stream.get_data())


def _check_inflation(stream: PDFStream, raw: bytes, times: int, most: int) -> None:
    """Inflates piece by piece, as long as a limit is not met."""
    data = raw if stream.decipher is None else stream.decipher(stream.objid or 0, stream.genno or 0, raw, stream.attrs)
    for _ in range(times):
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, most + 1)
        except zlib.error:
            return
        if len(data) > most:
            raise TooMuch(f"a stream that inflates beyond {most} bytes")
