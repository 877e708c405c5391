"""Pieces of JSON in UTF-8. A line is mostly words, offsets and shares that come again: their pieces are made once.

What is remembered is bounded: strings up to a length and a number, offsets and floats up to a number.
"""

from __future__ import annotations

from decimal import Decimal
from json.encoder import encode_basestring
from typing import Final

from mypy_extensions import i64

_LONGEST: Final = 48
"""Characters of a string that is remembered."""
_MOST_STRINGS: Final = 20_000
_MOST_FLOATS: Final = 4_000
_OFFSETS: Final = 4_096
_STRINGS: Final[dict[str, bytes]] = {}
_FLOATS: Final[dict[float, bytes]] = {}


def _start(offset: int) -> bytes:
    return f'{{"start":{offset},"end":'.encode()


def _end(offset: int) -> bytes:
    return f'{offset},"text":'.encode()


_STARTS: Final = [_start(offset) for offset in range(_OFFSETS)]
_ENDS: Final = [_end(offset) for offset in range(_OFFSETS)]


def utf8(text: str) -> bytes:
    """``text`` in UTF-8, a lone surrogate as the escape that JSON has for it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def quoted(value: str) -> bytes:
    """A string as JSON."""
    known = _STRINGS.get(value)
    if known is not None:
        return known
    made = utf8(encode_basestring(value))
    if len(value) <= _LONGEST and len(_STRINGS) < _MOST_STRINGS:
        _STRINGS[value] = made
    return made


def place(start: i64, end: i64) -> tuple[bytes, bytes]:
    """What is written before the text of the place ``[start, end)``."""
    return _STARTS[start] if start < _OFFSETS else _start(start), _ENDS[end] if end < _OFFSETS else _end(end)


def floating(value: float) -> bytes:
    """A float as JSON."""
    known = _FLOATS.get(value)
    # -0.0 is found under 0.0
    if known is not None and value:
        return known
    made = _floating(value).encode()
    if len(_FLOATS) < _MOST_FLOATS:
        _FLOATS[value] = made
    return made


def _floating(value: float) -> str:
    """A float as pydantic writes it: the shortest digits, an exponent only above 10¹⁶ and below 10⁻⁵, without a leading zero."""
    written = repr(value)
    if "e" in written:
        digits, _, exponent = written.partition("e")
        if exponent == "-05":
            return format(Decimal(written), "f")
        return f"{digits}e{exponent[0]}{exponent[1:].lstrip('0')}"
    return written if value - value == 0 else "null"
