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
        text_sha256: Hash of the text in UTF-8; found when the source is made.
        warnings: Codes of what a reader of the record should know (``DECODE_LOSSY``, …).
    """

    text: str
    name: str = "text"
    published: date | None = None
    uri: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    bytes: int = -1
    sha256: str = ""
    warnings: tuple[str, ...] = ()
    text_sha256: str = field(default="", init=False)

    def __post_init__(self) -> None:
        data = self.text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        object.__setattr__(self, "text_sha256", digest)
        if not self.sha256:
            object.__setattr__(self, "bytes", len(data))
            object.__setattr__(self, "sha256", digest)
