#!/usr/bin/env bash
# Tests the port to camel-tools' recogniser with a real one, in an environment of its own: torch stays out of the main one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

venv="${CAMEL_NER_VENV:-$(mktemp -d)/venv}"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.13.0 transformers "camel-tools>=1.6" pytest hypothesis \
  "charset-normalizer>=3.4" "hijridate>=2.5" "numpy>=1.26" "pydantic>=2.10" "rich>=13.9" "typer>=0.15"
PYTHONPATH=src "$venv/bin/python" -m pytest tests/tagger/test_camel_ner.py -m camel_ner -q "$@"
