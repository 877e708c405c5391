"""The stages of newsextract, each from the source text: fold, scan, mentions, extract, and the JSON line."""

from __future__ import annotations

from typing import Any

import pytest

from newsextract.measuring import STAGES, Corpus


@pytest.mark.parametrize("stage", list(STAGES))
def test_stage(benchmark: Any, corpus: Corpus, stage: str) -> None:
    step = STAGES[stage]()
    benchmark.group = corpus.name
    benchmark.extra_info["characters"] = corpus.characters
    benchmark.pedantic(lambda: step(corpus.texts), rounds=8, warmup_rounds=2)
