"""Settings of a run: options go before ``NEWSEXTRACT_*`` in the environment, these before ``newsextract.toml``, that before the defaults.

A setting has one name everywhere: ``max_size`` in the file is ``--max-size`` on the command line and ``NEWSEXTRACT_MAX_SIZE`` in the environment.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from newsextract._version import __version__
from newsextract.artefacts import read_artefact
from newsextract.errors import SettingsError
from newsextract.readers.port import Limits, ReadOptions

FILE: Final = "newsextract.toml"
PREFIX: Final = "NEWSEXTRACT_"
_UNITS: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30}
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]i?|)b?", re.I)
_SECONDS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|min|h|)", re.I)


def size(value: object) -> object:
    """Bytes of ``20MB``, ``1GiB``, ``1024``; anything else as it is, for the type to refuse."""
    told = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(float(told[1]) * _UNITS[told[2].lower()]) if told else value


def seconds(value: object) -> object:
    """Seconds of ``30``, ``30s``, ``2min``, ``1h``; anything else as it is."""
    told = _SECONDS.fullmatch(value.strip()) if isinstance(value, str) else None
    return float(told[1]) * {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600}[told[2].lower()] if told else value


def listed(value: object) -> object:
    """The parts of ``a, b``; anything else as it is."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Size = Annotated[int, BeforeValidator(size), Field(gt=0)]
Seconds = Annotated[float, BeforeValidator(seconds), Field(gt=0)]
Names = Annotated[tuple[str, ...], BeforeValidator(listed)]
_LIMITS: Final = Limits()


