"""PDF: glyphs with their places → columns → lines → reading order → paragraphs; every number read twice.

``docs/pdf.md`` tells what is repaired, what is refused, and what is only warned of.
"""

from newsextract.readers.pdf.document import read

__all__ = ["read"]
