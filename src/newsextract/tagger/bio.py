"""BIO tags: ``O`` outside every name, ``B-LABEL`` where a name begins, ``I-LABEL`` within it."""

from __future__ import annotations

from collections.abc import Iterable


def ranges(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """The names that BIO tags tell: ``(first token, token after the last, label)`` in order."""
    out: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        if tag == "O":
            continue
        label = tag[2:]
        if tag[0] == "I" and out and out[-1][1] == at and out[-1][2] == label:
            out[-1] = (out[-1][0], at + 1, label)
        else:
            out.append((at, at + 1, label))
    return out


def repaired(tags: Iterable[str]) -> list[str]:
    """The tags with a ``B-`` wherever a name begins, also where ``I-`` stood after another label or outside."""
    out: list[str] = []
    label = ""
    for tag in tags:
        here = tag[2:]
        out.append(f"B-{here}" if tag[0] == "I" and here != label else tag)
        label = here
    return out
