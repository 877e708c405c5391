"""How far a person's name goes: over given names, surnames, particles and syllables, and over words that no lexicon knows.

A word of running text that is hardly ever a name ends it, unless what stands around it says otherwise; so does the preposition على in Egyptian
spelling, a title that begins what the person is, and a word whose hamza or final letter is not the name's.
"""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LATIN, LI, RARE, SIGN, STOP, Shapes
from newsextract.mentions.noun_phrase import NAMES
from newsextract.scan.scanner import Scan

_GIVEN: Final = BIT["GIVEN_NAME"]
_FAMILY: Final = BIT["FAMILY_NAME"]
_TITLE: Final = BIT["TITLE"]
_BODIES: Final = BIT["INSTITUTION_HEAD"] | BIT["INSTITUTION"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_COMMON: Final = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["PLACE"] | BIT["INSTITUTION"]
_PRONOUNS: Final = ("هم", "ها", "هما")
_TITLE_OR_VERB: Final = BIT["TITLE"] | BIT["VERB"]
_NAME_LABELS: Final = frozenset({"GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE"})
_CLITIC: Final = CONJ | LI | BI
_LONGEST: Final = 9
_MOST_UNKNOWN: Final = 3


def name_run(scan: Scan, shapes: Shapes, start: int, *, cued: bool, titled: bool) -> tuple[int, int, int]:
    """``(token after the name at ``start``, words of it known as names, words unknown)``; ``start`` for none."""
    words, tokens, phrases = scan.words, scan.tokens, scan.phrases
    announced = cued or titled
    j = last = start
    known = unknown = 0
    linked = closed = False
    size = min(len(words), start + _LONGEST)
    while j < size:
        word = words[j]
        lexeme = tokens[j].lexeme
        shape = shapes.of(tokens[j])
        if shape & SIGN:
            break
        here = tokens[j].flags
        if j > start and not linked:
            if here & _TITLE and _calls(scan, shapes, j):
                break
            if shape & _CLITIC and not bare_name(scan, j):
                # «السيد عبد الحميد لعيادي»: the Maghreb's surnames begin with what elsewhere is a preposition
                if announced and known and not shape & (CONJ | DEFINITE) and here & NAMES and phrase_ends(scan, shapes, j + 1):
                    last, known = j + 1, known + 1
                elif known > 1 and word[0] == "ك" and phrase_ends(scan, shapes, j + 1):
                    last = j + 1  # «سليمان أوباما كابا»: «like» makes no sense after a name
                break
        if word == "علي" and known + unknown > 1 and not linked and not phrase_ends(scan, shapes, j + 1) and not tokens[j + 1].flags & NAMES:
            break  # the preposition, as Egypt spells it
        if (here & NAMES or (lexeme is not None and lexeme.weak & NAMES and (known or unknown or announced))) and spelt(scan, j):
            if closed and not here & (_FAMILY | _PARTICLE) and not (announced and lexeme is not None and lexeme.weak & _GIVEN and not here & _COMMON):
                break
            known += 1
            follows = linked
            linked = bool(here & _PARTICLE) and not here & (_GIVEN | _FAMILY) and _links(scan, j)
            closed = bool(shape & DEFINITE) and j > start and not (linked or follows) and not here & _GIVEN
        elif not closed and (known or unknown or announced) and (_among_syllables(scan, shapes, j) or (announced and known and _town_name(scan, shapes, j))):
            known += 1
            linked = False
        elif linked and not shape & STOP:
            known += 1
            linked = closed = False
        elif (
            scan.unknown(j)
            and (not closed or (announced and shape & (DEFINITE | COMMON) == DEFINITE and phrase_ends(scan, shapes, j + 1)))
            and (known or unknown or announced)
            and plausible(scan, j, word, shape, first=j == start)
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
    if not bare_name(scan, at):
        return True
    if at + 1 < len(scan.words) and scan.tokens[at + 1].flags & _BODIES:
        return True  # «أمين متحف …»
    if at + 1 < len(scan.words) and scan.tokens[at + 1].flags & _TITLE and shapes.of(scan.tokens[at]) & DEFINITE:
        return False  # «هاني الشاعر المدير الإقليمي»
    return at + 1 < len(scan.words) and not scan.tokens[at + 1].flags & NAMES and shapes.of(scan.tokens[at + 1]) & (DEFINITE | _CLITIC) == DEFINITE


def _town_name(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether an indefinite town's name ends an announced name, as a surname does («المهندس خالد تبوك،»)."""
    lexeme = scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sense("PLACE")
    if reading is None or reading.cut or reading.sense.entry.kind != "city" or shapes.of(scan.tokens[at]) & DEFINITE:
        return False
    return phrase_ends(scan, shapes, at + 1)


def _among_syllables(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether the token is a syllable beside another one."""
    if shapes.of(scan.tokens[at]) & STOP or not _syllable(scan, at):
        return False
    return _syllable(scan, at - 1) or _syllable(scan, at + 1)


def _syllable(scan: Scan, at: int) -> bool:
    """Whether the token is surely a syllable of a Chinese, Korean or Vietnamese name as it stands."""
    lexeme = None if at < 0 or at >= len(scan.words) else scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sure("SYLLABLE")
    return reading is not None and not reading.cut


def _links(scan: Scan, at: int) -> bool:
    """Whether the particle at ``at`` must be followed by a name (بن, آل, أبو)."""
    lexeme = scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sense("NAME_PARTICLE")
    return reading is not None and reading.sense.entry.kind == "link"


def _uncommon_here(scan: Scan, shapes: Shapes, at: int, shape: int, *, announced: bool, known: int) -> bool:
    """Whether a word that is common in running text is part of a name at ``at``.

    After a known name a nisba is («الفلاحي»), or a word that the phrase ends with or a name follows, an indefinite one only where the person
    was announced («الدكتور نايف مفلح»). Before any known name it must be announced, and a word must follow that may be a name and is nothing
    else («الدكتور خالص مطر»).
    """
    after = at + 1
    if after >= len(scan.words) or (announced and known == 1 and shape & (RARE | DEFINITE) == RARE):
        return known > 0
    lexeme = scan.tokens[after].lexeme
    follows = lexeme is not None and lexeme.weak & NAMES != 0
    if announced and scan.unknown(after):
        unknown = shapes.of(scan.tokens[after])
        follows = not unknown & (COMMON | DEFINITE | SIGN) and plausible(scan, after, scan.words[after], unknown, first=False)
    if not known:
        return announced and follows and not shape & DEFINITE
    if shape & ADJECTIVE and scan.words[at][-1] == "ي":
        return True
    if not announced and not shape & DEFINITE:
        return False
    return follows or phrase_ends(scan, shapes, after)


def plausible(scan: Scan, at: int, word: str, shape: int, *, first: bool) -> bool:
    """Whether a word that no lexicon knows may be part of a name: letters, no attached pronoun or و."""
    if shape & (LATIN | STOP | _CLITIC) or len(word) < 2 or (word[0] == "و" and (first or len(word) > 4)):
        return False
    if (shape & ADJECTIVE and word.endswith("يه")) or word.endswith(_PRONOUNS):
        return False
    if word[-1] != "ه" or len(word) < 4:
        return True
    return scan.last_letter(at) != "ه" or word.endswith("يه")  # an attached pronoun («تفضله»), though «كوناتيه» is a name


def spelt(scan: Scan, at: int) -> bool:
    """Whether a final ya or ha lets the word be a name: «على» is the preposition, though «الشناوى» is a name as Egypt spells it."""
    word = scan.words[at]
    if not _same_hamza(scan, at):
        return False
    letter = ord(word[-1])
    if letter != ord("ي") and letter != ord("ه"):
        return True
    last = scan.last_letter(at)
    if last not in "ىه":
        return True
    lexeme = scan.tokens[at].lexeme
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
    lexeme = scan.tokens[at].lexeme
    if lexeme is None:
        return True
    start, end = scan.start(at), scan.end(at)
    if scan.source.find("أ", start + 1, end) < 0:
        return True
    written = scan.source[start:end]
    named = False
    for reading in lexeme.readings:
        if reading.sense.entry.label in _NAME_LABELS:
            surface = reading.sense.entry.surface
            mine = written[reading.cut :]
            if ("أ" in mine[1:]) <= ("أ" in surface[1:]):
                return True
            named = True
    return not named


def bare_name(scan: Scan, at: int) -> bool:
    """Whether the token is a name as it stands, without stripping a letter."""
    lexeme = scan.tokens[at].lexeme
    if lexeme is not None:
        for reading in lexeme.readings:
            if reading.cut == 0 and reading.sense.entry.label in _NAME_LABELS:
                return True
    return False


def phrase_ends(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether a sign, a closed-class word, a verb, a title or the text's end stands at ``at``."""
    if at >= len(scan.words) or scan.tokens[at].flags & _TITLE_OR_VERB:
        return True
    return shapes.of(scan.tokens[at]) & (SIGN | STOP) != 0
