"""Plain text and Markdown."""

from __future__ import annotations

from newsextract.readers.decode import decode
from newsextract.readers.names import suffixes
from newsextract.readers.port import Blob, Document, ReadOptions


def read(blob: Blob, options: ReadOptions) -> Document:
    """The text of ``blob``, as :func:`newsextract.readers.decode.decode` gives it.

    Raises:
        ReadError: Its encoding is undecidable, or not the one that ``options`` names.
    """
    decoded = decode(blob.data, blob.name, encoding=options.encoding, declared=blob.charset)
    markdown = blob.media_type == "text/markdown" or suffixes(blob.name)[1] in {"md", "markdown"}
    # An old Macintosh ends its lines with a carriage return alone; as long, so no offset moves.
    text = decoded.text if "\n" in decoded.text else decoded.text.replace("\r", "\n")
    return Document(text, "text/markdown" if markdown else "text/plain", decoded.encoding, warnings=decoded.warnings)
