"""What the model learns from: annotated and raw text of the data folder, a user's own annotation, and the list of proper nouns."""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from newsextract.errors import ReadError
from newsextract.tagger.conll import Sentence, read_conll
from newsextract.tagger.spans import sentence_ranges
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

ANERCORP: Final = "ner/anercorp/ANERCorp_CamelLab_train.txt"
RAW: Final = ("raw/antcorpus-news.txt.xz", "raw/wikipedia-2018.txt.xz")
PROPERS: Final = "ner/camel_morph_nounprop/MSA-Noun-Prop-LEX.csv"
_MARKUP: Final = re.compile(r"<[^>]*>")
_DIGIT: Final = re.compile(r"\d")
_BUCKWALTER: Final = dict(
    zip(
        "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYyFNKaui~o`{",
        "\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635"
        "\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064a\u064b\u064c\u064d\u064e\u064f\u0650"
        "\u0651\u0652\u0670\u0671",
        strict=True,
    )
)
"""Buckwalter's letters, in which the list of proper nouns is written."""


def raw_sentences(folder: Path) -> Iterator[list[str]]:
    """The folded words of the raw text, sentence by sentence, digits as ``0``; markup between ``<`` and ``>`` is left out.

    Raises:
        ReadError: A file of the folder is missing.
    """
    for name in RAW:
        with lzma.open(present(folder / name), "rt", encoding="utf-8", errors="replace") as lines:
            for line in lines:
                text = _MARKUP.sub(" ", line)
                if text.strip():
                    yield from _sentences(text)


def _sentences(text: str) -> Iterator[list[str]]:
    words = tokenize(fold(text)).words
    for first, last in sentence_ranges(words):
        yield [_DIGIT.sub("0", word) if word[0].isdigit() else word for word in words[first:last]]


def proper_nouns(folder: Path) -> dict[str, str]:
    """Folded stem of a proper noun → its classes: ``r`` rational, ``i`` irrational, ``n`` unsaid.

    Raises:
        ReadError: The list is missing.
    """
    kinds: dict[str, set[str]] = {}
    with present(folder / PROPERS).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            stem = fold("".join(_BUCKWALTER.get(c, c) for c in row["FORM"] if c not in "-_")).text
            told = row["FEAT"]
            kinds.setdefault(stem, set()).add("r" if "rat:r" in told else "i" if "rat:i" in told else "n")
    return {stem: "".join(sorted(kinds[stem])) for stem in sorted(kinds) if stem}


def annotated(path: Path) -> list[Sentence]:
    """The sentences of a two-column file, or of a folder of releases with their gold (``NAME.txt``, ``NAME.json``).

    Raises:
        ReadError: Nothing is there, or it cannot be read.
        DataError: A line of the file is wrong.
    """
    if not path.is_dir():
        return read_conll(path)
    pairs = [(text, text.with_suffix(".json")) for text in sorted(path.glob("*.txt"))]
    found = [s for text, gold in pairs if gold.exists() for s in _release(text.read_text("utf-8"), json.loads(gold.read_text("utf-8")))]
    if not found:
        raise ReadError(path, "NOT_FOUND", "holds no release (NAME.txt) with its gold (NAME.json)", "Give a folder in the form of corpora/press.")
    return found


_LISTS: Final = (("people", "PERSON"), ("institutions", "INSTITUTION"), ("places", "PLACE"))


def _release(text: str, gold: dict[str, Any]) -> list[Sentence]:
    """The sentences of a release; every occurrence of a name of the gold is tagged, the longest of those that overlap."""
    folded = fold(text)
    words = tokenize(folded).words
    tags = ["O"] * len(words)
    for name, label in _names(gold):
        for at in _occurrences(words, name):
            if all(tag == "O" for tag in tags[at : at + len(name)]):
                tags[at : at + len(name)] = [f"B-{label}", *[f"I-{label}"] * (len(name) - 1)]
    return [Sentence(words[first:last], tags[first:last]) for first, last in sentence_ranges(words)]


def _names(gold: dict[str, Any]) -> list[tuple[list[str], str]]:
    """The folded words of each form of each name that the gold demands, and its label; longest first."""
    forms = [(form, label) for field, label in _LISTS for fact in gold.get(field, ()) for form in fact.get("names", ())]
    words = [(tokenize(fold(form)).words, label) for form, label in dict.fromkeys(forms)]
    return sorted([(w, label) for w, label in words if w], key=lambda name: (-len(name[0]), name))


def _occurrences(words: Sequence[str], name: Sequence[str]) -> Iterator[int]:
    """Where the words of ``name`` stand; the first may carry proclitics."""
    first, rest = name[0], list(name[1:])
    for at, word in enumerate(words):
        if (word == first or _carries(word, first)) and list(words[at + 1 : at + len(name)]) == rest:
            yield at


def _carries(word: str, stem: str) -> bool:
    """Whether ``word`` is ``stem`` after و ف and ب ل ك, the article fused or not."""
    if word.endswith(stem):
        before = word[: len(word) - len(stem)]
        return len(before) <= 2 and before[:1] in "وفبلك" and before[1:] in ("", "ب", "ل", "ك")
    return stem.startswith("ال") and word.removeprefix("و") == "لل" + stem[2:]


def present(path: Path) -> Path:
    """``path``, a file of the data folder.

    Raises:
        ReadError: It is not there.
    """
    if not path.is_file():
        raise ReadError(path, "NOT_FOUND", "does not exist", "Name the folder that holds ner/ and raw/ with --data.")
    return path
