"""The spaCy component: by entry point, exact in characters, through pipes, processes and files."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import newsextract
from conftest import ROOT
from newsextract import Extractor, Record

spacy = pytest.importorskip("spacy")
from spacy.language import Language  # noqa: E402  (after the check that spaCy is there)
from spacy.tokens import Doc, DocBin  # noqa: E402

TEXT = "شارك و350 خبيرا بـ15,000 دولار في «المؤتمر الدولي المشترك». وعقد بقطر، في الدوحة، يوم 15 أكتوبر 2025م"


@pytest.fixture(scope="module")
def nlp() -> Language:
    made: Language = spacy.blank("ar")
    made.add_pipe("newsextract")
    return made


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return newsextract.load()


def rows(doc: Doc) -> list[tuple[int, int, str, str]]:
    return [(s.start_char, s.end_char, s.label_, s.text) for s in doc.spans["newsextract"]]


def expected(extractor: Extractor, text: str) -> list[tuple[int, int, str, str]]:
    return [(*m.span, m.label, m.text) for m in extractor.mentions(text)]


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    code = "import sys, spacy; n = spacy.blank('ar'); assert 'newsextract.extractor' not in sys.modules; n.add_pipe('newsextract'); print(n.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['newsextract']", done.stderr


def test_spans_are_the_mentions_to_the_character(nlp: Language, extractor: Extractor, press: list[str]) -> None:
    for text in [TEXT, *press]:
        doc = nlp(text)
        assert doc.text == text
        assert rows(doc) == expected(extractor, text)


def test_mentions_inside_tokens_of_spacy(nlp: Language) -> None:
    whole = {token.text for token in spacy.blank("ar")(TEXT)}
    assert {"و350", "بـ15,000"} <= whole
    doc = nlp(TEXT)
    found = {span.text: span.label_ for span in doc.spans["newsextract"]}
    assert found.items() >= {("350", "NUMBER"), ("15,000 دولار", "MONEY"), ("قطر", "PLACE"), ("15 أكتوبر 2025م", "DATE")}


def test_damaged_and_marked_text_is_exact_too(nlp: Language, extractor: Extractor) -> None:
    for text in ["\u200fبـ٣٬٠٠٠\u200e خَبيرٍ", "ﷲ ﻻ 12.5% وقطــر", "", " ", "\n\n\n", "49نشاطا", "قطر/مصر-تونس (الدوحة)"]:
        doc = nlp(text)
        assert doc.text == text
        assert rows(doc) == expected(extractor, text)


def test_lexicon_ids(nlp: Language) -> None:
    doc = nlp(TEXT)
    spans = {s.text: s for s in doc.spans["newsextract"]}
    assert spans["قطر"].id_ == "qa"
    assert spans["قطر"].kb_id_ == "Q846"
    assert spans["350"].id_ == spans["350"].kb_id_ == ""


def test_the_record_is_the_extractor_s_and_made_once(nlp: Language, extractor: Extractor) -> None:
    doc = nlp(TEXT)
    assert isinstance(doc._.record, Record)
    assert doc._.record is doc._.record
    assert doc._.record == extractor.extract(TEXT)
    assert spacy.blank("ar")(TEXT)._.record is None


def test_ents_on_request(nlp: Language) -> None:
    assert not nlp(TEXT).ents
    other: Language = spacy.blank("ar")
    ruler: Any = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "OWN", "pattern": "الدوحة"}])
    other.add_pipe("newsextract", config={"ents": True})
    doc = other(TEXT.replace("الدوحة،", "الدوحة ،"))
    ents = [(e.text, e.label_) for e in doc.ents]
    assert ("350", "NUMBER") in ents
    assert ("الدوحة", "OWN") in ents
    ends = [(e.start_char, e.end_char) for e in doc.ents]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))


def test_options(extractor: Extractor, tmp_path: Path) -> None:
    rows_ = tmp_path / "mine.tsv"
    rows_.write_text("surface\tlabel\tid\tkind\nمرصد الواحة\tINSTITUTION\toasis-watch\tcentre\n", "utf-8")
    made: Language = spacy.blank("ar")
    made.add_pipe("newsextract", config={"spans_key": "facts", "record": False, "reference": "2025-11-01", "lexicons": [str(rows_)]})
    doc = made("أعلن مرصد الواحة نتائجه أمس")
    assert [s.id_ for s in doc.spans["facts"] if s.label_ == "INSTITUTION"] == ["oasis-watch"]
    assert doc._.record is None
    again: Language = spacy.blank("ar")
    again.add_pipe("newsextract", config={"reference": "2025-11-01"})
    assert [d.start.isoformat() for d in again("عقد الاجتماع في الدوحة أمس")._.record.dates] == ["2025-10-31"]


def test_pipe_and_processes_give_the_same(nlp: Language, press: list[str]) -> None:
    texts = press[:6]
    alone = [nlp(text) for text in texts]
    for processes in (1, 2):
        for doc, want in zip(nlp.pipe(texts, batch_size=2, n_process=processes), alone, strict=True):
            assert rows(doc) == rows(want)
            assert doc._.record == want._.record
    pairs = list(nlp.pipe([(text, n) for n, text in enumerate(texts)], as_tuples=True))
    assert [n for _, n in pairs] == list(range(6))


def test_documents_keep_spans_and_record_when_stored(nlp: Language) -> None:
    doc = nlp(TEXT)
    box = DocBin(store_user_data=True, docs=[doc])
    for again in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        next(DocBin(store_user_data=True).from_bytes(box.to_bytes()).get_docs(nlp.vocab)),
        pickle.loads(pickle.dumps(doc)),
    ):
        assert rows(again) == rows(doc)
        assert again._.record == doc._.record


def test_the_pipeline_survives_disk_bytes_and_pickle(nlp: Language, tmp_path: Path) -> None:
    want = rows(nlp(TEXT))
    nlp.to_disk(tmp_path / "model")
    assert rows(spacy.load(tmp_path / "model")(TEXT)) == want
    made: Language = spacy.blank("ar")
    made.add_pipe("newsextract")
    assert rows(made.from_bytes(nlp.to_bytes())(TEXT)) == want
    assert rows(pickle.loads(pickle.dumps(nlp))(TEXT)) == want


def test_earlier_annotation_of_other_tokens_stays(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    for token in doc:
        token.lemma_ = token.text
    changed = nlp(doc)
    assert all(token.lemma_ == token.text for token in changed)
    assert changed is doc


def test_without_spacy_the_error_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['spacy'] = None\n"
        "import newsextract\n"
        "try:\n    import newsextract.interop.spacy\n"
        "except newsextract.BackendError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "pip install newsextract[spacy]" in done.stdout, done.stderr
