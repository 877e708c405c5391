"""Names of institutions, events, programmes, documents, places and persons, in one pass over the anchors of a scan."""

from __future__ import annotations

from typing import Final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT, Entry
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, CONJ, DEFINITE, LATIN, LI, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import HEADS, QUOTES, bracketed, extend, latin_bracket_ahead, of_many, quoted
from newsextract.mentions.number_runs import NumberRun
from newsextract.mentions.people import Title, read_person
from newsextract.mentions.unannounced import filiation, person_before, spoken_person, syllabic, titled_name
from newsextract.scan.scanner import Scan

_INSTITUTION: Final = BIT["INSTITUTION"]
_PLACE: Final = BIT["PLACE"]
_TITLE: Final = BIT["TITLE"]
_PERSONAL: Final = BIT["HONORIFIC"] | BIT["GIVEN_NAME"]
_HONORIFIC: Final = BIT["HONORIFIC"]
_MAYBE: Final = BIT["MAYBE_GIVEN"]
_TRIGGER: Final = BIT["TRIGGER"]
_NOUN: Final = BIT["NOUN"]
_VERB: Final = BIT["VERB"]
_SENTENCE: Final = frozenset("\n.:-–،")
_NO_SHORT_FORM: Final = BIT["DIGITS"] | _TITLE | _PERSONAL
_PARTICLE: Final = BIT["NAME_PARTICLE"]
_EXPRESSION: Final = BIT["EXPRESSION"]
_SYLLABLE: Final = BIT["SYLLABLE"]
_ANCHOR: Final = HEADS | _INSTITUTION | _PLACE | _TITLE | _PERSONAL | _MAYBE | _TRIGGER | _PARTICLE | _EXPRESSION | _SYLLABLE
_DEMONYM: Final = BIT["DEMONYM"]
_BRACKETS: Final = frozenset({*QUOTES, "("})
_OPENERS: Final = frozenset({*_BRACKETS, "/", "ال"})
_MAYBE_PLACE: Final = BIT["MAYBE_PLACE"]
_LOCATIVE: Final = frozenset({"في", "من", "الي", "بين"})
_ROW: Final = frozenset({"،", "-", "(", "/", "و", "\n"})
_TOPIC: Final = frozenset({"حول", "بشان", "عن"})
_CLOSING: Final = _OPENERS | _TOPIC
_QUOTABLE: Final = frozenset({"company", "association", "foundation", "centre", "club", "media", "other", "group"})
_MARKED: Final = (".acronym", ".quoted", ".session")
_SET_OFF: Final = frozenset("()/-–:")
_OPENING: Final = 40
"""Tokens of a text among which its dateline lies."""
_LEAST_TENS: Final = 20
_LONGEST_TOPIC: Final = 12
_LONGEST_PLACE: Final = 4
_NO_PLACE: Final = SIGN | LATIN | CONJ | LI | BI | ADJECTIVE


def session_ordinal(scan: Scan, shapes: Shapes, runs: dict[int, NumberRun], at: int) -> tuple[int | None, int, tuple[int, int] | None]:
    """``(ordinal, token after it, its token range)`` at ``at``, over adjectives such as السنوية; ``(None, at, None)`` for none.

    Besides ordinal words it takes figures after the article («الـ 27») and between strokes («/51/»).
    """
    if not (at in runs or at + 1 in runs or at + 2 in runs or at + 3 in runs or at + 4 in runs):
        return None, at, None
    words = scan.words
    size = len(words)
    j = at
    while j < size and j - at < 3 and j not in runs and shapes[words[j]] & (ADJECTIVE | CONJ) == ADJECTIVE:
        j += 1
    first = j
    if j + 1 in runs and words[j] == "ال":
        j += 1
    elif j + 1 in runs and words[j] == "/" and j + 2 < size and words[j + 2] == "/":
        return int(runs[j + 1].value), j + 3, (first, j + 3)
    run = runs.get(j)
    if run is None or (run.kind != "ordinal" and first == j and not _tens(run, words[j])) or run.value != int(run.value):
        return None, at, None
    return int(run.value), run.last, (first, run.last)


def _tens(run: NumberRun, word: str) -> bool:
    """Whether a cardinal is an ordinal in a session's place: «دورته التسعين», whose tens have one form for both."""
    return word.startswith("ال") and run.last - run.first == 1 and run.value >= _LEAST_TENS and run.value % 10 == 0


