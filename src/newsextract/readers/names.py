"""Names of files and members: data, never paths to follow."""

from __future__ import annotations

import os
from typing import Final

_SYSTEM_NAMES: Final = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", ".localized"})
_SYSTEM_FOLDERS: Final = frozenset({"__macosx", ".git", ".svn", ".trashes", ".spotlight-v100", ".fseventsd", "$recycle.bin", "system volume information"})
_SYSTEM_PREFIXES: Final = ("._", "~$", ".~lock.")


def readable(name: str | bytes) -> str:
    r"""``name`` as one readable line that no other name gives: undecodable bytes and controls as ``\xff``, a backslash doubled.

    Args:
        name: As the file system or an archive gives it; a string may carry bytes as lone surrogates, as :func:`os.fsdecode` leaves them.
    """
    if isinstance(name, str) and name.isprintable() and "\\" not in name:
        return name
    raw = name if isinstance(name, bytes) else name.encode("utf-8", "surrogateescape" if _carries_bytes(name) else "surrogatepass")
    return "".join(_shown(c) for c in raw.decode("utf-8", "surrogateescape"))


def ignored(name: str) -> bool:
    """Whether a system or a program keeps ``name`` for itself (``__MACOSX/…``, ``.DS_Store``, ``~$letter.docx``)."""
    *folders, last = name.lower().replace("!/", "/").split("/")
    return last in _SYSTEM_NAMES or last.startswith(_SYSTEM_PREFIXES) or any(f in _SYSTEM_FOLDERS for f in folders)


def suffixes(name: str) -> tuple[str, str]:
    """The last two suffixes of ``name`` in lower case without dots: ``("tar", "gz")``, ``("", "txt")``, ``("", "")``."""
    parts = name.rstrip(" .").rsplit("/", 1)[-1].lower().rsplit(".", 2)
    return (parts[1] if len(parts) == 3 else "", parts[-1]) if len(parts) > 1 else ("", "")


def relative(path: str | os.PathLike[str], root: str | os.PathLike[str] | None) -> str:
    """``path`` as told from ``root``, with slashes; the bare file name without a root or outside it."""
    text = os.fspath(path)
    if root is not None:
        base = os.path.join(root, "")
        if text.startswith(base) and os.pardir not in text:
            return text[len(base) :].replace(os.sep, "/")
        inside = os.path.relpath(os.path.abspath(text), os.path.abspath(root))
        if inside != os.curdir and inside.split(os.sep, 1)[0] != os.pardir:
            return inside.replace(os.sep, "/")
    return os.path.basename(text) or text


def _carries_bytes(name: str) -> bool:
    lone = [c for c in name if "\ud800" <= c <= "\udfff"]
    return bool(lone) and all("\udc80" <= c <= "\udcff" for c in lone)


def _shown(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if character < " " or "\x7f" <= character <= "\x9f":
        return f"\\u{ord(character):04x}"
    return f"\\u{ord(character):04x}" if character in "\u2028\u2029" else character
