"""PDF files made by hand, for what no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
HELVETICA = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
HELLO = b"BT /F1 12 Tf 72 700 Td (Hello 27 January) Tj ET\n"


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A file of ``objects``, numbered from 1; the first is its catalogue."""
    out = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def packed(data: bytes, entries: bytes = b"", *, times: int = 1) -> bytes:
    """A stream object, deflated ``times`` times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * times + b"] " + entries)


def page(resources: bytes = HELVETICA, *, box: bytes = b"0 0 612 792", more: bytes = b"") -> bytes:
    """A page whose content is object 4."""
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> %s >>" % (box, resources, more)


def one_page(content: bytes, resources: bytes = HELVETICA, *others: bytes) -> bytes:
    """A file of one page with ``content``; ``others`` are its objects from 5 on."""
    return pdf([CATALOG, PAGES, page(resources), stream(content), *others])


def form(content: bytes, resources: bytes = b"") -> bytes:
    """A form object."""
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << %s >>" % resources)


def picture(pixels: bytes, width: int, height: int) -> bytes:
    """A grey picture object."""
    return packed(pixels, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (width, height))


def lettered(content: bytes, letters: dict[int, str], *, width: int = 600) -> bytes:
    """A page in a font whose codes stand for ``letters``, each as wide as the others."""
    rows = b"".join(b"<%02X> <%s>\n" % (code, text.encode("utf-16-be").hex().upper().encode()) for code, text in letters.items())
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%sendbfchar endcmap end" % (
        len(letters),
        rows,
    )
    widths = b"/FirstChar 0 /LastChar 255 /Widths [" + b"%d " % width * 256 + b"]"
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R %s >> >>" % widths
    return one_page(content, font, stream(table))
