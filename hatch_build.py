"""Compiles the hot modules with mypyc while the package is built or installed in place.

The modules are ordinary Python and run as they are; compiled, they take about half the time. Without a C compiler, or with
``NEWSEXTRACT_PURE=1`` in the environment, the package is pure Python and does the same. Compiled files of an earlier
build are removed first, so that none can be older than its source.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MYPY_CONFIG = """[mypy]
mypy_path = {src}
ignore_missing_imports = True
no_silence_site_packages = False
"""


class CompileHook(BuildHookInterface):  # type: ignore[type-arg, misc]  # hatchling is no dependency of the checked environment
    """``[tool.hatch.build.hooks.custom] modules``: glob patterns under ``src`` of what is compiled."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles in place under ``src``; a wheel takes the compiled files with it."""
        if self.target_name != "wheel":
            return
        src = Path(self.root, "src")
        for old in [*src.glob("*__mypyc.*"), *src.glob("newsextract/**/*.so"), *src.glob("newsextract/**/*.pyd")]:
            old.unlink()
        if os.environ.get("NEWSEXTRACT_PURE"):
            return
        modules = sorted({str(p.relative_to(src)) for pattern in self.config["modules"] for p in src.glob(pattern) if p.name != "__init__.py"})
        compiled = _compiled(src, modules)
        if not compiled:
            self.app.display_warning("newsextract: no compiled modules (is there a C compiler?); the pure ones do the same, more slowly")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update({str(p): str(p.relative_to(src)) for p in compiled})


def _compiled(src: Path, modules: list[str]) -> list[Path]:
    """The compiled files, put beside their sources; empty if anything failed."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        Path(work, "mypy.ini").write_text(_MYPY_CONFIG.format(src=src), "utf-8")
        script = (
            "import sys; from setuptools import setup; from mypyc.build import mypycify\n"
            "src, work, *modules = sys.argv[1:]\n"
            "sys.argv[1:] = ['-q', 'build_ext', '--parallel', '4', '--build-lib', work + '/lib', '--build-temp', work + '/temp']\n"
            "config = ['--config-file', work + '/mypy.ini', *modules]\n"
            "extensions = mypycify(config, opt_level='2', multi_file=True, group_name='newsextract', target_dir=work + '/c')\n"
            "setup(name='newsextract-compiled', packages=[], ext_modules=extensions)\n"
        )
        done = subprocess.run([sys.executable, "-c", script, str(src), str(work), *modules], cwd=src, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
            return []
        out = []
        for built in Path(work, "lib").rglob("*.so"):
            target = src / built.relative_to(work / "lib")
            shutil.copy2(built, target)
            out.append(target)
        return out