class Settings(BaseModel):
    """Everything that a user decides about a run.

    Attributes:
        lexicon: TSV files of own rows, laid over ours.
        dialect: Whether number words of the common dialects are read.
        tier: ``full`` reads names with the statistical tagger too, ``fast`` does without.
        tagger: Another tagger for the full tier: ``spacy:NAME_OR_PATH`` or ``camel:PATH``.
        analyser: A morphological analyser for the lemmas of counted nouns, by its entry point (``camel``).
        encoding: Overrides the detection of encodings.
        published: The day that every release is dated; it overrides what documents declare.
        ocr: Whether pages without text go to tesseract.
        content: Whether records carry their text.
        text: Whether the texts read are kept in ``text/``.
        format: What is written beside JSON lines: ``parquet``, ``csv``, ``sqlite``.
        shard_size: Records in a part.
        include, exclude: Patterns of files to read and to leave out.
        jobs: Worker processes; ``auto`` is one for each processor that may be used.
        timeout, memory, max_size, …: The limits of :class:`newsextract.readers.port.Limits`.
        fail_fast: Whether to stop at the first failure.
        max_errors: Failures (``20``) or their share of all outcomes (``5%``) above which the run counts as failed.
        fail_on: Codes of failures or warnings that make the run count as failed.
        log_format, log_file: How and where messages are written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)

    lexicon: Annotated[tuple[Path, ...], BeforeValidator(listed)] = ()
    dialect: bool = False
    tier: Literal["fast", "full"] = "full"
    tagger: str | None = None
    analyser: str | None = None
    encoding: str | None = None
    published: date | None = None
    ocr: Literal["never", "tesseract"] = "never"
    content: bool = False
    text: bool = True
    format: Annotated[tuple[Literal["jsonl", "parquet", "csv", "sqlite"], ...], BeforeValidator(listed)] = ("jsonl",)
    shard_size: Annotated[int, Field(gt=0)] = 10_000
    include: Names = ()
    exclude: Names = ()
    jobs: Annotated[int, Field(gt=0, le=1024)] | Literal["auto"] = "auto"
    timeout: Seconds = _LIMITS.seconds
    memory: Size = _LIMITS.memory
    max_size: Size = _LIMITS.bytes
    max_characters: Size = _LIMITS.characters
    inflate_ratio: Size = _LIMITS.inflate_ratio
    inflate_grace: Size = _LIMITS.inflate_grace
    max_members: Size = _LIMITS.members
    max_depth: Size = _LIMITS.depth
    max_pages: Size = _LIMITS.pages
    max_xml_depth: Size = _LIMITS.xml_depth
    max_html_depth: Size = _LIMITS.html_depth
    fail_fast: bool = False
    max_errors: Annotated[str, Field(pattern=r"^\d+(\.\d+)?%?$")] | None = None
    fail_on: Names = ()
    log_format: Literal["text", "json"] = "text"
    log_file: Path | None = None

    def limits(self) -> Limits:
        """The limits of one file."""
        return Limits(**{name: getattr(self, setting) for name, setting in LIMIT_SETTINGS.items()})

    def read_options(self) -> ReadOptions:
        """What readers need to know."""
        return ReadOptions(encoding=self.encoding, ocr=self.ocr, limits=self.limits())

    def workers(self) -> int:
        """How many worker processes to run."""
        return _processors() if self.jobs == "auto" else self.jobs

    def fingerprint(self) -> str:
        """A hash of all that the records depend on: settings, the user's lexicons by content, the package's version and data."""
        told = self.model_dump(mode="json", exclude=set(_NOT_IN_RECORDS))
        told["lexicon"] = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.lexicon]
        told["version"] = __version__
        told["data"] = _data_fingerprint()
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


LIMIT_SETTINGS: Final = {
    "seconds": "timeout",
    "memory": "memory",
    "bytes": "max_size",
    "characters": "max_characters",
    "inflate_ratio": "inflate_ratio",
    "inflate_grace": "inflate_grace",
    "members": "max_members",
    "depth": "max_depth",
    "pages": "max_pages",
    "xml_depth": "max_xml_depth",
    "html_depth": "max_html_depth",
}
"""The setting of each limit."""
_NOT_IN_RECORDS: Final = (
    "format", "shard_size", "include", "exclude", "jobs", "timeout", "memory", "fail_fast", "max_errors", "fail_on", "log_format", "log_file",
)  # fmt: skip
"""Settings that change which files are read, how fast, and what is told, but no record; time and memory may be raised for those that failed."""
assert set(LIMIT_SETTINGS) == {field.name for field in fields(Limits)}


def resolve(options: Mapping[str, Any], *, file: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that hold.

    Args:
        options: From the command line; None stands for an option that was not given.
        file: The configuration file; ``newsextract.toml`` in the current folder, if there is one.
        environment: The environment; that of the process by default.

    Raises:
        SettingsError: A setting is unknown or has no possible value; the message tells where it was given.
    """
    given: dict[str, Any] = {}
    for where, layer in ((str(file or FILE), _from_file(file)), ("the environment", _from_environment(environment)), ("the options", _given(options))):
        try:
            Settings.model_validate(layer)
        except ValidationError as error:
            raise SettingsError(_told(error, where)) from error
        given |= layer
    return Settings.model_validate(given)


def _from_file(file: Path | None) -> dict[str, Any]:
    path = file or Path(FILE)
    if file is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}). Correct it, or name another with --config.") from error


def _from_environment(environment: Mapping[str, str] | None) -> dict[str, Any]:
    present = os.environ if environment is None else environment
    return {name: present[key] for name in Settings.model_fields if (key := PREFIX + name.upper()) in present}


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None and value != []}


def _told(error: ValidationError, where: str) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no setting {name!r}. Known are {', '.join(sorted(Settings.model_fields))}."
    return f"{where}: {name} cannot be {first['input']!r} ({first['msg']}). Correct it."


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _data_fingerprint() -> str:
    """A hash of the package's lexicons, rules and models, which may change without its version while somebody works on them."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted([*root.glob("data/**/*.t[sx][vt]"), *root.glob("facts/**/*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for name in ("confidence.tsv", "manifest.json"):  # which holds the hash of the model
        digest.update(name.encode() + b"\0" + read_artefact(name))
    return digest.hexdigest()
