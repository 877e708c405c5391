"""Lexicons: every shipped file loads and is consistent; a malformed row is refused with its file, line and reason."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from newsextract.errors import DataError, LexiconError
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import read_rows, shipped_entries, user_entries
from newsextract.lexicon.schema import BIT, COLUMNS, LABELS, Entry
from newsextract.text.fold import fold

FOLDER = resources.files("newsextract.data.lexicons")
FILES = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".tsv"))
HEADER = "surface\tlabel\tid\taliases\tgender\tcountry\tlatitude\twikidata\tclitics\n"
ROW = "جدة\tPLACE\tsa-jeddah\t\t\tSA\t21.5\tQ374365\tconj prep\n"
VALUED = {"MONTH", "WEEKDAY", "NUMERAL", "ORDINAL", "COMPARATOR", "CURRENCY", "UNIT"}
FOLD_ALIKE = {("د.ا", "CURRENCY")}
"""د.إ (dirham) and د.أ (Jordanian dinar): the amount reader tells them apart by their letters in the source."""
UNPLAIN = re.compile("\u0640(?=\\w)|[\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\ufb50-\ufdff\ufe70-\ufeff]")


def rows_of(name: str) -> list[Entry]:
    return read_rows(name, (FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_file_loads(name: str) -> None:
    assert rows_of(name)


@pytest.mark.parametrize("name", FILES)
def test_every_row_names_its_source(name: str) -> None:
    assert not [entry.surface for entry in rows_of(name) if not entry.source]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_plainly_spelt(name: str) -> None:
    """No harakat, controls, presentation forms, nor tatweel within a word: nobody could look for such a row by typing its word."""
    spelt = [form for entry in rows_of(name) for form in (entry.surface, entry.aliases, entry.plural, entry.dual, entry.lemma)]
    assert not [form for form in spelt if UNPLAIN.search(form)]


@pytest.mark.parametrize("name", FILES)
def test_no_surface_stands_twice_once_folded(name: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in rows_of(name):
        key = (fold(entry.surface).text, entry.label)
        assert key not in seen or key in FOLD_ALIKE, f"{entry.surface} ({entry.label}) folds like {seen[key]}"
        seen[key] = entry.surface


def test_no_two_files_give_a_surface_different_values() -> None:
    values: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for entry in shipped_entries():
        if entry.label in VALUED:
            values[fold(entry.surface).text, entry.label].add((entry.value, entry.kind))
    assert {key for key, found in values.items() if len(found) > 1} == FOLD_ALIKE


def test_every_label_is_used_but_those_given_while_scanning() -> None:
    assert {entry.label for entry in shipped_entries()} == set(LABELS) - {"DIGITS", "MAYBE_GIVEN", "MAYBE_PLACE", "MAYBE_DATE"}


def test_label_bits_are_distinct() -> None:
    assert len(set(BIT.values())) == len(LABELS)
    assert all(bit & (bit - 1) == 0 for bit in BIT.values())


def test_every_shipped_surface_is_found_again() -> None:
    entries = shipped_entries()
    lexicon = Lexicon(entries)
    from newsextract.scan.scanner import Scan

    for entry in entries[:: max(1, len(entries) // 3000)]:
        scan = Scan(entry.surface, lexicon)
        phrase = scan.phrases.get(0)
        found = list(phrase.readings) if phrase is not None else []
        found += [reading for token in scan.tokens[:1] if token.lexeme is not None for reading in token.lexeme.readings]
        assert any(reading.sense.entry.label == entry.label for reading in found), f"{entry.surface} ({entry.label})"


def test_comments_blank_lines_and_crlf_are_taken() -> None:
    assert [e.surface for e in read_rows("x.tsv", "# a remark\r\n\r\n" + (HEADER + ROW).replace("\n", "\r\n"))] == ["جدة"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.tsv:1: no header line"),
        ("surface\tlabel\tcolour\n", "x.tsv:1: unknown column 'colour'"),
        ("label\tsurface\n", "x.tsv:1: the first two columns"),
        ("surface\tlabel\tid\tid\n", "x.tsv:1: a column is named twice"),
        (HEADER + "جدة\tPLACE\n", "x.tsv:2: 2 cells where the header has 9 columns"),
        (HEADER + ROW + ROW.replace("PLACE", "CITY"), "x.tsv:3: unknown label 'CITY'"),
        (HEADER + ROW.replace("PLACE", "DIGITS"), "x.tsv:2: unknown label 'DIGITS'"),
        (HEADER + ROW.replace("جدة", " جدة"), "x.tsv:2: the surface is empty or has spaces around it"),
        (HEADER + ROW.replace("جدة", ""), "x.tsv:2: the surface is empty"),
        (HEADER + ROW.replace("conj prep", "conj, prep"), "x.tsv:2: clitics 'conj, prep'"),
        (HEADER + ROW.replace("\tSA\t", "\tsau\t"), "x.tsv:2: country 'sau'"),
        (HEADER + ROW.replace("Q374365", "374365"), "x.tsv:2: wikidata '374365'"),
        (HEADER + ROW.replace("21.5", "121.5"), "x.tsv:2: latitude '121.5' is no number between -90 and 90"),
        (HEADER + ROW.replace("21.5", "north"), "x.tsv:2: latitude 'north' is no number"),
        (HEADER + ROW.replace("sa-jeddah\t", "sa-jeddah\tجده|جدا"), "x.tsv:2: aliases"),
        (HEADER + ROW.replace("sa-jeddah\t", "sa-jeddah\tجده | "), "x.tsv:2: aliases"),
        (HEADER + ROW + "# between\n" + ROW, "x.tsv:4: جدة (PLACE) stands already in line 2"),
        (HEADER + ROW + ROW.replace("جدة", "ينبع"), "x.tsv:3: the id sa-jeddah is already that of line 2"),
    ],
)
def test_a_malformed_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        read_rows("x.tsv", text)
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, DataError)
    assert isinstance(caught.value, ValueError)


def test_a_user_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + ROW, "utf-8-sig")
    assert [e.surface for e in user_entries([path])] == ["جدة"]


def test_a_user_file_that_is_not_utf8_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes((HEADER + ROW).encode("cp1256"))
    with pytest.raises(LexiconError, match=re.escape(f"{path}:0: cannot be read as UTF-8")):
        user_entries([path])
    with pytest.raises(LexiconError, match=r"absent\.tsv:0: cannot be read"):
        user_entries([tmp_path / "absent.tsv"])


LITTLE = read_rows(
    "little.tsv",
    "surface\tlabel\tid\tvalue\taliases\tplural\tacronym\tcategory\tclitics\n"
    "المنظمة\tINSTITUTION\torg\t\t\t\tORG\t\tconj prep\n"
    "ورشة\tEVENT_HEAD\t\t\t\tورش\t\t\tconj prep art\n"
    "البنك الإسلامي للتنمية\tINSTITUTION\tisdb\t\tبنك التنمية\t\tIsDB\t\tconj prep\n"
    "مارس\tMONTH\t\t3\t\t\t\t\t\n"
    "كتب\tVERB\t\t\t\t\t\tambiguous\tconj\n"
    "هنا\tFUNCTION\t\t\t\t\t\t\tconj\n",
)


@pytest.mark.parametrize(
    ("word", "label", "cut"),
    [
        ("المنظمه", "INSTITUTION", 0),
        ("والمنظمه", "INSTITUTION", 1),
        ("بالمنظمه", "INSTITUTION", 1),
        ("وبالمنظمه", "INSTITUTION", 2),
        ("للمنظمه", "INSTITUTION", 0),
        ("وللمنظمه", "INSTITUTION", 1),
        ("الورشه", "EVENT_HEAD", 0),
        ("ورش", "EVENT_HEAD", 0),
        ("بورشه", "EVENT_HEAD", 1),
        ("للورشه", "EVENT_HEAD", 0),
        ("وهنا", "FUNCTION", 1),
    ],
)
def test_proclitics_that_a_row_allows(word: str, label: str, cut: int) -> None:
    lexeme = Lexicon(LITTLE)[word]
    assert lexeme is not None
    reading = lexeme.sense(label)
    assert reading is not None
    assert reading.cut == cut


@pytest.mark.parametrize("word", ["بهنا", "المارس", "فمارس", "نظمه", "س"])
def test_proclitics_that_no_row_allows(word: str) -> None:
    lexeme = Lexicon(LITTLE)[word]
    assert lexeme is None or not lexeme.readings


def test_an_ambiguous_row_is_weak() -> None:
    lexeme = Lexicon(LITTLE)["وكتب"]
    assert lexeme is not None
    assert not lexeme.flags
    assert lexeme.weak == BIT["VERB"]


def test_a_later_row_comes_first() -> None:
    own = read_rows("own.tsv", "surface\tlabel\tid\nالمنظمة\tINSTITUTION\tmine\n")
    lexeme = Lexicon([*LITTLE, *own])["المنظمه"]
    assert lexeme is not None
    reading = lexeme.sense("INSTITUTION")
    assert reading is not None
    assert reading.sense.entry.id == "mine"


PAGE = (Path(__file__).parents[1] / "docs" / "lexicons.md").read_text("utf-8")


def test_every_column_and_label_is_documented() -> None:
    assert not [name for name in (*COLUMNS, *LABELS) if f"`{name}`" not in PAGE]


def test_every_shipped_file_is_documented_and_has_its_sources_told() -> None:
    sources = (FOLDER / "SOURCES.md").read_text("utf-8")
    assert not [name for name in FILES if f"`{name}`" not in PAGE or f"`{name}`" not in sources]


def test_every_source_is_explained() -> None:
    sources = (FOLDER / "SOURCES.md").read_text("utf-8")
    assert not {entry.source for entry in shipped_entries() if f"`{entry.source}`" not in sources}


def test_the_overlay_of_the_documentation_loads(tmp_path: Path) -> None:
    block = PAGE.split("```tsv\n")[1].split("```")[0]
    path = tmp_path / "own.tsv"
    path.write_text(block, "utf-8")
    assert [entry.label for entry in user_entries([path])] == ["INSTITUTION", "PLACE"]
