"""spaCy on both sides: its pipelines as our tagger, our tagger as its component."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsextract.errors import BackendError
from newsextract.tagger.resolve import tagger
from newsextract.tagger.statistical import StatisticalTagger

spacy = pytest.importorskip("spacy")
from spacy.language import Language  # noqa: E402  (after the check that spaCy is there)
from spacy.tokens import Doc, DocBin  # noqa: E402
from spacy.training import Example  # noqa: E402

TEXT = "زار جاك شيراك بيروت وباريس، ثم عاد إلى مدينة ليون.»"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline of rules, saved: a folder that a user might have."""
    nlp: Language = spacy.blank("ar")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "جاك شيراك"}, {"label": "GPE", "pattern": "بيروت"}, {"label": "EVENT", "pattern": "القمة"}])
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return f"spacy:{folder}"


@pytest.fixture(scope="module")
def nlp() -> Language:
    made: Language = spacy.blank("ar")
    made.add_pipe("newsextract_entities")
    return made


def test_a_pipeline_is_a_tagger(pipeline: str) -> None:
    guest = tagger(pipeline)
    text = "قبل القمة زار جاك شيراك بيروت أمس"
    entities = guest.tag([text, ""])
    assert [(text[slice(*e.span)], e.label) for e in entities[0]] == [("القمة", "EVENT"), ("جاك شيراك", "PERSON"), ("بيروت", "PLACE")]
    assert entities[1] == []
    assert set(guest.labels) == {"PERSON", "PLACE", "EVENT"}


def test_a_pipeline_tags_tokens_as_given(pipeline: str) -> None:
    sentences = [["زار", "جاك", "شيراك", "بيروت", "(د"], []]
    assert tagger(pipeline).tag_tokens(sentences) == [["O", "B-PERSON", "I-PERSON", "B-PLACE", "O"], []]


def test_long_texts_come_in_pieces_and_nothing_is_lost(pipeline: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsextract.interop import spacy_tagger

    monkeypatch.setattr(spacy_tagger, "PIECE", 100)
    text = "وصل جاك شيراك أمس. " * 50 + "س" * 250
    entities = tagger(pipeline).tag([text])[0]
    assert [text[slice(*e.span)] for e in entities] == ["جاك شيراك"] * 50
    for most in (1, 7, 100, 10_000):
        pieces = list(spacy_tagger.pieces_of(text, most))
        assert "".join(text[a:b] for a, b in pieces) == text
        assert all(b - a <= most for a, b in pieces)


def test_a_missing_pipeline_is_told() -> None:
    with pytest.raises(BackendError, match="spacy:no_such_pipeline"):
        tagger("spacy:no_such_pipeline")


def test_the_component_fills_ents_to_the_character(nlp: Language, shipped: StatisticalTagger, press: list[str]) -> None:
    for text in [TEXT, *press[:8]]:
        doc = nlp(text)
        assert doc.text == text
        assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [(*e.span, e.label) for e in shipped.tag([text])[0]]


def test_without_splitting_tokens_stay(press: list[str]) -> None:
    made: Language = spacy.blank("ar")
    made.add_pipe("newsextract_entities", config={"split": False, "labels": {"PERSON": "PER"}})
    doc = made(press[0])
    assert [t.text for t in doc] == [t.text for t in spacy.blank("ar")(press[0])]
    component: Any = made.get_pipe("newsextract_entities")
    assert "PER" in component.labels


def test_pipe_and_processes_give_the_same(nlp: Language, press: list[str]) -> None:
    texts = press[:6]
    alone = [[(e.start_char, e.end_char, e.label_) for e in nlp(text).ents] for text in texts]
    for processes in (1, 2):
        docs = nlp.pipe(texts, batch_size=2, n_process=processes)
        assert [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs] == alone


def test_earlier_entities_stay(nlp: Language) -> None:
    made: Language = spacy.blank("ar")
    ruler: Any = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "OWN", "pattern": "بيروت"}])
    made.add_pipe("newsextract_entities")
    assert ("بيروت", "OWN") in [(e.text, e.label_) for e in made(TEXT).ents]


def test_the_pipeline_survives_disk_and_pickle(nlp: Language, tmp_path: Path) -> None:
    want = [(e.text, e.label_) for e in nlp(TEXT).ents]
    nlp.to_disk(tmp_path / "model")
    for again in (spacy.load(tmp_path / "model"), pickle.loads(pickle.dumps(nlp))):
        assert [(e.text, e.label_) for e in again(TEXT).ents] == want


def test_spacy_evaluate(nlp: Language, tmp_path: Path) -> None:
    words = ["زار", "جاك", "شيراك", "بيروت", "."]
    gold = Doc(nlp.vocab, words=words, ents=["O", "B-PERSON", "I-PERSON", "B-PLACE", "O"])
    scores = nlp.evaluate([Example(nlp.make_doc(gold.text), gold)])
    assert set(scores) >= {"ents_p", "ents_r", "ents_f", "ents_per_type"}
    DocBin(docs=[gold]).to_disk(tmp_path / "gold.spacy")
    nlp.to_disk(tmp_path / "model")
    arguments = [sys.executable, "-m", "spacy", "evaluate", str(tmp_path / "model"), str(tmp_path / "gold.spacy"), "--output", str(tmp_path / "scores.json")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "NER F" in done.stdout
