"""The venue of the main event: a header line, a place of headline or lead under «في», «ب» or a verb of hosting, or the dateline's city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.word_list import folded_word, word_lists
from newsextract.lexicon.compiled import Lexeme, Reading
from newsextract.lexicon.schema import BIT, Entry
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

KIND = "venue"
_PLACE: Final = BIT["PLACE"]
_DEMONYM: Final = BIT["DEMONYM"]
_COUNTRY_NEAR: Final = 3
_FEW: Final = 16
_REACH: Final = 6
"""Tokens into the event's sentence after which a located place beats one of the headline."""
Found = tuple[Mention, NameValue]


def build(findings: Findings) -> list[Draft]:
    """At most one draft, only beside a main event."""
    if not findings.made("events"):
        return []
    places = findings.names("PLACE")
    header = _header(findings, places)
    if header:
        return [_venue(findings, header, "rule:venue.header", 0.97)]
    early = [(m, v) for m, v in places if findings.outline.early(m.first)]
    abroad = _visited(findings, early)
    if abroad:
        return [_venue(findings, abroad, "rule:venue.visit", 0.8)]
    lists = word_lists(KIND)
    city = _placed(findings, early, "city", lists)
    if city is not None:
        return [_venue(findings, [city, *_country_after(places, city)], "rule:venue.lead", 0.85)]
    dateline = _dateline(findings, places)
    country = _placed(findings, early, "country", lists)
    if country is not None:
        same = [f for f in dateline if f[1].kind == "city" and f[1].country == country[1].country]
        return [_venue(findings, [*same, country], "rule:venue.lead", 0.75)]
    if dateline:
        return [_venue(findings, dateline, "rule:venue.dateline", 0.7)]
    inside = _inside(findings)
    return [inside] if inside is not None else []


def _placed(findings: Findings, early: list[Found], kind: str, lists: Mapping[str, frozenset[str]]) -> Found | None:
    """The first place of a kind under a verb of hosting, else the first under «في» or «ب»."""
    of_kind = [(m, v) for m, v in early if v.kind == kind]
    for found in of_kind:
        if _hosts(findings, found[0], lists):
            return found
    for found in of_kind:
        if _located(findings, found[0], lists):
            return found
    return None


def _header(findings: Findings, places: list[Found]) -> list[Found]:
    for zone in findings.outline.headers:
        if zone.kind == "header.place":
            return [(m, v) for m, v in places if zone.first <= m.first < zone.last]
    return []


def _visited(findings: Findings, early: list[Found]) -> list[Found]:
    """Where a visit leads: the place in its name, with a city of that country that headline or lead names."""
    main = findings.made("events")[0]
    if main.fields["kind"] != "visit":
        return []
    place = next((f for f in early if any(s.start <= f[0].span.start and f[0].span.end <= s.end for s in main.spans[:_FEW])), None)
    if place is None:
        # «زيارة إلى بلدية الزرقاء»: the place in the name of the body visited
        match = next((m for m in findings.matches.get("events.visit", ()) if findings.outline.early(m.first)), None)
        place = None if match is None else _first_place(findings, match.first, match.last)
    if place is None or place[1].kind not in ("city", "region", "country"):
        return []
    city = next((f for f in early if f[1].kind == "city" and f[1].country == place[1].country), None)
    return [place] if place[1].kind != "country" or city is None else [city, place]


def _country_after(places: list[Found], city: Found) -> list[Found]:
    """«الدوحة - دولة قطر», «مسقط بسلطنة عمان»: the country that follows the city and holds it, or a city of which no country is known."""
    last, holder = city[0].last, city[1].country
    near = [f for f in places if f[1].kind == "country" and 0 <= f[0].first - last <= _COUNTRY_NEAR]
    return [f for f in near if not holder or f[1].country == holder][:1]


def _dateline(findings: Findings, places: list[Found]) -> list[Found]:
    """The place that the dateline begins with; further cities of a common dateline («نجامينا / جنيف») are left out."""
    first, last = findings.outline.dateline
    last = min(last, first + _REACH)
    found = next(((m, v) for m, v in places if first <= m.first < last and v.kind in ("city", "country")), None)
    if found is None and first < last:
        found = _ambiguous(findings, first)
        if found is None and first + 2 < last and findings.reading.scan.words[first + 1] == "-":
            found = _ambiguous(findings, first + 2)  # «وطنية - صور -»
    return [found] if found is not None else []


def _ambiguous(findings: Findings, at: int) -> Found | None:
    """«عمّان -», «العين في 24 أبريل»: a city's name that is also a common word is sure at the start of a dateline, with a sign or a day after it."""
    scan = findings.reading.scan
    lexeme = scan.tokens[at].lexeme
    reading = None if lexeme is None else lexeme.sense("PLACE")
    after = scan.words[at + 1 : at + 3]
    if reading is None or reading.cut or reading.sense.entry.kind != "city" or not after:
        return None
    if after[0][0].isalpha() and not (after[0] == "في" and after[-1].isdecimal()):
        return None
    return _made(findings, at, at + 1, reading)


