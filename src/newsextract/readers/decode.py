"""Bytes → text: byte order mark, strict UTF-8, then the Arabic code pages by the letters that they give."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final, NamedTuple

from charset_normalizer import from_bytes

from newsextract.errors import ReadError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = ["cp1256", "iso8859_6", "cp720", "mac_arabic", "utf_16_le", "utf_16_be"]
_BAD_BYTES: Final = 0.01
"""Share of undecodable bytes up to which a file is still UTF-8 with damage."""


class Decoded(NamedTuple):
    """A decoded text, the encoding, and warnings about how sure that is."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(data: bytes, path: str | Path, *, encoding: str | None = None) -> Decoded:
    """The text of ``data``.

    Args:
        data: The file's bytes.
        path: For messages.
        encoding: The caller's word; it overrides every guess.

    Raises:
        ReadError: ``UNDECIDED_ENCODING`` if no reading is convincing, ``BAD_ENCODING`` if ``encoding`` does not fit.
    """
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding), encoding, ())
        except (LookupError, UnicodeError, ValueError) as error:
            raise ReadError(path, "BAD_ENCODING", f"is not {encoding}: {error}", "Leave --encoding out or name another one.") from error
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name, ())
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    if bad <= max(3, _BAD_BYTES * len(replaced)) and _arabic_share(replaced) > 0.3:
        return Decoded(replaced, "utf-8", ("REPLACED_BYTES",))
    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is not None and _arabic_share(str(best)) > 0.3:
        return Decoded(str(best), best.encoding, ("GUESSED_ENCODING",))
    raise ReadError(path, "UNDECIDED_ENCODING", "is in no encoding that gives Arabic text", "Name it with --encoding, for example --encoding cp1256.")


def _arabic_share(text: str) -> float:
    letters = [c for c in text[:20_000] if c.isalpha()]
    return sum("\u0600" <= c <= "\u06ff" for c in letters) / len(letters) if letters else 0.0
