"""The code pages that Arabic was written in before Unicode, told apart by how surely one letter follows another."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Final

from charset_normalizer import from_bytes

from newsextract.readers.letters import arabic_letters, cost, sample

_CODE_PAGES: Final = {"cp1256": 0.0, "iso-8859-6": 5.0, "cp720": 6.0, "mac-arabic": 6.0}
"""The encodings that are tried, with what each costs in bits beforehand: how much rarer it is than the first."""
_NO_TEXT_CODECS: Final = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"})
SAYS_NOTHING: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Declared by software that knows no better."""
_SURE_BITS: Final = 8.0
"""By how many bits the best reading must win."""
_MOST_BITS: Final = 6.0
"""Mean cost above which letters are no Arabic; a few words may be odder, by ``_SLACK_BITS`` in all."""
_SLACK_BITS: Final = 12.0
_ASCII: Final = bytes(range(128))
SAME_IN_BOTH: Final = frozenset(b for b in range(256) if bytes([b]).decode("cp1252", "replace") == bytes([b]).decode("cp1256"))


def text_codec(name: str | None) -> str | None:
    """Python's name of a declared encoding if it is one of text; None for unknown ones and for codecs that are no encodings (``zlib``)."""
    if name is None or not re.fullmatch(r"[\w.:+-]{1,40}", name, re.ASCII):
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding and info.name.replace("-", "_") not in _NO_TEXT_CODECS else None


def is_page(name: str) -> bool:
    """Whether Python's name of an encoding is that of one of the pages."""
    return name in _codecs()


def arabic_page(words: bytes, declared: str | None) -> str | None:
    """The page under which ``words`` are surely Arabic, None if there is none.

    Args:
        words: A sample of the words that hold bytes beyond ASCII.
        declared: Python's name of the declared encoding, which is as likely beforehand as the first page.
    """
    ranked = sorted((_bits(page, words, prior=0.0 if text_codec(page) == declared else prior), page) for page, prior in _CODE_PAGES.items())
    return _surest(words, ranked)


def is_latin(data: bytes) -> bool:
    """Whether bytes beyond ASCII stand singly among Latin letters rather than make up words."""
    words = sample(data).split()
    foreign = sum(len(w) > 3 and len(w.translate(None, _ASCII)) > len(w) / 2 for w in words)
    return foreign < 0.1 * len(words)


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


def _bits(page: str, words: bytes, prior: float) -> float:
    return cost(words.decode(page, "replace")).bits + prior


def _is_arabic(text: str) -> bool:
    found, letters = cost(text), arabic_letters(text)
    return letters >= 3 and letters > 0.2 * found.characters and found.bits <= _MOST_BITS * found.characters + _SLACK_BITS


@cache
def _codecs() -> frozenset[str | None]:
    return frozenset(map(text_codec, _CODE_PAGES))
