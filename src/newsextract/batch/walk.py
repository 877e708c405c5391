"""Which files a run reads, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def walk(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """``(file, root)`` for each path: a file as it is (root None), a folder's regular files below it, sorted, links not followed."""
    for path in paths:
        if path.is_dir():
            for folder, folders, files in os.walk(path, followlinks=False):
                folders.sort()
                for name in sorted(files):
                    file = Path(folder, name)
                    if file.is_file() and not file.is_symlink():
                        yield file, path
        else:
            yield path, None
