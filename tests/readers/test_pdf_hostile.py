"""PDF files made to harm: each ends as an error or a record, within its time and memory, and never takes the process along."""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from minimal_pdf import CATALOG, HELLO, HELVETICA, PAGES, form, lettered, one_page, packed, page, pdf, picture, stream

from newsextract.errors import ReadError
from newsextract.readers.pdf import read
from newsextract.readers.pdf.engines import Sources
from newsextract.readers.pdf.limits import MOST_GLYPHS
from newsextract.readers.port import Blob, Limits, ReadOptions


def _zeros(megabytes: int) -> bytes:
    """That many megabytes of zeros, deflated."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


_ZEROS = _zeros(400)
_DEFLATED = b"/Filter /FlateDecode"
_ARABIC = {1: "م", 2: "ر", 3: "ح", 4: "ب", 5: "ا"}


def _forms(depth: int, width: int) -> bytes:
    """Forms that each draw the next one ``width`` times."""
    names = [b"/XObject << /X %d 0 R >>" % (6 + i) for i in range(depth)]
    nested = [form(b"/X Do " * width, name) for name in names]
    return one_page(HELLO + b"/X Do", HELVETICA + b" /XObject << /X 5 0 R >>", *nested, form(HELLO, HELVETICA))


def _font(entries: bytes, *others: bytes) -> bytes:
    return one_page(HELLO, b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >> >>" % entries, *others)


def _tree(depth: int) -> bytes:
    """A page tree with one branch of ``depth`` nodes."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (i + 1) for i in range(2, depth)]
    return pdf([CATALOG, *nodes, b"<< /Type /Page /MediaBox [0 0 600 700] >>"])


