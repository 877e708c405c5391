"""The days of the main event: a header line, a stretch, or a first day with a last day or a length.

What is looked at stands in the headline, in the lead, or in a sentence that names the event again; a date after another event's name is
that event's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from newsextract.facts.draft import Findings
from newsextract.facts.events.candidate import Candidate
from newsextract.mentions.model import Mention
from newsextract.values.date import DateValue
from newsextract.values.quantity import DurationValue

_NEAR: Final = 6
"""Tokens between a cue («حتى», «انطلقت») and the day that it speaks of."""
_LONGEST: Final = 185
"""Days; a longer stretch is no event's."""
_WEEK: Final = 7
_TO: Final = "الي"
"""The folded إلى."""
Lists = Mapping[str, frozenset[str]]
Days = tuple[date, date]


class _Dated:
    """A date whose days are known."""

    __slots__ = ("end", "mention", "start", "value")

    def __init__(self, mention: Mention, value: DateValue, start: date, end: date) -> None:
        self.mention = mention
        self.value = value
        self.start = start
        self.end = end


def event_days(findings: Findings, main: Candidate, others: list[Candidate], lists: Lists) -> Days | None:
    """First and last day of ``main``, or None if the text does not fix them."""
    dated = _dated(findings)
    if not dated and not any([isinstance(mention.value, DurationValue) for mention in findings.reading.numbers]):
        return None
    outline = findings.outline
    if outline.headers:
        for d in dated:
            if outline.header(d.mention.first) == "header.date":
                return d.start, d.end
    view = _View(findings, main, others, lists)
    own = [d for d in dated if view.own(d.mention.first)]
    # a stretch of the lead comes first, even after another name of the event; one of a later sentence comes last
    early = [d for d in (*own, *dated) if outline.early(d.mention.first)]
    return view.stretch(early) or view.combined(own) or view.stretch(own)


def _dated(findings: Findings) -> list[_Dated]:
    out = []
    for mention in findings.reading.dates:
        value = mention.value
        if isinstance(value, DateValue) and value.start is not None and value.end is not None and value.precision == "day" and not value.vague:
            out.append(_Dated(mention, value, value.start, value.end))
    return out


