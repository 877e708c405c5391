"""Persons: an honorific, a title or a known given name announces one; the name goes on over names and particles.

An honorific (معالي, الدكتورة) is not part of the name, a title (وزير العمل) is the role. A word that no lexicon knows is taken
into a name only after an announcement or between names; words that are nouns, verbs or closed-class end it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, CONJ, DEFINITE, LATIN, LI, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import NAMES
from newsextract.scan.scanner import Scan

_HONORIFIC: Final = BIT["HONORIFIC"]
_GIVEN: Final = BIT["GIVEN_NAME"]
_FAMILY: Final = BIT["FAMILY_NAME"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_COMMON: Final = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["INSTITUTION"]
_LONGEST: Final = 9
_MOST_UNKNOWN: Final = 3


class Title(NamedTuple):
    """A job title with its complement («وزير الطاقة الروسي»): tokens ``[first, last)``, ``cut`` letters of proclitics."""

    first: int
    last: int
    cut: int
    plural: bool


class _Run(NamedTuple):
    last: int
    known: int
    unknown: int


def read_person(scan: Scan, shapes: Shapes, at: int, title: Title | None) -> Mention | None:
    """The person announced or named at token ``at``, or None.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: An honorific, the token after a title, or a given name.
        title: The title that ends at ``at``, if one does.
    """
    start, cut, plural = _honorifics(scan, at)
    cued = start > at
    if start >= len(scan):
        return None
    run = _name_run(scan, shapes, start, cued=cued, titled=title is not None)
    if run.last == start or not _enough(scan, shapes, start, run, cued=cued and not plural, title=title):
        return None
    name_cut = 0 if cued else _cut(scan, start)
    span = scan.span(start, run.last, name_cut)
    name = scan.text(span)
    value = NameValue(name, _key(scan, start, run.last, name_cut))
    if cued:
        value.honorific_span = scan.span(at, start, cut)
        value.honorific = scan.text(value.honorific_span)
    if title is not None and not title.plural:
        value.role = scan.text(scan.span(title.first, title.last, title.cut))
    value.lead = title.first if title is not None else at if cued else -1
    found_by = "rule:people.honorific" if cued else "rule:people.title" if title is not None else "gazetteer:names"
    confidence = 0.95 if cued and run.known else 0.9 if run.known else 0.8
    return Mention("PERSON", start, run.last, span, value, found_by, confidence, name)


def _key(scan: Scan, first: int, last: int, cut: int) -> str:
    return " ".join(scan.words[first:last])[cut:]


def _cut(scan: Scan, at: int) -> int:
    lexeme = scan.lexemes[at]
    if lexeme is None:
        return 0
    for reading in lexeme.readings:
        if BIT[reading.sense.entry.label] & NAMES:
            return reading.cut
    return len(lexeme.proclitic)


def _honorifics(scan: Scan, at: int) -> tuple[int, int, bool]:
    """``(first token after the run of honorifics at ``at``, letters of proclitics before it, whether it speaks of several)``."""
    j = at
    cut = 0
    plural = False
    size = len(scan)
    while j < size and scan.flags[j] & _HONORIFIC:
        phrase = scan.phrases.get(j)
        reading = phrase.sense("HONORIFIC") if phrase is not None else None
        if phrase is not None and reading is not None:
            step = phrase.last - j
        else:
            lexeme = scan.lexemes[j]
            reading = None if lexeme is None else lexeme.sense("HONORIFIC")
            step = 1
        if reading is None or (j > at and reading.cut):
            break
        if len(scan.words[j]) == 1 and step == 1:
            # a lone letter is an abbreviation only with its point («د.») or before a slash («د/»)
            if not (j + 1 < size and scan.words[j + 1] in (".", "/")):
                break
            step = 2
        if j == at:
            cut = reading.cut
            plural = reading.sense.entry.number in ("pl", "du")
        j += step
        if j < size and scan.words[j] in (".", "/") and scan.adjacent(j - 1, j):
            j += 1
    return j, cut, plural


def _name_run(scan: Scan, shapes: Shapes, start: int, *, cued: bool, titled: bool) -> _Run:
    words, flags = scan.words, scan.flags
    j = last = start
    known = unknown = 0
    linked = closed = False
    size = min(len(words), start + _LONGEST)
    while j < size:
        word = words[j]
        shape = shapes[word]
        if shape & SIGN:
            break
        lexeme = scan.lexemes[j]
        phrase = scan.phrases.get(j)
        here = flags[j]
        weak = here if lexeme is None else here | lexeme.weak
        step = 1
        if phrase is not None and phrase.flags & NAMES:
            step = phrase.last - j
        if j > start and shape & (CONJ | LI | BI) and not _bare_name(scan, j):
            break
        if here & NAMES or (weak & NAMES and (known or unknown or cued or titled)):
            if closed and not here & (_FAMILY | _PARTICLE):
                break
            known += 1
            linked = bool(here & _PARTICLE) and not here & (_GIVEN | _FAMILY) and _links(scan, j)
            closed = bool(shape & DEFINITE) and j > start
        elif linked and not shape & STOP:
            known += 1
            linked = False
        elif lexeme is None and not closed and _plausible(word, shape, first=j == start) and (known or unknown or cued or titled):
            if shape & DEFINITE:
                if not (known or unknown or cued):
                    break
                closed = True
            unknown += 1
            if unknown > _MOST_UNKNOWN:
                break
        else:
            break
        j += step
        if not linked:
            last = j
    return _Run(last, known, unknown)


def _links(scan: Scan, at: int) -> bool:
    """Whether the particle at ``at`` must be followed by a name (بن, آل, أبو)."""
    lexeme = scan.lexemes[at]
    reading = None if lexeme is None else lexeme.sense("NAME_PARTICLE")
    return reading is not None and reading.sense.entry.kind == "link"


def _bare_name(scan: Scan, at: int) -> bool:
    """Whether the token is a name as it stands, without stripping a letter."""
    lexeme = scan.lexemes[at]
    return lexeme is not None and any(r.cut == 0 and BIT[r.sense.entry.label] & NAMES for r in lexeme.readings)


def _plausible(word: str, shape: int, *, first: bool) -> bool:
    """Whether a word that no lexicon knows may be part of a name: letters, no accusative participle, no attached pronoun."""
    if shape & (LATIN | STOP | CONJ | LI | BI) or len(word) < 2:
        return False
    if first and word[0] == "و":
        return False
    if word[0] == "م" and word[-1] == "ا" and len(word) > 4:
        return False
    if shape & ADJECTIVE and word.endswith("يه"):
        return False
    return not word.endswith(("هم", "ها", "هما"))


def _enough(scan: Scan, shapes: Shapes, start: int, run: _Run, *, cued: bool, title: Title | None) -> bool:
    """Whether the evidence makes a person of the run."""
    tokens = run.last - start
    flags = scan.flags[start]
    if cued:
        if tokens == 1 and not run.known and shapes[scan.words[start]] & ADJECTIVE:
            return False  # «المدير التنفيذي»
        return not flags & _COMMON or bool(flags & NAMES) or tokens > 1
    if title is not None:
        return (run.known + run.unknown >= 2 and run.known > 0) or bool(flags & _FAMILY and not flags & _COMMON) or (run.unknown >= 2 and tokens <= 3)
    return bool(flags & _GIVEN) and not flags & _PARTICLE and run.known + run.unknown >= 2 and (run.known >= 2 or tokens == 2)
