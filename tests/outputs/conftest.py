"""Run directories with a handful of releases, some of them made to do harm."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from newsextract import Extractor, Source, load
from newsextract.batch.texts import text_path

Json: TypeAlias = dict[str, Any]
MakeRun: TypeAlias = Callable[..., Path]

RELEASES = {
    "2024/water.txt": (
        "الهيئة العربية للمياه تختتم الدورة السابعة لمجلسها في عمّان\n\n"
        "عمّان، 14 مايو 2024: اختتمت الهيئة العربية للمياه أمس أعمال الدورة السابعة لمجلسها بمشاركة 49 خبيرا وأكثر من 3000 مهندس. "
        "وترأس الدورة معالي الدكتور سالم بن راشد المنصوري، وزير المياه. وضم وفد المملكة الأردنية الهاشمية كلا من المهندسة ليلى حداد "
        "والسيد كمال عودة. وبلغت كلفة المشروعات 12.5 مليون دولار بزيادة 7.5% عن عام 2023، وقالت الإدارة إن مؤسّسة المستقبل شريك في العمل."
    ),
    "2024/library.txt": (
        "المكتبة الوطنية تفتح أبوابها\n\nبيروت، 3 حزيران 2021: أعلنت وزارة الثقافة أن المكتبة الوطنية تضم 300 ألف كتاب "
        "وأنها استقبلت من 5 إلى 9 أيار 2021 نحو 1200 زائر. وكان عدد الأوراق 99999999999999999999 ورقة."
    ),
    "empty-of-facts.txt": "كلمة شكر قصيرة لا أرقام فيها.",
    "=copy of library.txt": "",
    "\u200f=1+1.txt": '=HYPERLINK("http://127.0.0.1:9/","اضغط")\n\nشارك ٢٥ باحثا في ورشة عمل بالرباط يوم 2 أكتوبر 2023.',
}
RELEASES["=copy of library.txt"] = RELEASES["2024/library.txt"]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The package's own extractor."""
    return load()


@pytest.fixture(scope="session")
def releases(extractor: Extractor) -> list[str]:
    """Records of all releases, a line of JSON each; the same text twice under two names."""
    return [extractor.extract(Source(text, name=name, uri=name)).model_dump_json() for name, text in RELEASES.items()]


@pytest.fixture
def make_run(tmp_path: Path, releases: list[str]) -> MakeRun:
    """Makes a run directory: ``make_run(name, lines, texts=True)``, with all releases if no lines are given, two records a part."""

    def make(name: str = "out", lines: list[str] | None = None, *, texts: bool = True) -> Path:
        out = tmp_path / name
        (out / "records").mkdir(parents=True)
        told = releases if lines is None else lines
        for number in range(max(1, (len(told) + 1) // 2)):
            part = "".join(line + "\n" for line in told[2 * number : 2 * number + 2])
            (out / "records" / f"part-{number:05d}.jsonl").write_text(part, "utf-8", newline="\n")
        for text in RELEASES.values() if texts else ():
            path = text_path(out, hashlib.sha256(text.encode()).hexdigest())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return out

    return make


@pytest.fixture(scope="session")
def records(releases: list[str]) -> list[Json]:
    """The same records, parsed."""
    return [json.loads(line) for line in releases]
