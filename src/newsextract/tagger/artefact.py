"""The trained model as a file: arrays and names in an ``npz``, checked against the manifest beside it before anything is read.

Nothing in it is code: arrays are read without pickle, names are UTF-8 text, settings are JSON.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newsextract.errors import BackendError, OutputError
from newsextract.tagger.model import Shorts, Weights
from newsextract.tagger.viterbi import Ints

MANIFEST: Final = "manifest.json"
DEFAULT: Final = "entities"
"""The model that is used when none is named."""
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Artefact:
    """What training makes and tagging needs.

    Attributes:
        labels: BIO tags, in the order of the scores' columns.
        word: Weights of word types.
        phrase: Weights of the lexicon's phrases.
        transitions, initial: Scores of a tag after another (from × to), and at the start of a sentence.
        clusters: Word → the numbers of its clusters; words in order of falling frequency.
        propers: Proper-noun stem → its classes.
        sums: The scores of the first words of ``clusters``, summed in training, a row each: for them no feature needs to be worked out.
        calibration: Label → slope and intercept of the score, a logistic function of the margin.
    """

    labels: tuple[str, ...]
    word: Weights
    phrase: Weights
    transitions: Ints
    initial: Ints
    clusters: dict[str, tuple[int, ...]]
    propers: dict[str, str]
    sums: Shorts
    calibration: dict[str, tuple[float, float]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The file: equal artefacts give equal bytes."""
        settings = {
            "format": _FORMAT,
            "labels": self.labels,
            "word_offsets": self.word.offsets,
            "phrase_offsets": self.phrase.offsets,
            "calibration": self.calibration,
            "propers": self.propers,
        }
        out = io.BytesIO()
        np.savez_compressed(
            out,
            settings=_packed(json.dumps(settings, ensure_ascii=False, sort_keys=True)),
            word_names=_packed("\n".join(self.word.names)),
            word_rows=self.word.rows,
            phrase_names=_packed("\n".join(self.phrase.names)),
            phrase_rows=self.phrase.rows,
            transitions=self.transitions,
            initial=self.initial,
            sums=self.sums,
            vocabulary=_packed("\n".join(self.clusters)),
            clusters=np.array(list(self.clusters.values()), dtype=np.uint16),
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Artefact:
        """The artefact in the bytes of a file.

        Raises:
            ValueError, KeyError: The bytes are none.
        """
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            settings: dict[str, Any] = json.loads(_unpacked(arrays["settings"]))
            if settings["format"] != _FORMAT:
                raise ValueError(f"format {settings['format']}, and this version reads {_FORMAT}")
            clusters: list[list[int]] = arrays["clusters"].tolist()
            return cls(
                labels=tuple(settings["labels"]),
                word=Weights(_names(arrays["word_names"]), tuple(settings["word_offsets"]), arrays["word_rows"]),
                phrase=Weights(_names(arrays["phrase_names"]), tuple(settings["phrase_offsets"]), arrays["phrase_rows"]),
                transitions=arrays["transitions"],
                initial=arrays["initial"],
                clusters=dict(zip(_names(arrays["vocabulary"]), map(tuple, clusters), strict=True)),
                propers=settings["propers"],
                sums=arrays["sums"],
                calibration={label: (slope, intercept) for label, (slope, intercept) in settings["calibration"].items()},
            )


def _packed(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _unpacked(array: npt.NDArray[np.uint8]) -> str:
    return array.tobytes().decode()


def _names(array: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    text = _unpacked(array)
    return tuple(text.split("\n")) if text else ()


def models_folder() -> Path:
    """The folder of the shipped models: inside an installed package, at the top of a source tree."""
    package = Path(__file__).parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parents[1] / "models"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of ``folder``.

    Raises:
        BackendError: There is none, or it is no JSON object.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BackendError(f"{path}: the list of models cannot be read ({error}). Reinstall newsextract, or train a model: newsextract train") from error
    if not isinstance(manifest, dict):
        raise BackendError(f"{path}: no JSON object. Reinstall newsextract, or train a model: newsextract train")
    return manifest


def load_artefact(folder: Path, name: str = DEFAULT) -> Artefact:
    """The model ``name`` of ``folder``, after its bytes were found to be those that the manifest promises.

    Raises:
        BackendError: The model is not listed, missing, damaged or of another format; the message tells the remedy.
    """
    models = read_manifest(folder).get("models", {})
    if name not in models:
        raise BackendError(f"{folder}: no model {name!r}; there are: {', '.join(sorted(models)) or 'none'}")
    path = folder / models[name]["file"]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BackendError(f"{path}: the model cannot be read ({error}). Reinstall newsextract, or rebuild it: newsextract train") from error
    if hashlib.sha256(data).hexdigest() != models[name]["sha256"]:
        raise BackendError(f"{path}: not the file that the manifest lists (its sha256 differs). Reinstall newsextract, or rebuild it: newsextract train")
    try:
        return Artefact.from_bytes(data)
    except (ValueError, KeyError, OSError) as error:
        raise BackendError(f"{path}: no model that this version can read ({error}). Rebuild it: newsextract train") from error


def save_artefact(folder: Path, artefact: Artefact, about: dict[str, Any], name: str = DEFAULT) -> str:
    """Writes the model and its entry in the manifest; returns the sha256.

    Args:
        folder: Made if it is not there.
        artefact: The model.
        about: What the manifest tells beyond file, sha256 and size: data, licences, scores.
        name: The model's name.

    Raises:
        OutputError: The folder cannot be written.
    """
    data = artefact.to_bytes()
    digest = hashlib.sha256(data).hexdigest()
    file = f"{name}.npz"
    manifest = read_manifest(folder) if (folder / MANIFEST).exists() else {"models": {}}
    manifest["models"][name] = {"file": file, "sha256": digest, "bytes": len(data), **about}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise OutputError(folder, f"cannot be written ({error})", "Name another folder with -o.") from error
    return digest
