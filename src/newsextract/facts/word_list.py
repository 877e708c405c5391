"""Word lists of the fact folders: ``[lists]`` in their rule files, folded as texts are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from newsextract.text.fold import fold


def folded_word(text: str) -> str:
    """A word as it stands among the tokens of a scan."""
    return fold(text).text


@cache
def word_lists(folder: str) -> Mapping[str, frozenset[str]]:
    """The word lists of a fact folder by name; read once, when first asked for."""
    data = tomllib.loads((resources.files("newsextract.facts") / folder / "rules.toml").read_text("utf-8"))
    return {name: frozenset(folded_word(w) for w in rows) for name, rows in data.get("lists", {}).items()}
