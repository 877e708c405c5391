"""newsextract: Arabic press releases into structured records, exact, explained, fast, offline.

>>> import newsextract
>>> extractor = newsextract.load()
>>> record = extractor.extract("نفذ المركز 49 نشاطا بمشاركة أكثر من 3000 خبير")
>>> [(c.value, c.comparison, c.lemma) for c in record.counts]
[(49, 'exact', 'نشاط'), (3000, 'more_than', 'خبير')]
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from newsextract._version import __version__
from newsextract.errors import (
    BackendError,
    DataError,
    LexiconError,
    NewsExtractError,
    NoInputError,
    OtherRunError,
    OutputBusyError,
    OutputError,
    ReadError,
    RuleError,
    SettingsError,
)
from newsextract.source import Source
from newsextract.span import Span

if TYPE_CHECKING:
    from newsextract.batch.events import RunSummary
    from newsextract.batch.library import extract_file, extract_folder
    from newsextract.extractor import Extractor, load
    from newsextract.record.model import Record

__all__ = [
    "BackendError",
    "DataError",
    "Extractor",
    "LexiconError",
    "NewsExtractError",
    "NoInputError",
    "OtherRunError",
    "OutputBusyError",
    "OutputError",
    "ReadError",
    "Record",
    "RuleError",
    "RunSummary",
    "SettingsError",
    "Source",
    "Span",
    "__version__",
    "extract_file",
    "extract_folder",
    "load",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())

_LAZY = {
    "Extractor": "newsextract.extractor",
    "load": "newsextract.extractor",
    "Record": "newsextract.record.model",
    "RunSummary": "newsextract.batch.events",
    "extract_file": "newsextract.batch.library",
    "extract_folder": "newsextract.batch.library",
}


def __getattr__(name: str) -> Any:
    """Loads the heavier names when they are first asked for, so that the import itself costs nothing."""
    if name in _LAZY:
        from importlib import import_module  # noqa: PLC0415

        value = getattr(import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
