"""The compiled lexicon: from a folded word to what it may be, with and without proclitics.

A word type is analysed once and remembered. Which proclitics a surface may carry is said by its row; nothing is
stripped from a word unless what remains is an entry that allows it. Phrases are walked word by word in a trie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from newsextract.lexicon.chunk import Chunks
from newsextract.lexicon.forms import CONJ, FORM_NAMES, PREP, forms_of
from newsextract.lexicon.schema import BIT, LABELS, Entry

_HEADS: Final = ("EVENT_HEAD", "INSTITUTION_HEAD", "PROGRAMME_HEAD", "DOCUMENT_HEAD")
_HEAD_BITS: Final = BIT["INSTITUTION_HEAD"] | BIT["EVENT_HEAD"] | BIT["PROGRAMME_HEAD"] | BIT["DOCUMENT_HEAD"]
_DATES: Final = BIT["MONTH"] | BIT["WEEKDAY"] | BIT["HOLIDAY"] | BIT["DATE_WORD"]
_EVERYDAY: Final = BIT["VERB"] | BIT["FUNCTION"]
_NAMES: Final = BIT["INSTITUTION"] | BIT["PLACE"] | BIT["FAMILY_NAME"] | BIT["GIVEN_NAME"]
OPENS: Final = 1 << len(LABELS)
"""The bit, above those of the labels, of a word that may be the first of a phrase of several words."""
DUAL: Final = 1 << len(LABELS) + 2
"""The bit of a word or phrase that has a reading in the dual."""
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

    __slots__ = ("_lexemes", "_plain", "next", "senses")

    def __init__(self) -> None:
        self.senses: list[Sense] = []
        self.next: dict[str, Node] | None = None
        self._lexemes: dict[int, Lexeme] | None = None
        self._plain: Lexeme | None = None  # what most ask for

    def lexeme(self, cut: int, needed: int) -> Lexeme:
        """What the phrase that ends here may be after ``cut`` letters of proclitics of the classes ``needed``; remembered."""
        if self._plain is not None and cut == needed == 0:
            return self._plain
        if self._lexemes is None:
            self._lexemes = {}
        key = cut << 3 | needed
        found = self._lexemes.get(key)
        if found is None:
            readings = tuple([Reading(cut, s) for s in reversed(self.senses) if needed & ~s.clitics == 0])
            found = self._lexemes[key] = Lexeme(*_flags(readings), readings, (), "", "")
            if key == 0:
                self._plain = found
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
        flags: Union of the label bits of the one-word readings that are sure; :data:`OPENS` if phrases of several words go on from it,
            :data:`DUAL` if a reading is a dual.
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
            if sense.form == "dual":
                self.flags |= DUAL
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
        forms: Under which words they stand (:func:`~newsextract.lexicon.forms.forms_of`); worked out if they are not given.
        watched: Words that a scan notes the tokens of (:meth:`Scan.among`), whatever the rows say of them.

    Attributes:
        entries: The same.
        chunks: What is known of whole chunks of text.
    """

    def __init__(self, entries: Sequence[Entry], forms: dict[str, str] | None = None, watched: frozenset[str] = _NO_WORDS) -> None:
        super().__init__()
        self.chunks = Chunks(self, watched)
        self.entries = entries
        self._forms = forms_of(entries) if forms is None else forms
        self._nodes: dict[str, Node] = {}

    def _node(self, word: str) -> Node | None:
        """What begins with ``word``; made when it is first asked for."""
        node = self._nodes.get(word)
        if node is None:
            forms = self._forms.get(word)
            if forms is not None:
                node = self._nodes[word] = Node()
                for form in forms.split("\n"):
                    self._grow(node, form.split(" "))
        return node

    def _grow(self, node: Node, form: list[str]) -> None:
        """Adds a form (:mod:`newsextract.lexicon.forms`) below the node of its first word."""
        told = form[1]
        for word in form[2:]:
            if node.next is None:
                node.next = {}
            after = node.next.get(word)
            if after is None:
                after = node.next[word] = Node()
            node = after
        node.senses.append(Sense(self.entries[int(form[0])], FORM_NAMES[int(told[0])], int(told[1]), told[2] == "1"))

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
            node = self._node(stem)
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
        starts.append((word[1:], 1, CONJ))
        out.append(starts[-1])
    for rest, cut, needed in starts:
        if len(rest) < 3 or rest[0] not in "بلك":
            continue
        if rest.startswith("لل"):
            out.append(("ال" + rest[2:], cut, needed | PREP))
            out.append(("ا" + rest, cut, needed | PREP))
        out.append((rest[1:], cut + 1, needed | PREP))
    return out
