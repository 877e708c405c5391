"""Fixtures of all tests: the network is refused, and the folder of shared material is found or its absence reported."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("NEWSEXTRACT_SHARED", ROOT.parent / "shared"))
OFFLINE = Path(__file__).with_name("offline")
_MISSING = "no folder of shared material beside the clone (set NEWSEXTRACT_SHARED to name one)"


def load_script(path: Path) -> ModuleType:
    """A Python file that belongs to no package, as a module."""
    name = f"_script_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session", autouse=True)
def network_refused() -> Iterator[None]:
    """No test and no process that a test starts reaches another host."""
    load_script(OFFLINE / "sitecustomize.py").refuse_network()
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), *([before] if before else [])])
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real releases and suites; tests that need it are skipped where it is not."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip(_MISSING)
    return SHARED


@pytest.fixture(scope="session")
def press() -> list[str]:
    """The texts of the project's own corpus."""
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "corpora" / "press").glob("*.txt"))]
    assert texts, "corpora/press is empty"
    return texts


@pytest.fixture(scope="session")
def real_texts(press: list[str]) -> list[str]:
    """Real text: the project's corpus, and the shared corpora and suites where they are present."""
    texts = list(press)
    texts += [p.read_text("utf-8", "surrogatepass") for p in sorted((SHARED / "corpora").glob("*/*.txt"))]
    return texts + _suite_texts(SHARED / "suites")


def _suite_texts(folder: Path) -> list[str]:
    import json

    found = (json.loads(line) for p in sorted(folder.glob("*.jsonl")) for line in p.read_text("utf-8").splitlines() if line)
    return [case["text"] for case in found if isinstance(case.get("text"), str)]
