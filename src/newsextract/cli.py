"""The command line. Data goes to stdout, talk to stderr; exit codes are listed in ``docs/cli.md``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from newsextract.commands.bench import bench
from newsextract.commands.diff import diff
from newsextract.commands.doctor import doctor
from newsextract.commands.eval_tagger import eval_tagger
from newsextract.commands.evaluate import evaluate
from newsextract.commands.pack import pack
from newsextract.commands.run import run
from newsextract.commands.show import show
from newsextract.commands.status import status
from newsextract.commands.train import train
from newsextract.commands.validate import validate
from newsextract.errors import NewsExtractError
from newsextract.exit_codes import Exit, exit_code
from newsextract.unwatched import Unwatched

if TYPE_CHECKING:
    from newsextract.record.model import Tier

app = typer.Typer(
    name="newsextract",
    help="Arabic press releases into structured records: exact, explained, fast, offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
lexicon_app = typer.Typer(help="Work with lexicon files.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")

LexiconOption = Annotated[list[Path] | None, typer.Option("--lexicon", help="A TSV of your own rows, laid over ours; repeatable.")]
TierOption = Annotated[str, typer.Option("--tier", metavar="fast|full", help="Whether names are read with the statistical tagger too (full).")]
TaggerOption = Annotated[str | None, typer.Option("--tagger", metavar="SPEC", help="Another tagger: spacy:NAME_OR_PATH or camel:PATH.")]
AnalyserOption = Annotated[str | None, typer.Option("--analyser", metavar="NAME", help="A morphological analyser for counted nouns: camel.")]
EncodingOption = Annotated[str | None, typer.Option("--encoding", help="Encoding of the input; overrides detection.")]
DialectOption = Annotated[bool, typer.Option("--dialect", help="Read number words of the common dialects too.")]
ContentOption = Annotated[bool, typer.Option("--content", help="Put the text itself into the record.")]


def _say(message: str) -> None:
    print(f"newsextract: {message}", file=sys.stderr)


def _extractor(lexicons: list[Path] | None, dialect: bool, tier: str, tagger: str | None = None, analyser: str | None = None) -> Any:
    from newsextract.extractor import load  # noqa: PLC0415  (kept out of --help, which must be quick)

    try:
        return load(lexicons=lexicons or (), dialect=dialect, tier=cast("Tier", tier), tagger=tagger, analyser=analyser)
    except ValueError as error:
        if isinstance(error, NewsExtractError):
            raise
        raise typer.BadParameter(str(error)) from error


def _read(file: str, encoding: str | None) -> Any:
    from newsextract.readers.dispatch import read_document  # noqa: PLC0415  (kept out of --help, which must be quick)
    from newsextract.readers.port import Blob, ReadOptions  # noqa: PLC0415

    return read_document(Blob(sys.stdin.buffer.read(), "-") if file == "-" else file, options=ReadOptions(encoding=encoding))


def _print(line: str) -> None:
    _write(line.encode("utf-8", "surrogatepass"))


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _json_line(answer: dict[str, Any]) -> bytes:
    """``answer`` as JSON in UTF-8; with lone surrogates, which UTF-8 has not, all that is not ASCII is escaped."""
    from pydantic_core import to_json  # noqa: PLC0415  (--help does without)

    try:
        return to_json(answer)
    except ValueError:
        return json.dumps(answer, separators=(",", ":")).encode()


@app.command()
def text(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    lexicon: LexiconOption = None,
    dialect: DialectOption = False,
    tier: TierOption = "full",
    tagger: TaggerOption = None,
    analyser: AnalyserOption = None,
    encoding: EncodingOption = None,
    content: ContentOption = False,
    indent: Annotated[bool, typer.Option("--pretty", help="Indent the JSON.")] = False,
) -> None:
    """Print the record of one release as JSON."""
    record = _extractor(lexicon, dialect, tier, tagger, analyser).extract(_read(file, encoding), content=content)
    _print(record.model_dump_json(indent=2 if indent else None))


app.command()(run)
app.command()(status)
app.command()(show)
app.command()(diff)
app.command()(validate)
app.command("eval")(evaluate)
app.command("eval-tagger")(eval_tagger)
app.command()(train)
app.command()(pack)
app.command()(doctor)
app.command()(bench)


@app.command()
def mentions(
    lexicon: LexiconOption = None,
    dialect: DialectOption = False,
    tier: TierOption = "fast",
    tagger: TaggerOption = None,
    analyser: AnalyserOption = None,
) -> None:
    """A filter: one JSON object a line in (id, text, reference), its mentions out, same order, flushed line by line."""
    extractor = _extractor(lexicon, dialect, tier, tagger, analyser)
    failed = False
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        answer: dict[str, Any]
        case: Any = None
        try:
            case = json.loads(line)
            with Unwatched():
                found = extractor.mentions(case["text"], reference=case.get("reference"))
                answer = {"id": case.get("id"), "mentions": [m.to_json() for m in found]}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            failed = True
            answer = {"id": case.get("id") if isinstance(case, dict) else None, "mentions": [], "error": f"{type(error).__name__}: {error}"}
        _write(_json_line(answer))
    if failed:
        raise typer.Exit(Exit.FAILED)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    lexicon: LexiconOption = None,
    dialect: DialectOption = False,
    tier: TierOption = "full",
    tagger: TaggerOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Tell how a text was read: zones, mentions, wordings that fitted or nearly did, facts; one JSON object a line."""
    for step in _extractor(lexicon, dialect, tier, tagger).explain(_read(file, encoding).text):
        _print(json.dumps(step, ensure_ascii=False))


@app.command()
def schema() -> None:
    """Print the record's JSON Schema (draft 2020-12)."""
    from newsextract.record.model import json_schema  # noqa: PLC0415

    _print(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@lexicon_app.command()
def check(files: Annotated[list[Path], typer.Argument(help="TSV files of lexicon rows.")]) -> None:
    """Say exactly what is wrong in lexicon files, or that nothing is; report rows that overlay ours."""
    from newsextract.lexicon.check import check_file  # noqa: PLC0415

    wrong = 0
    for file in files:
        report = check_file(file)
        for problem in report.problems:
            _say(problem)
        for note in report.notes:
            _say(note)
        wrong += len(report.problems)
        _say(f"{file}: {report.rows} rows, {len(report.problems)} problems")
    if wrong:
        raise typer.Exit(Exit.FAILED)


def _version(value: bool) -> None:
    if value:
        from newsextract._version import __version__  # noqa: PLC0415

        _print(__version__)
        raise typer.Exit


@app.callback()
def options(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """Arabic press releases into structured records."""


def main() -> None:
    """The entry point: turns the package's errors into a message and an exit code."""
    try:
        app()
    except NewsExtractError as error:
        _say(str(error))
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.IO_ERROR)


if __name__ == "__main__":
    main()
