"""The compiled lexicon: from a folded word to what it may be, with and without proclitics.

A word type is analysed once and remembered. Which proclitics a surface may carry is said by its row; nothing is
stripped from a word unless what remains is an entry that allows it. Phrases are walked word by word in a trie.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newsextract.lexicon.chunk import Chunks
from newsextract.lexicon.schema import BIT, LABELS, Entry
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

_CONJ, _PREP, _ART = 1, 2, 4
_HEADS: Final = ("EVENT_HEAD", "INSTITUTION_HEAD", "PROGRAMME_HEAD", "DOCUMENT_HEAD")
_HEAD_BITS: Final = BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["PROGRAMME_HEAD"] | BIT["DOCUMENT_HEAD"]
_DATES: Final = BIT["MONTH"] | BIT["WEEKDAY"] | BIT["HOLIDAY"] | BIT["DATE_WORD"]
_EVERYDAY: Final = BIT["VERB"] | BIT["FUNCTION"]
_NAMES: Final = BIT["INSTITUTION"] | BIT["PLACE"] | BIT["FAMILY_NAME"] | BIT["GIVEN_NAME"]
OPENS: Final = 1 << len(LABELS)
"""The bit, above those of the labels, of a word that may be the first of a phrase of several words."""
_MEMO_LIMIT: Final = 300_000
"""Word types remembered before the memory is emptied; bounds what a hostile or endless corpus can take."""
_LONGEST_WORD: Final = 64
"""Longer words are nobody's entry; they are not remembered."""


class Sense:
    """One reading of a surface: the entry, and as which of its forms it stands there.

    Attributes:
        entry: The row.
        form: ``surface``, ``alias``, ``acronym``, ``plural`` or ``dual``.
        clitics: The classes of proclitics that it may carry.
        definite: Whether an article was added.
        singular: Whether it speaks of one thing.
    """

    __slots__ = ("clitics", "definite", "entry", "form", "singular")

    def __init__(self, entry: Entry, form: str, clitics: int, definite: bool) -> None:
        self.entry = entry
        self.form = form
        self.clitics = clitics
        self.definite = definite
        self.singular = form not in ("plural", "dual") and entry.number in ("", "sg")


class Node:
    """A node of the phrase trie: the senses of the phrase that ends here, and the words that may follow."""

    __slots__ = ("_lexemes", "next", "senses")

    def __init__(self) -> None:
        self.senses: list[Sense] = []
        self.next: dict[str, Node] | None = None
        self._lexemes: dict[int, Lexeme] | None = None

    def lexeme(self, cut: int, needed: int) -> Lexeme:
        """What the phrase that ends here may be after ``cut`` letters of proclitics of the classes ``needed``; remembered."""
        if self._lexemes is None:
            self._lexemes = {}
        key = cut << 3 | needed
        found = self._lexemes.get(key)
        if found is None:
            readings = tuple([Reading(cut, s) for s in reversed(self.senses) if needed & ~s.clitics == 0])
            found = self._lexemes[key] = Lexeme(*_flags(readings), readings, (), "", "")
        return found


class Reading:
    """A sense at a word, with the number of letters of proclitics before it (0 if fused, as in «للمنظمة»)."""

    __slots__ = ("cut", "sense")

    def __init__(self, cut: int, sense: Sense) -> None:
        self.cut = cut
        self.sense = sense


_NO_WORDS: Final[frozenset[str]] = frozenset()


class Lexeme:
    """What the lexicon knows of one word type.

    Attributes:
        flags: Union of the label bits of the one-word readings that are sure; :data:`OPENS` if phrases of several words go on from it.
        weak: The same with the readings whose row is marked ``category=ambiguous``: to be believed only in context.
        readings: The one-word readings, those with fewest letters stripped first.
        multi: ``(cut, clitic class, node)`` from which phrases of several words go on.
        nexts: The words that may be second in such a phrase.
        heads: The readings as a singular head noun, events before institutions, programmes and documents.
        stem: The word without the proclitics of its first reading (``المنظمة`` for ``للمنظمة``).
        proclitic: The letters stripped for the first reading (``و``, ``بال`` is ``ب``); empty for none.
    """

    __slots__ = ("_first", "_sure", "flags", "heads", "multi", "nexts", "proclitic", "readings", "stem", "weak")

    def __init__(self, flags: int, weak: int, readings: tuple[Reading, ...], multi: tuple[tuple[int, int, Node], ...], stem: str, proclitic: str) -> None:
        self.flags = flags
        self.weak = weak
        self.readings = readings
        self.multi = multi
        self.stem = stem
        self.proclitic = proclitic
        self._first: dict[str, Reading] = {}
        self._sure: dict[str, Reading] = {}
        for reading in readings:
            sense = reading.sense
            label = sense.entry.label
            self._first.setdefault(label, reading)
            if sense.entry.category != "ambiguous" or sense.form != "surface":
                self._sure.setdefault(label, reading)
        self.heads: tuple[Reading, ...] = ()
        if weak & _HEAD_BITS:
            self.heads = tuple([r for label in _HEADS for r in readings if r.sense.entry.label == label and r.sense.singular])
        self.nexts: frozenset[str] = _NO_WORDS
        if multi:
            self.nexts = frozenset([word for _, _, node in multi for word in node.next or ()])
            self.flags |= OPENS

    def sense(self, label: str) -> Reading | None:
        """The first reading with ``label``, or None."""
        return self._first.get(label)

    def sure(self, label: str) -> Reading | None:
        """The first reading with ``label`` that needs no context (whose row is not marked ambiguous), or None."""
        return self._sure.get(label)


_DIGITS = Lexeme(BIT["DIGITS"], BIT["DIGITS"], (), (), "", "")


