"""Persons: an honorific, a title or a known given name announces one; the name goes on over names and particles.

An honorific (معالي, الدكتورة) is not part of the name, a title (وزير العمل) is the role. A word that no lexicon knows is taken
into a name only after an announcement or between names; words that are nouns, verbs or closed-class end it.
"""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LI, SIGN, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_run import bare_name, name_run, phrase_ends
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import NAMES
from newsextract.scan.scanner import Scan
from newsextract.span import Span

_HONORIFIC: Final = BIT["HONORIFIC"]
_GIVEN: Final = BIT["GIVEN_NAME"]
_FAMILY: Final = BIT["FAMILY_NAME"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_COMMON: Final = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["INSTITUTION"]
_CLITIC_LETTERS: Final = frozenset("لف")
_DESCRIBES: Final = BIT["DEMONYM"] | BIT["ADJECTIVE"]
_NAME_LABELS: Final = frozenset({"GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE"})
_CLITIC: Final = CONJ | LI | BI
_LONGEST_HONORIFIC: Final = 12
"""Tokens of titles of address in a row; more is no address, and the run is bounded."""


class Title:
    """A job title with its complement («وزير الطاقة الروسي»): tokens ``[first, last)``, ``cut`` letters of proclitics."""

    __slots__ = ("cut", "first", "last", "plural")

    def __init__(self, first: int, last: int, cut: int, plural: bool) -> None:
        self.first = first
        self.last = last
        self.cut = cut
        self.plural = plural


def read_person(scan: Scan, shapes: Shapes, at: int, title: Title | None) -> Mention | None:
    """The person announced or named at token ``at``, or None.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: An honorific, the token after a title, or a given name.
        title: The title that ends at ``at``, if one does.
    """
    words = scan.words
    size = len(words)
    if at >= size:
        return None
    start, cut = at, 0
    cued = plural = polite = False
    if scan.tokens[at].flags & _HONORIFIC:
        start, cut, plural, polite = _honorifics(scan, at)
        cued = start > at
        if cued:
            start = _adjectives(scan, shapes, start)
        if start >= size:
            return None
    shape = shapes.of(scan.tokens[start])
    if title is not None and (shapes.of(scan.tokens[at]) if cued else shape) & CONJ:
        title = None  # «رئيس الجامعة واللواء سامر …»: the title is that of the person before
        if not cued:
            return None
    if shape & SIGN or ((cued or title is not None) and shape & _CLITIC and not bare_name(scan, start)):
        return None
    last, known, unknown = name_run(scan, shapes, start, cued=cued, titled=title is not None)
    if last == start or not _enough(scan, shapes, start, (last, known, unknown), cued=cued and not plural, polite=polite, title=title):
        return None
    name_cut = 0 if cued else cut_of(scan, start)
    span = scan.span(start, last, name_cut)
    value = _value(scan, start, last, name_cut, span)
    if cued:
        called = scan.span(at, start, cut)
        if polite:
            value.honorific, value.honorific_span = scan.text(called), called
        else:
            value.role = scan.text(called)
    if title is not None and not title.plural:
        value.role = scan.text(scan.span(title.first, title.last, title.cut))
    value.lead = title.first if title is not None else at if cued else -1
    found_by = "rule:people.honorific" if cued else "rule:people.title" if title is not None else "gazetteer:names"
    return Mention("PERSON", start, last, span, value, found_by, 0.95 if cued and known else 0.9 if known else 0.8, value.name)


def _adjectives(scan: Scan, shapes: Shapes, at: int) -> int:
    """The token after the definite adjectives at ``at`` if a name follows them («الرئيس المصري عبد الفتاح …»), else ``at``."""
    j = at
    words, tokens = scan.words, scan.tokens
    size = len(words)
    while j < size and j - at < 2 and shapes.of(tokens[j]) & (ADJECTIVE | _CLITIC) == ADJECTIVE:
        j += 1
    if j == at or j >= size:
        return at
    lexeme = tokens[j].lexeme
    if lexeme is not None and lexeme.weak & _GIVEN:
        return j
    if scan.unknown(j) and j + 1 < size and scan.tokens[j + 1].flags & _FAMILY and not shapes.of(tokens[j]) & (COMMON | DEFINITE | SIGN):
        return j
    phrase = scan.phrases.get(j)
    return j if phrase is not None and phrase.lexeme.flags & _GIVEN else at


def _honorifics(scan: Scan, at: int) -> tuple[int, int, bool, bool]:
    """``(first token after the run of honorifics at ``at``, letters of proclitics before it, whether it speaks of several, whether it is polite)``.

    A run of nothing but roles (الرئيس, الشاعر) is not polite: it is the person's role.
    """
    j = at
    cut = 0
    plural = polite = False
    words, tokens = scan.words, scan.tokens
    size = len(words)
    limit = min(size, at + _LONGEST_HONORIFIC)
    while j < limit and tokens[j].flags & _HONORIFIC:
        phrase = scan.phrases.get(j)
        reading = phrase.sense("HONORIFIC") if phrase is not None else None
        if phrase is not None and reading is not None:
            step = phrase.last - j
        else:
            lexeme = scan.tokens[j].lexeme
            reading = None if lexeme is None else lexeme.sense("HONORIFIC")
            step = 1
        if reading is None or (j > at and reading.cut):
            break
        if step == 1 and len(words[j]) == 1:
            # a lone letter is an abbreviation only with its point («د.») or before a slash («د/»)
            if not (j + 1 < size and words[j + 1] in (".", "/")) or (j > 1 and words[j - 1] == "." and len(words[j - 2]) == 1):
                break  # nor is it the last letter of another abbreviation («ق.م.»)
            step = 2
        if j == at:
            cut = reading.cut
            plural = reading.sense.entry.number in ("pl", "du")
        polite = polite or reading.sense.entry.kind != "role"
        j += step
        if j < size and words[j] in (".", "/") and scan.adjacent(j - 1, j):
            j += 1
    return j, cut, plural, polite


def _enough(scan: Scan, shapes: Shapes, start: int, run: tuple[int, int, int], *, cued: bool, polite: bool, title: Title | None) -> bool:
    """Whether the evidence makes a person of the run."""
    last, known, unknown = run
    tokens = last - start
    flags = scan.tokens[start].flags
    if cued:
        if tokens == 1 and not flags & NAMES and (known or not polite or shapes.of(scan.tokens[start]) & ADJECTIVE):
            return False  # «المدير التنفيذي», «اللاعب طعن», «النائب الأول»
        if tokens == 1 and flags & NAMES == _PARTICLE:
            return False  # «الإعلامي الثاني»
        if tokens == 1 and not polite and flags & _DESCRIBES:
            return False  # «الرئيس الروماني»
        return not flags & _COMMON or bool(flags & NAMES) or tokens > 1
    if title is not None:
        if known:
            if tokens == 2 and flags & _PARTICLE and not flags & (_GIVEN | _FAMILY):
                return False  # «أم وزير»
            return tokens >= 2 or bool(flags & _FAMILY and not flags & _COMMON)
        # nobody known: only after a title with its complement, where the phrase ends, and no word that may carry a preposition
        if title.last - title.first < 2 or not 2 <= tokens <= 3 or not phrase_ends(scan, shapes, last):
            return False
        return scan.words[start][0] != "ب" and not any([w[0] in _CLITIC_LETTERS for w in scan.words[start:last]])
    if flags & _PARTICLE and start not in scan.phrases:
        return False  # «عبد» alone; «عبد الحميد» is a name
    return bool(flags & _GIVEN) and known + unknown >= 2 and (known >= 2 or known + unknown == 2)


def person(scan: Scan, first: int, last: int, cut: int, found_by: str, confidence: float) -> Mention:
    span = scan.span(first, last, cut)
    value = _value(scan, first, last, cut, span)
    return Mention("PERSON", first, last, span, value, found_by, confidence, value.name)


def _value(scan: Scan, first: int, last: int, cut: int, span: Span) -> NameValue:
    key = " ".join(scan.words[first:last])
    return NameValue(scan.source[span.start : span.end], key[cut:] if cut else key)


def cut_of(scan: Scan, at: int) -> int:
    lexeme = scan.tokens[at].lexeme
    if lexeme is None:
        return 0
    for reading in lexeme.readings:
        if reading.sense.entry.label in _NAME_LABELS:
            return reading.cut
    return len(lexeme.proclitic)
