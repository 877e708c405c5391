"""The ledger: what a run knows of every file, in SQLite, so that nothing need be kept in memory and nothing is done twice.

A *file* has *outcomes*: one for a document, one for each member of a container. Where a record lies is told as a *segment* (a file of lines) with
offset and length. Segments begin below ``spool/`` and become ``records/part-NNNNN.jsonl`` when the run is published. Rows are committed
only after the bytes that they tell of are on the disk. The view ``documents`` shows all of it with names for people; see ``docs/batch.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from newsextract.batch.database import Database
from newsextract.batch.outcome import Outcome
from newsextract.readers.names import readable

NAME: Final = "ledger.sqlite"
FORMAT: Final = "newsextract/ledger/1"
SETTLED: Final = frozenset({"done", "failed", "skipped"})
"""What a file's status is when its outcomes stand; else it is ``pending`` or to ``retry``, or ``leaving`` or ``vanished``."""
_PAGE: Final = 1000
"""Rows read at a time where rows are changed meanwhile."""
_SCHEMA: Final = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE segment (id INTEGER PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  root INTEGER NOT NULL,
  path BLOB NOT NULL,
  name TEXT NOT NULL,
  size INTEGER,
  sha256 TEXT,
  kind TEXT NOT NULL,
  identity TEXT,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (root, path)
);
CREATE INDEX file_content ON file (sha256, kind);
CREATE INDEX file_status ON file (status);
CREATE TABLE outcome (
  file INTEGER NOT NULL REFERENCES file (id),
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  member TEXT NOT NULL,
  code TEXT,
  reason TEXT,
  remedy TEXT,
  segment INTEGER REFERENCES segment (id),
  offset INTEGER,
  length INTEGER,
  text_sha256 TEXT,
  warnings TEXT NOT NULL DEFAULT '',
  borrowed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (file, number)
) WITHOUT ROWID;
CREATE INDEX outcome_text ON outcome (text_sha256) WHERE text_sha256 IS NOT NULL;
CREATE VIEW documents AS
  SELECT file.name || outcome.member AS name, file.path, file.root, file.sha256, file.size, configuration.value AS configuration, file.status,
    file.attempts, outcome.number, outcome.member, outcome.outcome, outcome.code, outcome.reason, outcome.remedy, outcome.warnings,
    segment.path AS part, outcome.offset, outcome.length, outcome.text_sha256, outcome.borrowed
  FROM file LEFT JOIN outcome ON outcome.file = file.id LEFT JOIN segment ON segment.id = outcome.segment
    LEFT JOIN about AS configuration ON configuration.name = 'configuration'
  ORDER BY file.root, file.path, outcome.number;
CREATE VIEW duplicates AS
  SELECT other.name AS name, first.name AS same_as, other.sha256 AS sha256
  FROM file AS other JOIN file AS first ON first.id = (
    SELECT id FROM file WHERE sha256 = other.sha256 AND kind = other.kind AND status IN ('done', 'failed', 'skipped') ORDER BY root, path LIMIT 1
  )
  WHERE first.id <> other.id AND other.status IN ('done', 'failed', 'skipped')
  ORDER BY other.root, other.path;
