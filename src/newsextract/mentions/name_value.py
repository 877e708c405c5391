"""What a named thing's mention means."""

from __future__ import annotations

from typing import Any

from newsextract.lexicon.schema import Entry
from newsextract.span import Span


class NameValue:
    """A name: of a person, institution, place, event, programme or document.

    Attributes:
        name: The name, in the source's own letters, without proclitics («المنظمة» for «للمنظمة»).
        key: The folded name, for linking.
        kind: Finer class (``ministry``, ``conference``, ``city``, …), empty if unknown.
        entry: The lexicon entry behind it, if there is one.
        acronym, acronym_span: Bracketed short form that follows, and its place.
        honorific, honorific_span: «معالي السيدة», for persons.
        role: «وزير العمل», for persons.
        ordinal: The session, for events.
        theme: The text of the theme, for events.
        country: ISO 3166-1 alpha-2.
        lead: First token of the honorific or title before the name; -1 for none.
    """

    __slots__ = ("acronym", "acronym_span", "country", "entry", "honorific", "honorific_span", "key", "kind", "lead", "name", "ordinal", "role", "theme")

    def __init__(
        self,
        name: str,
        key: str,
        kind: str = "",
        entry: Entry | None = None,
        acronym: str = "",
        acronym_span: Span | None = None,
        honorific: str = "",
        honorific_span: Span | None = None,
        role: str = "",
        ordinal: int | None = None,
        theme: str = "",
        country: str = "",
        lead: int = -1,
    ) -> None:
        self.name = name
        self.key = key
        self.kind = kind
        self.entry = entry
        self.acronym = acronym
        self.acronym_span = acronym_span
        self.honorific = honorific
        self.honorific_span = honorific_span
        self.role = role
        self.ordinal = ordinal
        self.theme = theme
        self.country = country
        self.lead = lead

    def renamed(self, name: str, key: str, kind: str) -> NameValue:
        """The same thing under another name."""
        return NameValue(
            name, key, kind, self.entry, self.acronym, self.acronym_span, self.honorific, self.honorific_span, self.role, self.ordinal, self.theme,
            self.country, self.lead,
        )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        """``name``, and those of id, kind, acronym, honorific, ordinal, theme, country_code that apply."""
        out: dict[str, Any] = {"name": self.name}
        if self.entry is not None and self.entry.id:
            out["id"] = self.entry.id
        told = (
            ("kind", self.kind),
            ("honorific", self.honorific),
            ("role", self.role),
            ("acronym", self.acronym),
            ("country_code", self.country),
            ("theme", self.theme),
        )
        out.update({key: value for key, value in told if value})
        if self.ordinal is not None:
            out["ordinal"] = self.ordinal
        return out