class NameReader:
    """Reads the names of one scan. One object a text; :meth:`read` gives the mentions in text order."""

    def __init__(self, scan: Scan, shapes: Shapes, runs: dict[int, NumberRun]) -> None:
        self.scan = scan
        self.shapes = shapes
        self.runs = runs
        self.out: list[Mention] = []
        self.titles: list[Title] = []
        self._bracket_end = 0

    def read(self) -> list[Mention]:
        """All names, none inside another but gazetteer institutions inside events and documents."""
        scan, shapes, out = self.scan, self.shapes, self.out
        flags = scan.flags
        covered = nested_until = 0
        title: Title | None = None
        for i in scan.where(_ANCHOR):
            if title is not None and title.last <= i:
                # what follows a title may be a name that no lexicon knows, and so no anchor
                person = read_person(scan, shapes, title.last, title) if title.last >= covered else None
                title = None
                if person is not None:
                    out.append(person)
                    covered, nested_until = person.last, 0
            here = flags[i]
            if i < covered:
                if i < nested_until and here & _INSTITUTION:
                    self._nested(i)
                continue
            if here & _EXPRESSION:
                covered, nested_until, title = max(covered, scan.phrases[i].last), 0, None
                continue
            if title is not None and i < title.last and here & _HONORIFIC and of_many(scan, i):
                continue  # «رئيس الوزراء» is one title
            mention = self._at(i, here)
            if mention is None and here & _SYLLABLE:
                mention = syllabic(scan, shapes, i, None)
            if mention is None and here & _PARTICLE:
                mention = filiation(scan, shapes, i, covered)
            if mention is None and here & _TITLE and (title is None or i >= title.last):
                if here & _MAYBE:
                    mention = titled_name(scan, shapes, i)
                if mention is None:
                    named = person_before(scan, shapes, i, covered)
                    if named is not None:
                        out.append(named)
                    title = self._title(i)
                    if title is not None:
                        self.titles.append(title)
            if mention is not None:
                out.append(mention)
                covered = max(mention.last, self._bracket_end)
                nested_until = covered if mention.label in ("EVENT", "DOCUMENT") else 0
        if title is not None and title.last >= covered:
            person = read_person(scan, shapes, title.last, title)
            if person is not None:
                out.append(person)
        self._weak_places()
        return out

    def _weak_places(self) -> None:
        """Places whose names are everyday words («جنين», «عمان»), where the text speaks of their country and a preposition leads them,
        or where they stand in a row with a place that is sure."""
        scan = self.scan
        anchors = scan.where(_MAYBE_PLACE)
        if not anchors:
            return
        edges: set[int] = set()
        countries = self._demonym_countries()
        countries.update(self._agency_countries())
        for m in self.out:
            if m.label == "PLACE":
                edges.add(m.first)
                edges.add(m.last - 1)
            if (m.label == "PLACE" or m.label == "INSTITUTION") and isinstance(m.value, NameValue):
                countries.add(m.value.country)
        countries.discard("")
        held: set[int] = set()
        found = False
        for i in anchors:
            lexeme = scan.lexemes[i]
            reading = None if lexeme is None else lexeme.sense("PLACE")
            if reading is None or not self._placed(i, reading, countries, edges):
                continue
            if not held:
                for m in self.out:
                    held.update(range(m.first, m.last))
            if i in held:
                continue
            entry = reading.sense.entry
            self.out.append(self._name("PLACE", i, i + 1, reading.cut, "rule:places.context", 0.8, entry.kind or "other", entry, entry.country))
            edges.add(i)
            found = True
        if found:
            self.out.sort(key=_first)

    def _demonym_countries(self) -> set[str]:
        """The countries whose demonyms the text holds."""
        out: set[str] = set()
        for i in self.scan.where(_DEMONYM):
            lexeme = self.scan.lexemes[i]
            reading = None if lexeme is None else lexeme.sense("DEMONYM")
            if reading is not None:
                out.add(reading.sense.entry.country)
        return out

    def _agency_countries(self) -> set[str]:
        """The country of a news agency in brackets or between strokes near the start («عمان 15 كانون الأول (بترا)»)."""
        scan = self.scan
        words = scan.words
        out: set[str] = set()
        for i in range(1, min(len(words) - 1, _OPENING)):
            if words[i - 1] in _SET_OFF and words[i + 1] in _SET_OFF:
                lexeme = scan.lexemes[i]
                reading = None if lexeme is None else lexeme.sense("INSTITUTION")
                if reading is not None and reading.sense.entry.kind == "media":
                    out.add(reading.sense.entry.country)
        return out

    def _opens_line(self, i: int) -> bool:
        """Whether the token opens a line as a dateline does: a sign or a figure follows («صور - …», «عمان 15 كانون الأول»)."""
        words = self.scan.words
        return (i == 0 or words[i - 1] == "\n") and i + 1 < len(words) and (words[i + 1] in _SET_OFF or words[i + 1].isdigit())

    def _placed(self, i: int, reading: Reading, countries: set[str], edges: set[int]) -> bool:
        """Whether the text vouches for the place: its country is spoken of, and a preposition or a place within two tokens
        (``edges``: the first and last tokens of those found) stands by it."""
        words = self.scan.words
        if not reading.cut and reading.sense.entry.kind == "city" and self._opens_line(i):
            return True
        if reading.sense.entry.country not in countries:
            return False
        led = (i > 0 and words[i - 1] in _LOCATIVE) or (reading.cut > 0 and words[i][reading.cut - 1] == "ب")
        # a word that is also a noun needs more than «في»: a place right beside it
        if led and not self.scan.flags[i] & _NOUN:
            return True
        near = i - 2 in edges or i - 1 in edges or i + 1 in edges or i + 2 in edges
        return near and (i == 0 or words[i - 1] in _ROW or words[i][0] == "و")

    def _at(self, i: int, here: int) -> Mention | None:
        if here & _PERSONAL and not self._named_place(i):
            person = read_person(self.scan, self.shapes, i, None)
            if person is not None:
                return person
        elif here & _MAYBE:
            person = spoken_person(self.scan, self.shapes, i)
            if person is not None:
                return person
        known = self._known(i) if here & _INSTITUTION else None
        if known is not None and not self._goes_on(known):
            return known
        best = self._headed(i) if here & HEADS else None
        if known is not None and (best is None or known.last >= best.last):
            best = known
        if best is not None:
            return best
        if here & _PLACE:
            return self._place(i)
        if here & _TRIGGER:
            return self._announced_place(i)
        return None

    def _named_place(self, i: int) -> bool:
        """Whether a place of several words begins with what is also a given name («خان يونس»)."""
        phrase = self.scan.phrases.get(i)
        return phrase is not None and phrase.sense("PLACE") is not None and phrase.sense("GIVEN_NAME") is None

    # --- institutions from the gazetteer

    def _reading(self, i: int, label: str) -> tuple[Reading, int] | None:
        """The gazetteer reading at ``i`` with ``label`` and where it ends; a phrase before a word."""
        phrase = self.scan.phrases.get(i)
        if phrase is not None:
            reading = phrase.sense(label)
            if reading is not None:
                return reading, phrase.last
        lexeme = self.scan.lexemes[i]
        reading = None if lexeme is None else lexeme.sure(label)
        return None if reading is None else (reading, i + 1)

    def _known(self, i: int) -> Mention | None:
        found = self._reading(i, "INSTITUTION")
        if found is None:
            return None
        reading, last = found
        entry = reading.sense.entry
        scan = self.scan
        words = scan.words
        if not entry.country:
            # «وزارة المالية الأمريكية»: the country's adjective belongs to a body that has no country of its own
            while last < len(words) and scan.flags[last] & _DEMONYM and self.shapes[words[last]] & (DEFINITE | CONJ) == DEFINITE:
                last += 1
        if i and words[i - 1] in QUOTES:
            inside = quoted(scan, i - 1, 5)
            if inside is not None:
                last = max(last, inside[1])  # «غازبروم نفط»: quotation marks hold the whole name
        mention = self._name("INSTITUTION", i, last, reading.cut, "gazetteer:institutions", 0.97, entry.kind, entry, entry.country)
        self._acronym(mention)
        return mention

    def _goes_on(self, known: Mention) -> bool:
        """Whether the words after a known body may belong to its name: an adjective, a «ل» tail, a field of a ministry."""
        scan = self.scan
        if known.last >= len(scan.words) or not scan.flags[known.first] & HEADS:
            return False
        shape = self.shapes[scan.words[known.last]]
        if shape & (SIGN | STOP):
            return False
        if shape & LI and known.last - known.first > 1:
            return False  # «البنك الدولي لتمويل أشد البلدان»: the lexicon has the whole name
        value = known.value
        return not shape & CONJ or (isinstance(value, NameValue) and value.kind == "ministry")

    def _nested(self, i: int) -> None:
        known = self._known(i)
        if known is not None and (known.last - known.first > 1 or not self.out or self.out[-1].label == "EVENT"):
            self.out.append(known)

    # --- names that a head noun opens

    def _headed(self, i: int) -> Mention | None:
        scan = self.scan
        words = scan.words
        phrase = scan.phrases.get(i)
        lexeme = scan.lexemes[i]
        if phrase is None and i + 1 < len(words):
            after = words[i + 1]
            if self.shapes[after] & (SIGN | STOP) and after not in _CLOSING and i + 1 not in self.runs:
                return None  # nothing that could make a name of the head
        if words[i][-1] == "ه" and scan.last_letter(i) == "ه":
            return None  # «مكتبه» is his office, not a library
        found = None if phrase is None else self._opened(i, phrase.last, phrase.lexeme.heads)
        if found is None and lexeme is not None and (phrase is None or not _generic(phrase.lexeme.heads)):
            found = self._opened(i, i + 1, lexeme.heads)
        return found

    def _opened(self, i: int, end: int, heads: tuple[Reading, ...]) -> Mention | None:
        """The name that one of the readings ``heads`` of the tokens ``[i, end)`` opens.

        Of a head with two labels («شبكة … (OIC-SMENET)», «صندوق …»), the reading with an acronym or quotes; else the first.
        """
        first: Mention | None = None
        marked: Mention | None = None
        seen = ""
        for reading in heads:
            sense = reading.sense
            label = sense.entry.label
            if label == seen or (sense.form == "alias" and not self._at_quote(end)):
                continue  # the indefinite accusative («مركزا») names nothing by itself
            seen = label
            mention = self._open(label, i, end, reading)
            if mention is None:
                continue
            if first is None:
                first = mention
            if marked is None and mention.found_by.endswith(_MARKED):
                marked = mention
        return first if marked is None else marked

    def _open(self, label: str, i: int, end: int, reading: Reading) -> Mention | None:
        if label == "INSTITUTION_HEAD":
            return self._institution(i, end, reading)
        if label == "EVENT_HEAD":
            return self._event(i, end, reading)
        if label == "PROGRAMME_HEAD":
            return self._programme(i, end, reading)
        return self._document(i, end, reading)

    def _at_quote(self, at: int) -> bool:
        words = self.scan.words
        return at < len(words) and words[at] in QUOTES

    def _definite(self, i: int, end: int) -> bool:
        words, shapes = self.scan.words, self.shapes
        if end - i == 1 and self._bare_fused(i, end + 1):
            return False
        return shapes[words[i]] & DEFINITE != 0 or (end - i > 1 and shapes[words[end - 1]] & DEFINITE != 0)

    def _bare_fused(self, first: int, last: int) -> bool:
        """Whether «للجنة» has no article: written alike with it and without, it has none where another noun follows («للجنة وكلاء الوزارات»)."""
        words = self.scan.words
        lexeme = self.scan.lexemes[first]
        if lexeme is None or not words[first].startswith("لل") or not lexeme.stem.startswith("الل"):
            return False
        return first + 1 < min(last, len(words)) and not self.shapes[words[first + 1]] & (ADJECTIVE | SIGN | LI)

    def _institution(self, i: int, end: int, reading: Reading) -> Mention | None:
        kind = reading.sense.entry.kind
        inside = quoted(self.scan, end, 8) if kind in _QUOTABLE and self._at_quote(end) else None
        if inside is not None:
            mention = self._quoted("INSTITUTION", i, inside, reading, "rule:institutions.quoted", 0.85)
        else:
            if reading.sense.entry.category == "organ" and end < len(self.scan) and self.scan.flags[end] & (HEADS | _INSTITUTION):
                return None  # «مجلس إدارة شركة …»: the body is meant, not its organ
            last, proper, generic = extend(self.scan, self.shapes, end, definite=self._definite(i, end), tail=end - i > 1, purpose=kind != "ministry")
            if last == end or generic or (reading.sense.entry.category and not (proper or self._distinct(end, last))):
                return None
            mention = self._name("INSTITUTION", i, last, reading.cut, "rule:institutions.head", 0.8, kind)
        self._acronym(mention)
        return mention

    def _programme(self, i: int, end: int, reading: Reading) -> Mention | None:
        scan = self.scan
        kind = reading.sense.entry.kind
        inside = quoted(scan, end, 10) if self._at_quote(end) else None
        if inside is not None:
            mention = self._quoted("PROGRAMME", i, inside, reading, "rule:programmes.quoted", 0.85)
        else:
            last, proper, _ = extend(scan, self.shapes, end, definite=self._definite(i, end), tail=end - i > 1)
            bracket = latin_bracket_ahead(scan, self.shapes, end)
            if bracket is not None and bracket >= last:
                mention = self._name("PROGRAMME", i, bracket, reading.cut, "rule:programmes.acronym", 0.9, kind)
            elif last > end and (proper or self._national(end, last)):
                # without acronym or quotes it is a name only with a proper name or a nationality in it
                mention = self._name("PROGRAMME", i, last, reading.cut, "rule:programmes.head", 0.6, kind)
            else:
                return None
        self._acronym(mention)
        return mention

    def _distinct(self, first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` hold a demonym, a «ل» tail, or a word that is neither an entry nor common.

        «حركة الأرض» is no movement's name; «الإدارة العامة للطوارئ» is a body's.
        """
        words = self.scan.words
        for j in range(first, last):
            shape = self.shapes[words[j]]
            if shape & LI or (self.scan.unknown(j) and not shape & (COMMON | ADJECTIVE)):
                return True
        return self._national(first, last)

    def _national(self, first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` hold a demonym."""
        flags = self.scan.flags
        union = 0
        for j in range(first, last):
            union |= flags[j]
        return union & _DEMONYM != 0

    def _acts(self, i: int, end: int) -> bool:
        """Whether the head may be a verb that opens its sentence, with a body or a title as its subject («عقد مجلس الوزراء …»)."""
        scan = self.scan
        lexeme = scan.lexemes[i]
        if lexeme is None or not lexeme.weak & _VERB or end >= len(scan):
            return False
        return (i == 0 or scan.words[i - 1] in _SENTENCE) and scan.flags[end] & (HEADS | _INSTITUTION | _TITLE | _PERSONAL) != 0

    def _document(self, i: int, end: int, reading: Reading) -> Mention | None:
        if self._acts(i, end):
            return None
        inside = quoted(self.scan, end, 14) if self._at_quote(end) else None
        if inside is not None:
            return self._quoted("DOCUMENT", i, inside, reading, "rule:documents.quoted", 0.85)
        last, proper, _ = extend(self.scan, self.shapes, end, definite=self._definite(i, end), tail=end - i > 1)
        if proper:
            last = self._topic(last, definite=False)
        if last == end or not (proper or self._national(end, last)):
            return None
        return self._name("DOCUMENT", i, last, reading.cut, "rule:documents.head", 0.6, reading.sense.entry.kind)

    # --- events

    def _event(self, i: int, end: int, reading: Reading) -> Mention | None:
        scan = self.scan
        ordinal, after, gap = session_ordinal(scan, self.shapes, self.runs, end)
        target = self._session_of(after) if ordinal is not None else None
        if target is not None:
            target.first = i
            target.value.ordinal = ordinal  # type: ignore[attr-defined]  # a NameValue, made just above
            return target
        start = after if ordinal is not None else end
        inside = quoted(scan, start, 14) if self._at_quote(start) else None
        if inside is not None:
            mention = self._quoted("EVENT", i, inside, reading, "rule:events.quoted", 0.8)
        else:
            definite = self._definite(i, end)
            last, _, generic = extend(scan, self.shapes, start, definite=definite, tail=ordinal is not None or end - i > 1)
            named = last
            if ordinal is None and last > end:
                ordinal, after, gap = session_ordinal(scan, self.shapes, self.runs, last)
                if ordinal is not None:
                    last = max(after, extend(scan, self.shapes, after, definite=True, tail=True)[0])
            last = self._topic(last, definite=definite and ordinal is None)
            if last == end or (generic and ordinal is None and last == named):
                return None
            mention = self._name("EVENT", i, last, reading.cut, "rule:events.head", 0.75)
            if gap is not None:
                self._skip(mention, gap, reading.cut)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = reading.sense.entry.kind or "other"
        value.ordinal = ordinal
        self._acronym(mention)
        return mention

    def _session_of(self, at: int) -> Mention | None:
        """The event or body whose session it is: «للمؤتمر الإسلامي …», «من "القمة …"», «لمجلس وزراء …»."""
        scan = self.scan
        if at >= len(scan):
            return None
        j = at + 1 if scan.words[at] == "من" else at
        if j >= len(scan):
            return None
        inside = quoted(scan, j, 14)
        if inside is not None:
            mention = self._name("EVENT", j, inside[1] + 1, 0, "rule:events.session", 0.9, self._kind_of(inside[0]) or "other")
            self._retext(mention, inside)
            return mention
        if j == at and not self.shapes[scan.words[j]] & LI:
            return None
        here = scan.flags[j]
        found: Mention | None = None
        if here & HEADS:
            found = self._headed(j)
        if here & _INSTITUTION:
            known = self._known(j)
            if known is not None and (found is None or known.last >= found.last):
                found = known
        if found is None:
            return None
        if found.label != "EVENT":
            if found.label == "INSTITUTION":
                self.out.append(found)
            cut = found.span.start - scan.span(found.first, found.last).start
            found = self._name("EVENT", found.first, found.last, cut, "rule:events.session", 0.85, "session")
        found.found_by = "rule:events.session"
        return found

    def _kind_of(self, i: int) -> str:
        lexeme = self.scan.lexemes[i]
        reading = None if lexeme is None else lexeme.sense("EVENT_HEAD")
        return "" if reading is None else reading.sense.entry.kind

    def _topic(self, at: int, *, definite: bool) -> int:
        """The end of a topic after حول or بشأن that follows a name that ends at ``at``; ``at`` if there is none.

        «الاجتماع» alone speaks of a meeting already named: what follows it is the verb's, not its topic.
        """
        words = self.scan.words
        if definite or at >= len(words) or words[at] not in _TOPIC:
            return at
        j = at + 1
        last = at
        size = min(len(words), at + _LONGEST_TOPIC)
        while j < size:
            shape = self.shapes[words[j]]
            if shape & (SIGN | STOP | BI):
                break
            j += 1
            if shape & DEFINITE or self.scan.flags[j - 1] & (_PLACE | _INSTITUTION):
                last = j
        return last

    # --- places

    def _place(self, i: int) -> Mention | None:
        found = self._reading(i, "PLACE")
        if found is None:
            return None
        reading, last = found
        if self._adjective(i, last):
            return None
        entry = reading.sense.entry
        return self._name("PLACE", i, last, reading.cut, "gazetteer:places", 0.95, entry.kind or "other", entry, entry.country)

    def _adjective(self, i: int, last: int) -> bool:
        """Whether a country's name is the adjective of the definite noun before it («البنوك السعودية»).

        With a preposition («بالدرعية») it is none; with و it is one only beside another («البنوك المصرية والسعودية»).
        """
        scan = self.scan
        if not i or last - i > 1:
            return False
        here = self.shapes[scan.words[i]]
        if not here & ADJECTIVE or here & (LI | BI) or (here & CONJ and not self.shapes[scan.words[i - 1]] & ADJECTIVE):
            return False
        before = self.shapes[scan.words[i - 1]]
        return bool(before & DEFINITE) and not before & STOP and not scan.flags[i - 1] & _PLACE

    def _announced_place(self, i: int) -> Mention | None:
        """«مدينة X»: after the noun an ambiguous or unknown name is a place."""
        scan = self.scan
        lexeme = scan.lexemes[i]
        reading = None if lexeme is None else lexeme.sense("TRIGGER")
        at = i + 1
        if reading is None or reading.sense.entry.kind != "place_noun" or at >= len(scan):
            return None
        if scan.flags[at] & _PLACE:
            return None  # the gazetteer reads it by itself
        after = scan.lexemes[at]
        weak = None if after is None else after.sense("PLACE")
        if weak is not None and weak.cut == 0:
            entry = weak.sense.entry
            return self._name("PLACE", at, at + 1, 0, "gazetteer:places", 0.85, entry.kind, entry, entry.country)
        last = at
        while last < len(scan) and last - at < _LONGEST_PLACE and scan.unknown(last) and not self.shapes[scan.words[last]] & _NO_PLACE:
            last += 1
        definite = bool(self.shapes[scan.words[at]] & DEFINITE)
        if definite and self.shapes[scan.words[at]] & COMMON:
            return None  # «منطقة الخطر»
        if definite:
            last = min(last, at + 1)
        while last > at and not definite and self.shapes[scan.words[last - 1]] & COMMON:
            last -= 1  # «بلدة يعبد جنوب …»; «مدينة أخرى» names none
        if last > at:
            return self._name("PLACE", at, last, 0, "rule:places.announced", 0.7, "city")
        return None

    # --- titles

    def _title(self, i: int) -> Title | None:
        found = self._reading(i, "TITLE")
        if found is None:
            return None
        reading, end = found
        entry = reading.sense.entry
        last = extend(self.scan, self.shapes, end, definite=self._definite(i, end), titled=True, tail=end - i > 1)[0]
        return Title(i, last, reading.cut, entry.number in ("pl", "du") or reading.sense.form in ("plural", "dual"))

    # --- making mentions

    def _name(
        self, label: str, first: int, last: int, cut: int, found_by: str, confidence: float, kind: str = "", entry: Entry | None = None, country: str = ""
    ) -> Mention:
        scan = self.scan
        words = scan.words
        span = scan.span(first, last, cut)
        text = scan.source[span.start : span.end]
        key = words[first] if last - first == 1 else " ".join(words[first:last])
        if cut:
            key = key[cut:]
        name = text
        if key[0] == "ل" and key[:2] == "لل" and self.shapes[words[first]] & LI:
            # ruling 8: «للمنظمة» is المنظمة and «للجنة» is اللجنة; the span keeps the letters
            lexeme = scan.lexemes[first]
            keep = 0 if lexeme is not None and lexeme.stem.startswith("الل") else 2
            if self._bare_fused(first, last):
                name, key = text[1:], key[1:]
            else:
                article = "ا" if keep == 0 else "ال"
                name, key = article + text[keep:], article + key[keep:]
        return Mention(label, first, last, span, NameValue(name, key, kind, entry, country=country), found_by, confidence, text)

    def _quoted(self, label: str, i: int, inside: tuple[int, int], reading: Reading, found_by: str, confidence: float) -> Mention:
        """A head at ``i`` with the quoted words ``inside``, which are its name."""
        mention = self._name(label, i, inside[1] + 1, reading.cut, found_by, confidence, reading.sense.entry.kind)
        self._retext(mention, inside)
        return mention

    def _retext(self, mention: Mention, inside: tuple[int, int]) -> None:
        """Takes the quoted words for the name; the mention keeps the head and the quotes."""
        span = self.scan.span(*inside)
        value = mention.value
        assert isinstance(value, NameValue)
        value.name = self.scan.text(span)
        value.key = " ".join(self.scan.words[inside[0] : inside[1]])

    def _skip(self, mention: Mention, gap: tuple[int, int], cut: int) -> None:
        """Leaves the session's tokens out of the name (ruling 7)."""
        scan = self.scan
        parts = []
        if gap[0] > mention.first:
            parts.append((mention.first, gap[0], cut))
        if gap[1] < mention.last:
            parts.append((gap[1], mention.last, 0))
        value = mention.value
        if parts and isinstance(value, NameValue):
            value.name = " ".join(scan.text(scan.span(*p)) for p in parts)
            value.key = " ".join(" ".join(scan.words[a:b])[c:] for a, b, c in parts)

    def _acronym(self, mention: Mention) -> None:
        """Takes a bracketed or quoted short form that follows the name."""
        scan = self.scan
        words = scan.words
        if mention.last >= len(words) or words[mention.last] not in _BRACKETS:
            return
        inside = bracketed(scan, mention.last) or quoted(scan, mention.last, 2)
        if inside is None or not self._short_form(inside[0], inside[1]):
            return
        value = mention.value
        assert isinstance(value, NameValue)
        span = scan.span(*inside)
        value.acronym = scan.text(span)
        value.acronym_span = span
        self._bracket_end = inside[1] + 1

    def _short_form(self, first: int, last: int) -> bool:
        """Whether the bracketed tokens may be a short form: Latin letters, or a word or two that are no number, title or person."""
        scan = self.scan
        if self.shapes[scan.words[first]] & LATIN:
            return True
        if last - first > 2:
            return False
        flags = scan.flags
        return not (flags[first] | flags[last - 1]) & _NO_SHORT_FORM


def _generic(heads: tuple[Reading, ...]) -> bool:
    """Whether a phrase names no body («مجلس الإدارة»)."""
    return len(heads) > 0 and heads[0].sense.entry.category == "generic"


def _first(mention: Mention) -> int:
    return mention.first
