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

Base = Literal["R", "L"]

_KIND: Final = {"R": "R", "AL": "R", "L": "L", "EN": "E", "AN": "A", "CS": "C", "WS": "W", "S": "W", "B": "W"}
_PERCENT: Final = frozenset("%٪‰؉")
_MIRROR: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_DASHES: Final = frozenset("-‐‑–−")
_UNITS: Final = frozenset({"km", "m", "cm", "mm", "kg", "g", "mg", "t", "kW", "MW", "GW", "kWh", "MWh", "GWh", "MB", "GB", "TB", "Mbps", "Gbps", "Hz", "MHz", "GHz", "km2", "m2", "m3"})
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}( \d{3})+\Z")
_PHONE_DIGITS: Final = range(7, 16)


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
    turned = _join_chains(visual, kinds, forward)
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
    """The run from ``first`` to ``last`` without a number that belongs to the Arabic text on its right, with the bracket that closes it."""
    number = last
    while number > first and kinds[number] in "EC":
        number -= 1
    if kinds[number] == "W" and number > first:
        word = number
        while word > first and kinds[word - 1] not in "W":
            word -= 1
        glued = last + 1 < len(kinds) and kinds[last + 1] == "R"
        if glued or "".join(visual[word:number]) in _UNITS:
            return first, number - 1
    inside = visual[first : last + 1]
    if last + 1 < len(visual) and (opener := _CLOSERS.get(visual[last + 1])) and inside.count(opener) > inside.count(visual[last + 1]):
        return first, last + 1
    return first, last


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


def _join_chains(visual: Sequence[str], kinds: Sequence[str], forward: list[bool]) -> bool:
    """Numbers linked by dashes or spaces: telephone numbers, grouped thousands, ranges. Returns whether a falling range was turned."""
    turned = False
    at = 0
    while at < len(visual):
        if not forward[at] or kinds[at] not in "EA":
            at += 1
            continue
        end = _chain_end(visual, kinds, forward, at)
        chain = _Chain.of(visual, forward, at, end)
        if len(chain.numbers) > 1:
            alone = "R" not in kinds[end:]
            runs_forward, falls = chain.direction(alone=alone)
            turned = turned or falls
            if runs_forward:
                first = at - 1 if chain.plus == "left" else at
                for i in range(first, end):
                    forward[i] = True
        elif chain.plus == "left" and len(chain.numbers[0]) in _PHONE_DIGITS:
            forward[at - 1] = True
        at = end
    return turned


def _chain_end(visual: Sequence[str], kinds: Sequence[str], forward: Sequence[bool], at: int) -> int:
    """The end of the numbers that hang together from ``at`` on, a single dash or space between each two."""
    end = at
    while end < len(visual):
        if forward[end] and kinds[end] in "EAC":
            end += 1
        elif end + 1 < len(visual) and (visual[end] in _DASHES or visual[end] == " ") and kinds[end + 1] == kinds[end - 1] and kinds[end - 1] in "EA":
            end += 1
        else:
            break
    return end


class _Chain(NamedTuple):
    """Numbers and the signs between them, from left to right; on which side a plus sign touches them."""

    numbers: list[str]
    links: list[str]
    plus: Literal["left", "right", ""]

    @classmethod
    def of(cls, visual: Sequence[str], forward: Sequence[bool], first: int, last: int) -> _Chain:
        numbers, links = [""], []
        for i in range(first, last):
            if forward[i]:
                numbers[-1] += visual[i]
            else:
                links.append(visual[i])
                numbers.append("")
        left = first > 0 and visual[first - 1] == "+"
        right = last < len(visual) and visual[last] == "+"
        return cls(numbers, links, "left" if left else "right" if right else "")

    def direction(self, *, alone: bool) -> tuple[bool, bool]:
        """Whether the chain reads from left to right, and whether that turns a range that would fall.

        Args:
            alone: No Arabic letter stands before it in its line, so that dashes do not turn its numbers (rule W4).
        """
        if self._years():
            low, high = int(self.numbers[-1]), int(self.numbers[0])
            return low > high, low > high and not alone
        if self.plus == "left":
            return True, False
        dashed = all(link == "-" for link in self.links)
        if self.plus == "right":
            return alone and dashed, False
        digits = sum(len(number) for number in self.numbers)
        first, last = self.numbers[0], self.numbers[-1]
        if digits in _PHONE_DIGITS and first.startswith("0") != last.startswith("0"):
            return first.startswith("0"), False
        spaced = " ".join(self.numbers), " ".join(reversed(self.numbers))
        if set(self.links) == {" "} and _THOUSANDS.match(spaced[0]):
            return not _THOUSANDS.match(spaced[1]), False
        return alone and dashed, False

    def _years(self) -> bool:
        return len(self.numbers) == 2 and self.links[0] in _DASHES and all(len(n) == 4 and n.isdecimal() and 1000 <= int(n) < 2200 for n in self.numbers)
