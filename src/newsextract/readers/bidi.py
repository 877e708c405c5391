"""The order in which a line is read, from the order in which it is seen: UAX #9 turned round.

A page shows a line's signs from left to right; what was written is one of several texts that are shown so. Of these the one is taken that a
writer of Arabic would have typed: letters of Arabic from right to left, numbers and Latin words never turned, a range from its lower year,
a telephone number from its plus sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from newsextract.readers.bidi_numbers import join_chains

Base = Literal["R", "L"]

_KIND: Final = {"R": "R", "AL": "R", "L": "L", "EN": "E", "AN": "A", "CS": "C", "WS": "W", "S": "W", "B": "W"}
_PERCENT: Final = frozenset("%٪‰؉")
_MIRROR: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_UNITS: Final = frozenset(
    (
        "km",
        "m",
        "cm",
        "mm",
        "kg",
        "g",
        "mg",
        "t",
        "kW",
        "MW",
        "GW",
        "kWh",
        "MWh",
        "GWh",
        "MB",
        "GB",
        "TB",
        "Mbps",
        "Gbps",
        "Hz",
        "MHz",
        "GHz",
        "km2",
        "m2",
        "m3",
    )
)
"""A number beside one of them was typed before it."""
_TURNED_TAIL: Final = re.compile(r"[%٪]\d")
_YEARS: Final = re.compile(r"(?<!\d)([12]\d{3}) ?[-–] ?([12]\d{3})(?!\d)")


class Reading(NamedTuple):
    """A line in reading order, and whether a range had to be turned because its years fell."""

    text: str
    turned: bool = False


def base_direction(clusters: Sequence[str], *, default: Base) -> Base:
    """The direction of a paragraph by its letters; ``default`` if it has none."""
    kinds = [kind(cluster) for cluster in clusters]
    right, left = kinds.count("R"), kinds.count("L")
    if not right and not left:
        return default
    return "R" if 2 * right >= left else "L"


def kind(cluster: str) -> str:
    """``R``, ``L``, ``E`` (European digit), ``A`` (Arabic-Indic digit), ``C`` (separator within numbers), ``W`` (space) or ``N`` (any other)."""
    return _KIND.get(unicodedata.bidirectional(cluster[0]), "N")


def logical(visual: Sequence[str], *, base: Base, mirrored: bool = True) -> Reading:
    """The reading order of a line seen as ``visual``.

    Args:
        visual: Letters with their marks, ligatures, signs and spaces, from left to right.
        base: The direction of the paragraph.
        mirrored: Whether brackets within right-to-left text stand as they look, so that the one that opens looks like ``)``.
    """
    kinds = [kind(cluster) for cluster in visual]
    if base == "L":
        return Reading(_from_left(visual, kinds, mirrored))
    forward = [k in "LEA" for k in kinds]
    _join_separators(kinds, forward)
    turned = join_chains(visual, kinds, forward)
    _join_latin(visual, kinds, forward)
    _join_percent(visual, kinds, forward)
    return Reading(_from_right(visual, forward, mirrored), turned)


def balance(visual: Sequence[str]) -> int:
    """Evidence on brackets in right-to-left text: above zero if they stand as they look, below if each stands as it was typed.

    Seen from the right, the first bracket of a pair opens; brackets between Latin letters prove nothing.
    """
    kinds = [kind(cluster) for cluster in visual]
    forward = [k in "LEA" for k in kinds]
    _join_latin(visual, kinds, forward)
    score, waiting = 0, ""
    for cluster, ahead in zip(reversed(visual), reversed(forward), strict=True):
        if ahead or cluster not in "()[]«»":
            continue
        if waiting and cluster != waiting and cluster == waiting.translate(_MIRROR):
            score += 1 if waiting in ")]»" else -1
            waiting = ""
        else:
            waiting = cluster
    return score


def _from_right(visual: Sequence[str], forward: Sequence[bool], mirrored: bool) -> str:
    out: list[str] = []
    at = len(visual)
    while at:
        start = at - 1
        if forward[start]:
            while start and forward[start - 1]:
                start -= 1
            out += visual[start:at]
        else:
            out.append(visual[start].translate(_MIRROR) if mirrored else visual[start])
        at = start
    return "".join(out)


def _from_left(visual: Sequence[str], kinds: Sequence[str], mirrored: bool) -> str:
    """Within left-to-right text only the stretches from Arabic letter to Arabic letter are turned."""
    out: list[str] = []
    at = 0
    while at < len(visual):
        if kinds[at] != "R":
            out.append(visual[at])
            at += 1
            continue
        end = at + 1
        for i in range(at + 1, len(visual)):
            if kinds[i] == "L":
                break
            if kinds[i] == "R":
                end = i + 1
        out.append(logical(visual[at:end], base="R", mirrored=mirrored).text)
        at = end
    return "".join(out)


def _join_separators(kinds: Sequence[str], forward: list[bool]) -> None:
    """1,250 and 15/10/2025: one separator between two digits of one kind belongs to the number (rule W4)."""
    for i in range(1, len(kinds) - 1):
        if kinds[i] == "C" and kinds[i - 1] in "EA" and kinds[i - 1] == kinds[i + 1]:
            forward[i] = True


def _join_latin(visual: Sequence[str], kinds: Sequence[str], forward: list[bool]) -> None:
    """Latin words with the signs, spaces and European digits between them are one run (rules W7, N1), closed brackets included (N0)."""
    at = 0
    while at < len(kinds):
        if kinds[at] not in "LE":
            at += 1
            continue
        end, strong = at, kinds[at] == "L"
        for i in range(at + 1, len(kinds)):
            if kinds[i] in "RA":
                break
            if kinds[i] in "LE":
                strong = strong or kinds[i] == "L"
                end = i
        if strong:
            first, last = _trim(visual, kinds, at, end)
            for i in range(first, last + 1):
                forward[i] = True
        at = end + 1


def _trim(visual: Sequence[str], kinds: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The run from ``first`` to ``last`` without numbers that belong to the Arabic text on its right, with the bracket that closes it."""
    word = max((i for i in range(first, last + 1) if kinds[i] == "L"), default=first)
    tail = "".join(visual[word + 1 : last + 1])
    if _TURNED_TAIL.search(tail) or _falls(tail) or _is_number_of_its_own(visual, kinds, word, last):
        return first, word
    inside = visual[first : last + 1]
    if last + 1 < len(visual) and (opener := _CLOSERS.get(visual[last + 1])) and inside.count(opener) > inside.count(visual[last + 1]):
        return first, last + 1
    return first, last


