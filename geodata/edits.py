"""What a person changed, as a value: rows of tables before and after, with a name and an inverse."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple, cast


class Row(NamedTuple):
    """One row of one table, before and after a change, as JSON text; None where the row is not there."""

    table: str
    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One step that a person took.

    Knows nothing of what the rows mean: layers, annotations, styles and all else that a document holds are rows.

    Attributes
    ----------
    name : str
        What was done, in small letters, as it stands after "Undo: ", such as ``rename layer Towns``.
    rows : tuple of Row
        Each row that changed, once.
    """

    name: str
    rows: tuple[Row, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.name, tuple(Row(row.table, row.id, row.after, row.before) for row in reversed(self.rows)))

    def followed_by(self, later: Edit) -> Edit:
        """Return this edit and a later one as one step, under the later one's name."""
        rows = {(row.table, row.id): row for row in self.rows}
        for row in later.rows:
            first = rows.get((row.table, row.id), row)
            rows[row.table, row.id] = Row(row.table, row.id, first.before, row.after)
        return Edit(later.name, tuple(rows.values()))

    def rows_of(self, table: str) -> tuple[Row, ...]:
        """Return the rows of one table."""
        return tuple(row for row in self.rows if row.table == table)


def to_text(rows: tuple[Row, ...]) -> str:
    """Return rows as the JSON text in which they are kept."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[Row, ...]:
    """Return the rows of a text that `to_text` made.

    Raises
    ------
    ValueError
        Where the text is none of that kind.
    """
    entries: Any = json.loads(text)
    if not isinstance(entries, list):
        raise ValueError("it is no list of rows")
    return tuple(_row(entry) for entry in cast("list[Any]", entries))


def _row(entry: Any) -> Row:
    if not isinstance(entry, list):
        raise ValueError("it is no row")
    parts = cast("list[Any]", entry)
    if len(parts) != 4 or not all(isinstance(part, str) for part in parts if part is not None):
        raise ValueError("it is no row")
    table, row_id, before, after = parts
    if table is None or row_id is None:
        raise ValueError("it is no row")
    return Row(table, row_id, before, after)
