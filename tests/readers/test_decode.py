"""Encodings: which one is found, how surely, what is repaired, and what is refused."""

from __future__ import annotations

import codecs
import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import BODY, ENCODINGS, TEXT, TITLE

from conftest import ROOT, load_script
from newsextract import ReadError, Source
from newsextract.readers.arabic_letters import FOLLOWERS
from newsextract.readers.code_pages import text_codec
from newsextract.readers.decode import decode
from newsextract.readers.dispatch import read_document
from newsextract.readers.mojibake import repaired
from newsextract.readers.port import Blob

CODE_PAGES = ("cp1256", "iso-8859-6", "cp720", "mac-arabic")


def read(data: bytes) -> Source:
    return read_document(Blob(data, "a.txt"))


def code(data: bytes, **options: str) -> str:
    with pytest.raises(ReadError) as caught:
        decode(data, "a.txt", **options)
    return caught.value.code


# --- which encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_arabic_gives_the_same_text(encoding: str) -> None:
    found = decode(TEXT.encode(encoding), "a.txt")
    assert found.text.replace("\xa0", " ") == TEXT
    assert codecs.lookup(found.encoding).name in codecs.lookup(encoding).name.replace("utf-8-sig", "utf-8") + "-le"
    assert ("GUESSED_ENCODING" in found.warnings) == (encoding in CODE_PAGES or encoding.endswith(("-le", "-be")))


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize(("length", "most_wrong"), [(30, 2), (60, 0), (200, 0)])
def test_a_few_words_are_enough(encoding: str, length: int, most_wrong: int, press: list[str]) -> None:
    """A slice of any release is read rightly, or refused where it is too short to tell; given as other text hardly ever."""
    chance = random.Random(length)
    right, wrong, tried = 0, [], 0
    for _ in range(150):
        text = chance.choice(press)
        start = chance.randrange(max(1, len(text) - length))
        data = text[start : start + length].encode(encoding, "ignore")
        wanted = data.decode(encoding)
        if sum("\u0621" <= c <= "\u064a" for c in wanted) < length // 2:
            continue
        tried += 1
        with contextlib.suppress(ReadError):
            found = decode(data, "a.txt").text
            same = found.replace("\xa0", " ") == wanted.replace("\xa0", " ")
            right += same
            wrong += [] if same else [(wanted, found)]
    assert tried > 100
    assert right >= 0.9 * tried
    assert len(wrong) <= most_wrong, wrong


def test_little_arabic_among_much_english_or_french_is_found() -> None:
    english = "The ministry of tourism said that the season would start in December. " * 40
    data = (english + TITLE + english).encode("cp1256")
    assert decode(data, "a.txt").text == english + TITLE + english
    french = "Communiqué de presse : l'été à Nizwa, où la société a été créée. " * 5
    assert decode((french + BODY[0]).encode("cp1256"), "a.txt").text == french + BODY[0]


def test_the_letters_are_those_of_the_project_s_corpus() -> None:
    """The table need not be made anew with each text that is added: hardly a pair of letters costs more than a bit less or more than now."""
    script = load_script(ROOT / "scripts" / "generate_letters.py")
    now = script.rows([p.read_text("utf-8") for p in sorted((ROOT / "corpora" / "press").glob("*.txt"))])
    costs = {(first, row[i]): int(row[i + 1]) for first, row in now.items() for i in range(0, len(row), 2)}
    kept = {(first, row[i]): int(row[i + 1]) for first, row in FOLLOWERS.items() for i in range(0, len(row), 2)}
    common = [pair for pair, bits in costs.items() if bits <= 7]
    assert len(common) > 400
    assert sum(abs(kept.get(pair, 10) - costs[pair]) > 1 for pair in common) <= 0.02 * len(common)


# --- damage


def test_utf_8_with_a_few_bad_bytes_stays_utf_8() -> None:
    data = bytearray((TEXT * 3).encode())
    for place in (40, 200, 500):
        data[place : place + 1] = b"\xff"
    found = decode(bytes(data), "a.txt")
    assert (found.encoding, found.warnings) == ("utf-8", ("DECODE_LOSSY",))
    assert BODY[2] in found.text


def test_utf_8_that_is_cut_within_a_character_stays_utf_8() -> None:
    found = decode(TITLE.encode()[:-1], "a.txt")
    assert (found.text[:-1], found.encoding, found.warnings) == (TITLE[:-1], "utf-8", ("DECODE_LOSSY",))


def test_overlong_utf_8_is_no_character() -> None:
    text = read(TEXT.encode() + b"\xc0\xbcscript\xc0\xbe").text
    assert "<script" not in text
    assert "\ufffd" in text


def test_lone_surrogates_and_bytes_to_spare_do_not_reach_the_record() -> None:
    source = read(codecs.BOM_UTF16_LE + TITLE.encode("utf-16-le") + b"\x00\xd8" + BODY[0].encode("utf-16-le") + b"\x41")
    assert source.warnings == ("DECODE_LOSSY",)
    source.text.encode()
    assert TITLE in source.text
    assert BODY[0] in source.text


def test_text_behind_a_nul_is_kept() -> None:
    assert BODY[1] in read((TITLE + "\n\x00\n" + BODY[1]).encode()).text


def test_a_mark_that_lies_is_not_believed() -> None:
    assert decode(codecs.BOM_UTF16_LE + TEXT.encode(), "a.txt").text == TEXT
    assert decode(codecs.BOM_UTF8 + TEXT.encode("cp1256"), "a.txt").text == TEXT


