"""Our fold equals the camel-tools chain, but for the listed differences: over every code point and over real text.

The chain is NFKC → ``CharMapper('arclean')`` → ``dediac_ar`` → ``normalize_alef_ar`` → ``normalize_alef_maksura_ar`` →
``normalize_teh_marbuta_ar``, as in ``scripts/generate_fold.py``.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

import pytest

from conftest import ROOT, load_script
from newsextract.text import fold_table
from newsextract.text.fold import fold

generator = load_script(ROOT / "scripts" / "generate_fold.py")

ARABIC = [code for block in generator.ARABIC_BLOCKS for code in block]
CODES = range(0x10000)


def chain(text: str) -> str:
    """The whole camel-tools chain; it cannot take a lone surrogate, which is a ruling."""
    return str(generator.chain(text, clean=True))


def ruling(char: str) -> str:
    """Why ``char`` may fold otherwise than by the chain; empty if it may not. The closed list of all differences."""
    code = ord(char)
    category = unicodedata.category(char)
    if code in generator.DIFFERENCES:
        return "listed in DIFFERENCES with its own reason"
    if code in generator.REMOVED:
        return "invisible control: removed without a trace, arclean writes a space"
    if code in generator.SPACES or code in generator.NEWLINES:
        return "white space keeps one character and its kind: the chain strips or keeps it by its neighbours"
    if code in generator.DASHES or code in generator.QUOTES:
        return "a dash or quotation mark is one sign: arclean spells some with two"
    if category == "Cs" or code > 0xFFFF:
        return "beyond the plane or a lone surrogate: one symbol"
    if generator.in_arabic_blocks(code):
        if category[0] == "M" or code in generator.NO_LETTERS or chain(char):
            return ""
        return "a letter or sign that arclean deletes since it does not know it: kept"
    if char.isascii():
        return ""
    return "outside the Arabic blocks only NFKC is applied, and only one to one: arclean deletes foreign letters"


def test_the_table_is_up_to_date() -> None:
    assert generator.TARGET.read_text("utf-8") == generator.render(generator.rows()), "run scripts/generate_fold.py"


@pytest.mark.parametrize("block", generator.ARABIC_BLOCKS, ids=lambda block: f"{block.start:04X}")
def test_every_code_point_of_an_arabic_block_folds_as_by_camel_tools(block: range) -> None:
    wrong = [f"U+{code:04X}" for code in block if fold(chr(code)).text != chain(chr(code)) and not ruling(chr(code))]
    assert not wrong


def test_ascii_folds_to_itself_as_by_camel_tools() -> None:
    for code in range(0x20, 0x7F):
        assert fold(chr(code)).text == chain(chr(code)) == chr(code)


def test_what_arclean_deletes_is_kept_as_itself() -> None:
    kept = [code for code in ARABIC if ruling(chr(code)).startswith("a letter or sign")]
    assert kept
    for code in kept:
        folded = fold(chr(code)).text
        assert folded == str(generator.chain(chr(code), clean=False)).replace("\u0640", "")


@pytest.mark.parametrize("code", sorted(generator.DIFFERENCES), ids=lambda code: f"{code:04X}")
def test_listed_differences_are_as_listed(code: int) -> None:
    folded, reason = generator.DIFFERENCES[code]
    assert fold(chr(code)).text == folded
    assert folded != chain(chr(code)), "not a difference any more"
    assert reason


def test_every_code_point_folds_to_what_the_generator_says() -> None:
    rows = generator.rows()
    wrong = [f"U+{code:04X}" for code in CODES if fold(chr(code)).text != rows.get(code, chr(code))]
    assert not wrong


def test_expansions_and_removals_are_disjoint() -> None:
    assert not fold_table.REMOVED & set(fold_table.SINGLE_FROM)
    assert not fold_table.REMOVED & set(fold_table.EXPANDED)
    assert all(len(folded) > 1 for folded in fold_table.EXPANDED.values())


def expected(text: str) -> str:
    """What the chain makes of ``text``, run after run, with the characters under a ruling folded one by one."""
    runs = groupby(text, key=lambda char: bool(ruling(char)))
    return "".join("".join(fold(char).text for char in run) if ruled else chain("".join(run)) for ruled, run in runs)


def test_real_text_folds_as_by_camel_tools(real_texts: list[str]) -> None:
    wrong = [text for text in real_texts if fold(text).text != expected(text.replace("\r\n", "\n"))]
    assert not wrong[:3]


def test_almost_all_of_real_text_is_under_no_ruling(real_texts: list[str]) -> None:
    visible = [char for text in real_texts for char in text if not char.isspace()]
    ruled = sum(bool(ruling(char)) for char in visible)
    assert ruled < 0.02 * len(visible), f"{ruled} of {len(visible)} characters are under a ruling"


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("مسؤول", "مسؤول"),
        ("مسو\u0654ل", "مسؤل"),
        ("شي\u064e\u0654", "شئ"),
        ("ا\u0654ا\u0655ا\u0653", "ااا"),
        ("ﻻ ﷲ", "لا الله"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("یـک گروه", "يك كروه"),
        ("١٢٫٥٪ و۳٬۰۰۰", "12.5% و3,000"),
        ("a\r\nb\rc\x00d\ud800e\U0001f600", "a\nb\nc d\ufffde\ufffd"),
        ("\u200fالقمّة\u200e", "القمه"),
    ],
)
def test_fold_by_example(source: str, folded: str) -> None:
    assert fold(source).text == folded


def test_decomposed_text_folds_like_composed_text(press: list[str]) -> None:
    for text in press:
        assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text
