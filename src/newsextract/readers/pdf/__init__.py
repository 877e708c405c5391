"""PDF: glyphs with their places → columns → lines → reading order → paragraphs; every number read twice.

``docs/pdf.md`` tells what is repaired, what is refused, and what is only warned of.
"""

from __future__ import annotations

from newsextract.errors import ReadError
from newsextract.readers.port import Blob, Document, ReadOptions


def read(blob: Blob, options: ReadOptions) -> Document:
    """The text of a PDF in logical order.

    Raises:
        ReadError: ``MISSING_EXTRA``, ``CORRUPT``, ``ENCRYPTED``, ``LIMIT``, ``NESTING_LIMIT``, ``NO_TEXT``, ``NEEDS_OCR`` or ``SUSPECT_TEXT``.
    """
    try:
        from newsextract.readers.pdf.document import read_document
    except ImportError as error:
        raise ReadError(blob.name, "MISSING_EXTRA", f"needs the package {error.name}", "Install newsextract[pdf].") from error
    return read_document(blob, options)
