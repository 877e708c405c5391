"""The source: the only text that any span refers to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read. Frozen: every offset of its record counts code points of ``text``.

    Attributes:
        text: The extracted text, before any normalisation.
        name: The file's name or another label.
        published: The day that the release is dated, if the caller knows it; relative dates count from it.
        uri: Where it was read from.
        media_type, encoding: As declared or found out.
        bytes, sha256: Size and hash of the original bytes; those of the UTF-8 text when it came as text.
        warnings: Codes of what a reader of the record should know (``REPLACED_BYTES``, …).
    """

    text: str
    name: str = "text"
    published: date | None = None
    uri: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    bytes: int = -1
    sha256: str = ""
    warnings: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.sha256:
            data = self.text.encode("utf-8", "surrogatepass")
            object.__setattr__(self, "bytes", len(data))
            object.__setattr__(self, "sha256", hashlib.sha256(data).hexdigest())
