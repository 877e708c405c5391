"""Word documents: the text that the pages show, and nothing that hostile ones want."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import STRICT_W, TYPES, document, package, paragraph, relations, run, story, zipped

from newsextract.errors import ReadError
from newsextract.readers.docx import read
from newsextract.readers.port import Blob, Document, Limits, ReadOptions

OPTIONS = ReadOptions()


def read_package(data: bytes, options: ReadOptions = OPTIONS) -> Document:
    return read(Blob(data, "release.docx"), options)


def text_of(body: str, **parts: object) -> str:
    return read_package(package(document(body), **parts)).text  # type: ignore[arg-type]


def code_of(data: bytes, options: ReadOptions = OPTIONS) -> str:
    with pytest.raises(ReadError) as caught:
        read_package(data, options)
    assert caught.value.path == "release.docx"
    return caught.value.code


# What the pages show


def test_paragraphs_in_order_with_their_split_runs() -> None:
    assert text_of(paragraph("أعلنت ال", "هيئة اليوم") + paragraph("النتائج")) == "أعلنت الهيئة اليوم\nالنتائج"


def test_tabs_breaks_and_hyphens() -> None:
    body = "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr><w:r><w:t>أ</w:t><w:tab/><w:t>ب</w:t><w:br/><w:t>ج</w:t><w:cr/>"
    body += "<w:t>011</w:t><w:noBreakHyphen/><w:t>555</w:t><w:softHyphen/><w:t>7</w:t></w:r></w:p>"
    assert text_of(body) == "أ\tب\nج\n011\u20115557"


def test_symbols_whose_font_shows_them_as_they_are() -> None:
    digits = "<w:sym w:font='Symbol' w:char='F037'/><w:sym w:font='Symbol' w:char='F035'/>"
    assert text_of(f"<w:p><w:r><w:t>نحو </w:t>{digits}<w:sym w:font='Arial' w:char='2605'/><w:sym w:char='zz'/><w:sym w:char='D800'/></w:r></w:p>") == "نحو 75★"


def test_a_table_row_is_a_line_and_a_layout_table_a_text() -> None:
    def cell(*texts: str) -> str:
        return "<w:tc><w:tcPr/>" + "".join(paragraph(t) for t in texts) + "</w:tc>"

    table = f"<w:tbl><w:tr>{cell('المدينة')}{cell('العدد')}</w:tr><w:tr>{cell('صفاقس')}{cell('12')}</w:tr></w:tbl>"
    assert text_of(table) == "المدينة\tالعدد\nصفاقس\t12"
    layout = f"<w:tbl><w:tr>{cell('شعار', 'الهيئة')}{cell('عنوان', 'متن')}</w:tr></w:tbl>"
    assert text_of(layout) == "شعار\nالهيئة\nعنوان\nمتن"
    nested = f"<w:tbl><w:tr><w:tc>{paragraph('قبل')}{table}{paragraph('بعد')}</w:tc></w:tr></w:tbl>"
    assert text_of(nested) == "قبل\nالمدينة\tالعدد\nصفاقس\t12\nبعد"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('هاتف الهيئة 4455')}</w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>{old}</mc:AlternateContent>"
    assert text_of(f"<w:p>{run('قبل')}<w:r>{both}</w:r>{run(' وبعد')}</w:p>" + paragraph("ثان")) == "قبل وبعد\nهاتف الهيئة 4455\nثان"
    emoji = "<mc:AlternateContent><mc:Choice Requires='w16se'><a:x/></mc:Choice><mc:Fallback><w:t>☎</w:t></mc:Fallback></mc:AlternateContent>"
    assert text_of(f"<w:p><w:r><w:t>هاتف </w:t>{emoji}</w:r></w:p>") == "هاتف ☎"
    only_old = f"<mc:AlternateContent><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text_of(f"<w:p><w:r>{only_old}</w:r></w:p>") == "هاتف الهيئة 4455"


def test_word_art_and_formulas() -> None:
    art = "<w:p><w:r><w:pict><v:shape><v:textpath string='يوم الكتاب'/></v:shape></w:pict></w:r></w:p>"
    assert text_of(art + "<w:p><m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath></w:p>") == "يوم الكتاب\nx=3"


def test_content_controls_and_links() -> None:
    body = f"<w:sdt><w:sdtPr><w:alias w:val='سر'/></w:sdtPr><w:sdtContent>{paragraph('محتوى')}</w:sdtContent></w:sdt>"
    assert text_of(body + f"<w:p><w:hyperlink r:id='rId9'>{run('رابط')}</w:hyperlink></w:p>") == "محتوى\nرابط"


def test_insertions_are_in_and_deletions_out() -> None:
    body = f"<w:p>{run('كان ')}<w:ins>{run('ستين')}</w:ins><w:del><w:r><w:delText>سبعين</w:delText></w:r></w:del>"
    body += f"<w:moveFrom>{run('منقول')}</w:moveFrom><w:moveTo>{run(' وصار')}</w:moveTo></w:p>"
    assert text_of(body) == "كان ستين وصار"


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_goes() -> None:
    joined = paragraph("أول ", properties="<w:rPr><w:del w:id='1'/></w:rPr>") + paragraph("ثان")
    row = f"<w:tbl><w:tr><w:trPr><w:del w:id='2'/></w:trPr><w:tc>{paragraph('محذوف')}</w:tc></w:tr><w:tr><w:tc>{paragraph('باق')}</w:tc></w:tr></w:tbl>"
    assert text_of(joined + row) == "أول ثان\nباق"


def test_hidden_text_is_out_whether_by_itself_or_by_style() -> None:
    styles = story(
        "styles",
        "<w:style w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='Child'><w:basedOn w:val='Secret'/></w:style>"
        "<w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>",
    )
    runs = [run("ظاهر"), run("مخفي", "<w:vanish/>"), run("بأسلوب", "<w:rStyle w:val='Child'/>"), run(" أيضا", "<w:vanish w:val='0'/>")]
    body = f"<w:p>{''.join(runs)}</w:p>"
    body += paragraph("فقرة مخفية", properties="<w:pStyle w:val='Child'/>") + paragraph("عادية", properties="<w:pStyle w:val='Loop'/>")
    text = text_of(body, links=[("styles", "styles.xml")], parts={"word/styles.xml": styles})
    assert text.split() == ["ظاهر", "أيضا", "عادية"]


def test_a_hidden_former_format_hides_nothing() -> None:
    former = "<w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    assert text_of(f"<w:p>{run('ظاهر', former)}</w:p>") == "ظاهر"


def test_results_of_fields_are_in_and_codes_out() -> None:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    code = "<w:r><w:instrText> DATE \\@ yyyy </w:instrText></w:r>"
    nested = mark("begin") + code + mark("begin") + code + mark("separate") + run("داخلي") + mark("end") + mark("separate") + run("2024") + mark("end")
    assert text_of(f"<w:p>{run('سنة ')}{nested}{run(' م')}</w:p>") == "سنة 2024 م"
    assert text_of(f"<w:p><w:fldSimple w:instr='AUTHOR'>{run('الكاتب')}</w:fldSimple></w:p>") == "الكاتب"
    unclosed = f"<w:p>{mark('begin')}{code}</w:p>" + paragraph("بقية النص")
    assert text_of(unclosed) == "بقية النص"


def test_layout_of_the_file_is_no_text() -> None:
    assert text_of("<w:p>\n  <w:r>\n    <w:t>الر</w:t>\n  </w:r>\n  <w:r><w:t>\n   باط\n </w:t></w:r>\n</w:p>\n") == "الرباط"


def test_notes_stand_behind_the_body_in_the_order_of_their_marks() -> None:
    notes = story(
        "footnotes",
        f"<w:footnote w:type='separator' w:id='0'>{paragraph('---')}</w:footnote><w:footnote w:id='2'>{paragraph('الثانية')}</w:footnote>"
        f"<w:footnote w:id='3'>{paragraph('الأولى')}</w:footnote><w:footnote w:id='4'>{paragraph('مهملة')}</w:footnote>",
    )
    body = f"<w:p>{run('متن')}<w:r><w:footnoteReference w:id='3'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>" + paragraph("خاتمة")
    assert text_of(body, links=[("footnotes", "footnotes.xml")], parts={"word/footnotes.xml": notes}) == "متن\nخاتمة\n\nالأولى\nالثانية"


def test_headers_stand_last_each_once_and_only_if_shown() -> None:
    parts = {f"word/h{n}.xml": story("hdr", paragraph(text)) for n, text in enumerate(["رأس", "رأس", "أولى", "زوجية"], 1)}
    links = [("header", f"h{n}.xml") for n in range(1, 5)]
    references = "".join(f"<w:headerReference w:type='{kind}' r:id='rId{n}'/>" for n, kind in enumerate(["default", "default", "first", "even"], 1))
    body = paragraph("متن") + f"<w:sectPr>{references}</w:sectPr>"
    assert text_of(body, links=links, parts=parts) == "متن\n\nرأس"
    shown = paragraph("متن") + f"<w:sectPr>{references}<w:titlePg/></w:sectPr>"
    settings = {"word/settings.xml": story("settings", "<w:evenAndOddHeaders/>")}
    assert text_of(shown, links=[*links, ("settings", "settings.xml")], parts=parts | settings) == "متن\n\nرأس\nأولى\nزوجية"


def test_diagrams_are_read() -> None:
    drawing = "<w:p><w:r><w:drawing><dgm:relIds r:dm='rId1'/></w:drawing></w:r></w:p>"
    diagram = story("data", "<a:p><a:r><a:t>مرحلة</a:t></a:r></a:p><a:p><a:r><a:t>نتيجة</a:t></a:r></a:p>")
    assert text_of(paragraph("متن") + drawing, links=[("diagramData", "data.xml")], parts={"word/data.xml": diagram}) == "متن\n\nمرحلة\nنتيجة"


def test_strict_files_and_utf_16() -> None:
    strict = package(document(paragraph("نص صارم"), namespace=STRICT_W))
    assert read_package(strict).text == "نص صارم"
    cp1256 = document(paragraph("نص ضيق")).replace("UTF-8", "windows-1256").encode("cp1256")
    assert read_package(package(cp1256)).text == "نص ضيق"
    utf16 = document(paragraph("نص عريض")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_package(package(utf16)).text == "نص عريض"


# Title, date, completeness


def test_a_title_below_the_letterhead_comes_first() -> None:
    body = paragraph("الجمهورية") + paragraph("المعهد يفتتح مخبره") + paragraph("افتتح المعهد")
    expected = "المعهد يفتتح مخبره\nالجمهورية\nافتتح المعهد"
    assert text_of(body, core="<dc:title>المعهد  يفتتح مخبره</dc:title>") == expected
    assert (
        text_of(body.replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>", 2).replace("<w:pPr><w:pStyle w:val='Title'/></w:pPr>", "", 1))
        == expected
    )


@pytest.mark.parametrize("title", ["Microsoft Word - قالب", "الجمهورية", ""])
def test_a_title_that_is_none_changes_nothing(title: str) -> None:
    assert text_of(paragraph("الجمهورية") + paragraph("متن"), core=f"<dc:title>{title}</dc:title>") == "الجمهورية\nمتن"


def test_the_date_of_a_cover_page_is_the_only_one_declared() -> None:
    cover = '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps"><PublishDate>{}</PublishDate></CoverPageProperties>'
    created = "<x:created xmlns:x='http://purl.org/dc/terms/'>1999-01-01T00:00:00Z</x:created>"

    def published(value: str) -> date | None:
        links, parts = [("customXml", "../customXml/item1.xml")], {"customXml/item1.xml": cover.format(value)}
        return read_package(package(document(paragraph("متن")), links=links, parts=parts, core=created)).published

    assert published("2021-03-04T00:00:00") == date(2021, 3, 4)
    assert published("2021-02-30") is None
    assert published("") is None


def test_a_damaged_further_part_is_told() -> None:
    body = f"<w:p>{run('متن')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    found = read_package(package(document(body), links=[("footnotes", "footnotes.xml")], parts={"word/footnotes.xml": "<w:footnotes"}))
    assert (found.text, found.warnings) == ("متن", ("TRUNCATED",))
    missing = read_package(package(document(paragraph("متن") + "<w:altChunk r:id='rId1'/>")))
    assert (missing.text, missing.warnings) == ("متن", ("TRUNCATED",))


def test_a_file_of_another_format_is_read_in_its_place() -> None:
    body = paragraph("قبل") + "<w:altChunk r:id='rId1'/>" + paragraph("بعد")
    page = "<html><meta charset='utf-8'><body><p>أعلنت الهيئة نتائج المسح الزراعي</p><p>وبلغ العدد 12 ولاية</p></body></html>"
    chunks: dict[str, str | bytes] = {"chunk.html": page, "chunk.txt": "سطر أول\nسطر ثان", "chunk.docx": package(document(paragraph("وثيقة")))}
    for path, content in chunks.items():
        found = read_package(package(document(body), links=[("aFChunk", path)], parts={f"word/{path}": content}))
        assert found.warnings == ()
        first, *shown, last = found.text.split("\n")
        assert (first, last) == ("قبل", "بعد")
        assert shown in (["أعلنت الهيئة نتائج المسح الزراعي", "وبلغ العدد 12 ولاية"], ["سطر أول", "سطر ثان"], ["وثيقة"])


def test_documents_within_documents_end() -> None:
    data = package(document(paragraph("متن")))
    for _ in range(8):
        data = package(document(paragraph("غلاف") + "<w:altChunk r:id='rId1'/>"), links=[("aFChunk", "x.docx")], parts={"word/x.docx": data})
    assert read_package(data).text.split() == ["غلاف"] * 5


# Hostile and damaged files

ENTITY = "<!DOCTYPE x [<!ENTITY a 'بيان'>]>"


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml", "docProps/core.xml"])
def test_no_document_type_in_any_part(part: str) -> None:
    files = {"[Content_Types].xml": TYPES, "_rels/.rels": relations([("officeDocument", "word/document.xml")]), "word/document.xml": document(paragraph("متن"))}
    files[part] = ENTITY + files.get(part, "<x/>").replace('<?xml version="1.0" encoding="UTF-8"?>', "")
    assert code_of(zipped(files)) == "XML_ENTITY"


def test_a_document_type_in_utf_16_is_seen_too() -> None:
    main = document(paragraph("متن")).replace('encoding="UTF-8"?>', 'encoding="UTF-16"?>' + ENTITY).encode("utf-16")
    assert code_of(package(main)) == "XML_ENTITY"


def test_a_bomb_stops_early() -> None:
    bombs = [package(document(paragraph("a" * 40_000_000)))]
    bombs.append(package(document(paragraph("متن")), parts={"word/styles.xml": "<a>" + " " * 40_000_000 + "</a>"}, links=[("styles", "styles.xml")]))
    tracemalloc.start()
    try:
        assert [code_of(bomb) for bomb in bombs] == ["ZIP_BOMB", "ZIP_BOMB"]
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = document("<w:sdt>" * 300 + paragraph("متن") + "</w:sdt>" * 300)
    assert code_of(package(deep)) == "NESTING_LIMIT"
    assert code_of(package(document("<w:sdt>" * 100_000))) == "NESTING_LIMIT"
    few = replace(OPTIONS, limits=Limits(characters=100))
    assert code_of(package(document(paragraph("نص " * 100))), few) == "LIMIT"
    headers = {f"word/h{n}.xml": story("hdr", paragraph("رأس " * 5)) for n in range(10)}
    shown = "".join(f"<w:headerReference r:id='rId{n}'/>" for n in range(1, 11))
    many = package(document(paragraph("متن") + f"<w:sectPr>{shown}</w:sectPr>"), links=[("header", f"h{n}.xml") for n in range(10)], parts=headers)
    assert code_of(many, few) == "LIMIT"
    again = package(document("<w:altChunk r:id='rId1'/>" * 9), links=[("aFChunk", "a.txt")], parts={"word/a.txt": "سطر من النص"})
    assert code_of(again, few) == "LIMIT"
    assert code_of(package(document(f"<w:p w:x='{random.Random(0).randbytes(3_000_000).hex()}'/>"))) == "LIMIT"
    monkeypatch.setattr("newsextract.readers.ooxml._MOST_ELEMENTS", 500)
    assert code_of(package(document("<w:p/>" * 600))) == "LIMIT"
    small = replace(OPTIONS, limits=Limits(bytes=1000))
    assert code_of(package(document(paragraph("نص " * 1000))), small) == "LIMIT"


def test_other_files_under_the_name_are_told() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert code_of(ole) == "TYPE_MISMATCH"
    assert code_of(ole + "EncryptedPackage".encode("utf-16-le")) == "ENCRYPTED"
    workbook = {"[Content_Types].xml": TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet"), "word/document.xml": "<x/>"}
    assert code_of(zipped(workbook)) == "TYPE_MISMATCH"
    assert code_of(package("<workbook/>")) == "TYPE_MISMATCH"


def test_damage_is_told() -> None:
    sound = package(document(paragraph("متن")))
    assert code_of(b"plain text") == "CORRUPT"
    assert code_of(sound[:-40]) == "CORRUPT"
    assert code_of(package(document("<w:p>&#x0;</w:p>"))) == "CORRUPT"
    for name in ("unicode_escape", "zlib", "utf-7", "rot13", "undefined", "no-such"):
        assert code_of(package(document(paragraph("متن")).replace("UTF-8", name))) == "CORRUPT"
    assert code_of(zipped({"[Content_Types].xml": TYPES})) == "CORRUPT"
    assert code_of(zipped({"word/document.xml": document(paragraph("متن"))})) == "CORRUPT"
    stored = zipped({"[Content_Types].xml": TYPES, "word/document.xml": document(paragraph("بيان"))}, zipfile.ZIP_STORED)
    assert code_of(stored.replace("بيان".encode(), "ببان".encode(), 1)) == "CORRUPT"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_ambiguous() -> None:
    files = [("[Content_Types].xml", TYPES), ("word/document.xml", document(paragraph("أ"))), ("word/document.xml", document(paragraph("ب")))]
    assert code_of(zipped(files)) == "CORRUPT"


def test_junk_before_the_package_does_no_harm() -> None:
    assert read_package(b"junk" * 500 + package(document(paragraph("متن")))).text == "متن"


def test_nothing_to_read_is_told() -> None:
    assert code_of(package(document("<w:p/>"))) == "NO_TEXT"
    assert code_of(package(document("<w:p/>"), parts={"word/media/image1.png": b"\x89PNG"})) == "NEEDS_OCR"


SOUND = package(document(paragraph("أعلنت الهيئة") + paragraph("النتائج")), core="<dc:title>x</dc:title>")
SOUND_STORED = zipped({"[Content_Types].xml": TYPES, "word/document.xml": document(paragraph("أعلنت الهيئة"))}, zipfile.ZIP_STORED)


@settings(max_examples=400, deadline=None)
@given(
    base=st.sampled_from([SOUND, SOUND_STORED]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=4), st.integers(0, 6)), min_size=1, max_size=6),
)
def test_no_mutation_raises_anything_else(base: bytes, changes: list[tuple[float, bytes, int]]) -> None:
    data = base
    for place, inserted, removed in changes:
        at = int(place * len(data))
        data = data[:at] + inserted + data[at + removed :]
    try:
        found = read_package(data)
    except ReadError:
        return
    assert found.text.strip()


ELEMENTS = [
    f"w:{n}" for n in ("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "trPr", "txbxContent", "del", "vanish", "sectPr", "footnote", "fldChar", "altChunk")
]
ELEMENTS += ["mc:AlternateContent", "mc:Choice", "mc:Fallback", "a:p", "a:t", "m:r"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(ELEMENTS),
        max_size=40,
    ),
    st.randoms(),
)
def test_no_order_of_elements_raises_anything_else(names: list[str], chance: random.Random) -> None:
    opened: list[str] = []
    body = ""
    for name in names:
        body += f"<{name}>نص"
        opened.append(name)
        while opened and chance.random() < 0.5:
            body += f"</{opened.pop()}>"
    body += "".join(f"</{name}>" for name in reversed(opened))
    try:
        read_package(package(document(body)))
    except ReadError:
        return
