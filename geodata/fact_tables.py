"""Reading the shipped tables of facts."""

from __future__ import annotations

import csv
from pathlib import Path

from geodata.errors import RESTORE, GeodataError, why_unreadable


class FactTableError(GeodataError):
    """A table of facts cannot be read, or a row of it makes no sense."""


def rows(path: Path, *, needs: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Return the rows of a comma-separated table in UTF-8, as texts by column.

    Parameters
    ----------
    path
        The table.
    needs
        The columns that it must have.

    Raises
    ------
    FactTableError
        Where it is missing or damaged, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, ValueError) as problem:
        raise FactTableError(
            f"It cannot be used: {why_unreadable(problem)}.", where=str(path), advice=RESTORE
        ) from problem
    for number, row in enumerate(found, start=2):
        lacking = [column for column in needs if row.get(column) is None]
        if lacking:
            raise FactTableError(f"Line {number} has no {lacking[0]}.", where=str(path), advice=RESTORE)
    return found
