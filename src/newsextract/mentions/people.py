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
_STARTS: Final = frozenset("\n:.")
_PRONOUNS: Final = ("هم", "ها", "هما")
_CLITIC_LETTERS: Final = frozenset("بلوفسيتن")
_ELSE: Final = _COMMON | BIT["DEMONYM"] | BIT["ADJECTIVE"]
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
    start, cut, plural, polite = _honorifics(scan, at)
    cued = start > at
    if cued:
        start = _adjectives(scan, shapes, start)
    if start >= len(scan):
        return None
    run = _name_run(scan, shapes, start, cued=cued, titled=title is not None)
    if run.last == start or not _enough(scan, shapes, start, run, cued=cued and not plural, title=title):
        return None
    name_cut = 0 if cued else _cut(scan, start)
    mention = _person(scan, start, run.last, name_cut)
    value = mention.value
    assert isinstance(value, NameValue)
    if cued:
        called = scan.span(at, start, cut)
        if polite:
            value.honorific, value.honorific_span = scan.text(called), called
        else:
            value.role = scan.text(called)
    if title is not None and not title.plural:
        value.role = scan.text(scan.span(title.first, title.last, title.cut))
    value.lead = title.first if title is not None else at if cued else -1
    mention.found_by = "rule:people.honorific" if cued else "rule:people.title" if title is not None else "gazetteer:names"
    mention.confidence = 0.95 if cued and run.known else 0.9 if run.known else 0.8
    return mention


