"""What a run would do, without doing it or writing anything."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsextract.batch.claim import foreign
from newsextract.batch.identity import identity, sha256
from newsextract.batch.ledger import NAME, SETTLED, Known, Ledger
from newsextract.batch.plan import Input, Seen, beside
from newsextract.config import Settings
from newsextract.readers.names import readable


def preview(inputs: Sequence[Input], out: Path, settings: Settings) -> Iterator[tuple[str, str]]:
    """``(state, name)`` of each file: ``new``, ``changed``, ``unchanged`` or ``vanished``, in the order of the output.

    Raises:
        OtherRunError: ``out`` belongs to another run.
    """
    if not (out / NAME).exists():
        yield from _states(inputs, iter(()), settings)
        return
    foreign(inputs, out, settings)
    ledger = Ledger(out / NAME, readonly=True)
    try:
        yield from _states(inputs, ledger.known(), settings)
    finally:
        ledger.close()


def _states(inputs: Sequence[Input], known: Iterator[Known], settings: Settings) -> Iterator[tuple[str, str]]:
    seen = (Seen(one, found) for one in inputs for found in one.find())
    for here, there in beside(seen, known):
        if here is not None:
            yield _state(here, there, settings.max_size), readable(os.fsdecode(here.found.path))
        elif there is not None:
            yield "vanished", readable(os.fsdecode(there.path))


def _state(here: Seen, known: Known | None, most: int) -> str:
    if known is None or known.status not in SETTLED:
        return "new"
    path = here.input.path(here.found.path)
    now = identity(path, follow=here.input.named)
    if now is not None and str(now) == known.identity:
        return "unchanged"
    digest = sha256(path, most, follow=here.input.named) if now is not None and now.regular else None
    return "unchanged" if digest is not None and digest == known.sha256 else "changed"
