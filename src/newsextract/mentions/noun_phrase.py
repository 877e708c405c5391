"""How far a name goes: from its head noun over idafa, adjectives, coordination and «ل» tails.

The grammar is that of the Arabic noun phrase (Ryding, ch. 8 and 10): an indefinite head opens an idafa that a definite or
proper noun closes («وزارة الصحة», «معرض بيروت»); a definite head takes only adjectives and tails («المركز الإسلامي لتنمية التجارة»);
adjectives follow the whole; a coordinated genitive carries و and the article («والثروة المعدنية»), a new head ends the name.
A name is complete only after a definite or proper word: «شركة سياحة» names nobody.
"""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, GENERIC, LATIN, LI, SIGN, STOP, Shapes
from newsextract.scan.scanner import Scan

HEADS: Final = BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["PROGRAMME_HEAD"] | BIT["DOCUMENT_HEAD"]
NAMES: Final = BIT["GIVEN_NAME"] | BIT["FAMILY_NAME"] | BIT["NAME_PARTICLE"]
_BODIES: Final = BIT["PLACE"] | BIT["INSTITUTION"]
PROPER: Final = _BODIES | NAMES
_HONORIFIC: Final = BIT["HONORIFIC"]
_PERSONAL: Final = BIT["TITLE"] | _HONORIFIC
_GIVEN: Final = BIT["GIVEN_NAME"]
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_VERB: Final = BIT["VERB"]
_MARKED: Final = PROPER | _PERSONAL
_CLITIC: Final = CONJ | LI
_BREAK: Final = SIGN | STOP | BI
_OF_ADDRESS: Final = frozenset({"courtesy", "academic", "professional"})
_DEMONYM: Final = BIT["DEMONYM"]
_MAYBE_PLACE: Final = BIT["MAYBE_PLACE"]
_LONGEST: Final = 16
_LONGEST_CHAIN: Final = 3
_LONGEST_ACRONYM: Final = 8
QUOTES: Final = {"«": "»", '"': '"', "“": "”", "'": "'", "<": ">"}


