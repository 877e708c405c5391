"""Nothing needs the network: with every socket refused, also local ones, loading, extracting and a run work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

SCRIPT = """
import socket, sys

def refuse(*_, **__):
    raise OSError("a socket was made")

socket.socket = socket.create_connection = socket.getaddrinfo = refuse
sys.addaudithook(lambda event, arguments: refuse() if event.startswith("socket.") else None)
try:
    import _socket
    _socket.socket()
except OSError:
    pass
else:
    sys.exit("the guard of this test does not work")

import newsextract

extractor = newsextract.load()
record = extractor.extract("نفذ المركز 49 نشاطا بمشاركة أكثر من 3000 خبير في الدوحة")
assert [c.value for c in record.counts] == [49, 3000], record.counts
assert extractor.mentions("في 15 أكتوبر 2025")
outcome = newsextract.extract_folder(sys.argv[1], sys.argv[2])
print(outcome.records, outcome.failures)
"""


def test_load_extract_and_run_make_no_socket(tmp_path: Path) -> None:
    press = ROOT / "corpora" / "press"
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(press), str(tmp_path / "out")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    releases = len(list(press.glob("*.txt")))
    assert done.stdout.split()[-2:] == [str(releases), "0"]
    lines = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert len([json.loads(line) for line in lines]) == releases


def test_the_command_line_needs_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsextract.cli", "run", str(ROOT / "corpora" / "press"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
