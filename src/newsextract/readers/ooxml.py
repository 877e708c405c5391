"""Office Open XML packages: parts, relationships and XML events, without DTD, entities, recursion, or trust in any declared size."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote
from xml.parsers import expat
from zipfile import ZipInfo

from newsextract.errors import ReadError
from newsextract.readers.bounded import Meter
from newsextract.readers.port import Blob, Limits
from newsextract.readers.zipped import content, corrupt, directory, member_name, overlapping

START: Final = 0
END: Final = 1
TEXT: Final = 2

Attributes: TypeAlias = dict[str, str]


class Event(NamedTuple):
    """A tag or a piece of text: ``(START, "w:p", attributes, "")``, ``(TEXT, "", {}, "…")``, ``(END, "w:p", {}, "")``."""

    kind: int
    name: str
    attributes: Attributes
    text: str


class Relation(NamedTuple):
    """How one part refers to another: the last word of the relationship's type, and the path of the target."""

    kind: str
    target: str


_LONGEST_TAG: Final = 1 << 22
"""Most bytes of one tag: expat scans an unfinished one anew with every piece of input."""
_MOST_ELEMENTS: Final = 3_000_000
"""Elements of one part: ten times what a book has, and some ten seconds' work."""
_ENCODING: Final = re.compile(r"utf-?8|utf-?16(?:le|be)?|(?:us-)?ascii|iso-8859-\d{1,2}|windows-125\d", re.I)
_OFFICE: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_PREFIXES: Final = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OFFICE + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _OFFICE + "markup-compatibility/2006": "mc",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "package/2006/content-types": "ct",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.microsoft.com/office/2006/coverPageProps": "cover",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


def events(chunks: Iterable[bytes], name: str, limits: Limits) -> Iterator[Event]:
    """The tags and texts of an XML document, names under the prefixes of this module; unknown namespaces keep their address.

    Raises:
        ReadError: ``XML_ENTITY`` for any document type declaration, ``NESTING_LIMIT``, ``LIMIT`` for a tag of megabytes or millions of tags,
            ``CORRUPT`` for what is not well-formed.
    """
    pending: list[Event] = []
    parser = _parser(pending, name, limits)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise ReadError(name, "LIMIT", "holds an XML tag of megabytes", "Check that it opens elsewhere.")
            yield from pending
            pending.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # the last two: an encoding that Python does not know or cannot use
        raise corrupt(name, f"holds XML that is not well-formed ({error})") from error
    yield from pending


def declares_type(head: bytes) -> bool:
    """Whether the XML document that begins with ``head`` declares a document type."""
    try:
        next(events([head], "", Limits()), None)
    except ReadError as error:
        return error.code == "XML_ENTITY"
    return False


def _parser(pending: list[Event], name: str, limits: Limits) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = seen = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal depth, seen
        depth += 1
        seen += 1
        if seen > _MOST_ELEMENTS:
            raise ReadError(name, "LIMIT", f"holds XML of more than {_MOST_ELEMENTS} elements", "Split it.")
        if depth > limits.xml_depth:
            raise ReadError(name, "NESTING_LIMIT", f"holds XML of more than {limits.xml_depth} elements within elements", "Simplify it, or raise the limit.")
        pending.append(Event(START, _short(tag), {_short(k): v for k, v in attributes.items()}, ""))

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        pending.append(Event(END, _short(tag), {}, ""))

    def refuse(*_: object) -> None:
        raise ReadError(name, "XML_ENTITY", "declares an XML document type, which could define entities", "Save it anew with an office program.")

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and not _ENCODING.fullmatch(encoding):
            raise corrupt(name, f"holds XML in an encoding that is none of XML's ({encoding[:40]})")

    parser.XmlDeclHandler = declared
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: pending.append(Event(TEXT, "", {}, text))
    parser.StartDoctypeDeclHandler = refuse
    return parser


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{_PREFIXES.get(namespace, namespace)}:{local}" if namespace else local


