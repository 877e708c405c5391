"""Training: equal data give equal bytes, added corrections are learned, and what is wrong is told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("scipy")

from newsextract.errors import DataError, ReadError
from newsextract.tagger.artefact import load_artefact
from newsextract.tagger.bio import ranges
from newsextract.tagger.conll import Sentence, read_conll
from newsextract.tagger.statistical import StatisticalTagger, load_tagger
from newsextract.tagger.training.build import blocks
from newsextract.tagger.training.build import train as build
from newsextract.tagger.training.corpora import annotated, proper_nouns


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "newsextract.cli", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_equal_data_give_equal_bytes(data: Path, small_models: Path, tmp_path: Path) -> None:
    done = command("train", "--data", data, "-o", tmp_path, "--folds", "3")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "entities.npz").read_bytes() == (small_models / "entities.npz").read_bytes()
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["models"] == json.loads((small_models / "manifest.json").read_text("utf-8"))["models"]


def test_the_manifest_tells_what_is_shipped(small_models: Path) -> None:
    model = json.loads((small_models / "manifest.json").read_text("utf-8"))["models"]["entities"]
    data = (small_models / model["file"]).read_bytes()
    assert model["sha256"] == hashlib.sha256(data).hexdigest()
    assert model["bytes"] == len(data)
    assert model["sentences"] == 200
    assert model["cross_validation"]["micro"]["f1"] > 0.95


def test_the_small_model_generalises(small: StatisticalTagger) -> None:
    text = "قال السيد سالم الجبوري إن العمل بدأ في الدوحة."
    assert [(text[slice(*e.span)], e.label) for e in small.tag([text])[0]] == [("سالم الجبوري", "PERSON"), ("الدوحة", "PLACE")]


def test_corrections_are_learned(data: Path, small: StatisticalTagger, tmp_path: Path) -> None:
    text = "وصلت سفينة المها إلى الميناء."
    assert not any(e.label == "MISC" for e in small.tag([text])[0])
    lines = [f"{verb} O\nسفينة O\n{name} B-MISC\nإلى O\nالميناء O\n. O\n" for verb in ("وصلت", "عادت", "أبحرت") for name in ("المها", "النورس", "الزاجل")]
    corrections = tmp_path / "ships.conll"
    corrections.write_text("\n".join(lines), "utf-8")
    done = command("train", "--data", data, "--add", corrections, "-o", tmp_path / "models", "--folds", "0")
    assert done.returncode == 0, done.stderr
    learned = load_tagger(folder=tmp_path / "models")
    assert [(text[slice(*e.span)], e.label) for e in learned.tag([text])[0]] == [("المها", "MISC")]


def test_a_folder_of_releases_with_gold(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("زار خالد القيسي وبغداد مدينة كبيرة.\nوقالت وزارة النقل إن خالدا عاد.", "utf-8")
    gold = {"people": [{"names": ["خالد القيسي"]}], "places": [{"names": ["بغداد"]}], "institutions": [{"names": ["وزارة النقل", "النقل"]}]}
    (tmp_path / "one.json").write_text(json.dumps(gold), "utf-8")
    first, second = annotated(tmp_path)
    assert [(" ".join(first.tokens[a:b]), label) for a, b, label in ranges(first.tags)] == [("خالد القيسي", "PERSON"), ("وبغداد", "PLACE")]
    assert [(" ".join(second.tokens[a:b]), label) for a, b, label in ranges(second.tags)] == [("وزاره النقل", "INSTITUTION")]


def test_what_is_wrong_is_told(data: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.conll"
    bad.write_text("سالم B-PER\nوصل\n", "utf-8")
    with pytest.raises(DataError, match=r"bad\.conll:2: .*has no tag"):
        read_conll(bad)
    bad.write_text("سالم PER\n", "utf-8")
    with pytest.raises(DataError, match=r"bad\.conll:1: .*no BIO tag"):
        read_conll(bad)
    with pytest.raises(ReadError, match="--data"):
        build(tmp_path)
    with pytest.raises(ReadError, match=r"NAME\.json"):
        annotated(tmp_path)
    done = command("train", "--data", data, "--add", bad, "-o", tmp_path / "models")
    assert done.returncode == 65
    assert "bad.conll:1" in done.stderr


def test_without_scipy_the_error_names_the_extra(data: Path) -> None:
    code = f"import sys; sys.modules['scipy'] = None; sys.argv[1:] = ['train', '--data', {str(data)!r}]; from newsextract.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "pip install newsextract[train]" in done.stderr


def test_blocks_are_contiguous_and_about_equal() -> None:
    sentences = [Sentence([str(n)] * (n % 7 + 1), ["O"] * (n % 7 + 1)) for n in range(100)]
    parts = blocks(sentences, 5)
    assert [s for part in parts for s in part] == sentences
    sizes = [sum(len(s.tokens) for s in part) for part in parts]
    assert max(sizes) - min(sizes) <= 14


def test_proper_nouns_are_read(data: Path) -> None:
    assert proper_nouns(data) == {"بغداد": "i", "مريم": "r"}


def test_what_was_seen_once_has_no_weight(small_models: Path) -> None:
    names = load_artefact(small_models).word.names
    assert "w السيد" in names
    assert len(set(names)) == len(names)
