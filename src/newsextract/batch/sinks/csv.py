"""CSV: ``OUT/csv/``, one flat table of records, one for each type of fact, one of mentions; for spreadsheets.

UTF-8 with a byte order mark, without which Excel takes Arabic for another encoding; lines end in CRLF and cells are quoted where they must be
(RFC 4180). Lists stand in one cell, parted by `` | ``. Beside each column of ids, such as ``issuer``, ``issuer_name`` tells the names that they
refer to. No cell of text begins like a formula (:func:`harmless`).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from newsextract.batch.sinks.lines import Json, Pause, no_pause, records_of
from newsextract.batch.sinks.replace import replaced
from newsextract.batch.sinks.tables import Column, Table, evidence, facts, layout

FOLDER: Final = "csv"
SEPARATOR: Final = " | "
"""Parts the values of a list in one cell."""
MENTIONS: Final = ("record", "source_name", "fact", "start", "end", "text")
"""The columns of ``mentions.csv``."""
_FORMULA: Final = "=+-@"


def publish(parts: Sequence[Path], out: Path, pause: Pause = no_pause) -> None:
    """Writes ``out/csv/records.csv``, one table for each type of fact and ``mentions.csv``; each file appears whole or not at all.

    The same records give the same bytes. Memory does not grow with their number.

    Raises:
        OSError: ``out`` cannot be written.
    """
    tables = {table.name: header(table) for table in (layout().records, *layout().facts)} | {"mentions": MENTIONS}
    with ExitStack() as stack:
        temporaries = {name: stack.enter_context(replaced(out / FOLDER / f"{name}.csv")) for name in tables}
        # the files are closed before they take their places: what was entered last is left first
        writers = {name: csv.writer(stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))) for name, path in temporaries.items()}
        for name, columns in tables.items():
            writers[name].writerow(columns)
        for number, record in enumerate(records_of(parts, pause), start=1):
            for name, row in _rows(number, record):
                writers[name].writerow([_cell(value) for value in row])


def header(table: Table) -> tuple[str, ...]:
    """The columns of ``table`` as CSV: facts begin with the record they stand in and end with their first evidence."""
    columns = tuple(name for column in table.columns for name in ((column.name, f"{column.name}_name") if column.refers else (column.name,)))
    return ("record", "source_name", *columns, "evidence") if table.fields else ("record", *columns)


def _rows(number: int, record: Json) -> Iterator[tuple[str, Iterable[Any]]]:
    """The rows of one record, each with its table."""
    found = facts(record)
    called = {fact["id"]: fact["name"] for _, fact in found if "name" in fact}
    source = record["source"]["name"]
    table = layout().records
    yield table.name, (number, *_values(table.columns, record, called))
    for table, fact in found:
        yield table.name, (number, source, *_values(table.columns, fact, called), fact["mentions"][0]["text"])
    for fact_id, _, mention in evidence(record, found):
        yield "mentions", (number, source, fact_id, mention["start"], mention["end"], mention["text"])


def _values(columns: Iterable[Column], item: Json, called: dict[str, str]) -> Iterator[Any]:
    for column in columns:
        value = column.value(item)
        yield value
        if column.refers:
            yield [called.get(one, one) for one in value] if column.many else called.get(value, value)


def _cell(value: Any) -> Any:
    """A cell: texts made harmless, numbers and nothing as they are, booleans as in JSON, lists in one text."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list):
        return harmless(SEPARATOR.join(value))
    return ("true" if value else "false") if isinstance(value, bool) else value


def harmless(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet would take it for a formula.

    That is where its first visible character is ``=``, ``+``, ``-`` or ``@``, full-width and small ones included, or where it begins with a tab
    or a carriage return. White space, marks of direction, byte order marks and other unseen characters before it do not hide it.
    """
    if not text or text[0].isalnum():
        return text
    seen = next((char for char in text if not _unseen(char)), "")
    runs = bool(seen) and unicodedata.normalize("NFKC", seen) in _FORMULA
    return f"'{text}" if runs or text[0] in "\t\r" else text


def _unseen(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "ZC" or category == "Mn"
