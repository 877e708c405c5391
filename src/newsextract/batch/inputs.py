"""From what a user names to what is read: folders, files, lists of files, standard input."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from newsextract.batch.plan import Input
from newsextract.batch.publish import RECORDS
from newsextract.batch.spool import FOLDER as SPOOL
from newsextract.batch.texts import FOLDER as TEXTS
from newsextract.batch.walk import Found, Selection, count, listed, output_within, walk
from newsextract.config import Settings
from newsextract.errors import NoInputError, SettingsError

STDIN: Final = "-"


def inputs_of(paths: Sequence[Path], out: Path, settings: Settings, names: Iterable[bytes] | None = None) -> list[Input]:
    """The inputs that ``paths`` name, in their order.

    Args:
        paths: Files and folders.
        out: The run directory; it is left out where it lies in a folder.
        settings: Whose patterns choose among the files of folders.
        names: If given, the files to read, told from the one folder in ``paths``, or from anywhere with a leading slash.

    Raises:
        NoInputError: A path does not exist.
        SettingsError: A path is the run directory or in it, or a list of files has more than one folder to start from.
    """
    if names is not None:
        return _of_list(paths, out, settings, names)
    return [_of_path(number, path, out, settings) for number, path in enumerate(paths)]


@contextmanager
def standard_input(stream: BinaryIO) -> Iterator[Path]:
    """A file with the bytes of ``stream`` while the block lasts, so that a worker can read them as any other; its name is ``-``."""
    with TemporaryDirectory(prefix="newsextract-") as folder:
        path = Path(folder, STDIN)
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield path


def split_names(data: bytes, separator: bytes) -> list[bytes]:
    """The names in a list of files, parted by line feeds or, as ``find -print0`` does, by NUL bytes."""
    return [name for name in data.split(separator) if name]


def _of_path(number: int, path: Path, out: Path, settings: Settings) -> Input:
    if path.is_dir():
        _refuse_output(path, out)
        selection = Selection(settings.include, settings.exclude, output_within(out, path))
        top = os.fsencode(path)
        return Input(number, top, False, lambda: walk(top, selection), lambda: count(top, selection))
    if not os.path.lexists(path):
        raise NoInputError(f"{path}: does not exist. Check the path.")
    return _of_found(number, os.fsencode(path.parent), True, [os.fsencode(path.name)])


def _of_list(paths: Sequence[Path], out: Path, settings: Settings, names: Iterable[bytes]) -> list[Input]:
    if len(paths) > 1 or (paths and not paths[0].is_dir()):
        raise SettingsError("--files-from goes with one folder, which the names in the list are told from. Leave the others out.")
    folder = paths[0] if paths else Path()
    _refuse_output(folder, out)
    top = os.fsencode(folder)
    inside, outside = listed(names, top, Selection(settings.include, settings.exclude, output_within(out, folder)))
    return [_of_found(0, top, False, inside), _of_found(1, b"/", False, outside)]


def _of_found(number: int, top: bytes, named: bool, paths: Sequence[bytes]) -> Input:
    return Input(number, top, named, lambda: map(Found, paths), lambda: len(paths))


def _refuse_output(path: Path, out: Path) -> None:
    path, out = path.resolve(), out.resolve()
    if path == out or any(path.is_relative_to(out / folder) for folder in (RECORDS, SPOOL, TEXTS)):
        raise SettingsError(f"{out}: nothing is written among what is read. Choose another folder with -o.")
