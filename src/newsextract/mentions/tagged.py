"""What the statistical tagger found beside the rules: agreement, longer names, and names that no rule or list has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import CONJ, SIGN, STOP, Shapes
from newsextract.mentions.model import Mention
from newsextract.mentions.name_run import spelt
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.people import Title
from newsextract.ports import Entity, EntityTagger, FoldedTagger, TokenEntity
from newsextract.scan.scanner import Scan
from newsextract.span import Span

MODEL: Final = "model:entities"
LISTED: Final = "gazetteer:names"
_LEAST: Final = {"PERSON": 0.8, "PLACE": 0.93, "INSTITUTION": 0.85}
"""The least score with which the tagger alone is believed."""
_TITLED: Final = 0.6
"""The same for a person after a job title."""
_ALONE: Final = 0.85
"""The same for a person of one word."""
_NEVER: Final = 2.0
_LONGER: Final = 0.5
_AGREED: Final = 0.4
_MOST_PERSON: Final = 6
_CLITICS: Final = 4
_EXPRESSION: Final = BIT["EXPRESSION"]
_FAR: Final = 40
"""Tokens that the longest name may span."""


def tag(scans: Sequence[Scan], tagger: EntityTagger) -> list[list[TokenEntity]]:
    """What ``tagger`` finds in the scanned texts, in tokens; names that do not begin and end with tokens are left out."""
    if isinstance(tagger, FoldedTagger):
        return tagger.tag_folded([scan.words for scan in scans])
    found = tagger.tag([scan.source for scan in scans])
    return [[e for e in [_in_tokens(scan, x) for x in entities] if e is not None] for scan, entities in zip(scans, found, strict=True)]


def merge(scan: Scan, shapes: Shapes, names: list[Mention], titles: Sequence[Title], entities: Sequence[TokenEntity]) -> list[Mention]:
    """The names of rules and lexicons with those of the tagger.

    A person whom nothing but lists of names tells of is believed only if the tagger agrees. An entity that is a name already read is told in
    its ``found_by``; a person's name that the tagger reads longer is taken longer; one that
    touches nothing read is taken if its score is high enough.

    Args:
        scan: The scanned text.
        shapes: Shapes of word types.
        names: What rules and lexicons found, in text order.
        titles: The job titles of the text.
        entities: What the tagger found in it, in text order.
    """
    starts = [m.first for m in names]
    ends = {title.last: title for title in titles}
    expressions = _expressions(scan)
    added: list[Mention] = []
    for tagged in entities:
        over = _overlapping(names, starts, tagged)
        if not over and not expressions.isdisjoint(range(tagged.first, tagged.last)):
            continue  # «صلاة المغرب»
        if not over:
            mention = _new(scan, shapes, tagged, ends)
            if mention is not None:
                added.append(mention)
        elif len(over) == 1 and over[0].label == tagged.label:
            _agree(scan, shapes, over[0], tagged)
    kept = [m for m in names if m.label != "PERSON" or m.found_by != LISTED or _titled(m)]
    return sorted([*kept, *added], key=_first) if added else kept


def _titled(mention: Mention) -> bool:
    """Whether a job title stands before a person."""
    return isinstance(mention.value, NameValue) and mention.value.role != ""


def _expressions(scan: Scan) -> set[int]:
    """The tokens of fixed expressions, in which nothing is a name."""
    return {t for i in scan.where(_EXPRESSION) for t in range(i, scan.phrases[i].last)}


def _first(mention: Mention) -> int:
    return mention.first


def _overlapping(names: list[Mention], starts: list[int], tagged: TokenEntity) -> list[Mention]:
    """The names that share a token with an entity; of nested ones all."""
    out = []
    for k in range(bisect_left(starts, tagged.last) - 1, -1, -1):
        if names[k].last > tagged.first:
            out.append(names[k])
        elif tagged.first - names[k].first > _FAR:
            break
    return out


def _agree(scan: Scan, shapes: Shapes, mention: Mention, tagged: TokenEntity) -> None:
    """Tells that the tagger found the name too, and lengthens a person's."""
    longer = mention.label == "PERSON" and tagged.first == mention.first and tagged.last > mention.last and tagged.score >= _LONGER
    if longer and _named_only(scan, shapes, mention.last, tagged.last):
        _lengthen(scan, mention, tagged.last)
    if tagged.score >= _AGREED and tagged.first <= mention.first and tagged.last >= mention.last:
        mention.found_by = f"{mention.found_by}+{MODEL}"


def _lengthen(scan: Scan, mention: Mention, last: int) -> None:
    value = mention.value
    assert isinstance(value, NameValue)
    span = scan.span(mention.first, last)
    more = " ".join(scan.words[mention.last : last])
    mention.last = last
    mention.span = Span(mention.span.start, span.end)
    value.name = mention.text = scan.text(mention.span)
    value.key = value.key + " " + more


def _named_only(scan: Scan, shapes: Shapes, first: int, last: int) -> bool:
    """Whether no token of ``[first, last)`` is a sign, a closed-class word or a verb, nor carries و."""
    return not any(shapes.of(scan.tokens[t]) & (SIGN | STOP | CONJ) for t in range(first, last))


def _new(scan: Scan, shapes: Shapes, tagged: TokenEntity, titles: dict[int, Title]) -> Mention | None:
    """A mention of what the tagger alone found, or None if that is not sure enough."""
    title = titles.get(tagged.first) if tagged.label == "PERSON" else None
    least = _LEAST.get(tagged.label, _NEVER) if title is None else _TITLED
    if tagged.score < least or not _named_only(scan, shapes, tagged.first + 1, tagged.last):
        return None
    if tagged.label == "PERSON" and not _personal(scan, tagged):
        return None
    span = scan.span(tagged.first, tagged.last, tagged.cut)
    text = scan.text(span)
    value = NameValue(text, " ".join(scan.words[tagged.first : tagged.last])[tagged.cut :], "" if tagged.label == "PERSON" else "other")
    if title is not None and not title.plural:
        value.role = scan.text(scan.span(title.first, title.last, title.cut))
        value.lead = title.first
    return Mention(tagged.label, tagged.first, tagged.last, span, value, MODEL, round(tagged.score, 1), text)


def _personal(scan: Scan, tagged: TokenEntity) -> bool:
    """Whether an entity may be a person: no longer than names are, surer if it is one word, and spelt as a name («على» is the preposition)."""
    tokens = tagged.last - tagged.first
    return tokens <= _MOST_PERSON and (tokens > 1 or tagged.score >= _ALONE) and spelt(scan, tagged.first)


def _in_tokens(scan: Scan, entity: Entity) -> TokenEntity | None:
    """The tokens of an entity; None where it does not begin and end with tokens, proclitics aside."""
    span = entity.span
    first = bisect_right(scan.starts, span.start) - 1
    last = bisect_left(scan.starts, span.end)
    if first < 0 or last <= first or scan.end(last - 1) != span.end:
        return None
    for cut in range(min(_CLITICS, len(scan.words[first]))):
        if scan.span(first, first + 1, cut).start == span.start:
            return TokenEntity(first, last, cut, entity.label, entity.score)
    return None
