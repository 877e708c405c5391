"""Makes mentions of named things: what is the name and what only stands by it (clitics, quotation marks, a session's number, a short form)."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT, Entry
from newsextract.lexicon.shape import ADJECTIVE, DEFINITE, LATIN, LI, SIGN, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import QUOTES, bracketed, quoted
from newsextract.mentions.session import Session
from newsextract.scan.scanner import Scan

_NO_SHORT_FORM: Final = BIT["DIGITS"] | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["GIVEN_NAME"]
_DEMONYM: Final = BIT["DEMONYM"]
_BRACKETS: Final = frozenset({*QUOTES, "("})


@final
class NameMaker:
    """Makes the mentions of one scan.

    Attributes:
        scan, shapes: The text.
        bracket_end: One past the bracket with the short form that was read last.
    """

    __slots__ = ("bracket_end", "scan", "shapes")

    def __init__(self, scan: Scan, shapes: Shapes) -> None:
        self.scan = scan
        self.shapes = shapes
        self.bracket_end = 0

    def reading(self, i: int, label: str) -> tuple[Reading, int] | None:
        """The gazetteer reading at ``i`` with ``label`` and where it ends; a phrase before a word."""
        phrase = self.scan.phrases.get(i)
        if phrase is not None:
            reading = phrase.lexeme.sense(label)
            if reading is not None:
                return reading, phrase.last
        lexeme = self.scan.tokens[i].lexeme
        reading = None if lexeme is None else lexeme.sure(label)
        return None if reading is None else (reading, i + 1)

    def definite(self, i: int, end: int) -> bool:
        """Whether the head ``[i, end)`` carries the article."""
        tokens, shapes = self.scan.tokens, self.shapes
        shape = shapes.of(tokens[i])
        if end - i > 1:
            return shape & DEFINITE != 0 or shapes.of(tokens[end - 1]) & DEFINITE != 0
        return shape & DEFINITE != 0 and not (shape & LI and self._bare_fused(i, end + 1))

    def _bare_fused(self, first: int, last: int) -> bool:
        """Whether «للجنة» has no article: written alike with it and without, it has none where another noun follows («للجنة وكلاء الوزارات»)."""
        words, tokens = self.scan.words, self.scan.tokens
        lexeme = tokens[first].lexeme
        if lexeme is None or not words[first].startswith("لل") or not lexeme.stem.startswith("الل"):
            return False
        return first + 1 < min(last, len(words)) and not self.shapes.of(tokens[first + 1]) & (ADJECTIVE | SIGN | LI)

    def name(
        self, label: str, first: int, last: int, cut: int, found_by: str, confidence: float, kind: str = "", entry: Entry | None = None, country: str = ""
    ) -> Mention:
        """The mention of the tokens ``[first, last)`` without ``cut`` letters of proclitics, all of it the name."""
        scan = self.scan
        words = scan.words
        span = scan.span(first, last, cut)
        text = scan.source[span.start : span.end]
        key = words[first] if last - first == 1 else " ".join(words[first:last])
        if cut:
            key = key[cut:]
        name = text
        if key.startswith("لل") and self.shapes.of(scan.tokens[first]) & LI:
            # ruling 8: «للمنظمة» is المنظمة and «للجنة» is اللجنة; the span keeps the letters
            lexeme = scan.tokens[first].lexeme
            keep = 0 if lexeme is not None and lexeme.stem.startswith("الل") else 2
            if self._bare_fused(first, last):
                name, key = text[1:], key[1:]
            else:
                article = "ا" if keep == 0 else "ال"
                name, key = article + text[keep:], article + key[keep:]
        return Mention(label, first, last, span, NameValue(name, key, kind, entry, country=country), found_by, confidence, text)

    def at_quote(self, at: int) -> bool:
        """Whether a quotation mark stands at ``at``."""
        words = self.scan.words
        return at < len(words) and words[at] in QUOTES

    def national(self, first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` hold a demonym."""
        tokens = self.scan.tokens
        for at in range(first, last):
            if tokens[at].flags & _DEMONYM:
                return True
        return False

    def in_quotes(self, label: str, i: int, inside: tuple[int, int], reading: Reading, found_by: str, confidence: float) -> Mention:
        """A head at ``i`` with the quoted words ``inside``, which are its name."""
        mention = self.name(label, i, inside[1] + 1, reading.cut, found_by, confidence, reading.sense.entry.kind)
        self.retext(mention, inside)
        return mention

    def retext(self, mention: Mention, inside: tuple[int, int]) -> None:
        """Takes the quoted words for the name; the mention keeps the head and the quotes."""
        value = mention.value
        assert isinstance(value, NameValue)
        value.name = self.scan.text(self.scan.span(inside[0], inside[1]))
        value.key = " ".join(self.scan.words[inside[0] : inside[1]])

    def without(self, mention: Mention, session: Session, cut: int) -> None:
        """Leaves the session's tokens out of the name (ruling 7)."""
        scan = self.scan
        words = scan.words
        names: list[str] = []
        keys: list[str] = []
        if session.first > mention.first:
            names.append(scan.text(scan.span(mention.first, session.first, cut)))
            keys.append(" ".join(words[mention.first : session.first])[cut:])
        if session.last < mention.last:
            names.append(scan.text(scan.span(session.last, mention.last)))
            keys.append(" ".join(words[session.last : mention.last]))
        value = mention.value
        if names and isinstance(value, NameValue):
            value.name = " ".join(names)
            value.key = " ".join(keys)

    def add_short_form(self, mention: Mention) -> None:
        """Takes a bracketed or quoted short form that follows the name."""
        scan = self.scan
        at = mention.last
        if at >= len(scan.words) or scan.words[at] not in _BRACKETS:
            return
        inside = bracketed(scan, at) or quoted(scan, at, 2)
        if inside is None or not self._short_form(inside[0], inside[1]):
            return
        value = mention.value
        assert isinstance(value, NameValue)
        span = scan.span(inside[0], inside[1])
        value.acronym = scan.text(span)
        value.acronym_span = span
        self.bracket_end = inside[1] + 1

    def _short_form(self, first: int, last: int) -> bool:
        """Whether the bracketed tokens may be a short form: Latin letters, or a word or two that are no number, title or person."""
        scan = self.scan
        if self.shapes.of(scan.tokens[first]) & LATIN:
            return True
        if last - first > 2:
            return False
        tokens = scan.tokens
        return not (tokens[first].flags | tokens[last - 1].flags) & _NO_SHORT_FORM
