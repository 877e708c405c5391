"""Names that a head noun opens: institutions («شركة …»), events («مؤتمر …»), programmes («مبادرة …»), documents («اتفاقية …»)."""

from __future__ import annotations

from typing import Final, final

from newsextract.lexicon.compiled import Reading
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, BI, COMMON, DEFINITE, LI, SIGN, STOP
from newsextract.mentions.institution_names import known_institution
from newsextract.mentions.model import Mention
from newsextract.mentions.name_maker import NameMaker
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import HEADS, QUOTES, extend, quoted
from newsextract.mentions.number_runs import NumberRun
from newsextract.mentions.programme_names import programme_name
from newsextract.mentions.session import read_session

_INSTITUTION: Final = BIT["INSTITUTION"]
_BODIES: Final = BIT["PLACE"] | _INSTITUTION
_SUBJECTS: Final = HEADS | _INSTITUTION | BIT["TITLE"] | BIT["HONORIFIC"] | BIT["GIVEN_NAME"]
_VERB: Final = BIT["VERB"]
_SENTENCE: Final = frozenset("\n.:-–،")
_TOPIC: Final = frozenset({"حول", "بشان", "عن"})
_CLOSING: Final = frozenset({*QUOTES, "(", "/", "ال", *_TOPIC})
"""Signs and closed-class words after which a head may still be named."""
_QUOTABLE: Final = frozenset({"company", "association", "foundation", "centre", "club", "media", "other", "group"})
_MARKED: Final = (".acronym", ".quoted", ".session")
_LONGEST_TOPIC: Final = 12


