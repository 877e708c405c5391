"""A record as a card: labels in English on the left, what was found on the right, evidence below it.

Arabic values are isolated (U+2068 … U+2069), so that a terminal that orders text from right to left turns each of them round by itself and leaves
labels, numbers and offsets where they are; nothing is drawn to their right. Controls in a document's text, those of direction among them, are shown
as signs and cannot act.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from newsextract.batch.sinks.lines import Json
from newsextract.batch.sinks.tables import Table, facts, layout

_AROUND: Final = 40
"""Characters of the text that are shown on either side of a piece of evidence."""
_COMMON: Final = frozenset({"id", "found_by", "confidence", "name", "field"})
_TOLD_BY_HEAD: Final = frozenset({"start", "end", "original"})
"""Fields of dates that their EDTF says already."""
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HEADS: Final = {
    "dates": ("edtf",),
    "counts": ("value", "upper", "lemma"),
    "money": ("value", "upper", "currency"),
    "percentages": ("value", "upper"),
    "delegations": ("of",),
}
"""The fields that a fact without a name is called by."""


def show_card(record: Json, text: str | None) -> None:
    """Prints the card of ``record`` on stdout, in colour on a terminal.

    Args:
        record: The record as it stands in JSON.
        text: The text that it was made from; evidence is then shown with what stands around it.
    """
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for line in card(record, text):
        console.print(line)


def card(record: Json, text: str | None) -> Iterator[Text]:
    """The lines of the card."""
    found = facts(record)
    called = {fact["id"]: fact.get("name") or fact["mentions"][0]["text"] for _, fact in found}
    yield Text(isolated(record["title"]["text"] if record["title"] else record["source"]["name"]), style="bold")
    for label, value in _head(record, called):
        yield Text.assemble((f"{label:>12}  ", "dim"), value)
    for table in layout().facts:
        rows = [fact for owner, fact in found if owner is table]
        if rows:
            yield Text(f"\n{table.name.replace('_', ' ')} ({len(rows)})", style="bold cyan")
        for fact in rows:
            yield from _fact(table, fact, called, text)


def _head(record: Json, called: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What stands above the facts: where the document comes from, and what there is one of."""
    source, venue = record["source"], record["venue"] or {}
    where = [venue[part] for part in ("place", "city", "country") if venue.get(part)]
    values: dict[str, str] = {
        "document": source["name"],
        "id": record["id"],
        "read as": f"{source['media_type']}, {source['encoding']}, {source['bytes']} bytes, {record['text']['characters']} characters",
        "published": record["published"] or "",
        "issuer": called.get(record["issuer"] or "", ""),
        "event": called.get((record["event"] or {}).get("id", ""), ""),
        "venue": "، ".join(where),
        "warnings": ", ".join(record["warnings"]),
    }
    yield from ((label, isolated(value)) for label, value in values.items() if value)


def _fact(table: Table, fact: Json, called: dict[str, str], text: str | None) -> Iterator[Text]:
    shown = {column.name: _shown(column.value(fact), called if column.refers else {}) for column in table.columns}
    heads = _HEADS.get(table.name, ()) if "name" not in fact else ("name",)
    head = " ".join(shown[name] for name in heads if shown[name])
    told = {*_COMMON, *heads, *(_TOLD_BY_HEAD if table.name == "dates" else ())}
    rest = [f"{name} {value}" for name, value in shown.items() if value and name not in told]
    yield Text.assemble("  ", (head, "bold"), ("  " + ", ".join(rest), ""), (f"  {fact['confidence']:.2f} {fact['found_by']}", "dim"))
    for mention in fact["mentions"]:
        yield _evidence(mention, text)


def _shown(value: Any, called: dict[str, str]) -> str:
    """A value as text, ids by their names; empty for nothing found."""
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "، ".join(isolated(called.get(one) or one) for one in value)
    if value is True:
        return "yes"
    return isolated(called.get(value) or value) if isinstance(value, str) else f"{value:,}"


def _evidence(mention: Json, text: str | None) -> Text:
    """One place of the text; where the text is at hand, between brackets and with what stands around it."""
    start, end = mention["start"], mention["end"]
    words = visible(mention["text"])
    place = (f"    {start}–{end}  \u2068", "dim")
    if text is None:
        return Text.assemble(place, (words, "green"), "\u2069")
    before, after = visible(text[max(0, start - _AROUND) : start]), visible(text[end : end + _AROUND])
    return Text.assemble(place, (before, "dim"), (f"⟦{words}⟧", "green"), (after, "dim"), "\u2069")


def isolated(value: str) -> str:
    """``value`` on one line, ordered by itself whatever stands beside it."""
    return f"\u2068{visible(value)}\u2069" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in value) else visible(value)


def visible(value: str) -> str:
    """``value`` on one line: line ends as spaces, controls as signs that cannot act."""
    return "".join(_sign(char) for char in value)


def _sign(char: str) -> str:
    if char in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    return "\ufffd" if char in _DIRECTION or unicodedata.category(char) in ("Cc", "Cs") else char
