"""The parts that runs of numbers are made of: one number word as the lexicon sees it, and the run that comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, final

from newsextract.lexicon.compiled import Lexeme, Reading
from newsextract.lexicon.memory import remember
from newsextract.lexicon.schema import BIT
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Composer, Number

NUMERAL: Final = BIT["NUMERAL"]
ORDINAL: Final = BIT["ORDINAL"]
DIGITS: Final = BIT["DIGITS"]
_CARDINAL: Final = NUMERAL | DIGITS
_AND: Final = "و"
LONGEST_RUN: Final = 64
"""A run takes no more tokens than this, so that hostile repetition stays linear."""


@final
class NumberRun:
    """One number as written.

    Attributes:
        first, last: Its tokens ``[first, last)``, the sign of a negative number included.
        cut: Letters of proclitics at its start that are no part of it.
        value: The exact value (for «بضع» the lower bound; see ``high``).
        kind: ``digits``, ``words``, ``mixed``, ``ordinal`` (simple or compound), ``fraction`` (نصف، ثلاثة أرباع) or ``approx`` (بضع).
        definite: Whether its first word carries the article («الثلاثين», «الخامس»).
        joined: Whether «و» or «ف» is among the proclitics.
        preposition: The one-letter preposition among the proclitics, or empty.
        dual: Whether the last word is a construct dual (مئتا، ألفا، مليوني): a noun must follow.
        more: Whether «ونيف» follows: more than the value.
        high: Upper bound of an ``approx`` number.
        doubled: Whether a multiplier was ignored because the digits spell it already («46,000 ألف»).
        note: The ``category`` of a one-word run's row (``fraction`` for خمس, which is also "a fifth"; ``price`` for ثمن), or empty.
    """

    __slots__ = ("cut", "definite", "doubled", "dual", "first", "high", "joined", "kind", "last", "more", "note", "preposition", "value")

    def __init__(
        self,
        first: int,
        last: int,
        cut: int,
        value: Number,
        kind: str,
        definite: bool = False,
        joined: bool = False,
        preposition: str = "",
        dual: bool = False,
        more: bool = False,
        high: Number | None = None,
        doubled: bool = False,
        note: str = "",
    ) -> None:
        self.first = first
        self.last = last
        self.cut = cut
        self.value = value
        self.kind = kind
        self.definite = definite
        self.joined = joined
        self.preposition = preposition
        self.dual = dual
        self.more = more
        self.high = high
        self.doubled = doubled
        self.note = note


@final
class Atom:
    """A number word as its type has it, whatever stands around it.

    Attributes:
        kind, category, number: Those of its row.
        value, fraction: The row's value: one of the two, the other is 0.
        cut, joined, definite, preposition: Its proclitics, as in :class:`NumberRun`.
        alone: Its value as a numeral of one word.
        construct: Whether it is a construct dual (مئتا، ألفي).
    """

    __slots__ = ("alone", "category", "construct", "cut", "definite", "fraction", "joined", "kind", "number", "preposition", "value")

    def __init__(
        self,
        kind: str,
        value: int,
        fraction: Fraction,
        cut: int,
        joined: bool,
        definite: bool,
        preposition: str,
        category: str,
        number: str,
        alone: Number,
        construct: bool,
    ) -> None:
        self.kind = kind
        self.value = value
        self.fraction = fraction
        self.cut = cut
        self.joined = joined
        self.definite = definite
        self.preposition = preposition
        self.category = category
        self.number = number
        self.alone = alone
        self.construct = construct


_MOST_WORDS: Final = 8192
"""Number words remembered before the memory is emptied."""
_NUMERALS: Final[dict[Lexeme, Atom]] = {}
_ORDINALS: Final[dict[Lexeme, Atom]] = {}


def _atom(word: str, lexeme: Lexeme, label: str, known: dict[Lexeme, Atom]) -> Atom | None:
    """The first reading of ``word`` as a number word with ``label``; remembered in ``known``."""
    atom = known.get(lexeme)
    if atom is None:
        reading = lexeme.sense(label)
        if reading is not None:
            atom = remember(known, lexeme, _from(reading, word), _MOST_WORDS)
    return atom


def _from(reading: Reading, word: str) -> Atom:
    cut, sense = reading.cut, reading.sense
    entry = sense.entry
    joined = cut > 0 and word[0] in "وف"
    preposition = word[cut - 1] if cut > joined else ""
    if sense.definite and word.startswith("لل", cut):
        preposition = "ل"
    value = entry.value
    fraction = Fraction(value) if "/" in value else Fraction(0)
    number = int(value) if value and "/" not in value else 0
    composer = Composer()
    composer.take(entry.kind, number, False)
    construct = (entry.number == "du" or entry.kind == "scale-or-dual") and word[-1] in "اي"
    return Atom(entry.kind, number, fraction, cut, joined, sense.definite, preposition, entry.category, entry.number, composer.value, construct)


def atom_at(scan: Scan, at: int) -> Atom | None:
    """The number word at token ``at``, or None."""
    tokens = scan.tokens
    if at >= len(tokens) or not tokens[at].flags & NUMERAL:
        return None
    lexeme = scan.tokens[at].lexeme
    return None if lexeme is None else _atom(scan.words[at], lexeme, "NUMERAL", _NUMERALS)


def ordinal_at(scan: Scan, at: int) -> Atom | None:
    """The ordinal at token ``at``, which is flagged as one."""
    lexeme = scan.tokens[at].lexeme
    return None if lexeme is None else _atom(scan.words[at], lexeme, "ORDINAL", _ORDINALS)


def is_boundary(scan: Scan, at: int) -> bool:
    """Whether token ``at`` is nothing that could carry a number on: no number word, no digits, no «و»."""
    tokens = scan.tokens
    return at >= len(tokens) or not (tokens[at].flags & _CARDINAL or scan.words[at] == _AND)


def joined_atom(scan: Scan, at: int) -> tuple[int, Atom] | None:
    """The number word that «و» joins to what ends before ``at``, and its token: «وعشرون» or «و عشرون»."""
    atom = atom_at(scan, at)
    if atom is not None:
        return (at, atom) if atom.joined and not atom.preposition else None
    if at < len(scan.words) and scan.words[at] == _AND:
        atom = atom_at(scan, at + 1)
        if atom is not None and not atom.cut:
            return at + 1, atom
    return None
