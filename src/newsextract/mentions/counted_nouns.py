"""The noun that a number counts, and the rest of its noun phrase.

After 3–10 Arabic has the plural in the genitive, after 11–99 the singular in the accusative, from 100 the singular in the genitive
(Wright II §94–99); a counted plural may also follow «من» (خمسة من الأعضاء), and a definite one precede (الركائز السبع).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, final

from newsextract.lexicon.compiled import Lexeme
from newsextract.lexicon.memory import remember
from newsextract.lexicon.schema import BIT
from newsextract.mentions.noun_forms import SHORTEST_WORD, looks_counted, plural_looking, possessed, singular, starts_with_letter, wants_plural
from newsextract.scan.scanner import Scan
from newsextract.values.numeral import Number
from newsextract.values.quantity import Counted

_CATEGORY: Final = {
    "NOUN": "", "TITLE": "person", "INSTITUTION_HEAD": "organisation", "EVENT_HEAD": "event", "DOCUMENT_HEAD": "document",
    "PROGRAMME_HEAD": "other", "DEMONYM": "person", "UNIT": "measure", "TRIGGER": "other",
}  # fmt: skip
"""Labels of words that may be counted, with the category that the label gives."""

_NOMINAL: Final = sum(BIT[label] for label in _CATEGORY)
_CLOSED: Final = sum(
    BIT[label] for label in ("VERB", "FUNCTION", "MONTH", "WEEKDAY", "DATE_WORD", "NUMERAL", "ORDINAL", "PERCENT", "DIGITS", "COMPARATOR", "PLACE", "HONORIFIC")
)
_ENDS_PHRASE: Final = sum(BIT[label] for label in ("VERB", "FUNCTION", "DIGITS", "NUMERAL", "COMPARATOR", "PERCENT", "MONTH", "WEEKDAY"))
_OTHER: Final = sum(BIT[label] for label in ("MONTH", "WEEKDAY", "DATE_WORD", "NUMERAL", "ORDINAL", "PERCENT", "DIGITS", "PLACE"))
_VERB: Final = BIT["VERB"]
_EVENT_HEAD: Final = BIT["EVENT_HEAD"]
_FROM: Final = "من"
_OF_PERSONS: Final = frozenset({"منهم", "بينهم", "ومنهم", "وبينهم", "منهن", "بينهن"})
_SINGULAR_FIRST: Final = ("surface", "alias", "acronym", "dual", "plural")
_PLURAL_FIRST: Final = ("plural", "surface", "alias", "acronym", "dual")
_GROUPS: Final = frozenset({"person", "organisation"})
"""Categories of singulars that may stand for many («أربعة من الطاقم»)."""
_SAME_WORD: Final = frozenset({"DATE_WORD", "TITLE", "DESIGNATOR", "DOCUMENT_HEAD", "INSTITUTION_HEAD"})
"""Labels whose rows may hold a dual as a surface of its own («سفيرين»): no other word."""
_DUAL_LABELS: Final = _SAME_WORD | {"NOUN", "UNIT", "CURRENCY", "EVENT_HEAD"}
_LONGEST_QUALIFIER: Final = 8


@final
class Noun:
    """A reading of a word as a noun: its singular, its category, the form it has, its article, its proclitics' letters."""

    __slots__ = ("category", "cut", "definite", "form", "lemma")

    def __init__(self, lemma: str, category: str, form: str, definite: bool, cut: int) -> None:
        self.lemma = lemma
        self.category = category
        self.form = form
        self.definite = definite
        self.cut = cut


_MOST_NOUNS: Final = 65536
"""Nouns remembered before the memory is emptied."""
_NO_NOUN: Final = Noun("", "", "", False, 0)
_NOUNS: Final[dict[Lexeme, Noun]] = {}
_PLURALS: Final[dict[Lexeme, Noun]] = {}


def _noun(lexeme: Lexeme, plural: bool) -> Noun | None:
    """The best reading of a word type as a countable noun; remembered."""
    known = _PLURALS if plural else _NOUNS
    noun = known.get(lexeme)
    if noun is None:
        noun = remember(known, lexeme, _best_noun(lexeme, plural) or _NO_NOUN, _MOST_NOUNS)
    return None if noun is _NO_NOUN else noun


