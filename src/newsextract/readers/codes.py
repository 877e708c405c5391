"""The closed lists of codes: what can be wrong with a file, why one is passed over, what a reader of a record is warned of."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "NOT_FOUND": "there is no such file",
    "PERMISSION": "the file may not be read",
    "UNREADABLE": "the disk or the file system failed",
    "SYMLINK": "the link leads nowhere or in a circle",
    "TOO_LARGE": "the file is larger than the limit",
    "BINARY": "bytes that are no text stand under a name that promises text",
    "TYPE_MISMATCH": "the content is of another kind than the name says",
    "MISSING_EXTRA": "the extra that reads this format is not installed",
    "UNDECIDED_ENCODING": "no encoding gives convincing text",
    "BAD_ENCODING": "the encoding that the user named does not fit",
    "SEVERAL_DOCUMENTS": "one document was asked for and the file holds several",
    "NO_TEXT": "the format is sound, but nothing in it can be read as text",
    "NEEDS_OCR": "the pages are pictures",
    "SUSPECT_TEXT": "the letters found do not form words of any language",
    "CORRUPT": "the file is damaged",
    "ENCRYPTED": "a password is needed",
    "UNKNOWN_COMPRESSION": "the member of an archive is packed in a way that is not read",
    "UNSAFE_NAME": "the name of an archive's member leads out of the archive",
    "XML_ENTITY": "the file declares XML entities, which are never expanded",
    "ZIP_BOMB": "the content inflates beyond all measure",
    "NESTING_LIMIT": "elements, parts or containers are nested deeper than the limit",
    "LIMIT": "some other limit was met: members, pages, characters",
    "TIMEOUT": "reading took longer than the limit",
    "CRASH": "the process that read the file died",
    "MEMORY": "the document took more memory than the limit",
    "EXTRACTION_FAILED": "a fault of this package, to be reported",
}
SKIPS: Final = {
    "EMPTY": "no bytes, or white space only",
    "IGNORED_NAME": "a file that a program or a system keeps for itself",
    "UNSUPPORTED_TYPE": "a format that no reader is registered for",
    "NO_PAGE": "a web archive's record of a redirect, an error, or a page that another record holds",
    "NOT_REGULAR_FILE": "a device, pipe, socket or folder",
    "SYMLINK": "a link within a folder; its target is read under its own name",
}
WARNINGS: Final = {
    "DECODE_LOSSY": "bytes that the encoding does not allow stand as U+FFFD",
    "GUESSED_ENCODING": "the encoding was found out by the letters that it gives",
    "DECLARED_ENCODING_WRONG": "the encoding that the document declares does not fit and was not used",
    "MIXED_ENCODING": "some lines were in UTF-8, others in a code page; each was read as what it is",
    "REPAIRED_MOJIBAKE": "the text had been saved under a wrong encoding before; it was put right",
    "BIDI_CONTROL": "characters that change the direction of text are in it; what is shown may differ from what is read",
    "SUSPECT_TEXT": "part of the text may not be what the page shows",
    "VISUAL_ORDER": "the text was stored as it is seen, from left to right, and was turned round",
    "NUMBERS_DISAGREE": "two readings of the page differ in its digits",
    "OCR": "the text was recognised from pictures",
    "NEEDS_OCR": "some pages are pictures and were not read",
    "TRUNCATED": "the text ends earlier than the document",
}
