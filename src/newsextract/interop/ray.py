"""Ray Data: the extractor on many machines, for those who outgrow one (``newsextract run --engine ray``).

Warm actors take batches of packed shards (``newsextract pack``; a folder is packed first) and write Parquet, one row for each file: its ``name``, and
``documents`` with what each document in it gave (:data:`newsextract.arrow.NESTED_SCHEMA`). A job that was killed goes on where it stopped.

What Ray asks for, and this module sees to:

- Its checkpoint takes plans of Read → map → Write and nothing else, and tells rows apart by one column. So errors stay rows, and a file has one
  row: were the members of an archive rows, some could be written when the job dies and the others then be taken for done.
- A row is done when its block is written. Blocks are of 128 MB unless told otherwise; here they are small.
- A resumed job needs a CPU for the filter beside those of readers and extractors: with fewer than :data:`LEAST_CPUS` logical CPUs it waits for ever.
- Output and checkpoint must lie where every machine can write.

Time and memory of a single document are not limited as they are by ``newsextract run`` on one machine: what kills an actor is tried again by Ray.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from newsextract._version import __version__
from newsextract.arrow import BatchExtractor
from newsextract.batch.inputs import inputs_of
from newsextract.batch.job import Job
from newsextract.batch.packing import pack
from newsextract.batch.sinks.replace import replaced
from newsextract.config import Settings
from newsextract.errors import BackendError, NoInputError, OtherRunError

# what is done with Ray is nobody else's business
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
# under `uv run` every worker would build the project anew; they find what is installed
os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
try:
    import ray
    import ray.data
    from pyarrow.parquet import ParquetFile
    from ray.data.checkpoint import CheckpointConfig
except ImportError as missing:
    raise BackendError("Ray is not installed; --engine ray needs it: pip install newsextract[ray]") from missing

LEAST_CPUS: Final = 4
"""Logical CPUs below which a resumed job would wait for ever."""
DOCUMENTS: Final = "documents"
"""The folder of Parquet files in the output folder."""
REPORT: Final = "run.json"
_FORMAT: Final = "newsextract/ray-run/1"
_CHECKPOINT: Final = "checkpoint"
_SHARDS: Final = "shards"
_SHARD_BYTES: Final = 64 * 1024 * 1024
BLOCK_BYTES: Final = 4 * 1024 * 1024
_BATCH_ROWS: Final = 64
_OTHERS: Final = 2
"""CPUs that are left to readers and the filter."""
_STARTS: Final = 3
"""How often the start of a local Ray is tried."""
_NEEDED: Final = ["name", "bytes", "code", "reason"]


@dataclass(slots=True)
class RaySummary:
    """How a job ended, earlier jobs on the same output included.

    Attributes:
        files: Files, each a row of the output.
        documents: Documents in them by ``record``, ``error`` and ``skip``.
        errors: Errors by code.
    """

    files: int
    documents: dict[str, int]
    errors: dict[str, int]


def run(path: Path, out: Path, settings: Settings, *, address: str | None = None, block_bytes: int = BLOCK_BYTES) -> RaySummary:
    """Extracts a folder, or shards that ``newsextract pack`` made, into ``out/documents/*.parquet``.

    Files whose names are in the output of an earlier job on ``out`` are done; a file that has changed since is not noticed, as it is on one machine.

    Args:
        path: A folder or file, which is packed into ``out/shards`` first, or a folder of shards. All machines must see shards and ``out``.
        out: The output folder.
        settings: As for a run on one machine; ``jobs``, ``timeout``, ``memory`` and ``format`` are Ray's affair.
        address: Of a running cluster (``auto``, ``ray://…``); a local one is started without it.
        block_bytes: Size of an output file in memory; what an actor has made since its last block is lost when the job is killed.

    Returns:
        What is in the output.

    Raises:
        NoInputError: There is nothing to read.
        OtherRunError: ``out`` holds the output of another configuration or version.
        OSError: ``out`` cannot be written.
    """
    _claim(out, settings)
    _report(out, settings, "running", None)
    shards = _shards(path, out, settings)
    _connect(address)
    try:
        _extract(shards, out, Job.of(settings, text=False), block_bytes)
    finally:
        ray.shutdown()
    summary = summarise(out)
    _report(out, settings, "finished", summary)
    return summary


def summarise(out: Path) -> RaySummary:
    """What is in the output of a job; only statuses and codes are read."""
    files = 0
    documents: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for file in sorted((out / DOCUMENTS).glob("*.parquet")):
        for batch in ParquetFile(file).iter_batches(columns=["documents.list.element.status", "documents.list.element.code"]):
            files += batch.num_rows
            told = batch.column("documents").flatten().to_pylist()
            documents.update(document["status"] for document in told)
            errors.update(document["code"] for document in told if document["status"] == "error")
    return RaySummary(files, dict(sorted(documents.items())), dict(sorted(errors.items())))


def _extract(shards: Path, out: Path, job: Job, block_bytes: int) -> None:
    """Read → map → Write, as the checkpoint wants it."""
    context = ray.data.DataContext.get_current()
    context.checkpoint_config = CheckpointConfig("name", str((out / _CHECKPOINT).resolve()), delete_checkpoint_on_success=False)
    context.use_datasource_v2 = False  # its own actors for listing and footers triple the time of a small job and gain nothing for few large shards
    context.target_max_block_size = block_bytes
    context.target_min_block_size = min(context.target_min_block_size, block_bytes)
    context.enable_progress_bars = sys.stderr.isatty()
    cpus: dict[str, float] = ray.cluster_resources()
    most = max(1, int(cpus.get("CPU", 1)) - _OTHERS)
    files = sorted(str(file.resolve()) for file in shards.glob("*.parquet"))
    ray.data.read_parquet(files, columns=_NEEDED, override_num_blocks=len(files)).map_batches(
        BatchExtractor,
        fn_constructor_kwargs={"job": job, "nested": True},
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=most),
        batch_format="pyarrow",
        batch_size=_BATCH_ROWS,
        udf_modifying_row_count=False,
    ).write_parquet(str((out / DOCUMENTS).resolve()))


def _shards(path: Path, out: Path, settings: Settings) -> Path:
    """The folder of shards: ``path`` if it is one, else what it is packed into."""
    if not path.exists():
        raise NoInputError(f"{path}: does not exist. Check the path.")
    if any(path.glob("shard-*.parquet")):
        return path
    if not pack(inputs_of([path], out, settings), out / _SHARDS, shard_bytes=_SHARD_BYTES, most=settings.max_size).files:
        raise NoInputError(f"{path}: holds no file that is wanted. Check --include and --exclude.")
    return out / _SHARDS


def _connect(address: str | None) -> None:
    """Joins a cluster, or starts a local one with CPUs enough to resume; on a busy machine that may take longer than Ray waits, so more than once.

    Raises:
        BackendError: Ray cannot be reached or does not start.
    """
    local: dict[str, Any] = {"num_cpus": max(LEAST_CPUS, os.cpu_count() or 1), "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    for attempt in range(_STARTS, 0, -1):
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING, **(local if address is None else {}))
        except Exception as error:  # Ray tells of a start that took too long by no class of its own
            ray.shutdown()
            if attempt == 1 or address is not None:
                raise BackendError(f"Ray cannot be reached or does not start ({error}). Check the address and the machine's load.") from error
        else:
            return


def _claim(out: Path, settings: Settings) -> None:
    """Sees that ``out`` is new or of the same configuration.

    Raises:
        OtherRunError: It is not.
    """
    out.mkdir(parents=True, exist_ok=True)
    told = json.loads((out / REPORT).read_text("utf-8")) if (out / REPORT).exists() else {}
    if told and (told.get("schema"), told.get("configuration_sha256")) != (_FORMAT, settings.fingerprint()):
        raise OtherRunError(out, "holds the output of another configuration, version or engine", "Choose another folder with -o.")


def _report(out: Path, settings: Settings, status: str, summary: RaySummary | None) -> None:
    report: dict[str, Any] = {
        "schema": _FORMAT,
        "status": status,
        "engine": f"ray {ray.__version__}",
        "version": __version__,
        "configuration": settings.model_dump(mode="json"),
        "configuration_sha256": settings.fingerprint(),
        "counts": None if summary is None else asdict(summary),
    }
    with replaced(out / REPORT) as temporary:
        temporary.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
