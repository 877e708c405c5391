"""From a short name to a tagger: ours, or one of the user's own models."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from newsextract.errors import BackendError
from newsextract.lexicon.compiled import Lexicon
from newsextract.ports import EntityTagger
from newsextract.tagger.artefact import DEFAULT
from newsextract.tagger.statistical import load_tagger

_GUESTS: Final = {"camel": "newsextract.interop.camel_ner", "spacy": "newsextract.interop.spacy_tagger"}
"""Prefix → the module whose ``load_tagger`` makes the tagger; imported by name, so that nothing heavy is loaded unless it is asked for."""


def tagger(spec: str = DEFAULT, *, lexicon: Lexicon | None = None) -> EntityTagger:
    """The tagger that ``spec`` names.

    Args:
        spec: The name of a shipped model (``entities``), ``camel:PATH`` for a model of camel-tools' NERecognizer,
            or ``spacy:NAME_OR_PATH`` for a spaCy pipeline.
        lexicon: The lexicon that a shipped model consults; without it the package's own.

    Raises:
        BackendError: The extra is not installed, or there is no such model.
    """
    prefix, colon, name = spec.partition(":")
    if not colon:
        return load_tagger(spec, lexicon=lexicon)
    if prefix not in _GUESTS or not name:
        raise BackendError(f"tagger {spec!r}: give the name of a shipped model, {' or '.join(f'{known}:NAME_OR_PATH' for known in _GUESTS)}")
    found: EntityTagger = import_module(_GUESTS[prefix]).load_tagger(name)
    return found
