"""Web pages: the release and nothing else, its title first, the declared day, and pages that are meant to harm."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import BODY, LEAD, MORE, PAGES, SAID, TITLE, Page

from newsextract import ReadError, Source
from newsextract.readers.dispatch import read_bytes, read_document
from newsextract.readers.port import Blob, Limits, ReadOptions


def read(html: str | bytes, limits: Limits | None = None) -> Source:
    return read_document(Blob(html if isinstance(html, bytes) else html.encode(), "a.html"), options=ReadOptions(limits=limits or Limits()))


def one_line(text: str) -> str:
    return " ".join(text.split())


def page(head: str = "", body: str = "") -> str:
    paragraphs = "".join(f"<p>{s}</p>" for s in BODY)
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body or f"<article><h1>{TITLE}</h1>{paragraphs}</article>"}</body></html>'


# --- what is text


@pytest.mark.parametrize("kind", PAGES)
def test_the_whole_release_is_read_and_nothing_around_it(kind: str) -> None:
    case: Page = PAGES[kind]
    text = one_line(read(case.html).text)
    assert [s for s in case.wanted if one_line(s) not in text] == []
    assert [s for s in case.unwanted if one_line(s) in text] == []


@pytest.mark.parametrize("kind", PAGES)
def test_the_title_is_the_first_line(kind: str) -> None:
    lines = [one_line(line) for line in read(PAGES[kind].html).text.split("\n")]
    assert lines[0] == TITLE
    assert TITLE not in lines[1:]


def test_one_line_a_paragraph_and_tabs_between_cells() -> None:
    lines = read(PAGES["a table of figures"].html).text.split("\n")
    assert lines == [TITLE, *BODY, "الولاية\tالمتدربون", "صحم\t212", "شناص\t174"]


def test_paragraphs_of_a_short_page_are_not_run_together() -> None:
    assert read(f"<h1>{TITLE}</h1><table><tr><td>{LEAD}</td></tr></table><ul><li>{MORE}</ul>").text.split("\n") == [TITLE, LEAD, MORE]


def test_hidden_blocks_scripts_comments_and_substitutes_are_not_text() -> None:
    hidden = (
        '<div style="display:none"><h1>عنوان مخفي</h1><p>نص مخفي طويل نسبيا في 31 ديسمبر 1999</p></div><p hidden>نص مخفي</p>'
        '<p style="font-size: 0">نص مخفي</p><p style="opacity:0;color:red">نص مخفي</p>'
        '<template><p>نص مخفي</p></template><noscript><h1>نص مخفي</h1></noscript><!-- نص مخفي --><script>"نص مخفي"</script>'
        '<iframe src="http://127.0.0.1:9/">نص مخفي</iframe><select><option>نص مخفي</option></select>'
    )
    text = read(page(body=f"{hidden}<article><h1>{TITLE}</h1><p>{LEAD}</p><p>{MORE}</p></article>")).text
    assert text.split("\n") == [TITLE, LEAD, MORE]


def test_the_site_s_own_heading_is_not_the_title() -> None:
    body = f"<header><h1>بوابة الأخبار</h1></header><div class=x><h1>{TITLE}</h1>" + "".join(f"<p>{s}</p>" for s in BODY) + "</div>"
    assert read(page(f"<title>{TITLE} | بوابة الأخبار</title>", body)).text.startswith(TITLE + "\n")


def test_entities_are_characters() -> None:
    numeric = "".join(f"&#{ord(c)};" for c in TITLE)
    text = read(page(body=f"<h1>{numeric}</h1><p>&laquo;{LEAD}&raquo; &#147;x&#148; &#{'9' * 5000}; &amp;lt;</p>")).text
    assert text.startswith(TITLE)
    assert f"«{LEAD}» “x”" in text
    assert "&lt;" in text


def test_control_characters_are_not_text() -> None:
    body = f"<h1>{TITLE}&#1;</h1><p>\x01{LEAD}&#xB;</p><pre>{MORE}\x02\n{SAID}&#2;&#xFFFF;&#0012;</pre><p>&#14;&#1593; &#x1f;&#x1F600;</p>"
    assert read(page(body=body)).text.split("\n") == [TITLE, LEAD, MORE, SAID, "\u0639 \U0001f600"]


def test_what_a_page_in_frames_says_to_programs_without_them_is_read() -> None:
    frames = f"<html><frameset cols='20%,80%'><frame src=a.htm><noframes><body><h1>{TITLE}</h1><p>{LEAD}</p></body></noframes></frameset></html>"
    assert read(frames).text.split("\n") == [TITLE, LEAD]


def test_lines_of_preformatted_text_stay_lines() -> None:
    text = read(page(body="<pre>" + "\n".join((TITLE, *BODY)) + "</pre>")).text
    assert text.split("\n") == [TITLE, *BODY]


# --- what is declared


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2019-05-15T08:30:00+04:00">',
        '<meta name="DC.date.issued" content="2019-05-15">',
        '<meta itemprop="datePublished" content="2019/5/15">',
        '<meta name="date" content="Wed, 15 May 2019 08:30:00 +0400">',
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2019-05-15T08:30"}]}</script>',
    ],
)
def test_the_declared_day_is_taken(head: str) -> None:
    assert read(page(head)).published == date(2019, 5, 15)


@pytest.mark.parametrize("content", ["2019-02-30", "0000-00-00", "yesterday", "99999999999", "", "2019-05-15-2020-05-16x" * 999])
def test_an_impossible_day_is_none(content: str) -> None:
    assert read(page(f'<meta name="date" content="{content}">')).published in {None, date(2019, 5, 15)}


def test_a_day_that_merely_stands_in_the_text_is_not_declared() -> None:
    assert read(page()).published is None


@pytest.mark.parametrize(
    ("charset", "declared"), [("utf-8", "windows-1256"), ("cp1256", "utf-8"), ("cp1256", "iso-8859-1"), ("utf-8", "zlib"), ("utf-16", "utf-8")]
)
def test_a_wrong_declaration_of_the_encoding_does_no_harm(charset: str, declared: str) -> None:
    html = page().replace("utf-8", declared)
    assert read(html.encode(charset)).text.split("\n") == [TITLE, *BODY]


def test_utf_7_is_never_believed_of_a_page() -> None:
    hidden = page(body=f"<h1>Title</h1><p>+ADw-script+AD4-1+ADw-/script+AD4- {'word ' * 30}</p>").replace("utf-8", "utf-7")
    assert "<script" not in read(hidden).text
    with pytest.raises(ReadError) as caught:
        read(page().replace("utf-8", "utf-7").encode("utf-7"))
    assert caught.value.code == "UNDECIDED_ENCODING"


def test_the_envelope_s_encoding_is_known() -> None:
    source = read_document(Blob(page().replace('<meta charset="utf-8">', "").encode("cp1256"), "a.html", charset="windows-1256"))
    assert (source.text.split("\n")[0], source.warnings) == (TITLE, ())


# --- what is meant to harm

_FLOODS = {
    "div": "<div>" * 100_000,
    "table": "<table><tr><td>" * 20_000,
    "bold": "<b>" * 50_000,
    "script": "<script>" * 50_000,
    "select": "<select><option>" * 20_000,
    "noscript": "<noscript>" * 50_000,
    "comment": "<!--" * 100_000,
    "attribute": "<a " * 100_000,
    "links": f"<a href=x>{TITLE}</a>" * 20_000,
    "headings": f"<h2>{TITLE}</h2>" * 20_000,
    "cells": "<table>" + "<tr><td>1<td>2" * 20_000,
    "reference": "&#x41;" * 100_000,
}


@pytest.mark.parametrize("kind", _FLOODS)
def test_floods_of_elements_cost_little_and_lose_nothing_before_them(kind: str) -> None:
    began = time.process_time()
    text = read(page(body=f"<h1>{TITLE}</h1><p>{LEAD}</p>{_FLOODS[kind]}")).text
    assert time.process_time() - began < 10
    assert one_line(text).startswith(f"{TITLE} {LEAD}")


@pytest.mark.parametrize("depth", [300, 3000, 30_000])
def test_text_within_and_behind_deep_nesting_is_read(depth: int) -> None:
    source = read(page(body=f"<h1>{TITLE}</h1><p>{LEAD}</p>" + "<div>" * depth + f"<p>{MORE}</p>" + "</div>" * depth + f"<p>{SAID}</p>"))
    assert source.text.split("\n") == [TITLE, LEAD, MORE, SAID]
    assert source.warnings == (("SUSPECT_TEXT",) if depth > 2000 else ())


def test_the_limit_of_depth_is_the_user_s() -> None:
    html = page(body="<div>" * 50 + f"<p>{LEAD}</p>")
    assert read(html, Limits(html_depth=20)).warnings == ("SUSPECT_TEXT",)


@pytest.mark.parametrize(
    "html", ["<html><frameset cols='50%,50%'><frame src='http://127.0.0.1:9/a'></frameset></html>", "<html></html>", "<html><body><script>1</script>"]
)
def test_a_page_without_text_is_told(html: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(html)
    assert caught.value.code == "NO_TEXT"


def test_nothing_outside_the_page_is_read() -> None:
    html = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>{LEAD}</p><p>&x;</p><img src="http://127.0.0.1:9/"></body></html>'
    assert "root:" not in read(html).text


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<td>", "<h1>", "<!--", "-->", "<script>", "</script>", "نص", "&#", "<", ">", "\x00", "<title>", "<plaintext>"]
        ),
        max_size=40,
    )
)
def test_any_soup_gives_text_or_a_read_error(parts: list[str]) -> None:
    for outcome in read_bytes(Blob("".join(parts).encode(), "a.html")):
        assert getattr(outcome, "code", "") != "CORRUPT"
