"""What is measured on: the project's own corpus always, the shared real releases where they are present."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("NEWSEXTRACT_SHARED", ROOT.parent / "shared"))
RESULTS: Final = Path(__file__).with_name("results")
PARAPHRASE: Final = "oic-labour-conference-paraphrase"
"""The project's own release in the style of the shared seed release; stands in for it."""


class Corpus(NamedTuple):
    """Some texts under a name, with the hash that names the slice."""

    name: str
    texts: tuple[str, ...]

    @property
    def characters(self) -> int:
        """The length of all texts in code points."""
        return sum(map(len, self.texts))

    @property
    def sha256(self) -> str:
        """Changes with any text."""
        return hashlib.sha256("\0".join(self.texts).encode("utf-8", "surrogatepass")).hexdigest()


def _read(name: str, folder: Path, pattern: str = "*.txt") -> Corpus:
    return Corpus(name, tuple(path.read_text("utf-8") for path in sorted(folder.glob(pattern))))


def corpora() -> dict[str, Corpus]:
    """The corpora that are here: ``press`` and ``paraphrase`` always, ``seed`` and ``dev`` where the shared folder is."""
    press = ROOT / "corpora" / "press"
    found = [
        _read("press", press),
        _read("paraphrase", press, f"{PARAPHRASE}.txt"),
        _read("seed", SHARED / "corpora" / "seed"),
        _read("dev", SHARED / "corpora" / "dev"),
    ]
    return {corpus.name: corpus for corpus in found if corpus.texts}
