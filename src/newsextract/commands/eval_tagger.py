"""``newsextract eval-tagger FILE.conll``: how well a tagger does on annotated text of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsextract.commands.streams import say, write, write_json


def eval_tagger(
    file: Annotated[Path, typer.Argument(help="Two columns, token and BIO tag, an empty line after each sentence.")],
    spec: Annotated[str, typer.Option("--tagger", help="A shipped model, camel:PATH or spacy:NAME_OR_PATH.")] = "entities",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Score an entity tagger on annotated text: exact spans and labels, words a second, and what is taken for what."""
    from newsextract.errors import NoInputError  # noqa: PLC0415
    from newsextract.tagger.conll import read_conll  # noqa: PLC0415
    from newsextract.tagger.evaluate import evaluate  # noqa: PLC0415
    from newsextract.tagger.resolve import tagger  # noqa: PLC0415

    sentences = read_conll(file)
    if not sentences:
        raise NoInputError(f"{file}: holds no annotated tokens. Give a file of two columns, token and BIO tag.")
    tally, speed = evaluate(tagger(spec), sentences)
    figures = tally.figures() | {"words_per_second": round(speed)}
    if as_json:
        write_json(figures)
        return
    write(f"{'':12}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'found':>8}")
    for label, score in [*figures["types"].items(), ("micro", figures["micro"])]:
        gold, found = (sum(c.values()) if label == "micro" else c[label] for c in (tally.gold, tally.found))
        write(f"{label:12}{score['precision']:8.4f}{score['recall']:8.4f}{score['f1']:8.4f}{gold:8}{found:8}")
    write("")
    write(tally.picture())
    say(f"{figures['words_per_second']:,} words a second of processor time")
