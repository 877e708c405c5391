"""What a run needs that may not be installed, found out before anything is read."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from newsextract.config import Settings
from newsextract.errors import BackendError


def require(settings: Settings) -> None:
    """Makes sure that all is there that ``settings`` ask for.

    Raises:
        BackendError: Something is not; the message tells how to get it.
    """
    if "parquet" in settings.format and find_spec("pyarrow") is None:
        raise BackendError("--format parquet needs pyarrow, which is not installed: pip install 'newsextract[parquet]'")
    if settings.ocr == "tesseract" and shutil.which("tesseract") is None:
        raise BackendError("--ocr tesseract needs the program tesseract with its data for Arabic, as of the packages tesseract-ocr and tesseract-ocr-ara")
