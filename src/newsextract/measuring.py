"""How fast newsextract reads texts, beside its peers and beside the raw limits of the machine: interleaved medians of processor time.

The peers do less: spaCy and camel-tools only tokenize (and normalize), dateparser only looks for dates. They are measured where they are
installed; nothing of them is imported before its turn comes.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from newsextract.extractor import Extractor, load
from newsextract.scan.scanner import Scan
from newsextract.text.fold import fold

Step = Callable[[Sequence[str]], Any]
"""Reads some texts, one after the other."""
_SHORTEST: Final = 0.05
"""A sample lasts at least so many seconds, for which short texts are read several times: bulk is what is asked about, not the first texts after
another program has had the processor's caches."""
_SLOW_ROUNDS: Final = 3


@cache
def _extractor() -> Extractor:
    return load(tier="fast")


def _each(read: Callable[[str], Any]) -> Step:
    return lambda texts: [read(text) for text in texts]


def _fold() -> Step:
    return _each(fold)


def _scan() -> Step:
    lexicon = _extractor()._lexicon
    return _each(lambda text: Scan(text, lexicon))


def _mentions() -> Step:
    return _each(_extractor().mentions)


def _extract() -> Step:
    return _each(_extractor().extract)


def _json_lines() -> Step:
    extractor = _extractor()
    return lambda texts: list(extractor.json_lines(texts))


def _spacy() -> Step:
    return _each(import_module("spacy").blank("ar"))


def _camel() -> Step:
    normalize = import_module("camel_tools.utils.normalize")
    dediac = import_module("camel_tools.utils.dediac").dediac_ar
    tokenize = import_module("camel_tools.tokenizers.word").simple_word_tokenize

    def read(text: str) -> Any:
        text = normalize.normalize_alef_ar(dediac(normalize.normalize_unicode(text)))
        return tokenize(normalize.normalize_teh_marbuta_ar(normalize.normalize_alef_maksura_ar(text)))

    return _each(read)


def _dateparser() -> Step:
    search = import_module("dateparser.search").search_dates
    return _each(lambda text: search(text, languages=["ar"]))


def _decode() -> Step:
    return _each(lambda text: text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))


def _regex() -> Step:
    return _each(re.compile(r"\w+|[^\w\s]").findall)


def _automaton() -> Step:
    words = sorted({entry.surface for entry in _extractor()._lexicon.entries})
    find = import_module("ahocorasick_rs").AhoCorasick(words).find_matches_as_indexes
    return _each(find)


STAGES: Final[dict[str, Callable[[], Step]]] = {"fold": _fold, "scan": _scan, "mentions": _mentions, "extract": _extract, "json_lines": _json_lines}
PEERS: Final[dict[str, Callable[[], Step]]] = {"spacy": _spacy, "camel-tools": _camel, "dateparser": _dateparser}
LIMITS: Final[dict[str, Callable[[], Step]]] = {"utf-8": _decode, "regex": _regex, "automaton": _automaton}
"""One round trip through UTF-8, one pass of ``re``, one pass of an Aho-Corasick automaton over the surfaces of our lexicon."""
SLOW: Final = frozenset({"dateparser"})
"""Measured in few rounds: they take a hundred times as long."""
_NEEDS: Final = {"spacy": "spacy", "camel-tools": "camel_tools", "dateparser": "dateparser", "automaton": "ahocorasick_rs"}


def installed(names: Mapping[str, Callable[[], Step]]) -> dict[str, Callable[[], Step]]:
    """Those of ``names`` that can run here."""
    return {name: make for name, make in names.items() if name not in _NEEDS or find_spec(_NEEDS[name]) is not None}


class Corpus(NamedTuple):
    """Some texts under a name."""

    name: str
    texts: tuple[str, ...]

    @property
    def characters(self) -> int:
        """The length of all texts in code points."""
        return sum(map(len, self.texts))


def _pass(step: Step, texts: Sequence[str], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        step(texts)
    return (time.process_time() - start) / times


def seconds(steps: Mapping[str, Step], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """The median seconds of one pass over ``texts`` for each step, measured in turn (A, B, A, B, …); slow ones in three rounds or fewer."""
    times: dict[str, int] = {}
    for name, step in steps.items():
        once = _pass(step, texts, 1)  # the first pass warms caches
        if name not in SLOW:
            once = _pass(step, texts, 1)
        times[name] = max(1, round(_SHORTEST / max(once, 1e-6)))
    samples: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds):
        for name, step in steps.items():
            if name not in SLOW or number < _SLOW_ROUNDS:
                samples[name].append(_pass(step, texts, times[name]))
    return {name: statistics.median(taken) for name, taken in samples.items()}


def speeds(corpus: Corpus, rounds: int, *, slow: bool = True) -> dict[str, float]:
    """Mchar/s of every stage, peer and limit that can run here, on one corpus.

    Everybody starts anew on each corpus and is warm on its texts alone: spaCy's tokenizer, for one, gets faster with every other text, and our
    memory of words gets larger.
    """
    _extractor.cache_clear()
    steps = {name: make() for name, make in installed({**STAGES, **PEERS, **LIMITS}).items() if slow or name not in SLOW}
    return {name: corpus.characters / taken / 1e6 for name, taken in seconds(steps, corpus.texts, rounds).items()}


def table(by_corpus: Mapping[str, Mapping[str, float]]) -> str:
    """The speeds as text, a line for each step and a column for each corpus; then ``json_lines`` beside each peer."""
    names = list(by_corpus)
    steps = list(next(iter(by_corpus.values())))
    lines = [f"{'Mchar/s':14}" + "".join(f"{name:>14}" for name in names)]
    lines += [f"{step:14}" + "".join(f"{by_corpus[name][step]:14.2f}" for name in names) for step in steps]
    peers = [peer for peer in PEERS if peer in steps]
    lines += ["", f"{'times as fast':14}" + "".join(f"{name:>14}" for name in names)] if peers else []
    lines += [f"{'/ ' + peer:14}" + "".join(f"{by_corpus[name]['json_lines'] / by_corpus[name][peer]:14.2f}" for name in names) for peer in peers]
    return "\n".join(lines)
