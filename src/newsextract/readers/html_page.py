"""What a page says of its release: the title and the day it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, Final

from lxml.html import HtmlElement

_DAY: Final = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DATE_NAMES: Final = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
"""Names and properties of ``meta`` elements that declare the day of publication, the surest first."""
_TITLE_NAMES: Final = ("og:title", "headline", "dc.title", "twitter:title")
_LINKED_DATA_MOST: Final = 200_000
_SITE_NAME: Final = re.compile(r"\s+(?:[|\u00bb\u2013\u2014\u2022:-]|::)\s+")
_HEADINGS: Final = ("h1", "h2", "h3")
_HEADINGS_MOST: Final = 100
_TITLE_MOST: Final = 2000
_LEAST_WORDS: Final = 3
"""A title in ``<title>`` alone must have so many words: «أخبار» is none."""


def words(text: str) -> list[str]:
    """The words of ``text`` as far as two titles must agree in them."""
    return re.findall(r"\w+", text)


def title_of(root: HtmlElement, lines: list[str]) -> str:
    """The release's title: the longest heading that the page's declared title repeats, the first main heading, or the declared title itself.

    Args:
        root: The page, without what it does not show.
        lines: Its main text.

    Returns:
        The title in one line; empty if the page has none.
    """
    declared = list(_declared_titles(root))
    headings = {tag: [h for e in islice(root.iter(tag), _HEADINGS_MOST) if (h := _one_line("".join(e.itertext())))] for tag in _HEADINGS}
    echoed = [h for tag in _HEADINGS for h in headings[tag] if len(words(h)) >= 2 and any(_holds(d, h) for d in declared)]
    if echoed:
        return max(echoed, key=len)
    shown = {tuple(words(line)) for line in lines}
    for heading in headings["h1"]:
        if tuple(words(heading)) in shown or len(headings["h1"]) == 1:
            return heading
    parts = [part for d in declared for part in _SITE_NAME.split(d)[:1] if len(words(part)) >= _LEAST_WORDS]
    return parts[0] if parts else ""


def declared_date(root: HtmlElement) -> date | None:
    """The day that the page declares in its metadata; never one that merely stands in its text."""
    metas = _metas(root)
    for text in (*(metas[name] for name in _DATE_NAMES if name in metas), *_linked_data_dates(root), *_marked_times(root)):
        day = _day(text)
        if day is not None:
            return day
    return None


def _holds(declared: str, heading: str) -> bool:
    return f" {' '.join(words(heading))} " in f" {' '.join(words(declared))} "


def _declared_titles(root: HtmlElement) -> Iterator[str]:
    metas = _metas(root)
    yield from (t for name in _TITLE_NAMES if (t := _one_line(metas.get(name, ""))))
    for element in root.iter("title"):
        yield _one_line("".join(element.itertext()))
        return


def _metas(root: HtmlElement) -> dict[str, str]:
    """The first content of each ``meta`` by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(name.lower(), element.get("content") or "")
    return found


def _marked_times(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("time", "span", "div", "abbr"):
        if "pubdate" in element.attrib or element.get("itemprop", "").lower() == "datepublished":
            yield element.get("datetime") or element.get("content") or "".join(element.itertext())
    times = list(root.iter("time"))
    if len(times) == 1:  # several are those of other releases, or of comments
        yield times[0].get("datetime") or ""


def _linked_data_dates(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("script"):
        if element.get("type", "").lower() == "application/ld+json":
            try:
                yield from _dates_in(json.loads((element.text or "")[:_LINKED_DATA_MOST]))
            except (ValueError, RecursionError):
                continue


def _dates_in(data: Any) -> Iterator[str]:
    """``datePublished`` of an object, of a list of them, or of a graph."""
    if isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
        data = data.get("@graph")
    if isinstance(data, list):
        yield from (item["datePublished"] for item in data if isinstance(item, dict) and isinstance(item.get("datePublished"), str))


def _day(text: str) -> date | None:
    found = _DAY.search(text[:100])
    try:
        day = date(*map(int, found.groups())) if found else parsedate_to_datetime(text[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if 1900 <= day.year <= 2100 else None


def _one_line(text: str) -> str:
    return " ".join(text[:_TITLE_MOST].split())