def _flags(readings: Iterable[Reading]) -> tuple[int, int]:
    """``(flags, weak)``: the label bits of the sure readings, and of all. A plural head noun opens no name, so it has no bit."""
    flags = weak = 0
    for reading in readings:
        sense = reading.sense
        label = sense.entry.label
        if label in _HEADS and not sense.singular:
            continue
        weak |= BIT[label]
        if sense.entry.category != "ambiguous" or sense.form != "surface":
            flags |= BIT[label]
    return flags, weak


class Lexicon(dict[str, Lexeme | None]):
    """Word type → lexeme, None for a word that no entry begins with. Fills itself on demand.

    Args:
        entries: The rows; a later row with the same surface and label comes before an earlier one (a user's overlay).

    Attributes:
        entries: The same.
        chunks: What is known of whole chunks of text.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__()
        self.chunks = Chunks(self)
        self.entries: list[Entry] = list(entries)
        self._root: dict[str, Node] = {}
        surfaces: list[str] = []
        senses: list[Sense] = []
        for entry in self.entries:
            for surface, sense in _forms(entry):
                surfaces.append(surface)
                senses.append(sense)
        for words, sense in zip(_tokenized(surfaces), senses, strict=True):
            self._insert(words, sense)

    def _insert(self, words: list[str], sense: Sense) -> None:
        level = self._root
        node = None
        for word in words:
            if node is not None:
                if node.next is None:
                    node.next = {}
                level = node.next
            node = level.get(word)
            if node is None:
                node = level[word] = Node()
        if node is not None:
            node.senses.append(sense)

    def __missing__(self, word: str) -> Lexeme | None:
        if word[0].isdigit():
            return _DIGITS
        if len(word) > _LONGEST_WORD:
            return None
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        lexeme = self[word] = self._analyse(word)
        return lexeme

    def _analyse(self, word: str) -> Lexeme | None:
        readings: list[Reading] = []
        multi: list[tuple[int, int, Node]] = []
        first: tuple[str, str] | None = None
        for stem, cut, needed in _strippings(word):
            node = self._root.get(stem)
            if node is None:
                continue
            allowed = [s for s in node.senses if needed & ~s.clitics == 0]
            readings.extend([Reading(cut, sense) for sense in reversed(allowed)])
            if node.next is not None:
                multi.append((cut, needed, node))
            if first is None and (allowed or node.next is not None):
                first = (stem, word[: len(word) - len(stem)] if word.endswith(stem) else word[:1])
        if first is None:
            return None
        flags, weak = _flags(readings)
        if flags & _EVERYDAY:
            # «أفاد» is a verb long before it is an agency
            flags &= ~_NAMES
        for label in ("GIVEN_NAME", "PLACE"):
            if weak & ~flags & BIT[label] and any(r.cut == 0 or label == "PLACE" for r in readings if r.sense.entry.label == label):
                flags |= BIT["MAYBE_GIVEN" if label == "GIVEN_NAME" else "MAYBE_PLACE"]
        if weak & ~flags & _DATES:
            flags |= BIT["MAYBE_DATE"]
        return Lexeme(flags, weak, tuple(readings), tuple(multi), *first)


def _strippings(word: str) -> list[tuple[str, int, int]]:
    """``(stem, letters cut, clitics needed)`` for the word as it is and under each licit chain of proclitics.

    A conjunction (و، ف) precedes a preposition (ب، ل، ك); ل and the article fuse to لل, whose letters stay in the span
    («للمنظمة» is المنظمة, and «للجنة» is اللجنة, written with two lams for three).
    """
    out = [(word, 0, 0)]
    if len(word) < 3:
        return out
    starts = [(word, 0, 0)]
    if word[0] in "وف":
        starts.append((word[1:], 1, _CONJ))
        out.append(starts[-1])
    for rest, cut, needed in starts:
        if len(rest) < 3 or rest[0] not in "بلك":
            continue
        if rest.startswith("لل"):
            out.append(("ال" + rest[2:], cut, needed | _PREP))
            out.append(("ا" + rest, cut, needed | _PREP))
        out.append((rest[1:], cut + 1, needed | _PREP))
    return out


def _forms(entry: Entry) -> Iterable[tuple[str, Sense]]:
    """Every surface under which ``entry`` may stand."""
    clitics = 0
    for name in entry.clitics.split():
        clitics |= {"conj": _CONJ, "prep": _PREP, "art": _ART}[name]
    for form, cell in (("surface", entry.surface), ("alias", entry.aliases), ("plural", entry.plural), ("dual", entry.dual), ("acronym", entry.acronym)):
        if not cell:
            continue
        for surface in cell.split(" | "):
            yield surface, Sense(entry, form, clitics, False)
            if clitics & _ART and form != "acronym":
                for definite in _definite(surface):
                    yield definite, Sense(entry, form, clitics, True)


def _definite(surface: str) -> list[str]:
    """The definite forms of an indefinite surface: «ورشة عمل» → «ورشة العمل», «الورشة العمل» is not Arabic but «النشاط الرئيسي» is."""
    words = surface.split(" ")
    if len(words) == 1:
        return ["ال" + surface]
    return [" ".join([words[0], *("ال" + w for w in words[1:])]), " ".join("ال" + w for w in words)]


def _tokenized(surfaces: list[str]) -> list[list[str]]:
    """The folded words of each surface, all folded and tokenized in one pass."""
    words = tokenize(fold("\n".join(surfaces))).words
    out: list[list[str]] = [[]]
    for word in words:
        if word == "\n":
            out.append([])
        else:
            out[-1].append(word)
    return out if surfaces else []
