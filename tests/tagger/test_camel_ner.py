"""camel-tools' recogniser as our tagger: windows and joining without it; with it (marker ``camel_ner``) a tiny model that the tests build."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsextract.errors import BackendError
from newsextract.interop.camel_ner import WINDOW, CamelTagger, windows_of
from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.tagger.resolve import tagger

LABELS = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
KNOWN = {"جاك": "B-PERS", "شيراك": "I-PERS", "بيروت": "B-LOC", "وباريس": "B-LOC"}
WORDS = ["زار", "جاك", "شيراك", "بيروت", "وباريس", "في", "يوم", ".", "،", "ثم", "عاد", "إلى"]


class Pieces:
    """A tokenizer by letters of three; signs that it does not know are nothing to it."""

    def tokenize(self, word: str) -> list[str]:
        return [] if word == "�" else [word[at : at + 3] for at in range(0, len(word), 3)]


class Recogniser:
    """Behaves as camel-tools' does: refuses what is too long, and knows three words."""

    def __init__(self) -> None:
        self.tokenizer = Pieces()
        self.labels_map = dict(enumerate(LABELS))
        self.known = dict(KNOWN)
        self.asked: list[list[str]] = []

    def predict(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        self.asked += [list(s) for s in sentences]
        assert all(sum(len(self.tokenizer.tokenize(word)) for word in s) <= 254 for s in sentences)
        assert all(self.tokenizer.tokenize(word) for s in sentences for word in s)
        return [[self.known.get(word, "O") for word in s] for s in sentences]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


def test_spans_and_labels(lexicon: Lexicon) -> None:
    text = "زار جاك شـيراك بيروت وباريس أمس"
    made = CamelTagger(Recogniser(), lexicon)
    made._recogniser.known = {**KNOWN, "شـيراك": "I-PERS"}
    found = [(text[slice(*e.span)], e.label) for e in made.tag([text])[0]]
    assert found == [("جاك شـيراك", "PERSON"), ("بيروت", "PLACE"), ("باريس", "PLACE")]
    assert set(made.labels) == {"PERSON", "INSTITUTION", "PLACE", "MISC"}


def test_words_that_the_recogniser_cannot_take_cost_no_other_word(lexicon: Lexicon) -> None:
    sentence = ["�", "جاك", "�", "س" * 900, "شيراك", "بيروت"]
    made = CamelTagger(Recogniser(), lexicon)
    assert made.tag_tokens([sentence, [], ["�"]]) == [["O", "B-PERSON", "O", "O", "B-PERSON", "B-PLACE"], [], ["O"]]


def test_long_sentences_come_in_windows(lexicon: Lexicon) -> None:
    sentence = ["زار", "جاك", "شيراك", "بيروت"] * 300
    recogniser = Recogniser()
    tags = CamelTagger(recogniser, lexicon).tag_tokens([sentence])[0]
    assert tags == ["O", "B-PERSON", "I-PERSON", "B-PLACE"] * 300
    assert len(recogniser.asked) > 5


@given(st.lists(st.integers(1, 50), max_size=120))
def test_windows_cover_every_word_and_go_on(pieces: list[int]) -> None:
    windows = windows_of(pieces)
    assert {at for a, b in windows for at in range(a, b)} == set(range(len(pieces)))
    assert all(sum(pieces[a:b]) <= WINDOW for a, b in windows)
    assert all(before[0] < after[0] and before[1] < after[1] for before, after in pairwise(windows))


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"config\.json"):
        tagger(f"camel:{tmp_path}")


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_without_torch_the_error_names_the_extra(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(BackendError, match=r"pip install newsextract\[camel-ner\]"):
        tagger(f"camel:{tmp_path}")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model of camel-tools' make with one small layer, taught a few sentences in a moment."""
    torch = pytest.importorskip("torch")
    transformers: Any = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("tiny")
    letters = sorted({c for word in WORDS for c in word})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys([*WORDS, *letters, *("##" + c for c in letters)])]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        id2label=dict(enumerate(LABELS)), label2id={label: n for n, label in enumerate(LABELS)}, hidden_dropout_prob=0.0,
    )  # fmt: skip
    model = transformers.BertForTokenClassification(config)
    tags = [KNOWN.get(word, "O") for word in WORDS]
    ids = torch.tensor([tokenizer.convert_tokens_to_ids(WORDS)])
    gold = torch.tensor([[LABELS.index(tag) for tag in tags]])
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    model.train()
    for _ in range(60):
        order = torch.randperm(len(WORDS))
        loss = model(input_ids=ids[:, order], labels=gold[:, order]).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
    return f"camel:{folder}"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty catalogue, so that camel-tools fetches none."""
    (tmp_path / "catalogue.json").write_text(json.dumps({"version": "1.0.0", "packages": {}, "components": {}}), "utf-8")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))


@pytest.mark.camel_ner
def test_nothing_is_fetched(tiny: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    with pytest.raises(BackendError, match="camel_data --update"):
        tagger(tiny)


@pytest.mark.camel_ner
def test_with_camel_tools(tiny: str, catalogue: None) -> None:
    pytest.importorskip("camel_tools.ner")
    guest = tagger(tiny)
    text = "زار جاك شيراك بيروت وباريس ، ثم عاد إلى بيروت ."
    found = [(text[slice(*e.span)], e.label) for e in guest.tag([text])[0]]
    assert found == [("جاك شيراك", "PERSON"), ("بيروت", "PLACE"), ("باريس", "PLACE"), ("بيروت", "PLACE")]
    sentence = ["زار", "جاك", "شيراك", "بيروت", "في", "يوم"] * 200
    assert guest.tag_tokens([sentence])[0] == ["O", "B-PERSON", "I-PERSON", "B-PLACE", "O", "O"] * 200
    assert guest.tag_tokens([["زار", "😀", "جاك", "بيروت" * 400, "بيروت"]])[0][2:] == ["B-PERSON", "O", "B-PLACE"]
