"""Settings: where they may be given, which goes before which, and what is said of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batch.rigged import call, make_corpus
from newsextract.config import LIMIT_SETTINGS, Settings, resolve
from newsextract.errors import SettingsError


def test_options_go_before_the_environment_before_the_file_before_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "newsextract.toml"
    file.write_text('jobs = 2\ntimeout = "1min"\nmax_size = "3MB"\nexclude = ["*.pdf"]\n', "utf-8")
    settings = resolve({"jobs": "4", "memory": None}, file=file, environment={"NEWSEXTRACT_JOBS": "3", "NEWSEXTRACT_TIMEOUT": "90s", "NEWSEXTRACT_PURE": "1"})
    assert (settings.jobs, settings.timeout, settings.max_size, settings.exclude) == (4, 90.0, 3_000_000, ("*.pdf",))
    assert settings.memory == Settings().memory == 1 << 30


@pytest.mark.parametrize(
    ("given", "setting", "value"),
    [
        ("1GiB", "memory", 1 << 30), ("1gb", "memory", 10**9), ("1.5 MB", "max_size", 1_500_000), ("7", "max_pages", 7), ("2min", "timeout", 120.0),
        ("a, b", "fail_on", ("a", "b")), ("parquet,csv", "format", ("parquet", "csv")), ("auto", "jobs", "auto"), ("off", "text", False),
    ],
)  # fmt: skip
def test_values_as_people_write_them(given: str, setting: str, value: object) -> None:
    settings = resolve({}, file=Path("/dev/null"), environment={f"NEWSEXTRACT_{setting.upper()}": given})
    assert getattr(settings, setting) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jbos = 2", "jbos"),
        ("jobs = 0", "jobs"),
        ("timeout = 'long'", "timeout"),
        ("format = ['xml']", "format"),
        ("jobs = ", "TOML"),
        ("max_errors = '5x'", "max_errors"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=words) as told:
        resolve({}, file=file, environment={})
    assert "mine.toml" in str(told.value)
    with pytest.raises(SettingsError, match="environment"):
        resolve({}, file=Path("/dev/null"), environment={"NEWSEXTRACT_JOBS": "many"})


def test_every_limit_has_a_setting_and_an_option() -> None:
    shown = call("run", "--help", COLUMNS="200").stdout.decode()
    for name in LIMIT_SETTINGS.values():
        assert f"--{name.replace('_', '-')}" in shown
    assert Settings(timeout=5, max_depth=2).limits().depth == 2


def test_the_fingerprint_follows_what_records_depend_on_and_nothing_else(tmp_path: Path) -> None:
    plain = Settings().fingerprint()
    for same in ({"jobs": 3}, {"timeout": 9}, {"memory": 10**9}, {"format": ("csv",)}, {"include": ("*.txt",)}, {"shard_size": 7}):
        assert Settings.model_validate(same).fingerprint() == plain
    for other in ({"dialect": True}, {"encoding": "cp1256"}, {"max_characters": 5}, {"content": True}, {"published": "2024-05-31"}):
        assert Settings.model_validate(other).fingerprint() != plain
    rows = tmp_path / "rows.tsv"
    rows.write_text("one", "utf-8")
    first = Settings(lexicon=(rows,)).fingerprint()
    rows.write_text("two", "utf-8")
    assert len({plain, first, Settings(lexicon=(rows,)).fingerprint()}) == 3


def test_the_resolved_configuration_stands_in_the_report(tmp_path: Path) -> None:
    src = make_corpus(tmp_path / "in", 1)
    (tmp_path / "newsextract.toml").write_text("shard_size = 5\nmax_pages = 9\n", "utf-8")
    assert call("run", src, "-o", "out", "--max-pages", "8", cwd=tmp_path, NEWSEXTRACT_JOBS="1").returncode == 0
    report = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    told = report["configuration"]
    assert (told["shard_size"], told["max_pages"], told["jobs"]) == (5, 8, 1)
    assert len(report["configuration_sha256"]) == 64
    assert report["started"] <= report["finished"]


def test_only_the_report_has_times_and_the_host_is_nowhere(tmp_path: Path) -> None:
    import socket

    src = make_corpus(tmp_path / "in", 3)
    call("run", src, "-o", tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file() and path.suffix != ".sqlite":
            assert socket.gethostname() not in path.read_text("utf-8")
            assert str(tmp_path) not in path.read_text("utf-8")
