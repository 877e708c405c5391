"""Later short forms of persons: bare surnames («وقال نوفاك»), and titles that only one of them bears («وأكد الوزير»)."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, DEFINITE
from newsextract.mentions.model import Mention
from newsextract.text.fold import fold

if TYPE_CHECKING:
    from mypy_extensions import i64  # a number of the machine, in annotations alone: it is not imported where the package runs

_COMMON: Final = (
    BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["DEMONYM"] | BIT["TITLE"] | BIT["ADJECTIVE"]
)
_LONGEST: Final = 62
"""Letters from which on words count as equally long."""
_TITLE: Final = BIT["TITLE"] | BIT["HONORIFIC"]
_WITH_ARTICLE: Final = ("ال", "وال", "فال")


def short_forms(findings: Findings, drafts: list[Draft]) -> None:
    """Adds later short forms as further evidence; one that may stand for two persons stays unlinked."""
    _surnames(findings, drafts)
    _titles(findings, drafts)


def _titles(findings: Findings, drafts: list[Draft]) -> None:
    """«الوزير» after «وزير العمل سامر الخطيب»: the title alone, with no adjective or name behind it, where one person only bears it."""
    reading = findings.reading
    scan, shapes, opening = reading.scan, reading.shapes, reading.opening
    words = scan.words
    told = [i for i in findings.where(_TITLE) if i + 1 not in opening and words[i].startswith(_WITH_ARTICLE)]
    owners = _bearers(drafts) if told else {}
    if not owners:
        return
    alone = {title.first for title in reading.titles if title.last - title.first == 1}
    for i in told:
        word = words[i]
        cut = 0 if word.startswith("ال") else 1
        owner = owners.get(word[cut + 2 :])
        if owner is None or (reading.in_title(i) and i not in alone):
            continue
        span = scan.span(i, i + 1, cut)
        if span.start < owner.spans[0].end or (i + 1 < len(words) and shapes.of(scan.tokens[i + 1]) & (ADJECTIVE | DEFINITE)):
            continue
        if not _inside(findings, i):
            owner.add(span)


def _bearers(drafts: list[Draft]) -> dict[str, Draft | None]:
    """Title without the article → the person who bears it, None where several do."""
    bearers: dict[str, Draft | None] = {}
    for draft in drafts:
        role: str | None = draft.fields["role"]
        if role:
            head = _head(role.partition(" ")[0]) or _head(role)
            if head:
                bearers[head] = None if head in bearers else draft
    return bearers


@lru_cache(4096)
def _head(role: str) -> str:
    """The first word of a role, folded, without the article; empty where signs alone make it up."""
    words = fold(role).text.split()
    return words[0].removeprefix("ال") if words else ""


def _inside(findings: Findings, at: int) -> bool:
    """Whether a name holds the token."""
    names = findings.reading.names
    k = bisect_right(names, at, key=_first)
    return k > 0 and names[k - 1].last > at


def _first(name: Mention) -> int:
    return name.first


def _surnames(findings: Findings, drafts: list[Draft]) -> None:
    """Later bare surnames («وقال نوفاك»): further evidence, if the surname is no common word."""
    owners = _owners(drafts)
    if not owners:
        return
    scan = findings.reading.scan
    names = findings.reading.names
    size = len(names)
    common: i64 = _COMMON
    lengths: i64 = 0  # a bit for each length of a surname, by which most words are passed over
    for surname in owners:
        lengths |= 1 << min(len(surname), _LONGEST)
    covered = k = 0
    for i, token in enumerate(scan.tokens):
        if token.flags & common != 0 or not lengths >> min(len(token.word), _LONGEST) & 1:
            continue
        owner = owners.get(token.word)
        if owner is None:
            continue
        while k < size and names[k].first <= i:
            covered = names[k].last
            k += 1
        if i < covered:
            continue
        span = scan.span(i, i + 1)
        owner.add(span)
        owner.call(scan.text(span))


def _owners(drafts: list[Draft]) -> dict[str, Draft]:
    """Surname → the first person who bears it."""
    owners: dict[str, Draft] = {}
    for draft in drafts:
        _, _, surname = draft.key.rpartition(" ")
        if 2 < len(surname) < len(draft.key):
            owners.setdefault(surname, draft)
    return owners