class _View:
    """The text as seen from the main event."""

    __slots__ = ("_marks", "_mine", "findings", "lists", "main", "others", "sentence", "words")

    def __init__(self, findings: Findings, main: Candidate, others: list[Candidate], lists: Lists) -> None:
        self.findings = findings
        self.words: list[str] = findings.reading.scan.words
        self.lists = lists
        self.main = main
        self.others = others
        self._marks: list[tuple[int, bool]] | None = None
        self._mine: list[int] = []
        first, last = findings.outline.body, findings.outline.lead
        for t in main.tokens:
            if first <= t < last:
                first = t
                break
        self.sentence = findings.sentences.around(first)

    def own(self, token: int) -> bool:
        """Whether a date at ``token`` may be the main event's."""
        outline = self.findings.outline
        if token >= outline.tail:
            return False
        if self.sentence[0] <= token < self.sentence[1]:
            return True
        first, last = self.findings.sentences.around(token)
        marks = self._named()
        at = bisect_left(marks, (token, False))
        if at and marks[at - 1][0] >= first and not marks[at - 1][1]:
            return False  # the nearest event before it in its sentence is another
        return outline.early(token) or self._again(first, last)

    def _named(self) -> list[tuple[int, bool]]:
        """The first tokens of events of other heads, and those of the main one, marked, in text order."""
        if self._marks is None:
            main = self.main
            self._mine = sorted(main.tokens)
            marks = [(t, True) for t in self._mine]
            for other in self.others:
                if other is not main and not other.lone and other.words[0] != main.words[0]:
                    marks.extend([(t, False) for t in other.tokens])
            marks.sort()
            self._marks = marks
        return self._marks

    def _again(self, first: int, last: int) -> bool:
        """Whether the sentence speaks of the event: by its name, by its head with the article, or as «الفعاليات»."""
        at = bisect_left(self._mine, first)
        if at < len(self._mine) and self._mine[at] < last:
            return True
        words = self.words[first:last]
        return not (self.main.definite.isdisjoint(words) and self.lists["activities"].isdisjoint(words))

    def cued(self, mention: Mention, cue: str) -> bool:
        """Whether a word of the list ``cue`` stands shortly before the mention, with no sign between."""
        words = self.words
        known = self.lists[cue]
        for t in range(mention.first - 1, max(-1, mention.first - 1 - _NEAR), -1):
            word = words[t]
            if word in known:
                return True
            if not word[0].isalnum() and word not in '()«»"':
                return False
        # «بدءا من …» and «حتى …» may be read as part of the date
        return words[mention.first] in known

    def stretch(self, dated: list[_Dated]) -> Days | None:
        """The first of ``dated`` that is more than a day, and no longer than an event; days that are told before those that are only reckoned."""
        found = [d for d in dated if d.start != d.end and (d.end - d.start).days <= _LONGEST and not self.cued(d.mention, "until")]
        for d in found:
            if not d.value.relative:
                return d.start, d.end
        return (found[0].start, found[0].end) if found else None

    def combined(self, own: list[_Dated]) -> Days | None:
        """The days from a first day and a last day or a length."""
        start = end = day = None
        for d in own:
            if d.start != d.end:
                continue
            inside = self.sentence[0] <= d.mention.first < self.sentence[1]
            if self._last(d, told=inside and day is None):
                end = end or d.end
            elif inside and not self._stamp(d):
                if d.value.open_end == "after" or (not d.value.relative and self.cued(d.mention, "begins")):
                    start = start or d.start
                elif day is None or (d.start > day and not d.value.relative and self._announced()):
                    day = d.start
        return self._join(start, day, end)

    def _last(self, d: _Dated, *, told: bool) -> bool:
        """Whether it is a last day; not so the day on which the release tells of the end («اختتمت اليوم»)."""
        if d.value.open_end == "before":
            return True
        if self.cued(d.mention, "extends") and self.words[d.mention.first - 1] == _TO:
            return True
        return self.cued(d.mention, "until") and not (told and self._closing())

    def _join(self, start: date | None, day: date | None, end: date | None) -> Days | None:
        if start is not None and end is None and day is not None and day > start and self._closing():
            end = day
        first = start or day
        length = self._length()
        if first is None and (end is not None or length > 0) and self._opening():
            first = self.findings.published
        if first is None:
            return None
        if end is not None and first <= end and (end - first).days <= _LONGEST:
            return first, end
        if length and start is None and self._closing():
            return first - timedelta(days=length - 1), first
        return first, first + timedelta(days=max(length, 1) - 1)

    def _stamp(self, d: _Dated) -> bool:
        """Whether the date is the release's own, in its dateline."""
        first, last = self.findings.outline.dateline
        return first <= d.mention.first < last and not d.value.relative

    def _lead_has(self, cue: str) -> bool:
        first, last = self.sentence
        return not self.lists[cue].isdisjoint(self.words[first:last])

    def _closing(self) -> bool:
        headline = self.findings.outline.headline
        return self._lead_has("closes") or not self.lists["closes"].isdisjoint(self.words[headline[0] : headline[1]])

    def _opening(self) -> bool:
        return self._lead_has("begins")

    def _announced(self) -> bool:
        return not self._opening() and not self._closing()

    def _length(self) -> int:
        """The length in days that the lead gives («على مدى ثلاثة أيام», «وتستمر الحملة ستة أيام»); 0 if none."""
        reading, outline = self.findings.reading, self.findings.outline
        for mention in reading.numbers:
            value = mention.value
            if not isinstance(value, DurationValue) or value.unit not in ("day", "week") or value.extent.high is not None:
                continue
            if mention.first >= outline.lead:
                return 0
            if outline.early(mention.first) and self.cued(mention, "lasting"):
                return int(value.extent.low) * (_WEEK if value.unit == "week" else 1)
        return 0
