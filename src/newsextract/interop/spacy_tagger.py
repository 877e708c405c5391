"""A spaCy pipeline behind the port :class:`newsextract.ports.EntityTagger`: ``tagger="spacy:NAME_OR_PATH"``. Its ``doc.ents`` are the names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from newsextract.errors import BackendError
from newsextract.ports import Entity
from newsextract.span import Span
from newsextract.tagger.conll import LABEL_OF

try:
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc
except ImportError as missing:
    raise BackendError("spaCy is not installed; the tagger needs it: pip install newsextract[spacy]") from missing

SCORE: Final = 0.8
"""spaCy tells no probabilities of names: every name gets this score."""
PIECE: Final = 100_000
"""Characters that the pipeline sees at once; longer texts come in pieces, since spaCy refuses texts of a million."""
_CUTS: Final = ("\n", ". ", " ")


class SpacyTagger:
    """An entity tagger over a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that its components announce."""
        told = (label for name, _ in self._nlp.pipeline for label in self._nlp.pipe_labels.get(name, ()))
        return tuple(dict.fromkeys(_renamed(label) for label in told))

    def tag(self, texts: Sequence[str]) -> list[list[Entity]]:
        """The names in each text, spans in code points of the text."""
        out: list[list[Entity]] = [[] for _ in texts]
        pieces = ((text[a:b], (number, a)) for number, text in enumerate(texts) for a, b in pieces_of(text, min(PIECE, self._nlp.max_length)))
        for doc, (number, start) in self._nlp.pipe(pieces, as_tuples=True):
            out[number] += [Entity(Span(start + e.start_char, start + e.end_char), _renamed(e.label_), SCORE) for e in doc.ents]
        return out

    def tag_tokens(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """A BIO tag for each token: the pipeline sees the tokens as they are."""
        docs = (Doc(self._nlp.vocab, words=list(s)) for s in sentences)
        return [[_tag(token.ent_iob_, token.ent_type_) for token in doc] for doc in self._nlp.pipe(docs)]


def pieces_of(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most ``most`` characters that make up ``text``; they end after a line, else after a sentence, else after a word."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > most:
            cuts = (text.rfind(sign, start, start + most) + len(sign) for sign in _CUTS)
            end = next((cut for cut in cuts if cut > start + most // 2), start + most)
        yield start, end
        start = end


def _tag(place: str, label: str) -> str:
    return f"{place}-{_renamed(label)}" if place in ("B", "I") else "O"


def _renamed(label: str) -> str:
    return LABEL_OF.get(label.upper(), label)


def load_tagger(name: str) -> SpacyTagger:
    """The tagger over the pipeline ``name``, a package or a folder.

    Raises:
        BackendError: There is no such pipeline.
    """
    try:
        return SpacyTagger(spacy.load(name))
    except (OSError, ValueError) as error:
        raise BackendError(f"spacy:{name}: spaCy cannot load it ({error})") from error