def test_lines_of_two_encodings_are_each_read_as_what_they_are() -> None:
    found = decode(f"{TITLE}\n".encode() + f"{BODY[0]}\n{BODY[1]}\n".encode("cp1256") + f"{BODY[2]}\n".encode(), "a.txt")
    assert found.text == TEXT
    assert "MIXED_ENCODING" in found.warnings


# --- what is declared or named


@pytest.mark.parametrize(
    "name", ["zlib", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "rot13", "hex", "no-such", "a" * 500, "é", ""]
)
def test_names_that_are_no_encodings_of_text_are_ignored(name: str) -> None:
    assert text_codec(name) is None
    assert decode(TEXT.encode(), "a.txt", declared=name).text == TEXT
    assert decode(TEXT.encode("cp1256"), "a.txt", declared=name).text == TEXT


@pytest.mark.parametrize(
    ("true", "declared"), [("cp1256", "utf-8"), ("utf-8", "windows-1256"), ("cp1256", "iso-8859-1"), ("iso-8859-6", "cp1256"), ("cp720", "cp1256")]
)
def test_a_declaration_that_does_not_fit_is_overruled(true: str, declared: str) -> None:
    assert decode(TEXT.encode(true), "a.txt", declared=declared).text == TEXT


def test_a_declaration_that_fits_is_no_guess() -> None:
    assert decode(TEXT.encode("cp1256"), "a.txt", declared="windows-1256").warnings == ()
    assert "DECLARED_ENCODING_WRONG" in decode(TEXT.encode("iso-8859-6"), "a.txt", declared="windows-1256").warnings


def test_a_declaration_is_believed_for_other_languages() -> None:
    hebrew = "משרד התיירות הודיע על פתיחת עונת החורף"
    assert decode(hebrew.encode("cp1255"), "a.txt", declared="cp1255").text == hebrew
    japanese = "観光庁は冬のシーズンを発表した"
    assert decode(japanese.encode("iso-2022-jp"), "a.txt", declared="iso-2022-jp").text == japanese


def test_latin_text_whose_bytes_mean_the_same_in_both_windows_pages_is_read() -> None:
    for text in (
        "The ministry\u2019s \u201cwinter season\u201d \u2013 42 firms\u00a0\u2026",
        "La société a été créée à Nizwa ; l'hôtel « Oasis » reçoit 42 élèves.",
    ):
        assert decode(text.encode("cp1252"), "a.txt").text == text
        assert decode(text.encode("cp1252"), "a.txt", declared="iso-8859-1") == (text, "cp1252", ())


def test_the_user_s_word_overrides_all_and_must_fit() -> None:
    data = TEXT.encode("cp1256")
    assert decode(data, "a.txt", encoding="windows-1256", declared="utf-8").text == TEXT
    assert code(data, encoding="utf-8") == "BAD_ENCODING"
    assert code(data, encoding="zlib") == "BAD_ENCODING"


def test_utf_7_is_read_only_if_declared_or_named() -> None:
    data = TEXT.encode("utf-7")
    assert code(data) == "UNDECIDED_ENCODING"
    assert decode(data, "a.txt", declared="utf-7").text == TEXT
    assert decode(data, "a.txt", encoding="utf-7").text == TEXT


# --- what is refused


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)) * 20, b"\xff" * 100, "Größe über alles, schöne Grüße".encode("cp1252"), random.Random(5).randbytes(500)]
)
def test_what_gives_no_arabic_is_refused_rather_than_guessed(data: bytes) -> None:
    assert code(data) == "UNDECIDED_ENCODING"


def test_letters_lost_to_question_marks_are_no_text() -> None:
    lost = "".join("?" if c.isalpha() else c for c in TEXT)
    with pytest.raises(ReadError) as caught:
        read(lost.encode())
    assert caught.value.code == "NO_TEXT"
    assert read("ماذا بعد؟؟ ماذا؟ What??? Why?".encode()).text


# --- mojibake


def misread(text: str, was: str, read_as: str) -> str:
    """``text`` as a program shows it that takes it for ``read_as``; undefined bytes as browsers have them."""
    return "".join(bytes([b]).decode(read_as, "ignore") or chr(b) for b in text.encode(was))


@pytest.mark.parametrize(("was", "read_as"), [("utf-8", "cp1256"), ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("cp1256", "cp1252"), ("cp1256", "latin-1")])
def test_text_saved_under_a_wrong_encoding_is_put_right(was: str, read_as: str) -> None:
    wrong = misread(TEXT, was, read_as)
    source = read(wrong.encode())
    assert source.text == TEXT
    assert "REPAIRED_MOJIBAKE" in source.warnings
    partly = f"{TITLE}\n{misread(BODY[0], was, read_as)}\n"
    assert read(partly.encode()).text == f"{TITLE}\n{BODY[0]}\n"


@pytest.mark.parametrize(
    "text", ["République française, à l'été", "ÀÉÈÇ ÇA VA", "Größe, Ä Ö Ü", "وظ§ طاولة", "خط، ضبط؛ حفاظ.", "ŠØÆ Å", "Português: Ação e não"]
)
def test_sound_text_is_not_repaired(text: str) -> None:
    assert repaired(text) == text


def test_no_real_text_is_repaired(real_texts: list[str]) -> None:
    assert [t[:60] for t in real_texts if repaired(t) != t] == []


# --- any bytes


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(decode(data, "a.txt").text, str)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_in_utf_8_is_itself(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if b"\x00" in data or data.startswith(codecs.BOM_UTF8) or b"+" in data:
        return
    assert decode(data, "a.txt").text == data.decode()
