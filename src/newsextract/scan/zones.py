"""Zones and sentences of a scanned text, as token ranges.

A release is a headline, perhaps labelled header lines («التاريخ : …»), perhaps a dateline («جدة 26 شوال 1436 هـ … واس»),
a body and a tail of boilerplate («// انتهى //», «الصور», the time of filing). What no cue announces is body.
"""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan

_HEADER: Final = BIT["HEADER"]
_DATELINE_CUES: Final = BIT["PLACE"] | BIT["MONTH"] | BIT["INSTITUTION"] | BIT["WEEKDAY"]
_VERB: Final = BIT["VERB"]
_LONGEST_HEADLINE: Final = 30
_LONGEST_DATELINE: Final = 26
_STOPS: Final = frozenset(".!؟?…")
_BULLETS: Final = frozenset("/*-•#")
_CLOSERS: Final = frozenset("»\")]'")


@final
class Zone:
    """One line, or the text after a header's colon: a kind and the token range ``[first, last)``.

    Kinds: ``headline``, ``dateline``, ``body``, ``tail``, and ``header.date``, ``header.place``, … for labelled lines.
    """

    __slots__ = ("first", "kind", "last")

    def __init__(self, kind: str, first: int, last: int) -> None:
        self.kind = kind
        self.first = first
        self.last = last


def zones(scan: Scan) -> list[Zone]:
    """The zones of ``scan`` in text order; lines without tokens give none."""
    lines = _lines(scan)
    out: list[Zone] = []
    seen_body = False
    tail = False
    for number, (first, last) in enumerate(lines):
        header = None if tail else _header(scan, first, last)
        if tail:
            out.append(Zone("tail", first, last))
        elif header is not None:
            kind, start = header
            tail = kind == "tail" and seen_body
            if kind == "tail":
                out.append(Zone("tail" if seen_body else "body", first, last))
            elif start < last:
                out.append(Zone(f"header.{kind}", start, last))
        elif number == 0 and len(lines) > 1 and _is_headline(scan, first, last):
            out.append(Zone("headline", first, last))
        elif not seen_body and _is_dateline(scan, first, last):
            out.append(Zone("dateline", first, last))
        else:
            seen_body = True
            out.append(Zone("body", first, last))
    return out


def _lines(scan: Scan) -> list[tuple[int, int]]:
    """Token ranges of the lines that hold a token."""
    out: list[tuple[int, int]] = []
    first = 0
    for at in scan.newlines:
        if at > first:
            out.append((first, at))
        first = at + 1
    if first < len(scan.words):
        out.append((first, len(scan.words)))
    return out


def _is_headline(scan: Scan, first: int, last: int) -> bool:
    return last - first <= _LONGEST_HEADLINE and scan.words[last - 1] not in (".", ":")


def _is_dateline(scan: Scan, first: int, last: int) -> bool:
    """A short line without a sentence's end that names a place, a date or an agency."""
    if last - first > _LONGEST_DATELINE or scan.words[last - 1] == ".":
        return False
    cues = 0
    for token in scan.tokens[first:last]:
        cues |= token.flags
    return bool(cues & _DATELINE_CUES) and not cues & _VERB


def _header(scan: Scan, first: int, last: int) -> tuple[str, int] | None:
    """``(kind, first token of the content)`` if the line is a labelled header or a boilerplate line."""
    words = scan.words
    at = first
    while at < last and words[at] in _BULLETS:
        at += 1
    if at == last:
        return ("tail", last)
    if not scan.tokens[at].flags & _HEADER:
        return ("tail", last) if _is_filing_stamp(scan, first, last) else None
    phrase = scan.phrases.get(at)
    reading = None if phrase is None else phrase.sense("HEADER")
    end = at + 1 if phrase is None or reading is None else phrase.last
    if reading is None:
        lexeme = scan.tokens[at].lexeme
        reading = None if lexeme is None else lexeme.sense("HEADER")
    if reading is None:
        return None
    kind = reading.sense.entry.kind
    if end < last and words[end] == ":" and kind != "tail":
        return (kind, end + 1)
    if kind in ("tail", "boilerplate") and last - first <= 8:
        return (kind, last)
    return None


def _is_filing_stamp(scan: Scan, first: int, last: int) -> bool:
    """«10:23 ت م»: a time of day and nothing else but a few letters."""
    if not 3 <= last - first <= 6:
        return False
    words = scan.words[first:last]
    return words[0].isdigit() and words[1] == ":" and words[2].isdigit() and all(len(w) <= 4 for w in words[3:])


def sentences(scan: Scan, first: int, last: int) -> list[tuple[int, int]]:
    """The sentences of the token range ``[first, last)``, as token ranges.

    A point after a lone letter («د. محمد», «أ.د.») or inside a number ends none; a closing quote or bracket stays with its sentence.
    """
    out: list[tuple[int, int]] = []
    words = scan.words
    start = at = first
    while at < last:
        word = words[at]
        at += 1
        if word not in _STOPS and word != "\n":
            continue
        if word == "." and at >= 2 and len(words[at - 2]) == 1 and words[at - 2].isalpha() and scan.adjacent(at - 2, at - 1):
            continue
        while at < last and (words[at] in _STOPS or (words[at] in _CLOSERS and scan.adjacent(at - 1, at))):
            at += 1
        out.append((start, at))
        start = at
    if start < last:
        out.append((start, last))
    return out
