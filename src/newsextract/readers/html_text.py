"""A tree of elements as lines of text, walked without recursion: HTML as it stands, or what trafilatura makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element, iterwalk

_BLOCK_NAMES: Final = (
    "address article aside blockquote body center caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html "
    "legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul head item list quote row ab"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_BREAKS: Final = frozenset({"br", "lb"})
_CELLS: Final = frozenset({"td", "th", "cell"})
VERBATIM: Final = frozenset({"pre", "code", "plaintext", "xmp", "listing"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


def lines_of(root: _Element, *, without: frozenset[str] = frozenset()) -> list[str]:
    """The non-empty lines of ``root``: one a block, the cells of a row with tabs between them.

    Args:
        root: Any element.
        without: Tags whose content is left out.
    """
    lines = ("\t".join(c for cell in line.split("\t") if (c := cell.strip())) for line in "".join(_pieces(root, without)).split("\n"))
    return [line for line in lines if line]


def _pieces(root: _Element, without: frozenset[str]) -> Iterator[str]:
    verbatim = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in without:
                walk.skip_subtree()
                continue
            verbatim += tag in VERBATIM
            yield _before(tag)
            yield _shown(element.text, verbatim)
        else:
            if tag not in without:
                verbatim -= tag in VERBATIM
                yield _after(tag, element)
            if element is not root:
                yield _shown(element.tail, verbatim)


def _before(tag: str) -> str:
    return "\n" if tag in _BLOCKS or tag in _BREAKS else ""


def _after(tag: str, element: _Element) -> str:
    """A cell that holds blocks ends a line, any other one ends with a tab."""
    if tag in _CELLS:
        return "\n" if any(child.tag in _BLOCKS or child.tag in _BREAKS for child in element) else "\t"
    return "\n" if tag in _BLOCKS else ""


def _shown(text: str | None, verbatim: int) -> str:
    if not text:
        return ""
    return text.replace("\r\n", "\n").replace("\t", " ") if verbatim else _SPACE.sub(" ", text)
