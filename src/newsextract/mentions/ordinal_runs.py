"""Ordinals: الخامس، الحادية عشرة، الثالث والأربعين، «الأولى بعد الألف»."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.noun_forms import starts_with_letter
from newsextract.mentions.run_parts import ORDINAL, Atom, NumberRun, atom_at, is_boundary, joined_atom, ordinal_at
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Composer

_AFTER: Final = "بعد"
_SESSION: Final = BIT["EVENT_HEAD"] | BIT["TRIGGER"]
_LONGEST_SESSION: Final = 4


def read_ordinal(scan: Scan, at: int) -> NumberRun | None:
    """The ordinal whose first word is token ``at``, or None.

    The ten of a compound carries no article (الثالثة عشرة), the tens are joined (الحادي والعشرون); what exceeds a hundred follows after
    «بعد» (Wright I §328–331).
    """
    atom = ordinal_at(scan, at)
    if atom is None or atom.kind == "ending" or (atom.category == "alif-maqsura" and not _maqsura(scan, at)):
        return None
    if atom.kind == "roman":
        return NumberRun(at, at + 1, 0, atom.value, "ordinal") if _follows_session(scan, at) else None
    value, last = _compound(scan, atom.value, at + 1)
    if last == at + 1 and atom.kind == "part":
        return None
    more, last = _after(scan, last)
    return NumberRun(at, last, atom.cut, value + more, "ordinal", atom.definite, atom.joined, atom.preposition)


def with_ending(scan: Scan, run: NumberRun) -> NumberRun:
    """The run of digits with the ending of an ordinal that touches it («3rd»), as the ordinal that they are; else as it is."""
    last = run.last
    if last >= len(scan.words) or not scan.tokens[last].flags & ORDINAL or not scan.adjacent(last - 1, last):
        return run
    atom = ordinal_at(scan, last)
    if atom is not None and atom.kind == "ending":
        run.last, run.kind = last + 1, "ordinal"
    return run


def _follows_session(scan: Scan, at: int) -> bool:
    """Whether a word for an event or a session stands before token ``at``, adjectives between («المؤتمر الدولي XIV»)."""
    for place in range(at - 1, max(-1, at - 1 - _LONGEST_SESSION), -1):
        if not starts_with_letter(scan.words[place]):
            return False
        if scan.tokens[place].flags & _SESSION:
            return True
    return False


def _compound(scan: Scan, value: int, last: int) -> tuple[int, int]:
    """The units ``value`` with the ten or the tens that follow at token ``last``, and the token after them."""
    if value >= 10 or is_boundary(scan, last):
        return value, last
    ten = atom_at(scan, last)
    if ten is not None and ten.kind == "ten" and not ten.cut and not ten.definite:
        return value + 10, last + 1
    tens = joined_atom(scan, last)
    if tens is not None and tens[1].kind == "tens":
        return value + tens[1].value, tens[0] + 1
    return value, last


def _maqsura(scan: Scan, at: int) -> bool:
    """Whether the word is written الأولى; with ي it is the adjective "preliminary" (التقرير الأولي)."""
    return "ى" in scan.text(scan.span(at, at + 1))


def _after(scan: Scan, at: int) -> tuple[int, int]:
    """What «بعد المئة» adds, and the token after it; 0 if nothing of the kind follows."""
    words = scan.words
    if at + 1 >= len(words) or words[at] != _AFTER:
        return 0, at
    atom = atom_at(scan, at + 1)
    if atom is None or not atom.definite or atom.cut:
        return 0, at
    composer = Composer()
    last = at + 1
    found: tuple[int, Atom] | None = (last, atom)
    while found is not None and composer.take(found[1].kind, found[1].value, found[1].joined or found[0] > last):
        last = found[0] + 1
        following = atom_at(scan, last)
        found = (last, following) if following is not None and not following.preposition else joined_atom(scan, last)
    value = composer.value
    return (int(value), last) if value >= 100 else (0, at)
