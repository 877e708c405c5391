"""Folders of releases in our own words, run directories as one value to compare, readers that misbehave on purpose, and processes to kill."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

POISON = '''
import ctypes, os, signal, time
from pathlib import Path
from newsextract.errors import ReadError
from newsextract.readers.port import Blob, Document


def read(blob, options):
    """A document, or whatever harm its first word asks for."""
    word, _, rest = blob.data.decode().partition(" ")
    if word == "crash":
        ctypes.string_at(0)
    elif word == "exit":
        os._exit(3)
    elif word == "hang":
        while True:
            pass
    elif word == "deaf":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(1000)
    elif word == "memory":
        hoard = []
        while True:
            hoard.append(bytearray(1 << 24))
    elif word == "raise":
        raise KeyError(rest)
    elif word == "once" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "noise":
        print("noise")
        os.system("echo more noise")
    elif word == "slow":
        time.sleep(float(rest.split()[0]))
    return Document(f"نظمت البلدية ورشة عمل حضرها 12 مشاركا {word}", "text/plain")


def read_many(blob, options):
    """A container: each line a member."""
    for number, line in enumerate(blob.data.splitlines()):
        yield Blob(line, f"{blob.name}!/{number}.poison", depth=blob.depth + 1)
'''


def sentence(number: int) -> str:
    """A release that no other number has."""
    return (
        f"ورشة عن سلامة الطرق رقم {number}\n"
        f"نظم مركز الواحة للتدريب يوم {1 + number % 28} أكتوبر 2025 ورشة شارك فيها {number + 3} متدربا، وتحدثت فيها المهندسة سلمى الراوي.\n"
    )


def make_corpus(folder: Path, files: int, *, first: int = 0) -> Path:
    """A folder of ``files`` releases in a few folders."""
    for number in range(first, first + files):
        path = folder / f"{number % 7}" / f"{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sentence(number), "utf-8")
    return folder


def output(out: Path) -> dict[str, bytes]:
    """All that must be equal between two runs on the same input: everything but the report and the ledger."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name != "run.json" and not name.startswith("ledger.sqlite"):
            found[name] = path.read_bytes()
    return found


def command(*arguments: str | Path) -> list[str]:
    """A command line of this Python's newsextract."""
    return [sys.executable, "-m", "newsextract.cli", *map(str, arguments)]


def call(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command to its end."""
    return subprocess.run(
        command(*arguments), input=stdin, capture_output=True, check=False, cwd=cwd, timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8", **environment}
    )


@contextmanager
def forked(action: Callable[[], object]) -> Iterator[int]:
    """A copy of this process, lexicons and all, that does ``action``; it leads a group of its own."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            os.setsid()
            action()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    yield pid