def _best_noun(lexeme: Lexeme, plural: bool) -> Noun | None:
    """The best reading of a word type as a countable noun: fewest proclitics, NOUN before the other labels, then the form that is wanted."""
    best: Noun | None = None
    least = (0, False, 0)
    forms = _PLURAL_FIRST if plural else _SINGULAR_FIRST
    for reading in lexeme.readings:
        cut, sense = reading.cut, reading.sense
        entry = sense.entry
        if entry.label not in _CATEGORY or (entry.label == "TRIGGER" and entry.kind != "place_noun"):
            continue
        form = "plural" if entry.number == "pl" else sense.form
        rank = (cut, entry.label != "NOUN", forms.index(form))
        if best is not None and rank > least:
            continue
        category = (entry.category if entry.label in ("NOUN", "UNIT") else _CATEGORY[entry.label]) or "other"
        lemma = entry.surface if entry.label == "NOUN" else entry.lemma or entry.surface
        best = Noun(lemma.removeprefix("ال") if sense.definite else lemma, category, form, sense.definite, cut)
        least = rank
    return best


def noun_at(scan: Scan, at: int, *, plural: bool = False) -> Noun | None:
    """Token ``at`` as a countable noun of the lexicon, or None; of several readings a plural one if ``plural``, else a singular one."""
    tokens = scan.tokens
    if not 0 <= at < len(tokens) or not tokens[at].flags & _NOMINAL:
        return None
    lexeme = scan.tokens[at].lexeme
    return None if lexeme is None else _noun(lexeme, plural)


def counted_noun(scan: Scan, at: int, value: Number, *, definite: bool = False) -> Counted | None:
    """The noun counted by a number that ends before token ``at``, or None; after a definite number only one of the lexicon."""
    words = scan.words
    if at >= len(words):
        return None
    word = words[at]
    if word == _FROM:
        return _after_from(scan, at + 1, value)
    lexeme = scan.tokens[at].lexeme if scan.tokens[at].flags & _NOMINAL else None
    noun = None if lexeme is None else _noun(lexeme, wants_plural(value))
    if noun is not None and not noun.cut and not noun.definite:
        return build(scan, at, noun, known=True)
    if definite or not looks_counted(word, value) or _closed(scan, at):
        return None
    return build(scan, at, Noun(singular(word, value), "other", "", False, 0), known=False)


def _closed(scan: Scan, at: int) -> bool:
    """Whether the lexicon says that the word is none to be counted; a verb under ف (فلجا as ف + لجأ) is no objection right after a number."""
    flags = scan.tokens[at].flags & _CLOSED
    lexeme = scan.tokens[at].lexeme
    if flags != _VERB or scan.words[at][0] != "ف" or lexeme is None:
        return bool(flags)
    return any(r.sense.entry.label == "VERB" and not r.cut for r in lexeme.readings)


def _after_from(scan: Scan, at: int, value: Number) -> Counted | None:
    """«49 من الأنشطة», «13 من كبار الخبراء», «ثلاثة من لاعبيه»: the plural after «من», definite, annexed or possessed."""
    if at >= len(scan.words) or value == 1:
        return None
    noun = noun_at(scan, at, plural=True)
    word = scan.words[at]
    if noun is not None and not noun.cut and (noun.form == "plural" or (noun.definite and noun.category in _GROUPS)):
        return build(scan, at, noun, known=True)
    if scan.tokens[at].flags & _CLOSED:
        return None
    if word.startswith("ال") and plural_looking(word[2:]):
        return build(scan, at, Noun(singular(word[2:], 3), "other", "", True, 0), known=False)
    own = "" if noun is not None else possessed(word)
    if own:
        return build(scan, at, Noun(singular(own, 3), "other", "", True, 0), known=False)
    annexed = noun_at(scan, at + 1, plural=True)
    if annexed is not None and annexed.definite and annexed.form == "plural" and not annexed.cut and not word.startswith("ال"):
        return build(scan, at + 1, annexed, known=True)
    return None


