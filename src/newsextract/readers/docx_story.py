"""What one part of a Word document shows: its paragraphs in order, as someone sees them who reads the page.

In: running text, tables cell by cell, text boxes (behind the paragraph that holds them), content controls, accepted insertions, results of
fields, formulas. Out: deletions, hidden text, codes of fields, the second copy of a box for older programs, comments.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias

from newsextract.errors import ReadError
from newsextract.readers.docx_blocks import Block, Line, Paragraph, Row, row_lines
from newsextract.readers.ooxml import END, START, Attributes, Event

_OUT: Final = frozenset(
    {
        "w:del", "w:moveFrom", "w:rt", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:binData",
        "w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblPrExChange", "w:tblGridChange", "w:trPrChange", "w:tcPrChange", "m:ctrlPr",
        "m:rPr",
    }
)  # fmt: skip
"""Elements passed over with all that they hold."""
_UNDERSTOOD: Final = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "v", "m"})
"""Extensions whose form of a content is read; for another the older form is, beside which it stands."""
_LINE_BREAK: Final = re.compile(r"[\r\n]\s*")
_FIELDS_WITHIN: Final = 64
"""Fields within fields that are told apart."""
OFF: Final = frozenset({"0", "false", "off"})
"""Values that switch a property off; without a value it is on."""
_SYMBOL_AS_ASCII: Final = frozenset("0123456789!%&()+,./:;<=>?[]_{|}#")
"""Characters that the font Symbol shows as they are."""


class Styles(NamedTuple):
    """Identifiers of the styles that hide their text, and of those that mark a title."""

    hidden: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset({"Title"})


class Story:
    """Reads the events of one part.

    Args:
        styles: Of the document.
        name: For the error.
        most: Characters allowed.
        foreign: Gives the paragraphs of a file of another format that is shown in place, by its relationship.

    Attributes:
        room: Characters still allowed.
        headers: ``(kind, relationship)`` of the headers and footers that the sections show, in order.
        notes: ``("footnotes" or "endnotes", identifier)`` of the notes referred to, in order.
        diagrams: Relationships of the diagrams shown.
        note_lines: For a part of notes: each note's lines by its identifier.
    """

    def __init__(self, styles: Styles, name: str, most: int, foreign: Callable[[str], list[str]]) -> None:
        self._lines_of = foreign
        self._styles = styles
        self._name = name
        self.room = most
        self._blocks = [Block()]
        self._paragraphs: list[Paragraph] = []
        self._rows: list[Row] = []
        self._runs: list[bool] = []
        self._fields: deque[str] = deque(maxlen=_FIELDS_WITHIN)
        self._choices: list[bool] = []
        self._gathered: list[str] | None = None
        self._preserve = False
        self._properties = ""
        self._section: list[tuple[str, str]] = []
        self._first_page = False
        self.headers: dict[tuple[str, str], None] = {}
        self.notes: dict[tuple[str, str], None] = {}
        self.diagrams: list[str] = []
        self.note_lines: dict[str, list[Line]] = {}

    def read(self, events: Iterable[Event]) -> list[Line]:
        """The lines that the part shows.

        Raises:
            ReadError: ``LIMIT`` if there are too many characters; what ``events`` raises.
        """
        skipped = 0
        for kind, name, attributes, text in events:
            if kind == START:
                if skipped or self._is_out(name, attributes):
                    skipped += 1
                elif (act := _STARTS.get(name)) is not None:
                    act(self, attributes)
            elif kind == END:
                if skipped:
                    skipped -= 1
                elif (done := _ENDS.get(name)) is not None:
                    done(self)
            elif self._gathered is not None and not skipped:
                self._gathered.append(text)
        return self._blocks[0].close()

    def _is_out(self, name: str, attributes: Attributes) -> bool:
        if name in {"mc:Choice", "mc:Fallback"} and self._choices:
            fits = name == "mc:Fallback" or _UNDERSTOOD.issuperset(attributes.get("Requires", "").split())
            taken, self._choices[-1] = self._choices[-1], self._choices[-1] or fits
            return taken or not fits
        if name in {"w:del", "w:moveFrom"}:
            self._deleted()
        return name in _OUT

    def _deleted(self) -> None:
        """A deletion that stands among properties is that of a paragraph's mark or of a row."""
        if self._properties == "w:pPr" and self._paragraphs:
            self._paragraphs[-1].runs_on = True
        elif self._properties == "w:trPr" and self._rows:
            self._rows[-1].deleted = True

    def _visible(self) -> bool:
        return not any(self._runs) and "begin" not in self._fields

    def _emit(self, text: str) -> None:
        if not text or not self._visible():
            return
        self._count(len(text))
        if self._paragraphs and self._paragraphs[-1].level == len(self._blocks):
            self._paragraphs[-1].pieces.append(text)
        else:
            self._blocks[-1].add(text)

    def _count(self, characters: int) -> None:
        self.room -= characters
        if self.room < 0:
            raise ReadError(self._name, "LIMIT", "holds more characters than allowed", "Split it, or raise the limit of characters.")

    def _place(self, lines: list[Line]) -> None:
        """Puts the lines of a box behind the open paragraph, or where they stand."""
        if self._paragraphs and self._paragraphs[-1].level == len(self._blocks):
            self._paragraphs[-1].after.extend(lines)
        else:
            self._blocks[-1].lines.extend(lines)

    # Paragraphs and runs

    def _start_paragraph(self, _: Attributes) -> None:
        self._paragraphs.append(Paragraph(len(self._blocks)))

    def _end_paragraph(self) -> None:
        self._count(1)
        ended = self._paragraphs.pop()
        # A field whose code was never closed must not swallow the rest of the document.
        if "begin" in self._fields:
            self._fields = deque((state for state in self._fields if state != "begin"), _FIELDS_WITHIN)
        text = "".join(ended.pieces)
        if self._paragraphs and self._paragraphs[-1].level == ended.level:
            self._paragraphs[-1].after += [Line(text, ended.titled), *ended.after]
        else:
            self._blocks[-1].add(text, titled=ended.titled, runs_on=ended.runs_on)
            self._blocks[-1].lines.extend(ended.after)

    def _start_paragraph_properties(self, _: Attributes) -> None:
        self._properties = "w:pPr"

    def _start_row_properties(self, _: Attributes) -> None:
        self._properties = "w:trPr"

    def _end_properties(self) -> None:
        self._properties = ""

    def _paragraph_style(self, attributes: Attributes) -> None:
        style = attributes.get("w:val", "")
        if self._paragraphs:
            self._paragraphs[-1].hidden = style in self._styles.hidden
            self._paragraphs[-1].titled = style in self._styles.title

    def _start_run(self, _: Attributes) -> None:
        self._runs.append(bool(self._paragraphs) and self._paragraphs[-1].hidden)

    def _end_run(self) -> None:
        self._runs.pop()

    def _run_style(self, attributes: Attributes) -> None:
        if not self._properties and self._runs and attributes.get("w:val") in self._styles.hidden:
            self._runs[-1] = True

    def _vanish(self, attributes: Attributes) -> None:
        hidden = attributes.get("w:val") not in OFF
        if self._properties:
            if self._paragraphs:
                self._paragraphs[-1].runs_on = hidden
        elif self._runs:
            self._runs[-1] = hidden

    # Text

    def _start_text(self, attributes: Attributes) -> None:
        self._gathered = []
        self._preserve = attributes.get("xml:space") == "preserve"

    def _end_text(self) -> None:
        text = "".join(self._gathered or ())
        self._gathered = None
        if len(text) > self.room:
            self._count(len(text))
        # A line break in the markup shows as a space; at either end it is only the layout of the file.
        self._emit(_LINE_BREAK.sub(" ", text if self._preserve else _without_layout(text)))

    def _tab(self, _: Attributes) -> None:
        if not self._properties:
            self._emit("\t")

    def _break(self, _: Attributes) -> None:
        self._emit("\n")

    def _hyphen(self, _: Attributes) -> None:
        self._emit("\u2011")

    def _symbol(self, attributes: Attributes) -> None:
        try:
            character = chr(int(attributes.get("w:char", ""), 16))
        except (ValueError, OverflowError):
            return
        if character < " " or "\ud800" <= character <= "\udfff":
            return
        as_ascii = chr(ord(character) - 0xF000) if "\uf020" <= character <= "\uf07e" else ""
        self._emit(as_ascii if as_ascii in _SYMBOL_AS_ASCII and attributes.get("w:font") == "Symbol" else character)

    def _field(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append("begin")
        elif kind in {"separate", "end"} and self._fields:
            self._fields.pop()
            if kind == "separate":
                self._fields.append("result")

    # Boxes, tables, alternatives

    def _start_block(self, _: Attributes) -> None:
        self._blocks.append(Block())

    def _end_box(self) -> None:
        self._place(self._blocks.pop().close())

    def _word_art(self, attributes: Attributes) -> None:
        if self._visible() and attributes.get("string"):
            self._place([Line(attributes["string"])])

    def _start_row(self, _: Attributes) -> None:
        self._rows.append(Row())

    def _end_cell(self) -> None:
        lines = self._blocks.pop().close()
        if self._rows:
            self._rows[-1].cells.append(lines)
        else:
            self._place(lines)

    def _end_row(self) -> None:
        row = self._rows.pop()
        if not row.deleted:
            self._place(row_lines(row.cells))

    def _start_alternatives(self, _: Attributes) -> None:
        self._choices.append(False)

    def _end_alternatives(self) -> None:
        self._choices.pop()

    # References to other parts

    def _start_section(self, _: Attributes) -> None:
        self._section, self._first_page = [], False

    def _header(self, attributes: Attributes) -> None:
        self._section.append((attributes.get("w:type", "default"), attributes.get("r:id", "")))

    def _has_first_page(self, attributes: Attributes) -> None:
        self._first_page = attributes.get("w:val") not in OFF

    def _end_section(self) -> None:
        self.headers.update(dict.fromkeys(h for h in self._section if h[0] != "first" or self._first_page))

    def _footnote(self, attributes: Attributes) -> None:
        self._note("footnotes", attributes)

    def _endnote(self, attributes: Attributes) -> None:
        self._note("endnotes", attributes)

    def _note(self, kind: str, attributes: Attributes) -> None:
        if self._visible():
            self.notes[kind, attributes.get("w:id", "")] = None

    def _start_note(self, attributes: Attributes) -> None:
        self._blocks.append(Block())
        self.note_lines[attributes.get("w:id", "")] = self._blocks[-1].lines

    def _end_note(self) -> None:
        self._blocks.pop().close()

    def _diagram(self, attributes: Attributes) -> None:
        if self._visible():
            self.diagrams.append(attributes.get("r:dm", ""))

    def _foreign(self, attributes: Attributes) -> None:
        lines = self._lines_of(attributes.get("r:id", ""))
        self._count(sum(len(line) + 1 for line in lines))
        self._place([Line(line) for line in lines])


def _without_layout(text: str) -> str:
    """``text`` without white space at its ends that holds a line break."""
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[begin if "\n" in text[:begin] else 0 : end if "\n" in text[end:] else len(text)]


_Start: TypeAlias = Callable[[Story, Attributes], None]
_End: TypeAlias = Callable[[Story], None]
_STARTS: Final[dict[str, _Start]] = {
    "w:p": Story._start_paragraph,
    "a:p": Story._start_paragraph,
    "w:pPr": Story._start_paragraph_properties,
    "w:trPr": Story._start_row_properties,
    "w:pStyle": Story._paragraph_style,
    "w:r": Story._start_run,
    "m:r": Story._start_run,
    "w:rStyle": Story._run_style,
    "w:vanish": Story._vanish,
    "w:specVanish": Story._vanish,
    "w:t": Story._start_text,
    "m:t": Story._start_text,
    "a:t": Story._start_text,
    "w:tab": Story._tab,
    "w:ptab": Story._tab,
    "w:br": Story._break,
    "a:br": Story._break,
    "w:cr": Story._break,
    "w:noBreakHyphen": Story._hyphen,
    "w:sym": Story._symbol,
    "w:fldChar": Story._field,
    "w:txbxContent": Story._start_block,
    "v:textpath": Story._word_art,
    "w:tr": Story._start_row,
    "w:tc": Story._start_block,
    "mc:AlternateContent": Story._start_alternatives,
    "w:sectPr": Story._start_section,
    "w:headerReference": Story._header,
    "w:footerReference": Story._header,
    "w:titlePg": Story._has_first_page,
    "w:footnoteReference": Story._footnote,
    "w:endnoteReference": Story._endnote,
    "w:footnote": Story._start_note,
    "w:endnote": Story._start_note,
    "dgm:relIds": Story._diagram,
    "w:altChunk": Story._foreign,
}
_ENDS: Final[dict[str, _End]] = {
    "w:p": Story._end_paragraph,
    "a:p": Story._end_paragraph,
    "w:pPr": Story._end_properties,
    "w:trPr": Story._end_properties,
    "w:r": Story._end_run,
    "m:r": Story._end_run,
    "w:t": Story._end_text,
    "m:t": Story._end_text,
    "a:t": Story._end_text,
    "w:txbxContent": Story._end_box,
    "w:tc": Story._end_cell,
    "w:tr": Story._end_row,
    "mc:AlternateContent": Story._end_alternatives,
    "w:sectPr": Story._end_section,
    "w:footnote": Story._end_note,
    "w:endnote": Story._end_note,
}