def extend(scan: Scan, shapes: Shapes, at: int, *, definite: bool, titled: bool = False, tail: bool = False, purpose: bool = True) -> tuple[int, bool, bool]:
    """The extent of a name whose head ends before token ``at``.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        at: The first token after the head noun.
        definite: Whether the head carries the article.
        titled: Whether the head is a job title, after which a person's name is the person's.
        purpose: Whether a «ل» tail may follow at all; after a ministry it belongs to the verb or the person.
        tail: Whether a «ل» tail may follow a definite head at once («الدورة السادسة لطب الأطفال», where the ordinal is left out).

    Returns:
        ``(last, proper, generic)``: one past the name's last token, ``at`` when nothing completes it; whether it holds a
        place, an institution or a person's name; whether all its adjectives are generic and nothing else completes it.
    """
    words, tokens, phrases = scan.words, scan.tokens, scan.phrases
    last = j = at
    size = min(len(words), at + _LONGEST)
    open_idafa = not definite
    pending = 0
    named = linked = False
    personal = -1
    proper = tailed = specific = False
    while j < size:
        shape = shapes.of(tokens[j])
        here = tokens[j].flags
        if named and (linked or _named_on(scan, j, shape)) and not shape & SIGN:
            # «بن سلطان», «محمد الزفزاف»: after a particle any word, after a name an unknown definite one, is the name's
            j += 1
            last, linked, named = j, False, linked
            proper = specific = True
            open_idafa = False
            continue
        if shape & _BREAK and (shape & BI or not here & PROPER):
            taken = _governed(scan, shapes, j) if tailed and last == j else 0
            if taken:
                last = j = j + taken
                continue
            break
        if shape & CONJ:
            if open_idafa and pending and not shape & DEFINITE and not here & (HEADS | _MARKED | _VERB) and _closes(scan, shapes, j + 1):
                pending += 1  # «دعم وتنمية الإنتاج», «تجارة وصناعة عمان»
                j += 1
                continue
            if here & (HEADS | _MARKED) or last != j or not (shape & DEFINITE or (tailed and _parallel(scan, shapes, j))):
                break
            if not shape & DEFINITE:
                last = j = j + 2  # «للطوارئ ومكافحة الأوبئة»
                continue
            last = j = j + 1
            specific = specific or not shape & ADJECTIVE
            continue
        if shape & LI:
            if last != j or not purpose or (j == at and not tail) or here & _VERB:
                break
            tailed = True
            open_idafa = not shape & DEFINITE and not here & PROPER
            pending = 0
            j = _step(scan, j, PROPER)
            if not open_idafa:
                last, specific = j, True
                proper = proper or here & PROPER != 0
            continue
        if here & _MARKED and not (definite and here & _DEMONYM and shape & (ADJECTIVE | DEFINITE) == ADJECTIVE | DEFINITE):
            if here & _PERSONAL and not here & NAMES:
                # «مجلس الوزراء», «جامعة الأمير سلطان»: only inside the idafa that the head has opened
                if not (open_idafa or personal == j) or (titled and j == at and here & _HONORIFIC) or (pending and _addresses(scan, j)):
                    break
                named = here & _HONORIFIC != 0 and not of_many(scan, j)
                j = _step(scan, j, _PERSONAL)
                personal = j if named else -1
                if (shape & DEFINITE and not named) or j - at > 2:
                    last, open_idafa, specific = j, False, True
                continue
            if here & NAMES and not here & _BODIES:
                if not (named or (open_idafa and not titled and j == at)):
                    break
                j = _step(scan, j, PROPER)
                named = True
                linked = here & (_PARTICLE | _GIVEN) == _PARTICLE
                if not linked:
                    last, proper, specific, open_idafa = j, True, True, False
                continue
            if definite and not specific and not tailed and last == at:
                break
            j = _step(scan, j, PROPER)
            last, proper, specific, open_idafa, named = j, True, True, False, False
            continue
        if shape & DEFINITE:
            if definite and here & HEADS and j in phrases:
                break  # «ناقش المجلس الاستراتيجية الوطنية»: another head with its adjective
            if not shape & ADJECTIVE or (open_idafa and not pending and last == at):
                if not open_idafa:
                    break
                specific = True
                proper = proper or here & _MAYBE_PLACE != 0
            elif not shape & GENERIC:
                specific = True
            j += 1
            last, open_idafa, pending, named = j, False, 0, False
            continue
        if not open_idafa or shape & LATIN or pending == _LONGEST_CHAIN:
            break
        if pending and here & _MAYBE_PLACE:
            last, proper, specific, open_idafa = j + 1, True, True, False  # «غرفة صناعة عمان»
        pending += 1
        j += 1
    return last, proper, not specific and not proper


def _addresses(scan: Scan, at: int) -> bool:
    """Whether the honorific at ``at`` is one that no body is called by after another noun («غرفة صناعة عمان المهندس …»)."""
    lexeme = scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sense("HONORIFIC")
    return reading is not None and reading.sense.entry.kind in _OF_ADDRESS


def _named_on(scan: Scan, at: int, shape: int) -> bool:
    """Whether a word after a name or a title of address goes on with it: a name in this place («الأمير سلطان»), or an unknown definite word."""
    if shape & (COMMON | BI | _CLITIC):
        return False
    if scan.unknown(at):
        return not shape & (ADJECTIVE | LATIN | STOP)  # «جامعة إدواردو موندلين»
    lexeme = scan.tokens[at].lexeme
    return lexeme is not None and lexeme.weak & _GIVEN != 0 and not scan.tokens[at].flags & NAMES


def of_many(scan: Scan, at: int) -> bool:
    """Whether the title at ``at`` speaks of several («الوزراء»), so that no name follows it."""
    lexeme = scan.tokens[at].lexeme
    if lexeme is None or at in scan.phrases:
        return False
    reading = lexeme.sense("TITLE") or lexeme.sense("HONORIFIC")
    return reading is not None and (reading.sense.entry.number in ("pl", "du") or reading.sense.form in ("plural", "dual"))