@final
class HeadReader:
    """Reads the names that the head nouns of one scan open. A body whose session an event is, is added to ``out``."""

    __slots__ = ("_maker", "_out", "_runs", "_scan", "_shapes")

    def __init__(self, maker: NameMaker, runs: dict[int, NumberRun], out: list[Mention]) -> None:
        self._maker = maker
        self._scan = maker.scan
        self._shapes = maker.shapes
        self._runs = runs
        self._out = out

    def read(self, i: int) -> Mention | None:
        """The name that the head noun at ``i`` opens, a phrase before a word."""
        scan = self._scan
        words = scan.words
        phrase = scan.phrases.get(i)
        if phrase is None and i + 1 < len(words):
            after = words[i + 1]
            if self._shapes.of(scan.tokens[i + 1]) & (SIGN | STOP) and after not in _CLOSING and i + 1 not in self._runs:
                return None  # nothing that could make a name of the head
        word = words[i]
        if ord(word[-1]) == ord("ه") and scan.last_letter(i) == "ه":
            return None  # «مكتبه» is his office, not a library
        heads: tuple[Reading, ...] = () if phrase is None else phrase.lexeme.heads
        found = None if phrase is None else self._first(i, phrase.last, heads)
        lexeme = scan.tokens[i].lexeme
        if found is None and lexeme is not None and not (heads and heads[0].sense.entry.category == "generic"):  # «مجلس الإدارة» names no body
            found = self._first(i, i + 1, lexeme.heads)
        return found

    def _first(self, i: int, end: int, heads: tuple[Reading, ...]) -> Mention | None:
        """The name that one of the readings ``heads`` of the tokens ``[i, end)`` opens.

        Of a head with two labels («شبكة … (OIC-SMENET)», «صندوق …»), the reading with an acronym or quotes; else the first.
        """
        best: Mention | None = None
        seen = ""
        for reading in heads:
            sense = reading.sense
            label = sense.entry.label
            if label == seen or (sense.form == "alias" and not self._maker.at_quote(end)):
                continue  # the indefinite accusative («مركزا») names nothing by itself
            seen = label
            mention = self._open(label, i, end, reading)
            if mention is not None and (best is None or (mention.found_by.endswith(_MARKED) and not best.found_by.endswith(_MARKED))):
                best = mention
        return best

    def _open(self, label: str, i: int, end: int, reading: Reading) -> Mention | None:
        if label == "INSTITUTION_HEAD":
            return self._institution(i, end, reading)
        if label == "EVENT_HEAD":
            return self._event(i, end, reading)
        if label == "PROGRAMME_HEAD":
            return programme_name(self._maker, i, end, reading)
        return self._document(i, end, reading)

    # --- institutions, documents

    def _institution(self, i: int, end: int, reading: Reading) -> Mention | None:
        maker, scan = self._maker, self._scan
        entry = reading.sense.entry
        kind = entry.kind
        inside = quoted(scan, end, 8) if self._maker.at_quote(end) and kind in _QUOTABLE else None
        if inside is not None:
            mention = maker.in_quotes("INSTITUTION", i, inside, reading, "rule:institutions.quoted", 0.85)
        else:
            if entry.category == "organ" and end < len(scan.words) and scan.tokens[end].flags & (HEADS | _INSTITUTION):
                return None  # «مجلس إدارة شركة …»: the body is meant, not its organ
            last, proper, generic = extend(scan, self._shapes, end, definite=maker.definite(i, end), tail=end - i > 1, purpose=kind != "ministry")
            if last == end or generic or (entry.category and not (proper or self._distinct(end, last))):
                return None
            mention = maker.name("INSTITUTION", i, last, reading.cut, "rule:institutions.head", 0.8, kind)
        maker.add_short_form(mention)
        return mention

    def _document(self, i: int, end: int, reading: Reading) -> Mention | None:
        maker, scan = self._maker, self._scan
        if self._acts(i, end):
            return None
        inside = quoted(scan, end, 14) if self._maker.at_quote(end) else None
        if inside is not None:
            return maker.in_quotes("DOCUMENT", i, inside, reading, "rule:documents.quoted", 0.85)
        last, proper, _ = extend(scan, self._shapes, end, definite=maker.definite(i, end), tail=end - i > 1)
        if proper:
            last = self._topic(last, definite=False)
        if last == end or not (proper or self._maker.national(end, last)):
            return None
        return maker.name("DOCUMENT", i, last, reading.cut, "rule:documents.head", 0.6, reading.sense.entry.kind)

    def _distinct(self, first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` hold a demonym, a «ل» tail, or a word that is neither an entry nor common.

        «حركة الأرض» is no movement's name; «الإدارة العامة للطوارئ» is a body's.
        """
        tokens = self._scan.tokens
        for j in range(first, last):
            shape = self._shapes.of(tokens[j])
            if shape & LI or (self._scan.unknown(j) and not shape & (COMMON | ADJECTIVE)):
                return True
        return self._maker.national(first, last)

    def _acts(self, i: int, end: int) -> bool:
        """Whether the head may be a verb that opens its sentence, with a body or a title as its subject («عقد مجلس الوزراء …»)."""
        scan = self._scan
        lexeme = scan.tokens[i].lexeme
        if lexeme is None or not lexeme.weak & _VERB or end >= len(scan.words):
            return False
        return (i == 0 or scan.words[i - 1] in _SENTENCE) and scan.tokens[end].flags & _SUBJECTS != 0

    # --- events

    def _event(self, i: int, end: int, reading: Reading) -> Mention | None:
        maker, scan, shapes = self._maker, self._scan, self._shapes
        session = read_session(scan, shapes, self._runs, end)
        target = None if session is None else self._held(session.last)
        if session is not None and target is not None:
            target.first = i
            value = target.value
            assert isinstance(value, NameValue)
            value.ordinal = session.ordinal
            return target
        start = end if session is None else session.last
        inside = quoted(scan, start, 14) if self._maker.at_quote(start) else None
        if inside is not None:
            mention = maker.in_quotes("EVENT", i, inside, reading, "rule:events.quoted", 0.8)
        else:
            definite = maker.definite(i, end)
            last, _, generic = extend(scan, shapes, start, definite=definite, tail=session is not None or end - i > 1)
            named = last
            if session is None and last > end:
                session = read_session(scan, shapes, self._runs, last)
                if session is not None:
                    last = max(session.last, extend(scan, shapes, session.last, definite=True, tail=True)[0])
            last = self._topic(last, definite=definite and session is None)
            if last == end or (generic and session is None and last == named):
                return None
            mention = maker.name("EVENT", i, last, reading.cut, "rule:events.head", 0.75)
            if session is not None:
                maker.without(mention, session, reading.cut)
        value = mention.value
        assert isinstance(value, NameValue)
        value.kind = reading.sense.entry.kind or "other"
        value.ordinal = None if session is None else session.ordinal
        maker.add_short_form(mention)
        return mention

    def _held(self, at: int) -> Mention | None:
        """The event or body whose session it is: «للمؤتمر الإسلامي …», «من "القمة …"», «لمجلس وزراء …»."""
        maker, scan = self._maker, self._scan
        size = len(scan.words)
        if at >= size:
            return None
        j = at + 1 if scan.words[at] == "من" else at
        if j >= size:
            return None
        inside = quoted(scan, j, 14)
        if inside is not None:
            mention = maker.name("EVENT", j, inside[1] + 1, 0, "rule:events.session", 0.9, self._kind_of(inside[0]) or "other")
            maker.retext(mention, inside)
            return mention
        if j == at and not self._shapes.of(scan.tokens[j]) & LI:
            return None
        here = scan.tokens[j].flags
        found = self.read(j) if here & HEADS else None
        if here & _INSTITUTION:
            known = known_institution(maker, j)
            if known is not None and (found is None or known.last >= found.last):
                found = known
        if found is None:
            return None
        if found.label != "EVENT":
            if found.label == "INSTITUTION":
                self._out.append(found)
            cut = found.span.start - scan.span(found.first, found.last).start
            found = maker.name("EVENT", found.first, found.last, cut, "rule:events.session", 0.85, "session")
        found.found_by = "rule:events.session"
        return found

    def _kind_of(self, i: int) -> str:
        lexeme = self._scan.tokens[i].lexeme
        reading = None if lexeme is None else lexeme.sense("EVENT_HEAD")
        return "" if reading is None else reading.sense.entry.kind

    def _topic(self, at: int, *, definite: bool) -> int:
        """The end of a topic after حول or بشأن that follows a name that ends at ``at``; ``at`` if there is none.

        «الاجتماع» alone speaks of a meeting already named: what follows it is the verb's, not its topic.
        """
        words, tokens = self._scan.words, self._scan.tokens
        if definite or at >= len(words) or words[at] not in _TOPIC:
            return at
        last = at
        for j in range(at + 1, min(len(words), at + _LONGEST_TOPIC)):
            shape = self._shapes.of(tokens[j])
            if shape & (SIGN | STOP | BI):
                break
            if shape & DEFINITE or tokens[j].flags & _BODIES:
                last = j + 1
        return last
