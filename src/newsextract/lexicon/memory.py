"""What was worked out of a word type once, kept within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, final

if TYPE_CHECKING:
    from newsextract.lexicon.compiled import Lexeme

Key = TypeVar("Key")
Value = TypeVar("Value")


def remember(known: dict[Key, Value], key: Key, value: Value, most: int) -> Value:
    """``value``, which ``known`` has under ``key`` from now on; what holds ``most`` already is emptied first.

    Ask with ``known.get(key)`` alone: between two looks another thread may empty it.
    """
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


@final
class Kinds:
    """The kinds that words and phrases have as entries with one label; remembered.

    Args:
        label: The label.
        most: How many words and phrases are remembered.
    """

    __slots__ = ("_known", "_label", "_most")

    def __init__(self, label: str, most: int) -> None:
        self._known: dict[Lexeme, frozenset[str]] = {}
        self._label = label
        self._most = most

    def of(self, lexeme: Lexeme) -> frozenset[str]:
        """The kinds of a word or phrase; empty if it has no such entry."""
        kinds = self._known.get(lexeme)
        if kinds is None:
            found = frozenset([r.sense.entry.kind for r in lexeme.readings if r.sense.entry.label == self._label])
            kinds = remember(self._known, lexeme, found, self._most)
        return kinds
