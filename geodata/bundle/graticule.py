"""Meridians, parallels, the Arctic Circle, and the equator as the map's neat line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata.bundle.made import Made, made
from geodata.bundle.shelf import Shelf

ARCTIC_CIRCLE_DEG = 66 + 33 / 60 + 50 / 3600
"""Northern latitude of the Arctic Circle, as usually rounded; it drifts north by some 15 m a year."""

_SHORT_MERIDIANS_END_DEG = 80.0
_Row = dict[str, Any]


def graticule(shelf: Shelf) -> Made:
    """Return a line for each meridian and parallel of ten degrees; needs neither packages nor facts.

    Every third meridian reaches the pole (rank 0), the others end at 80° N (rank 1).
    """
    del shelf
    rows, lines = zip(*_all(), strict=True)
    table = pd.DataFrame(list(rows)).assign(source="computed", confidence="high")
    return made(table, np.array(lines, dtype=np.object_))


def _all() -> Iterator[tuple[_Row, shapely.MultiLineString]]:
    yield _row("equator", "Equator", "equator", rank=0, label=""), parallel(0.0)
    for lat in range(10, 90, 10):
        yield _row(f"p_{lat}", f"{lat}° N", "parallel", rank=0 if lat % 30 == 0 else 1), parallel(float(lat))
    for lon in range(-170, 190, 10):
        rank = 0 if lon % 30 == 0 else 1
        top = 90.0 if rank == 0 else _SHORT_MERIDIANS_END_DEG
        yield _row(_meridian_id(lon), _meridian_name(lon), "meridian", rank=rank), _meridian(float(lon), top)
    yield _row("arctic_circle", "Arctic Circle", "arctic_circle", rank=0), parallel(ARCTIC_CIRCLE_DEG)


def parallel(lat: float) -> shapely.MultiLineString:
    """Return a whole parallel in degrees, with a vertex every degree."""
    return shapely.MultiLineString([[(lon, lat) for lon in range(-180, 181)]])


def _meridian(lon: float, top: float) -> shapely.MultiLineString:
    return shapely.MultiLineString([[(lon, 0.0), (lon, top)]])


def _row(feature: str, name: str, kind: str, *, rank: int, label: str | None = None) -> _Row:
    return {"id": feature, "name": name, "kind": kind, "rank": rank, "label": name if label is None else label}


def _meridian_id(lon: int) -> str:
    return f"m_{'W' if lon < 0 else 'E'}{abs(lon)}"


def _meridian_name(lon: int) -> str:
    if lon % 180 == 0:
        return f"{lon}°"
    return f"{abs(lon)}° {'W' if lon < 0 else 'E'}"
