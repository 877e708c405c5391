"""The record as a line of JSON, written from the drafts: the bytes of ``Record.model_dump_json()`` without a record being made.

Bulk corpora want the line alone; what pydantic would build, validate and walk over once more costs more than writing it.
``tests/test_json_lines.py`` holds the two ways to the same bytes.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.record.assemble import KINDS, first_span, issuer, number, title
from newsextract.record.model import SCHEMA, Event, ExtractorInfo, Fact, Venue, shown_number
from newsextract.source import Source

_Keys = tuple[tuple[str, str], ...]


def _keys(made: type[Any], written_apart: tuple[str, ...]) -> _Keys:
    """The fields of ``made`` but those ``written_apart``, in the order of the contract: ``(name, what is written before its value)``."""
    return tuple((field.name, f',"{field.name}":') for field in fields(made) if field.name not in written_apart)


_EVERY: Final = tuple(field.name for field in fields(Fact))
_LISTS: Final[tuple[tuple[str, str, _Keys], ...]] = tuple((kind, f',"{kind}":[', _keys(made, _EVERY)) for kind, _, made, _ in KINDS)
_EVENT: Final[_Keys] = _keys(Event, _EVERY)
_VENUE: Final[_Keys] = _keys(Venue, _EVERY)


class LineWriter:
    """Writes records as lines.

    Args:
        extractor: What made them (:class:`ExtractorInfo`).
    """

    __slots__ = ("_end",)

    def __init__(self, extractor: ExtractorInfo) -> None:
        self._end = f',"extractor":{extractor.model_dump_json()}}}'

    def line(self, source: Source, findings: Findings, content: bool) -> bytes:
        """The line of ``source``, in UTF-8 and without a newline.

        A lone surrogate, for which ``model_dump_json`` raises, is written as the escape that JSON has for it.

        Args:
            source: The document.
            findings: What was found in it.
            content: Whether the record carries the text itself.
        """
        number(findings)
        out: list[str] = []
        _head(out, source, findings, content)
        _main(out, findings, source.text)
        for kind, key, keys in _LISTS:
            _facts(out, key, findings.made(kind), source.text, keys)
        out.append(f',"warnings":{_list([*source.warnings, *findings.warnings])}{self._end}')
        return "".join(out).encode("utf-8", "backslashreplace")


def _head(out: list[str], source: Source, findings: Findings, content: bool) -> None:
    """What stands before the facts."""
    text = source.text
    out.append(
        f'{{"schema":"{SCHEMA}","id":"sha256:{source.sha256}","source":{{"name":{encode_basestring(source.name)},"uri":{as_json(source.uri)},'
        f'"media_type":{encode_basestring(source.media_type)},"encoding":{encode_basestring(source.encoding)},"bytes":{source.bytes},'
        f'"sha256":"{source.sha256}"}},"text":{{"characters":{len(text)},"sha256":"{source.text_sha256}",'
        f'"content":{encode_basestring(text) if content else "null"}}},"language":"ar","title":'
    )
    headline = title(findings, text)
    if headline is None:
        out.append("null")
    else:
        start, end = headline
        out.append(f'{{"text":{encode_basestring(text[start:end])},"start":{start},"end":{end}}}')
    out.append(f',"issuer":{as_json(issuer(findings))},"published":{as_json(findings.published)}')


def _main(out: list[str], findings: Findings, text: str) -> None:
    """The main event, the related ones and the venue."""
    events = findings.made("events")
    out.append(',"event":')
    if events:
        _fact(out, events[0], text, _EVENT)
    else:
        out.append("null")
    _facts(out, ',"related_events":[', sorted(events[1:], key=first_span), text, _EVENT)
    venues = findings.made("venue")
    if not venues:
        out.append(',"venue":null')
        return
    venue = venues[-1]
    values = venue.fields
    place = "".join([key + as_json(values[name]) for name, key in _VENUE])
    out.append(f',"venue":{{{place[1:]},{_found(venue, text)}}}')


def _facts(out: list[str], key: str, drafts: list[Draft], text: str, keys: _Keys) -> None:
    """A list of facts under its key."""
    out.append(key)
    comma = False
    for draft in drafts:
        if comma:
            out.append(",")
        comma = True
        _fact(out, draft, text, keys)
    out.append("]")


def _fact(out: list[str], draft: Draft, text: str, keys: _Keys) -> None:
    out.append(f'{{"id":"{draft.id}",{_found(draft, text)}')
    values = draft.fields
    for name, key in keys:
        out.append(key)
        out.append(as_json(values[name]))
    out.append("}")


def _found(draft: Draft, text: str) -> str:
    """What found the fact, how sure that is, and its evidence."""
    mentions = ",".join([f'{{"start":{s.start},"end":{s.end},"text":{encode_basestring(text[s.start : s.end])}}}' for s in draft.spans])
    return f'"found_by":{encode_basestring(draft.found_by)},"confidence":{_float(draft.confidence)},"mentions":[{mentions}]'


def as_json(value: object) -> str:
    """A field as JSON; a draft is its id."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Draft):
        return f'"{value.id}"'
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, Decimal):
        return as_json(shown_number(value))
    if isinstance(value, dict):
        return "{" + ",".join([f"{encode_basestring(key)}:{as_json(inner)}" for key, inner in value.items()]) + "}"
    raise TypeError(f"a field holds a {type(value).__name__}, which no record has")


def _list(values: list[Any]) -> str:
    return "[" + ",".join([as_json(value) for value in values]) + "]" if values else "[]"


def _float(value: float) -> str:
    """A float as pydantic writes it: the shortest digits, an exponent only above 10¹⁶ and below 10⁻⁵, without a leading zero."""
    written = repr(value)
    if "e" in written:
        digits, _, exponent = written.partition("e")
        if exponent == "-05":
            return format(Decimal(written), "f")
        return f"{digits}e{exponent[0]}{exponent[1:].lstrip('0')}"
    return written if value - value == 0 else "null"
