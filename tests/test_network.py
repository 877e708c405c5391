"""The guard itself: what the other tests rely on when they say that nothing needs the network."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

ATTEMPT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


def test_a_connection_is_refused() -> None:
    with socket.socket() as plain, pytest.raises(OSError, match="refused in tests"):
        plain.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(OSError, match="refused in tests"):
        socket.getaddrinfo("example.invalid", 80)


def test_a_started_process_is_refused_too() -> None:
    done = subprocess.run([sys.executable, "-c", ATTEMPT], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "refused in tests" in done.stderr
