"""One document in both engines; what either refuses, the other may still give."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Final

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from newsextract.errors import ReadError
from newsextract.readers.pdf.glyph import Page
from newsextract.readers.pdf.limits import MUCH_CONTENT, TooDeep, TooMuch, content_size
from newsextract.readers.pdf.miner import Miner
from newsextract.readers.pdf.pdfium import Pdfium, Refused
from newsextract.readers.port import Blob, Limits

_ALIAS: Final = re.compile(rb"(\d{1,9}) \d{1,5} obj\s*(\d{1,9}) \d{1,5} R\b")
_CATALOG: Final = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s*<<[^<>]{0,400}/Type\s*/Catalog")
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class Sources:
    """The pages of one document, by pdfminer and by pdfium."""

    def __init__(self, blob: Blob, limits: Limits) -> None:
        if _refers_in_circles(blob.data):
            raise ReadError(blob.name, "CORRUPT", "has objects that refer to themselves", "Check that it was saved whole.")
        self._blob = blob = _with_trailer(blob)
        self._miner = Miner()
        self._pages = _mined(blob, limits)
        self._pdfium: Pdfium | None = None
        self._refused = False
        if b"/Encrypt" in blob.data:
            self._engine()

    def __len__(self) -> int:
        return len(self._pages) or len(self._engine() or ())

    def close(self) -> None:
        """Frees what pdfium holds."""
        if self._pdfium is not None:
            self._pdfium.close()

    def mined(self, index: int, *, actual_text: bool = True) -> Page | None:
        """Page ``index`` by pdfminer; None if it cannot read it.

        Args:
            index: From 0.
            actual_text: See ``Miner.read``.

        Raises:
            ReadError: ``LIMIT`` or ``NESTING_LIMIT``.
        """
        if not self._pages:
            return None
        with _limits(self._blob):
            try:
                page = self._pages[index]
                return self._miner.read(page, actual_text=actual_text) if content_size(page) <= MUCH_CONTENT else None
            except (TooMuch, MemoryError):
                raise
            except Exception:  # a damaged page raises anything; the other engine may read it
                return None

    def second(self, index: int, *, digits: bool = False) -> Page | None:
        """Page ``index`` by pdfium; None if it cannot read it or numbers its pages otherwise.

        Raises:
            ReadError: ``LIMIT``.
        """
        engine = self._engine()
        if engine is None or (self._pages and len(engine) != len(self._pages)):
            return None
        with _limits(self._blob):
            try:
                return engine.read(index, digits=digits)
            except Refused:
                return None

    def picture(self, index: int, dpi: int) -> bytes | None:
        """Page ``index`` as a picture."""
        engine = self._engine()
        try:
            return None if engine is None else engine.picture(index, dpi)
        except Refused:
            return None

    def _engine(self) -> Pdfium | None:
        if self._pdfium is None and not self._refused:
            try:
                self._pdfium = Pdfium(self._blob.data)
            except Refused as refused:
                self._refused = True
                if refused.password:
                    raise _encrypted(self._blob) from refused
        return self._pdfium


def _refers_in_circles(data: bytes) -> bool:
    """Whether an object is nothing but a reference that leads back to it: resolving it would never end."""
    targets = {int(number): int(target) for number, target in _ALIAS.findall(data)}
    ended: set[int] = set()
    for start in targets:
        path: set[int] = set()
        at = start
        while at in targets and at not in ended and at not in path:
            path.add(at)
            at = targets[at]
        if at in path:
            return True
        ended |= path
    return False


def _with_trailer(blob: Blob) -> Blob:
    """``blob`` with a trailer at its end if it was lost there, so that both engines find the catalogue and rebuild the rest."""
    if b"trailer" in blob.data or b"startxref" in blob.data:
        return blob
    catalogs = _CATALOG.findall(blob.data)
    if not catalogs:
        return blob
    number, generation = catalogs[-1]
    return replace(blob, data=blob.data + b"\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % (number, generation))


def _mined(blob: Blob, limits: Limits) -> list[PDFPage]:
    """The pages by pdfminer, not yet read; none if it cannot open the document.

    Raises:
        ReadError: ``ENCRYPTED``, ``LIMIT`` or ``NESTING_LIMIT``.
    """
    with _limits(blob):
        try:
            document = PDFDocument(PDFParser(io.BytesIO(blob.data)))
        except PDFPasswordIncorrect as error:
            raise _encrypted(blob) from error
        except MemoryError:
            raise
        except Exception:  # a damaged file raises anything; the other engine may repair it
            return []
        try:
            pages = list(islice(PDFPage.create_pages(document), limits.pages + 1))
        except RecursionError as error:
            raise TooDeep("pages within themselves") from error
        except MemoryError:
            raise
        except Exception:
            return []
    if len(pages) > limits.pages:
        raise ReadError(blob.name, "LIMIT", f"has more than {limits.pages} pages", "Split it.")
    return pages


def _encrypted(blob: Blob) -> ReadError:
    return ReadError(blob.name, "ENCRYPTED", "opens only with a password", "Save it without one.")


@contextmanager
def _limits(blob: Blob) -> Iterator[None]:
    """Turns what exceeds a limit into the error of the file."""
    try:
        yield
    except TooDeep as error:
        raise ReadError(blob.name, "NESTING_LIMIT", f"has {error}", "Print it anew.") from error
    except TooMuch as error:
        raise ReadError(blob.name, "LIMIT", f"has {error}", "Split it, or print it anew.") from error
    except MemoryError as error:
        raise ReadError(blob.name, "LIMIT", "needs more memory than is allowed", "Split it.") from error
