"""Mails and mailboxes: subject, text and day; attachments as members; headers and parts that are meant to harm."""

from __future__ import annotations

import base64
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import BODY, TEXT, TITLE, html, mail

from newsextract import ReadError, Source
from newsextract.readers.dispatch import Outcome, read_bytes, read_document
from newsextract.readers.port import Blob, Skipped

PNG = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(50)).decode()


def outcomes(data: bytes | str, name: str = "a.eml") -> list[Outcome]:
    return list(read_bytes(Blob(data if isinstance(data, bytes) else data.encode(), name), uri=name))


def read(data: bytes | str) -> Source:
    return read_document(Blob(data if isinstance(data, bytes) else data.encode(), "a.eml"))


def part(content: str, kind: str = "text/plain; charset=utf-8", *more: str) -> str:
    return "\n".join((f"Content-Type: {kind}", *more, "", content))


def multipart(*parts: str, kind: str = "mixed", head: str = f"Subject: {TITLE}\nDate: Fri, 03 Dec 2021 09:15:00 +0400\n") -> str:
    mark = f"mark-{kind}"
    return f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="{mark}"\n\n' + "".join(f"--{mark}\n{p}\n" for p in parts) + f"--{mark}--\n"


# --- the mail's own text


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("transfer", ["base64", "8bit"])
def test_subject_text_and_day_are_read(charset: str, transfer: str) -> None:
    source = read(mail(charset, transfer=transfer))
    assert (source.text.rstrip("\n"), source.published, source.media_type) == (TEXT.rstrip("\n"), date(2021, 12, 3), "message/rfc822")
    assert source.warnings == ()


@pytest.mark.parametrize("charset", ["x-unknown", "unknown-8bit", "cp-850", "zlib", "unicode_escape", "utf-8"])
def test_an_unknown_or_wrong_charset_does_no_harm(charset: str) -> None:
    wrong = mail("cp1256", transfer="8bit").replace(b"charset=cp1256", f"charset={charset}".encode()).replace(b"?cp1256?", f"?{charset}?".encode())
    assert read(wrong).text.rstrip("\n") == TEXT.rstrip("\n")


@pytest.mark.parametrize("charset", ["utf-8", "cp1256"])
def test_bare_bytes_in_headers_are_read(charset: str) -> None:
    assert read(f"Subject: {TITLE}\n\n{BODY[0]}".encode(charset)).text == f"{TITLE}\n{BODY[0]}"


def test_the_marks_of_forwards_are_no_part_of_the_title() -> None:
    assert read(f"Subject: Fwd: RE: رد: {TITLE}\n\n{BODY[0]}").text.startswith(TITLE)


def test_a_title_that_stands_in_the_text_is_not_doubled() -> None:
    assert read(f"Subject: {TITLE}\nContent-Type: text/plain; charset=utf-8\n\n{TITLE}\n{BODY[0]}").text == f"{TITLE}\n{BODY[0]}"


def test_plain_text_is_preferred_and_html_where_it_is_only_a_note() -> None:
    pages = part(base64.encodebytes(html("utf-8")).decode(), "text/html; charset=utf-8", "Content-Transfer-Encoding: base64")
    whole = multipart(part("\n".join(BODY)), pages, kind="alternative")
    assert read(whole).text == "\n".join((TITLE, *BODY))
    note = multipart(part("This mail is in HTML."), pages, kind="alternative")
    assert read(note).text == "\n".join((TITLE, *BODY))


def test_soft_line_ends_are_undone() -> None:
    first, second = BODY[0][:40], BODY[0][40:]
    text = f"Subject: {TITLE}\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n{first.rstrip()} \n{second.lstrip()}\n{BODY[1]}"
    assert read(text).text.split("\n")[2] == BODY[1]


# --- attachments


def test_readable_attachments_are_members_and_others_are_passed_over() -> None:
    attached = part("\n".join(BODY), 'text/plain; charset=utf-8; name="بيان.txt"', "Content-Disposition: attachment")
    picture = part(PNG, "image/png", 'Content-Disposition: attachment; filename="logo.png"', "Content-Transfer-Encoding: base64")
    first, second, third = outcomes(multipart(part(BODY[2]), attached, picture))
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert isinstance(third, Skipped)
    assert (first.text, second.text.strip()) == (f"{TITLE}\n{BODY[2]}", "\n".join(BODY))
    assert (second.name, third.name, third.code) == ("a.eml!/بيان.txt", "a.eml!/logo.png", "UNSUPPORTED_TYPE")
    assert first.uri == "a.eml"
    assert second.uri == "a.eml!/%D8%A8%D9%8A%D8%A7%D9%86.txt"


def test_a_mail_within_a_mail_is_a_member() -> None:
    _, second = outcomes(multipart(part("للاطلاع"), part(mail().decode(), "message/rfc822")))
    assert isinstance(second, Source)
    assert (second.text.rstrip("\n"), second.published) == (TEXT.rstrip("\n"), date(2021, 12, 3))


def test_a_forward_without_a_word_gives_what_it_forwards() -> None:
    (only,) = outcomes(multipart(part(mail().decode(), "message/rfc822")))
    assert isinstance(only, Source)
    assert only.text.rstrip("\n") == TEXT.rstrip("\n")


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\x.txt", "=?utf-8?b?Li4vLi4vYS50eHQ=?=", "a\\u000ab.txt"])
def test_names_of_attachments_are_no_paths(name: str) -> None:
    attached = part(BODY[0], "text/plain; charset=utf-8", f'Content-Disposition: attachment; filename="{name}"')
    member = outcomes(multipart(part(BODY[2]), attached))[1]
    assert isinstance(member, Source)
    assert ".." not in member.name.removeprefix("a.eml!/")
    assert "/" not in member.name.removeprefix("a.eml!/")


