"""Persons whom no title of address announces: after a verb, before a title, by filiation («بن»), by syllables of Chinese and Korean names."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LI, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_run import name_run, phrase_ends, plausible
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import NAMES
from newsextract.mentions.people import Title, cut_of, person
from newsextract.scan.scanner import Scan

_GIVEN: Final = BIT["GIVEN_NAME"]
_FAMILY: Final = BIT["FAMILY_NAME"]
_VERB: Final = BIT["VERB"]
_TITLE: Final = BIT["TITLE"]
_FAMILY_OR_PLACE: Final = _FAMILY | BIT["PLACE"]
_COMMON: Final = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["INSTITUTION"]
_CLOSED: Final = BIT["FUNCTION"] | BIT["COMPARATOR"]
_FILIATION: Final = frozenset({"بن", "بنت", "ولد", "منت"})
_STARTS: Final = frozenset("\n:.")
_ELSE: Final = _COMMON | BIT["DEMONYM"] | BIT["ADJECTIVE"]
_FAMILY_OR_ELSE: Final = _FAMILY | _ELSE
_CLITIC: Final = CONJ | LI | BI
_MOST_UNKNOWN: Final = 3
_MOST_SYLLABLES: Final = 4


def spoken_person(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also an everyday word, where a verb or a line's start stands before it («أكد مراد الزواري»)
    or a family name that is nothing else behind it («فاروق العياري»)."""
    words, tokens = scan.words, scan.tokens
    second = at + 1
    if second >= len(words) or tokens[at].flags & _TITLE:
        return None
    following = shapes.of(scan.tokens[second])
    if following & SIGN or (words[at] == "علي" and not tokens[second].flags & NAMES):
        return None  # «علي الرغم» is the preposition, as Egypt spells it
    if (
        at
        and not _verb(scan, at - 1)
        and words[at - 1] not in _STARTS
        and (tokens[second].flags & _FAMILY_OR_ELSE != _FAMILY or not following & DEFINITE)
        and not _strange_nisba(scan, shapes, second)
        and not _three_names(scan, at)
    ):
        return None
    lexeme = scan.tokens[at].lexeme
    if lexeme is not None and lexeme.weak & _CLOSED:
        return None  # «دون الأعجمي»
    if following & COMMON and words[second][-1] != "ي":
        return None  # «كامل الدسم»
    # an unknown family name carries the article, or ends its phrase; in ta marbuta it is a common noun («حصة الزراعة»)
    if not tokens[second].flags & NAMES and (not scan.unknown(second) or words[second][-1] == "ه"):
        return None
    last = name_run(scan, shapes, at, cued=True, titled=False)[0]
    if last - at < 2 or not (tokens[second].flags & NAMES or following & DEFINITE or phrase_ends(scan, shapes, last)):
        return None
    return person(scan, at, last, cut_of(scan, at), "rule:people.spoken", 0.8)


def _verb(scan: Scan, at: int) -> bool:
    """Whether the token may be a verb, though it may be a name as well («ترأس»)."""
    lexeme = scan.tokens[at].lexeme
    return lexeme is not None and lexeme.weak & _VERB != 0


def _three_names(scan: Scan, at: int) -> bool:
    """Whether two words that are names and nothing else follow («صفية حسين البهبهاني»)."""
    tokens = scan.tokens
    if at + 2 >= len(tokens) or not tokens[at + 2].flags & _FAMILY or tokens[at + 2].flags & _COMMON:
        return False
    lexeme = scan.tokens[at + 1].lexeme
    return lexeme is not None and lexeme.weak & _GIVEN != 0 and not tokens[at + 1].flags & _COMMON and not tokens[at].flags & _COMMON


