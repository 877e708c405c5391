"""Bytes → text: a byte order mark, UTF-8, what the document declares, then the Arabic code pages by the letters that they give.

What was declared counts less than a mark, and a mark less than the bytes themselves: each reading must give convincing text.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, NamedTuple

from charset_normalizer import from_bytes

from newsextract.errors import ReadError
from newsextract.readers.letters import arabic_letters, cost, sample

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES: Final = {"cp1256": 0.0, "iso-8859-6": 5.0, "cp720": 6.0, "mac-arabic": 6.0}
"""The encodings that are tried, with what each costs in bits beforehand: how much rarer it is than the first."""
_NO_TEXT_CODECS: Final = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"})
_SEVEN_BIT: Final = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
_SAYS_NOTHING: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Declared by software that knows no better."""
_HIGH: Final = b"\x00\x06\xfb\xfe"
"""High bytes of Latin and Arabic characters and of Arabic presentation forms."""
_UTF7_WORD: Final = re.compile(rb"\+[A-Za-z0-9+/]{5,}")
_BROKEN: Final = re.compile("\ufffd+")
_SURE_BITS: Final = 8.0
"""By how many bits the best reading must win."""
_MOST_BITS: Final = 6.0
"""Mean cost above which letters are no Arabic; a few words may be odder, by ``_SLACK_BITS`` in all."""
_SLACK_BITS: Final = 12.0


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
    found = found or _unmarked_wide(data) or _utf8(data, name) or _damaged_utf8(data) or _declared_or_guessed(data, name) or _mixed(data)
    if found is None:
        raise _undecided(path, "cp1256")
    if found.encoding == "utf-8" and data.isascii() and _hides_utf7(data):
        raise _undecided(path, "utf-7")
    return found


def text_codec(name: str | None) -> str | None:
    """Python's name of a declared encoding if it is one of text; None for unknown ones and for codecs that are no encodings (``zlib``)."""
    if name is None or not re.fullmatch(r"[\w.:+-]{1,40}", name, re.ASCII):
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding and info.name.replace("-", "_") not in _NO_TEXT_CODECS else None


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
    name = None if declared in _SAYS_NOTHING else declared
    ranked = sorted((_bits(page, words, prior=0.0 if page == name else prior), page) for page, prior in _CODE_PAGES.items())
    best = _surest(words, ranked)
    if name is not None and name not in map(text_codec, _CODE_PAGES):
        own = cost(words.decode(name, "replace"))
        if best is None or own.mean <= cost(words.decode(best, "replace")).mean:
            return _as_declared(data, name)
    if best is None:
        return _as_declared(data, declared)
    warnings = () if text_codec(best) == declared else ("GUESSED_ENCODING", "DECLARED_ENCODING_WRONG") if name else ("GUESSED_ENCODING",)
    found = _with_losses(data.decode(best, "replace"), best)
    return Decoded(found.text, best, (*found.warnings, *warnings))


def _as_declared(data: bytes, name: str | None) -> Decoded | None:
    """The text under the declared encoding if every byte fits; what software declares unasked must give words too."""
    if name is None:
        return None
    text = data.decode(name, "replace")
    sound = "\ufffd" not in text and (name not in _SAYS_NOTHING or cost(sample(data).decode(name, "replace")).mean <= _MOST_BITS)
    return Decoded(text, name, ()) if sound else None


def _surest(words: bytes, ranked: list[tuple[float, str]]) -> str | None:
    """The first of ``ranked`` if its letters are Arabic and no other reading comes near, or if charset-normalizer says the same."""
    bits, best = ranked[0]
    text = words.decode(best, "replace")
    if not _is_arabic(text):
        return None
    rivals = [page for other, page in ranked[1:] if other - bits < _SURE_BITS and _spaced(words.decode(page, "replace")) != _spaced(text)]
    if not rivals:
        return best
    told = from_bytes(words, cp_isolation=[best, *rivals]).best()
    return best if told is not None and text_codec(told.encoding) == text_codec(best) else None


def _spaced(text: str) -> str:
    """``text`` with its no-break spaces as spaces: two readings that differ in those alone are one."""
    return text.replace("\u00a0", " ")


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


def _bits(page: str, words: bytes, prior: float) -> float:
    return cost(words.decode(page, "replace")).bits + prior


def _is_arabic(text: str) -> bool:
    found, letters = cost(text), arabic_letters(text)
    return letters >= 3 and letters > 0.2 * found.characters and found.bits <= _MOST_BITS * found.characters + _SLACK_BITS


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
