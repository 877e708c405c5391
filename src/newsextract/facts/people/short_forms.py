"""Later short forms of persons: bare surnames («وقال نوفاك»), and titles that only one of them bears («وأكد الوزير»)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Final

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import ADJECTIVE, DEFINITE
from newsextract.mentions.model import Mention
from newsextract.text.fold import fold

_COMMON: Final = (
    BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["DEMONYM"] | BIT["TITLE"] | BIT["ADJECTIVE"]
)
_TITLE: Final = BIT["TITLE"] | BIT["HONORIFIC"]
_BEFORE: Final = ("", "و", "ف")


def short_forms(findings: Findings, drafts: list[Draft]) -> None:
    """Adds later short forms as further evidence; one that may stand for two persons stays unlinked."""
    _surnames(findings, drafts)
    _titles(findings, drafts)


def _titles(findings: Findings, drafts: list[Draft]) -> None:
    """«الوزير» after «وزير العمل سامر الخطيب»: the title alone, with no adjective or name behind it, where one person only bears it."""
    owners = _bearers(drafts)
    if not owners:
        return
    reading = findings.reading
    scan, shapes, opening = reading.scan, reading.shapes, reading.opening
    words = scan.words
    alone = {title.first for title in reading.titles if title.last - title.first == 1}
    for i in scan.where(_TITLE):
        known = owners.get(words[i])
        if known is None or (reading.in_title(i) and i not in alone) or i + 1 in opening:
            continue
        owner, cut = known
        span = scan.span(i, i + 1, cut)
        if span.start < owner.spans[0].end or (i + 1 < len(words) and shapes[words[i + 1]] & (ADJECTIVE | DEFINITE)):
            continue
        if not _inside(findings, i):
            owner.add(span)


def _bearers(drafts: list[Draft]) -> dict[str, tuple[Draft, int]]:
    """Title with the article, and with و or ف before it → the only person who bears it, and the letters before the article."""
    heads = [_head(draft) for draft in drafts]
    bearers = Counter(heads)
    out: dict[str, tuple[Draft, int]] = {}
    for draft, head in zip(drafts, heads, strict=True):
        if head and bearers[head] == 1:
            for letter in _BEFORE:
                out[f"{letter}ال{head}"] = (draft, len(letter))
    return out


def _head(draft: Draft) -> str:
    """The first word of a person's role, folded, without the article; empty for none."""
    role = draft.fields["role"]
    return fold(role).text.split()[0].removeprefix("ال") if role else ""


def _inside(findings: Findings, at: int) -> bool:
    """Whether a name holds the token."""
    names = findings.reading.names
    k = bisect_right(names, at, key=_first)
    return k > 0 and names[k - 1].last > at


def _first(name: Mention) -> int:
    return name.first


def _surnames(findings: Findings, drafts: list[Draft]) -> None:
    """Later bare surnames («وقال نوفاك»): further evidence, if the surname is no common word."""
    reading = findings.reading
    scan = reading.scan
    words = scan.words
    owners = _owners(drafts)
    if not owners:
        return
    names = reading.names
    firsts = [m.first for m in names]
    for i in [i for i, word in enumerate(words) if word in owners]:
        k = bisect_right(firsts, i)
        if (k and names[k - 1].last > i) or scan.flags[i] & _COMMON:
            continue
        owner = owners[words[i]]
        span = scan.span(i, i + 1)
        owner.add(span)
        owner.call(scan.text(span))


def _owners(drafts: list[Draft]) -> dict[str, Draft]:
    """Surname → the first person who bears it."""
    owners: dict[str, Draft] = {}
    for draft in drafts:
        _, _, surname = draft.key.rpartition(" ")
        if len(surname) > 2 and len(surname) < len(draft.key):
            owners.setdefault(surname, draft)
    return owners
