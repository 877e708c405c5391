"""The way in: opening, names, formats by content and name, the closed lists of codes, plug-ins, and one outcome for every file."""

from __future__ import annotations

import os
import re
import socket
import sys
import tomllib
import zipfile
from datetime import date
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases import ENCODINGS, TEXT, TITLE, html, mail

import newsextract
from conftest import ROOT
from newsextract import ReadError, Source
from newsextract.readers import formats
from newsextract.readers.codes import ERRORS, SKIPS, WARNINGS
from newsextract.readers.dispatch import Outcome, read_bytes, read_document, read_file
from newsextract.readers.names import ignored, readable, suffixes
from newsextract.readers.port import Blob, Document, Limits, ReadOptions, Skipped


def tell(outcome: Outcome) -> str:
    """``record`` or the code."""
    return "record" if isinstance(outcome, Source) else outcome.code


def codes(data: bytes, name: str, options: ReadOptions | None = None) -> list[str]:
    return [tell(o) for o in read_bytes(Blob(data, name), options or ReadOptions())]


def package(*names: str) -> bytes:
    """A ZIP archive with members of these names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return out.getvalue()


# --- opening


def test_a_file_is_read_with_its_name_address_and_day(tmp_path: Path) -> None:
    file = tmp_path / "1998" / "بيان 1.txt"
    file.parent.mkdir()
    file.write_bytes(TEXT.encode())
    (source,) = read_file(file, root=tmp_path, published=date(1998, 5, 1))
    assert isinstance(source, Source)
    assert (source.text, source.name, source.published) == (TEXT, "1998/بيان 1.txt", date(1998, 5, 1))
    assert source.uri == "1998/%D8%A8%D9%8A%D8%A7%D9%86%201.txt"
    (alone,) = read_file(file)
    assert isinstance(alone, Source)
    assert (alone.name, alone.published) == ("بيان 1.txt", None)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        found = {p.name: [tell(o) for o in read_file(p, root=tmp_path)] for p in tmp_path.iterdir()}
    assert found == {name: ["NOT_REGULAR_FILE"] for name in ("pipe.txt", "folder.txt", "socket.txt")}
    assert [tell(o) for o in read_file("/dev/zero")] == ["NOT_REGULAR_FILE"]


def test_links_are_followed_only_where_the_user_names_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    for name, target in (("link.txt", "a.txt"), ("nowhere.txt", "no.txt"), ("one.txt", "two.txt"), ("two.txt", "one.txt"), ("device.txt", "/dev/zero")):
        (tmp_path / name).symlink_to(target)

    def outcome(name: str, root: Path | None) -> tuple[type[Outcome], str]:
        (only,) = read_file(tmp_path / name, root=root)
        return type(only), tell(only)

    assert outcome("link.txt", None) == (Source, "record")
    assert outcome("link.txt", tmp_path) == (Skipped, "SYMLINK")
    assert outcome("device.txt", tmp_path) == (Skipped, "SYMLINK")
    assert outcome("one.txt", tmp_path) == (ReadError, "SYMLINK")
    assert outcome("nowhere.txt", tmp_path) == (ReadError, "SYMLINK")
    assert outcome("nowhere.txt", None) == (ReadError, "SYMLINK")
    assert outcome("missing.txt", None) == (ReadError, "NOT_FOUND")
    assert outcome("a\0b.txt", None)[0] is ReadError


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(1 << 40)
    assert [tell(o) for o in read_file(tmp_path / "sparse.txt")] == ["TOO_LARGE"]
    assert codes(TEXT.encode(), "a.txt", ReadOptions(limits=Limits(bytes=10))) == ["TOO_LARGE"]
    assert codes(TEXT.encode(), "a.txt", ReadOptions(limits=Limits(characters=10))) == ["LIMIT"]


# --- names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xc8\xed\xc7\xe4.txt", "\\xc8\\xed\\xc7\\xe4.txt"),
        (b"\\xc8.txt", "\\\\xc8.txt"),
        ("سطر\nثان.txt".encode(), "سطر\\u000aثان.txt"),
        (b"\x1b[31mred.txt", "\\u001b[31mred.txt"),
        ("أخبار\u202e.txt".encode(), "أخبار\u202e.txt"),
        ("😀.txt".encode(), "😀.txt"),
    ],
)
def test_names_are_shown_as_one_unambiguous_line(name: bytes, shown: str) -> None:
    assert readable(name) == readable(os.fsdecode(name)) == shown


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=30), st.binary(min_size=1, max_size=30))
def test_two_names_are_never_shown_alike(first: bytes, second: bytes) -> None:
    shown = readable(first)
    assert (shown == readable(second)) == (first == second)
    assert "\n" not in shown
    shown.encode()


def test_odd_names_come_through(tmp_path: Path) -> None:
    names = [
        b"-rf.txt",
        b"\xff\xfe.txt",
        b"$(x).txt",
        b"a\nb.txt",
        "\u200fمخفي\u200b.txt".encode(),
        b"trailing.txt ",
        b"A.TXT",
        b"...txt",
        b"~tilde.txt",
        b"CON.txt",
    ]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(TEXT.encode())
    found = [o for p in tmp_path.iterdir() for o in read_file(p, root=tmp_path)]
    assert [tell(o) for o in found] == ["record"] * len(names)
    assert len({o.uri for o in found if isinstance(o, Source)}) == len(names)


@pytest.mark.parametrize(
    "name", ["__MACOSX/a.txt", "a/._b.txt", ".DS_Store", "x/Thumbs.db", "~$letter.docx", ".~lock.a.odt#", "box.zip!/__MACOSX/b.txt", "desktop.ini"]
)
def test_files_that_systems_keep_for_themselves_are_passed_over(name: str) -> None:
    assert ignored(name)
    assert codes(TEXT.encode(), name) == ["IGNORED_NAME"]


@pytest.mark.parametrize("name", ["MACOSX/a.txt", "_b.txt", "~tilde.txt", "$letter.docx", ".hidden.txt", "desktop.ini.txt", "thumbs.db/a.txt"])
def test_files_with_names_like_theirs_are_not(name: str) -> None:
    assert not ignored(name)


def test_suffixes_are_told_in_lower_case() -> None:
    assert [suffixes(n) for n in ("a.TXT", "a.tar.gz", "a", "b.d/a", "a.txt ")] == [("", "txt"), ("tar", "gz"), ("", ""), ("", ""), ("", "txt")]


# --- formats

_DOCX = package("[Content_Types].xml", "word/document.xml")
_XLSX = package("[Content_Types].xml", "xl/workbook.xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"{\\rtf1 x}", "a.docx", "TYPE_MISMATCH"),
        (b"{\\rtf1 x}", "a.txt", "TYPE_MISMATCH"),
        (_OLE, "a.docx", "TYPE_MISMATCH"),
        (_XLSX, "a.docx", "TYPE_MISMATCH"),
        (_DOCX, "a.zip", "TYPE_MISMATCH"),
        (_DOCX, "a.txt", "TYPE_MISMATCH"),
        (b"%PDF-1.4\n", "a.html", "TYPE_MISMATCH"),
        (html("utf-8"), "a.pdf", "TYPE_MISMATCH"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "a.txt", "BINARY"),
        (_PNG, "a.html", "BINARY"),
        (bytes(range(1, 32)) * 40, "a.txt", "BINARY"),
        (bytes(500), "a.txt", "BINARY"),
        (TEXT.encode(), "a.zip", "CORRUPT"),
        (_OLE, "a.doc", "UNSUPPORTED_TYPE"),
        (_XLSX, "a.xlsx", "UNSUPPORTED_TYPE"),
        (_PNG, "a.png", "UNSUPPORTED_TYPE"),
        (b"a,b\n1,2\n", "a.csv", "UNSUPPORTED_TYPE"),
        (_PNG, "a", "UNSUPPORTED_TYPE"),
        (b"", "a.pdf", "EMPTY"),
    ],
)
def test_content_and_name_must_agree(data: bytes, name: str, code: str) -> None:
    assert codes(data, name) == [code]


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (TEXT.encode(), "a", "text/plain"),
        (html("utf-8"), "a", "text/html"),
        (html("utf-8"), "a.php", "text/html"),
        (html("utf-8"), "a.txt", "text/html"),
        (html("cp1256"), "saved.doc", "text/html"),
        (mail(), "a", "message/rfc822"),
        (mail(), "a.txt", "text/plain"),
        (TEXT.encode("utf-16-le"), "a.txt", "text/plain"),
    ],
)
def test_what_is_unmistakable_in_the_content_is_read_as_it(data: bytes, name: str, media_type: str) -> None:
    (source,) = read_bytes(Blob(data, name))
    assert isinstance(source, Source)
    assert source.media_type == media_type
    assert TITLE in source.text or media_type == "text/plain"


def test_the_envelope_s_type_counts_more_than_a_name_that_says_nothing() -> None:
    (source,) = read_bytes(Blob(html("utf-8").replace(b"<!DOCTYPE html>\n<html", b"<div><div"), "page.php", media_type="text/html; charset=utf-8"))
    assert isinstance(source, Source)
    assert source.media_type == "text/html"


def test_our_readers_are_registered_as_the_project_declares_them() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][formats.GROUP]
    assert {name: entry.value for name, entry in formats.readers().items()} == declared


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of another package for .rtf, and one for .lib whose library is missing."""
    module = type(sys)("plugged")
    module.read = lambda blob, options: Document(blob.data.decode(), "application/rtf")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "plugged", module)
    more = {
        name: EntryPoint(name, value, formats.GROUP)
        for name, value in (("rtf", "plugged:read"), ("lib", "no_such_library:read"), ("html", "no_such_library:read"))
    }
    known = {**formats.readers(), **more}
    monkeypatch.setattr(formats, "readers", lambda: known)
    monkeypatch.setattr("newsextract.readers.dispatch.reader_of", formats.reader_of.__wrapped__)
    monkeypatch.setattr("newsextract.readers.sniff.readers", lambda: known)


