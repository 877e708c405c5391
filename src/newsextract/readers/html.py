"""Web pages: the text of the release without what surrounds it (trafilatura), its title first, and the day that the page declares."""

from __future__ import annotations

import logging
import re
from typing import Final

import lxml.etree
import lxml.html
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newsextract.errors import ReadError
from newsextract.readers.decode import decode
from newsextract.readers.html_page import declared_date, title_of, words
from newsextract.readers.html_text import VERBATIM, lines_of
from newsextract.readers.port import Blob, Document, ReadOptions

_DECLARED: Final = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4096
_UNSEEN: Final = frozenset({"script", "style", "template", "iframe", "frame", "embed", "svg", "select", "option", "button", "textarea", "input"})
"""Never text. What only holds a substitute (``object``, ``video``, ``noframes``) is not among them: unclosed, it holds the whole page."""
_NOFRAMES: Final = re.compile(r"</?noframes(?:\s[^<>]{0,100})?>", re.IGNORECASE)
"""Around what is for programs without frames, which this is one of; the parser would take it for text."""
_HIDDEN_STYLE: Final = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|(?:opacity|font-size)\s{0,9}:\s{0,9}0(?:px|pt|em|%)?\s{0,9}(?:;|!|$)", re.IGNORECASE
)
_NO_TEXT: Final = frozenset({"nav", "title"})
_TITLE_WITHIN: Final = 12
"""Lines among which a title is looked for, to be moved to the front."""
_LEAST_SHARE: Final = 0.25
"""Share of the running text below which a main text is no main text."""
_MOST_ELEMENTS: Final = 10_000
_DEEPEST: Final = 250
"""Beyond these a page is no article, and looking for one takes more than linear time: all of its text is taken."""
_STRUCTURE: Final = re.compile(
    r"</?(?:div|span|table|tbody|tr|td|th|font|center|form|section|blockquote|ul|ol|li|a|b|i|u|em|strong|select|noscript|object)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards is told by the outcome, not on stderr


def read(blob: Blob, options: ReadOptions) -> Document:
    """The release of a page: its title as the first line, then one line a paragraph, the cells of a table's row with tabs between them.

    Nothing is fetched and no script is run; frames are not followed.

    Raises:
        ReadError: ``NO_TEXT``; ``NESTING_LIMIT`` if elements nest so deeply that no text is reached; or as :func:`decode` says.
    """
    found = _DECLARED.search(blob.data[:_CHARSET_WITHIN])
    declared = blob.charset or (found[1].decode("ascii", "replace") if found else None)
    decoded = decode(blob.data, blob.name, encoding=options.encoding, declared=declared)
    root, cut = _tree(decoded.text)
    warnings = decoded.warnings
    if cut or (root is not None and _shape(root)[1] > options.limits.html_depth):
        root, cut = _tree(_STRUCTURE.sub("\n", decoded.text))
        warnings = (*warnings, "TRUNCATED" if cut else "SUSPECT_TEXT")
    published = None if root is None else declared_date(root)
    lines = [] if root is None else _release(root)
    if not lines:
        if cut:
            raise ReadError(blob.name, "NESTING_LIMIT", "nests its elements too deeply for its text to be reached", "Save the page as text.")
        raise ReadError(blob.name, "NO_TEXT", "shows no text", "If its text lies in frames or is made by scripts, save the page as the browser shows it.")
    return Document("\n".join(lines), "text/html", decoded.encoding, published, warnings)


def _release(root: HtmlElement) -> list[str]:
    """The lines of the release, its title first."""
    _drop_unseen(root)
    _divide_verbatim(root)
    lines = _main_lines(root)
    title = title_of(root, lines)
    if not title:
        return lines
    wanted = words(title)
    for number, line in enumerate(lines[:_TITLE_WITHIN]):
        if words(line) == wanted:
            return [line, *lines[:number], *lines[number + 1 :]]
    return [title, *lines]


def _main_lines(root: HtmlElement) -> list[str]:
    """What trafilatura takes for the main text, or all of the text where that is next to nothing of it."""
    count, depth = _shape(root)
    if count > _MOST_ELEMENTS or depth > _DEEPEST:
        return lines_of(root, without=_NO_TEXT)
    running = sum(len(line) for line in lines_of(root, without=frozenset({"a", "nav", "footer", "title"})))
    found = bare_extraction(root, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    lines = [] if body is None else lines_of(body)
    if lines and sum(map(len, lines)) >= _LEAST_SHARE * running:
        return lines
    return lines_of(root, without=_NO_TEXT)


def _shape(root: HtmlElement) -> tuple[int, int]:
    """How many elements the page has, and how many within one another."""
    depth = deepest = count = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        count += event == "start"
    return count, deepest


def _tree(text: str) -> tuple[HtmlElement | None, bool]:
    """The page as a tree, None for one without elements, and whether it was cut where elements nest too deeply."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    sound = _NOFRAMES.sub("", _without_noscript(text.replace("\x00", ""))).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(sound, parser=parser)
    except lxml.etree.ParserError:
        root = None
    return root, any(entry.message.startswith("Excessive depth") for entry in parser.error_log)


def _without_noscript(text: str) -> str:
    """``text`` without what a browser that runs scripts passes over, found as that browser finds it: up to the next end tag, whatever stands between."""
    kept, at, lower = [], 0, text.lower()
    while (start := lower.find("<noscript", at)) >= 0 and (end := lower.find("</noscript", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("</noscript")
        at = lower.find(">", at) + 1 or len(text)
    return "".join([*kept, text[at:]]) if len(lower) == len(text) else text


def _drop_unseen(root: HtmlElement) -> None:
    """Takes out what a page does not show, and tables that are menus."""
    unseen = [e for e in root.iter() if not isinstance(e.tag, str) or (e.tag not in {"html", "body"} and _is_unseen(e))]
    for element in unseen:
        element.drop_tree()


def _divide_verbatim(root: HtmlElement) -> None:
    """Makes a paragraph of each line of preformatted text, for whoever reads paragraphs takes such text for one."""
    for element in _outermost(root, VERBATIM):
        lines = lines_of(element)
        if len(lines) > 1:
            element.clear(keep_tail=True)
            element.tag = "div"
            for line in lines:
                lxml.etree.SubElement(element, "p").text = line


def _outermost(root: HtmlElement, tags: frozenset[str]) -> list[HtmlElement]:
    """The elements of ``tags`` that lie in no other of them."""
    found = []
    walk = lxml.etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element.tag in tags:
            found.append(element)
            walk.skip_subtree()
    return found


def _is_unseen(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in _UNSEEN or "hidden" in element.attrib or (tag == "dialog" and "open" not in element.attrib) or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return tag == "table" and _is_menu(element)


def _is_menu(table: HtmlElement) -> bool:
    """Whether a table without tables inside holds links and nothing else."""
    if table.find(".//table") is not None:
        return False
    links = table.findall(".//a")
    linked = sum(len(" ".join(a.itertext()).strip()) for a in links)
    return len(links) >= 3 and linked >= 0.9 * len("".join("".join(table.itertext()).split()))
