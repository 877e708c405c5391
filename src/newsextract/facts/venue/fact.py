"""The venue of the main event: a header line, a place of the lead under «في» or «ب», or the dateline's city."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import Entry
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

KIND = "venue"
_LEAD = 90
_IN = frozenset({"في", "ب", "بمدينه", "مدينه", "العاصمه", "بالعاصمه", "بمحافظه", "محافظه", "استضافتها", "تستضيفه", "تستضيفها", "احتضنت", "تحتضن", "استضافت", "تستضيف"})


def build(findings: Findings) -> list[Draft]:
    """At most one draft, only beside a main event."""
    reading = findings.reading
    places = findings.names("PLACE")
    if not findings.made("events") or not places:
        return []
    zones = reading.zones
    for zone in zones:
        if zone.kind == "header.place":
            inside = [(m, v) for m, v in places if zone.first <= m.first < zone.last]
            if inside:
                return [_venue(inside, "rule:venue.header", 0.97)]
    body = next((z.first for z in zones if z.kind == "body"), 0)
    lead = [(m, v) for m, v in places if m.first < body + _LEAD and _located(findings, m)]
    cities = [(m, v) for m, v in lead if v.kind == "city"]
    if cities:
        first = cities[0]
        country = [(m, v) for m, v in places if v.kind == "country" and 0 <= m.first - first[0].last <= 3]
        return [_venue([first, *country], "rule:venue.lead", 0.8)]
    countries = [(m, v) for m, v in lead if v.kind == "country"]
    dateline = [(m, v) for z in zones if z.kind == "dateline" for m, v in places if z.first <= m.first < z.last and v.kind == "city"]
    if countries:
        return [_venue(countries[:1], "rule:venue.lead", 0.6)]
    return [_venue(dateline[:1], "rule:venue.dateline", 0.6)] if dateline else []


def _located(findings: Findings, mention: Mention) -> bool:
    """Whether «في» or «ب» stands before the place."""
    scan = findings.reading.scan
    lexeme = scan.lexemes[mention.first]
    if lexeme is not None and any(r.sense.entry.label == "PLACE" and r.cut and scan.words[mention.first][r.cut - 1] == "ب" for r in lexeme.readings):
        return True
    return mention.first > 0 and scan.words[mention.first - 1] in _IN


def _venue(found: list[tuple[Mention, NameValue]], found_by: str, confidence: float) -> Draft:
    city = next((v for _, v in found if v.kind in ("city", "region")), None)
    country = next((v for _, v in found if v.kind == "country"), None)
    code = (city.country if city is not None and city.country else country.country if country is not None else "") or None
    place: Entry | None = (city or country or found[0][1]).entry
    return Draft(
        KIND,
        "",
        {
            "place": None,
            "city": None if city is None else city.name,
            "city_en": city.entry.name_en or None if city is not None and city.entry is not None else None,
            "country": None if country is None else country.name,
            "country_en": country.entry.name_en or None if country is not None and country.entry is not None else None,
            "country_code": code,
            "latitude": float(place.latitude) if place is not None and place.latitude else None,
            "longitude": float(place.longitude) if place is not None and place.longitude else None,
        },
        [m.span for m, _ in found],
        found_by,
        confidence,
    )
