"""PDF files that real programs print: the text, the numbers and the facts of each are those of the text that was printed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from minimal_pdf import CATALOG, HELLO, HELVETICA, PAGES, lettered, one_page, page, pdf, picture, stream

import newsextract
from newsextract.errors import ReadError
from newsextract.readers import ocr
from newsextract.readers.pdf import numbers, read
from newsextract.readers.pdf.engines import Sources
from newsextract.readers.pdf.glyph import Glyph, Page
from newsextract.readers.pdf.letters import judge
from newsextract.readers.pdf.ligatures import letters, without_shadows
from newsextract.readers.pdf.pdfium import Pdfium
from newsextract.readers.port import Blob, Document, Limits, ReadOptions

FILES = Path(__file__).parents[1] / "files"
PRINTED = sorted(FILES.glob("*.*.*.pdf"))
_MARKS = re.compile("[\u064b-\u0652]")
_PLACES = {"start", "end", "evidence", "span", "spans", "source", "text", "id", "extractor", "quote"}


def read_file(path: Path, **options: Any) -> Document:
    return read(Blob(path.read_bytes(), path.name), ReadOptions(**options))


def printed_text(path: Path) -> str:
    return (FILES / f"{path.name.split('.')[0]}.txt").read_text("utf-8")


def words(text: str) -> Counter[str]:
    return Counter(_MARKS.sub("", unicodedata.normalize("NFC", text)).split())


@pytest.mark.parametrize("path", PRINTED, ids=lambda p: p.stem)
def test_the_text_is_what_was_printed(path: Path) -> None:
    truth, found = words(printed_text(path).replace("• ", "")), words(read_file(path).text.replace("• ", ""))
    assert 2 * (truth & found).total() / (truth.total() + found.total()) >= 0.98


@pytest.mark.parametrize("path", PRINTED, ids=lambda p: p.stem)
def test_every_letter_and_paragraph_is_there_in_order(path: Path) -> None:
    def bare(text: str) -> list[str]:
        return [re.sub(r"[\s•]", "", _MARKS.sub("", line)) for line in text.strip().split("\n")]

    assert bare(read_file(path).text) == bare(printed_text(path))


@pytest.mark.parametrize("path", PRINTED, ids=lambda p: p.stem)
def test_every_number_is_right_and_none_is_in_doubt(path: Path) -> None:
    found = read_file(path)
    assert numbers.in_text(found.text) == numbers.in_text(printed_text(path))
    assert found.warnings == ()


def test_the_page_of_numbers_has_numbers_of_every_kind() -> None:
    text = (FILES / "numbers.txt").read_text("utf-8")
    assert numbers.in_text(text).total() >= 27
    for kind in (r"[٠-٩]٫[٠-٩]", r"\d,\d{3},\d{3}", r"\d%", r"٪", r"\d{4}-\d{4}", r"[٠-٩]{4}–[٠-٩]{4}", r"\+974-", r"@", r"\d\d/\d\d/\d{4}", r"\([A-Z]+ \d"):
        assert re.search(kind, text), kind


@pytest.mark.parametrize("path", [p for p in PRINTED if p.name.startswith(("release", "numbers"))], ids=lambda p: p.stem)
def test_the_facts_are_those_of_the_text(path: Path) -> None:
    extractor = newsextract.load()

    def facts(text: str) -> Any:
        record = json.loads(extractor.extract(text.replace("• ", "")).model_dump_json())
        return _without_places(record)

    assert facts(read_file(path).text) == facts(printed_text(path))


def _without_places(value: Any) -> Any:
    """A record without offsets, and with white space of one kind."""
    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key not in _PLACES}
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    return re.sub(r"\s+", " ", _MARKS.sub("", value)) if isinstance(value, str) else value


def test_marks_stay_with_their_letters() -> None:
    for path in PRINTED:
        if path.name.startswith("release"):
            assert "وفّرت" in unicodedata.normalize("NFC", read_file(path).text), path.name


def test_the_two_engines_read_the_same_numbers() -> None:
    for path in PRINTED:
        sources = Sources(Blob(path.read_bytes(), path.name), Limits())
        second = sources.second(0, digits=True)
        assert second is not None
        assert numbers.on_page(second.glyphs) == numbers.in_text(printed_text(path)), path.name
        sources.close()


def test_numbers_that_the_second_engine_reads_otherwise_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = Sources.second

    def blind_to_one_digit(self: Sources, index: int, *, digits: bool = False) -> Page | None:
        found = sound(self, index, digits=digits)
        assert found is not None
        found.glyphs.remove(next(g for g in found.glyphs if g.text == "4"))
        return found

    monkeypatch.setattr(Sources, "second", blind_to_one_digit)
    assert "NUMBERS_DISAGREE" in read_file(PRINTED[0]).warnings


def test_pdfium_alone_gives_the_same_words_and_the_warning_that_nothing_confirms_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sources, "mined", lambda *_, **__: None)
    for path in PRINTED:
        found = read_file(path)
        truth, got = words(printed_text(path)), words(found.text)
        assert 2 * (truth & got).total() / (truth.total() + got.total()) >= 0.9, path.name
        assert {"NUMBERS_DISAGREE", "SUSPECT_TEXT"} <= set(found.warnings), path.name


def test_a_ligature_gives_its_letters_in_reading_order_whichever_way_its_font_has_them() -> None:
    assert letters("لا") == letters("ال") == letters("\ufefb") == "لا"
    assert letters("لإ") == letters("إل") == "لإ"
    assert letters("\ufdf2") == "الله"
    assert letters("\ufedf") == "ل"
    assert letters("\ufe7d") == "\u0651"
    assert letters("في") == "في"


def test_letters_that_a_neighbour_has_already_are_no_gaps() -> None:
    glyphs = [Glyph(text, i * 6.0, i * 6.0 + 6, 700.0, 12.0) for i, text in enumerate(["\ufffd", "\ufffd", "\ufffd", "كتاب", "\ufffd"])]
    assert [g.text for g in without_shadows(glyphs)] == ["كتاب"]


def test_letters_drawn_from_left_to_right_are_turned_round_and_told() -> None:
    """As a program draws that knows nothing of Arabic: each letter right of the one before."""
    text = "أعلنت الوزارة اليوم نتائج المسابقة الوطنية للكتاب في 12 مدينة"
    codes = {c: i for i, c in enumerate(dict.fromkeys(text), 33)}
    content = b"BT /F1 12 Tf 40 700 Td <%s> Tj ET" % "".join(f"{codes[c]:02X}" for c in text).encode()
    found = read(Blob(lettered(content, {code: c for c, code in codes.items()}), "naive.pdf"), ReadOptions())
    assert found.text == text
    assert "VISUAL_ORDER" in found.warnings


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_as_the_upright_one(turn: int) -> None:
    content = {
        0: b"1 0 0 1 72 700",
        90: b"0 1 -1 0 100 72",
        180: b"-1 0 0 -1 500 100",
        270: b"0 -1 1 0 500 700",
    }[turn]
    made = pdf([CATALOG, PAGES, page(more=b"/Rotate %d" % turn), stream(b"BT /F1 12 Tf " + content + b" Tm (Hello 27 January) Tj ET")])
    assert read(Blob(made, "turned.pdf"), ReadOptions()).text == "Hello 27 January"


def test_what_is_typed_on_a_page_is_read_unless_it_is_hidden() -> None:
    def note(words: bytes, flags: int) -> bytes:
        look = stream(b"BT /F1 12 Tf 2 5 Td (" + words + b") Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << %s >>" % HELVETICA)
        return b"<< /Type /Annot /Subtype /FreeText /Rect [72 600 272 620] /F %d /AP << /N %d 0 R >> >>" % (flags, 7 if flags == 4 else 8) + b"|" + look

    shown, hidden = note(b"Seen by all", 4).split(b"|"), note(b"Seen by none", 2).split(b"|")
    made = pdf([CATALOG, PAGES, page(more=b"/Annots [5 0 R 6 0 R]"), stream(HELLO), shown[0], hidden[0], shown[1], hidden[1]])
    assert read(Blob(made, "note.pdf"), ReadOptions()).text == "Hello 27 January\nSeen by all"


def test_the_number_of_a_note_does_not_become_part_of_a_number() -> None:
    made = one_page(b"BT /F1 12 Tf 72 700 Td (by 1878) Tj /F1 6 Tf 5 Ts (15) Tj ET")
    assert read(Blob(made, "note.pdf"), ReadOptions()).text == "by 1878 15"


def test_words_that_no_language_has_are_refused_or_told() -> None:
    text = (FILES / "release.txt").read_text("utf-8")
    alphabet = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    swapped = text.translate(str.maketrans(alphabet, alphabet[13:] + alphabet[:13]))
    assert judge(text).strange < 0.05 < 0.4 < judge(swapped).strange
    assert judge(" ".join(word[::-1] for word in text.split())).backwards
    assert not judge(text).backwards
    assert judge(text.replace("الميناء", "المي䐣ناء")).mixed >= 0.1
    assert judge(" ".join(text.replace(" ", ""))).pieces > 0.9
    assert judge("bcdf ghjk lmnp qrst vwxz " * 5).babble
    assert not judge("The committee met in the town hall and agreed on a new plan for the schools of the region " * 2).babble


def test_a_font_without_letters_is_refused() -> None:
    content = b"BT /F1 12 Tf 40 700 Td <%s> Tj ET" % (b"A0A1A2A3A4A5" * 20)
    made = lettered(content, dict.fromkeys(range(160, 166), "\ue000"))
    with pytest.raises(ReadError) as caught:
        read(Blob(made, "garbage.pdf"), ReadOptions())
    assert caught.value.code == "SUSPECT_TEXT"


def test_furniture_of_pages_is_left_out_and_cut_paragraphs_are_joined() -> None:
    def sheet(number: int, body: str) -> bytes:
        head = b"BT /F1 9 Tf 250 780 Td (The Town Gazette) Tj ET "
        foot = b"BT /F1 9 Tf 300 20 Td (Page %d of 3) Tj ET " % number
        return stream(head + b"BT /F1 12 Tf 60 400 Td (%s) Tj ET " % body.encode() + foot)

    bodies = ["The council met on Monday and decided that the old bridge over the river near the", "mill would stay. Nothing else was said.", "Done."]
    kids = [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 520 792] /Contents %d 0 R /Resources << %s >> >>" % (6 + i, HELVETICA) for i in range(3)]
    tree = b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>"
    made = pdf([CATALOG, tree, *kids, *[sheet(i + 1, body) for i, body in enumerate(bodies)]])
    text = read(Blob(made, "paper.pdf"), ReadOptions()).text
    assert text == f"The Town Gazette\n{bodies[0]} {bodies[1]}\nDone."


def scan(name: str = "release.chromium.noto_naskh_arabic.pdf", dpi: int = 110) -> bytes:
    """A PDF whose page is a picture of a page."""
    engine = Pdfium((FILES / name).read_bytes())
    image = engine.picture(0, dpi)
    engine.close()
    header, _, pixels = image.partition(b"\n")
    width, height = map(int, header.split()[1:3])
    return one_page(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject << /I 5 0 R >>", picture(pixels, width, height))


def test_a_scanned_page_needs_ocr() -> None:
    with pytest.raises(ReadError) as caught:
        read(Blob(scan(dpi=40), "scan.pdf"), ReadOptions())
    assert caught.value.code == "NEEDS_OCR"
    assert "--ocr tesseract" in str(caught.value)


def test_a_scanned_page_among_others_is_told() -> None:
    tree = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    second = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Resources << /XObject << /I 7 0 R >> >> >>"
    made = pdf([CATALOG, tree, page(), stream(HELLO), second, stream(b"q 612 0 0 792 0 0 cm /I Do Q"), picture(b"\x80" * 100, 10, 10)])
    found = read(Blob(made, "mixed.pdf"), ReadOptions())
    assert (found.text, found.warnings) == ("Hello 27 January", ("NEEDS_OCR",))


def test_tesseract_reads_a_scanned_page_and_is_told_of() -> None:
    import shutil

    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed (Debian: tesseract-ocr, tesseract-ocr-ara)")
    found = read(Blob(scan(dpi=150), "scan.pdf"), ReadOptions(ocr="tesseract"))
    assert "OCR" in found.warnings
    truth, got = words((FILES / "release.txt").read_text("utf-8")), words(found.text)
    assert (truth & got).total() / truth.total() > 0.7


def test_without_tesseract_the_error_names_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError) as caught:
        read(Blob(scan(dpi=40), "scan.pdf"), ReadOptions(ocr="tesseract"))
    assert caught.value.code == "MISSING_EXTRA"
    assert "tesseract-ocr-ara" in caught.value.remedy


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("cat >/dev/null; echo 'Error opening data file ara.traineddata' >&2; exit 1", "MISSING_EXTRA"),
        ("cat >/dev/null; echo 'no page' >&2; exit 1", "NEEDS_OCR"),
        ("exec sleep 30", "LIMIT"),
    ],
)
def test_tesseract_that_fails_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, code: str) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError) as caught:
        ocr.recognise(b"P5 1 1 255\n\0", "scan.pdf", seconds=1)
    assert caught.value.code == code


def test_text_that_other_programs_recognised_is_told_of() -> None:
    made = one_page(b"BT 3 Tr /F1 12 Tf 72 700 Td (Hello 27 January and the rest of it) Tj ET")
    assert "OCR" in read(Blob(made, "layer.pdf"), ReadOptions()).warnings


def test_time_that_runs_out_gives_the_pages_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(0.0, 20.0)
    monkeypatch.setattr("newsextract.readers.pdf.document.time.monotonic", lambda: next(clock))
    tree = b"<< /Type /Pages /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>"
    made = pdf([CATALOG, tree, page(), stream(HELLO), page(), page()])
    found = read(Blob(made, "long.pdf"), ReadOptions(limits=Limits(seconds=30)))
    assert found.text == "Hello 27 January"
    assert "TRUNCATED" in found.warnings