def test_a_page_saved_as_a_web_archive_of_mail_is_read() -> None:
    page = part(
        base64.encodebytes(html("utf-8")).decode(), "text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "Content-Location: http://example.org/"
    )
    picture = part(PNG, "image/png", "Content-Transfer-Encoding: base64", "Content-Location: http://example.org/a.png")
    first, second = outcomes(multipart(page, picture, kind="related"), "saved.mht")
    assert isinstance(first, Source)
    assert first.text.split("\n") == [TITLE, *BODY]
    assert isinstance(second, Skipped)


# --- mailboxes


def test_each_mail_of_a_mailbox_is_a_member() -> None:
    one = b"From press@example.org Fri Dec  3 09:15:00 2021\n" + mail() + b"\n"
    two = b"From press@example.org Sat Dec  4 09:15:00 2021\n" + f"Subject: {TITLE}\n\n>From here to there\nFrom here to there\n".encode() + b"\n"
    first, second = outcomes(one + two, "box.mbox")
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.name, second.name) == ("box.mbox!/00001.eml", "box.mbox!/00002.eml")
    assert first.text.rstrip("\n") == TEXT.rstrip("\n")
    assert second.text.strip().split("\n") == [TITLE, "From here to there", "From here to there"]


def test_a_mailbox_without_mails_is_damaged() -> None:
    assert [getattr(o, "code", "") for o in outcomes(TEXT, "box.mbox")] == ["CORRUPT"]


# --- what is meant to harm


def test_a_header_makes_no_other_header_and_no_second_line() -> None:
    text = read(f"Subject: =?utf-8?Q?title=0D=0ABcc:_x@example.org?=\n\n{BODY[0]}").text
    assert text.split("\n") == ["title Bcc: x@example.org", BODY[0]]


@pytest.mark.parametrize(
    "day", ["Thu, 99 Foo 2024 99:99:99 +9999", "", "x" * 100_000, "Fri, 31 Feb 2021 00:00:00 +0000", "1" * 5000, "Fri, 03 Dec 99999 00:00:00"]
)
def test_an_impossible_date_is_none(day: str) -> None:
    assert read(f"Subject: {TITLE}\nDate: {day}\n\n{BODY[0]}").published is None


def test_broken_base64_gives_what_was_whole_and_a_warning() -> None:
    data = mail()
    source = read(data[:-60] + b"!!!=\n###")
    assert source.text.startswith(f"{TITLE}\n{BODY[0]}")
    assert "DECODE_LOSSY" in source.warnings


_FLOODS = {
    "encoded words": "Subject: " + " ".join(["=?utf-8?b?2KfZhNiv2YjYrdip?="] * 20_000) + f"\n\n{BODY[0]}",
    "one long header": f"Subject: {TITLE}\nX-Long: {'x' * 800_000}\n\n{BODY[0]}",
    "addresses in parentheses": f"From: {'(' * 50_000}\nTo: {'<' * 50_000}\nSubject: {TITLE}\n\n{BODY[0]}",
    "many headers": "X-A: b\n" * 50_000 + f"Subject: {TITLE}\n\n{BODY[0]}",
    "many parts": multipart(part(BODY[0]), *["\nx"] * 20_000),
    "many parameters": f"Subject: {TITLE}\nContent-Type: text/plain{'; a=b' * 20_000}\n\n{BODY[0]}",
}


@pytest.mark.parametrize("kind", _FLOODS)
def test_floods_cost_little_and_lose_no_text(kind: str) -> None:
    began = time.process_time()
    assert BODY[0] in read(_FLOODS[kind]).text
    assert time.process_time() - began < 10


@pytest.mark.parametrize("depth", [50, 300, 2000])
def test_nested_parts_give_the_text_or_the_limit(depth: int) -> None:
    text = part(BODY[0])
    for number in range(depth):
        text = f'Content-Type: multipart/mixed; boundary="m{number}"\n\n--m{number}\n{text}\n--m{number}--\n'
    found = outcomes(f"Subject: {TITLE}\n{text}")
    assert [getattr(o, "code", "record") for o in found] == ["record" if depth < 100 else "NESTING_LIMIT"]


def test_mails_in_mails_end_at_the_limit_of_containers() -> None:
    text = mail().decode()
    for _ in range(60):
        text = f"Subject: x\nContent-Type: message/rfc822\n\n{text}"
    assert [getattr(o, "code", "record") for o in outcomes(text)] == ["NESTING_LIMIT"]


def test_a_mail_without_anything_is_told() -> None:
    with pytest.raises(ReadError) as caught:
        read("From: a@example.org\nTo: b@example.org\nX-C: d\n\n")
    assert caught.value.code == "NO_TEXT"


@settings(deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", b"Subject: =?utf-8?b?", b"Content-Type: text/plain; charset=", b""]),
)
def test_any_bytes_give_outcomes(data: bytes, before: bytes) -> None:
    found = outcomes(before + data)
    assert found
    assert not [o for o in found if isinstance(o, ReadError) and o.code == "CORRUPT" and "parsed" in o.reason]
