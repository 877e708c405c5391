"""The glyphs of a page → its paragraphs in reading order, and how far they are to be trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from newsextract.readers.bidi import Base, base_direction
from newsextract.readers.pdf.columns import Block, blocks
from newsextract.readers.pdf.glyph import NO_MAPPING, Glyph, Page
from newsextract.readers.pdf.letters import Judgement, as_arabic, judge
from newsextract.readers.pdf.lines import cells
from newsextract.readers.pdf.paragraphs import Paragraph, bracket_balance, lines, paragraphs

_STRANGE: Final = 0.15
"""Share of unlikely words: releases of real agencies reach 0.03, words of shuffled letters begin at 0.38."""
_FEWEST_WORDS: Final = 8
_UNMAPPED: Final = 0.005
_PIECES: Final = 0.35
"""Share of words of one or two letters and of very long ones: real releases stay below 0.19."""
_MIXED: Final = 0.01


class Trust(NamedTuple):
    """How far a text can be trusted.

    Attributes:
        letters: Signs other than spaces.
        unmapped: The share of them whose font does not say what they are.
        words: The judgement of its Arabic words.
    """

    letters: int
    unmapped: float
    words: Judgement

    @property
    def suspect(self) -> bool:
        """Whether part of the text is probably not what the page shows."""
        words = self.words
        torn = words.mixed > _MIXED or words.pieces > _PIECES or words.babble
        return torn or self.unmapped > _UNMAPPED or (words.words >= _FEWEST_WORDS and words.strange > _STRANGE)

    @property
    def doubt(self) -> float:
        """From 0 for a perfect text upwards, to compare two readings of one page."""
        words = self.words
        return self.unmapped + words.mixed + words.pieces + words.babble + (words.strange if words.words >= _FEWEST_WORDS else 0.0)


_UNKNOWN: Final = Trust(0, 0.0, judge(""))


@dataclass(frozen=True, slots=True)
class Draft:
    """What one engine's glyphs give.

    Attributes:
        paragraphs: In reading order.
        trust: How far to trust them.
        turned: Whether the page has its letters in an order that had to be turned round as a whole, or a range whose years fell.
        hidden: The share of letters that are drawn invisibly.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    trust: Trust = _UNKNOWN
    turned: bool = False
    hidden: float = 0.0

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(p.text for p in self.paragraphs)


def draft(page: Page) -> Draft:
    """The text of a page: with its letters as they are shown or, if their words then run backwards, as they are stored."""
    first = _draft(page, as_drawn=False)
    if not first.trust.words.backwards:
        return first
    second = _draft(page, as_drawn=True)
    return second if second.trust.words.bits < first.trust.words.bits else first


def _draft(page: Page, *, as_drawn: bool) -> Draft:
    default = _direction(page.glyphs)
    found = [b for turn in _turns(page.glyphs) for b in blocks(cells(g for g in page.glyphs if g.turn == turn), from_right=default == "R")]
    return _read(found, page, default, as_drawn)


def _read(found: list[Block], page: Page, default: Base, as_drawn: bool) -> Draft:
    mirrored = bracket_balance(found) >= 0
    out: list[Paragraph] = []
    turned = as_drawn
    for block in found:
        block_lines = lines(block, default=default, mirrored=mirrored, as_drawn=as_drawn)
        turned = turned or any(line.turned for line in block_lines)
        out += paragraphs(block_lines)
    if as_arabic(text := "\n".join(p.text for p in out)) != text:
        out = [p._replace(text=line) for p, line in zip(out, as_arabic(text).split("\n"), strict=True)]
    return Draft(out, trust("\n".join(p.text for p in out)), turned, _hidden(page.glyphs))


def trust(text: str) -> Trust:
    """How far ``text`` is to be trusted by its own look."""
    count = sum(not c.isspace() for c in text)
    return Trust(count, text.count(NO_MAPPING) / count if count else 0.0, judge(text))


def _turns(glyphs: list[Glyph]) -> list[int]:
    """The directions of lines on the page, that of most glyphs first."""
    turns = [g.turn for g in glyphs]
    return sorted(set(turns), key=lambda turn: (-turns.count(turn), turn))


def _direction(glyphs: list[Glyph]) -> Base:
    return base_direction(list(chain.from_iterable(g.text for g in glyphs if g.text)), default="R")


def _hidden(glyphs: list[Glyph]) -> float:
    return sum(g.hidden for g in glyphs) / len(glyphs) if glyphs else 0.0
