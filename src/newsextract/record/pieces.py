"""Pieces of JSON in UTF-8. A line is mostly words, offsets and shares that come again: their pieces are made once.

What is remembered is bounded: strings up to a length and a number, offsets and floats up to a number.
"""

from __future__ import annotations

from decimal import Decimal
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from mypy_extensions import i64  # a number of the machine, in annotations alone: it is not imported where the package runs

_LONGEST: Final = 48
"""Characters of a string that is remembered."""
_MOST: Final = 4_096
"""Strings that one place of the record remembers; floats and offsets that are remembered."""


def utf8(text: str) -> bytes:
    """``text`` in UTF-8, a lone surrogate as the escape that JSON has for it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


@final
class Quoted:
    """Strings as JSON at one place of the record, with what always stands before and after them there."""

    __slots__ = ("_after", "_before", "_known")

    def __init__(self, before: str = "", after: str = "") -> None:
        self._before = before
        self._after = after
        self._known: dict[str, bytes] = {}

    def of(self, value: str) -> bytes:
        """The piece for ``value``."""
        known = self._known.get(value)
        if known is not None:
            return known
        made = utf8(f"{self._before}{encode_basestring(value)}{self._after}")
        if len(value) <= _LONGEST and len(self._known) < _MOST:
            self._known[value] = made
        return made


_QUOTED: Final = Quoted()
_STARTS: Final = [f'{offset},"end":'.encode() for offset in range(_MOST)]
_ENDS: Final = [f'{offset},"text":'.encode() for offset in range(_MOST)]
_FLOATS: Final[dict[float, bytes]] = {}


def quoted(value: str) -> bytes:
    """A string as JSON."""
    return _QUOTED.of(value)


def start_piece(offset: i64) -> bytes:
    """The start of a place, and what is written before its end."""
    return _STARTS[offset] if offset < _MOST else f'{offset},"end":'.encode()


def end_piece(offset: i64) -> bytes:
    """The end of a place, and what is written before its text."""
    return _ENDS[offset] if offset < _MOST else f'{offset},"text":'.encode()


def floating(value: float) -> bytes:
    """A float as JSON."""
    known = _FLOATS.get(value)
    if known is not None:
        return known
    made = _floating(value).encode()
    if value and len(_FLOATS) < _MOST:  # 0.0 and -0.0 are one key
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
