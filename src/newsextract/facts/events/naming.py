"""The name of an event from its mention: with what is held, with its tail, without its session."""

from __future__ import annotations

from typing import Final

from newsextract.facts.draft import Findings
from newsextract.facts.events.phrase import topic
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import DEFINITE
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

_NO_TAIL: Final = BIT["NUMERAL"] | BIT["ORDINAL"] | BIT["PLACE"]


def whole(findings: Findings, mention: Mention, value: NameValue, not_tail: frozenset[str]) -> NameValue:
    """The value with the name that says what is held.

    «المؤتمر 23 للاتحاد العام»: the body alone names no event, its «مؤتمر» does; «دورة» and its like only number the body's meetings
    (ruling 7). «الملتقى الثالث لمزارعي الزيتون»: the tail with «ل» belongs to the name.
    """
    scan = findings.reading.scan
    if mention.found_by == "rule:events.session":
        target = next((t for t in range(mention.first, mention.last) if scan.span(t, t + 1).end > mention.span.start), mention.first)
        lexeme = scan.tokens[mention.first].lexeme
        head = None if lexeme is None else lexeme.sense("EVENT_HEAD")
        if target == mention.first or head is None or head.sense.entry.kind == "session" or value.kind != "session":
            return value
        return _told(findings, value, [*_unnumbered(findings, mention.first, target), (target, mention.last)], head.sense.entry.kind, head.cut)
    last = _tail(findings, mention, not_tail)
    if last > mention.last:
        cut = mention.span.start - scan.span(mention.first, mention.last).start
        return _told(findings, value, [*_unnumbered(findings, mention.first, mention.last), (mention.last, last)], value.kind, cut)
    return value


def _tail(findings: Findings, mention: Mention, not_tail: frozenset[str]) -> int:
    """One past the tail with «ل» that follows a name with an article, or the end of the mention."""
    reading = findings.reading
    scan, at = reading.scan, mention.last
    if at >= len(scan) or not scan.words[at].startswith("ل") or scan.words[at] in not_tail or scan.tokens[at].flags & _NO_TAIL:
        return at
    if mention.found_by.endswith(".quoted") or not (at - 1 in reading.runs or reading.shapes.of(scan.tokens[at - 1]) & DEFINITE):
        return at
    last = topic(scan, reading.shapes, at)
    return last if last > at + 1 else at


def _unnumbered(findings: Findings, first: int, last: int) -> list[tuple[int, int]]:
    """The token ranges of ``[first, last)`` outside its ordinal."""
    runs, words = findings.reading.runs, findings.reading.scan.words
    out: list[tuple[int, int]] = []
    t = first
    while t < last:
        run = runs.get(t)
        if run is not None:
            t = run.last
        elif words[t] in ("ال", "/"):
            t += 1
        else:
            out.append((t, t + 1))
            t += 1
    return out


def _told(findings: Findings, value: NameValue, parts: list[tuple[int, int]], kind: str, cut: int) -> NameValue:
    scan = findings.reading.scan
    cuts = [cut, *[0] * (len(parts) - 1)]
    name = " ".join(scan.text(scan.span(a, b, c)) for (a, b), c in zip(parts, cuts, strict=True))
    key = " ".join(" ".join(scan.words[a:b])[c:] for (a, b), c in zip(parts, cuts, strict=True))
    return value.renamed(name, key, kind)


def full(findings: Findings, mention: Mention) -> str:
    """The mention with all its tokens: «الاجتماع الأول للجنة العليا», where its span is the body's."""
    scan = findings.reading.scan
    return scan.text(scan.span(mention.first, mention.last))
