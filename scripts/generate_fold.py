"""Write ``src/newsextract/text/fold_table.py`` from camel-tools' own maps.

For every code point of the Basic Multilingual Plane the chain

    normalize_unicode (NFKC) → CharMapper 'arclean' (Arabic blocks only) → dediac_ar → normalize_alef_ar
    → normalize_alef_maksura_ar → normalize_teh_marbuta_ar

is applied to the single character. A character that it leaves alone is not listed. The differences that exact numbers
and exact alignment ask for are in ``DIFFERENCES`` below, each with its reason; ``tests/test_fold_camel.py`` proves that
there are no others.

Run: ``uv run python scripts/generate_fold.py``
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

TARGET = Path(__file__).parents[1] / "src" / "newsextract" / "text" / "fold_table.py"
ARABIC_BLOCKS = (
    range(0x0600, 0x0700),
    range(0x0750, 0x0780),
    range(0x08A0, 0x0900),
    range(0xFB50, 0xFE00),
    range(0xFE70, 0xFF00),
)
ARCLEAN = CharMapper.builtin_mapper("arclean")

# code point → (folded, reason). What camel-tools does with the character is told in the reason.
DIFFERENCES: dict[int, tuple[str, str]] = {
    0x066B: (".", "decimal separator; arclean writes a comma, which would change the number"),
    0x066C: (",", "thousands separator; arclean writes an apostrophe"),
    0x060C: ("،", "Arabic comma is kept apart from the comma inside numbers; arclean merges them"),
    0x061B: ("؛", "Arabic semicolon is kept: one sentence mark, one character"),
    0x061F: ("؟", "Arabic question mark is kept: one sentence mark, one character"),
    0x0609: ("‰", "per mille sign keeps one character; arclean writes %0"),
    0x060A: ("‱", "per ten thousand sign keeps one character; arclean writes %00"),
    0x0606: ("؆", "cube root is kept; arclean writes /3, which reads as a fraction"),
    0x0607: ("؇", "fourth root is kept; arclean writes /4, which reads as a fraction"),
    0x060B: ("؋", "Afghani sign is a currency; arclean writes a space"),
    0x06D5: ("ه", "Kurdish and Uyghur ae is a letter; arclean deletes it and joins nothing to nothing"),
}
REMOVED = [
    *(0x00AD, 0x034F, 0x061C, 0x180E, 0x2060, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2061, 0x2070),
    *range(0xFE00, 0xFE10),
]
"""Invisible controls: removed without a trace, so that «١٥<RLM>/<RLM>١٠» is one date; arclean writes spaces."""

NO_LETTERS = (0x0640, 0x0674)
"""Tatweel and high hamza: letters by category, but strokes and marks in Arabic text; arclean deletes them too."""

SPACES = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0000, 0x0009, 0x000B, 0x000C, 0x001C, 0x001D, 0x001E, 0x001F]
NEWLINES = [0x000A, 0x000D, 0x0085, 0x2028, 0x2029]
DASHES = [*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D]
QUOTES = [*range(0x201C, 0x2020)]


def in_arabic_blocks(code: int) -> bool:
    return any(code in block for block in ARABIC_BLOCKS)


def chain(text: str, *, clean: bool) -> str:
    """The camel-tools chain on ``text``; ``clean`` says whether arclean takes part."""
    text = normalize_unicode(text)
    if clean:
        text = ARCLEAN.map_string(text)
    return str(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(text)))))


def fold_of(code: int) -> str:
    """What one code point folds to."""
    char = chr(code)
    if code in DIFFERENCES:
        return DIFFERENCES[code][0]
    if code in REMOVED:
        return ""
    if code in SPACES:
        return " "
    if code in NEWLINES:
        return "\n"
    if code in DASHES:
        return "-"
    if code in QUOTES:
        return '"'
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if in_arabic_blocks(code):
        folded = chain(char, clean=True)
        if not folded and not unicodedata.category(char).startswith("M") and code not in NO_LETTERS:
            # arclean deletes letters and signs that it does not know; a letter stays a letter, a sign a sign
            folded = chain(char, clean=False).replace("\u0640", "")
        folded = folded.strip() or (" " if folded else "")
        if len(folded) > 1 and unicodedata.category(char).startswith("S"):
            # honorific signs (ﷺ): the words, with the shadda and the rest gone
            folded = " ".join(folded.split())
        return folded
    if 0x0300 <= code <= 0x036F or unicodedata.decomposition(char).startswith("<super>"):
        return char  # Latin accents keep their letter; km² is not km2
    folded = chain(char, clean=False)
    return folded if len(folded) == 1 and folded <= "\uffff" and not folded.isspace() else char


def rows() -> dict[int, str]:
    """Code point → fold, for each code point of the Basic Multilingual Plane that does not fold to itself."""
    out: dict[int, str] = {}
    for code in range(0x10000):
        folded = fold_of(code)
        if folded != chr(code):
            out[code] = folded
    return out


def render(rows: dict[int, str]) -> str:
    """The text of ``fold_table.py``."""
    single = {c: f for c, f in rows.items() if len(f) == 1}
    removed = [c for c, f in rows.items() if not f]
    expanded = {c: f for c, f in rows.items() if len(f) > 1}
    lines = [
        '"""Generated by scripts/generate_fold.py from camel-tools\' character maps; do not edit."""',
        "",
        "# ruff: noqa: E501, RUF001  (long generated lines of Arabic letters)",
        "",
        "REMOVED = frozenset(",
        f"    {''.join(map(chr, removed))!a}",
        ")",
        "",
        "SINGLE_FROM = (",
        f"    {''.join(map(chr, single))!a}",
        ")",
        "SINGLE_TO = (",
        f"    {''.join(single.values())!a}",
        ")",
        "",
        "EXPANDED = {",
        *(f"    {chr(c)!a}: {f!a}," for c, f in expanded.items()),
        "}",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    folds = rows()
    TARGET.write_text(render(folds), "utf-8")
    lengths = [len(f) for f in folds.values()]
    print(f"{TARGET.name}: {lengths.count(1)} same-length folds, {lengths.count(0)} removals, {sum(n > 1 for n in lengths)} expansions")


if __name__ == "__main__":
    main()
