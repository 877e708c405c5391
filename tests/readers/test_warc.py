"""Web archives: each page once, under its address, with what it declares; the rest with a reason."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsextract.errors import ReadError
from newsextract.readers.dispatch import read_bytes
from newsextract.readers.port import Blob, Limits, ReadOptions, Skipped
from newsextract.readers.warc import read
from newsextract.source import Source

OPTIONS = ReadOptions()
PAGE = "<html><body><p>أعلنت الهيئة نتائج المسح</p></body></html>"
HTML = [("Content-Type", "text/html; charset=windows-1256")]


def archive(*records: tuple[str, str, str, list[tuple[str, str]], bytes], packed: bool = False) -> bytes:
    """A WARC file of records (type, address, status, HTTP headers, payload as sent)."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for of, address, status, headers, payload in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if of in {"response", "revisit"} else None
        kind = dict(headers).get("Content-Type", "")
        writer.write_record(writer.create_warc_record(address, of, payload=io.BytesIO(payload), http_headers=http, warc_content_type=kind))
    return buffer.getvalue()


def page(
    address: str = "http://example.org/a", payload: bytes = PAGE.encode("cp1256"), *more: tuple[str, str]
) -> tuple[str, str, str, list[tuple[str, str]], bytes]:
    return ("response", address, "200 OK", [*HTML, *more], payload)


def outcomes(data: bytes, options: ReadOptions = OPTIONS) -> list[Blob | ReadError | Skipped]:
    found: list[Blob | ReadError | Skipped] = []
    try:
        for member in read(Blob(data, "x.warc"), options):
            assert isinstance(member, (Blob, ReadError, Skipped))
            found.append(member)
    except ReadError as error:
        found.append(error)
    return found


def codes(data: bytes, options: ReadOptions = OPTIONS) -> list[str]:
    return ["ok" if isinstance(o, Blob) else o.code for o in outcomes(data, options)]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_become_members_with_what_they_declare(packed: bool) -> None:
    data = archive(page(), page("http://example.org/b?id=2", b"text"), packed=packed)
    for whole in (data, gzip.compress(data)) if not packed else (data,):
        assert outcomes(whole) == [
            Blob(PAGE.encode("cp1256"), "x.warc!/http://example.org/a", charset="windows-1256", media_type="text/html", depth=1),
            Blob(b"text", "x.warc!/http://example.org/b?id=2", charset="windows-1256", media_type="text/html", depth=1),
        ]


def test_what_is_no_page_is_passed_over_with_the_reason() -> None:
    data = archive(
        ("request", "http://example.org/a", "", [], b"GET / HTTP/1.1\r\n\r\n"),
        ("response", "http://example.org/gone", "404 Not Found", HTML, b"<p>no</p>"),
        ("response", "http://example.org/moved", "301 Moved", HTML, b""),
        ("response", "http://example.org/logo", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
        ("revisit", "http://example.org/again", "200 OK", HTML, b""),
        ("response", "dns:example.org", "200 OK", [("Content-Type", "text/dns")], b"1.2.3.4"),
        ("metadata", "http://example.org/a", "", [("Content-Type", "text/plain")], b"x"),
        page(),
        ("conversion", "http://example.org/c", "", [("Content-Type", "text/plain")], PAGE.encode()),
    )
    found = outcomes(data)
    assert [o.code if isinstance(o, (ReadError, Skipped)) else "ok" for o in found] == [
        "NO_PAGE",
        "NO_PAGE",
        "UNSUPPORTED_TYPE",
        "NO_PAGE",
        "NO_PAGE",
        "ok",
        "ok",
    ]
    assert [o.reason for o in found[:2] if isinstance(o, Skipped)] == ["is an HTTP response of status 404", "is an HTTP response of status 301"]


def test_payloads_come_out_of_chunks_and_packing() -> None:
    body = PAGE.encode("cp1256")
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (body[:10], body[10:])) + b"0\r\n\r\n"
    sent = gzip.compress(body)
    raw = zlib.compress(body)[2:-4]
    data = archive(
        page("http://example.org/1", chunked, ("Transfer-Encoding", "chunked")),
        page("http://example.org/2", body, ("Transfer-Encoding", "chunked")),
        page("http://example.org/3", sent, ("Content-Encoding", "gzip")),
        page("http://example.org/4", b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent), sent), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "Chunked")),
        page("http://example.org/5", zlib.compress(body), ("Content-Encoding", "deflate")),
        page("http://example.org/6", raw, ("Content-Encoding", "deflate")),
        page("http://example.org/7", body, ("Content-Encoding", "gzip")),
        page("http://example.org/8", body, ("Content-Encoding", "br")),
    )
    assert [o.data for o in outcomes(data) if isinstance(o, Blob)] == [body] * 8
    odd = archive(
        page("http://example.org/1", b"\x0b\x02\x80", ("Content-Encoding", "br")), page("http://example.org/2", sent[:-9], ("Content-Encoding", "gzip"))
    )
    assert codes(odd) == ["UNKNOWN_COMPRESSION", "CORRUPT"]


