"""What every reader's text is held to: it can be stored, it says something, and what could mislead a reader is told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.mojibake import repaired
from newsextract.readers.port import Document, Limits

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_QUESTION_MARKS: Final = re.compile(r"\?{2}")


def checked(document: Document, name: str, limits: Limits) -> Document:
    """``document`` as it may be kept, with the warnings that its text calls for.

    Args:
        document: From a reader.
        name: For messages.
        limits: What one file may cost.

    Raises:
        ReadError: ``EMPTY`` without any visible character, ``NO_TEXT`` if every letter was lost to ``?``, ``LIMIT`` if it is too long.
    """
    sound = _storable(document.text)
    text = repaired(sound)
    if len(text) > limits.characters:
        raise ReadError(name, "LIMIT", f"has more than {limits.characters} characters", "Split it, or raise the limit.")
    if not any(c.isprintable() and not c.isspace() for c in text):
        raise ReadError(name, "EMPTY", "holds no text", "Remove it, or check that it was saved whole.")
    if _letters_lost(text):
        raise ReadError(name, "NO_TEXT", "has lost its letters to question marks", "Find a copy that was saved under an encoding with Arabic letters.")
    warnings = dict.fromkeys(document.warnings)
    if "\ufffd" in text:
        warnings["DECODE_LOSSY"] = None
    if text != sound:
        warnings["REPAIRED_MOJIBAKE"] = None
    if _TURNS.search(text):
        warnings["BIDI_CONTROL"] = None
    return replace(document, text=text, warnings=tuple(warnings))


def _storable(text: str) -> str:
    """``text`` with its lone surrogates, which no file or database takes, as U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def _letters_lost(text: str) -> bool:
    """Whether question marks stand where words should: runs of them outnumber the letters."""
    if not _QUESTION_MARKS.search(text):
        return False
    head = text[:100_000]
    return head.count("?") > 2 * sum(c.isalpha() for c in head)
