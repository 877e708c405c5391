"""``newsextract train``: the entity model anew, with what an archive has corrected by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsextract.commands.streams import say


def train(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the model and its manifest.")] = Path("models"),
    data: Annotated[Path, typer.Option("--data", help="The folder with ner/ and raw/.")] = Path("../shared/data"),
    add: Annotated[list[Path] | None, typer.Option("--add", help="A two-column file or a folder of releases with gold to learn from too; repeatable.")] = None,
    name: Annotated[str, typer.Option("--name", help="The model's name.")] = "entities",
    folds: Annotated[int, typer.Option("--folds", min=0, help="Folds of the cross-validation that gives scores and calibration; 0 for none.")] = 5,
) -> None:
    """Train the entity model; equal data give equal bytes on one machine."""
    from newsextract.tagger.artefact import save_artefact  # noqa: PLC0415
    from newsextract.tagger.training.build import figures_of  # noqa: PLC0415
    from newsextract.tagger.training.build import train as build  # noqa: PLC0415

    trained = build(data, add=add or (), folds=folds, told=say)
    digest = save_artefact(out, trained.artefact, trained.about, name)
    if folds:
        say(f"{folds} folds: {figures_of(trained.about['cross_validation'])}")
    say(f"{out / name}.npz, sha256 {digest}")
