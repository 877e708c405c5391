"""``newsextract eval-tagger``: its figures against counts by hand, and what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsextract.tagger.bio import ranges, repaired
from newsextract.tagger.conll import Sentence, read_conll, write_conll
from newsextract.tagger.evaluate import Tally

FILE = "زار O\nجاك B-PERS\nشيراك I-PERS\nبغداد B-LOC\n. O\n\nقالت O\nوزارة B-ORG\nالنقل I-ORG\nأمس B-DATE\n. O\n"


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "newsextract.cli", "eval-tagger", *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.conll"
    path.write_text(FILE, "utf-8")
    return path


def test_json_has_just_these_figures(file: Path) -> None:
    done = command(file, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == ["micro", "types", "words_per_second"]
    assert list(answer["micro"]) == ["precision", "recall", "f1"]
    assert set(answer["types"]) == {"PERSON", "INSTITUTION", "PLACE"}
    assert answer["words_per_second"] > 0


def test_the_table_and_the_picture(file: Path) -> None:
    done = command(file)
    assert done.returncode == 0, done.stderr
    assert "micro" in done.stdout
    assert "PERSON" in done.stdout
    assert "words a second" in done.stderr


def test_counts_by_hand() -> None:
    tally = Tally()
    tally.add(["B-PERSON", "I-PERSON", "O", "B-PLACE"], ["B-PERSON", "I-PERSON", "O", "B-INSTITUTION"])
    tally.add(["B-PERSON", "I-PERSON", "O", "O"], ["B-PERSON", "O", "O", "B-PLACE"])
    figures = tally.figures()
    assert figures["types"]["PERSON"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert figures["types"]["PLACE"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert figures["micro"] == {"precision": 0.3333, "recall": 0.3333, "f1": 0.3333}
    assert tally.confusion["PLACE", "INSTITUTION"] == 1
    assert tally.edges == 1
    picture = tally.picture()
    assert "PLACE → INSTITUTION" in picture
    assert "right label, wrong ends" in picture


def test_files_of_many_makes(tmp_path: Path) -> None:
    path = tmp_path / "mixed"
    path.write_text("\ufeffسوريا\tx\tI-GPE\r\nو\tx\tO\r\n\r\n\r\nنادي B-Org\nبرشلونة I-ORG", "utf-8")
    first, second = read_conll(path)
    assert first == Sentence(["سوريا", "و"], ["B-PLACE", "O"])
    assert second.tags == ["B-INSTITUTION", "I-INSTITUTION"]
    write_conll(tmp_path / "again", [first, second])
    assert read_conll(tmp_path / "again") == [first, second]


def test_tags_are_repaired() -> None:
    assert repaired(["I-PERSON", "I-PERSON", "I-PLACE", "O", "I-PLACE"]) == ["B-PERSON", "I-PERSON", "B-PLACE", "O", "B-PLACE"]
    assert ranges(["B-PERSON", "B-PERSON", "I-PERSON", "O"]) == [(0, 1, "PERSON"), (1, 3, "PERSON")]


def test_wrong_input_ends_with_its_code(tmp_path: Path, file: Path) -> None:
    assert command(tmp_path / "none").returncode != 0
    empty = tmp_path / "empty"
    empty.write_text("\n\n", "utf-8")
    assert "holds no annotated tokens" in command(empty).stderr
    assert "spacy:NAME_OR_PATH" in command(file, "--tagger", "bert:x").stderr


@pytest.mark.slow
def test_people_in_text_of_other_guidelines(shared: Path) -> None:
    done = command(shared / "data/ner/caraner/dev.conll", "--json")
    answer = json.loads(done.stdout)
    print(answer)
    assert answer["types"]["PERSON"]["f1"] >= 0.8
