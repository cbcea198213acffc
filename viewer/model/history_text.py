"""What an entry of the history changed, in words for people."""

from __future__ import annotations

import json
from typing import Any, cast

from geodata.edits import Row
from geodata.history import Entry

_LONGEST = 300
_NOTHING = "nothing"


def title_of(entry: Entry) -> str:
    """Return what was done, and whether it was taken back or done again."""
    words = {"undo": "Undone: ", "redo": "Done again: "}
    return f"{words.get(entry.kind, '')}{entry.what}"


def changes_of(entry: Entry) -> str:
    """Return what changed, from what to what, a line for each part of each row."""
    return "\n\n".join("\n".join((f"{row.table} / {row.id}", *_lines(row))) for row in entry.edit.rows)


def differences(ours: str | None, theirs: str | None) -> tuple[str | None, str | None]:
    """Return how two versions of a row differ, each with a line for each part; None for one that is not there."""
    mine, other = _parts(ours), _parts(theirs)
    keys = [key for key in dict.fromkeys((*mine, *other)) if mine.get(key) != other.get(key)]
    words = ["\n".join(f"{_plain(key)}: {parts.get(key, _NOTHING)}" for key in keys) for parts in (mine, other)]
    return (words[0] if ours is not None else None, words[1] if theirs is not None else None)


def _plain(key: str) -> str:
    return key.rpartition(".")[2]


def _lines(row: Row) -> list[str]:
    before, after = _parts(row.before), _parts(row.after)
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    return [f"  {key}: {before.get(key, _NOTHING)} → {after.get(key, _NOTHING)}" for key in keys]


def _parts(text: str | None) -> dict[str, str]:
    """Return the parts of a row by their names; a row that is no table is one part."""
    if text is None:
        return {}
    found: dict[str, str] = {}
    try:
        _gather(json.loads(text), "", found)
    except (ValueError, RecursionError):
        return {"value": text[:_LONGEST]}
    return found


def _gather(value: Any, name: str, found: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, part in cast("dict[str, Any]", value).items():
            _gather(part, f"{name}.{key}" if name else key, found)
        return
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    found[name or "value"] = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
