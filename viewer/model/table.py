"""The rows of a layer as a table: what each cell says, and in which order and selection the rows come."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.reading.outcome import FIELD

Rows = NDArray[np.int64]

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A layer's attributes.

    Attributes
    ----------
    ids : tuple of str
        Of the features, in the layer's order.
    names : tuple of str
        Of the columns.
    columns : tuple of sequences
        Their values.
    words : tuple of str
        All that is written in each row, in small letters, for finding.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[Sequence[Any], ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.ids)

    @property
    def all_rows(self) -> Rows:
        """All rows in the layer's order."""
        return np.arange(len(self.ids), dtype=np.int64)

    def is_numeric(self, column: int) -> bool:
        """Return whether a column holds numbers and nothing else."""
        given = [value for value in self.columns[column] if value is not None]
        return bool(given) and all(_is_number(value) for value in given)

    def matching(self, text: str) -> Rows:
        """Return the rows that hold every word of a text somewhere, in the layer's order; all for no text."""
        wanted = text.casefold().split()
        if not wanted:
            return self.all_rows
        found = [row for row, words in enumerate(self.words) if all(word in words for word in wanted)]
        return np.array(found, dtype=np.int64)

    def ordered(self, rows: Rows, column: int, *, descending: bool = False) -> Rows:
        """Return rows by the values of a column; numbers before texts, missing values last either way.

        Rows of equal values keep the order that they come in.
        """
        values = self.columns[column]
        numbers = np.array([_number(values[row]) for row in rows.tolist()], dtype=np.float64)
        is_number = ~np.isnan(numbers)
        is_text = np.array([_is_text(values[row]) for row in rows.tolist()], dtype=np.bool_)
        texts = np.array([str(values[row]).casefold() for row in rows[is_text].tolist()], dtype=np.str_)
        kinds = [
            rows[is_number][_order(numbers[is_number], descending)],
            rows[is_text][_order(texts, descending)],
        ]
        if descending:
            kinds.reverse()
        return np.concatenate((*kinds, rows[~is_number & ~is_text]))


def table_of(attributes: Mapping[str, Sequence[Any]]) -> Table:
    """Return a layer's attributes as a table; of a layer that a person brought, only what came with its file."""
    own = [name for name in attributes if name.startswith(FIELD)]
    names = own or [name for name in attributes if name != "id"]
    columns = tuple(attributes[name] for name in names)
    words = tuple(_BETWEEN.join(map(text_of, row)).casefold() for row in zip(*columns, strict=True))
    ids = tuple(map(str, attributes["id"]))
    return Table(ids, tuple(name.removeprefix(FIELD) for name in names), columns, words or ("",) * len(ids))


def text_of(value: Any) -> str:
    """Return what a cell says; nothing for a missing value."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _order(values: NDArray[Any], descending: bool) -> NDArray[np.intp]:
    if not descending:
        return np.argsort(values, kind="stable")
    return np.argsort(values[::-1], kind="stable")[::-1] * -1 + len(values) - 1


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: Any) -> float:
    return float(value) if _is_number(value) else math.nan


def _is_text(value: Any) -> bool:
    return value is not None and value != "" and not _is_number(value)
