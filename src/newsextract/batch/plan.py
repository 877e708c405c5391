"""What is to be done: the files that are there, laid beside what the ledger knows of them.

Both come in the same order, so that one pass tells what is new, changed, unchanged or gone, and memory does not grow with their number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from newsextract.batch.identity import Identity, identity, sha256
from newsextract.batch.job import Task
from newsextract.batch.ledger import SETTLED, Finished, Known, Ledger, Placed
from newsextract.batch.outcome import Outcome
from newsextract.batch.walk import Found
from newsextract.errors import NoInputError
from newsextract.readers.names import ignored, readable, suffixes

_TURN: Final = 500
"""Files looked at between two turns of others."""
MOST_ROUNDS: Final = 3
"""How often files are read that change while they are read."""


@dataclass(frozen=True)
class Input:
    """One of the places to read from.

    Attributes:
        number: Its place in the order of the output.
        top: What paths are told from.
        named: Whether the user named the files themselves, whose names are then told without a folder and which may be links.
        find: Gives what is there, in byte order of paths.
        count: Tells how many that will be.
    """

    number: int
    top: bytes
    named: bool
    find: Callable[[], Iterator[Found]]
    count: Callable[[], int]

    def path(self, found: bytes) -> bytes:
        """Where a found file lies."""
        return os.path.join(self.top, found)


class Seen(NamedTuple):
    """A found thing and the input that it was found in."""

    input: Input
    found: Found


@dataclass
class Plan:
    """Finds out what is to be done, and enters it in the ledger.

    Attributes:
        inputs: Where to read from.
        ledger: What is known.
        most: Bytes above which a file is not read, and so not hashed.
        found, unchanged: How many files are there, and how many of them needed nothing.
    """

    inputs: Sequence[Input]
    ledger: Ledger
    most: int
    found: int = 0
    unchanged: int = 0

    def tasks(self) -> Iterator[Task | None]:
        """The files to read, and None now and then where there is none to be read for long, so that others may have their turn."""
        seen = (Seen(one, found) for one in self.inputs for found in one.find())
        for here, known in beside(seen, self.ledger.known()):
            if here is None:
                self._gone(known)
                continue
            self.found += 1
            if here.found.error is not None:
                self._unlistable(here)
            elif (task := self._task(here, known)) is not None or self.found % _TURN == 0:
                yield task

    def rest(self) -> Iterator[Task]:
        """Files still to be read after all tasks were done: those that changed meanwhile, and those that had the same content as one of them."""
        inputs = {one.number: one for one in self.inputs}
        for number, root, path in self.ledger.pending():
            where = inputs[root].path(path)
            now = identity(where, follow=inputs[root].named)
            digest = self._digest(where, now, inputs[root].named)
            self.ledger.begin(root, path, now and now.size, digest, kind_of(path), _remembered(now))
            yield _task(number, inputs[root], where, now)

    def _task(self, here: Seen, known: Known | None) -> Task | None:
        """The task for a file that was found, if anything is to be done."""
        one, path = here.input, here.found.path
        where = one.path(path)
        now = identity(where, follow=one.named)
        done = known if known is not None and known.status in SETTLED else None
        if done is not None and now is not None and str(now) == done.identity:
            self.unchanged += 1
            return None
        digest = self._digest(where, now, one.named)
        if done is not None and digest is not None and digest == done.sha256:
            self.ledger.renew(done.id, _remembered(now))
            self.unchanged += 1
            return None
        kind = kind_of(path)
        shared = digest is not None and self.ledger.same_content(digest, kind)
        number = self.ledger.begin(one.number, path, now and now.size, digest, kind, _remembered(now))
        return None if shared else _task(number, one, where, now)

    def _digest(self, where: bytes, now: Identity | None, follow: bool) -> str | None:
        return sha256(where, self.most, follow=follow) if now is not None and now.regular else None

    def _gone(self, known: Known | None) -> None:
        if known is not None:
            self.ledger.leave(known.id)

    def _unlistable(self, here: Seen) -> None:
        """Enters a folder that cannot be listed as a failure of its own.

        Raises:
            NoInputError: It is the input itself.
        """
        error = here.found.error
        reason = f"cannot be listed ({error.strerror if error else ''})"
        if not here.found.path:
            raise NoInputError(f"{readable(os.fsdecode(here.input.top))}: {reason}. Check the path and its permissions.")
        code = "PERMISSION" if isinstance(error, PermissionError) else "NOT_FOUND" if isinstance(error, FileNotFoundError) else "UNREADABLE"
        number = self.ledger.begin(here.input.number, here.found.path, None, None, "folder", None)
        told = Outcome("error", "", code, reason, "Check the path and its permissions.")
        self.ledger.finish([Finished(number, 1, None, [Placed(told)])])


def kind_of(path: bytes) -> str:
    """All that reading takes from a file's name: the two suffixes that tell formats, or that it is passed over.

    Two files of the same content and kind give the same outcomes, names aside.
    """
    name = readable(os.fsdecode(path))
    return "ignored" if ignored(name) else ".".join(suffixes(name))


def _task(number: int, one: Input, where: bytes, now: Identity | None) -> Task:
    name = readable(os.fsdecode(os.path.basename(where) if one.named else where.removeprefix(one.path(b""))))
    return Task(number, where, None if one.named else one.top, name, now and str(now), now.size if now else 0)


def _remembered(now: Identity | None) -> str | None:
    """What the ledger keeps of an identity: nothing while a further write might not show in it."""
    return str(now) if now is not None and now.settled else None


def beside(seen: Iterator[Seen], known: Iterator[Known]) -> Iterator[tuple[Seen | None, Known | None]]:
    """Each thing seen with what is known of it, and what is known of things that were not seen; both in the order of inputs and paths."""
    here, there = next(seen, None), next(known, None)
    while here is not None or there is not None:
        left = None if here is None else (here.input.number, here.found.path)
        right = None if there is None else (there.root, there.path)
        if right is None or (left is not None and left < right):
            yield here, None
            here = next(seen, None)
        elif left is None or right < left:
            yield None, there
            there = next(known, None)
        else:
            yield here, there
            here, there = next(seen, None), next(known, None)
