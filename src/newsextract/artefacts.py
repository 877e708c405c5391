"""Where trained and measured artefacts lie: ``models/`` beside the sources in a checkout, ``newsextract/models`` in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from newsextract.errors import BackendError

_PACKAGE: Final = Path(__file__).parent


def artefact_path(name: str) -> Path:
    """The path of an artefact.

    Raises:
        BackendError: It is not there: the installation is incomplete.
    """
    for folder in (_PACKAGE / "models", _PACKAGE.parent.parent / "models"):
        if (folder / name).is_file():
            return folder / name
    raise BackendError(f"models/{name} is missing: install the package again, or work in a full checkout")


def read_artefact(name: str) -> bytes:
    """The bytes of an artefact; errors as of :func:`artefact_path`."""
    return artefact_path(name).read_bytes()
