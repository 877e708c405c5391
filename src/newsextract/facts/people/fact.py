"""People: named persons with honorific, role and affiliation; short forms and surnames join the full name."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

KIND = "people"
_COMMON = BIT["NOUN"] | BIT["VERB"] | BIT["FUNCTION"] | BIT["PLACE"] | BIT["INSTITUTION"] | BIT["GIVEN_NAME"] | BIT["DEMONYM"] | BIT["TITLE"] | BIT["ADJECTIVE"]


def build(findings: Findings) -> list[Draft]:
    """One draft a person. «معالي السيدة سلجوق» after «زهراء زمرد سلجوق» is the same person."""
    mentions = findings.names("PERSON")
    drafts: list[Draft] = []
    # full names first, so that a surname in the headline joins the name in the body
    for mention, value in sorted(mentions, key=lambda mv: -len(mv[1].key.split())):
        draft = _same(drafts, value.key)
        if draft is None:
            draft = Draft(
                KIND,
                value.key,
                {"name": value.name, "honorific": value.honorific or None, "role": value.role or None, "affiliation": None, "aliases": []},
                [],
                mention.found_by,
                mention.confidence,
            )
            drafts.append(draft)
        else:
            _merge(draft, value)
        draft.add(mention.span)
        findings.of_mention[id(mention)] = draft
    for mention, _ in mentions:
        _apposition(findings, mention)
    _surnames(findings, drafts)
    return drafts


def _tokens(key: str) -> list[str]:
    return key.replace("عبد ال", "عبدال").split()


def _same(drafts: list[Draft], key: str) -> Draft | None:
    """The person whose name holds all the words of ``key`` in order, its last word among them."""
    tokens = _tokens(key)
    for draft in drafts:
        known = _tokens(draft.key)
        if tokens == known:
            return draft
        if len(tokens) < len(known):
            if len(tokens) == 1 and tokens[0] not in (known[0], known[-1]):
                continue
            rest = iter(known)
            if all(t in rest for t in tokens) and (tokens[-1] == known[-1] or tokens[0] == known[0]):
                return draft
    return None


def _merge(draft: Draft, value: NameValue) -> None:
    fields = draft.fields
    if value.name != fields["name"] and value.name not in fields["aliases"]:
        fields["aliases"].append(value.name)
    if value.honorific and fields["honorific"] is None:
        fields["honorific"] = value.honorific
    if value.role and fields["role"] is None:
        fields["role"] = value.role


def _apposition(findings: Findings, mention: Mention) -> None:
    """«محمد العيسى، الأمين العام للرابطة»: a title right after the name, unless it announces the next one."""
    draft = findings.of_mention[id(mention)]
    reading = findings.reading
    words = reading.scan.words
    value = mention.value
    assert isinstance(value, NameValue)
    place = None
    for title in reading.titles:
        if title.last <= mention.first and value.lead == title.first:
            place = title
        if title.cut == 0 and (title.first == mention.last or (title.first == mention.last + 1 and words[mention.last] in ("،", "-", "("))):
            if title.last not in reading.opening and draft.fields["role"] is None:
                draft.fields["role"] = reading.scan.text(reading.scan.span(title.first, title.last))
                place = title
    if place is None or draft.fields["affiliation"] is not None:
        return
    for name in reading.names:
        if place.first <= name.first and name.last <= place.last and name.label in ("INSTITUTION", "PLACE"):
            draft.fields["affiliation"] = findings.draft(name)
            return


def _surnames(findings: Findings, drafts: list[Draft]) -> None:
    """Later bare surnames («وقال نوفاك»): further evidence, if the surname is no common word."""
    reading = findings.reading
    scan = reading.scan
    last_names: dict[str, Draft] = {}
    for draft in drafts:
        tokens = draft.key.split()
        if len(tokens) > 1 and len(tokens[-1]) > 2:
            last_names.setdefault(tokens[-1], draft)
    if not last_names or last_names.keys().isdisjoint(scan.words):
        return
    covered = {t for m in reading.names for t in range(m.first, m.last)}
    for i, word in enumerate(scan.words):
        owner = last_names.get(word)
        if owner is None or i in covered or scan.flags[i] & _COMMON:
            continue
        owner.add(scan.span(i, i + 1))
        name = scan.text(scan.span(i, i + 1))
        if name not in owner.fields["aliases"] and name != owner.fields["name"]:
            owner.fields["aliases"].append(name)