def _governed(scan: Scan, shapes: Shapes, at: int) -> int:
    """How many tokens at ``at`` are what the verbal noun before them governs: a preposition with a definite noun («للوقاية من الأمراض»),
    or a noun that carries it («للتبرع بالدم»); 0 for none."""
    lexeme = scan.tokens[at - 1].lexeme
    reading = None if lexeme is None else lexeme.sense("MASDAR")
    if reading is None or at >= len(scan.words):
        return 0
    words = scan.words
    preposition = reading.sense.entry.value.replace("ى", "ي").replace("إ", "ا")
    if preposition == "ب":
        return 1 if words[at].startswith("بال") and shapes.of(scan.tokens[at]) & BI else 0
    after = at + 1
    if preposition != words[at] or after >= len(words) or scan.tokens[after].flags & (HEADS | _MARKED):
        return 0
    return 2 if shapes.of(scan.tokens[after]) & (DEFINITE | _CLITIC | _BREAK) == DEFINITE else 0


def _closes(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether a definite noun or a proper name stands at ``at``, which closes an idafa."""
    if at >= len(scan.words):
        return False
    shape = shapes.of(scan.tokens[at])
    return not shape & (_CLITIC | _BREAK) and (shape & (DEFINITE | ADJECTIVE) == DEFINITE or scan.tokens[at].flags & _BODIES != 0)


def _parallel(scan: Scan, shapes: Shapes, at: int) -> bool:
    """Whether an indefinite noun after و and a definite one that is no head make one more purpose of a «ل» tail («وتحليل النظم»)."""
    after = at + 1
    if after >= len(scan.words) or not shapes.of(scan.tokens[at - 1]) & DEFINITE or shapes.of(scan.tokens[at]) & STOP:
        return False
    shape = shapes.of(scan.tokens[after])
    return shape & (DEFINITE | _CLITIC | STOP | BI) == DEFINITE and not scan.tokens[after].flags & (HEADS | _MARKED)


def _step(scan: Scan, at: int, mask: int) -> int:
    """The token after the word at ``at``, or after the phrase there if its flags share a bit with ``mask``."""
    phrase = scan.phrases.get(at)
    return at + 1 if phrase is None or not phrase.lexeme.flags & mask else phrase.last


def quoted(scan: Scan, at: int, longest: int = 24) -> tuple[int, int] | None:
    """The token range inside the quotation marks that open at ``at``, or None."""
    words = scan.words
    if at >= len(words):
        return None
    closer = QUOTES.get(words[at])
    if closer is None:
        return None
    for j in range(at + 1, min(len(words), at + longest + 2)):
        if words[j] == closer:
            return (at + 1, j) if j > at + 1 else None
        if words[j] == "\n":
            return None
    return None


def bracketed(scan: Scan, at: int) -> tuple[int, int] | None:
    """The token range inside the round brackets that open at ``at``, if it is short, or None."""
    words = scan.words
    if at >= len(words) or words[at] != "(":
        return None
    for j in range(at + 1, min(len(words), at + _LONGEST_ACRONYM + 2)):
        if words[j] == ")":
            return (at + 1, j) if j > at + 1 else None
    return None


def latin_bracket_ahead(scan: Scan, shapes: Shapes, at: int) -> int | None:
    """The token of a «(» that opens a Latin acronym within reach of ``at``, with no sign or verb between; or None."""
    words = scan.words
    tokens = scan.tokens
    size = min(len(words) - 1, at + _LONGEST)
    bracket = at
    while bracket < size and words[bracket] != "(":
        if tokens[bracket].flags & _VERB:
            return None
        bracket += 1
    if bracket >= size or not shapes.of(tokens[bracket + 1]) & LATIN:
        return None
    for j in range(at, bracket):
        if shapes.of(tokens[j]) & SIGN:
            return None
    return bracket
