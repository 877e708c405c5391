"""Text that was saved under a wrong encoding before it came here, put right: a sound UTF-8 file may hold «ط§ظ„» or «ÇáÓ» for «ال»."""

from __future__ import annotations

import re
from typing import Final

from newsextract.readers.letters import arabic_letters, cost

_UTF8_AS_CP1256: Final = re.compile("[طظ][^\\s\u0621-\u063a\u0641-\u064a]")
_AS_LATIN: Final = re.compile("[\u00c0-\u00ff]")
_WRONG_TURNS: Final = (("cp1256", "utf-8"), ("cp1252", "utf-8"), ("cp1252", "cp1256"), ("cp1252", "iso-8859-6"))
"""Read as the first when it was the second."""

_TO_LATIN_1: Final = {ord(c): byte for byte in range(0x80, 0xA0) if (c := bytes([byte]).decode("cp1252", "ignore"))}
_HEAD: Final = 5000
"""Characters by which a line is judged."""


def repaired(text: str) -> str:
    """``text`` put right if it is surely Arabic read under a wrong encoding: as a whole, or else those of its lines that are."""
    if not _suspect(text):
        return text
    whole = _put_right(text)
    return whole if whole != text else "".join(_put_right(line) if _suspect(line) else line for line in re.split("(\n)", text))


def _suspect(text: str) -> bool:
    """Whether a wrong turn left its traces: half-characters behind ط and ظ, or words of accented capitals and signs."""
    return _UTF8_AS_CP1256.search(text) is not None or _AS_LATIN.search(text) is not None


def _put_right(line: str) -> str:
    for read_as, was in _WRONG_TURNS:
        candidate = _turned_back(line, read_as, was)
        if candidate is not None and arabic_letters(candidate) >= 3 and _is_better(candidate, line):
            return candidate
    return line


def _turned_back(line: str, read_as: str, was: str) -> str | None:
    try:
        return _encoded(line, read_as).decode(was)
    except UnicodeError:
        return None


def _encoded(line: str, name: str) -> bytes:
    """``line`` under ``name``; what cp1252 leaves undefined stands, as browsers have it, for the control characters of Latin-1."""
    return line.translate(_TO_LATIN_1).encode("latin-1") if name == "cp1252" else line.encode(name)


def _is_better(candidate: str, line: str) -> bool:
    """Whether ``candidate`` is Arabic and ``line`` was none."""
    after, before = cost(candidate[:_HEAD]).mean, cost(line[:_HEAD]).mean
    return after < 6.5 and after + 1.5 < before and arabic_letters(candidate) > _plain_letters(line)


def _plain_letters(line: str) -> int:
    """Letters of ``line`` that could be meant as they stand: Arabic ones beside the two that a wrong turn leaves everywhere."""
    return arabic_letters(re.sub("[طظ]", "", line))
