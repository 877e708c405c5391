"""Web pages: the text of the release without what surrounds it (trafilatura), its title first, and the day that the page declares."""

from __future__ import annotations

import logging
import re
from typing import Final

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newsextract.errors import ReadError
from newsextract.readers.decode import decode
from newsextract.readers.html_page import declared_date, title_of, words
from newsextract.readers.html_text import lines_of
from newsextract.readers.html_tree import divide_verbatim, shape, take_out_unseen, tree, without_structure
from newsextract.readers.port import Blob, Document, ReadOptions

_DECLARED: Final = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4096
_UTF7: Final = re.compile(r"(?:unicode-1-1-)?utf-?7", re.IGNORECASE)
"""Never believed of a page, as in browsers: it hides markup in harmless text."""
_NO_TEXT: Final = frozenset({"nav", "title"})
_TITLE_WITHIN: Final = 12
"""Lines among which a title is looked for, to be moved to the front."""
_LEAST_SHARE: Final = 0.25
"""Share of the running text below which a main text is no main text."""
_SHORT: Final = 100_000
"""Characters up to which a text that was run together is divided again."""
_MOST_ELEMENTS: Final = 10_000
_DEEPEST: Final = 250
"""Beyond these a page is no article, and looking for one takes more than linear time: all of its text is taken."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards is told by the outcome, not on stderr


def read(blob: Blob, options: ReadOptions) -> Document:
    """The release of a page: its title as the first line, then one line a paragraph, the cells of a table's row with tabs between them.

    Nothing is fetched and no script is run; frames are not followed.

    Raises:
        ReadError: ``NO_TEXT``; ``NESTING_LIMIT`` if elements nest so deeply that no text is reached; or as :func:`decode` says.
    """
    found = _DECLARED.search(blob.data[:_CHARSET_WITHIN])
    declared = blob.charset or (found[1].decode("ascii", "replace") if found else None)
    decoded = decode(blob.data, blob.name, encoding=options.encoding, declared=None if _UTF7.fullmatch(declared or "") else declared)
    root, cut = tree(decoded.text)
    warnings = decoded.warnings
    if cut or (root is not None and shape(root)[1] > options.limits.html_depth):
        root, cut = tree(without_structure(decoded.text))
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
    take_out_unseen(root)
    divide_verbatim(root)
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
    count, depth = shape(root)
    if count > _MOST_ELEMENTS or depth > _DEEPEST:
        return lines_of(root, without=_NO_TEXT)
    running = sum(len(line) for line in lines_of(root, without=frozenset({"a", "nav", "footer", "title"})))
    found = bare_extraction(root, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    lines = [] if body is None else lines_of(body)
    if lines and sum(map(len, lines)) >= _LEAST_SHARE * running:
        return _divided(lines[0], root) if len(lines) == 1 and len(lines[0]) < _SHORT else lines
    return lines_of(root, without=_NO_TEXT)


def _divided(text: str, root: HtmlElement) -> list[str]:
    """The lines of the page that ``text`` ran together, as it does with short ones; ``text`` itself if it is more than they are."""
    held = f" {' '.join(text.split())} "
    lines = [line for line in lines_of(root, without=_NO_TEXT) if f" {' '.join(line.split())} " in held]
    return lines if sum(map(len, lines)) >= 0.9 * len(text) else [text]