def spoken_person(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also an everyday word, where a verb or a line's start stands before it («أكد مراد الزواري»)
    or a family name that is nothing else behind it («فاروق العياري»)."""
    announced = not at or bool(scan.flags[at - 1] & BIT["VERB"]) or scan.words[at - 1] in _STARTS
    if not announced and (at + 1 >= len(scan) or scan.flags[at + 1] & (_FAMILY | _ELSE) != _FAMILY or not shapes[scan.words[at + 1]] & DEFINITE):
        return None
    run = _name_run(scan, shapes, at, cued=True, titled=False)
    second = at + 1
    if run.last - at < 2:
        return None
    # an unknown family name carries the article; in ta marbuta it is a common noun («حصة الزراعة»)
    family = scan.lexemes[second] is None and shapes[scan.words[second]] & DEFINITE and scan.words[second][-1] != "ه"
    if not family and not scan.flags[second] & NAMES:
        return None
    mention = _person(scan, at, run.last, _cut(scan, at))
    mention.found_by, mention.confidence = "rule:people.spoken", 0.8
    return mention


def titled_name(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also a title, where a family name follows at once («سلطان الدوسري»)."""
    if at + 1 >= len(scan) or scan.flags[at + 1] & (_FAMILY | BIT["PLACE"]) != _FAMILY or not shapes[scan.words[at + 1]] & DEFINITE:
        return None
    run = _name_run(scan, shapes, at, cued=True, titled=False)
    if run.last - at < 2:
        return None
    mention = _person(scan, at, run.last, _cut(scan, at))
    mention.found_by, mention.confidence = "rule:people.title_name", 0.75
    return mention


def person_before(scan: Scan, shapes: Shapes, at: int, floor: int) -> Mention | None:
    """The person between a verb and the title at ``at`` («قالت فلانة بانديا المدير التنفيذي»), though no lexicon knows the name.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: The title, which must be definite.
        floor: The first token that no mention holds yet.
    """
    if not shapes[scan.words[at]] & DEFINITE:
        return None
    j = at
    while j > floor and at - j < _MOST_UNKNOWN and not scan.flags[j - 1] & BIT["VERB"]:
        word = scan.words[j - 1]
        lexeme = scan.lexemes[j - 1]
        if not (scan.flags[j - 1] & NAMES or (lexeme is None and _plausible(scan, j - 1, word, shapes[word], first=False))):
            return None
        j -= 1
    if at - j < 2 or j == 0 or not scan.flags[j - 1] & BIT["VERB"]:
        return None
    mention = _person(scan, j, at, 0)
    mention.found_by, mention.confidence = "rule:people.apposition", 0.75
    return mention


def _person(scan: Scan, first: int, last: int, cut: int) -> Mention:
    span = scan.span(first, last, cut)
    name = scan.text(span)
    return Mention("PERSON", first, last, span, NameValue(name, _key(scan, first, last, cut)), "", 0.0, name)


def _adjectives(scan: Scan, shapes: Shapes, at: int) -> int:
    """The token after the definite adjectives at ``at`` if a name follows them («الرئيس المصري عبد الفتاح …»), else ``at``."""
    j = at
    while j < len(scan) and j - at < 2 and shapes[scan.words[j]] & (ADJECTIVE | CONJ | LI | BI) == ADJECTIVE:
        j += 1
    if j == at or j >= len(scan):
        return at
    lexeme = scan.lexemes[j]
    named = lexeme is not None and lexeme.weak & _GIVEN
    return j if named or (scan.phrases.get(j) is not None and scan.phrases[j].flags & _GIVEN) else at


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


def _honorifics(scan: Scan, at: int) -> tuple[int, int, bool, bool]:
    """``(first token after the run of honorifics at ``at``, letters of proclitics before it, whether it speaks of several, whether it is polite)``.

    A run of nothing but roles (الرئيس, الشاعر) is not polite: it is the person's role.
    """
    j = at
    cut = 0
    plural = polite = False
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
        polite = polite or reading.sense.entry.kind != "role"
        j += step
        if j < size and scan.words[j] in (".", "/") and scan.adjacent(j - 1, j):
            j += 1
    return j, cut, plural, polite


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
        if (here & NAMES or (weak & NAMES and (known or unknown or cued or titled))) and _spelt(scan, j):
            if closed and not here & (_FAMILY | _PARTICLE):
                break
            known += 1
            linked = bool(here & _PARTICLE) and not here & (_GIVEN | _FAMILY) and _links(scan, j)
            closed = bool(shape & DEFINITE) and j > start and not linked
        elif linked and not shape & STOP:
            known += 1
            linked = closed = False
        elif lexeme is None and not closed and _plausible(scan, j, word, shape, first=j == start) and (known or unknown or cued or titled):
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


def _spelt(scan: Scan, at: int) -> bool:
    """Whether a final ya or ha is written as the name has it: «على» is no علي."""
    word = scan.words[at]
    if word[-1] not in "يه":
        return True
    last = scan.source[scan.span(at, at + 1).end - 1]
    if last not in "ىه":
        return True
    lexeme = scan.lexemes[at]
    names = () if lexeme is None else [r.sense.entry.surface for r in lexeme.readings if BIT[r.sense.entry.label] & NAMES]
    return not names or any(n[-1] == last for n in names)


def _plausible(scan: Scan, at: int, word: str, shape: int, *, first: bool) -> bool:
    """Whether a word that no lexicon knows may be part of a name: letters, no attached pronoun or و."""
    if shape & (LATIN | STOP | CONJ | LI | BI) or len(word) < 2 or (word[0] == "و" and (first or len(word) > 4)):
        return False
    if (shape & ADJECTIVE and word.endswith("يه")) or word.endswith(_PRONOUNS):
        return False
    if word[-1] != "ه" or len(word) < 4:
        return True
    last = scan.source[scan.span(at, at + 1).end - 1]
    return last != "ه" or word.endswith("يه")  # an attached pronoun («تفضله»), though «كوناتيه» is a name


def _enough(scan: Scan, shapes: Shapes, start: int, run: _Run, *, cued: bool, title: Title | None) -> bool:
    """Whether the evidence makes a person of the run."""
    tokens = run.last - start
    flags = scan.flags[start]
    if cued:
        if tokens == 1 and not run.known and shapes[scan.words[start]] & ADJECTIVE:
            return False  # «المدير التنفيذي»
        return not flags & _COMMON or bool(flags & NAMES) or tokens > 1
    if title is not None:
        if run.known:
            return tokens >= 2 or bool(flags & _FAMILY and not flags & _COMMON)
        # nobody known: only after a title with its complement, and no word that may carry a preposition
        return title.last - title.first > 1 and 2 <= tokens <= 3 and not any(w[0] in _CLITIC_LETTERS for w in scan.words[start : run.last])
    return bool(flags & _GIVEN) and not flags & _PARTICLE and run.known + run.unknown >= 2 and (run.known >= 2 or tokens == 2)