def _falls(text: str) -> bool:
    """Whether a range of years falls, so that it was not written in the direction in which it is looked at."""
    found = _YEARS.search(text)
    return found is not None and found[1] > found[2]


def _is_number_of_its_own(visual: Sequence[str], kinds: Sequence[str], word: int, last: int) -> bool:
    """Whether the number at the end of a run is joined to an Arabic word on its right, or the Latin word on its left is its unit."""
    if kinds[word + 1 : word + 2] != ["W"] or any(kind not in "EC" for kind in kinds[word + 2 : last + 1]):
        return False
    start = word
    while start and kinds[start - 1] == "L":
        start -= 1
    return (last + 1 < len(kinds) and kinds[last + 1] == "R") or "".join(visual[start : word + 1]) in _UNITS


def _join_percent(visual: Sequence[str], kinds: Sequence[str], forward: list[bool]) -> None:
    """A percent sign on the right of a number was typed after it in text of its own direction."""
    for i in range(1, len(visual)):
        if visual[i] in _PERCENT and forward[i - 1] and kinds[i - 1] in "EA" and not (i + 1 < len(kinds) and kinds[i + 1] in "EA"):
            forward[i] = True
            sign = i - 1
            while sign and forward[sign - 1] and kinds[sign - 1] in "EAC":
                sign -= 1
            if sign and visual[sign - 1] in "+-" and (sign == 1 or kinds[sign - 2] in "WN"):
                forward[sign - 1] = True
