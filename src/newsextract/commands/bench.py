"""``newsextract bench``: how fast this machine reads a folder, beside the peers that are installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

_MOST: Final = 2_000_000
"""Characters that are measured; a folder of more is measured by its first documents."""
_BUILT_IN: Final = (
    "نظمت هيئة المكتبات أمس ورشة عمل عن حفظ المخطوطات في مدينة نزوى بمشاركة 25 خبيرا من 7 دول.\n"
    "وقال مدير الهيئة الدكتور سالم ناصر البلوشي إن قيمة المشروع بلغت 3.5 ملايين ريال، بزيادة نسبتها 12% على عام 2023.\n"
)
"""A text of our own, where no folder is named."""


def bench(
    path: Annotated[Path | None, typer.Argument(help="A folder of releases; without it a short text of our own.", exists=True)] = None,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Samples of each step.")] = 7,
    slow: Annotated[bool, typer.Option("--slow", help="Measure dateparser too, which takes a hundred times as long.")] = False,
) -> None:
    """Print the speed of each stage on your own texts, beside spaCy and camel-tools where they are installed."""
    from newsextract.measuring import Corpus, speeds, table  # noqa: PLC0415  (kept out of --help, which must be quick)

    texts = (_BUILT_IN * 10,) if path is None else _texts(path)
    if not texts:
        raise typer.BadParameter(f"{path} holds no document that can be read")
    corpus = Corpus("built-in" if path is None else path.name[:13] or "folder", texts)
    print(f"{len(texts)} documents, {corpus.characters:,} characters; medians of {rounds} rounds, processor time")
    print(table({corpus.name: speeds(corpus, rounds, slow=slow)}))


def _texts(path: Path) -> tuple[str, ...]:
    """The texts of the documents below ``path`` that can be read, up to a bound."""
    from newsextract.errors import ReadError  # noqa: PLC0415
    from newsextract.readers.dispatch import read_document  # noqa: PLC0415

    texts: list[str] = []
    size = 0
    for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
        try:
            text = read_document(str(file)).text
        except ReadError:
            continue
        texts.append(text)
        size += len(text)
        if size >= _MOST:
            break
    return tuple(text for text in texts if text)
