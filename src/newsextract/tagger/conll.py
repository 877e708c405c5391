"""Annotated text in two columns: a token and its BIO tag, an empty line after each sentence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from newsextract.errors import DataError, ReadError
from newsextract.tagger.bio import repaired

LABEL_OF: Final = {
    "PER": "PERSON", "PERS": "PERSON", "PERSON": "PERSON",
    "ORG": "INSTITUTION", "INSTITUTION": "INSTITUTION",
    "LOC": "PLACE", "GPE": "PLACE", "PLACE": "PLACE",
    "MISC": "MISC", "MIS": "MISC",
}  # fmt: skip
"""What the labels of the known corpora are called here; any other label is none of ours."""


class Sentence(NamedTuple):
    """A sentence of an annotated file: its tokens as written, and a tag for each (``O``, ``B-PERSON``, ``I-PERSON``, …)."""

    tokens: list[str]
    tags: list[str]


def read_conll(path: str | Path) -> list[Sentence]:
    """The sentences of a file; labels are renamed by :data:`LABEL_OF`, tokens with others are outside (``O``).

    The first column is the token, the last its tag; columns are parted by a tab or spaces. A token without a tag ends the reading
    with an error rather than being guessed.

    Raises:
        ReadError: The file is missing or is not UTF-8.
        DataError: ``path:line``: a line has no tag, or one that is not BIO.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ReadError(path, "NOT_FOUND", "does not exist", "Check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(path, "UNREADABLE", f"cannot be read as UTF-8 ({error})", "Save it as UTF-8 text of two columns.") from error
    sentences: list[Sentence] = []
    current = Sentence([], [])
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            token, tag = _columns(path, number, line.strip("\r "))
            current.tokens.append(token)
            current.tags.append(_renamed(path, number, tag))
        elif current.tokens:
            sentences.append(current)
            current = Sentence([], [])
    if current.tokens:
        sentences.append(current)
    return [Sentence(s.tokens, repaired(s.tags)) for s in sentences]


def _columns(path: str | Path, number: int, line: str) -> tuple[str, str]:
    cells = line.split("\t") if "\t" in line else line.split()
    if len(cells) < 2:
        raise DataError(path, number, f"{line[:40]!r} has no tag; a line is a token, a space or tab, and its tag")
    return cells[0], cells[-1].strip()


def _renamed(path: str | Path, number: int, tag: str) -> str:
    if tag == "O":
        return tag
    place, dash, label = tag.partition("-")
    if place not in ("B", "I") or not dash or not label:
        raise DataError(path, number, f"{tag[:40]!r} is no BIO tag (O, B-PER, I-PER, …)")
    known = LABEL_OF.get(label.upper())
    return "O" if known is None else f"{place}-{known}"


def write_conll(path: str | Path, sentences: Iterable[Sentence]) -> None:
    """Writes two columns, an empty line after each sentence."""
    lines = (f"{token}\t{tag}\n" for s in sentences for token, tag in [*zip(s.tokens, s.tags, strict=True), ("", "")])
    Path(path).write_text("".join(line if line != "\t\n" else "\n" for line in lines), "utf-8")
