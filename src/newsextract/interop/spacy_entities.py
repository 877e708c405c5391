"""The spaCy component ``newsextract_entities``: fills ``doc.ents`` with the names that an entity tagger finds.

A span of spaCy begins and ends between tokens. With ``split`` a token is parted wherever a name begins or ends inside it («وبغداد», «باريس».»), so that every
name is exact and the text stays the same; without it (the choice for ``spacy evaluate``, whose gold has spaCy's own tokens) a name grows to
the edges of the tokens that it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from newsextract.errors import BackendError
from newsextract.interop.spacy import side_by_side, split_at

try:
    from spacy.language import Language
    from spacy.scorer import Scorer
    from spacy.tokens import Doc, Span
except ImportError as missing:
    raise BackendError("spaCy is not installed; the component needs it: pip install newsextract[spacy]") from missing

if TYPE_CHECKING:
    from newsextract.ports import Entity, EntityTagger

FACTORY: Final = "newsextract_entities"


@lru_cache(maxsize=4)
def _tagger(spec: str) -> EntityTagger:
    """One tagger a process for each choice of model."""
    from newsextract.tagger.resolve import tagger  # noqa: PLC0415  (spaCy imports this module whenever a pipeline is made)

    return tagger(spec)


class Entities:
    """The component. Its state is its configuration, so it is pickled and saved as that.

    Args:
        name: Its name in the pipeline.
        tagger: As ``newsextract.tagger.resolve.tagger`` takes it.
        split: Whether tokens are parted at the edges of names.
        labels: Our label → the label to write, for pipelines that call PERSON otherwise; a label that is not there stays.
    """

    def __init__(self, name: str, *, tagger: str, split: bool, labels: dict[str, str]) -> None:
        self.name = name
        self.tagger = tagger
        self.split = split
        self.renamed = labels
        _tagger(tagger)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it may write."""
        return tuple(self.renamed.get(label, label) for label in _tagger(self.tagger).labels)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates ``doc`` in place."""
        return self._annotated(doc, _tagger(self.tagger).tag([doc.text])[0])

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotates many documents, ``batch_size`` at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            found = _tagger(self.tagger).tag([doc.text for doc in batch])
            for doc, entities in zip(batch, found, strict=True):
                yield self._annotated(doc, entities)

    def score(self, examples: Iterable[Any], **options: Any) -> dict[str, Any]:
        """Precision, recall and F1 of the entities, for ``spacy evaluate``."""
        scores: dict[str, Any] = Scorer.score_spans(examples, "ents", **options)
        return scores

    def _annotated(self, doc: Doc, entities: Sequence[Entity]) -> Doc:
        if self.split:
            split_at(doc, (edge for entity in entities for edge in entity.span))
        found = [self._span(doc, entity) for entity in entities]
        doc.ents = side_by_side(doc.ents, found)
        return doc

    def _span(self, doc: Doc, entity: Entity) -> Span:
        label = self.renamed.get(entity.label, entity.label)
        span = doc.char_span(entity.span.start, entity.span.end, label=label, alignment_mode="strict" if self.split else "expand")
        if span is None:
            raise BackendError(f"spaCy gave no span for {entity.span}; please report the text")
        return span


_DEFAULTS: Final = {"tagger": "entities", "split": True, "labels": {}}


@Language.factory(FACTORY, default_config=_DEFAULTS, assigns=["doc.ents"], default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0})
def create(nlp: Language, name: str, tagger: str, split: bool, labels: dict[str, str]) -> Entities:
    """Makes the component for ``nlp.add_pipe("newsextract_entities", config={…})``; the options are those of :class:`Entities`."""
    return Entities(name, tagger=tagger, split=split, labels=labels)
