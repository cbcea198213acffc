"""Rows as they came out of a file, before anything is understood of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.reading.outcome import LeftOut

_ROWS_NAMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class RawLayer:
    """A layer of a file.

    Attributes
    ----------
    name : str
        What the file calls it.
    geometry : (n,) object
        Shapely geometries or None, in the file's own numbers.
    rows : (n,) int64
        The row that people find each feature at, counted from 1; the line for tables.
    columns : dict
        The attributes by name, each with n values.
    crs : str or None
        What the file says of its numbers.
    left_out, repaired : tuple of LeftOut
        What was lost or mended while reading.
    notes : tuple of str
        Whatever else there is to say.
    """

    name: str
    geometry: NDArray[np.object_]
    rows: NDArray[np.int64]
    columns: dict[str, Any]
    crs: str | None
    left_out: tuple[LeftOut, ...] = ()
    repaired: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def counted(reason: str, rows: NDArray[np.int64]) -> tuple[LeftOut, ...]:
    """Return one entry that names the first of some rows; none where there are no rows."""
    if len(rows) == 0:
        return ()
    return (LeftOut(reason, len(rows), tuple(int(row) for row in rows[:_ROWS_NAMED])),)
