"""The shape of a record, read from its JSON Schema, so that what is written beside the JSON follows the contract and cannot forget a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from newsextract.record.model import json_schema

Kind = Literal["text", "integer", "number", "boolean", "date", "json", "struct", "list"]
"""``number`` is an integer or a decimal; ``json`` an object whose keys the contract leaves open."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A value of the contract.

    Attributes:
        kind: What it is.
        type: The model's name, of structures.
        about: The model's docstring, of structures.
        fields: The parts, of structures.
        item: What it is made of, of lists.
    """

    kind: Kind
    type: str = ""
    about: str = ""
    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None


_SCALARS: Final[Mapping[str, Kind]] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}


@cache
def record_shape() -> Shape:
    """The shape of :class:`newsextract.record.model.Record`, its fields in the order of the contract."""
    schema = json_schema()
    return _shape(schema, schema["$defs"])


def _shape(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Shape:
    if "$ref" in schema:
        return _shape(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        choices = [_shape(choice, definitions) for choice in schema["anyOf"] if choice.get("type") != "null"]
        return choices[0] if len(choices) == 1 else Shape("number")
    kind = schema["type"]
    if kind == "array":
        return Shape("list", item=_shape(schema["items"], definitions))
    if "properties" in schema:
        fields = {name: _shape(part, definitions) for name, part in schema["properties"].items()}
        return Shape("struct", type=schema["title"], about=schema.get("description", ""), fields=fields)
    if kind == "object":
        return Shape("json")
    return Shape("date" if schema.get("format") == "date" else _SCALARS[kind])