def _made(findings: Findings, first: int, last: int, reading: Reading) -> Found:
    scan = findings.reading.scan
    entry, span = reading.sense.entry, scan.span(first, last, reading.cut)
    value = NameValue(scan.text(span), "", entry.kind, entry, country=entry.country)
    return Mention("PLACE", first, last, span, value, "rule:venue.name", 0.6, value.name), value


def _located(findings: Findings, mention: Mention, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether «في», «ب» or a noun of place with them stands before the place; «العاصمة الأردنية عمّان» counts."""
    scan = findings.reading.scan
    at = mention.first
    phrase = scan.phrases.get(at)
    if _with_bi(scan.words[at], scan.tokens[at].lexeme) or (phrase is not None and _with_bi(scan.words[at], phrase.lexeme)):
        return True
    if at and scan.tokens[at - 1].flags & _DEMONYM:
        at -= 1
    return at > 0 and scan.words[at - 1] in lists["in"]


def _with_bi(word: str, lexeme: Lexeme | None) -> bool:
    """Whether a place stands behind «ب» in the word."""
    if lexeme is not None:
        for r in lexeme.readings:
            if r.cut and r.sense.entry.label == "PLACE" and word[r.cut - 1] == "ب":
                return True
    return False


def _hosts(findings: Findings, mention: Mention, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether the place is the subject of a verb of hosting, before or after it («فاس تحتضن …»)."""
    words = findings.reading.scan.words
    at = mention.first
    if at and words[at - 1] in lists["nouns"]:
        at -= 1
    if at and words[at - 1] in lists["hosts"]:
        return True
    return mention.last < len(words) and words[mention.last] in lists["hosts"] and (at == 0 or words[at - 1] == "\n")


def _inside(findings: Findings) -> Draft | None:
    """The city or country that the main event bears in its name («مهرجان دبي السينمائي»)."""
    main = findings.made("events")[0]
    spans = set(main.spans)
    for mention, _ in findings.names("EVENT"):
        if mention.span in spans:
            found = _first_place(findings, mention.first, mention.last)
            if found is not None:
                return _venue(findings, [found], "rule:venue.name", 0.6)
    return None


def _first_place(findings: Findings, first: int, last: int) -> Found | None:
    """The first city, region or country that the lexicon has in a token range, which other names may cover."""
    scan = findings.reading.scan
    for t in range(first, last):
        if not scan.tokens[t].flags & _PLACE:
            continue
        phrase, lexeme = scan.phrases.get(t), scan.tokens[t].lexeme
        for end, known in ((0 if phrase is None else phrase.last, phrase), (t + 1, lexeme)):
            reading = None if known is None else known.sense("PLACE")
            if reading is not None and reading.sense.entry.kind in ("city", "region", "country"):
                return _made(findings, t, end, reading)
    return None


def _entry(findings: Findings, mention: Mention, value: NameValue) -> Entry | None:
    """Of cities with one name (طرابلس) the one whose country the text speaks of."""
    scan = findings.reading.scan
    phrase = scan.phrases.get(mention.first)
    lexeme = scan.tokens[mention.first].lexeme
    rows = [r.sense.entry for x in (phrase, lexeme) if x is not None for r in x.readings if r.sense.entry.label == "PLACE" and r.sense.entry.kind == value.kind]
    if value.kind != "city" or len({e.country for e in rows}) < 2:
        return value.entry
    spoken = Counter(i.fields["country_code"] for i in findings.made("institutions"))
    spoken.update(v.country for _, v in findings.names("PLACE") if v.kind == "country")
    for i in scan.where(_DEMONYM):
        adjective = scan.tokens[i].lexeme
        reading = None if adjective is None else adjective.sense("DEMONYM")
        if reading is not None:
            spoken[reading.sense.entry.country] += 1
    best = max(rows, key=lambda e: (spoken[e.country], e is value.entry))
    return best if spoken[best.country] else value.entry


def _venue(findings: Findings, found: list[Found], found_by: str, confidence: float) -> Draft:
    city = next((f for f in found if f[1].kind in ("city", "region")), None)
    country = next((v for _, v in found if v.kind == "country"), None)
    if city is None and len(found) > 1 and found[0][1].country == found[1][1].country:
        city, country = found[0], found[1][1]  # «تونس - الجمهورية التونسية»: the capital and the country
    if city is None and found_by == "rule:venue.dateline" and folded_word(found[0][0].text) in word_lists(KIND)["capitals"]:
        city, country = found[0], found[0][1]
    town = None if city is None else _entry(findings, *city)
    code = (town.country if town is not None and town.country else country.country if country is not None else "") or None
    place = town or (country.entry if country is not None else found[0][1].entry)
    return Draft(
        KIND,
        "",
        {
            "place": None,
            "city": None if city is None else city[1].name,
            "city_en": town.name_en or None if town is not None and town.kind != "country" else None,
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
