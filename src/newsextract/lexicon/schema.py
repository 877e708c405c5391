"""One row of a lexicon.

Every lexicon file is a TSV with a header; its columns are fields of :class:`Entry`. ``docs/lexicons.md`` tells what each
label needs. A row is both the pattern (surface, aliases, inflected forms) and the value (id, number, code): there is no
second place where a word is spelt.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Literal

Label = Literal[
    "PLACE", "DEMONYM", "INSTITUTION", "INSTITUTION_HEAD", "EVENT_HEAD", "PROGRAMME_HEAD", "DOCUMENT_HEAD",
    "HONORIFIC", "TITLE", "GIVEN_NAME", "FAMILY_NAME", "NAME_PARTICLE", "NOUN", "VERB", "FUNCTION", "ADJECTIVE",
    "NUMERAL", "ORDINAL", "COMPARATOR", "PERCENT", "CURRENCY", "UNIT", "MONTH", "WEEKDAY", "DATE_WORD", "HOLIDAY",
    "HEADER", "TRIGGER", "DESIGNATOR", "EXPRESSION", "MASDAR", "SYLLABLE", "DIGITS", "MAYBE_GIVEN", "MAYBE_PLACE", "MAYBE_DATE",
]  # fmt: skip
"""The closed list of labels. The last four are no row's: ``DIGITS`` marks tokens of digits,
``MAYBE_GIVEN`` and ``MAYBE_PLACE`` words that are a given name or a place only in context,
``MAYBE_DATE`` the same for months, weekdays, feasts and date words."""

LABELS: Final[tuple[str, ...]] = Label.__args__  # type: ignore[attr-defined]  # typing has no public name for it
BIT: Final[dict[str, int]] = {label: 1 << i for i, label in enumerate(LABELS)}
"""Each label's bit in :attr:`Lexeme.flags`, so that the hot path asks with one ``&``."""

CLITICS: Final = frozenset({"conj", "prep", "art"})


@dataclass(slots=True, eq=False)
class Entry:
    """One lexicon row. Strings that are absent in the file are empty.

    Attributes:
        surface: The written form, properly spelt and undiacritised; matched after folding.
        label: What it is; one of :data:`LABELS`.
        id: Stable ASCII identifier, unique within its file.
        value: A number or code (a month's number, a currency's ISO 4217 code, a comparison).
        aliases: Further written forms, separated by `` | ``.
        name_en, acronym: English name, Latin acronym.
        kind, category: Finer classes, per label.
        country: ISO 3166-1 alpha-2.
        latitude, longitude: Decimal degrees, as text.
        wikidata: Q-identifier.
        lemma, plural, dual: Forms of a noun; ``plural`` and ``dual`` may hold several.
        gender, number: ``m``/``f``; ``sg``/``du``/``pl``.
        clitics: Subset of ``conj prep art``: the proclitics that the surface may carry.
        source: Where the fact comes from (``SOURCES.md``).
    """

    surface: str
    label: str
    id: str = ""
    value: str = ""
    aliases: str = ""
    name_en: str = ""
    acronym: str = ""
    kind: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    wikidata: str = ""
    lemma: str = ""
    plural: str = ""
    dual: str = ""
    gender: str = ""
    number: str = ""
    category: str = ""
    clitics: str = "conj prep"
    source: str = ""


COLUMNS: Final[tuple[str, ...]] = tuple(f.name for f in fields(Entry))
