"""Where a command speaks: data to stdout, talk to stderr."""

from __future__ import annotations

import json
import sys
from typing import Any


def write(line: str) -> None:
    """Writes a line of data in UTF-8, whatever the terminal is set to."""
    sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


def write_json(value: Any) -> None:
    """Writes ``value`` as one line of JSON."""
    write(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """Says something to the user."""
    print(f"newsextract: {message}", file=sys.stderr)
