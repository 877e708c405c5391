"""What is measured on: the project's own corpus and what is made from it always, the shared real releases where they are present."""

from __future__ import annotations

import hashlib
import os
from itertools import cycle
from pathlib import Path
from typing import Final

from newsextract.measuring import Corpus

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("NEWSEXTRACT_SHARED", ROOT.parent / "shared"))
RESULTS: Final = Path(__file__).with_name("results")
PARAPHRASE: Final = "oic-labour-conference-paraphrase"
"""The project's own release in the style of the shared seed release; stands in for it."""
_MADE: Final = 40_000
"""Characters of a corpus that is made."""
_TINY: Final = ("نفذ المركز 49 نشاطا", "وصل الوفد أمس إلى مسقط", "بلغت النسبة 12.5%", "قالت الوزيرة هند سالم العبري", "3 مارس 2024", "شكرا")


def sha256(corpus: Corpus) -> str:
    """Changes with any text of the corpus."""
    return hashlib.sha256("\0".join(corpus.texts).encode("utf-8", "surrogatepass")).hexdigest()


def _read(name: str, folder: Path, pattern: str = "*.txt") -> Corpus:
    return Corpus(name, tuple(path.read_text("utf-8") for path in sorted(folder.glob(pattern))))


def long_text(texts: tuple[str, ...], size: int) -> str:
    """One text of ``size`` characters: the corpus again and again."""
    out: list[str] = []
    length = 0
    for text in cycle(texts):
        if length >= size:
            break
        out.append(text)
        length += len(text) + 1
    return "\n".join(out)[:size]


def _under_marks(text: str) -> str:
    """Fatha and shadda over every letter."""
    return "".join(char + "\u064e\u0651" if "ء" <= char <= "ي" else char for char in text)


def _mixed(text: str) -> str:
    """Every third word in Latin letters."""
    return " ".join("Conference" if number % 3 == 2 else word for number, word in enumerate(text.split(" ")))


def _figures(text: str) -> str:
    """A number after every second word."""
    return " ".join(f"{word} {number * 37 % 5000}" if number % 2 else word for number, word in enumerate(text.split(" ")))


def _made(texts: tuple[str, ...]) -> list[Corpus]:
    """Texts of one kind each: short and long, under marks, full of figures, in two scripts."""
    plain = long_text(texts, _MADE)
    return [
        Corpus("diacritics", (_under_marks(plain),)),
        Corpus("figures", (_figures(plain),)),
        Corpus("two scripts", (_mixed(plain),)),
        Corpus("tiny", _TINY * 50),
        Corpus("1 MB", (long_text(texts, 1_000_000),)),
    ]


def corpora(*, made: bool = False) -> dict[str, Corpus]:
    """The corpora that are here: ``press`` and ``paraphrase`` always, ``seed`` and ``dev`` where the shared folder is; on request those that are made."""
    press = ROOT / "corpora" / "press"
    found = [
        _read("press", press),
        _read("paraphrase", press, f"{PARAPHRASE}.txt"),
        _read("seed", SHARED / "corpora" / "seed"),
        _read("dev", SHARED / "corpora" / "dev"),
    ]
    if made:
        found += _made(found[0].texts)
    return {corpus.name: corpus for corpus in found if corpus.texts}
