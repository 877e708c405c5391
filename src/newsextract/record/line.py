"""The record as a line of JSON, written from the drafts: the bytes of ``Record.model_dump_json()`` without a record being made.

Bulk corpora want the line alone; what pydantic would build, validate and walk over once more costs more than writing it. The line is put
together from pieces of UTF-8: most of it is keys and words that come again, which are encoded once. ``tests/test_json_lines.py`` holds the
two ways to the same bytes.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final, final

from newsextract.facts.draft import Draft, Findings
from newsextract.record.assemble import KINDS, first_span, issuer, number, title
from newsextract.record.model import SCHEMA, Event, ExtractorInfo, Fact, Venue, shown_number
from newsextract.record.pieces import Quoted, end_piece, floating, quoted, start_piece, utf8
from newsextract.source import Source
from newsextract.values.edtf import iso


@final
class _Key:
    """A field of the contract: what is written before a value, and what is written for a string, an empty list, and for no value."""

    __slots__ = ("before", "empty", "null", "quoted")

    def __init__(self, name: str) -> None:
        self.quoted = Quoted(f',"{name}":')
        self.before = f',"{name}":'.encode()
        self.null = f',"{name}":null'.encode()
        self.empty = f',"{name}":[]'.encode()


def _keys(made: type[Any]) -> list[_Key]:
    """The fields of ``made`` that not every fact has, in the order of the contract."""
    every = [field.name for field in fields(Fact)]
    return [_Key(field.name) for field in fields(made) if field.name not in every]


_LISTS: Final = [(kind, f',"{kind}":['.encode(), _keys(made)) for kind, _, made, _ in KINDS]
_EVENT: Final = _keys(Event)
_VENUE: Final = _keys(Venue)
_BEGIN: Final = f'{{"schema":"{SCHEMA}","id":"sha256:'.encode()
_ID: Final = Quoted('{"id":', ',"found_by":')
_FINDER: Final = Quoted("", ',"confidence":')
_TEXT: Final = Quoted()


class LineWriter:
    """Writes records as lines.

    Args:
        extractor: What made them (:class:`ExtractorInfo`).
    """

    __slots__ = ("_end",)

    def __init__(self, extractor: ExtractorInfo) -> None:
        self._end = utf8(f',"extractor":{extractor.model_dump_json()}}}')

    def line(self, source: Source, findings: Findings, content: bool) -> bytes:
        """The line of ``source``, in UTF-8 and without a newline.

        A lone surrogate, for which ``model_dump_json`` raises, is written as the escape that JSON has for it.

        Args:
            source: The document.
            findings: What was found in it.
            content: Whether the record carries the text itself.
        """
        number(findings)
        out: list[bytes] = []
        _head(out, source, findings, content)
        _main(out, findings, source.text)
        for kind, key, keys in _LISTS:
            _facts(out, key, findings.made(kind), source.text, keys)
        out.append(b',"warnings":')
        out.append(_list([*source.warnings, *findings.warnings]))
        out.append(self._end)
        return b"".join(out)


def _head(out: list[bytes], source: Source, findings: Findings, content: bool) -> None:
    """What stands before the facts."""
    text = source.text
    digest = utf8(source.sha256)
    out += [
        _BEGIN, digest, b'","source":{"name":', quoted(source.name), b',"uri":', as_json(source.uri), b',"media_type":', quoted(source.media_type),
        b',"encoding":', quoted(source.encoding), b',"bytes":', str(source.bytes).encode(), b',"sha256":"', digest, b'"},"text":{"characters":',
        str(len(text)).encode(), b',"sha256":"', utf8(source.text_sha256), b'","content":', quoted(text) if content else b"null",
        b'},"language":"ar","title":',
    ]  # fmt: skip
    headline = title(findings, text)
    if headline is None:
        out.append(b"null")
    else:
        start, end = headline
        out += [b'{"text":', quoted(text[start:end]), utf8(f',"start":{start},"end":{end}}}')]
    out.append(b',"issuer":')
    out.append(as_json(issuer(findings)))
    out.append(b',"published":')
    out.append(as_json(findings.published))


def _main(out: list[bytes], findings: Findings, text: str) -> None:
    """The main event, the related ones and the venue."""
    events = findings.made("events")
    out.append(b',"event":')
    if events:
        _fact(out, events[0], text, _EVENT)
    else:
        out.append(b"null")
    _facts(out, b',"related_events":[', sorted(events[1:], key=first_span), text, _EVENT)
    venues = findings.made("venue")
    if not venues:
        out.append(b',"venue":null')
        return
    venue = venues[-1]
    out.append(b',"venue":{')
    first = len(out)
    _fields(out, venue.fields, _VENUE)
    out[first] = out[first][1:]
    out.append(b',"found_by":')
    _found(out, venue, text)
    out.append(b"}")


def _facts(out: list[bytes], key: bytes, drafts: list[Draft], text: str, keys: list[_Key]) -> None:
    """A list of facts under its key."""
    out.append(key)
    comma = False
    for draft in drafts:
        if comma:
            out.append(b",")
        comma = True
        _fact(out, draft, text, keys)
    out.append(b"]")


def _fact(out: list[bytes], draft: Draft, text: str, keys: list[_Key]) -> None:
    out.append(_ID.of(draft.id))
    _found(out, draft, text)
    _fields(out, draft.fields, keys)
    out.append(b"}")


def _found(out: list[bytes], draft: Draft, text: str) -> None:
    """What found the fact, how sure that is, and its evidence."""
    out.append(_FINDER.of(draft.found_by))
    out.append(floating(draft.confidence))
    before = b',"mentions":[{"start":'
    for span in draft.spans:
        out.append(before)
        out.append(start_piece(span.start))
        out.append(end_piece(span.end))
        out.append(_TEXT.of(text[span.start : span.end]))
        before = b'},{"start":'
    out.append(b"}]")


def _fields(out: list[bytes], values: dict[str, Any], keys: list[_Key]) -> None:
    """The fields of one fact, which are made in the order of the contract, each with a comma before it."""
    for at, value in enumerate(values.values()):
        key = keys[at]
        if value is None:
            out.append(key.null)
        elif isinstance(value, str):
            out.append(key.quoted.of(value))
        elif isinstance(value, list) and not value:
            out.append(key.empty)
        else:
            out.append(key.before)
            out.append(as_json(value))


def as_json(value: object) -> bytes:
    """A field as JSON; a draft is its id."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return b"null"
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return str(value).encode()
    if isinstance(value, Draft):
        return quoted(value.id)
    if isinstance(value, float):
        return floating(value)
    if isinstance(value, date):
        return quoted(iso(value))
    if isinstance(value, Decimal):
        return as_json(shown_number(value))
    if isinstance(value, dict):
        return b"{" + b",".join([quoted(key) + b":" + as_json(inner) for key, inner in value.items()]) + b"}"
    raise TypeError(f"a field holds a {type(value).__name__}, which no record has")


def _list(values: list[Any]) -> bytes:
    return b"[" + b",".join([as_json(value) for value in values]) + b"]" if values else b"[]"
