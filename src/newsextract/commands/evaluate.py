"""``newsextract eval GOLD RECORDS``: precision, recall and F1 of every field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from newsextract.commands.streams import say, write, write_json


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder with one NAME.json of annotations for each document.")],
    records: Annotated[Path, typer.Argument(help="A run directory, or a file of records, one a line.")],
    errors: Annotated[bool, typer.Option("--errors", help="Print every missed and spurious fact too, one JSON object a line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Score records against gold annotations, field by field."""
    from newsextract.batch.sinks.lines import record_files, records_of  # noqa: PLC0415
    from newsextract.errors import NoInputError  # noqa: PLC0415
    from newsextract.evaluation import evaluate as score  # noqa: PLC0415
    from newsextract.evaluation import read_gold  # noqa: PLC0415

    annotations = read_gold(gold)
    if not annotations:
        raise NoInputError(f"{gold}: holds no annotations. Give the folder with a NAME.json for each document.")
    found = [r for r in records_of(record_files(records)) if Path(r["source"]["name"]).stem in annotations]
    absent = sorted(set(annotations) - {Path(r["source"]["name"]).stem for r in found})
    if absent:
        say(f"no record for {len(absent)} of {len(annotations)} documents: {', '.join(absent[:5])}{' …' if len(absent) > 5 else ''}")
    report = score(annotations, found)
    if errors:
        for document, field, kind, fact in report.errors:
            write_json({"document": document, "field": field, "error": kind, "fact": fact})
    if as_json:
        write_json(_figures(report) | {"documents": len(annotations), "absent": absent})
    else:
        write(str(report))


def _figures(report: Any) -> dict[str, Any]:
    """The report as JSON: each field's figures, and the mean of their F1."""
    fields = {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "gold": score.hits + score.missed,
            "found": score.hits + score.spurious,
        }
        for name, score in report.fields.items()
    }
    return {"fields": fields, "macro_f1": round(report.macro_f1, 4)}
