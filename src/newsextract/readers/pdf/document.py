"""A whole document: page by page the better of two readings, its numbers checked by the other engine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from newsextract.errors import ReadError
from newsextract.readers import ocr
from newsextract.readers.pdf import furniture, numbers
from newsextract.readers.pdf.engines import Sources
from newsextract.readers.pdf.glyph import Page
from newsextract.readers.pdf.layout import Draft, draft, trust
from newsextract.readers.pdf.paragraphs import Paragraph
from newsextract.readers.port import Blob, Document, ReadOptions

MEDIA_TYPE: Final = "application/pdf"
_HEADER_WITHIN: Final = 1024
_SCANNED: Final = 0.4
"""A picture over this share of the page is the page."""
_OUTLINES: Final = 250
"""As many filled shapes on a page without text are letters turned into outlines."""
_FEW_LETTERS: Final = 25
"""No more than a stamp or a page number on a scanned page."""
_GARBAGE: Final = 0.35
"""Share of signs without letters from which a text is not worth having."""
_GIBBERISH: Final = 0.7
"""The same for words that the language would hardly form."""
_MOSTLY_HIDDEN: Final = 0.5
_TIME_SHARE: Final = 0.8
"""Of the time that one file may take; then the pages so far are given."""

Lack = Literal["", "picture", "garbage"]


@dataclass(slots=True)
class _State:
    """What is known after some pages."""

    sheets: list[furniture.Sheet] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    characters: int = 0

    def warn(self, code: str) -> None:
        if code not in self.warnings:
            self.warnings.append(code)


class _Choice(NamedTuple):
    """One reading of a page."""

    page: Page
    draft: Draft
    by_pdfium: bool

    @property
    def sound(self) -> bool:
        """Whether there is no reason to look at another reading."""
        if self.draft.paragraphs:
            return not self.draft.trust.suspect
        return not self.page.pictures and not self.page.drawings


def read(blob: Blob, options: ReadOptions) -> Document:
    """The text of a PDF in logical order, a paragraph a line.

    Raises:
        ReadError: ``CORRUPT``, ``ENCRYPTED``, ``LIMIT``, ``NESTING_LIMIT``, ``NO_TEXT``, ``NEEDS_OCR`` or ``SUSPECT_TEXT``.
    """
    if b"%PDF-" not in blob.data[:_HEADER_WITHIN]:
        raise ReadError(blob.name, "CORRUPT", "does not begin like a PDF", "Check that it was saved whole.")
    sources = Sources(blob, options.limits)
    try:
        if not len(sources):
            raise ReadError(blob.name, "CORRUPT", "has no page that can be read", "Check that it was saved whole.")
        state = _read_pages(sources, blob, options)
    finally:
        sources.close()
    text = furniture.text(state.sheets)
    if not text.strip():
        raise _nothing(blob, state)
    if any(state.lacks):
        state.warn("NEEDS_OCR" if "picture" in state.lacks else "SUSPECT_TEXT")
    return Document(text, MEDIA_TYPE, warnings=tuple(state.warnings))


def _read_pages(sources: Sources, blob: Blob, options: ReadOptions) -> _State:
    state = _State()
    deadline = time.monotonic() + _TIME_SHARE * options.limits.seconds
    for index in range(len(sources)):
        if time.monotonic() > deadline:
            state.warn("TRUNCATED")
            break
        _read_page(sources, index, blob, options, state)
        if state.characters > options.limits.characters:
            raise ReadError(blob.name, "LIMIT", f"holds more than {options.limits.characters} characters", "Split it.")
    return state


def _read_page(sources: Sources, index: int, blob: Blob, options: ReadOptions, state: _State) -> None:
    choice = _best(sources, index)
    page, found, lack = choice.page, choice.draft, _lack(choice.page, choice.draft)
    if lack and options.ocr == "tesseract":
        recognised = ocr.recognise(sources.picture(index, ocr.DPI), blob.name, seconds=options.limits.seconds)
        found = Draft([Paragraph(line) for line in recognised.split("\n") if line.strip()], trust(recognised))
        page, lack = Page(), ""
        state.warn("OCR")
        if found.trust.suspect:
            state.warn("SUSPECT_TEXT")
    elif not lack and found.paragraphs:
        _check(sources, index, choice, state)
    state.lacks.append(lack)
    if not lack:
        state.sheets.append(furniture.Sheet(found.paragraphs, page.height))
        state.characters += sum(len(p.text) for p in found.paragraphs)


def _best(sources: Sources, index: int) -> _Choice:
    """The page as pdfminer reads it, if that is beyond doubt; otherwise the reading that raises the least doubt."""
    page = sources.mined(index)
    first = None if page is None else _Choice(page, draft(page), by_pdfium=False)
    if first is not None and first.sound:
        return first
    choices = [] if first is None else [first]
    if first is not None and first.draft.paragraphs and (plain := sources.mined(index, actual_text=False)) is not None:
        choices.append(_Choice(plain, draft(plain), by_pdfium=False))
    if (other := sources.second(index)) is not None:
        if page is not None:
            other.pictures, other.drawings = max(page.pictures, other.pictures), page.drawings
        choices.append(_Choice(other, draft(other), by_pdfium=True))
    return min(choices, key=lambda c: (not c.draft.trust.letters, c.draft.trust.doubt), default=_Choice(Page(), Draft(), by_pdfium=False))


def _lack(page: Page, found: Draft) -> Lack:
    """What keeps a page from being read."""
    if found.trust.letters <= _FEW_LETTERS and (page.pictures >= _SCANNED or page.drawings >= _OUTLINES):
        return "picture"
    words = found.trust.words
    if found.trust.unmapped > _GARBAGE or (words.words >= _FEW_LETTERS and words.strange > _GIBBERISH):
        return "garbage"
    return ""


def _check(sources: Sources, index: int, choice: _Choice, state: _State) -> None:
    """Warns of what may be wrong with a page."""
    found = choice.draft
    in_text = numbers.in_text(found.text)
    second = None
    if in_text:
        second = sources.mined(index) if choice.by_pdfium else sources.second(index, digits=True)
    if in_text and (second is None or numbers.on_page(second.glyphs) != in_text):
        state.warn("NUMBERS_DISAGREE")
    if found.trust.suspect or (choice.by_pdfium and second is None and found.trust.words.words):
        state.warn("SUSPECT_TEXT")
    if found.turned:
        state.warn("VISUAL_ORDER")
    if found.hidden > _MOSTLY_HIDDEN:
        state.warn("OCR")


def _nothing(blob: Blob, state: _State) -> ReadError:
    if "picture" in state.lacks:
        return ReadError(blob.name, "NEEDS_OCR", "has pages that are pictures", "Use --ocr tesseract.")
    if "garbage" in state.lacks:
        return ReadError(blob.name, "SUSPECT_TEXT", "has fonts that do not say which letters they show", "Print it anew, or use --ocr tesseract.")
    return ReadError(blob.name, "NO_TEXT", "has no text on its pages", "Check that it was saved whole.")
