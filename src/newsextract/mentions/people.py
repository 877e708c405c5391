"""Persons: an honorific, a title or a known given name announces one; the name goes on over names and particles.

An honorific (معالي, الدكتورة) is not part of the name, a title (وزير العمل) is the role. A word that no lexicon knows is taken
into a name only after an announcement or between names; words that are nouns, verbs or closed-class end it.
"""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LATIN, LI, RARE, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import NAMES
from newsextract.scan.scanner import Scan
from newsextract.span import Span

_HONORIFIC: Final = BIT["HONORIFIC"]
_GIVEN: Final = BIT["GIVEN_NAME"]
_FAMILY: Final = BIT["FAMILY_NAME"]
_VERB: Final = BIT["VERB"]
_TITLE: Final = BIT["TITLE"]
_BODIES: Final = BIT["INSTITUTION_HEAD"] | BIT["INSTITUTION"]
_FAMILY_OR_PLACE: Final = _FAMILY | BIT["PLACE"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_COMMON: Final = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["INSTITUTION"]
_CLOSED: Final = BIT["FUNCTION"] | BIT["COMPARATOR"]
_FILIATION: Final = frozenset({"بن", "بنت", "ولد", "منت"})
_STARTS: Final = frozenset("\n:.")
_PRONOUNS: Final = ("هم", "ها", "هما")
_CLITIC_LETTERS: Final = frozenset("لف")
_TITLE_OR_VERB: Final = BIT["TITLE"] | BIT["VERB"]
_ELSE: Final = _COMMON | BIT["DEMONYM"] | BIT["ADJECTIVE"]
_DESCRIBES: Final = BIT["DEMONYM"] | BIT["ADJECTIVE"]
_FAMILY_OR_ELSE: Final = _FAMILY | _ELSE
_NAME_LABELS: Final = frozenset({"GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE"})
_CLITIC: Final = CONJ | LI | BI
_LONGEST: Final = 9
_LONGEST_HONORIFIC: Final = 12
"""Tokens of titles of address in a row; more is no address, and the run is bounded."""
_MOST_UNKNOWN: Final = 3
_MOST_SYLLABLES: Final = 4


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
    if scan.flags[at] & _HONORIFIC:
        start, cut, plural, polite = _honorifics(scan, at)
        cued = start > at
        if cued:
            start = _adjectives(scan, shapes, start)
        if start >= size:
            return None
    if title is not None and shapes[words[at]] & CONJ:
        title = None  # «رئيس الجامعة واللواء سامر …»: the title is that of the person before
        if not cued:
            return None
    if shapes[words[start]] & SIGN or ((cued or title is not None) and shapes[words[start]] & _CLITIC and not _bare_name(scan, start)):
        return None
    last, known, unknown = _name_run(scan, shapes, start, cued=cued, titled=title is not None)
    if last == start or not _enough(scan, shapes, start, (last, known, unknown), cued=cued and not plural, polite=polite, title=title):
        return None
    name_cut = 0 if cued else _cut(scan, start)
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


def spoken_person(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also an everyday word, where a verb or a line's start stands before it («أكد مراد الزواري»)
    or a family name that is nothing else behind it («فاروق العياري»)."""
    words, flags = scan.words, scan.flags
    second = at + 1
    if second >= len(words) or flags[at] & _TITLE:
        return None
    following = shapes[words[second]]
    if following & SIGN or (words[at] == "علي" and not flags[second] & NAMES):
        return None  # «علي الرغم» is the preposition, as Egypt spells it
    if (
        at
        and not _verb(scan, at - 1)
        and words[at - 1] not in _STARTS
        and (flags[second] & _FAMILY_OR_ELSE != _FAMILY or not following & DEFINITE)
        and not _strange_nisba(scan, shapes, second)
        and not _three_names(scan, at)
    ):
        return None
    lexeme = scan.lexemes[at]
    if lexeme is not None and lexeme.weak & _CLOSED:
        return None  # «دون الأعجمي»
    if following & COMMON and words[second][-1] != "ي":
        return None  # «كامل الدسم»
    # an unknown family name carries the article, or ends its phrase; in ta marbuta it is a common noun («حصة الزراعة»)
    if not flags[second] & NAMES and (not scan.unknown(second) or words[second][-1] == "ه"):
        return None
    last = _name_run(scan, shapes, at, cued=True, titled=False)[0]
    if last - at < 2 or not (flags[second] & NAMES or following & DEFINITE or _phrase_ends(scan, shapes, last)):
        return None
    return _person(scan, at, last, _cut(scan, at), "rule:people.spoken", 0.8)


def _verb(scan: Scan, at: int) -> bool:
    """Whether the token may be a verb, though it may be a name as well («ترأس»)."""
    lexeme = scan.lexemes[at]
    return lexeme is not None and lexeme.weak & _VERB != 0


def _three_names(scan: Scan, at: int) -> bool:
    """Whether two words that are names and nothing else follow («صفية حسين البهبهاني»)."""
    flags = scan.flags
    if at + 2 >= len(flags) or not flags[at + 2] & _FAMILY or flags[at + 2] & _COMMON:
        return False
    lexeme = scan.lexemes[at + 1]
    return lexeme is not None and lexeme.weak & _GIVEN != 0 and not flags[at + 1] & _COMMON and not flags[at] & _COMMON


def _strange_nisba(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether a definite word in ya that the language hardly uses ends its phrase («جمال الزمراني،»)."""
    shape = shapes[scan.words[at]]
    return (
        scan.unknown(at)
        and shape & (ADJECTIVE | DEFINITE | COMMON | _CLITIC) == ADJECTIVE | DEFINITE
        and scan.words[at][-1] == "ي"
        and _phrase_ends(scan, shapes, at + 1)
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
        lexeme = scan.lexemes[last]
        reading = None if lexeme is None else lexeme.sense("SYLLABLE")
        if reading is None or (reading.cut and last > at):
            break
        sure += reading.sense.entry.category != "ambiguous"
        last += 1
    tokens = last - at
    if tokens < 2 or not sure or (tokens == 2 and (sure < 2 or not (title is not None or _phrase_ends(scan, shapes, last)))):
        return None
    if last < len(scan.words) and scan.flags[last] & NAMES and not scan.flags[last] & _COMMON and shapes[scan.words[last]] & _CLITIC == 0:
        last += 1  # «لي كوك رحمن»
    lexeme = scan.lexemes[at]
    reading = None if lexeme is None else lexeme.sense("SYLLABLE")
    mention = _person(scan, at, last, 0 if reading is None else reading.cut, "rule:people.syllables", 0.85)
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
    before = shapes[scan.words[at - 1]]
    following = shapes[scan.words[at + 1]]
    if following & (STOP | COMMON | SIGN | _CLITIC) and not scan.flags[at + 1] & NAMES:
        return None
    if not (scan.unknown(at - 1) and not before & COMMON and _plausible(scan, at - 1, scan.words[at - 1], before, first=True)):
        return None
    last = _name_run(scan, shapes, at - 1, cued=True, titled=False)[0]
    return _person(scan, at - 1, last, 0, "rule:people.filiation", 0.8) if last > at + 1 else None


def _phrase_ends(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether a sign, a closed-class word, a verb, a title or the text's end stands at ``at``."""
    return at >= len(scan.words) or bool(shapes[scan.words[at]] & (SIGN | STOP)) or bool(scan.flags[at] & _TITLE_OR_VERB)


def titled_name(scan: Scan, shapes: Shapes, at: int) -> Mention | None:
    """The person whose given name is also a title, where a family name follows at once («سلطان الدوسري»)."""
    second = at + 1
    if second >= len(scan.words) or scan.flags[second] & _FAMILY_OR_PLACE != _FAMILY or not shapes[scan.words[second]] & DEFINITE:
        return None
    last = _name_run(scan, shapes, at, cued=True, titled=False)[0]
    return _person(scan, at, last, _cut(scan, at), "rule:people.title_name", 0.75) if last - at >= 2 else None


def person_before(scan: Scan, shapes: Shapes, at: int, floor: int) -> Mention | None:
    """The person between a verb and the title at ``at`` («قالت فلانة بانديا المدير التنفيذي»), though no lexicon knows the name.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: The title, which must be definite.
        floor: The first token that no mention holds yet.
    """
    words, flags = scan.words, scan.flags
    if not shapes[words[at]] & DEFINITE:
        return None
    j = at
    while j > floor and at - j < _MOST_UNKNOWN and not flags[j - 1] & _VERB:
        word = words[j - 1]
        if not (flags[j - 1] & NAMES or (scan.unknown(j - 1) and _plausible(scan, j - 1, word, shapes[word], first=False))):
            return None
        j -= 1
    if at - j < 2 or j == 0 or not flags[j - 1] & _VERB:
        return None
    return _person(scan, j, at, 0, "rule:people.apposition", 0.75)


def _person(scan: Scan, first: int, last: int, cut: int, found_by: str, confidence: float) -> Mention:
    span = scan.span(first, last, cut)
    value = _value(scan, first, last, cut, span)
    return Mention("PERSON", first, last, span, value, found_by, confidence, value.name)


def _value(scan: Scan, first: int, last: int, cut: int, span: Span) -> NameValue:
    return NameValue(scan.source[span.start : span.end], " ".join(scan.words[first:last])[cut:])


def _adjectives(scan: Scan, shapes: Shapes, at: int) -> int:
    """The token after the definite adjectives at ``at`` if a name follows them («الرئيس المصري عبد الفتاح …»), else ``at``."""
    j = at
    words = scan.words
    size = len(words)
    while j < size and j - at < 2 and shapes[words[j]] & (ADJECTIVE | _CLITIC) == ADJECTIVE:
        j += 1
    if j == at or j >= size:
        return at
    lexeme = scan.lexemes[j]
    if lexeme is not None and lexeme.weak & _GIVEN:
        return j
    if scan.unknown(j) and j + 1 < size and scan.flags[j + 1] & _FAMILY and not shapes[words[j]] & (COMMON | DEFINITE | SIGN):
        return j
    phrase = scan.phrases.get(j)
    return j if phrase is not None and phrase.lexeme.flags & _GIVEN else at


def _cut(scan: Scan, at: int) -> int:
    lexeme = scan.lexemes[at]
    if lexeme is None:
        return 0
    for reading in lexeme.readings:
        if reading.sense.entry.label in _NAME_LABELS:
            return reading.cut
    return len(lexeme.proclitic)


def _honorifics(scan: Scan, at: int) -> tuple[int, int, bool, bool]:
    """``(first token after the run of honorifics at ``at``, letters of proclitics before it, whether it speaks of several, whether it is polite)``.

    A run of nothing but roles (الرئيس, الشاعر) is not polite: it is the person's role.
    """
    j = at
    cut = 0
    plural = polite = False
    words, flags = scan.words, scan.flags
    size = len(words)
    limit = min(size, at + _LONGEST_HONORIFIC)
    while j < limit and flags[j] & _HONORIFIC:
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


def _name_run(scan: Scan, shapes: Shapes, start: int, *, cued: bool, titled: bool) -> tuple[int, int, int]:
    """``(token after the name at ``start``, words of it known as names, words unknown)``; ``start`` for none."""
    words, flags, lexemes, phrases = scan.words, scan.flags, scan.lexemes, scan.phrases
    announced = cued or titled
    j = last = start
    known = unknown = 0
    linked = closed = False
    size = min(len(words), start + _LONGEST)
    while j < size:
        word = words[j]
        shape = shapes[word]
        if shape & SIGN:
            break
        lexeme = lexemes[j]
        here = flags[j]
        if j > start and not linked:
            if here & _TITLE and _calls(scan, shapes, j):
                break
            if shape & _CLITIC and not _bare_name(scan, j):
                # «السيد عبد الحميد لعيادي»: the Maghreb's surnames begin with what elsewhere is a preposition
                if announced and known and not shape & (CONJ | DEFINITE) and here & NAMES and _phrase_ends(scan, shapes, j + 1):
                    last, known = j + 1, known + 1
                elif known > 1 and word[0] == "ك" and _phrase_ends(scan, shapes, j + 1):
                    last = j + 1  # «سليمان أوباما كابا»: «like» makes no sense after a name
                break
        if word == "علي" and known + unknown > 1 and not linked and not _phrase_ends(scan, shapes, j + 1) and not flags[j + 1] & NAMES:
            break  # the preposition, as Egypt spells it
        if (here & NAMES or (lexeme is not None and lexeme.weak & NAMES and (known or unknown or announced))) and _spelt(scan, j):
            if closed and not here & (_FAMILY | _PARTICLE) and not (announced and lexeme is not None and lexeme.weak & _GIVEN and not here & _COMMON):
                break
            known += 1
            follows = linked
            linked = bool(here & _PARTICLE) and not here & (_GIVEN | _FAMILY) and _links(scan, j)
            closed = bool(shape & DEFINITE) and j > start and not (linked or follows) and not here & _GIVEN
        elif ((known or unknown or announced) and not closed and not shape & STOP and _syllable(scan, j) and (_syllable(scan, j - 1) or _syllable(scan, j + 1))) or (announced and known and not closed and _town_name(scan, shapes, j)):
            known += 1
            linked = False
        elif linked and not shape & STOP:
            known += 1
            linked = closed = False
        elif (
            scan.unknown(j)
            and (not closed or (announced and shape & (DEFINITE | COMMON) == DEFINITE and _phrase_ends(scan, shapes, j + 1)))
            and (known or unknown or announced)
            and _plausible(scan, j, word, shape, first=j == start)
            and (not shape & COMMON or _uncommon_here(scan, shapes, j, shape, announced=announced, known=known))
        ):
            if shape & DEFINITE:
                if not (known or unknown or cued):
                    break
                closed = True
            unknown += 1
            if unknown > _MOST_UNKNOWN:
                break
        else:
            break
        phrase = phrases.get(j) if here & NAMES else None
        j = j + 1 if phrase is None or not phrase.lexeme.flags & NAMES else phrase.last
        if not linked:
            last = j
    return last, known, unknown


def _calls(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether the title at ``at`` begins what the person before it is («الأمين العام», «قائد اللواء»), and is not one more name («سلطان»)."""
    phrase = scan.phrases.get(at)
    if phrase is not None and phrase.flags & _TITLE:
        return True
    if not _bare_name(scan, at):
        return True
    if at + 1 < len(scan.words) and scan.flags[at + 1] & _BODIES:
        return True  # «أمين متحف …»
    if at + 1 < len(scan.words) and scan.flags[at + 1] & _TITLE and shapes[scan.words[at]] & DEFINITE:
        return False  # «هاني الشاعر المدير الإقليمي»
    return at + 1 < len(scan.words) and not scan.flags[at + 1] & NAMES and shapes[scan.words[at + 1]] & (DEFINITE | _CLITIC) == DEFINITE


def _town_name(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether an indefinite town's name ends an announced name, as a surname does («المهندس خالد تبوك،»)."""
    lexeme = scan.lexemes[at]
    reading = None if lexeme is None else lexeme.sense("PLACE")
    if reading is None or reading.cut or reading.sense.entry.kind != "city" or shapes[scan.words[at]] & DEFINITE:
        return False
    return _phrase_ends(scan, shapes, at + 1)


def _syllable(scan: Scan, at: int) -> bool:
    """Whether the token is surely a syllable of a Chinese, Korean or Vietnamese name as it stands."""
    lexeme = None if at < 0 or at >= len(scan.words) else scan.lexemes[at]
    reading = None if lexeme is None else lexeme.sure("SYLLABLE")
    return reading is not None and not reading.cut


def _links(scan: Scan, at: int) -> bool:
    """Whether the particle at ``at`` must be followed by a name (بن, آل, أبو)."""
    lexeme = scan.lexemes[at]
    reading = None if lexeme is None else lexeme.sense("NAME_PARTICLE")
    return reading is not None and reading.sense.entry.kind == "link"


def _bare_name(scan: Scan, at: int) -> bool:
    """Whether the token is a name as it stands, without stripping a letter."""
    lexeme = scan.lexemes[at]
    if lexeme is not None:
        for reading in lexeme.readings:
            if reading.cut == 0 and reading.sense.entry.label in _NAME_LABELS:
                return True
    return False


def _spelt(scan: Scan, at: int) -> bool:
    """Whether a final ya or ha lets the word be a name: «على» is the preposition, though «الشناوى» is a name as Egypt spells it."""
    word = scan.words[at]
    if not _same_hamza(scan, at):
        return False
    if word[-1] not in "يه":
        return True
    last = scan.last_letter(at)
    if last not in "ىه":
        return True
    lexeme = scan.lexemes[at]
    if lexeme is None:
        return True
    named = other = False
    for reading in lexeme.readings:
        same = reading.sense.entry.surface[-1] == last
        if reading.sense.entry.label in _NAME_LABELS:
            if same:
                return True
            named = True
        elif same:
            other = True
    return not other if last == "ى" else not named


def _same_hamza(scan: Scan, at: int) -> bool:
    """Whether a hamza that the source writes inside the word may be the name's: «بأن» is not بان; one left out says nothing."""
    written = scan.text(scan.span(at, at + 1))
    lexeme = scan.lexemes[at]
    if lexeme is None or "أ" not in written[1:]:
        return True
    named = False
    for reading in lexeme.readings:
        if reading.sense.entry.label in _NAME_LABELS:
            surface = reading.sense.entry.surface
            mine = written[reading.cut :]
            if ("أ" in mine[1:]) <= ("أ" in surface[1:]):
                return True
            named = True
    return not named


def _plausible(scan: Scan, at: int, word: str, shape: int, *, first: bool) -> bool:
    """Whether a word that no lexicon knows may be part of a name: letters, no attached pronoun or و."""
    if shape & (LATIN | STOP | _CLITIC) or len(word) < 2 or (word[0] == "و" and (first or len(word) > 4)):
        return False
    if (shape & ADJECTIVE and word.endswith("يه")) or word.endswith(_PRONOUNS):
        return False
    if word[-1] != "ه" or len(word) < 4:
        return True
    return scan.last_letter(at) != "ه" or word.endswith("يه")  # an attached pronoun («تفضله»), though «كوناتيه» is a name


def _uncommon_here(scan: Scan, shapes: Shapes, at: int, shape: int, *, announced: bool, known: int) -> bool:
    """Whether a word that is common in running text is part of a name at ``at``.

    After a known name a nisba is («الفلاحي»), or a word that the phrase ends with or a name follows, an indefinite one only where the person
    was announced («الدكتور نايف مفلح»). Before any known name it must be announced, and a word must follow that may be a name and is nothing
    else («الدكتور خالص مطر»).
    """
    after = at + 1
    if after >= len(scan.words) or (announced and known == 1 and shape & (RARE | DEFINITE) == RARE):
        return known > 0
    lexeme = scan.lexemes[after]
    follows = lexeme is not None and lexeme.weak & NAMES != 0
    if announced and scan.unknown(after):
        unknown = shapes[scan.words[after]]
        follows = not unknown & (COMMON | DEFINITE | SIGN) and _plausible(scan, after, scan.words[after], unknown, first=False)
    if not known:
        return announced and follows and not shape & DEFINITE
    if shape & ADJECTIVE and scan.words[at][-1] == "ي":
        return True
    if not announced and not shape & DEFINITE:
        return False
    return follows or _phrase_ends(scan, shapes, after)


def _enough(scan: Scan, shapes: Shapes, start: int, run: tuple[int, int, int], *, cued: bool, polite: bool, title: Title | None) -> bool:
    """Whether the evidence makes a person of the run."""
    last, known, unknown = run
    tokens = last - start
    flags = scan.flags[start]
    if cued:
        if tokens == 1 and not flags & NAMES and (known or not polite or shapes[scan.words[start]] & ADJECTIVE):
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
        if title.last - title.first < 2 or not 2 <= tokens <= 3 or not _phrase_ends(scan, shapes, last):
            return False
        return scan.words[start][0] != "ب" and not any([w[0] in _CLITIC_LETTERS for w in scan.words[start:last]])
    if flags & _PARTICLE and start not in scan.phrases:
        return False  # «عبد» alone; «عبد الحميد» is a name
    return bool(flags & _GIVEN) and known + unknown >= 2 and (known >= 2 or known + unknown == 2)
