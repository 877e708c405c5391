"""The peers on the same texts in the same run, in the same groups of pytest-benchmark's table."""

from __future__ import annotations

from typing import Any

import pytest
from peers import PEERS, SLOW
from texts import Corpus


@pytest.mark.parametrize("peer", list(PEERS))
def test_peer(benchmark: Any, corpus: Corpus, peer: str) -> None:
    step = PEERS[peer]()
    benchmark.group = corpus.name
    benchmark.extra_info["characters"] = corpus.characters
    slow = peer in SLOW
    benchmark.pedantic(lambda: [step(text) for text in corpus.texts], rounds=1 if slow else 8, warmup_rounds=0 if slow else 2)
