"""Text from pictures of pages, by the system's tesseract."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from newsextract.errors import ReadError

DPI: Final = 200
_LANGUAGES: Final = "ara+eng"
_REMEDY: Final = "Install the Debian packages tesseract-ocr and tesseract-ocr-ara."


def recognise(picture: bytes | None, name: str, *, seconds: float) -> str:
    """The text that tesseract sees in a picture (PNG or PGM), Arabic and English, a line of text on each line.

    Its numbers are often wrong: a document that holds recognised text carries the warning ``OCR``. No temporary file is written.

    Args:
        picture: The picture; None if it could not be made.
        name: The document, for messages.
        seconds: How long tesseract may take.

    Raises:
        ReadError: ``MISSING_EXTRA`` if tesseract or its Arabic data is not installed, ``NEEDS_OCR`` if it fails, ``LIMIT`` if it takes too long.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(name, "MISSING_EXTRA", "needs tesseract, which is not installed", _REMEDY)
    if picture is None:
        raise ReadError(name, "NEEDS_OCR", "has a page that could not be drawn", "Print it anew.")
    command = [program, "stdin", "stdout", "-l", _LANGUAGES, "--psm", "3"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    except subprocess.TimeoutExpired as error:
        raise ReadError(name, "LIMIT", f"has a page that tesseract did not finish in {seconds:g} s", "Scan it with fewer points an inch.") from error
    if b"Error opening data file" in done.stderr:
        raise ReadError(name, "MISSING_EXTRA", "needs tesseract's data for Arabic", _REMEDY)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ReadError(name, "NEEDS_OCR", f"could not be recognised by tesseract ({reason[-1] if reason else done.returncode})", "Scan it anew.")
    return _cleaned(done.stdout.decode("utf-8", "replace"))


def _cleaned(text: str) -> str:
    """Without the form feed at the page's end and the marks of direction that tesseract puts around numbers."""
    return text.translate(dict.fromkeys(map(ord, "\f\u200e\u200f\u202a\u202b\u202c"))).strip()