@pytest.mark.usefixtures("plug_in")
def test_another_package_s_reader_is_found_by_its_name() -> None:
    (source,) = read_bytes(Blob(b"{\\rtf1 x}", "a.rtf"))
    assert isinstance(source, Source)
    assert source.media_type == "application/rtf"


@pytest.mark.usefixtures("plug_in")
def test_a_missing_extra_is_named() -> None:
    (error,) = read_bytes(Blob(html("utf-8"), "a.html"))
    assert isinstance(error, ReadError)
    assert (error.code, error.remedy) == ("MISSING_EXTRA", "Install it with: pip install 'newsextract[html]'")
    assert codes(b"x", "a.lib") == ["MISSING_EXTRA"]


def test_a_reader_is_imported_only_when_its_format_is_met() -> None:
    import subprocess

    program = (
        "import sys; from newsextract.readers.dispatch import read_document; from newsextract.readers.port import Blob; "
        "read_document(Blob('نص'.encode(), 'a.txt')); print([m for m in ('lxml', 'trafilatura', 'pdfminer', 'email', 'zipfile') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not re.search("lxml|trafilatura|pdfminer", done.stdout)


# --- outcomes


def test_an_empty_container_is_told() -> None:
    assert codes(package(), "a.zip") == ["EMPTY"]


def test_each_member_has_its_outcome_and_its_address() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("أ/1.txt", TEXT.encode()), ("2.html", html("cp1256")), ("3.png", _PNG), ("4.txt", bytes(range(128, 256))), ("5.eml", mail())):
            archive.writestr(name, data)
    found = list(read_bytes(Blob(out.getvalue(), "box.zip"), uri="box.zip"))
    assert [tell(o) for o in found] == ["record", "record", "UNSUPPORTED_TYPE", "UNDECIDED_ENCODING", "record"]
    assert [o.uri for o in found if isinstance(o, Source)] == ["box.zip!/%D8%A3/1.txt", "box.zip!/2.html", "box.zip!/5.eml"]


