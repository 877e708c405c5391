"""The grammatical shape of a word type, as far as its letters and the lexicon tell it.

Sources: the article, the fused لل and the proclitics are those of Ryding, *A Reference Grammar of Modern Standard Arabic*,
ch. 5 and 8; the nisba and the feminine of derived participles are ch. 10.
"""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.chunk import Token
from newsextract.lexicon.compiled import Lexeme, Lexicon
from newsextract.lexicon.load import CommonWord
from newsextract.lexicon.schema import BIT

DEFINITE: Final = 1
"""Carries the article."""
ADJECTIVE: Final = 2
"""A definite adjective by its ending or by the lexicon."""
CONJ: Final = 4
"""Carries و or ف."""
LI: Final = 8
"""Carries the preposition ل."""
BI: Final = 16
"""Carries the preposition ب or ك."""
STOP: Final = 32
"""Ends a name: a verb or a closed-class word."""
SIGN: Final = 64
"""A sign, a newline or a number."""
GENERIC: Final = 128
"""A definite adjective that makes no proper name."""
LATIN: Final = 256
"""Written in Latin letters."""
COMMON: Final = 512
"""No entry, but a word of running text that is hardly ever part of a name (``data/statistics/common_words.txt``)."""
RARE: Final = 1024
"""Such a word that is rare: it may be a surname after all where a person is announced."""

_OF_CATEGORY: Final = {"generic": GENERIC, "relational": GENERIC | STOP}
"""A relational adjective («التابعة ل», «المعنية ب», «المنبثقة عن») begins what is said of a body, not its name."""
_FUTURE: Final = CommonWord(0, False)
_STOP_FLAGS: Final = BIT["VERB"] | BIT["FUNCTION"]
_VERB: Final = BIT["VERB"]
_DEMONYM: Final = BIT["DEMONYM"]
_NO_WORD: Final = BIT["DESIGNATOR"] | BIT["SYLLABLE"]
_TOWNS: Final = frozenset({"PLACE"})
_PREFIXES: Final = frozenset("وفبلك")
_SUFFIXES: Final = frozenset("ات")
_IMPERFECT: Final = frozenset("يتنا")
_SHORTEST_COMMON: Final = 4
_NOT_VERB: Final = BIT["NOUN"] | BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["PROGRAMME_HEAD"] | BIT["DOCUMENT_HEAD"] | BIT["PLACE"]


@final
class Shapes:
    """Token → union of the shape bits of its word; remembered by the token, which is that of a word type."""

    __slots__ = ("_common", "_lexicon")

    def __init__(self, lexicon: Lexicon, common: dict[str, CommonWord] | None = None) -> None:
        self._lexicon = lexicon
        self._common: dict[str, CommonWord] = common or {}

    def of(self, token: Token) -> int:
        """The shape of ``token``."""
        if token.shape < 0:
            token.shape = self._shape(token.word)
        return token.shape

    def _shape(self, word: str) -> int:
        if not word[0].isalpha():
            return SIGN
        if word[0] < "\u0100":
            return LATIN
        lexeme = self._lexicon[word]
        flags = 0 if lexeme is None else lexeme.flags
        shape = 0
        stem = word
        if lexeme is not None and lexeme.weak & ~_NO_WORD:
            stem = lexeme.stem
            shape = _proclitics(lexeme.proclitic)
        else:
            stem, shape = _unknown(word)
            common = self._common_word(word)
            if common is not None:
                shape |= COMMON | (RARE if common.rare else 0) | (_proclitics(word[: common.cut]) if stem == word else 0)
        if lexeme is not None and lexeme.weak & _STOP_FLAGS and not _as_it_stands(lexeme) & _NOT_VERB:
            shape |= STOP
        if stem.startswith("ال") and (len(stem) > 4 or (lexeme is None and len(stem) > 3)):
            shape |= DEFINITE
            shape |= self._adjective(stem, flags)
        return shape

    def _common_word(self, word: str) -> CommonWord | None:
        """``word``, which no entry begins, as a common word: as it stands, after a proclitic letter, with an ending, or as a future verb (س)."""
        common = self._common
        known = common.get(word)
        if known is not None:
            return known
        rest = word[1:]
        base = common.get(rest)
        if len(rest) < _SHORTEST_COMMON:
            return CommonWord(1, base.rare) if word[0] == "ل" and len(rest) == _SHORTEST_COMMON - 1 and base is not None else None
        if word[-1] in _SUFFIXES and word[:-1] in common:
            return common[word[:-1]]  # the accusative («بديلا»), the feminine of a verb («تباينت»)
        if word[0] in _PREFIXES:
            # «باسلامة», «بوشمال»: surnames of Hadramawt and of the Maghreb
            return CommonWord(1, base.rare) if base is not None and not base.cut and not word.startswith(("با", "بو")) else None
        if word[0] != "س" or rest[0] not in _IMPERFECT:
            return None
        verb = self._lexicon[rest]
        return base if verb is None or not verb.flags & _VERB else _FUTURE

    def _adjective(self, stem: str, flags: int) -> int:
        bare = self._lexicon[stem]
        reading = None if bare is None else bare.sense("ADJECTIVE")
        if reading is not None:
            return ADJECTIVE | _OF_CATEGORY.get(reading.sense.entry.category, 0)
        if flags & _DEMONYM or stem.endswith("يه") or (stem.endswith("ي") and len(stem) > 4) or (stem.startswith("الم") and stem.endswith("ه")):
            return ADJECTIVE
        return 0


def _as_it_stands(lexeme: Lexeme) -> int:
    """The label bits of the sure readings with fewest letters stripped: «بعنوان» is a function word, though «عنوان» is a noun, and «عنه» too,
    though a town is called so."""
    cut = lexeme.readings[0].cut if lexeme.readings else 0
    bits = 0
    for reading in lexeme.readings:
        if reading.cut == cut and (reading.sense.entry.category != "ambiguous" or reading.sense.entry.label not in _TOWNS):
            bits |= BIT[reading.sense.entry.label]
    return bits


def _proclitics(letters: str) -> int:
    shape = 0
    if letters[:1] in ("و", "ف"):
        shape |= CONJ
        letters = letters[1:]
    if letters[:1] == "ل":
        shape |= LI
    elif letters:
        shape |= BI
    return shape


def _unknown(word: str) -> tuple[str, int]:
    """The stem and proclitics of a word that no entry begins with: only before a visible article."""
    shape = 0
    stem = word
    if stem[:3] in ("وال", "فال", "ولل", "فلل") or stem[:4] in ("وبال", "فبال", "وكال"):
        shape |= CONJ
        stem = stem[1:]
    if stem.startswith("لل"):
        return "ال" + stem[2:], shape | LI
    if stem[:3] in ("بال", "كال"):
        return stem[1:], shape | BI
    return stem, shape
