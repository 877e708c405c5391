"""The public contract: what one press release becomes.

Every list is present, every missing single value is ``null``. All ``start`` and ``end`` of mentions are code points of the
document's text as extracted, end-exclusive, and ``text`` is that slice to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

SCHEMA: Final = "newsextract/record/1"

Comparison = Literal["exact", "more_than", "at_least", "less_than", "at_most", "about", "between"]
Precision = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade", "century"]
Tier = Literal["fast", "full"]
EventKind = Literal["conference", "session", "meeting", "workshop", "training", "forum", "exhibition", "visit", "ceremony", "signing", "campaign", "other"]
CountCategory = Literal["person", "event", "document", "country", "organisation", "money", "time", "measure", "other"]
DateRole = Literal["event", "related_event", "published", "deadline", "historical", "other"]
InstitutionRole = Literal["issuer", "organiser", "host", "participant", "partner", "mentioned"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


def shown_number(value: int | Decimal) -> int | float:
    """What JSON shows of an exact number: an integer where it is one."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[int | Decimal, PlainSerializer(shown_number, return_type=int | float, when_used="json")]
"""An exact number: an integer, or a decimal written in full."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(slots=True)
class Evidence:
    """One place of the text: ``text == document[start:end]``, offsets in code points, end-exclusive.

    A slotted dataclass, as the facts are: the extractor makes them by the dozen, and pydantic takes them as they are. What comes from
    elsewhere (``model_validate``, ``model_validate_json``) is validated in full.
    """

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(min_length=1)]


@dataclass(slots=True)
class Fact:
    """What every fact carries: a stable id, its evidence, what found it, and how sure that is."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    found_by: str
    confidence: Confidence
    mentions: Annotated[list[Evidence], Field(min_length=1)]


class SourceInfo(_Model):
    """Where the document came from."""

    name: str
    uri: str | None
    media_type: str
    encoding: str
    bytes: int
    sha256: str


class TextInfo(_Model):
    """The extracted text: its length in code points, its hash, and the text itself only when asked for."""

    characters: int
    sha256: str
    content: str | None


class Title(_Model):
    """The headline as written, with its place."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Event(Fact):
    """An event; ``name`` leaves out the session («الدورة السادسة»), which is ``ordinal``."""

    name: str
    kind: EventKind
    name_en: str | None
    acronym: str | None
    aliases: list[str]
    ordinal: int | None
    theme: str | None
    start: date | None
    end: date | None
    edtf: str | None
    organisers: list[str]
    participants: list[str]


@dataclass(slots=True)
class Venue:
    """Where the main event took place."""

    place: str | None
    city: str | None
    city_en: str | None
    country: str | None
    country_en: str | None
    country_code: str | None
    latitude: float | None
    longitude: float | None
    found_by: str
    confidence: Confidence
    mentions: Annotated[list[Evidence], Field(min_length=1)]


@dataclass(slots=True)
class DateFact(Fact):
    """A day or a longer stretch, both ends inclusive."""

    start: date
    end: date
    precision: Precision
    calendar: Literal["gregorian", "hijri"]
    original: dict[str, Any]
    edtf: str
    approximate: bool
    relative: bool
    role: DateRole


@dataclass(slots=True)
class Place(Fact):
    """A named place."""

    name: str
    name_en: str | None
    kind: Literal["country", "city", "region", "other"]
    country_code: str | None
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Person(Fact):
    """A named person; the honorific is not part of the name."""

    name: str
    honorific: str | None
    role: str | None
    affiliation: str | None
    aliases: list[str]


@dataclass(slots=True)
class Delegation(Fact):
    """A group that represents somebody."""

    of: str | None
    head: str | None
    members: list[str]


@dataclass(slots=True)
class Institution(Fact):
    """A named body."""

    name: str
    canonical: str | None
    name_en: str | None
    acronym: str | None
    aliases: list[str]
    kind: str
    wikidata: str | None
    country_code: str | None
    roles: list[InstitutionRole]


@dataclass(slots=True)
class Programme(Fact):
    """A named programme, network, strategy, fund, award or initiative."""

    name: str
    acronym: str | None
    kind: str


@dataclass(slots=True)
class Document(Fact):
    """A named report, resolution, declaration or agreement."""

    name: str
    kind: str
    edition: str | None


@dataclass(slots=True)
class Count(Fact):
    """A cardinal number with the noun that it counts."""

    value: Number
    upper: Number | None
    comparison: Comparison
    noun: str
    lemma: str
    qualifier: str | None
    category: CountCategory


@dataclass(slots=True)
class Money(Fact):
    """An amount of money; ``currency`` is ISO 4217, null where nothing decides."""

    value: Number
    upper: Number | None
    comparison: Comparison
    currency: str | None


@dataclass(slots=True)
class Percentage(Fact):
    """12.5 for «12.5%»."""

    value: Number
    upper: Number | None
    comparison: Comparison
    of: str | None


class ExtractorInfo(_Model):
    """What made the record. ``seconds`` is null unless timing was asked for: a clock would make equal runs differ."""

    version: str
    tier: Tier
    lexicon: str
    model: str | None
    seconds: float | None


class Record(_Model):
    """One press release as a structured record (``newsextract/record/1``)."""

    schema_: Annotated[Literal["newsextract/record/1"], Field(alias="schema")] = SCHEMA
    id: str
    source: SourceInfo
    text: TextInfo
    language: str
    title: Title | None
    issuer: str | None
    published: date | None
    event: Event | None
    related_events: list[Event]
    venue: Venue | None
    dates: list[DateFact]
    places: list[Place]
    people: list[Person]
    delegations: list[Delegation]
    institutions: list[Institution]
    programmes: list[Programme]
    documents: list[Document]
    counts: list[Count]
    money: list[Money]
    percentages: list[Percentage]
    warnings: list[str]
    extractor: ExtractorInfo

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        serialize_by_alias=True,
        validate_by_name=True,
        validate_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


def json_schema() -> dict[str, Any]:
    """The contract as JSON Schema, draft 2020-12."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema(mode="serialization")}