def noun_before(scan: Scan, at: int) -> Counted | None:
    """The definite plural before a definite numeral that begins at token ``at``: «الركائز السبع», «الدول الأعضاء الـ57»."""
    found: tuple[int, Noun, bool] | None = None
    place = at - 1
    while place >= max(0, at - 3):
        noun = noun_at(scan, place)
        word = scan.words[place]
        if noun is not None and noun.definite and (noun.form == "plural" or plural_looking(word[noun.cut + 2 :])):
            found = (place, noun, True)
        elif (
            found is None and noun is None and place == at - 1 and word.startswith("ال") and plural_looking(word[2:]) and not scan.tokens[place].flags & _CLOSED
        ):
            found = (place, Noun(singular(word[2:], 3), "other", "", True, 0), False)
        elif found is None and noun is None and place == at - 1 and possessed(word):
            found = (place, Noun(singular(possessed(word), 3), "other", "", True, 0), False)
        elif found is not None or not word.startswith("ال"):
            break
        place -= 1
    if found is None or (found[1].category not in ("country", "organisation") and _is_event_head(scan, found[0] - 1)):
        return None
    start, noun, known = found
    rest = written(scan, start + 1, at) if start + 1 < at else ""
    return Counted(written(scan, start, start + 1, noun.cut), noun.lemma, noun.category, start, start + 1, at, rest, known)


def _is_event_head(scan: Scan, at: int) -> bool:
    """Whether an annexed event stands at ``at``: in «مؤتمر الصناعيين الـ15» the number is the conference's."""
    return at >= 0 and bool(scan.tokens[at].flags & _EVENT_HEAD) and not scan.words[at].startswith("ال")


def written(scan: Scan, first: int, last: int, cut: int = 0) -> str:
    """The tokens ``[first, last)`` as the source has them."""
    span = scan.span(first, last, cut)
    return scan.source[span.start : span.end]


def build(scan: Scan, at: int, noun: Noun, *, known: bool) -> Counted:
    """The counted noun at token ``at`` with its qualifier."""
    last = at + 1
    end = _qualifier_end(scan, last)
    rest = written(scan, last, end) if end > last else ""
    return Counted(written(scan, at, last, noun.cut), noun.lemma, noun.category, at, last, end, rest, known, noun.form)


def _qualifier_end(scan: Scan, at: int) -> int:
    """Where the noun phrase that goes on at ``at`` ends: adjectives, genitives, one prepositional phrase."""
    words, tokens = scan.words, scan.tokens
    end = min(len(words), at + _LONGEST_QUALIFIER)
    place = at
    preposition = False
    while place < end:
        word = words[place]
        if not starts_with_letter(word) or word == "و":
            break
        if tokens[place].flags & _ENDS_PHRASE:
            if (
                preposition
                or word not in ("في", "من")
                or place + 1 >= end
                or not starts_with_letter(words[place + 1])
                or tokens[place + 1].flags & _ENDS_PHRASE
            ):
                break
            preposition = True
        elif word[0] == "و" and len(word) > SHORTEST_WORD and not _is_word(scan, place):
            break
        place += 1
    return place


def _is_word(scan: Scan, at: int) -> bool:
    """Whether an initial و belongs to the word (وزارة، وطني) rather than joins it."""
    lexeme = scan.tokens[at].lexeme
    return lexeme is not None and bool(lexeme.readings) and lexeme.readings[0].cut == 0


def is_elided(scan: Scan, first: int, noun: Counted) -> bool:
    """Whether persons named before are counted, not the noun after «من»: «30 طالبا، منهم 11 من الجامعات الخاصة»."""
    return noun.first > first + 1 and noun.category != "person" and noun.known and first > 0 and scan.words[first - 1] in _OF_PERSONS


@lru_cache(maxsize=4096)
def is_dual_unit(lexeme: Lexeme) -> bool:
    """Whether the phrase is a unit in the dual («ربعي سنة»)."""
    return any([r.sense.form == "dual" and r.sense.entry.label == "UNIT" for r in lexeme.readings])


@lru_cache(maxsize=65536)
def dual_of(lexeme: Lexeme) -> tuple[str, int] | None:
    """``(label, letters of proclitics)`` if the word type is an indefinite dual in ن that can be nothing else («دولتان», «بعامين»)."""
    if not lexeme.stem.endswith("ن"):
        return None
    found: tuple[str, int] | None = None
    for reading in lexeme.readings:
        cut, sense = reading.cut, reading.sense
        label = sense.entry.label
        if label not in _DUAL_LABELS:
            return None
        if sense.form == "dual" and not sense.definite:
            if found is None or label in ("UNIT", "CURRENCY"):
                found = (label, cut)
        elif label not in _SAME_WORD and (found is None or cut <= found[1]):
            return None
    return found
