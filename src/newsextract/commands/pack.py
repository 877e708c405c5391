"""``newsextract pack PATH -o SHARDS``: many files into Parquet shards for clusters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsextract.commands.streams import say
from newsextract.exit_codes import Exit


def pack(
    path: Annotated[Path, typer.Argument(help="A folder, or one file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder of shards; made if it is missing.")],
    shard_size: Annotated[str, typer.Option("--shard-size", help="Bytes of files in a shard.")] = "64MiB",
    max_size: Annotated[str | None, typer.Option("--max-size", help="Files above this are not packed; they become failures.")] = None,
    include: Annotated[list[str] | None, typer.Option("--include", help="Pattern of files to pack; repeatable.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="Pattern of files to leave out; repeatable.")] = None,
) -> None:
    """Pack many small files into Parquet shards of name and bytes, which engines of many machines read well."""
    from newsextract.batch.failing import writing  # noqa: PLC0415
    from newsextract.batch.inputs import inputs_of  # noqa: PLC0415
    from newsextract.batch.packing import pack as pack_files  # noqa: PLC0415
    from newsextract.config import resolve, size  # noqa: PLC0415
    from newsextract.errors import SettingsError  # noqa: PLC0415

    settings = resolve({"max_size": max_size, "include": include, "exclude": exclude})
    shard_bytes = size(shard_size)
    if not isinstance(shard_bytes, int) or shard_bytes <= 0:
        raise SettingsError(f"--shard-size cannot be {shard_size!r}. Give bytes, for example 64MiB.")
    with writing(out):
        packed = pack_files(inputs_of([path], out, settings), out, shard_bytes=shard_bytes, most=settings.max_size)
    say(f"{packed.files} files in {packed.shards} shards in {out}, {packed.failures} could not be read, {packed.skipped} passed over")
    if packed.failures:
        raise typer.Exit(Exit.FAILED)
