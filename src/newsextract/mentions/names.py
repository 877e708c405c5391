"""Names of institutions, events, programmes, documents, places and persons, in one pass over the anchors of a scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, CONJ, DEFINITE, LATIN, LI, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import HEADS, QUOTES, bracketed, extend, latin_bracket_ahead, quoted
from newsextract.mentions.number_runs import NumberRun
from newsextract.mentions.people import Title, person_before, read_person, spoken_person, titled_name
from newsextract.scan.scanner import Scan

_INSTITUTION: Final = BIT["INSTITUTION"]
_PLACE: Final = BIT["PLACE"]
_TITLE: Final = BIT["TITLE"]
_PERSONAL: Final = BIT["HONORIFIC"] | BIT["GIVEN_NAME"]
_MAYBE: Final = BIT["MAYBE_GIVEN"]
_ANCHOR: Final = HEADS | _INSTITUTION | _PLACE | _TITLE | _PERSONAL | _MAYBE | BIT["TRIGGER"]
_DEMONYM: Final = BIT["DEMONYM"]
_OPENERS: Final = frozenset({*QUOTES, "(", "/", "ال"})
_MAYBE_PLACE: Final = BIT["MAYBE_PLACE"]
_LOCATIVE: Final = frozenset({"في", "من", "الي", "بين"})
_ROW: Final = frozenset({"،", "-", "(", "/", "و", "\n"})
_TOPIC: Final = frozenset({"حول", "بشان", "عن"})
_LONGEST_TOPIC: Final = 12
_LONGEST_PLACE: Final = 4
_NO_PLACE: Final = SIGN | LATIN | CONJ | LI | BI | ADJECTIVE


def session_ordinal(scan: Scan, shapes: Shapes, runs: Mapping[int, NumberRun], at: int) -> tuple[int | None, int, tuple[int, int] | None]:
    """``(ordinal, token after it, its token range)`` at ``at``, over adjectives such as السنوية; ``(None, at, None)`` for none.

    Besides ordinal words it takes figures after the article («الـ 27») and between strokes («/51/»).
    """
    words = scan.words
    j = at
    while j < len(words) and j - at < 3 and j not in runs and shapes[words[j]] & (ADJECTIVE | CONJ) == ADJECTIVE:
        j += 1
    first = j
    if j < len(words) and words[j] == "ال" and j + 1 in runs:
        j += 1
    elif j + 2 < len(words) and words[j] == "/" and words[j + 2] == "/" and j + 1 in runs:
        return int(runs[j + 1].value), j + 3, (first, j + 3)
    run = runs.get(j)
    if run is None or (run.kind != "ordinal" and first == j) or run.value != int(run.value):
        return None, at, None
    return int(run.value), run.last, (first, run.last)


class NameReader:
    """Reads the names of one scan. One object a text; :meth:`read` gives the mentions in text order."""

    def __init__(self, scan: Scan, shapes: Shapes, runs: Mapping[int, NumberRun]) -> None:
        self.scan = scan
        self.shapes = shapes
        self.runs = runs
        self.out: list[Mention] = []
        self.titles: list[Title] = []
        self._bracket_end = 0
        self._open: dict[str, Callable[[int, int, Reading], Mention | None]] = {
            "EVENT_HEAD": self._event,
            "INSTITUTION_HEAD": self._institution,
            "PROGRAMME_HEAD": self._programme,
            "DOCUMENT_HEAD": self._document,
        }

    def read(self) -> list[Mention]:
        """All names, none inside another but gazetteer institutions inside events and documents."""
        scan, out = self.scan, self.out
        flags = scan.flags
        covered = nested_until = 0
        title: Title | None = None
        for i in scan.where(_ANCHOR):
            if title is not None and title.last <= i:
                # what follows a title may be a name that no lexicon knows, and so no anchor
                person = read_person(scan, self.shapes, title.last, title) if title.last >= covered else None
                title = None
                if person is not None:
                    out.append(person)
                    covered, nested_until = person.last, 0
            here = flags[i]
            if i < covered:
                if i < nested_until and here & _INSTITUTION:
                    self._nested(i)
                continue
            mention = self._at(i, here)
            if mention is None and here & _TITLE and here & _MAYBE:
                mention = titled_name(scan, self.shapes, i)
            if mention is None and here & _TITLE:
                named = person_before(scan, self.shapes, i, covered)
                if named is not None:
                    out.append(named)
            if mention is not None:
                out.append(mention)
                covered = max(mention.last, self._bracket_end)
                nested_until = covered if mention.label in ("EVENT", "DOCUMENT") else 0
            elif here & _TITLE:
                found = self._title(i)
                if found is not None:
                    title = found
                    self.titles.append(found)
        if title is not None and title.last >= covered:
            person = read_person(scan, self.shapes, title.last, title)
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
        held = {t for m in self.out for t in range(m.first, m.last)}
        countries = {m.value.country for m in self.out if isinstance(m.value, NameValue) and m.label == "PLACE"}
        countries.update(r.sense.entry.country for i in scan.where(_DEMONYM) if (x := scan.lexemes[i]) and (r := x.sense("DEMONYM")))
        found = False
        for i in anchors:
            lexeme = scan.lexemes[i]
            reading = None if lexeme is None else lexeme.sense("PLACE")
            if i in held or reading is None or not self._placed(i, reading, countries):
                continue
            entry = reading.sense.entry
            mention = self._name("PLACE", i, i + 1, reading.cut, "rule:places.context", 0.8)
            value = mention.value
            assert isinstance(value, NameValue)
            value.kind, value.entry, value.country = entry.kind or "other", entry, entry.country
            self.out.append(mention)
            found = True
        if found:
            self.out.sort(key=lambda m: m.first)

    def _placed(self, i: int, reading: Reading, countries: set[str]) -> bool:
        words = self.scan.words
        if reading.sense.entry.country not in countries:
            return False
        led = (i > 0 and words[i - 1] in _LOCATIVE) or (reading.cut > 0 and words[i][reading.cut - 1] == "ب")
        # a word that is also a noun needs more than «في»: a place right beside it
        if led and not self.scan.flags[i] & BIT["NOUN"]:
            return True
        near = [t for t in (i - 2, i - 1, i + 1, i + 2) if 0 <= t < len(words)]
        return any(m.label == "PLACE" and (m.first in near or m.last - 1 in near) for m in self.out) and (i == 0 or words[i - 1] in _ROW or words[i][0] == "و")

    def _at(self, i: int, here: int) -> Mention | None:
        if here & _PERSONAL:
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
        if here & BIT["TRIGGER"]:
            return self._announced_place(i)
        return None

    # --- institutions from the gazetteer

    def _reading(self, i: int, label: str) -> tuple[Reading, int] | None:
        """The gazetteer reading at ``i`` with ``label`` and where it ends; a phrase before a word."""
        phrase = self.scan.phrases.get(i)
        if phrase is not None:
            reading = phrase.sense(label)
            if reading is not None:
                return reading, phrase.last
        lexeme = self.scan.lexemes[i]
        if lexeme is not None:
            for reading in lexeme.readings:
                sense = reading.sense
                if sense.entry.label == label and (sense.entry.category != "ambiguous" or sense.form != "surface"):
                    return reading, i + 1
        return None

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
        mention = self._name("INSTITUTION", i, last, reading.cut, "gazetteer:institutions", 0.97)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind, value.entry, value.country = entry.kind, entry, entry.country
        self._acronym(mention, value)
        return mention

    def _goes_on(self, known: Mention) -> bool:
        """Whether the words after a known body may belong to its name: an adjective, a «ل» tail, a field of a ministry."""
        scan = self.scan
        if known.last >= len(scan.words) or not scan.flags[known.first] & HEADS:
            return False
        shape = self.shapes[scan.words[known.last]]
        if shape & (SIGN | STOP):
            return False
        value = known.value
        return not shape & CONJ or (isinstance(value, NameValue) and value.kind == "ministry")

    def _nested(self, i: int) -> None:
        known = self._known(i)
        if known is not None and (known.last - known.first > 1 or not self.out or self.out[-1].label == "EVENT"):
            self.out.append(known)

    # --- names that a head noun opens

    def _headed(self, i: int) -> Mention | None:
        scan = self.scan
        phrase = scan.phrases.get(i)
        lexeme = scan.lexemes[i]
        end = i + 1 if phrase is None else phrase.last
        if end < len(scan.words) and phrase is None:
            after = scan.words[end]
            if self.shapes[after] & (SIGN | STOP) and after not in _OPENERS and after not in _TOPIC and end not in self.runs:
                return None  # nothing that could make a name of the head
        if scan.words[i][-1] == "ه" and scan.source[scan.span(i, i + 1).end - 1] == "ه":
            return None  # «مكتبه» is his office, not a library
        found: list[Mention] = []
        for last, known in ((0 if phrase is None else phrase.last, None if phrase is None else phrase.lexeme), (i + 1, lexeme)):
            seen = ""
            for reading in () if known is None else known.heads:
                label = reading.sense.entry.label
                if label == seen or (reading.sense.form == "alias" and not (last < len(scan.words) and scan.words[last] in QUOTES)):
                    continue  # the indefinite accusative («مركزا») names nothing by itself
                seen = label
                mention = self._open[label](i, last, reading)
                if mention is not None:
                    found.append(mention)
            if found:
                break
        if not found:
            return None
        # «شبكة … (OIC-SMENET)», «صندوق …»: of a head with two labels, the reading with an acronym or quotes; else the first
        marked = [m for m in found if m.found_by.endswith((".acronym", ".quoted", ".session"))]
        return (marked or found)[0]

    def _definite(self, i: int, end: int) -> bool:
        return bool(self.shapes[self.scan.words[i]] & DEFINITE) or (end - i > 1 and bool(self.shapes[self.scan.words[end - 1]] & DEFINITE))

    def _institution(self, i: int, end: int, reading: Reading) -> Mention | None:
        scan = self.scan
        entry = reading.sense.entry
        inside = quoted(scan, end, 8)
        if inside is not None and entry.kind in ("company", "association", "foundation", "centre", "club", "media", "other", "group"):
            mention = self._name("INSTITUTION", i, inside[1] + 1, reading.cut, "rule:institutions.quoted", 0.85)
            self._retext(mention, inside)
        else:
            extent = extend(scan, self.shapes, end, definite=self._definite(i, end), tail=end - i > 1)
            if extent.last == end or extent.generic:
                return None
            mention = self._name("INSTITUTION", i, extent.last, reading.cut, "rule:institutions.head", 0.8)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = entry.kind
        self._acronym(mention, value)
        return mention

    def _programme(self, i: int, end: int, reading: Reading) -> Mention | None:
        scan = self.scan
        inside = quoted(scan, end, 10)
        definite = self._definite(i, end)
        if inside is not None:
            mention = self._name("PROGRAMME", i, inside[1] + 1, reading.cut, "rule:programmes.quoted", 0.85)
            self._retext(mention, inside)
        else:
            extent = extend(scan, self.shapes, end, definite=definite, tail=end - i > 1)
            bracket = latin_bracket_ahead(scan, self.shapes, end)
            if bracket is not None and bracket >= extent.last:
                mention = self._name("PROGRAMME", i, bracket, reading.cut, "rule:programmes.acronym", 0.9)
            elif extent.last > end and self._proper_programme(end, extent.last, proper=extent.proper):
                mention = self._name("PROGRAMME", i, extent.last, reading.cut, "rule:programmes.head", 0.6)
            else:
                return None
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = reading.sense.entry.kind
        self._acronym(mention, value)
        return mention

    def _proper_programme(self, first: int, last: int, *, proper: bool) -> bool:
        """A programme without acronym or quotes is a name only with a proper name or a nationality in it."""
        return proper or any(f & BIT["DEMONYM"] for f in self.scan.flags[first:last])

    def _document(self, i: int, end: int, reading: Reading) -> Mention | None:
        scan = self.scan
        inside = quoted(scan, end, 14)
        if inside is not None:
            mention = self._name("DOCUMENT", i, inside[1] + 1, reading.cut, "rule:documents.quoted", 0.85)
            self._retext(mention, inside)
        else:
            extent = extend(scan, self.shapes, end, definite=self._definite(i, end), tail=end - i > 1)
            last = self._topic(extent.last, definite=False) if extent.proper else extent.last
            if last == end or not (extent.proper or any(f & BIT["DEMONYM"] for f in scan.flags[end:last])):
                return None
            mention = self._name("DOCUMENT", i, last, reading.cut, "rule:documents.head", 0.6)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = reading.sense.entry.kind
        return mention

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
        inside = quoted(scan, start, 14)
        definite = self._definite(i, end)
        if inside is not None:
            mention = self._name("EVENT", i, inside[1] + 1, reading.cut, "rule:events.quoted", 0.8)
            self._retext(mention, inside)
        else:
            extent = extend(scan, self.shapes, start, definite=definite, tail=ordinal is not None or end - i > 1)
            last = extent.last
            if ordinal is None and last > end:
                ordinal, after, gap = session_ordinal(scan, self.shapes, self.runs, last)
                if ordinal is not None:
                    tail = extend(scan, self.shapes, after, definite=True, tail=True)
                    last = max(after, tail.last)
            last = self._topic(last, definite=definite)
            if last == end or (extent.generic and ordinal is None and last == extent.last):
                return None
            mention = self._name("EVENT", i, last, reading.cut, "rule:events.head", 0.75)
            if gap is not None:
                self._skip(mention, gap, reading.cut)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = reading.sense.entry.kind or "other"
        value.ordinal = ordinal
        self._acronym(mention, value)
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
            mention = self._name("EVENT", j, inside[1] + 1, 0, "rule:events.session", 0.9)
            self._retext(mention, inside)
            value = mention.value
            assert isinstance(value, NameValue)
            value.kind = self._kind_of(inside[0]) or "other"
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
            found = self._name("EVENT", found.first, found.last, found.span.start - scan.span(found.first, found.last).start, "rule:events.session", 0.85)
            value = found.value
            assert isinstance(value, NameValue)
            value.kind = "session"
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
        if at >= len(words) or words[at] not in _TOPIC or definite:
            return at
        j = at + 1
        last = at
        while j < min(len(words), at + _LONGEST_TOPIC):
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
        entry = reading.sense.entry
        if self._adjective(i, last):
            return None
        mention = self._name("PLACE", i, last, reading.cut, "gazetteer:places", 0.95)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind, value.entry, value.country = entry.kind or "other", entry, entry.country
        return mention

    def _adjective(self, i: int, last: int) -> bool:
        """Whether a country's name is the adjective of the definite noun before it («البنوك السعودية»)."""
        scan = self.scan
        if not i or last - i > 1 or not self.shapes[scan.words[i]] & ADJECTIVE:
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
            mention = self._name("PLACE", at, at + 1, 0, "gazetteer:places", 0.85)
            value = mention.value
            assert isinstance(value, NameValue)
            value.kind, value.entry, value.country = weak.sense.entry.kind, weak.sense.entry, weak.sense.entry.country
            return mention
        last = at
        while last < len(scan) and last - at < _LONGEST_PLACE and scan.lexemes[last] is None and not self.shapes[scan.words[last]] & _NO_PLACE:
            last += 1
        definite = bool(self.shapes[scan.words[at]] & DEFINITE)
        if definite:
            last = min(last, at + 1)
        if last - at > (0 if definite else 1):  # «مدينة أخرى» names none
            mention = self._name("PLACE", at, last, 0, "rule:places.announced", 0.7)
            value = mention.value
            assert isinstance(value, NameValue)
            value.kind = "city"
            return mention
        return None

    # --- titles

    def _title(self, i: int) -> Title | None:
        found = self._reading(i, "TITLE")
        if found is None:
            return None
        reading, end = found
        entry = reading.sense.entry
        extent = extend(self.scan, self.shapes, end, definite=self._definite(i, end), titled=True)
        return Title(i, extent.last, reading.cut, entry.number in ("pl", "du") or reading.sense.form in ("plural", "dual"))

    # --- making mentions

    def _name(self, label: str, first: int, last: int, cut: int, found_by: str, confidence: float) -> Mention:
        scan = self.scan
        span = scan.span(first, last, cut)
        text = scan.text(span)
        key = " ".join(scan.words[first:last])[cut:]
        name = text
        if key.startswith("لل") and self.shapes[scan.words[first]] & LI:
            # ruling 8: «للمنظمة» is المنظمة and «للجنة» is اللجنة; the span keeps the letters
            lexeme = scan.lexemes[first]
            keep = 0 if lexeme is not None and lexeme.stem.startswith("الل") else 2
            article = "ا" if keep == 0 else "ال"
            name, key = article + text[keep:], article + key[keep:]
        return Mention(label, first, last, span, NameValue(name, key), found_by, confidence, text)

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

    def _acronym(self, mention: Mention, value: NameValue) -> None:
        """Takes a bracketed or quoted short form that follows the name."""
        scan = self.scan
        if mention.last >= len(scan.words) or scan.words[mention.last] not in _OPENERS:
            return
        inside = bracketed(scan, mention.last) or quoted(scan, mention.last, 2)
        if inside is None:
            return
        span = scan.span(*inside)
        text = scan.text(span)
        latin = self.shapes[scan.words[inside[0]]] & LATIN
        if latin or (inside[1] - inside[0] <= 2 and not any(f & (BIT["DIGITS"] | BIT["TITLE"] | _PERSONAL) for f in scan.flags[inside[0] : inside[1]])):
            value.acronym = text
            value.acronym_span = span
            self._bracket_end = inside[1] + 1