HOSTILE = {
    "form_draws_itself": (
        one_page(HELLO + b"/X Do", HELVETICA + b" /XObject << /X 5 0 R >>", form(b"/X Do " * 5, b"/XObject << /X 5 0 R >>")),
        "NESTING_LIMIT",
    ),
    "forms_draw_each_other": (
        one_page(
            HELLO + b"/X Do", HELVETICA + b" /XObject << /X 5 0 R >>", form(b"/Y Do", b"/XObject << /Y 6 0 R >>"), form(b"/X Do", b"/XObject << /X 5 0 R >>")
        ),
        "NESTING_LIMIT",
    ),
    "forms_multiply": (_forms(10, 10), "LIMIT"),
    "content_inflates": (pdf([CATALOG, PAGES, page(), stream(_ZEROS, _DEFLATED)]), "LIMIT"),
    "content_inflates_twice": (pdf([CATALOG, PAGES, page(), packed(_ZEROS, times=1).replace(b"[/FlateDecode ]", b"[/FlateDecode /FlateDecode]")]), "LIMIT"),
    "table_of_letters_inflates": (_font(b"/ToUnicode 5 0 R", stream(_ZEROS, _DEFLATED)), "LIMIT"),
    "table_of_letters_has_a_huge_range": (
        _font(b"/ToUnicode 5 0 R", stream(b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap")),
        "LIMIT",
    ),
    "widths_have_a_huge_range": (
        one_page(
            HELLO,
            b"/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [ << /Type /Font "
            b"/Subtype /CIDFontType2 /BaseFont /X /W [0 4000000000 500] >> ] >> >>",
        ),
        "LIMIT",
    ),
    "glyphs_without_end": (one_page(b"BT /F1 12 Tf " + b"(a) Tj " * (MOST_GLYPHS + 1) + b"ET"), "LIMIT"),
    "letters_without_end": (one_page(b"BT /F1 12 Tf (" + b"a" * (MOST_GLYPHS + 1) + b") Tj ET"), "LIMIT"),
    "old_packing_without_end": (pdf([CATALOG, PAGES, page(), stream(b"\x81q" * 3_000_000, b"/Filter /RunLengthDecode")]), "LIMIT"),
    "page_tree_is_deep": (_tree(5_000), "NESTING_LIMIT"),
    "page_tree_holds_itself": (pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]), "NO_TEXT"),
    "reference_to_itself": (pdf([CATALOG, b"<< /Type /Pages /Kids 5 0 R /Count 1 >>", page(), stream(HELLO), b"5 0 R"]), "CORRUPT"),
    "references_in_a_circle": (pdf([CATALOG, PAGES, page(more=b"/X 5 0 R"), stream(HELLO), b"6 0 R", b"5 0 R"]), "CORRUPT"),
    "previous_table_is_this_one": (pdf([CATALOG, PAGES, page(), stream(HELLO)], trailer=b"/Prev 450 "), None),
    "count_is_huge": (pdf([CATALOG, PAGES.replace(b"/Count 1", b"/Count 2000000000"), page(), stream(HELLO)]), None),
    "one_page_many_times": (pdf([CATALOG, b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>", page(), stream(HELLO)]), None),
    "array_is_deep": (one_page(HELLO + b"[" * 100_000 + b"]" * 100_000 + b" TJ"), None),
    "dictionary_is_deep": (one_page(HELLO, HELVETICA + b" /X " + b"<</A " * 20_000 + b"1" + b">>" * 20_000), None),
    "page_is_huge": (
        pdf(
            [
                CATALOG,
                PAGES,
                page(b"/XObject << /I 5 0 R >>", box=b"0 0 6120000 7920000"),
                stream(b"q 6000000 0 0 7000000 0 0 cm /I Do Q"),
                picture(bytes(100), 10, 10),
            ]
        ),
        "NEEDS_OCR",
    ),
    "only_a_header": (b"%PDF-1.4\n", "CORRUPT"),
    "no_header": (b"<html></html>", "CORRUPT"),
    "no_pages": (pdf([CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"]), "CORRUPT"),
    "empty_page": (one_page(b""), "NO_TEXT"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_as_it_should(name: str) -> None:
    data, code = HOSTILE[name]
    if code is None:
        assert "Hello 27 January" in read(Blob(data, name), ReadOptions()).text
        return
    with pytest.raises(ReadError) as caught:
        read(Blob(data, name), ReadOptions())
    assert caught.value.code == code


_UNDER_A_LIMIT = """
import pickle, resource, sys
from newsextract.errors import ReadError
from newsextract.readers.pdf import read
from newsextract.readers.port import Blob, ReadOptions
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
for name, data in pickle.load(sys.stdin.buffer):
    try:
        read(Blob(data, name), ReadOptions())
    except ReadError:
        pass
    print(name, flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_all_of_them_pass_through_one_process_of_a_worker_s_memory() -> None:
    payload = pickle.dumps([(name, data) for name, (data, _) in HOSTILE.items()])
    done = subprocess.run([sys.executable, "-c", _UNDER_A_LIMIT], input=payload, capture_output=True, timeout=300, check=False)
    *names, peak = done.stdout.decode().split()
    assert (names, done.returncode) == (list(HOSTILE), 0), done.stderr.decode()[-500:]
    assert int(peak) < 700


def test_a_lost_table_is_rebuilt() -> None:
    whole = one_page(HELLO)
    assert read(Blob(whole[: whole.index(b"xref\n")], "lost.pdf"), ReadOptions()).text == "Hello 27 January"


def test_a_header_after_other_bytes_is_found() -> None:
    assert "Hello" in read(Blob(b"<!-- x -->\n" + one_page(HELLO), "polyglot.pdf"), ReadOptions()).text


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_an_error_or_what_is_left(at: float) -> None:
    whole = (Path(__file__).parents[1] / "files" / "release.libreoffice.amiri.pdf").read_bytes()
    try:
        outcome = " ".join(read(Blob(whole[: int(len(whole) * at)], "cut.pdf"), ReadOptions()).warnings)
    except ReadError as error:
        outcome = error.code
    assert outcome in {"CORRUPT", "NO_TEXT", "SUSPECT_TEXT", "NUMBERS_DISAGREE", "NUMBERS_DISAGREE SUSPECT_TEXT"}


def test_limits_of_the_user_hold() -> None:
    tree = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    made = pdf([CATALOG, tree, page(), stream(HELLO), page()])
    for limits in (Limits(pages=1), Limits(characters=10)):
        with pytest.raises(ReadError) as caught:
            read(Blob(made, "long.pdf"), ReadOptions(limits=limits))
        assert caught.value.code == "LIMIT"


@pytest.mark.parametrize(("name", "code"), [("needs_password", "ENCRYPTED"), ("owner_password", None)])
def test_an_encrypted_file_opens_with_the_empty_password_or_is_refused(name: str, code: str | None) -> None:
    path = Path(__file__).parents[1] / "files" / f"{name}.pdf"
    if code is None:
        assert "الأشغال" in read(Blob(path.read_bytes(), path.name), ReadOptions()).text
        return
    with pytest.raises(ReadError) as caught:
        read(Blob(path.read_bytes(), path.name), ReadOptions())
    assert caught.value.code == code


def test_a_page_that_one_engine_cannot_draw_is_read_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        return None

    made = lettered(b"BT /F1 12 Tf 72 700 Td <0504030201> Tj ET", _ARABIC)
    monkeypatch.setattr(Sources, "second", broken)
    assert read(Blob(made, "one.pdf"), ReadOptions()).text == "مرحبا"


@pytest.mark.parametrize("pattern", [b"\x01\x07", b"\x06\x07", b"\x06\x08", b"\x09\x07\x06\x0a", b"\x01\x0b", b"\x0c", b"\x0d\x07"])
def test_a_line_without_end_takes_linear_time(pattern: bytes) -> None:
    """Words, numbers, ranges, Latin with percentages, marks, gaps, ligatures: tens of thousands on one line, each a cell of its own."""
    letters = _ARABIC | {6: "1", 7: " ", 8: "-", 9: "a", 10: "%", 11: "\u0651", 12: "\ufffd", 13: "لا"}

    def seconds(count: int) -> float:
        content = (pattern * count)[:count].hex().encode()
        made = lettered(b"BT /F1 12 Tf 72 700 Td <" + content + b"> Tj ET", letters, width=3000)
        start = time.process_time()
        with contextlib.suppress(ReadError):
            read(Blob(made, "line.pdf"), ReadOptions())
        return time.process_time() - start

    assert seconds(24_000) < 10 * seconds(6_000) + 1
