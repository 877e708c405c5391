"""The scored fields: for each, the gold facts, the found facts, and when two of them are the same.

Gold is a document's JSON (``corpora/README.md`` tells its format), a record its public JSON form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from newsextract.evaluation.keys import any_name_keys, name_keys, noun_keys, plain

Json = Mapping[str, Any]


class Pairing(NamedTuple):
    """One field of one document: gold facts, found facts, and the test of sameness."""

    gold: list[Any]
    found: list[Any]
    same: Callable[[Any, Any], bool]


def _many(value: Any) -> list[Any]:
    """A list as it is, a single value as a list of one, nothing as an empty list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _known(value: Any) -> list[Any]:
    return [value] if value else []


def _record_keys(fact: Json) -> set[str]:
    """Every name under which a found fact goes: its fields and its evidence."""
    texts = [m["text"] for m in _many(fact.get("mentions"))]
    return any_name_keys([fact.get("name"), fact.get("name_en"), fact.get("acronym"), *_many(fact.get("aliases")), *texts])


def _same_name(gold: Json, fact: Json) -> bool:
    return not any_name_keys(gold["names"]).isdisjoint(_record_keys(fact))


def _same_amount(gold: Json, fact: Json) -> bool:
    return _number(gold["value"]) == _number(fact["value"]) and _number(gold.get("upper")) == _number(fact.get("upper"))


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)


def _named(kind: str) -> Callable[[Json, Json], Pairing]:
    return lambda gold, record: Pairing(_many(gold.get(kind)), _many(record.get(kind)), _same_name)


def _title(gold: Json, record: Json) -> Pairing:
    title = record.get("title") or {}
    return Pairing(_known(gold.get("title")), _known(title.get("text")), lambda a, b: plain(a) == plain(b))


def _issuer(gold: Json, record: Json) -> Pairing:
    found = [i for i in _many(record.get("institutions")) if i["id"] == record.get("issuer")]
    names = gold.get("issuer")
    return Pairing([names] if names else [], found, lambda a, b: not any_name_keys(_many(a)).isdisjoint(_record_keys(b)))


def _event(gold: Json, record: Json) -> Pairing:
    return Pairing(_many(gold.get("event")), _many(record.get("event")), _same_name)


def _event_part(part: str, same: Callable[[Any, Any], bool]) -> Callable[[Json, Json], Pairing]:
    def pairing(gold: Json, record: Json) -> Pairing:
        return Pairing(_known((gold.get("event") or {}).get(part)), _known((record.get("event") or {}).get(part)), same)

    return pairing


def _event_dates(gold: Json, record: Json) -> Pairing:
    ends = [[(e["start"], e["end"])] if (e := side.get("event") or {}).get("start") else [] for side in (gold, record)]
    return Pairing(ends[0], ends[1], lambda a, b: a == b)


def _venue(gold: Json, record: Json) -> Pairing:
    def same(a: Json, b: Json) -> bool:
        country = a.get("country_code")
        city = any_name_keys(_many(a.get("city")))
        return country in (None, "", b.get("country_code")) and (not city or not city.isdisjoint(any_name_keys([b.get("city"), b.get("city_en")])))

    return Pairing(_many(gold.get("venue")), _many(record.get("venue")), same)


def _dates(gold: Json, record: Json) -> Pairing:
    def key(date: Json) -> tuple[str, str, str]:
        return date["start"], date["end"], date["precision"]

    distinct = {key(d): d for d in reversed(_many(record.get("dates")))}
    found = [d for d in _many(record.get("dates")) if distinct[key(d)] is d]
    return Pairing([d for d in _many(gold.get("dates")) if d.get("start")], found, lambda a, b: key(a) == key(b))


def _honorifics(gold: Json, record: Json) -> Pairing:
    sides = [[p for p in _many(side.get("people")) if p.get("honorific")] for side in (gold, record)]
    return Pairing(sides[0], sides[1], lambda a, b: _same_name(a, b) and plain(a["honorific"]) == plain(b["honorific"]))


def _delegations(gold: Json, record: Json) -> Pairing:
    people = {p["id"]: p for p in _many(record.get("people"))}
    sides = [[(who, part) for d in _many(side.get("delegations")) for part in ("head", "members") for who in _many(d.get(part))] for side in (gold, record)]
    return Pairing(sides[0], sides[1], lambda a, b: a[1] == b[1] and not name_keys(a[0]).isdisjoint(_record_keys(people.get(b[0], {}))))


def _counts(gold: Json, record: Json) -> Pairing:
    def same(a: Json, b: Json) -> bool:
        compared = (a.get("comparison") or "exact") == (b.get("comparison") or "exact")
        return compared and _same_amount(a, b) and not noun_keys(_many(a["noun"])).isdisjoint(noun_keys([b.get("noun"), b.get("lemma")]))

    return Pairing(_many(gold.get("counts")), _many(record.get("counts")), same)


def _money(gold: Json, record: Json) -> Pairing:
    def same(a: Json, b: Json) -> bool:
        return _same_amount(a, b) and a.get("currency") in (None, "", b.get("currency"))

    return Pairing(_many(gold.get("money")), _many(record.get("money")), same)


def _percentages(gold: Json, record: Json) -> Pairing:
    return Pairing(_many(gold.get("percentages")), _many(record.get("percentages")), _same_amount)


FIELDS: Final[Mapping[str, Callable[[Json, Json], Pairing]]] = {
    "title": _title,
    "issuer": _issuer,
    "dates": _dates,
    "event_dates": _event_dates,
    "venue": _venue,
    "event": _event,
    "event_ordinal": _event_part("ordinal", lambda a, b: int(a) == int(b)),
    "event_theme": _event_part("theme", lambda a, b: plain(a) == plain(b)),
    "delegations": _delegations,
    "people": _named("people"),
    "honorifics": _honorifics,
    "institutions": _named("institutions"),
    "programmes": _named("programmes"),
    "places": _named("places"),
    "counts": _counts,
    "money": _money,
    "percentages": _percentages,
}

OWNER: Final = {"venue": "venue", "event": "event", "event_dates": "event", "event_ordinal": "event", "event_theme": "event"}
"""Fields of which a document has one at most, and the gold entry that may call them optional as a whole."""