def test_names_are_data_and_unique() -> None:
    names = [o.name for o in outcomes(archive(page("http://e.org/أ\\b"), page(), page())) if isinstance(o, Blob)]
    assert names == ["x.warc!/http://e.org/أ\\\\b", "x.warc!/http://example.org/a", "x.warc!/http://example.org/a (2)"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_record_costs_only_itself(packed: bool) -> None:
    whole = archive(page("http://e.org/1"), page("http://e.org/2"), page("http://e.org/3"), packed=packed)
    starts = [i for i in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08" if packed else b"WARC/1.", i)]
    at = starts[2]
    broken = whole[:at] + b"\x1f\x8b\x08damaged!" + whole[at + 11 :] if packed else whole[:at] + b"WRONG" + whole[at + 5 :]
    assert codes(broken) == ["ok", "CORRUPT", "ok"]
    assert codes(whole[:-60])[:2] == ["ok", "ok"]
    assert codes(whole[:-60])[2:] == ["CORRUPT"]


def test_a_wrong_length_hides_no_record_behind_it() -> None:
    whole = archive(page("http://e.org/1"), page("http://e.org/2"), page("http://e.org/3"))
    at = whole.index(b"Content-Length: ", whole.index(b"http://e.org/1"))
    longer = whole[:at] + b"Content-Length: 9" + whole[at + 16 :]
    names = [o.name for o in outcomes(longer) if isinstance(o, Blob)]
    assert {"x.warc!/http://e.org/3"} <= set(names)
    assert "CORRUPT" in codes(longer)


@pytest.mark.parametrize("packed", [False, True])
def test_the_older_arc_format(packed: bool) -> None:
    version = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain %d\n%s\n" % (len(version), version)
    sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n" + PAGE.encode("cp1256")
    record = b"http://example.org/old 1.2.3.4 20010101000000 text/html %d\n%s\n" % (len(sent), sent)
    data = gzip.compress(head) + gzip.compress(record) if packed else head + record
    assert outcomes(data) == [Blob(PAGE.encode("cp1256"), "x.warc!/http://example.org/old", charset="windows-1256", media_type="text/html", depth=1)]


def test_what_is_no_archive_is_told() -> None:
    assert codes(b"plain text") == ["CORRUPT"]
    assert codes(gzip.compress(b"plain text")) == ["CORRUPT"]
    assert codes(gzip.compress(gzip.compress(archive(page())))) == ["CORRUPT"]


def test_bombs_stop_early() -> None:
    bomb = archive(page("http://e.org/1", gzip.compress(bytes(60_000_000)), ("Content-Encoding", "gzip")), page())
    outer = archive(page("http://e.org/1", bytes(60_000_000)), page(), packed=True)
    tracemalloc.start()
    try:
        assert codes(bomb) == ["ZIP_BOMB", "ok"]
        assert codes(outer) == ["ZIP_BOMB", "ok"]
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    small = replace(OPTIONS, limits=Limits(bytes=30))
    assert codes(archive(page()), small) == ["LIMIT"]
    assert codes(archive(page(), packed=True), small)[0] == "LIMIT"


def test_long_lines_take_linear_time() -> None:
    assert codes(b"WARC/1.0\r\nWARC-Type: " + b"x" * 20_000_000) == ["CORRUPT"]
    assert codes(b"WARC/1.0\r\n" + b"a: b\r\n" * 200_000 + b"\r\n") == ["CORRUPT"]


def test_the_whole_way_to_sources() -> None:
    found = list(read_bytes(Blob(archive(page("http://e.org/n.txt", PAGE.encode(), ("X", "y")), packed=True), "x.warc.gz")))
    assert [type(o) for o in found] == [Source]
    assert "أعلنت الهيئة نتائج المسح" in found[0].text  # type: ignore[union-attr]


SOUND = [archive(page(), page("http://e.org/b", gzip.compress(b"x" * 99), ("Content-Encoding", "gzip")), packed=p) for p in (False, True)]


@settings(max_examples=300, deadline=None)
@given(
    base=st.sampled_from(SOUND),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=4), st.integers(0, 6)), min_size=1, max_size=6),
)
def test_no_mutation_raises_anything_else(base: bytes, changes: list[tuple[float, bytes, int]]) -> None:
    data = base
    for place, inserted, removed in changes:
        at = int(place * len(data))
        data = data[:at] + inserted + data[at + removed :]
    names = [o.path if isinstance(o, ReadError) else o.name for o in outcomes(data)]
    assert len(names) == len(set(names))


def test_noise_ends() -> None:
    chance = random.Random(7)
    assert codes(b"\x1f\x8b\x08" + chance.randbytes(300_000) + b"\x1f\x8b\x08" * 5_000)
