"""camel-tools' morphology behind the port :class:`newsextract.ports.MorphAnalyser`: lemmas of counted nouns that our lexicon does not know.

::

    from newsextract.interop import camel
    extractor = newsextract.load(analyser=camel.load_analyser())

camel-tools fetches a catalogue over the network as soon as its morphology is imported, unless it lies in the folder that the environment
variable ``CAMELTOOLS_DATA`` names. So nothing of it is imported here before the catalogue and the database have been found there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from newsextract.errors import BackendError

VARIABLE: Final = "CAMELTOOLS_DATA"
_COMPONENT: Final = "MorphologyDB"
_NOUNS: Final = frozenset({"noun", "noun_quant", "noun_num", "adj"})
_PROCLITICS: Final = ("prc0", "prc1", "prc2", "prc3")
_NO_CLITIC: Final = frozenset({"0", "na", "-", ""})
_LEAST: Final = -99.0
"""What camel-tools writes for a probability that it does not know."""


class _Analyzer(Protocol):
    def analyze(self, word: str) -> list[dict[str, Any]]: ...


def database(name: str | None = None) -> Path | None:
    """The file of the morphology database ``name`` (the catalogue's default if None) in ``CAMELTOOLS_DATA``, or None if it is not installed."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return None
    try:
        component = json.loads((Path(folder) / "catalogue.json").read_text("utf-8"))["components"][_COMPONENT]
        file = Path(folder, "data", component["datasets"][name or component["default"]]["path"], "morphology.db")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return file if file.is_file() else None


def load_analyser(name: str | None = None) -> CamelAnalyser:
    """The analyser over the installed database ``name`` (the catalogue's default if None); reading it takes seconds.

    Raises:
        BackendError: The database is not in ``CAMELTOOLS_DATA``, or camel-tools is not installed.
    """
    file = database(name)
    if file is None:
        raise BackendError(f"no morphology database of camel-tools in {VARIABLE}; set it and run: camel_data -i {name or 'morphology-db-msa-r13'}")
    try:
        from camel_tools.morphology.analyzer import Analyzer  # noqa: PLC0415  (only now that the catalogue is known to be there)
        from camel_tools.morphology.database import MorphologyDB  # noqa: PLC0415
    except ImportError as missing:
        raise BackendError("camel-tools is not installed; its morphology needs it: pip install newsextract[camel]") from missing
    return CamelAnalyser(Analyzer(MorphologyDB(str(file))))


class CamelAnalyser:
    """Lemmas from a camel-tools analyser; each word type is analysed once.

    Args:
        analyzer: A ``camel_tools.morphology.analyzer.Analyzer``.
    """

    def __init__(self, analyzer: _Analyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[str, str | None] = {}

    def lemmas(self, words: Sequence[str]) -> list[str | None]:
        """The singular of each word as the likeliest noun without proclitics has it; None where no analysis is one."""
        known = self._known
        for word in set(words).difference(known):
            known[word] = _lemma(self._analyzer.analyze(word))
        return [known[word] for word in words]


def _lemma(analyses: Sequence[Mapping[str, Any]]) -> str | None:
    from camel_tools.utils.dediac import dediac_ar  # noqa: PLC0415

    nouns = [a for a in analyses if a.get("pos") in _NOUNS and _NO_CLITIC.issuperset([a.get(p, "0") for p in _PROCLITICS])]
    if not nouns:
        return None
    best = max(nouns, key=lambda a: (a["pos"] != "adj", float(a.get("pos_lex_logprob", _LEAST))))
    return str(dediac_ar(best["lex"])) or None
