"""The shipped tagger: what it finds, spans to the character, and the same result however it is called."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.errors import BackendError
from newsextract.ports import Entity, EntityTagger
from newsextract.tagger import statistical
from newsextract.tagger.artefact import Artefact, load_artefact, models_folder, read_manifest
from newsextract.tagger.resolve import tagger
from newsextract.tagger.spans import LONGEST_SENTENCE, sentence_ranges
from newsextract.tagger.statistical import StatisticalTagger, folded_tokens, load_tagger

TEXT = "التقى رئيس الوزراء الكندي جاستن برنارد في أوتاوا وفدا من شركة نوكيا، ثم سافر إلى هلسنكي."
MOST_BYTES = 12_000_000


def found(tagger: EntityTagger, text: str) -> list[tuple[str, str]]:
    return [(text[slice(*e.span)], e.label) for e in tagger.tag([text])[0]]


def test_it_is_a_tagger(shipped: StatisticalTagger) -> None:
    assert isinstance(shipped, EntityTagger)
    assert set(shipped.labels) == {"PERSON", "INSTITUTION", "PLACE", "MISC"}


def test_names_that_no_list_holds(shipped: StatisticalTagger) -> None:
    names = dict(found(shipped, TEXT))
    assert names["جاستن برنارد"] == "PERSON"
    assert names["هلسنكي"] == "PLACE"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصل المبعوث وبغداد تستعد لاستقباله.", "بغداد"),
        ("اجتمع الوزراء أمس بواشنطن لبحث الأزمة.", "واشنطن"),
        ("قال مسؤول في بكين إن التجارة تحسنت.", "بكين"),
        ("زار الوفد لبنان وسوريا والعراق.", "لبنان"),
        ("زار الوفد لبنان وسوريا والعراق.", "العراق"),
    ],
)
def test_proclitics_stay_outside(shipped: StatisticalTagger, text: str, name: str) -> None:
    assert (name, "PLACE") in found(shipped, text)


def test_spans_count_code_points_of_the_text_as_given(shipped: StatisticalTagger) -> None:
    plain = dict(found(shipped, TEXT))
    marked = "\u200f" + TEXT.replace("هلسنكي", "هِلسنكي").replace("جاستن", "جـاسـتن") + " 😀"
    names = dict(found(shipped, marked))
    assert names == {name.replace("هلسنكي", "هِلسنكي").replace("جاستن", "جـاسـتن"): label for name, label in plain.items()}


def test_batches_threads_and_processes_change_nothing(shipped: StatisticalTagger, press: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    together = shipped.tag(press)
    fresh = load_tagger()
    assert [fresh.tag([text])[0] for text in press] == together
    order = list(range(len(press)))
    random.Random(3).shuffle(order)
    monkeypatch.setattr(statistical, "_BATCH", 100)
    shuffled = fresh.tag([press[n] for n in order])
    assert [shuffled[order.index(n)] for n in range(len(press))] == together
    results: dict[int, list[list[Entity]]] = {}
    threads = [Thread(target=lambda n=n: results.update({n: fresh.tag(press)})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results[n] == together for n in range(4))
    code = (
        "import sys, json, hashlib; from newsextract.tagger.statistical import load_tagger\n"
        "print(hashlib.sha256(json.dumps(load_tagger().tag(json.load(sys.stdin)), default=tuple).encode()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(press), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(json.dumps(together, default=tuple).encode()).hexdigest()


def test_a_small_memory_changes_nothing(press: list[str], shipped: StatisticalTagger, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsextract.tagger import model

    monkeypatch.setattr(model, "_MEMO_LIMIT", 50_100)
    assert load_tagger().tag(press[:4]) == shipped.tag(press[:4])


def test_scores_are_calibrated_numbers(shipped: StatisticalTagger, press: list[str]) -> None:
    scores = [e.score for entities in shipped.tag(press) for e in entities]
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) > 50


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text(shipped: StatisticalTagger, text: str) -> None:
    last = 0
    for entity in shipped.tag([text])[0]:
        assert last <= entity.span.start < entity.span.end <= len(text)
        last = entity.span.end


def test_no_text_at_all(shipped: StatisticalTagger) -> None:
    assert shipped.tag([]) == []
    assert shipped.tag(["", "\n\n", " "]) == [[], [], []]
    assert shipped.tag_tokens([]) == []
    assert shipped.tag_tokens([[], ["بغداد"], []])[0] == []


def test_tokens_are_tagged_as_given(shipped: StatisticalTagger) -> None:
    sentence = ["زار", "الرئيس", "الفرنسي", "جاك", "شيراك", "مدينة", "ليون", "."]
    tags = shipped.tag_tokens([sentence])[0]
    assert len(tags) == len(sentence)
    assert tags[3:5] == ["B-PERSON", "I-PERSON"]
    odd = ["(د", "ب", "أ)", "ـ", "«", "", "a\nb", "\r\n"]
    assert len(shipped.tag_tokens([odd])[0]) == len(odd)


def test_long_sentences_are_cut_and_nothing_is_lost(shipped: StatisticalTagger) -> None:
    words = ["كلمة"] * (LONGEST_SENTENCE * 3 + 7)
    assert len(shipped.tag_tokens([words])[0]) == len(words)
    ranges = sentence_ranges(words)
    assert [b - a for a, b in ranges] == [LONGEST_SENTENCE] * 3 + [7]


def test_tokens_are_folded_and_never_empty() -> None:
    assert folded_tokens(["مُحمّد", "ـ", "إلى", "", "١٢"]) == ["محمد", "ـ", "الي", "\ufffd", "12"]


def test_the_artefact_survives_bytes(small_models: Path) -> None:
    artefact = load_artefact(small_models)
    data = artefact.to_bytes()
    assert data == (small_models / "entities.npz").read_bytes()
    assert Artefact.from_bytes(data).to_bytes() == data


def test_the_shipped_artefact() -> None:
    about = read_manifest(models_folder())["models"]["entities"]
    data = (models_folder() / about["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == about["sha256"]
    assert len(data) == about["bytes"] < MOST_BYTES
    assert about["cross_validation"]["micro"]["f1"] >= 0.77
    assert {row["licence"] for row in about["data"]}


def test_a_changed_artefact_is_refused(small_models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(small_models, folder)
    file = folder / "entities.npz"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(BackendError, match=r"sha256 differs.*newsextract train"):
        load_tagger(folder=folder)
    file.unlink()
    with pytest.raises(BackendError, match="cannot be read"):
        load_tagger(folder=folder)
    with pytest.raises(BackendError, match="no model 'other'; there are: entities"):
        load_tagger("other", folder=folder)
    (folder / "manifest.json").write_text("[]", "utf-8")
    with pytest.raises(BackendError, match="no JSON object"):
        load_tagger(folder=folder)
    (folder / "manifest.json").unlink()
    with pytest.raises(BackendError, match="Reinstall"):
        load_tagger(folder=folder)


def test_no_pickle_is_read(small_models: Path, tmp_path: Path) -> None:
    import numpy as np

    folder = tmp_path / "models"
    folder.mkdir()
    np.savez(folder / "entities.npz", settings=np.array([{"format": 1}], dtype=object), allow_pickle=True)
    digest = hashlib.sha256((folder / "entities.npz").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps({"models": {"entities": {"file": "entities.npz", "sha256": digest}}}), "utf-8")
    with pytest.raises(BackendError, match="no model that this version can read"):
        load_tagger(folder=folder)


def test_specs() -> None:
    assert isinstance(tagger(), StatisticalTagger)
    for wrong in ("bert:x", "spacy:", ":x"):
        with pytest.raises(BackendError, match="camel:NAME_OR_PATH or spacy:NAME_OR_PATH"):
            tagger(wrong)
