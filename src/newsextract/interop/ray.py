"""Ray Data: the extractor on many machines, for those who outgrow one (``newsextract run --engine ray``).

Warm actors take batches of files or of packed shards (``newsextract pack``) and write Parquet, one row for each file: ``name`` and its ``documents``,
each a record or the reason why there is none (:data:`newsextract.arrow.NESTED_SCHEMA`). A killed job goes on where it stopped: Ray's checkpoint knows
by name which rows are written, and a file has one row so that a container is never half done.

What Ray asks for, and this module sees to:

- Ray's checkpoint needs a plan of Read → map → Write and nothing else; so errors stay rows.
- A row counts as done when its block is written, and blocks are 128 MB unless told otherwise: they are made small here.
- Resuming takes an actor for the filter beside the extractors and the readers; with fewer than :data:`LEAST_CPUS` logical CPUs it would wait for ever.
- The output and the checkpoint must be where every machine can write.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from newsextract.arrow import BatchExtractor
from newsextract.batch.inputs import inputs_of
from newsextract.batch.job import Job
from newsextract.batch.plan import Input
from newsextract.config import Settings
from newsextract.errors import BackendError, NoInputError

try:
    # what a job tells of itself goes nowhere
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    import ray.data
    from ray.data.checkpoint import CheckpointConfig
except ImportError as missing:
    raise BackendError("Ray is not installed; --engine ray needs it: pip install newsextract[ray]") from missing

LEAST_CPUS: Final = 4
"""Logical CPUs below which a resumed job would wait for ever."""
DOCUMENTS: Final = "documents"
CHECKPOINT: Final = "checkpoint"
_BLOCK_BYTES: Final = 4 * 1024 * 1024
"""What is lost at most when an actor dies, and the size of an output file."""
_BATCH_ROWS: Final = 64


@dataclass(slots=True)
class RaySummary:
    """How a job ended: rows written in all, documents by status, errors by code."""

    files: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)


class NamedBatchExtractor:
    """A :class:`BatchExtractor` for rows that :func:`ray.data.read_binary_files` gives: ``path`` becomes the ``name`` below ``root``.

    Args:
        job: How documents become records.
        root: What names are told from; empty for shards, whose rows have names.
    """

    def __init__(self, job: Job, root: str) -> None:
        self._extract = BatchExtractor(job, nested=True)
        self._root = root

    def __call__(self, table: Any) -> Any:
        """The rows of ``table``, extracted; the column ``path``, if there is one, stays, for the checkpoint knows rows by it."""