def _strange_nisba(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether a definite word in ya that the language hardly uses ends its phrase («جمال الزمراني،»)."""
    shape = shapes.of(scan.tokens[at])
    return (
        scan.unknown(at)
        and shape & (ADJECTIVE | DEFINITE | COMMON | _CLITIC) == ADJECTIVE | DEFINITE
        and scan.words[at][-1] == "ي"
        and phrase_ends(scan, shapes, at + 1)
    )


def syllabic(scan: Scan, shapes: Shapes, at: int, title: Title | None) -> Mention | None:
    """The Chinese, Korean or Vietnamese person whose name begins at ``at``: two to four syllables in a row, one that is no word of Arabic for
    certain; two alone only after a title or where the phrase ends.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: A token that may be a syllable and carries no clitic.
        title: The title that ends at ``at``, if one does.
    """
    last = at
    sure = 0
    while last < len(scan.words) and last - at < _MOST_SYLLABLES:
        lexeme = scan.tokens[last].lexeme
        reading = None if lexeme is None else lexeme.sense("SYLLABLE")
        if reading is None or (reading.cut and last > at):
            break
        sure += reading.sense.entry.category != "ambiguous"
        last += 1
    tokens = last - at
    if tokens < 2 or not sure or (tokens == 2 and (sure < 2 or not (title is not None or phrase_ends(scan, shapes, last)))):
        return None
    if last < len(scan.words) and scan.tokens[last].flags & NAMES and not scan.tokens[last].flags & _COMMON and shapes.of(scan.tokens[last]) & _CLITIC == 0:
        last += 1  # «لي كوك رحمن»
    lexeme = scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sense("SYLLABLE")
    mention = person(scan, at, last, 0 if reading is None else reading.cut, "rule:people.syllables", 0.85)
    value = mention.value
    if title is not None and not title.plural and isinstance(value, NameValue):
        value.role = scan.text(scan.span(title.first, title.last, title.cut))
        value.lead = title.first
    return mention


def filiation(scan: Scan, shapes: Shapes, at: int, floor: int) -> Mention | None:
    """The person whose name holds «بن» or «بنت» at ``at``, though no lexicon knows the name before it («نورليلى بنت عبدالرحمن»).

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: The particle.
        floor: The first token that no mention holds yet.
    """
    if scan.words[at] not in _FILIATION or at == floor or at + 1 >= len(scan.words):
        return None
    before = shapes.of(scan.tokens[at - 1])
    following = shapes.of(scan.tokens[at + 1])
    if following & (STOP | COMMON | SIGN | _CLITIC) and not scan.tokens[at + 1].flags & NAMES:
        return None
    if not (scan.unknown(at - 1) and not before & COMMON and plausible(scan, at - 1, scan.words[at - 1], before, first=True)):
        return None
    last = name_run(scan, shapes, at - 1, cued=True, titled=False)[0]
    return person(scan, at - 1, last, 0, "rule:people.filiation", 0.8) if last > at + 1 else None


def titled_name(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also a title, where a family name follows at once («سلطان الدوسري»)."""
    second = at + 1
    if second >= len(scan.words) or scan.tokens[second].flags & _FAMILY_OR_PLACE != _FAMILY or not shapes.of(scan.tokens[second]) & DEFINITE:
        return None
    last = name_run(scan, shapes, at, cued=True, titled=False)[0]
    return person(scan, at, last, cut_of(scan, at), "rule:people.title_name", 0.75) if last - at >= 2 else None


def person_before(scan: Scan, shapes: Shapes, at: int, floor: int) -> Mention | None:
    """The person between a verb and the title at ``at`` («قالت فلانة بانديا المدير التنفيذي»), though no lexicon knows the name.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: The title, which must be definite.
        floor: The first token that no mention holds yet.
    """
    words, tokens = scan.words, scan.tokens
    if at <= floor or not (tokens[at - 1].flags & NAMES or scan.unknown(at - 1)) or not shapes.of(scan.tokens[at]) & DEFINITE:
        return None
    j = at
    while j > floor and at - j < _MOST_UNKNOWN and not tokens[j - 1].flags & _VERB:
        word = words[j - 1]
        if not (tokens[j - 1].flags & NAMES or (scan.unknown(j - 1) and plausible(scan, j - 1, word, shapes.of(tokens[j - 1]), first=False))):
            return None
        j -= 1
    if at - j < 2 or j == 0 or not tokens[j - 1].flags & _VERB:
        return None
    return person(scan, j, at, 0, "rule:people.apposition", 0.75)
