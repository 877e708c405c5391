"""The ordinal of an event's session: «الدورة السادسة», «الدورة السنوية الـ 27», «دورته /51/»."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, CONJ, Shapes
from newsextract.mentions.number_runs import NumberRun
from newsextract.scan.scanner import Scan

_NUMBERS: Final = BIT["NUMERAL"] | BIT["ORDINAL"] | BIT["DIGITS"]
_MOST_ADJECTIVES: Final = 3
_LEAST_TENS: Final = 20


@final
class Session:
    """Attributes:
    ordinal: Which session it is.
    first, last: The tokens ``[first, last)`` that say so.
    """

    __slots__ = ("first", "last", "ordinal")

    def __init__(self, ordinal: int, first: int, last: int) -> None:
        self.ordinal = ordinal
        self.first = first
        self.last = last


def read_session(scan: Scan, shapes: Shapes, runs: dict[int, NumberRun], at: int) -> Session | None:
    """The session's ordinal at ``at``, over adjectives such as السنوية.

    Besides ordinal words it takes figures after the article («الـ 27») and between strokes («/51/»).
    """
    words, tokens = scan.words, scan.tokens
    size = len(words)
    j = at
    while j < size and j - at < _MOST_ADJECTIVES and shapes.of(tokens[j]) & (ADJECTIVE | CONJ) == ADJECTIVE and j not in runs:
        j += 1
    t = j
    while t < size and not tokens[t].flags & _NUMBERS:
        t += 1
        if t > j + 2:
            return None  # what may stand before the number: an article or a stroke, and a sign
    first = j
    if j + 1 in runs and words[j] == "ال":
        j += 1
    elif j + 1 in runs and words[j] == "/" and j + 2 < size and words[j + 2] == "/":
        return Session(int(runs[j + 1].value), first, j + 3)
    run = runs.get(j)
    if run is None or (run.kind != "ordinal" and first == j and not _tens(run, words[j])) or run.value != int(run.value):
        return None
    return Session(int(run.value), first, run.last)


def _tens(run: NumberRun, word: str) -> bool:
    """Whether a cardinal is an ordinal in a session's place: «دورته التسعين», whose tens have one form for both."""
    return word.startswith("ال") and run.last - run.first == 1 and run.value >= _LEAST_TENS and run.value % 10 == 0
