"""The peers and the raw limits on the same texts in the same run, in the same groups of pytest-benchmark's table."""

from __future__ import annotations

from typing import Any

import pytest

from newsextract.measuring import LIMITS, PEERS, SLOW, Corpus, installed

BESIDE = installed({**PEERS, **LIMITS})


@pytest.mark.parametrize("peer", list(BESIDE))
def test_peer(benchmark: Any, corpus: Corpus, peer: str) -> None:
    slow = peer in SLOW
    if slow and corpus.characters > 200_000:
        pytest.skip("dateparser would take minutes")
    step = BESIDE[peer]()
    benchmark.group = corpus.name
    benchmark.extra_info["characters"] = corpus.characters
    benchmark.pedantic(lambda: step(corpus.texts), rounds=1 if slow else 8, warmup_rounds=0 if slow else 2)
