"""The commands that read a run: what they print, where, and with which exit code."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newsextract.batch.lookup import text_of
from newsextract.batch.sinks.lines import Json
from newsextract.cli import main
from newsextract.commands.card import card, isolated, visible

ROOT = Path(__file__).parents[2]


class Said(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs ``newsextract`` in this process."""

    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["newsextract", *map(str, arguments)])
        code: Any = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capfdbinary.readouterr()
        return Said(int(code), out.decode(), err.decode())

    return run


def changed(record: Json, **fields: Any) -> str:
    return json.dumps(record | fields, ensure_ascii=False)


# --- show


def test_show_tells_every_fact_with_its_words(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    said = command("show", make_run(), "2024/water.txt")
    assert said.code == 0
    for count in records[0]["counts"]:
        mention = count["mentions"][0]
        assert f"{mention['start']}–{mention['end']}" in said.out
        assert f"⟦{mention['text']}⟧" in said.out
    assert "rule:" in said.out
    assert "\x1b" not in said.out


def test_show_finds_by_id_and_shows_copies_too(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    out = make_run()
    for which in (records[1]["id"], records[1]["id"].removeprefix("sha256:")[:8]):
        said = command("show", out, which)
        assert said.code == 0
        assert "2024/library.txt" in said.out
        assert "=copy of library.txt" in said.out
        assert "2 records" in said.err


def test_show_prints_the_record_itself(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    assert json.loads(command("show", make_run(), "\u200f=1+1.txt", "--json").out) == records[4]


def test_show_says_when_there_is_none(command: Command, make_run: Callable[..., Path]) -> None:
    said = command("show", make_run(), "nothing.txt")
    assert (said.code, said.out) == (3, "")
    assert "nothing.txt" in said.err


def test_a_card_keeps_arabic_apart_and_lets_no_control_act(records: list[Json], make_run: Callable[..., Path]) -> None:
    out = make_run()
    for record in records:
        text = text_of(record, out)
        assert text is not None
        for line in card(record, text):
            plain = line.plain.lstrip("\n")
            assert plain.count("\u2068") == plain.count("\u2069")
            assert not [char for char in plain if unicodedata.category(char) == "Cc"]
            assert not re.search("[\u202a-\u202e\u2066\u2067]", plain)


def test_controls_of_a_document_are_signs_on_the_card() -> None:
    assert visible("a\x1b[31mb\u202ec\nd") == "a\ufffd[31mb\ufffdc d"
    assert isolated("abc 12") == "abc 12"
    assert isolated("كلمة") == "\u2068كلمة\u2069"


# --- diff


def test_a_run_does_not_differ_from_itself(command: Command, make_run: Callable[..., Path]) -> None:
    said = command("diff", make_run("a"), make_run("b"))
    assert (said.code, said.out) == (0, "")


def test_what_made_the_records_is_no_difference(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    other = [changed(record, extractor=record["extractor"] | {"version": "9.9"}) for record in records]
    assert command("diff", make_run("a"), make_run("b", other)).code == 0


def test_a_changed_field_is_one_change(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    counts = [count | {"value": 50} if count["value"] == 49 else count for count in records[0]["counts"]]
    other = [changed(records[0], counts=counts), *map(json.dumps, records[1:])]
    said = command("diff", make_run("a"), make_run("b", other), "--json")
    assert said.code == 1
    assert [json.loads(line) for line in said.out.splitlines()] == [
        {"name": "2024/water.txt", "change": "changed", "fact": "counts «49 خبيرا»", "field": "value", "before": 49, "after": 50}
    ]
    assert "~ counts «49 خبيرا».value: 49 → 50" in command("diff", make_run("c"), make_run("d", other)).out


def test_a_fact_that_comes_first_changes_nothing_else(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    """Ids and references shift, the facts stay the same."""
    record = records[0]
    names = {person["id"]: f"person-{number}" for number, person in enumerate(record["people"], start=2)}
    text = json.dumps(record, ensure_ascii=False)
    for old, new in reversed(names.items()):
        text = text.replace(f'"{old}"', f'"{new}"')
    shifted = json.loads(text)
    new = record["people"][0] | {"id": "person-1", "name": "آخر", "mentions": [{"start": 0, "end": 6, "text": "الهيئة"}]}
    shifted["people"].insert(0, new)
    said = command("diff", make_run("a"), make_run("b", [json.dumps(shifted), *map(json.dumps, records[1:])]), "--json")
    assert [(change["change"], change["fact"]) for change in map(json.loads, said.out.splitlines())] == [("added", "people «الهيئة»")]


def test_documents_come_and_go(command: Command, make_run: Callable[..., Path], records: list[Json]) -> None:
    lines = [json.dumps(record) for record in records]
    said = command("diff", make_run("a", lines[:3]), make_run("b", lines[1:4]), "--json")
    told = [(change["change"], change["name"], change["fact"]) for change in map(json.loads, said.out.splitlines())]
    assert told == [("added", "=copy of library.txt", None), ("removed", "2024/water.txt", None)]
    assert said.code == 1


# --- validate


def test_sound_records_pass(command: Command, make_run: Callable[..., Path]) -> None:
    said = command("validate", make_run())
    assert (said.code, said.out) == (0, "")
    assert "5 records, 0 wrong, 0 without their text" in said.err


def test_a_file_of_records_does_as_well_and_finds_its_text(command: Command, make_run: Callable[..., Path]) -> None:
    out = make_run()
    assert "0 without their text" in command("validate", *sorted((out / "records").iterdir())).err
    assert "5 without their text" in command("validate", make_run("bare", texts=False)).err


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda r: r.pop("counts"), "counts: Field required"),
        (lambda r: r.update(unheard_of=1), "unheard_of: Extra inputs"),
        (lambda r: r["counts"][0].update(category="nonsense"), "counts.0.category"),
        (lambda r: r["counts"][0].update(mentions=[]), "counts.0.mentions"),
        (lambda r: r["counts"][0]["mentions"][0].update(start=1), "is not what stands at 1–"),
        (lambda r: r["counts"][1].update(id=r["counts"][0]["id"]), "stands 2 times"),
        (lambda r: r.update(issuer="institution-99"), "issuer refers to institution-99"),
        (lambda r: r["text"].update(characters=1), "text: has "),
        (lambda r: r["text"].update(content="نص آخر"), "another hash"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    command: Command, make_run: Callable[..., Path], records: list[Json], break_it: Callable[[Json], object], told: str
) -> None:
    broken = json.loads(json.dumps(records[0]))
    break_it(broken)
    said = command("validate", make_run("out", [json.dumps(records[1]), json.dumps(broken)]))
    assert said.code == 1
    assert all(re.match(r"^\S+part-00000\.jsonl:2: ", line) for line in said.out.splitlines())
    assert told in said.out


def test_a_line_that_is_no_json_is_told(command: Command, make_run: Callable[..., Path]) -> None:
    said = command("validate", make_run("out", ["{"]))
    assert said.code == 1
    assert "Invalid JSON" in said.out


# --- eval


def test_eval_gives_the_figures_of_the_library(command: Command, make_run: Callable[..., Path], tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "water.json").write_text(json.dumps({"counts": [{"value": 49, "noun": "خبيرا"}, {"value": 77, "noun": "ناقة"}]}), "utf-8")
    (gold / "absent.json").write_text("{}", "utf-8")
    said = command("eval", gold, make_run(), "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert (told["documents"], told["absent"]) == (2, ["absent"])
    assert told["fields"]["counts"]["recall"] == 0.5
    assert "absent" in said.err
    lines = command("eval", gold, make_run("b"), "--errors").out.splitlines()
    missed = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"document": "water", "field": "counts", "error": "missed", "fact": {"value": 77, "noun": "ناقة"}} in missed
    assert re.search(r"^counts .* 0\.500 ", "\n".join(lines), re.MULTILINE)


def test_eval_agrees_with_the_scorer_of_the_corpora(command: Command, shared: Path, tmp_path: Path, extractor: Any) -> None:
    import subprocess
    import sys

    from newsextract import Source

    records = tmp_path / "records.jsonl"
    lines = [extractor.extract(Source(p.read_text("utf-8"), name=p.name)).model_dump_json() for p in sorted((ROOT / "corpora" / "press").glob("*.txt"))]
    records.write_text("\n".join(lines) + "\n", "utf-8")
    scorer = [sys.executable, str(shared / "eval" / "score.py"), str(ROOT / "corpora" / "press"), str(records), "--json"]
    expected = json.loads(subprocess.run(scorer, capture_output=True, check=True, text=True).stdout)
    told = json.loads(command("eval", ROOT / "corpora" / "press", records, "--json").out)
    for field, figures in told["fields"].items():
        assert (figures["precision"], figures["recall"], figures["f1"]) == tuple(expected["fields"][field][key] for key in ("precision", "recall", "f1")), field
    assert told["macro_f1"] == pytest.approx(expected["macro_f1"], abs=1e-4)


# --- doctor


def test_the_doctor_tells_what_is_there_and_how_to_get_the_rest(command: Command) -> None:
    said = command("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(said.out)["checks"]}
    assert said.code == 0
    assert {"newsextract", "lexicons and rules", "compiled modules", "SQLite", "tesseract", "camel-tools data", "extra spacy", "extra camel"} <= checks.keys()
    assert all(check["remedy"] for check in checks.values() if check["state"] != "ok")
    assert checks["lexicons and rules"]["state"] == "ok"
    people = command("doctor").out
    assert all(name in people for name in checks)


def test_the_doctor_names_what_an_extra_lacks(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = ["numpy>=1", 'no-such-package-at-all>=1; extra == "parquet"', "numpy>=1; extra == 'parquet'", 'pytest; extra == "tests"']
    monkeypatch.setattr("importlib.metadata.requires", lambda _: requirements)
    checks = {check["name"]: check for check in json.loads(command("doctor", "--json").out)["checks"]}
    assert checks["extra parquet"]["state"] == "missing"
    assert "no-such-package-at-all missing" in checks["extra parquet"]["detail"]
    assert checks["extra parquet"]["remedy"] == "pip install 'newsextract[parquet]'"
    assert checks["extra tests"]["state"] == "ok"


def test_the_doctor_knows_a_tesseract_without_arabic(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    checks = {check["name"]: check for check in json.loads(command("doctor", "--json").out)["checks"]}
    assert checks["tesseract"]["state"] == "missing"
    assert "tesseract-ocr-ara" in checks["tesseract"]["remedy"]


def test_a_broken_installation_is_told_by_the_exit_code(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> object:
        raise OSError("planted")

    monkeypatch.setattr("newsextract.extractor.load", fail)
    said = command("doctor")
    assert said.code == 5
    assert "planted" in said.out


# --- status


def test_status_tells_what_a_run_gave(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("شارك 49 خبيرا في الدورة.", "utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "empty.txt").write_bytes(b"")
    ran = command("run", folder, "-o", tmp_path / "out", "-j", "1")
    assert ran.code == 1
    told = json.loads(command("status", tmp_path / "out", "--json").out)
    assert told["status"] == "finished"
    assert {name: told["counts"][name] for name in ("files", "records", "failures", "skipped")} == {"files": 3, "records": 1, "failures": 1, "skipped": 1}
    assert told["counts"]["failure_codes"] == {"CORRUPT": 1}
    people = command("status", tmp_path / "out").out
    assert re.search(r"records +1\n", people)
    assert re.search(r"CORRUPT +1\n", people)


def test_status_of_a_killed_run_is_told_by_its_ledger(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("شارك 49 خبيرا في الدورة.", "utf-8")
    out = tmp_path / "out"
    command("run", folder, "-o", out, "-j", "1")
    report = json.loads((out / "run.json").read_text("utf-8")) | {"status": "running", "counts": None, "finished": None}
    (out / "run.json").write_text(json.dumps(report), "utf-8")
    told = json.loads(command("status", out, "--json").out)
    assert told["status"] == "interrupted"
    assert told["counts"]["records"] == 1


def test_status_of_no_run_directory(command: Command, tmp_path: Path) -> None:
    said = command("status", tmp_path)
    assert said.code == 3
    assert "run.json" in said.err


def test_reading_a_run_changes_nothing(command: Command, make_run: Callable[..., Path]) -> None:
    out = make_run()

    def hashes() -> dict[str, str]:
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*")) if path.is_file()}

    before = hashes()
    for name, *arguments in (("show", "2024/water.txt"), ("validate",), ("diff", out)):
        command(name, out, *arguments)
    assert hashes() == before
