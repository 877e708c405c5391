"""What becomes of a file or of a member of one: a record, an error, or a skip with its code."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["record", "error", "skip"]


class Outcome(NamedTuple):
    """One outcome, as a worker tells it.

    Attributes:
        kind: ``record``, ``error`` or ``skip``.
        member: What follows the file's name in the name of a member (``!/a/12.txt``); empty for the file itself.
        code, reason, remedy: Why it failed or was passed over.
        line: The record as a line of JSON with its line feed.
        text_sha256, text: The hash of the text it was made from, and the text in UTF-8 if it is to be kept.
        draft: Where the text has been written for the parent to adopt, in place of ``text``.
        warnings: The record's warnings, parted by spaces.
    """

    kind: Kind
    member: str = ""
    code: str | None = None
    reason: str | None = None
    remedy: str | None = None
    line: bytes = b""
    text_sha256: str | None = None
    text: bytes | None = None
    draft: str | None = None
    warnings: str = ""
