"""What features are called on the map: an attribute, or words in which attributes stand in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.reading.outcome import FIELD

_IN_BRACES = re.compile(r"\{([^{}]+)\}")
_LONGEST = 200


def texts_of(expression: str, attributes: Mapping[str, Sequence[Any]]) -> Sequence[Any] | None:
    """Return the name of each feature; None where the expression names no attribute that there is.

    Parameters
    ----------
    expression
        An attribute's name; or words such as ``{name}: {people} people``. Of a layer that a person brought, attributes
        are called as in its file. A feature in which all of them are missing has no name.
    attributes
        Columns by name.
    """
    if "{" not in expression:
        return attributes.get(expression)
    parts = _IN_BRACES.split(expression)
    words, names = parts[::2], parts[1::2]
    found = [attributes.get(f"{FIELD}{name}", attributes.get(name)) for name in names]
    known = [column for column in found if column is not None]
    if not known:
        return None
    blank: Sequence[Any] = [None] * len(known[0])
    columns = [column if column is not None else blank for column in found]
    return [_text(words, values) for values in zip(*columns, strict=True)]


def _text(words: Sequence[str], values: Sequence[Any]) -> str:
    if all(value in (None, "") for value in values):
        return ""
    said = "".join(f"{before}{_plain(value)}" for before, value in zip(words, values, strict=False))
    return " ".join(f"{said}{words[-1]}".split())[:_LONGEST]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
