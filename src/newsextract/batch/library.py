"""Files and folders for programs: what ``newsextract run`` does, as functions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from newsextract.batch.events import Event, RunSummary
from newsextract.batch.inputs import inputs_of
from newsextract.batch.run import Run
from newsextract.config import Settings, resolve
from newsextract.errors import ReadError
from newsextract.extractor import Extractor, load
from newsextract.readers.dispatch import read_file
from newsextract.readers.port import Skipped
from newsextract.record.model import Record
from newsextract.source import Source


def extract_file(path: str | os.PathLike[str], *, extractor: Extractor | None = None, **settings: Any) -> list[Record | ReadError | Skipped]:
    """What one file holds.

    Args:
        path: A document in any known format, or a container (an archive, a mailbox) of several.
        extractor: From :func:`newsextract.load`, if there is one already; the default one is loaded otherwise.
        settings: Of :class:`newsextract.config.Settings`: ``encoding``, ``published``, ``content``, ``ocr``, ``lexicon``, ``dialect`` and the
            limits. The environment and ``newsextract.toml`` are not looked at, and limits of time and memory need a process of their own:
            hostile files are for :func:`extract_folder`.

    Returns:
        The record; for a container what each member gave, in order: a record, or why there is none.

    Raises:
        ReadError: The file itself cannot be read or holds nothing.
        SettingsError: A setting is unknown or makes no sense.
    """
    chosen = _settings(settings)
    extractor = extractor or load(lexicons=chosen.lexicon, dialect=chosen.dialect, tier=chosen.tier, tagger=chosen.tagger, analyser=chosen.analyser)
    path = Path(path)
    found = list(read_file(path, options=chosen.read_options(), published=chosen.published))
    if len(found) == 1 and not isinstance(found[0], Source):
        raise found[0] if isinstance(found[0], ReadError) else ReadError(path, found[0].code, found[0].reason, "Give another file.")
    return [extractor.extract(one, content=chosen.content) if isinstance(one, Source) else one for one in found]


def extract_folder(
    src: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    jobs: int | Literal["auto"] = "auto",
    on_event: Callable[[Event], None] | None = None,
    retry_failed: bool = False,
    force_new: bool = False,
    **settings: Any,
) -> RunSummary:
    """Extracts a folder into a run directory, as ``newsextract run`` does; a run that was interrupted goes on where it stopped.

    Args:
        src: A folder, a file, or several.
        out: The run directory.
        jobs: Worker processes.
        on_event: Called in this process with each :data:`newsextract.batch.events.Event`.
        retry_failed: Whether files that failed before are read again.
        force_new: Whether results of another input, configuration or version in ``out`` give way.
        settings: Further ones of :class:`newsextract.config.Settings`. The environment and ``newsextract.toml`` are not looked at.

    Returns:
        How the run ended, with counts.

    Raises:
        NoInputError: Nothing to read.
        OutputError: ``out`` cannot be written, belongs to another run, or is being written by one.
        SettingsError: A setting is unknown or makes no sense.
    """
    chosen = _settings({**settings, "jobs": jobs})
    paths = [Path(src)] if isinstance(src, str | os.PathLike) else [Path(one) for one in src]
    out = Path(out)
    inputs = inputs_of(paths, out, chosen)
    return Run(inputs, out, chosen, retry_failed=retry_failed, force_new=force_new, tell=on_event or (lambda _: None)).execute()


def _settings(given: dict[str, Any]) -> Settings:
    return resolve(given, file=Path(os.devnull), environment={})
