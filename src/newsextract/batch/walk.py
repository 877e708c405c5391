"""Which files a run reads: a stream in byte order of their paths, whatever the order of the folder or the list.

Nothing is opened and no link is followed. Paths are bytes, as the system has them. A folder sorts as its name with a slash, so that the stream
is in plain byte order of whole paths, which is also the order of the ledger.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newsextract.readers.formats import of_suffix
from newsextract.readers.names import suffixes


class Found(NamedTuple):
    """Something to account for: ``path`` below the root, and why a folder cannot be listed, if it cannot."""

    path: bytes
    error: OSError | None = None


@dataclass(frozen=True)
class Selection:
    """Which paths below a root are wanted.

    Attributes:
        include: Patterns of which a file must match one; all files without any.
        exclude: Patterns whose files are left out; a folder that matches is left out whole.
        output: The output folder below the root, if it lies there.

    A pattern without a slash is matched against the name, another against the path; ``*`` matches slashes too.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    output: bytes | None = None
    _included: Callable[[bytes], bool] = field(init=False, repr=False, compare=False)
    _excluded: Callable[[bytes], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_included", _matcher(self.include))
        object.__setattr__(self, "_excluded", _matcher(self.exclude))

    def wants(self, path: bytes) -> bool:
        """Whether the file ``path`` is to be read."""
        return (not self.include or self._included(path)) and not self._excluded(path)

    def enters(self, folder: bytes) -> bool:
        """Whether ``folder`` is to be entered."""
        return folder != self.output and not self._excluded(folder)


def walk(top: bytes, selection: Selection) -> Iterator[Found]:
    """Everything below ``top`` that is no folder, in byte order of paths.

    A folder that cannot be listed comes with its error. One that is named as a document would be (``letters.txt/``) comes too, before its files.
    """
    pending = [b""]
    while pending:
        path = pending.pop()
        if path and not path.endswith(b"/"):
            yield Found(path)
            continue
        try:
            pending.extend(sorted(_entries(top, path, selection), reverse=True))
        except OSError as error:
            yield Found(path.rstrip(b"/"), error)


def count(top: bytes, selection: Selection) -> int:
    """How many things :func:`walk` will give, if nothing changes meanwhile."""
    files = 0
    folders = [b""]
    while folders:
        folder = folders.pop()
        try:
            for path in _entries(top, folder, selection):
                if path.endswith(b"/"):
                    folders.append(path)
                else:
                    files += 1
        except OSError:
            files += 1
    return files


def listed(names: Iterable[bytes], top: bytes, selection: Selection) -> tuple[list[bytes], list[bytes]]:
    """The named files, each once and sorted: those below ``top``, told from it, and all others, told from ``/``."""
    inside: set[bytes] = set()
    outside: set[bytes] = set()
    base = os.path.abspath(top)
    for name in names:
        path = os.path.normpath(os.path.join(base, name))
        below = os.path.relpath(path, base)
        if below.startswith(b"../") or below == b"..":
            outside.add(path.lstrip(b"/"))
        elif selection.wants(below):
            inside.add(below)
    return sorted(inside), sorted(outside)


def output_within(out: Path, top: Path) -> bytes | None:
    """Where ``out`` lies below ``top``, if it does."""
    out, top = out.resolve(), top.resolve()
    return os.fsencode(out.relative_to(top)) if out != top and out.is_relative_to(top) else None


def _entries(top: bytes, folder: bytes, selection: Selection) -> Iterator[bytes]:
    with os.scandir(os.path.join(top, folder) if folder else top) as entries:
        for entry in entries:
            path = folder + entry.name
            if not entry.is_dir(follow_symlinks=False):
                if selection.wants(path):
                    yield path
            elif selection.enters(path):
                yield path + b"/"
                if selection.wants(path) and _named_as_document(entry.name):
                    yield path


def _named_as_document(name: bytes) -> bool:
    return b"." in name and of_suffix(suffixes(os.fsdecode(name))[1]) is not None


def _matcher(patterns: Sequence[str]) -> Callable[[bytes], bool]:
    if not patterns:
        return lambda _: False
    names = [re.compile(fnmatch.translate(p)) for p in patterns if "/" not in p]
    paths = [re.compile(fnmatch.translate(p)) for p in patterns if "/" in p]

    def matches(path: bytes) -> bool:
        whole = os.fsdecode(path)
        last = whole.rpartition("/")[2]
        return any(p.match(last) for p in names) or any(p.match(whole) for p in paths)

    return matches
