"""Runs of number words and digits: the primitive under numbers, amounts, and dates.

A run is the longest stretch of tokens that the numeral grammar (:mod:`newsextract.values.numeral`) takes as one number. What the
number is for (a count, a year, a price) is no question here.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.digit_runs import lone_digits, lone_value, read_digits
from newsextract.mentions.ordinal_runs import read_ordinal, with_ending
from newsextract.mentions.run_parts import DIGITS, LONGEST_RUN, NUMERAL, ORDINAL, Atom, NumberRun, atom_at, is_boundary, joined_atom
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Composer, Number, exact

__all__ = ["NumberRun", "number_runs"]

_PERCENT: Final = BIT["PERCENT"]
_CARDINAL: Final = NUMERAL | DIGITS
_ANCHORS: Final = NUMERAL | ORDINAL | DIGITS | _PERCENT
_FIXED: Final = NUMERAL | _PERCENT
"""Phrases that hold number words without being numbers: «ربع النهائي», «في المائة»."""
_WEEKDAY: Final = BIT["WEEKDAY"]
_SCALES: Final = ("scale", "scale-or-dual")
_NO_NUMBER: Final = frozenset({"fraction", "fractions", "point", "and-more", "suffix", "none"})
_FRACTIONAL: Final = frozenset({"fraction", "unit", "ten"})
"""Kinds with which a fraction may begin."""


def number_runs(scan: Scan) -> dict[int, NumberRun]:
    """All numbers of the text by their first token, in text order, without overlap. Linear in the number of tokens."""
    runs: dict[int, NumberRun] = {}
    tokens, phrases = scan.tokens, scan.phrases
    done = 0
    for at in scan.where(_ANCHORS):
        if at < done:
            continue
        phrase = phrases.get(at)
        if phrase is not None and phrase.lexeme.flags & _FIXED:
            done = phrase.last
            continue
        run = _read(scan, at, tokens[at].flags)
        if run is None:
            continue
        if run.first < done:
            run.first = at
        runs[run.first] = run
        done = run.last
    return runs


def _read(scan: Scan, at: int, flags: int) -> NumberRun | None:
    if flags & _PERCENT:
        return None
    if flags & NUMERAL:
        atom = atom_at(scan, at)
        return None if atom is None else _words(scan, at, atom)
    if flags & ORDINAL:
        return read_ordinal(scan, at)
    return _digits(scan, at)


def _digits(scan: Scan, at: int) -> NumberRun | None:
    """A number that begins with digits: «49», «3 ملايين و250 ألفا», «46,000 ألف»."""
    if lone_digits(scan, at):
        number = lone_value(scan.words[at])
        return None if number is None else with_ending(scan, NumberRun(at, at + 1, 0, number, "digits"))
    digits = read_digits(scan, at)
    if digits is None:
        return None
    first, end, value = digits.first, digits.last, digits.value
    if is_boundary(scan, end):
        return NumberRun(first, end, 0, value, "digits")
    parts = atom_at(scan, end)
    if parts is not None and parts.kind == "fractions" and end not in scan.phrases and isinstance(value, int) and 0 < value * parts.fraction < 1:
        return NumberRun(first, end + 1, 0, exact(value * parts.fraction), "fraction")
    composer = Composer()
    size: Number = -value if value < 0 else value
    composer.take("digits", size, False)
    last, dual = _grow(scan, at, end, composer)
    if last == end:
        return _tail(scan, NumberRun(first, last, 0, value, "digits"), composer)
    total = composer.value
    if size >= 1000 and size % 1000 == 0 and total == size * 1000:
        return NumberRun(first, last, 0, value, "mixed", doubled=True)
    return _tail(scan, NumberRun(first, last, 0, -total if value < 0 else total, "mixed", dual=dual), composer)


def _words(scan: Scan, at: int, atom: Atom) -> NumberRun | None:
    """A number that begins with a word."""
    kind = atom.kind
    if kind in _FRACTIONAL:
        fraction = _fraction_term(scan, at, atom)
        if fraction is not None:
            return _scaled_fraction(scan, _one_word(at, atom), *fraction)
    elif kind == "zero":
        return _tail(scan, _one_word(at, atom), Composer())
    elif kind == "minus":
        return _negative(scan, _one_word(at, atom))
    elif kind == "approx":
        return _approx(scan, _one_word(at, atom), atom)
    elif kind == "and-more":
        return _odd(scan, _one_word(at, atom))
    elif kind in _NO_NUMBER or (kind == "scale" and atom.number == "pl"):
        return None
    if not _may_stand(scan, at, atom):
        return None
    if is_boundary(scan, at + 1):
        return NumberRun(at, at + 1, atom.cut, atom.alone, "words", atom.definite, atom.joined, atom.preposition, atom.construct, note=atom.category)
    return _composed(scan, at, atom)


def _one_word(at: int, atom: Atom) -> NumberRun:
    """The word as a run of its own, to start from."""
    return NumberRun(at, at + 1, atom.cut, atom.value, "words", atom.definite, atom.joined, atom.preposition, note=atom.category)


def _composed(scan: Scan, at: int, atom: Atom) -> NumberRun:
    """A word with what more of the number may follow it."""
    composer = Composer()
    # «مليارا ومئتي مليون» is 1.2 milliards: a construct dual («مليارا دولار») cannot be joined to what follows
    single = atom.kind == "scale-or-dual" and (joined_atom(scan, at + 1) is not None or _digits_joined(scan, at + 1))
    composer.take("scale" if single else atom.kind, atom.value, False)
    last, dual = _grow(scan, at, at + 1, composer)
    note = ""
    if last == at + 1:
        dual, note = atom.construct, atom.category
    return _tail(scan, NumberRun(at, last, atom.cut, composer.value, "words", atom.definite, atom.joined, atom.preposition, dual, note=note), composer)


def _may_stand(scan: Scan, at: int, atom: Atom) -> bool:
    """أحد and اثنا stand only before عشر or «و» and tens; «الاثنين» alone is Monday."""
    if atom.kind != "part" and not (atom.definite and scan.tokens[at].flags & _WEEKDAY):
        return True
    following = atom_at(scan, at + 1)
    if following is not None and following.kind == "ten" and not following.cut:
        return True
    tens = joined_atom(scan, at + 1)
    return tens is not None and tens[1].kind == "tens"


def _digits_joined(scan: Scan, at: int) -> bool:
    """Whether و and a figure stand at ``at`` («مليونا و200 ألف»)."""
    return at + 1 < len(scan) and scan.words[at] == "و" and scan.tokens[at + 1].flags & DIGITS != 0


def _grow(scan: Scan, at: int, last: int, composer: Composer) -> tuple[int, bool]:
    """Takes further number words and digits; returns the token after the last one, and whether that is a construct dual."""
    dual = False
    opened = before = (last, dual, composer.mark())
    tokens, words, phrases = scan.tokens, scan.words, scan.phrases
    end = min(len(words), at + LONGEST_RUN)
    while last < end:
        place, joined = last, False
        if words[last] == "و" and last + 1 < end:
            place, joined = last + 1, True
        here = tokens[place].flags
        if not here & _CARDINAL or here & _PERCENT:
            break
        if here & DIGITS:
            before = (last, dual, composer.mark())
            taken = _more_digits(scan, last, place, joined, composer)
            if not taken:
                break
            last = taken
            continue
        atom = atom_at(scan, place)
        if atom is None or atom.preposition or (joined and atom.joined) or (place in phrases and phrases[place].lexeme.flags & NUMERAL):
            break
        started = composer.counting
        if not started:
            opened = (last, dual, composer.mark())
        if not _takes(scan, place, atom, joined or atom.joined, composer):
            if atom.kind in _SCALES and composer.closed_before and not joined and not atom.joined:
                last, dual, state = before
                composer.restore(state)
            break
        if not started and composer.counting:
            before = opened
        last = place + 1
        dual = atom.construct
    return last, dual


def _takes(scan: Scan, place: int, atom: Atom, joined: bool, composer: Composer) -> bool:
    if atom.kind == "suffix":
        return not joined and scan.adjacent(place - 1, place) and composer.take("scale", atom.value, False)
    if atom.kind == "scale" and atom.number == "pl" and (joined or not composer.counting):
        return False
    if atom.kind in ("unit", "ten") and joined and _fraction_term(scan, place, atom) is not None:
        return False
    if not _may_stand(scan, place, atom):
        return False
    return composer.take(atom.kind, atom.value, joined)


def _more_digits(scan: Scan, last: int, place: int, joined: bool, composer: Composer) -> int:
    """«3 ملايين و250 ألفا»: digits joined to a scale. Returns the token after them, 0 if they are a number of their own."""
    if not joined or not composer.closed_scale:
        return 0
    digits = read_digits(scan, place)
    if digits is None or digits.first != place or not composer.take("digits", digits.value, True):
        return 0
    return digits.last


def _fraction_term(scan: Scan, at: int, atom: Atom) -> tuple[Fraction, int] | None:
    """A fraction that begins at ``at`` (نصف، ثلثان، ثلاثة أرباع) and the token after it."""
    if atom.kind == "fraction":
        return atom.fraction, at + 1
    if atom.kind not in _FRACTIONAL:
        return None
    plural = atom_at(scan, at + 1)
    if plural is None or plural.kind != "fractions" or plural.cut:
        return None
    return atom.value * plural.fraction, at + 2


def _scaled_fraction(scan: Scan, base: NumberRun, fraction: Fraction, last: int) -> NumberRun:
    """«نصف مليون», «ربع المليار», or the fraction itself."""
    scale = atom_at(scan, last)
    if scale is not None and scale.kind == "scale" and scale.number == "sg" and not scale.cut:
        base.last, base.value, base.note = last + 1, exact(fraction * scale.value), ""
        return base
    base.last, base.value, base.kind = last, exact(fraction), "fraction"
    if last > base.first + 1:
        base.note = ""
    return base


def _tail(scan: Scan, run: NumberRun, composer: Composer) -> NumberRun:
    """What may end a number: «ونصف», «ونصف مليون», «فاصلة خمسة», «ونيف»."""
    if is_boundary(scan, run.last):
        return run
    point = atom_at(scan, run.last)
    if point is not None and point.kind == "point" and isinstance(run.value, int):
        return _decimal(scan, run)
    found = joined_atom(scan, run.last)
    if found is None or not composer.complete:
        return run
    at, atom = found
    if atom.kind == "and-more":
        run.last, run.more = at + 1, True
        return run
    term = _fraction_term(scan, at, atom)
    if term is None:
        return run
    fraction, last = term
    scale = atom_at(scan, last)
    if scale is not None and scale.kind == "scale" and scale.number == "sg" and not scale.cut:
        if not composer.closed_scale:
            return run
        run.last, run.value = last + 1, _with_sign(run, composer.add_fraction(fraction, scale.value))
        return run
    run.last, run.value, run.note = last, _with_sign(run, composer.add_fraction(fraction)), ""
    return run


def _with_sign(run: NumberRun, value: Number) -> Number:
    return -value if run.value < 0 else value


def _decimal(scan: Scan, run: NumberRun) -> NumberRun:
    """«ثلاثة فاصلة خمسة»: the words after the point are read as digits, zeros before them kept."""
    at = run.last + 1
    zeros = 0
    while zeros < 20 and (atom := atom_at(scan, at)) is not None and atom.kind == "zero":
        zeros += 1
        at += 1
    digits = "0" * zeros
    atom = atom_at(scan, at)
    if at < len(scan.words) and scan.tokens[at].flags & DIGITS and scan.words[at].isdecimal() and len(scan.words[at]) < 20:
        digits += scan.words[at]
        at += 1
    elif atom is not None and not atom.cut and atom.kind in ("unit", "part", "ten", "tens", "hundred", "hundreds") and _may_stand(scan, at, atom):
        composer = Composer()
        composer.take(atom.kind, atom.value, False)
        at, _ = _grow(scan, at, at + 1, composer)
        digits += str(composer.value)
    if not digits:
        return run
    run.last, run.value, run.note = at, exact(Decimal(f"{run.value}.{digits}")), ""
    if run.kind != "digits":
        run.kind = "words"
    return run


def _negative(scan: Scan, base: NumberRun) -> NumberRun | None:
    """«سالب عشرة», «سالب 5»."""
    at = base.last
    if at >= len(scan.words) or not scan.tokens[at].flags & _CARDINAL:
        return None
    atom = atom_at(scan, at)
    if atom is not None and atom.kind == "minus":
        return None
    run = _read(scan, at, scan.tokens[at].flags)
    if run is None or run.cut or run.first != at or run.kind in ("approx", "ordinal") or run.value < 0:
        return None
    run.value = -run.value
    return _opened_by(base, run)


def _odd(scan: Scan, base: NumberRun) -> NumberRun | None:
    """«نيف وثلاثون»: thirty and some."""
    tens = joined_atom(scan, base.last)
    if tens is None or tens[1].kind not in ("tens", "hundred", "hundreds"):
        return None
    run = _words(scan, tens[0], tens[1])
    if run is None:
        return None
    run.more = True
    return _opened_by(base, run)


def _opened_by(base: NumberRun, run: NumberRun) -> NumberRun:
    """``run`` with the word before it as its first."""
    run.first, run.cut, run.joined, run.preposition = base.first, base.cut, base.joined, base.preposition
    return run


def _approx(scan: Scan, base: NumberRun, atom: Atom) -> NumberRun:
    """«بضعة أيام» 3–9, «بضع وعشرون» 23–29, «بضعة آلاف» 3000–9000 (Lane, s.v. بضع)."""
    low, high = 3, 9
    last = base.last
    tens = joined_atom(scan, last)
    scale = atom_at(scan, last)
    if tens is not None and tens[1].kind == "tens":
        low, high, last = low + tens[1].value, high + tens[1].value, tens[0] + 1
    elif scale is not None and scale.kind == "scale" and not scale.cut:
        low, high, last = low * scale.value, high * scale.value, last + 1
    elif scale is not None and scale.kind == "ten" and not scale.cut:
        low, high, last = low + 10, high + 10, last + 1
    base.last, base.value, base.high, base.kind = last, low, high, "approx"
    return base
