"""What the doctor looks at. Nothing heavy is imported for it, and nothing is fetched."""

from __future__ import annotations

import os
import pkgutil
import platform
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module, metadata
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import find_spec
from typing import Final, Literal, NamedTuple

from newsextract._version import __version__

State = Literal["ok", "missing", "broken"]

_EXTRA: Final = re.compile(r"^([A-Za-z0-9._-]+).*;.*extra\s*==\s*['\"]([A-Za-z0-9._-]+)['\"]")
_HOT: Final = ("scan", "mentions", "values", "facts")
"""The packages that are compiled where there is a C compiler."""
_LANGUAGE: Final = "ara"
_CAMEL_DATA: Final = "morphology-db-msa-r13"
_PATIENCE: Final = 10
"""Seconds for a program to answer."""


class Check(NamedTuple):
    """One finding.

    Attributes:
        name: What was looked at; extras are ``extra NAME``.
        state: ``ok``; ``missing``, if something that can be done without is not there; ``broken``, if it cannot be done without.
        detail: What was found.
        remedy: What to do; empty if nothing.
    """

    name: str
    state: State
    detail: str
    remedy: str = ""


def checkup() -> list[Check]:
    """Every finding, what all need first."""
    system = Check("newsextract", "ok", f"{__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    return [system, _lexicons(), _compiled(), _sqlite(), *_extras(), _tesseract(), _camel_data()]


def _lexicons() -> Check:
    from newsextract.extractor import load  # noqa: PLC0415  (only here, and it takes a while)

    try:
        found = load().mentions("شارك 49 خبيرا")
    except Exception as error:
        return Check("lexicons and rules", "broken", f"{type(error).__name__}: {error}", "pip install --force-reinstall newsextract")
    return Check("lexicons and rules", "ok" if found else "broken", "load and read" if found else "nothing is read in a sentence with a number")


def _compiled() -> Check:
    """Whether the hot modules run compiled; they do the same either way."""
    specs = [spec for name in _HOT for spec in _modules(f"newsextract.{name}")]
    compiled = sum((spec.origin or "").endswith(tuple(EXTENSION_SUFFIXES)) for spec in specs)
    if compiled:
        return Check("compiled modules", "ok", f"{compiled} of the hot path")
    remedy = "install a C compiler (Debian: apt-get install gcc), then: pip install --force-reinstall --no-binary newsextract newsextract"
    return Check("compiled modules", "missing", "none; the same results, at about half the speed", remedy)


def _modules(package: str) -> Iterator[ModuleSpec]:
    paths = import_module(package).__path__
    return (spec for info in pkgutil.walk_packages(paths, f"{package}.") if not info.ispkg and (spec := find_spec(info.name)) is not None)


def _sqlite() -> Check:
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
    except sqlite3.OperationalError:
        return Check("SQLite", "missing", f"{sqlite3.sqlite_version} without FTS5, which --format sqlite needs", "use a Python whose SQLite has FTS5")
    return Check("SQLite", "ok", f"{sqlite3.sqlite_version} with FTS5")


def _extras() -> Iterator[Check]:
    """Each extra of the package as its metadata lists them, with the packages that it stands for."""
    packages: dict[str, list[str]] = {}
    for requirement in metadata.requires("newsextract") or ():
        if (told := _EXTRA.match(requirement)) is not None:
            packages.setdefault(told[2], []).append(told[1])
    for extra, names in sorted(packages.items()):
        versions = {name: _version(name) for name in names}
        lacking = [name for name, version in versions.items() if version is None]
        detail = ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items())
        yield Check(f"extra {extra}", "missing" if lacking else "ok", detail, f"pip install 'newsextract[{extra}]'" if lacking else "")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _tesseract() -> Check:
    """The system's tesseract and its Arabic, for ``--ocr tesseract``."""
    remedy = "Debian: apt-get install tesseract-ocr tesseract-ocr-ara; only --ocr tesseract needs it"
    program = shutil.which("tesseract")
    if program is None:
        return Check("tesseract", "missing", "not on the path", remedy)
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return Check("tesseract", "missing", f"{program} does not run ({type(error).__name__})", remedy)
    if _LANGUAGE not in told.split():
        return Check("tesseract", "missing", f"{program} without Arabic", remedy)
    return Check("tesseract", "ok", f"{program} with Arabic")


def _camel_data() -> Check:
    """camel-tools' morphology, which it would fetch by itself wherever ``CAMELTOOLS_DATA`` does not say that it is there."""
    from newsextract.interop.camel import VARIABLE, database  # noqa: PLC0415

    remedy = f"export {VARIABLE}=FOLDER; camel_data -i {_CAMEL_DATA} (once, with network; comes with extra camel)"
    folder = os.environ.get(VARIABLE)
    if not folder:
        return Check("camel-tools data", "missing", f"{VARIABLE} is not set; only newsextract.interop.camel needs it", remedy)
    file = database()
    if file is None:
        return Check("camel-tools data", "missing", f"{folder} holds no catalogue.json with a morphology database under data/", remedy)
    return Check("camel-tools data", "ok", str(file))