class Package:
    """An Office Open XML package in memory.

    Args:
        blob: The file.
        limits: What it may cost; the ratio of inflation counts for all parts together as well.

    Raises:
        ReadError: ``ENCRYPTED`` and ``TYPE_MISMATCH`` for the binary containers of office programs, ``CORRUPT``, ``XML_ENTITY``,
            ``ZIP_BOMB``.
    """

    def __init__(self, blob: Blob, limits: Limits) -> None:
        self.name = blob.name
        self.limits = limits
        self._data = blob.data
        self._whole = Meter(blob.name, len(blob.data), limits, whole=True)
        _refuse_binary(blob)
        self._parts = self._directory()
        self._refuse_document_types()
        self._types = self._content_types()

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._parts

    def paths(self) -> Iterator[str]:
        """The paths of all parts, in lower case."""
        return iter(self._parts)

    def part(self, path: str) -> Iterator[bytes]:
        """A part's bytes in chunks.

        Raises:
            ReadError: ``CORRUPT`` if it is missing or damaged; what :func:`newsextract.readers.zipped.content` raises.
        """
        info = self._parts.get(path.lower())
        if info is None:
            raise corrupt(self.name, f"lacks its part {path}")
        return content(self._data, info, self.name, Meter(self.name, info.compress_size, self.limits), self._whole)

    def events(self, path: str) -> Iterator[Event]:
        """The XML events of a part; errors as for :func:`events` and :meth:`part`."""
        return events(self.part(path), self.name, self.limits)

    def sound(self, path: str) -> Iterator[Event]:
        """The XML events of a part that only helps to read others: none if it is missing, and none behind the place where it is damaged."""
        try:
            if path in self:
                yield from self.events(path)
        except ReadError as error:
            if error.code != "CORRUPT":
                raise

    def tags(self, path: str) -> Iterator[Event]:
        """The start tags among :meth:`sound`."""
        return (event for event in self.sound(path) if event.kind == START)

    def relations(self, path: str = "") -> dict[str, Relation]:
        """The relationships of a part (of the package, without ``path``) by their identifiers; those that leave the package are left out."""
        folder, last = posixpath.split(path)
        source = posixpath.join(folder, "_rels", last + ".rels")
        links = (tag.attributes for tag in self.tags(source) if tag.name == "rel:Relationship")
        return {
            a["Id"]: Relation(a["Type"].rpartition("/")[2], _resolved(folder, a["Target"]))
            for a in links
            if a.get("TargetMode") != "External" and {"Id", "Type", "Target"} <= a.keys()
        }

    def content_type(self, path: str) -> str:
        """The media type that the package declares for a part; empty if none."""
        return self._types.get("/" + path.lower()) or self._types.get(path.rpartition(".")[2].lower(), "")

    def _directory(self) -> dict[str, ZipInfo]:
        infos = [i for i in directory(self._data, self.name, self.limits) if not i.orig_filename.endswith("/")]
        if overlapping(infos):
            raise ReadError(self.name, "ZIP_BOMB", "holds parts that share their bytes", "Leave it out; nothing fair is packed so.")
        parts = {member_name(i).replace("\\", "/").lstrip("/").lower(): i for i in infos}
        if len(parts) < len(infos):
            raise corrupt(self.name, "holds two parts under one name")
        return parts

    def _refuse_document_types(self) -> None:
        """Looks at the beginning of every XML part, read later or not.

        Raises:
            ReadError: ``XML_ENTITY``.
        """
        for path, info in self._parts.items():
            if path.endswith((".xml", ".rels")):
                try:
                    head = next(content(self._data, info, self.name), b"")
                except ReadError:
                    continue  # damaged; it matters only if it is needed
                if declares_type(head):
                    raise ReadError(self.name, "XML_ENTITY", f"declares an XML document type in {path}", "Save it anew with an office program.")

    def _content_types(self) -> Attributes:
        """Media types by ``/path`` and by suffix, both in lower case."""
        tags = (e for e in self.events("[Content_Types].xml") if e.kind == START)
        return {(a.get("PartName") or a.get("Extension") or "").lower(): a.get("ContentType", "") for _, _, a, _ in tags}


def _resolved(folder: str, target: str) -> str:
    """The path of a part that another in ``folder`` refers to."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _refuse_binary(blob: Blob) -> None:
    if not blob.data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return
    if "EncryptedPackage".encode("utf-16-le") in blob.data:
        raise ReadError(blob.name, "ENCRYPTED", "is encrypted", "Open it with its password and save it without.")
    raise ReadError(blob.name, "TYPE_MISMATCH", "is a file of an older office program", "Save it as .docx.")
