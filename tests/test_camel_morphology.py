"""Lemmas of counted nouns through camel-tools' morphology: a database of three nouns that is written here, and no network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import newsextract
from newsextract.errors import BackendError
from newsextract.interop import camel
from newsextract.ports import MorphAnalyser

TEXT = "تضم الشبكة 8 دوالف و35 قندسا ونظمت 4 ندوات."
"""Two nouns that the lexicon does not know, and one that it does."""

DATABASE = """\
###DEFINES###
DEFINE pos pos:noun pos:verb pos:adj pos:digit pos:punc pos:latin
DEFINE lex lex:*open*
DEFINE diac diac:*open*
DEFINE prc0 prc0:0 prc0:Al_det
DEFINE pos_lex_logprob pos_lex_logprob:*open*
###DEFAULTS###
DEFAULT pos:noun prc0:0
DEFAULT pos:verb prc0:0
DEFAULT pos:adj prc0:0
###ORDER###
ORDER pos lex diac
###TOKENIZATIONS###
TOKENIZATION diac
###STEMBACKOFF###
STEMBACKOFF NOAN_ALL N
###PREFIXES###
\tP0\tdiac: prc0:0
###SUFFIXES###
\tS0\tdiac:
ا\tS1\tdiac:اً
###STEMS###
دوالف\tN\tdiac:دَوالِف lex:دالِف_1 pos:adj pos_lex_logprob:-2.5
دوالف\tN\tdiac:دَوالِف lex:دُلْفِين_1 pos:noun pos_lex_logprob:-4.5
دوالف\tN\tdiac:دَوالِف lex:دَلَف_1 pos:noun pos_lex_logprob:-9.5
دوالف\tN\tdiac:دَوالَف lex:دالَف_1 pos:verb pos_lex_logprob:-1.5
قندس\tN\tdiac:قُنْدُس lex:قُنْدُس_1 pos:noun pos_lex_logprob:-5.5
###TABLE AB###
P0 N
###TABLE BC###
N S0
N S1
###TABLE AC###
P0 S0
P0 S1
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder as ``camel_data`` leaves it."""
    component = {"default": "tiny", "datasets": {"tiny": {"path": "morphology_db/tiny"}}}
    (tmp_path / "catalogue.json").write_text(json.dumps({"version": "1.6", "packages": {}, "components": {"MorphologyDB": component}}), "utf-8")
    folder = tmp_path / "data" / "morphology_db" / "tiny"
    folder.mkdir(parents=True)
    (folder / "morphology.db").write_text(DATABASE, "utf-8")
    monkeypatch.setenv(camel.VARIABLE, str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))  # camel-tools makes a folder there when it is imported
    return tmp_path


def lemmas(extractor: newsextract.Extractor) -> list[str]:
    return [count.lemma for count in extractor.extract(TEXT).counts]


@pytest.mark.usefixtures("data")
def test_unknown_nouns_get_their_lemmas_and_known_ones_keep_theirs() -> None:
    assert lemmas(newsextract.load()) == ["دوالف", "قندس", "ندوة"]
    analyser = camel.load_analyser()
    assert isinstance(analyser, MorphAnalyser)
    assert lemmas(newsextract.load(analyser=analyser)) == ["دلفين", "قندس", "ندوة"]


@pytest.mark.usefixtures("data")
def test_a_word_that_is_no_noun_has_no_lemma() -> None:
    assert camel.load_analyser().lemmas(["قندسا", "لبلابة", "دوالف", "دوالف"]) == ["قندس", None, "دلفين", "دلفين"]


def test_a_word_type_is_analysed_once() -> None:
    class Counting:
        def __init__(self) -> None:
            self.asked: list[str] = []

        def analyze(self, word: str) -> list[dict[str, str]]:
            self.asked.append(word)
            return [{"pos": "noun", "lex": "قُنْدُس"}]

    analyzer = Counting()
    analyser = camel.CamelAnalyser(analyzer)
    assert analyser.lemmas(["قنادس", "قنادس"]) == analyser.lemmas(["قنادس"]) * 2
    assert analyzer.asked == ["قنادس"]


def test_all_unknown_nouns_of_a_text_are_asked_for_at_once() -> None:
    class Recording:
        def __init__(self) -> None:
            self.batches: list[list[str]] = []

        def lemmas(self, words: Sequence[str]) -> list[str | None]:
            self.batches.append(list(words))
            return [None] * len(words)

    analyser = Recording()
    assert lemmas(newsextract.load(analyser=analyser)) == ["دوالف", "قندس", "ندوة"]
    assert analyser.batches == [["دوالف", "قندسا"]]


@pytest.mark.parametrize("broken", ["nothing", "no catalogue", "no database"])
def test_without_data_nothing_of_camel_tools_is_imported(data: Path, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if broken == "nothing":
        monkeypatch.delenv(camel.VARIABLE)
    else:
        next(data.rglob("catalogue.json" if broken == "no catalogue" else "morphology.db")).unlink()
    assert camel.database() is None
    with pytest.raises(BackendError, match="camel_data -i"):
        camel.load_analyser()
    code = (
        "import sys; from newsextract.interop import camel\n"
        "try: camel.load_analyser()\n"
        "except Exception: print([m for m in sys.modules if m.startswith('camel_tools')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
