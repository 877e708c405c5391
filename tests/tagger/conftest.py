"""A small model, trained once for all tests of the tagger."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsextract.tagger.artefact import save_artefact
from newsextract.tagger.statistical import StatisticalTagger, load_tagger


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of training data."""
    from tagger.data import make

    return make(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def small_models(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model that was trained on ``data``."""
    pytest.importorskip("scipy")
    from newsextract.tagger.training.build import train

    folder = tmp_path_factory.mktemp("models")
    trained = train(data, folds=3)
    save_artefact(folder, trained.artefact, trained.about)
    return folder


@pytest.fixture(scope="session")
def small(small_models: Path) -> StatisticalTagger:
    return load_tagger(folder=small_models)


@pytest.fixture(scope="session")
def shipped() -> StatisticalTagger:
    """The tagger as it comes with the package."""
    return load_tagger()