def test_containers_in_containers_end_at_the_limit() -> None:
    data, name = TEXT.encode(), "a.txt"
    for level in range(7):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), f"{level}.zip"
    assert codes(data, "deep.zip") == ["NESTING_LIMIT"]
    assert codes(data, "deep.zip", ReadOptions(limits=Limits(depth=7))) == ["record"]


def test_the_outcomes_of_one_file_are_bounded() -> None:
    assert codes(package("1.txt", "2.txt", "3.txt"), "a.zip", ReadOptions(limits=Limits(members=2)))[-1] == "LIMIT"


def test_one_document_is_asked_for() -> None:
    assert read_document(Blob(package("1.txt"), "a.zip")).text == TEXT
    for data, code in ((package("1.txt", "2.txt"), "SEVERAL_DOCUMENTS"), (package(), "EMPTY"), (b"x", "CORRUPT")):
        with pytest.raises(ReadError) as caught:
            read_document(Blob(data, "a.zip"))
        assert caught.value.code == code


@pytest.mark.parametrize(
    "error", [ValueError("x\ny"), RecursionError(), MemoryError(), KeyError(1), AssertionError(), UnicodeDecodeError("utf-8", b"", 0, 1, "x")]
)
def test_whatever_a_library_raises_is_an_outcome(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(blob: Blob, options: ReadOptions) -> Document:
        raise error

    monkeypatch.setattr("newsextract.readers.dispatch.reader_of", lambda name: broken)
    (outcome,) = read_bytes(Blob(TEXT.encode(), "a.txt"))
    assert isinstance(outcome, ReadError)
    assert outcome.code in {"CORRUPT", "NESTING_LIMIT", "LIMIT"}
    assert "\n" not in str(outcome)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["txt", "md", "html", "eml", "mbox", "docx", "pdf", "zip", "tar", "gz", "warc", "xyz", ""]))
