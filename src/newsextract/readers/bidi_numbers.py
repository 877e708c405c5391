"""Numbers that hang together by dashes or spaces: telephone numbers, grouped thousands, ranges; which end of them comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

_DASHES: Final = frozenset("-‐‑–−")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}( \d{3})+\Z")
_PHONE_DIGITS: Final = range(7, 16)
_TRUNK_DIGITS: Final = range(9, 16)


def join_chains(visual: Sequence[str], kinds: Sequence[str], forward: list[bool]) -> bool:
    """Sets in ``forward`` which numbers linked by dashes or spaces read from left to right.

    Args:
        visual: The signs of a line, from left to right.
        kinds: Their kinds (``bidi.kind``).
        forward: Whether each reads on in the direction in which it is looked at; changed in place.

    Returns:
        Whether a range of years that would have fallen was turned.
    """
    turned = False
    last_letter = max((i for i, kind in enumerate(kinds) if kind == "R"), default=-1)
    at = 0
    while at < len(visual):
        if not forward[at] or kinds[at] not in "EA":
            at += 1
            continue
        end = _chain_end(visual, kinds, forward, at)
        chain = _Chain.of(visual, forward, at, end)
        if len(chain.numbers) > 1:
            alone = end > last_letter
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
    while end < len(visual) and ((forward[end] and kinds[end] in "EAC") or _links(visual, kinds, end)):
        end += 1
    return end


def _links(visual: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """Whether a dash or space stands at ``at`` between two digits of one kind."""
    linking = visual[at] in _DASHES or visual[at] == " "
    return linking and 0 < at < len(visual) - 1 and kinds[at - 1] == kinds[at + 1] and kinds[at - 1] in "EA"


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
        if digits in _TRUNK_DIGITS and first.startswith("0") != last.startswith("0"):
            return first.startswith("0"), False
        spaced = " ".join(self.numbers), " ".join(reversed(self.numbers))
        if set(self.links) == {" "} and _THOUSANDS.match(spaced[0]):
            return not _THOUSANDS.match(spaced[1]), False
        return alone and dashed, False

    def _years(self) -> bool:
        return len(self.numbers) == 2 and self.links[0] in _DASHES and all(len(n) == 4 and n.isdecimal() and 1000 <= int(n) < 2200 for n in self.numbers)