INSERT INTO about VALUES ('format', 'newsextract/ledger/1');
"""


class Known(NamedTuple):
    """A file as the ledger has it."""

    id: int
    root: int
    path: bytes
    size: int | None
    sha256: str | None
    kind: str
    identity: str | None
    status: str


class Placed(NamedTuple):
    """An outcome with offset and length of its record, if it is one."""

    outcome: Outcome
    offset: int | None = None
    length: int | None = None


class Finished(NamedTuple):
    """A file that is through.

    Attributes:
        file: Its id.
        attempts: How often it was tried.
        segment: Where its records lie.
        outcomes: In order.
    """

    file: int
    attempts: int
    segment: int | None
    outcomes: Sequence[Placed]


class Line(NamedTuple):
    """A record of the output: whose it is and where it lies now."""

    file: int
    number: int
    path: bytes
    member: str
    segment: int
    offset: int
    length: int
    borrowed: bool


class Ledger(Database):
    """The ledger of one run directory. Only the parent process opens it.

    Args:
        path: The database; made if it is missing.
        readonly: Whether to open it for looking only, as ``newsextract status`` does.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        super().__init__(path, _SCHEMA, readonly=readonly)
        self._current = self.about("published") is not None

    @property
    def current(self) -> bool:
        """Whether the published output is still what this ledger tells."""
        return self._current

    def set_current(self, shard_size: int) -> None:
        """Notes that all was published, in parts of ``shard_size`` records."""
        self.remember("published", str(shard_size))
        self._current = True

    # --- the run

    def about(self, name: str) -> str | None:
        """A remembered value: ``configuration``, ``roots``, ``published`` and the like."""
        value: str | None = self.one("SELECT value FROM about WHERE name = ?", name)
        return value

    def remember(self, name: str, value: str) -> None:
        """Sets a remembered value."""
        self.do("INSERT OR REPLACE INTO about VALUES (?, ?)", name, value)

    def counts(self) -> dict[str, int]:
        """How many files there are, their outcomes by kind, and what became of the rest."""
        outcomes = dict(self.rows("SELECT outcome, count(*) FROM outcome GROUP BY outcome"))
        statuses = dict(self.rows("SELECT status, count(*) FROM file GROUP BY status"))
        return {
            "files": sum(n for s, n in statuses.items() if s != "vanished"),
            "records": outcomes.get("record", 0),
            "failures": outcomes.get("error", 0),
            "skipped": outcomes.get("skip", 0),
            "duplicates": self.one("SELECT count(*) FROM duplicates") if outcomes else 0,
            "vanished": statuses.get("vanished", 0),
        }

    def codes(self, outcome: str) -> dict[str, int]:
        """How many outcomes of a kind (``error``, ``skip``) have each code."""
        return dict(self.rows("SELECT code, count(*) FROM outcome WHERE outcome = ? GROUP BY code ORDER BY code", outcome))

    def warnings(self) -> dict[str, int]:
        """How many records carry each warning."""
        found: dict[str, int] = {}
        for told, number in self.rows("SELECT warnings, count(*) FROM outcome WHERE warnings <> '' GROUP BY warnings ORDER BY warnings"):
            for code in told.split():
                found[code] = found.get(code, 0) + number
        return dict(sorted(found.items()))

    # --- files

    def known(self) -> Iterator[Known]:
        """Every file that has not vanished, by root and path. The ledger may be changed meanwhile."""
        place: tuple[int, bytes] = (-1, b"")
        columns = "id, root, path, size, sha256, kind, identity, status"
        query = f"SELECT {columns} FROM file WHERE (root, path) > (?, ?) ORDER BY root, path LIMIT {_PAGE}"
        while page := self.rows(query, *place):
            for row in page:
                if row[7] != "vanished":
                    yield Known(*row)
            place = (page[-1][1], page[-1][2])

    def begin(self, root: int, path: bytes, size: int | None, sha256: str | None, kind: str, identity: str | None) -> int:
        """Notes that a file is to be read; the id under which its outcomes are told. What was known of it is forgotten."""
        self._stale()
        row = (root, path, readable(os.fsdecode(path)), size, sha256, kind, identity)
        new = self.do("INSERT OR IGNORE INTO file (root, path, name, size, sha256, kind, identity, status) VALUES (?,?,?,?,?,?,?,'pending')", *row)
        if new:
            return new
        known = int(self.one("SELECT id FROM file WHERE root = ? AND path = ?", root, path))
        self.do("DELETE FROM outcome WHERE file = ?", known)
        self.do("UPDATE file SET size=?, sha256=?, kind=?, identity=?, status='pending' WHERE id=?", size, sha256, kind, identity, known)
        return known

    def same_content(self, sha256: str, kind: str) -> bool:
        """Whether outcomes of this content are known or on their way."""
        query = "SELECT 1 FROM file WHERE sha256 = ? AND kind = ? AND status IN ('pending', 'done', 'failed', 'skipped', 'leaving') LIMIT 1"
        return self.one(query, sha256, kind) is not None

    def renew(self, file: int, identity: str | None) -> None:
        """Notes the new identity of a file whose content has not changed."""
        self.do("UPDATE file SET identity = ? WHERE id = ?", identity, file)

    def leave(self, file: int) -> None:
        """Marks a file that is no longer there. Until :meth:`drop_left` its outcomes may still serve another with the same content."""
        self._stale()
        self.do("UPDATE file SET status = 'leaving', identity = NULL WHERE id = ?", file)

    def drop_left(self) -> None:
        """Drops the outcomes of files that are no longer there; their rows stay, marked as vanished."""
        self.do("DELETE FROM outcome WHERE file IN (SELECT id FROM file WHERE status = 'leaving')")
        self.do("UPDATE file SET status = 'vanished' WHERE status = 'leaving'")

    def finish(self, files: Iterable[Finished]) -> None:
        """Notes what became of files."""
        outcomes, statuses = [], []
        for file, attempts, segment, placed in files:
            kinds = set()
            for number, (outcome, offset, length) in enumerate(placed):
                kinds.add(outcome.kind)
                told = (outcome.kind, outcome.member, outcome.code, outcome.reason, outcome.remedy)
                where = None if offset is None else segment
                outcomes.append((file, number, *told, where, offset, length, outcome.text_sha256, outcome.warnings))
            statuses.append(("failed" if "error" in kinds else "done" if "record" in kinds else "skipped", attempts, file))
        self.do_many("INSERT INTO outcome VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0)", outcomes)
        self.do_many("UPDATE file SET status = ?, attempts = attempts + ? WHERE id = ?", statuses)

    def share(self) -> int:
        """Gives every pending file the outcomes of one with the same content, where there is one; how many are still pending."""
        self.do(
            """CREATE TEMP TABLE loan AS SELECT other.id AS borrower, first.id AS lender FROM file AS other
            JOIN file AS first ON first.id = (SELECT id FROM file WHERE sha256 = other.sha256 AND kind = other.kind
              AND status IN ('done', 'failed', 'skipped', 'leaving') ORDER BY root, path LIMIT 1) WHERE other.status = 'pending'"""
        )
        self.do(
            """INSERT INTO outcome SELECT borrower, number, outcome, member, code, reason, remedy, segment, offset, length, text_sha256, warnings, 1
            FROM loan JOIN outcome ON outcome.file = lender"""
        )
        self.do(
            """UPDATE file SET status = (
              SELECT CASE WHEN max(outcome = 'error') THEN 'failed' WHEN max(outcome = 'record') THEN 'done' ELSE 'skipped' END FROM outcome WHERE file = id)
            WHERE id IN (SELECT borrower FROM loan)"""
        )
        self.do("DROP TABLE loan")
        return int(self.one("SELECT count(*) FROM file WHERE status = 'pending'"))

    def pending(self) -> list[tuple[int, int, bytes]]:
        """Id, root and path of every file that is still to be read."""
        return self.rows("SELECT id, root, path FROM file WHERE status = 'pending' ORDER BY root, path")

    def forget_pending(self) -> None:
        """Forgets files that were to be read when the last run ended."""
        self.do("DELETE FROM file WHERE status = 'pending'")

    def forget_failed(self) -> None:
        """Forgets what became of files with a failure, so that they are read again; attempts stay counted."""
        self._stale()
        self.do("DELETE FROM outcome WHERE file IN (SELECT id FROM file WHERE status = 'failed')")
        self.do("UPDATE file SET status = 'retry', identity = NULL WHERE status = 'failed'")

    # --- segments

    def segments(self) -> list[tuple[int, str, int]]:
        """Every segment: id, path below the run directory, and how many bytes of it stand."""
        return self.rows("SELECT id, path, size FROM segment ORDER BY id")

    def add_segment(self, path: str, size: int = 0) -> int:
        """A new segment's id."""
        return self.do("INSERT INTO segment (path, size) VALUES (?, ?)", path, size)

    def set_segment(self, segment: int, path: str, size: int) -> None:
        """Notes where a segment lies and how long it is."""
        self.do("UPDATE segment SET path = ?, size = ? WHERE id = ?", path, size, segment)

    def forget_segment(self, segment: int) -> None:
        """Forgets a segment that is lost, and whatever lay in it: those files are read again."""
        self._stale()
        self.do("UPDATE file SET status = 'retry', identity = NULL WHERE id IN (SELECT file FROM outcome WHERE segment = ?)", segment)
        self.do("DELETE FROM outcome WHERE file IN (SELECT file FROM outcome WHERE segment = ?)", segment)
        self.do("DELETE FROM segment WHERE id = ?", segment)

    def drop_unused_segments(self) -> list[str]:
        """Forgets segments in which nothing lies any more; their paths."""
        unused = "id NOT IN (SELECT segment FROM outcome WHERE segment IS NOT NULL)"
        paths = [path for (path,) in self.rows(f"SELECT path FROM segment WHERE {unused}")]
        self.do(f"DELETE FROM segment WHERE {unused}")
        return paths

    # --- output

    def lines(self) -> Iterator[Line]:
        """Every record in the order of the output. Nothing may be changed meanwhile, but for :meth:`move`."""
        query = """SELECT file.id, outcome.number, file.path, outcome.member, segment, offset, length, borrowed
            FROM file JOIN outcome ON outcome.file = file.id WHERE outcome.outcome = 'record' ORDER BY root, path, number"""
        for row in self.stream(query):
            yield Line(*row)

    def told(self, outcome: str) -> Iterator[tuple[str, str, str, str | None]]:
        """Name, code, reason and remedy of every outcome of a kind (``error``, ``skip``) in the order of the output."""
        query = """SELECT file.name || outcome.member, code, reason, remedy
            FROM file JOIN outcome ON outcome.file = file.id WHERE outcome.outcome = ? ORDER BY root, path, number"""
        yield from self.stream(query, outcome)

    def begin_moves(self) -> None:
        """Begins to collect new places of records."""
        self.do("DROP TABLE IF EXISTS move")
        columns = "file INTEGER, number INTEGER, segment INTEGER, offset INTEGER, length INTEGER"
        self.do(f"CREATE TEMP TABLE move ({columns}, PRIMARY KEY (file, number)) WITHOUT ROWID")

    def move(self, rows: Iterable[tuple[int, int, int, int, int]]) -> None:
        """Collects new places: file, number, segment, offset, length."""
        self.do_many("INSERT INTO move VALUES (?,?,?,?,?)", rows)

    def end_moves(self) -> None:
        """Puts the collected places into effect."""
        self.do(
            """UPDATE outcome SET segment = move.segment, offset = move.offset, length = move.length, borrowed = 0
            FROM move WHERE outcome.file = move.file AND outcome.number = move.number"""
        )
        self.do("DROP TABLE move")

    def texts(self, low: str, high: str) -> set[str]:
        """The hashes from ``low`` up to ``high`` of texts that records were made from."""
        query = "SELECT DISTINCT text_sha256 FROM outcome WHERE text_sha256 >= ? AND text_sha256 < ?"
        return {value for (value,) in self.rows(query, low, high)}

    def _stale(self) -> None:
        """Notes that the published output is no longer what this ledger tells."""
        if self._current:
            self.do("DELETE FROM about WHERE name IN ('published', 'sinks')")
            self._current = False
