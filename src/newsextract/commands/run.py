"""``newsextract run PATH… -o OUT``: any folder in, a complete run directory out."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsextract.commands.streams import say, write
from newsextract.exit_codes import Exit

if TYPE_CHECKING:
    from newsextract.batch.events import RunSummary
    from newsextract.batch.plan import Input
    from newsextract.batch.signals import Signals
    from newsextract.config import Settings

_READING, _CHOOSING, _WORKING, _LIMITS, _WRITING, _TELLING = "Reading", "Choosing files", "Working", "Limits of one file", "Writing", "Telling"


def run(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help="Files and folders; - for a document on standard input.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The run directory; made if it is missing.")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="A file of settings; newsextract.toml in this folder by default.")] = None,
    lexicon: Annotated[
        list[Path] | None, typer.Option("--lexicon", help="A TSV of your own rows, laid over ours; repeatable.", rich_help_panel=_READING)
    ] = None,
    dialect: Annotated[
        bool | None, typer.Option("--dialect/--no-dialect", help="Read number words of the common dialects too.", rich_help_panel=_READING)
    ] = None,
    tier: Annotated[
        str | None, typer.Option("--tier", metavar="fast|full", help="Whether names are read with the statistical tagger too (full).", rich_help_panel=_READING)
    ] = None,
    tagger: Annotated[
        str | None, typer.Option("--tagger", metavar="SPEC", help="Another tagger: spacy:NAME_OR_PATH or camel:PATH.", rich_help_panel=_READING)
    ] = None,
    analyser: Annotated[
        str | None, typer.Option("--analyser", metavar="NAME", help="A morphological analyser for counted nouns: camel.", rich_help_panel=_READING)
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Encoding of the input; overrides detection.", rich_help_panel=_READING)] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help="The day that every release is dated, as 2024-05-31.", rich_help_panel=_READING)
    ] = None,
    ocr: Annotated[str | None, typer.Option("--ocr", metavar="never|tesseract", help="What to do with pages without text.", rich_help_panel=_READING)] = None,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Read only files that match; repeatable.", rich_help_panel=_CHOOSING)
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave out files and folders that match.", rich_help_panel=_CHOOSING)
    ] = None,
    files_from: Annotated[
        Path | None, typer.Option("--files-from", help="Read the files listed here, a line each; - for standard input.", rich_help_panel=_CHOOSING)
    ] = None,
    null: Annotated[bool, typer.Option("-0", "--null", help="Names in the list end in NUL, not in a line feed.", rich_help_panel=_CHOOSING)] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read files again that failed before.", rich_help_panel=_WORKING)] = False,
    force_new: Annotated[
        bool, typer.Option("--force-new", help="Let go of what OUT holds from another input, configuration or version.", rich_help_panel=_WORKING)
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar="local|ray", help="Where to work: on this machine, or on a cluster.", rich_help_panel=_WORKING)
    ] = "local",
    address: Annotated[
        str | None, typer.Option("--address", help="Of a running Ray cluster; a local one is started without it.", rich_help_panel=_WORKING)
    ] = None,
    jobs: Annotated[str | None, typer.Option("-j", "--jobs", metavar="N|auto", help="Worker processes.", rich_help_panel=_WORKING)] = None,
    fail_fast: Annotated[bool | None, typer.Option("--fail-fast/--no-fail-fast", help="Stop at the first failure.", rich_help_panel=_WORKING)] = None,
    max_errors: Annotated[
        str | None, typer.Option("--max-errors", metavar="N|P%", help="Exit with 6 if more files fail; stop if N do.", rich_help_panel=_WORKING)
    ] = None,
    fail_on: Annotated[
        list[str] | None, typer.Option("--fail-on", metavar="CODE", help="Exit with 6 if this failure or warning occurs.", rich_help_panel=_WORKING)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be read; write nothing.", rich_help_panel=_WORKING)] = False,
    timeout: Annotated[str | None, typer.Option("--timeout", metavar="TIME", help="Wall time of a document, as 30s.", rich_help_panel=_LIMITS)] = None,
    memory: Annotated[str | None, typer.Option("--memory", metavar="SIZE", help="Address space of a worker, as 1GiB.", rich_help_panel=_LIMITS)] = None,
    max_size: Annotated[str | None, typer.Option("--max-size", metavar="SIZE", help="Bytes of a file or member.", rich_help_panel=_LIMITS)] = None,
    max_characters: Annotated[str | None, typer.Option("--max-characters", metavar="N", help="Length of a text.", rich_help_panel=_LIMITS)] = None,
    inflate_ratio: Annotated[str | None, typer.Option("--inflate-ratio", metavar="N", help="Inflated to packed bytes.", rich_help_panel=_LIMITS)] = None,
    inflate_grace: Annotated[
        str | None, typer.Option("--inflate-grace", metavar="SIZE", help="Bytes that may be inflated at any ratio.", rich_help_panel=_LIMITS)
    ] = None,
    max_members: Annotated[str | None, typer.Option("--max-members", metavar="N", help="Members of a container.", rich_help_panel=_LIMITS)] = None,
    max_depth: Annotated[str | None, typer.Option("--max-depth", metavar="N", help="Containers in containers.", rich_help_panel=_LIMITS)] = None,
    max_pages: Annotated[str | None, typer.Option("--max-pages", metavar="N", help="Pages of a PDF.", rich_help_panel=_LIMITS)] = None,
    max_xml_depth: Annotated[str | None, typer.Option("--max-xml-depth", metavar="N", help="XML elements in elements.", rich_help_panel=_LIMITS)] = None,
    max_html_depth: Annotated[str | None, typer.Option("--max-html-depth", metavar="N", help="HTML elements in elements.", rich_help_panel=_LIMITS)] = None,
    show_limits: Annotated[bool, typer.Option("--show-limits", help="Print the limits that hold, and end.", rich_help_panel=_LIMITS)] = False,
    content: Annotated[bool | None, typer.Option("--content/--no-content", help="Put the text itself into the record.", rich_help_panel=_WRITING)] = None,
    text: Annotated[bool | None, typer.Option("--text/--no-text", help="Keep the texts read in OUT/text.", rich_help_panel=_WRITING)] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="jsonl|parquet|csv|sqlite", help="Write this too; repeatable.", rich_help_panel=_WRITING)
    ] = None,
    shard_size: Annotated[int | None, typer.Option("--shard-size", metavar="N", help="Records in a part.", rich_help_panel=_WRITING)] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="Print the records, too; OUT may then be left out.", rich_help_panel=_WRITING)] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Tell failures and the end only.", rich_help_panel=_TELLING)] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Tell every file.", rich_help_panel=_TELLING)] = False,
    log_format: Annotated[str | None, typer.Option("--log-format", metavar="text|json", help="How messages look.", rich_help_panel=_TELLING)] = None,
    log_file: Annotated[Path | None, typer.Option("--log-file", help="Write messages here, too.", rich_help_panel=_TELLING)] = None,
) -> None:
    """Extract every document of PATHS into OUT; go on after bad files, and where an earlier run stopped."""
    # OpenBLAS would start threads in every worker, though nothing here multiplies matrices
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from newsextract.config import Settings, resolve  # noqa: PLC0415

    given = {name: value for name, value in locals().items() if name in Settings.model_fields} | {"format": formats}
    settings = resolve(given, file=config)
    if show_limits:
        _show_limits(settings)
        return
    if engine != "local":
        from newsextract.commands.ray_run import run_on  # noqa: PLC0415

        raise typer.Exit(run_on(engine, paths or [], out, settings, address))
    from newsextract.batch.signals import StopNow, signals  # noqa: PLC0415

    with signals() as taken, ExitStack() as stack:
        try:
            out = _out(out, stdout, stack)
            inputs = _inputs(paths or [], files_from, null, out, settings, stack)
            if dry_run:
                _preview(inputs, out, settings)
                return
            summary = _execute(inputs, out, settings, retry_failed, force_new, taken, (quiet, verbose))
            if stdout and summary.status == "finished":
                _print_records(out)
        except StopNow:
            say("stopped; run the same command again to go on")
            raise typer.Exit(_interrupted(taken)) from None
        raise typer.Exit(_code(summary, taken))


def _out(out: Path | None, stdout: bool, stack: ExitStack) -> Path:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from newsextract.errors import SettingsError  # noqa: PLC0415

    if out is not None:
        return out
    if not stdout:
        raise SettingsError("name the run directory with -o, or have the records printed with --stdout.")
    return Path(stack.enter_context(TemporaryDirectory(prefix="newsextract-")))


def _inputs(paths: list[Path], files_from: Path | None, null: bool, out: Path, settings: Settings, stack: ExitStack) -> list[Input]:
    from newsextract.batch.inputs import STDIN, inputs_of, split_names, standard_input  # noqa: PLC0415
    from newsextract.errors import SettingsError  # noqa: PLC0415

    if files_from is not None:
        data = sys.stdin.buffer.read() if str(files_from) == STDIN else files_from.read_bytes()
        return inputs_of(paths, out, settings, split_names(data, b"\0" if null else b"\n"))
    if not paths:
        raise SettingsError("name a file or a folder to read.")
    read = [stack.enter_context(standard_input(sys.stdin.buffer)) if str(path) == STDIN else path for path in paths]
    return inputs_of(read, out, settings)


def _execute(inputs: list[Input], out: Path, settings: Settings, retry_failed: bool, force_new: bool, taken: Signals, how: tuple[bool, bool]) -> RunSummary:
    from newsextract.batch.listeners import listening  # noqa: PLC0415
    from newsextract.batch.run import Run  # noqa: PLC0415

    with listening(settings, say, quiet=how[0], verbose=how[1]) as listeners:
        run_ = Run(inputs, out, settings, retry_failed=retry_failed, force_new=force_new, tell=listeners.tell, interruption=taken)
        summary = run_.execute()
        listeners.end(summary)
    return summary


def _preview(inputs: list[Input], out: Path, settings: Settings) -> None:
    from collections import Counter  # noqa: PLC0415

    from newsextract.batch.preview import preview  # noqa: PLC0415

    counts: Counter[str] = Counter()
    for state, name in preview(inputs, out, settings):
        counts[state] += 1
        write(f"{state}\t{name}")
    say(", ".join(f"{number:,} {state}" for state, number in sorted(counts.items())) or "nothing to read")


def _show_limits(settings: Settings) -> None:
    from newsextract.config import LIMIT_SETTINGS  # noqa: PLC0415

    for name in LIMIT_SETTINGS.values():
        value: Any = getattr(settings, name)
        write(f"--{name.replace('_', '-'):16}{value:>16,}" if isinstance(value, int) else f"--{name.replace('_', '-'):16}{value:>16g}")


def _print_records(out: Path) -> None:
    import shutil  # noqa: PLC0415

    from newsextract.batch.publish import parts  # noqa: PLC0415

    for part in parts(out):
        with part.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _code(summary: RunSummary, taken: Signals) -> Exit:
    if summary.status == "interrupted":
        return _interrupted(taken)
    if summary.gates:
        say(f"not good enough: {', '.join(summary.gates)}")
        return Exit.GATE
    return Exit.FAILED if summary.failures else Exit.DONE


def _interrupted(taken: Signals) -> Exit:
    import signal  # noqa: PLC0415

    return Exit.TERMINATED if taken.last == signal.SIGTERM else Exit.INTERRUPTED
