"""Bytes → text: a byte order mark, UTF-8, what the document declares, then the Arabic code pages by the letters that they give.

What was declared counts less than a mark, and a mark less than the bytes themselves: each reading must give convincing text.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, NamedTuple

from newsextract.errors import ReadError
from newsextract.readers.code_pages import SAME_IN_BOTH, SAYS_NOTHING, arabic_page, is_latin, is_page, text_codec
from newsextract.readers.letters import arabic_letters, cost, sample

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEVEN_BIT: Final = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
_HIGH: Final = b"\x00\x06\xfb\xfe"
"""High bytes of Latin and Arabic characters and of Arabic presentation forms."""
_UTF7_WORD: Final = re.compile(rb"\+[A-Za-z0-9+/]{5,}")
_BROKEN: Final = re.compile("\ufffd+")


class Decoded(NamedTuple):
    """A decoded text, the encoding, and warnings about how sure that is."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(data: bytes, path: str | Path, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """The text of ``data``.

    Args:
        data: The file's bytes.
        path: For messages.
        encoding: The caller's word; it overrides every other.
        declared: What the document or its envelope says of itself, if anything; believed if it gives convincing text.

    Raises:
        ReadError: ``UNDECIDED_ENCODING`` if no reading is convincing, ``BAD_ENCODING`` if ``encoding`` does not fit.
    """
    if encoding is not None:
        return _as_told(data, path, encoding)
    name = text_codec(declared)
    found = _marked(data)
    data = data.removeprefix(codecs.BOM_UTF8)
    found = found or _unmarked_wide(data) or _utf8(data, name) or _damaged_utf8(data) or _declared_or_guessed(data, name) or _mixed(data) or _latin(data)
    if found is None:
        raise _undecided(path, "cp1256")
    if found.encoding == "utf-8" and data.isascii() and _hides_utf7(data):
        raise _undecided(path, "utf-7")
    return found


def _undecided(path: str | Path, example: str) -> ReadError:
    remedy = f"Name it with --encoding, for example --encoding {example}."
    return ReadError(path, "UNDECIDED_ENCODING", "is in no encoding that surely gives Arabic text", remedy)


def _as_told(data: bytes, path: str | Path, encoding: str) -> Decoded:
    codec = text_codec(encoding)
    try:
        if codec is None:
            raise LookupError(f"unknown encoding: {encoding}")
        return Decoded(data.decode(codec).removeprefix("\ufeff"), encoding, ())
    except (LookupError, ValueError) as error:
        raise ReadError(path, "BAD_ENCODING", f"is not {encoding}: {error}", "Leave --encoding out or name another one.") from error


def _marked(data: bytes) -> Decoded | None:
    """What a byte order mark says, unless the bytes behind it are sound UTF-8 or no text under it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if name != "utf-8" and not rest.isascii() and _is_utf8(rest):
                return Decoded(rest.decode(), "utf-8", ())
            text = rest.decode(name, "replace")
            return _with_losses(text, name) if _is_plausible(text) else None
    return None


def _unmarked_wide(data: bytes) -> Decoded | None:
    name = wide_encoding(data)
    if name is None:
        return None
    text = data.decode(name, "replace")
    return Decoded(text, name, (*_with_losses(text, name).warnings, "GUESSED_ENCODING")) if _is_plausible(text) else None


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by the high bytes of Latin and Arabic text, nearly all 00 and 06, in every second place or in three of four."""
    head = data[:4096]
    if len(head) < 4 or not any(byte in head for byte in _HIGH[:2]):
        return None
    for name, zeros, high in (("utf-32-le", (2, 3), 1), ("utf-32-be", (0, 1), 2)):
        if all(_share(head[z::4], b"\x00") > 0.95 for z in zeros) and _share(head[high::4], _HIGH) > 0.7:
            return name
    for name, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if _share(head[start::2], _HIGH) > 0.7 and _share(head[1 - start :: 2], _HIGH) < 0.3:
            return name
    return None


def _utf8(data: bytes, declared: str | None) -> Decoded | None:
    if data.isascii() and declared is not None and _SEVEN_BIT.match(declared):
        text = data.decode(declared, "replace")
        return _with_losses(text, declared)
    return Decoded(data.decode(), "utf-8", ()) if _is_utf8(data) else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes are wrong or the last character is cut: its sound characters outnumber the breaks by far."""
    text = data.decode("utf-8", "replace")
    breaks = len(_BROKEN.findall(text))
    sound = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    return _with_losses(text, "utf-8") if sound >= 10 * breaks or (breaks == 1 and sound >= 3 and text.endswith("\ufffd")) else None


