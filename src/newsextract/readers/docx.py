"""Word documents (.docx, .docm, .dotx): what a reader of the pages sees, in order; needs no extra.

Behind the body stand the foot- and endnotes that it refers to, then the text of its diagrams, then each header and footer once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Final

from newsextract.errors import ReadError
from newsextract.readers.bounded import joined
from newsextract.readers.docx_blocks import Line
from newsextract.readers.docx_story import OFF, Story, Styles
from newsextract.readers.formats import reader_of
from newsextract.readers.ooxml import END, START, TEXT, Event, Package
from newsextract.readers.port import Blob, Document, ReadOptions
from newsextract.readers.sniff import format_of
from newsextract.readers.zipped import corrupt

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_USUAL_MAIN_PART: Final = "word/document.xml"
_TITLE_WITHIN: Final = 10
"""Paragraphs from the top among which a title is looked for."""


def read(blob: Blob, options: ReadOptions) -> Document:
    """The document; a title that its style or the file's properties declare is its first line, if it is one of its first paragraphs.

    ``published`` is the publication date of a cover page. The dates at which the file was created or changed are none.

    Raises:
        ReadError: ``TYPE_MISMATCH``, ``ENCRYPTED``, ``CORRUPT``, ``XML_ENTITY``, ``ZIP_BOMB``, ``NESTING_LIMIT``, ``LIMIT``;
            ``NEEDS_OCR`` for pictures without text, ``NO_TEXT`` for nothing at all.
    """
    pages = _Pages(blob, options)
    text = pages.text()
    if not text.strip():
        raise _textless(pages.package)
    return Document(text, MEDIA_TYPE, published=pages.published(), warnings=("TRUNCATED",) if pages.incomplete else ())


class _Pages:
    """The parts of one document, put together.

    Attributes:
        package: Where they are.
        incomplete: Whether something that the pages show could not be read.
    """

    def __init__(self, blob: Blob, options: ReadOptions) -> None:
        self._blob = blob
        self._options = options
        self.package = Package(blob, options.limits)
        self._main = _main_part(self.package)
        self._links = self.package.relations(self._main)
        self._styles = _styles(self.package.tags(self._linked("styles")))
        self._room = options.limits.characters
        self._shown: dict[str, list[str]] = {}
        self.incomplete = False

    def text(self) -> str:
        """The whole text; sections are parted by an empty line."""
        story = Story(self._styles, self._blob.name, self._room, self._foreign)
        body = story.read(_of_document(self.package, self._main))
        self._room = story.room
        sections = [_title_first(body, self._declared_title()), self._notes(story), self._diagrams(story), self._headers(story)]
        texts = ("\n".join(line.text for line in lines).strip("\n") for lines in sections)
        return "\n\n".join(text for text in texts if text)

    def published(self) -> date | None:
        """The publication date of the cover page."""
        for relation in self._links.values():
            if relation.kind == "customXml" and (told := self._property(relation.target, "cover:PublishDate")):
                try:
                    return date.fromisoformat(told[:10])
                except ValueError:
                    continue
        return None

    def _story(self) -> Story:
        """A story of a further part; what is foreign there is looked for by no one."""
        return Story(self._styles, self._blob.name, self._room, self._missing)

    def _missing(self, _: str = "") -> list[str]:
        self.incomplete = True
        return []

    def _foreign(self, link: str) -> list[str]:
        """The lines of a web page, a text or another document that is shown as a part of this one, by the reader of its format."""
        path = self._links[link].target if link in self._links else ""
        if path not in self.package or self._blob.depth >= self._options.limits.depth:
            return self._missing()
        if path not in self._shown:
            self._shown[path] = self._lines_of_file(path)
        return self._shown[path]

    def _lines_of_file(self, path: str) -> list[str]:
        try:
            data = joined(self.package.part(path))
            shown = Blob(data, f"{self._blob.name}!/{path}", media_type=self.package.content_type(path), depth=self._blob.depth + 1)
            found = reader_of(format_of(shown))(shown, self._options)
            documents = [found] if isinstance(found, Document) else [item for item in found if isinstance(item, Document)]
        except (ReadError, ImportError):
            return self._missing()
        return [line for document in documents for line in document.text.split("\n")]

    def _linked(self, kind: str) -> str:
        """The path of the part that the document has for ``kind``; empty if none."""
        return next((r.target for r in self._links.values() if r.kind == kind), "")

    def _read(self, story: Story, path: str) -> list[Line]:
        """The lines of a further part; what is damaged makes the text incomplete, not unreadable."""
        try:
            lines = story.read(self.package.events(path))
        except ReadError as error:
            if error.code != "CORRUPT":
                raise
            self.incomplete = True
            return []
        self._room = story.room
        return lines

    def _notes(self, body: Story) -> list[Line]:
        lines: list[Line] = []
        for kind in dict.fromkeys(kind for kind, _ in body.notes):
            story = self._story()
            self._read(story, self._linked(kind))
            lines += [line for of, note in body.notes if of == kind for line in story.note_lines.get(note, ())]
        return lines

    def _diagrams(self, body: Story) -> list[Line]:
        paths = [self._links[i].target for i in dict.fromkeys(body.diagrams) if i in self._links]
        return [line for path in paths for line in self._read(self._story(), path)]

    def _headers(self, body: Story) -> list[Line]:
        """Headers and footers in the order of the sections, none twice; those of even pages only if the document has them apart."""
        kinds = {"default", "first"}
        if any(kind == "even" for kind, _ in body.headers) and any(t.name == "w:evenAndOddHeaders" for t in self.package.tags(self._linked("settings"))):
            kinds.add("even")
        paths = dict.fromkeys(self._links[i].target for kind, i in body.headers if kind in kinds and i in self._links)
        read = [tuple(line for line in self._read(self._story(), path) if line.text.strip()) for path in paths]
        return [line for lines in dict.fromkeys(read) for line in lines]

    def _declared_title(self) -> str:
        path = next((r.target for r in self.package.relations().values() if r.kind == "core-properties"), "")
        return self._property(path, "dc:title")

    def _property(self, path: str, name: str) -> str:
        """The text of the first element ``name`` of a part; empty if there is none."""
        inside, text = False, ""
        for event in self.package.sound(path):
            inside = inside or (event.kind == START and event.name == name)
            if inside and event.kind == TEXT:
                text += event.text
            elif inside and event.kind == END:
                break
        return text.strip()


def _main_part(package: Package) -> str:
    """The path of the part that holds the text.

    Raises:
        ReadError: ``TYPE_MISMATCH`` for a workbook, a presentation or the like; ``CORRUPT`` without any.
    """
    path = next((r.target for r in package.relations().values() if r.kind == "officeDocument"), _USUAL_MAIN_PART)
    declared = package.content_type(path)
    if declared.startswith("application/vnd.") and "wordprocessingml" not in declared and "ms-word" not in declared:
        raise _other_kind(package)
    if path in package:
        return path
    if _USUAL_MAIN_PART in package:
        return _USUAL_MAIN_PART
    raise corrupt(package.name, f"lacks its part {path}")


def _of_document(package: Package, path: str) -> Iterator[Event]:
    """The events of the main part.

    Raises:
        ReadError: ``TYPE_MISMATCH`` if that is no text document; what ``package.events`` raises.
    """
    events = package.events(path)
    root = next(events)
    if root.name != "w:document":
        raise _other_kind(package)
    return chain([root], events)


def _other_kind(package: Package) -> ReadError:
    return ReadError(package.name, "TYPE_MISMATCH", "is an office file, but no text document", "Export it as .pdf or .txt.")


def _textless(package: Package) -> ReadError:
    if any("/media/" in path for path in package.paths()):
        return ReadError(package.name, "NEEDS_OCR", "holds pictures but no text", "Export it as .pdf and read that with --ocr tesseract.")
    return ReadError(package.name, "NO_TEXT", "holds no text", "Check that it was saved whole.")


def _styles(tags: Iterable[Event]) -> Styles:
    """Which styles hide their text, by themselves or by the style that they are based on, and which mark titles."""
    own: dict[str, bool] = {}
    parents: dict[str, str] = {}
    titles: set[str] = set()
    style = ""
    for tag in tags:
        value = tag.attributes.get("w:val", "")
        if tag.name == "w:style":
            style = tag.attributes.get("w:styleId", "")
        elif tag.name == "w:name" and value.lower() == "title":
            titles.add(style)
        elif tag.name == "w:basedOn":
            parents[style] = value
        elif tag.name == "w:vanish":
            own[style] = value not in OFF
    hidden = {style for style in {*own, *parents} if style and _inherited(style, own, parents)}
    return Styles(frozenset(hidden), frozenset(titles or {"Title"}))


def _inherited(style: str, own: dict[str, bool], parents: dict[str, str]) -> bool:
    """Whether ``style`` hides its text: its own word, else that of the nearest ancestor that has one."""
    for _ in range(20):
        if style in own:
            return own[style]
        if style not in parents:
            return False
        style = parents[style]
    return False


def _title_first(lines: list[Line], declared: str) -> list[Line]:
    """``lines`` with the title before the letterhead that stands above it."""
    top = [i for i, line in enumerate(lines) if line.text.strip()][:_TITLE_WITHIN]
    wanted = declared.split()
    titled = [i for i in top if lines[i].titled] or [i for i in top if wanted and lines[i].text.split() == wanted][:1]
    if not titled or titled[0] == top[0]:
        return lines
    begin = end = titled[0]
    while end < len(lines) and (end == begin or lines[end].titled):
        end += 1
    return lines[begin:end] + lines[:begin] + lines[end:]
