"""Prints the PDF files of ``tests/files`` from the texts beside them: ``uv run python scripts/make_test_pdfs.py [NAME…]``.

Needs the Debian packages chromium, libreoffice-writer, fonts-hosny-amiri, fonts-noto-core and fonts-dejavu-core; a missing program ends the
script with its name. Each text is laid out as one page of HTML (first line the headline, lines with tabs a table, lines with a bullet a list),
printed by each program in each font. The tests hold the files against the texts, so a new program's habits show at once.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

FILES: Final = Path(__file__).parents[1] / "tests" / "files"
CHROMIUM: Final = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]
OFFICE: Final = ["soffice", "--headless", "--nologo", "--norestore"]


class Print(NamedTuple):
    """One PDF: its file's stem is ``text.program.font``."""

    text: str
    program: str
    font: str

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return FILES / f"{self.text}.{self.program}.{self.font.lower().replace(' ', '_')}.pdf"


PRINTS: Final = [
    *(Print("release", "chromium", font) for font in ("Amiri", "Noto Naskh Arabic", "DejaVu Sans")),
    *(Print("release", "libreoffice", font) for font in ("Amiri", "Noto Sans Arabic")),
    *(Print("numbers", "chromium", font) for font in ("Amiri", "Noto Naskh Arabic", "DejaVu Sans")),
    *(Print("numbers", "libreoffice", font) for font in ("Amiri", "Noto Sans Arabic", "DejaVu Sans")),
    Print("columns", "chromium", "Noto Naskh Arabic"),
    Print("columns", "libreoffice", "Amiri"),
]

PROTECTED: Final = {
    "needs_password": {"EncryptFile": True, "DocumentOpenPassword": "secret"},
    "owner_password": {"RestrictPermissions": True, "PermissionPassword": "secret"},
}
"""Files that LibreOffice encrypts, with what it is told: one needs the password to be read, the other to be changed."""


def page(text: str, font: str, *, columns: int = 1) -> str:
    """A page of HTML that shows ``text``, right to left."""
    title, *lines = text.rstrip("\n").split("\n")
    body = "\n".join(_block(kind, list(group)) for kind, group in groupby(lines, _kind))
    style = (
        f"body {{ font: 12pt '{font}'; direction: rtl }} h1 {{ font-size: 17pt }} main {{ column-count: {columns}; column-gap: 1.2cm; text-align: justify }}"
    )
    table = "table { border-collapse: collapse; width: 60% } td { border: 0.5pt solid; padding: 2pt }"
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><style>@page {{ size: A4; margin: 2cm }} {style} {table}</style></head>'
        f'<body dir="rtl"><h1>{html.escape(title)}</h1><main>{body}</main></body></html>'
    )


def _kind(line: str) -> str:
    if "\t" in line:
        return "table"
    return "list" if line.startswith("• ") else "prose"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "table":
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) + "</tr>" for line in lines)
        return f'<table dir="rtl">{rows}</table>'
    if kind == "list":
        return "<ul>" + "".join(f"<li>{html.escape(line[2:])}</li>" for line in lines) + "</ul>"
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _sections(path: Path) -> None:
    """Gives LibreOffice's flat document two columns, which its HTML import does not take over from CSS."""
    text = path.read_text("utf-8")
    columns = '<style:section-properties><style:columns fo:column-count="2" fo:column-gap="1.2cm"/></style:section-properties>'
    column = f'<style:style style:name="TwoColumns" style:family="section">{columns}</style:style>'
    text = text.replace("</office:automatic-styles>", f"{column}</office:automatic-styles>", 1)
    heading = text.index("</text:h>") + len("</text:h>")
    end = text.index("</office:text>")
    section = f'<text:section text:style-name="TwoColumns" text:name="columns">{text[heading:end]}</text:section>'
    path.write_text(text[:heading] + section + text[end:], "utf-8")


def make(wanted: Print, scratch: Path) -> None:
    """Prints one file."""
    columns = 2 if wanted.text == "columns" else 1
    source = scratch / "page.html"
    source.write_text(page((FILES / f"{wanted.text}.txt").read_text("utf-8"), wanted.font, columns=columns), "utf-8")
    made = scratch / "page.pdf"
    made.unlink(missing_ok=True)
    environment = {**os.environ, "HOME": str(scratch)}
    if wanted.program == "chromium":
        _run([*CHROMIUM, f"--user-data-dir={scratch / 'profile'}", f"--print-to-pdf={made}", source.as_uri()], environment)
    else:
        office = [*OFFICE, f"-env:UserInstallation={(scratch / 'office').as_uri()}"]
        flat = ["--infilter=HTML (StarWriter)", "--convert-to", "fodt:OpenDocument Text Flat XML", "--outdir", str(scratch)]
        _run([*office, *flat, str(source)], environment)
        if columns > 1:
            _sections(scratch / "page.fodt")
        _run([*office, "--convert-to", "pdf", "--outdir", str(scratch), str(scratch / "page.fodt")], environment)
    shutil.copyfile(made, wanted.path)
    print(f"{wanted.path.name}: {wanted.path.stat().st_size} bytes")


def protect(name: str, scratch: Path) -> None:
    """Prints one encrypted file, of the release in Amiri."""
    source = scratch / f"{name}.html"
    source.write_text(page((FILES / "release.txt").read_text("utf-8"), "Amiri"), "utf-8")
    types = {bool: "boolean", str: "string"}
    options = json.dumps({key: {"type": types[type(value)], "value": str(value).lower() if value is True else value} for key, value in PROTECTED[name].items()})
    office = [*OFFICE, f"-env:UserInstallation={(scratch / 'office').as_uri()}", "--infilter=HTML (StarWriter)"]
    _run([*office, "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(scratch), str(source)], {**os.environ, "HOME": str(scratch)})
    shutil.copyfile(scratch / f"{name}.pdf", FILES / f"{name}.pdf")


def _run(command: list[str], environment: dict[str, str]) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"{command[0]} is not installed")
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)


def main() -> None:
    """Prints all files, or those whose names contain an argument."""
    with tempfile.TemporaryDirectory() as scratch:
        for wanted in PRINTS:
            if not sys.argv[1:] or any(word in wanted.path.name for word in sys.argv[1:]):
                make(wanted, Path(scratch))
        for name in PROTECTED:
            if not sys.argv[1:] or any(word in name for word in sys.argv[1:]):
                protect(name, Path(scratch))


if __name__ == "__main__":
    main()
