"""Forms: under which words each row may stand, as text that is quickly stored and loaded.

A form is written ``ROW FCD WORDS``: the row's number, one digit each for which of its forms it is, the classes of proclitics that it
may carry and whether an article was added, and the folded words after the first. All forms with the same first word make one string,
a line each; a line is read only when a text holds that word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newsextract.lexicon.schema import Entry
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

CONJ: Final = 1
PREP: Final = 2
ART: Final = 4
_CLITICS: Final = {"conj": CONJ, "prep": PREP, "art": ART}
FORM_NAMES: Final = ("surface", "alias", "plural", "dual", "acronym")
"""What :attr:`Sense.form` may be."""
_ACRONYM: Final = 4


def forms_of(entries: Iterable[Entry]) -> dict[str, str]:
    """First word → the forms that begin with it, in the order of ``entries``."""
    surfaces: list[str] = []
    told: list[str] = []
    for row, entry in enumerate(entries):
        _add_forms(entry, row, surfaces, told)
    out: dict[str, list[str]] = {}
    for words, what in zip(_tokenized(surfaces), told, strict=True):
        if words:
            out.setdefault(words[0], []).append(" ".join([what, *words[1:]]))
    return {word: "\n".join(lines) for word, lines in out.items()}


def _add_forms(entry: Entry, row: int, surfaces: list[str], told: list[str]) -> None:
    """Adds every surface under which ``entry`` may stand, and what is to be told of it."""
    clitics = 0
    for name in entry.clitics.split():
        clitics |= _CLITICS[name]
    for form, cell in enumerate((entry.surface, entry.aliases, entry.plural, entry.dual, entry.acronym)):
        for surface in cell.split(" | ") if cell else ():
            surfaces.append(surface)
            told.append(f"{row} {form}{clitics}0")
            if clitics & ART and form != _ACRONYM:
                for definite in _definite(surface):
                    surfaces.append(definite)
                    told.append(f"{row} {form}{clitics}1")


def _definite(surface: str) -> list[str]:
    """The definite forms of an indefinite surface: «ورشة عمل» → «ورشة العمل», «الورشة العمل» is not Arabic but «النشاط الرئيسي» is."""
    words = surface.split(" ")
    if len(words) == 1:
        return ["ال" + surface]
    return [" ".join([words[0], *("ال" + w for w in words[1:])]), " ".join("ال" + w for w in words)]


def _tokenized(surfaces: list[str]) -> list[list[str]]:
    """The folded words of each surface, all folded and tokenized in one pass."""
    out: list[list[str]] = [[]]
    for word in tokenize(fold("\n".join(surfaces))).words:
        if word == "\n":
            out.append([])
        else:
            out[-1].append(word)
    return out if surfaces else []
