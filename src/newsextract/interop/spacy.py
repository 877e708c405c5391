"""The spaCy component: ``spacy.blank("ar").add_pipe("newsextract")``.

It fills ``doc.spans["newsextract"]`` with every mention, exact in characters, and ``doc._.record`` with the record.

spaCy's tokens are coarser than mentions: it keeps ``و350``, ``بـ15,000`` and ``المشترك».`` as one token each, and a span can
only begin and end between tokens. So the component splits a token wherever a mention begins or ends inside it. The text of
the document stays the same to the character; only ``len(doc)`` grows. Put the component first: the pieces of a split token
keep none of the annotation that earlier components gave to the whole. spaCy splits one token after the other, each
at a cost that grows with the document: for texts of megabytes use the extractor itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsextract.errors import BackendError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as missing:
    raise BackendError("spaCy is not installed; the component needs it: pip install newsextract[spacy]") from missing

if TYPE_CHECKING:
    from newsextract.extractor import Extractor
    from newsextract.mentions.model import Mention
    from newsextract.record.model import Record

KEY: Final = "newsextract"
"""The name of the factory and of the span group."""
_RECORD: Final = "newsextract.record"
"""Where a document keeps its record: JSON, so that ``Doc.to_bytes``, ``DocBin`` and other processes carry it along."""


@lru_cache(maxsize=4)
def _extractor(lexicons: tuple[str, ...]) -> Extractor:
    """One extractor a process for each choice of lexicons."""
    from newsextract.extractor import load  # noqa: PLC0415  (spaCy imports this module whenever a pipeline is made)

    return load(lexicons=lexicons)


@lru_cache(maxsize=16)
def _parsed(json: str) -> Record:
    from newsextract.record.model import Record  # noqa: PLC0415

    return Record.model_validate_json(json)


def _record(doc: Doc) -> Record | None:
    """The getter behind ``doc._.record``; None for a document that the component has not seen."""
    json = doc.user_data.get(_RECORD)
    return None if json is None else _parsed(json)


class NewsExtract:
    """The component. Its state is its configuration, so it is pickled and saved as that.

    Args:
        name: Its name in the pipeline.
        spans_key: The span group to fill.
        ents: Whether the mentions also become ``doc.ents``; of overlapping ones the longest, and what is there stays.
        record: Whether the record is made; without it ``doc._.record`` is None and the component about twice as fast.
        reference: ISO date that relative days count from.
        lexicons: Paths of the user's own TSV files.
    """

    def __init__(self, name: str, *, spans_key: str, ents: bool, record: bool, reference: str | None, lexicons: Sequence[str | Path]) -> None:
        self.name = name
        self.spans_key = spans_key
        self.ents = ents
        self.record = record
        self.reference = reference
        self.lexicons = tuple(str(path) for path in lexicons)
        _extractor(self.lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates ``doc`` in place."""
        from datetime import datetime  # noqa: PLC0415

        from newsextract.source import Source  # noqa: PLC0415

        extractor = _extractor(self.lexicons)
        text = doc.text
        found = extractor.mentions(text, reference=self.reference)
        split_at(doc, (edge for m in found for edge in m.span))
        spans = [_span(doc, m) for m in found]
        doc.spans[self.spans_key] = spans
        if self.ents:
            doc.ents = side_by_side(doc.ents, spans)
        if self.record:
            published = None if self.reference is None else datetime.fromisoformat(self.reference).date()
            doc.user_data[_RECORD] = extractor.extract(Source(text, published=published)).model_dump_json()
        return doc


def split_at(doc: Doc, edges: Iterable[int]) -> None:
    """Splits each token that has one of the character offsets ``edges`` inside it."""
    inside: dict[int, set[int]] = {}
    starts = [token.idx for token in doc]
    index = 0
    for edge in sorted(set(edges)):
        while index + 1 < len(starts) and starts[index + 1] <= edge:
            index += 1
        if starts[index] < edge < starts[index] + len(doc[index]):
            inside.setdefault(index, set()).add(edge - starts[index])
    if not inside:
        return
    with doc.retokenize() as retokenizer:
        for index, cuts in inside.items():
            token = doc[index]
            pieces = [token.text[a:b] for a, b in pairwise([0, *sorted(cuts), len(token)])]
            retokenizer.split(token, pieces, heads=[(token, n) for n in range(len(pieces))])


def _span(doc: Doc, mention: Mention) -> Span:
    """The mention as a span: ``id_`` is the lexicon row's id, ``kb_id_`` its Wikidata item (else that id too)."""
    entry = getattr(mention.value, "entry", None)
    identifier = "" if entry is None else entry.id
    item = "" if entry is None else entry.wikidata or entry.id
    span = doc.char_span(mention.span.start, mention.span.end, label=mention.label, kb_id=item, span_id=identifier)
    if span is None:
        raise BackendError(f"spaCy gave no span for {mention.span}; please report the text")
    return span


def side_by_side(present: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """``present`` and those of ``spans`` that overlap neither them nor a longer one."""
    taken = {i for span in present for i in range(span.start, span.end)}
    chosen = list(present)
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


_DEFAULTS: Final = {"spans_key": KEY, "ents": False, "record": True, "reference": None, "lexicons": []}


@Language.factory(KEY, default_config=_DEFAULTS, assigns=["doc.spans", "doc.ents", "doc._.record"])
def create(nlp: Language, name: str, spans_key: str, ents: bool, record: bool, reference: str | None, lexicons: list[str]) -> NewsExtract:
    """Makes the component for ``nlp.add_pipe("newsextract", config={…})``; the options are those of :class:`NewsExtract`."""
    return NewsExtract(name, spans_key=spans_key, ents=ents, record=record, reference=reference, lexicons=lexicons)


if not Doc.has_extension("record"):
    Doc.set_extension("record", getter=_record)
