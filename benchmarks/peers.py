"""The stages of newsextract and the peers beside them, each as a function of one text, ready and warm.

The peers do less: spaCy and camel-tools only tokenize (and normalize), dateparser only looks for dates.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from newsextract import Extractor

Step = Callable[[str], Any]


@cache
def _extractor() -> Extractor:
    import newsextract

    return newsextract.load()


def fold() -> Step:
    """Source → folded text with its alignment."""
    from newsextract.text.fold import fold

    return fold


def scan() -> Step:
    """Fold, tokens and every lexicon entry."""
    from newsextract.lexicon.compiled import Lexicon
    from newsextract.lexicon.load import shipped_entries
    from newsextract.scan.scanner import Scan

    lexicon = Lexicon(shipped_entries())
    return lambda text: Scan(text, lexicon)


def mentions() -> Step:
    """All mentions, unlinked."""
    return _extractor().mentions


def extract() -> Step:
    """The whole record, validated."""
    return _extractor().extract


def extract_json() -> Step:
    """The record as a line of JSON."""
    extractor = _extractor()
    return lambda text: extractor.extract(text).model_dump_json()


def spacy_tokenize() -> Step:
    """``spacy.blank("ar")``: tokens, nothing else."""
    import spacy

    return spacy.blank("ar")


def camel_normalize() -> Step:
    """camel-tools: Unicode normalization, dediacritisation, alef, alef maksura and ta marbuta, then word tokens."""
    from camel_tools.tokenizers.word import simple_word_tokenize
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar, normalize_unicode

    def step(text: str) -> Any:
        text = normalize_alef_ar(dediac_ar(normalize_unicode(text)))
        return simple_word_tokenize(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(text)))

    return step


def dateparser_search() -> Step:
    """``dateparser.search.search_dates`` for Arabic."""
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["ar"])


STAGES: Final = {"fold": fold, "scan": scan, "mentions": mentions, "extract": extract, "extract+json": extract_json}
PEERS: Final = {"spacy": spacy_tokenize, "camel-tools": camel_normalize, "dateparser": dateparser_search}
SLOW: Final = frozenset({"dateparser"})
"""Measured in few rounds: they take a hundred times as long."""
