"""One row that two copies changed in different parts → one row with both changes."""

from __future__ import annotations

import json
from typing import Any, cast

_LATEST = frozenset(("modified",))
"""Members of which the later one stands, for both copies set them whenever they change anything."""

_GONE = object()


def joined(before: str | None, ours: str | None, theirs: str | None) -> str | None:
    """Return a row with what each copy changed of it; None where both changed the same part, each in its own way.

    Rows are JSON objects; their members are the parts, and those of objects inside them. Which copy is ours makes no
    difference.
    """
    tables = [_table(text) for text in (before, ours, theirs)]
    if None in tables:
        return None
    base, mine, other = cast("list[dict[str, Any]]", tables)
    try:
        return json.dumps(_members(base, mine, other), ensure_ascii=False, separators=(",", ":"))
    except _Disagreed:
        return None


class _Disagreed(Exception):
    """Both changed one part."""


def _members(base: dict[str, Any], mine: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    names = (*base, *sorted({*mine, *other} - set(base)))
    values = {
        name: _member(name, base.get(name, _GONE), mine.get(name, _GONE), other.get(name, _GONE)) for name in names
    }
    return {name: value for name, value in values.items() if value is not _GONE}


def _member(name: str, base: Any, mine: Any, other: Any) -> Any:
    if _same(mine, other) or _same(other, base):
        return mine
    if _same(mine, base):
        return other
    if name in _LATEST and isinstance(mine, str) and isinstance(other, str):
        return max(mine, other)
    if isinstance(mine, dict) and isinstance(other, dict) and isinstance(base, dict):
        known = (cast("dict[str, Any]", table) for table in (base, mine, other))
        return _members(*known)
    raise _Disagreed


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are the same in a file too, where true is not 1."""
    return one is other or (_GONE not in (one, other) and json.dumps(one) == json.dumps(other))


def _table(text: str | None) -> dict[str, Any] | None:
    try:
        table = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", table) if isinstance(table, dict) else None
