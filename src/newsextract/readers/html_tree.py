"""A page as a tree of elements, parsed so that no page costs more than linear time, and cleared of what it does not show."""

from __future__ import annotations

import re
from typing import Final

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from newsextract.readers.html_text import VERBATIM, lines_of

_UNSEEN: Final = frozenset({"script", "style", "template", "iframe", "frame", "embed", "svg", "select", "option", "button", "textarea", "input"})
"""Never text. What only holds a substitute (``object``, ``video``, ``noframes``) is not among them: unclosed, it holds the whole page."""
_CONTROLS: Final = {**dict.fromkeys([*range(32), 0xFFFE, 0xFFFF]), 9: 9, 10: 10, 12: 32, 13: 13}
_CONTROL_REFERENCES: Final = re.compile(
    r"&#0{0,9}(?:[0-8]|1[124-9]|2\d|3[01])(?:;|(?!\d))|&#x0{0,9}(?:[0-8bcef]|1[\da-f]|fff[ef])(?:;|(?![\da-f]))", re.IGNORECASE
)
"""Characters that no page shows and no tree takes, as they stand and as references."""
_NOFRAMES: Final = re.compile(r"</?noframes(?:\s[^<>]{0,100})?>", re.IGNORECASE)
"""Around what is for programs without frames, which this is one of; the parser would take it for text."""
_HIDDEN_STYLE: Final = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|(?:opacity|font-size)\s{0,9}:\s{0,9}0(?:px|pt|em|%)?\s{0,9}(?:;|!|$)", re.IGNORECASE
)
_STRUCTURE: Final = re.compile(
    r"</?(?:div|span|table|tbody|tr|td|th|font|center|form|section|blockquote|ul|ol|li|a|b|i|u|em|strong|select|noscript|object)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)


def tree(text: str) -> tuple[HtmlElement | None, bool]:
    """The page as a tree, None for one without elements, and whether it was cut where elements nest too deeply."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    plain = _CONTROL_REFERENCES.sub(" ", text.translate(_CONTROLS))
    sound = _NOFRAMES.sub("", _without_noscript(plain)).encode("utf-8", "replace")
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


def without_structure(text: str) -> str:
    """``text`` without the tags that can nest without end, a line for each: all of the text is kept, the layout is not."""
    return _STRUCTURE.sub("\n", text)


def shape(root: HtmlElement) -> tuple[int, int]:
    """How many elements the page has, and how many within one another."""
    depth = deepest = count = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        count += event == "start"
    return count, deepest


def take_out_unseen(root: HtmlElement) -> None:
    """Takes out what a page does not show, and tables that are menus."""
    unseen = [e for e in root.iter() if not isinstance(e.tag, str) or (e.tag not in {"html", "body"} and _is_unseen(e))]
    for element in unseen:
        element.drop_tree()


def divide_verbatim(root: HtmlElement) -> None:
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
