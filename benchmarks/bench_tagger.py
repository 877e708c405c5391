"""The tagger's speed on the project's own corpus: with nothing remembered, and as it runs in a batch."""

from __future__ import annotations

import time
from typing import Any

import pytest
from texts import Corpus, corpora

from newsextract.tagger.statistical import StatisticalTagger, load_tagger
from newsextract.text.fold import fold
from newsextract.text.tokens import tokenize

ROUNDS = 3


@pytest.fixture(scope="module")
def press() -> Corpus:
    return corpora()["press"]


def _report(benchmark: Any, press: Corpus, tagger: StatisticalTagger) -> None:
    """Tells the words, and the words a second of processor time in one more round."""
    words = sum(len(tokenize(fold(text)).words) for text in press.texts)
    start = time.process_time()
    tagger.tag(press.texts)
    benchmark.extra_info.update(words=words, words_per_second=round(words / (time.process_time() - start)))


def test_tagging_with_nothing_remembered(benchmark: Any, press: Corpus) -> None:
    fresh = [load_tagger() for _ in range(ROUNDS + 1)]
    benchmark.pedantic(lambda tagger: tagger.tag(press.texts), setup=lambda: ((fresh.pop(),), {}), rounds=ROUNDS)
    _report(benchmark, press, fresh.pop())


def test_tagging_in_a_batch(benchmark: Any, press: Corpus) -> None:
    tagger = load_tagger()
    tagger.tag(press.texts)
    benchmark(tagger.tag, press.texts)
    _report(benchmark, press, tagger)