def test_any_bytes_under_any_name_end_as_outcomes(data: bytes, suffix: str) -> None:
    found = list(read_bytes(Blob(data, f"a.{suffix}")))
    assert found
    for outcome in found:
        if isinstance(outcome, Source):
            outcome.text.encode()
            assert set(outcome.warnings) <= WARNINGS.keys()
        else:
            assert outcome.code in (ERRORS if isinstance(outcome, ReadError) else SKIPS)


# --- codes


def test_the_lists_of_codes_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "readers.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", text, re.MULTILINE))
    sections = re.split(r"^#+ ", text, flags=re.MULTILINE)
    for title, codes_of in (("Errors", ERRORS), ("Reasons to pass a file over", SKIPS), ("Warnings in a record", WARNINGS)):
        section = next(s for s in sections if s.startswith(title))
        assert dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", section, re.MULTILINE)) == codes_of
    assert told


def test_no_reader_uses_a_code_that_is_not_listed() -> None:
    known = {*ERRORS, *SKIPS, *WARNINGS}
    for file in (ROOT / "src" / "newsextract" / "readers").rglob("*.py"):
        text = file.read_text("utf-8")
        used = re.findall(r'(?:ReadError|Skipped)\(\s*[^,()]+(?:\([^()]*\))?,\s*"([A-Z_]+)"', text)
        assert set(used) <= known, file.name


# --- one release, many files


def test_the_same_release_gives_the_same_record_from_every_file() -> None:
    extractor = newsextract.load()
    files = [(TEXT.encode(e), "a.txt") for e in ENCODINGS]
    files += [(TEXT.encode(), "a.md"), (html("utf-8"), "a.html"), (html("cp1256"), "a.html"), (html("utf-8", declared="cp1256"), "a.html")]
    files += [(mail(), "a.eml"), (mail("cp1256", transfer="8bit"), "a.eml"), (package("a.txt"), "a.zip")]
    records = []
    for data, name in files:
        source = read_document(Blob(data, name))
        assert source.text.replace("\xa0", " ").rstrip("\n") == TEXT.rstrip("\n"), (name, source.encoding)
        records.append(extractor.extract(source).model_dump(mode="json", exclude={"id", "source", "text", "warnings", "extractor"}))
    assert records[0]["counts"]
    assert records[0]["money"]
    assert records[0]["percentages"]
    assert records[0]["published"] == "2021-12-03"
    assert all(r == records[0] for r in records)
