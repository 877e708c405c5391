"""What pages carry at their edges beside the text: numbers, running heads, a browser's own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsextract.readers.pdf.paragraphs import Paragraph

_EDGE: Final = 0.085
"""Share of the page's height at its top and bottom where such lines stand."""
_PAGE_NUMBER: Final = re.compile(r"\W*(?:صفحة|الصفحة|ص|[Pp]age)?\W*\d{1,4}(?:\s*(?:/|من|of)\s*\d{1,4})?\W*\Z")
_BROWSER: Final = re.compile(
    r"(?:https?://|file://|about:)\S*(?:\s+\d+\s*/\s*\d+)?\Z"
    r"|\d+\s*/\s*\d+\s+(?:https?://|file://|about:)\S*\Z"
    r"|\d{1,2}/\d{1,2}/\d{2,4}[,،] ?\d{1,2}:\d{2}(?: [APap][Mm]| [صم])?(?:\t.*)?\Z"
)
_DIGITS: Final = re.compile(r"\d+")
_SENTENCE_END: Final = tuple('.!؟?:؛»"”)…')
_FEWEST_REPEATS: Final = 3


class Sheet(NamedTuple):
    """The paragraphs of one page and its height."""

    paragraphs: Sequence[Paragraph]
    height: float


def text(sheets: Sequence[Sheet]) -> str:
    """The text of a document: paragraphs on a line each, those that the end of a column or page cuts in two joined, furniture left out."""
    repeated = _repeated(sheets)
    out: list[str] = []
    seen: set[str] = set()
    last: Paragraph | None = None
    for sheet in sheets:
        opening = True
        for paragraph in sheet.paragraphs:
            if _is_furniture(paragraph, sheet.height, repeated, seen):
                continue
            if last is not None and (opening or paragraph.leading) and _goes_over(last, paragraph):
                out[-1] += " " + paragraph.text
            else:
                out.append(paragraph.text)
            opening, last = False, paragraph
    return "\n".join(out)


def _at_edge(paragraph: Paragraph, height: float) -> bool:
    return paragraph.bottom > (1 - _EDGE) * height or paragraph.top < _EDGE * height


def _repeated(sheets: Sequence[Sheet]) -> set[str]:
    """Lines that stand at the edge of most pages, whatever numbers they hold."""
    counts = Counter(key for sheet in sheets for key in {_key(p) for p in sheet.paragraphs if _at_edge(p, sheet.height)})
    return {key for key, count in counts.items() if count >= max(_FEWEST_REPEATS, len(sheets) / 2)}


def _key(paragraph: Paragraph) -> str:
    return _DIGITS.sub("0", paragraph.text)


def _is_furniture(paragraph: Paragraph, height: float, repeated: set[str], seen: set[str]) -> bool:
    """Page numbers and a browser's lines always; a running head from its second time on, since the first may name the sender."""
    if not _at_edge(paragraph, height):
        return False
    if _PAGE_NUMBER.match(paragraph.text) or _BROWSER.match(paragraph.text):
        return True
    key = _key(paragraph)
    if key not in repeated:
        return False
    known = key in seen
    seen.add(key)
    return known


def _goes_over(last: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph that fills its last line goes on at the top of the next column or page."""
    same = abs(last.size - following.size) < 0.12 * max(last.size, following.size)
    return same and last.full and not last.text.endswith(_SENTENCE_END) and following.text[:1].isalnum()
