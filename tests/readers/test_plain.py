"""Plain text and Markdown."""

from __future__ import annotations

import pytest
from releases import TEXT

from newsextract import ReadError
from newsextract.readers.dispatch import read_document
from newsextract.readers.port import Blob, ReadOptions


@pytest.mark.parametrize(
    ("name", "media_type"), [("a.txt", "text/plain"), ("A.TXT", "text/plain"), ("a.text", "text/plain"), ("a.md", "text/markdown"), ("a", "text/plain")]
)
def test_the_text_is_taken_as_it_stands(name: str, media_type: str) -> None:
    source = read_document(Blob(TEXT.encode(), name))
    assert (source.text, source.media_type, source.encoding, source.bytes) == (TEXT, media_type, "utf-8", len(TEXT.encode()))


def test_lines_that_end_with_a_carriage_return_alone_are_lines() -> None:
    assert read_document(Blob(TEXT.replace("\n", "\r").encode("mac-arabic"), "a.txt")).text.replace("\xa0", " ") == TEXT
    windows = TEXT.replace("\n", "\r\n")
    assert read_document(Blob(windows.encode(), "a.txt")).text == windows


def test_the_user_s_encoding_reaches_the_reader() -> None:
    data = TEXT.encode("cp1256")
    assert read_document(Blob(data, "a.txt"), options=ReadOptions(encoding="cp1256")).warnings == ()
    with pytest.raises(ReadError) as caught:
        read_document(Blob(data, "a.txt"), options=ReadOptions(encoding="utf-8"))
    assert caught.value.code == "BAD_ENCODING"


@pytest.mark.parametrize("data", [b"", b"\n", "\u200f\ufeff \u00a0\u200b\n".encode(), b"\x00\x00\x00"])
def test_nothing_visible_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(Blob(data, "a.txt"))
    assert caught.value.code in {"EMPTY", "BINARY"}


def test_text_that_may_be_shown_otherwise_than_it_is_read_is_told() -> None:
    assert read_document(Blob(f"\u202e{TEXT}".encode(), "a.txt")).warnings == ("BIDI_CONTROL",)
    assert read_document(Blob(f"\u200f{TEXT}".encode(), "a.txt")).warnings == ()
