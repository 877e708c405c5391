"""Records of a run found again by name or id, and the texts that they were made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic_core import from_json

from newsextract.batch.sinks.lines import Json
from newsextract.batch.texts import text_path

_PREFIX: Final = "sha256:"
_LEAST_DIGITS: Final = 8
"""Digits of an id that are taken for one."""


def lookup(files: Iterable[Path], which: str) -> Iterator[Json]:
    """Every record whose document has the name ``which``, or whose id begins with it; no line that does not contain it is parsed."""
    digits = which.removeprefix(_PREFIX)
    wanted = f"{_PREFIX}{digits}" if len(digits) >= _LEAST_DIGITS and set(digits) <= set("0123456789abcdef") else None
    needles = [json.dumps(which, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass"), *([] if wanted is None else [wanted.encode()])]
    for file in files:
        with file.open("rb") as lines:
            for line in lines:
                if any(needle in line for needle in needles):
                    record: Json = from_json(line)
                    if record["source"]["name"] == which or (wanted is not None and record["id"].startswith(wanted)):
                        yield record


def text_of(record: Json, out: Path) -> str | None:
    """The text that ``record`` was made from: in the record itself, or kept in the run directory ``out``; None if it is not at hand."""
    content: str | None = record["text"]["content"]
    path = text_path(out, record["text"]["sha256"])
    return path.read_bytes().decode("utf-8", "surrogatepass") if content is None and path.is_file() else content