def _declared_or_guessed(data: bytes, declared: str | None) -> Decoded | None:
    """The best of the Arabic code pages; the declared encoding if that gives Arabic as good, or if none of them gives any."""
    words = sample(data)
    name = None if declared in SAYS_NOTHING else declared
    page = arabic_page(words, name)
    if page is None or (name is not None and not is_page(name) and cost(words.decode(name, "replace")).mean <= cost(words.decode(page, "replace")).mean):
        return _as_declared(data, declared)
    warnings = () if text_codec(page) == name else ("GUESSED_ENCODING", "DECLARED_ENCODING_WRONG") if name else ("GUESSED_ENCODING",)
    found = _with_losses(data.decode(page, "replace"), page)
    return Decoded(found.text, page, (*found.warnings, *warnings))


def _as_declared(data: bytes, name: str | None) -> Decoded | None:
    """The text under the declared encoding if every byte fits; Latin-1 is windows-1252, as on the web, and must look like Latin text."""
    if name is None or (name in SAYS_NOTHING and not is_latin(data)):
        return None
    name = "cp1252" if name in SAYS_NOTHING else name
    text = data.decode(name, "replace")
    return Decoded(text, name, ()) if "\ufffd" not in text else None


def _latin(data: bytes) -> Decoded | None:
    """English or French with bytes that mean the same in windows-1252 and windows-1256: quotation marks, dashes, most accents."""
    same = set(data) <= SAME_IN_BOTH and is_latin(data)
    return Decoded(data.decode("cp1252"), "cp1252", ("GUESSED_ENCODING",)) if same else None


def _mixed(data: bytes) -> Decoded | None:
    """A file put together from UTF-8 and one code page: each line by itself."""
    lines = data.splitlines(keepends=True)
    others = b"".join(line for line in lines if not _is_utf8(line))
    if len(others) == len(data) or all(line.isascii() or not _is_utf8(line) for line in lines):
        return None
    rest = _declared_or_guessed(others, None)
    if rest is None:
        return None
    text = "".join(line.decode() if _is_utf8(line) else line.decode(rest.encoding, "replace") for line in lines)
    return Decoded(text, "utf-8", (*rest.warnings, "MIXED_ENCODING"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _with_losses(text: str, name: str) -> Decoded:
    return Decoded(text, name, ("DECODE_LOSSY",) if "\ufffd" in text else ())


def _is_plausible(text: str) -> bool:
    """Whether most characters are of the scripts that news around Arabic uses rather than of any: a wrong width gives any."""
    head = text[:20_000]
    strange = sum(c > "\u2fff" and not "\ufb50" <= c <= "\ufeff" for c in head)
    return strange <= 0.2 * len(head)


def _share(data: bytes, of: bytes) -> float:
    return (len(data) - len(data.translate(None, of))) / max(1, len(data))


def _hides_utf7(data: bytes) -> bool:
    """Whether ASCII is really UTF-7 with Arabic letters, which is never decoded unasked."""
    if len(_UTF7_WORD.findall(data[:100_000])) < 3:
        return False
    return arabic_letters(data[:100_000].decode("utf-7", "ignore")) > 20
