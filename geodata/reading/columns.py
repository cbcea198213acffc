"""What the columns of a table mean: which hold positions, which dates; guessed, or as somebody said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import GEOGRAPHIC
from geodata.reading import limits, mgrs
from geodata.reading.dates import DATE_KINDS, date_kind, iso_date
from geodata.reading.outcome import Columns
from geodata.reading.positions import angle_deg, position

_LON = ("longitude", "lon", "long", "lng", "lon_dd", "decimallongitude", "lon_deg", "longitude_deg", "x_lon", "easting")
_LAT = ("latitude", "lat", "lat_dd", "decimallatitude", "lat_deg", "latitude_deg", "y_lat", "northing")
_X, _Y = ("x", "xcoord", "x_coord", "coord_x", "point_x"), ("y", "ycoord", "y_coord", "coord_y", "point_y")
_WKT = ("wkt", "geometry", "geom", "the_geom", "shape", "wkt_geom")
_POSITION = ("position", "coordinates", "coords", "location", "latlon", "lat_lon", "latlong", "point")
_MGRS = ("mgrs", "usng", "mgrs_coordinate", "grid_reference", "grid_ref", "gridref", "utmref")
_SAMPLE = 200
_ENOUGH = 0.8
_FEW = 12


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table as text: its head, its rows, and the line that each begins at."""

    head: list[str]
    cells: list[list[str]]
    lines: NDArray[np.int64]

    def sample(self, column: int) -> list[str]:
        """Return the first values of a column that are not empty."""
        return [row[column] for row in self.cells[:_SAMPLE] if row[column].strip()]


def guessed(grid: Grid) -> Columns | None:
    """Return what the columns mean as far as their names and values tell; None where none hold positions.

    Dates are told only where it is sure whether the day or the month comes first.
    """
    names = [name.lower().strip().replace(" ", "_") for name in grid.head]
    kinds = dates(grid)
    for way, known, fits in (("wkt", _WKT, _is_wkt), ("mgrs", _MGRS, _is_mgrs), ("position", _POSITION, _is_position)):
        one = _column(names, known, grid, fits)
        if one is not None:
            return Columns(way, grid.head[one], kinds=kinds)
        if way == "wkt" and (pair := _pair(names, grid)) is not None:
            return Columns(pair[0], pair[1], pair[2], kinds=kinds)
    return None


def dates(grid: Grid) -> tuple[tuple[str, str], ...]:
    """Return the columns that hold dates, and whether the day or the month comes first."""
    return tuple((name, kind) for number, name in enumerate(grid.head) if (kind := date_kind(grid.sample(number))))


def categories(grid: Grid) -> tuple[str, ...]:
    """Return the columns whose values are few words, by which a layer may be coloured."""
    found: list[str] = []
    for number, name in enumerate(grid.head):
        given = [row[number] for row in grid.cells if row[number].strip()]
        values = set(given)
        if 2 <= len(values) <= _FEW and 2 * len(values) <= len(given) and not all(map(_is_number, values)):
            found.append(name)
    return tuple(found)


def placed(grid: Grid, columns: Columns) -> tuple[NDArray[np.object_], str | None]:
    """Return the geometry of each row, None where it has none, and the coordinate system where the columns tell it."""
    first = grid.head.index(columns.first)
    if columns.way == "wkt":
        return from_wkt([row[first] for row in grid.cells]), None
    if columns.way in ("position", "mgrs"):
        read = position if columns.way == "position" else mgrs.lonlat_of
        found = [read(row[first]) for row in grid.cells]
        return _made(np.array([pair or (np.nan, np.nan) for pair in found])), GEOGRAPHIC
    second = grid.head.index(columns.second)
    nan = float("nan")
    pairs = [(_number(row[first]), _number(row[second])) for row in grid.cells]
    xy = np.array([(nan if x is None else x, nan if y is None else y) for x, y in pairs])
    return _made(xy), GEOGRAPHIC if columns.way == "lonlat" else None


def values_of(grid: Grid, column: int, rows: Sequence[int], kind: str) -> list[Any]:
    """Return a column's values: dates as ISO 8601, else numbers where all are such, else text; empty cells as None.

    What begins with a zero, as codes do, stays text.
    """
    filled = [grid.cells[row][column].strip() for row in rows]
    if kind in DATE_KINDS:
        return [iso_date(cell, kind) or cell or None for cell in filled]
    given = [cell for cell in filled if cell]
    is_code = any(cell.lstrip("+-")[:2].isdigit() and cell.lstrip("+-")[0] == "0" for cell in given)
    if given and not is_code and kind != "text":
        for number in (int, float):
            try:
                return [number(cell) if cell else None for cell in filled]
            except (ValueError, OverflowError):
                continue
    return [cell[: limits.TEXT_LENGTH] or None for cell in filled]


def from_wkt(texts: list[str]) -> NDArray[np.object_]:
    """Return geometries of well-known texts, None where a text is none."""
    plain = [text.partition(";")[2] if text.upper().startswith("SRID=") else text for text in texts]
    return np.asarray(shapely.from_wkt(np.array(plain, dtype=np.object_), on_invalid="ignore"), dtype=np.object_)


def _pair(names: list[str], grid: Grid) -> tuple[str, str, str] | None:
    for firsts, seconds, way in ((_LON, _LAT, "lonlat"), (_X, _Y, "xy")):
        first = _column(names, firsts, grid, _is_number)
        second = _column(names, seconds, grid, _is_number)
        if first is not None and second is not None:
            return "xy" if names[first] == "easting" else way, grid.head[first], grid.head[second]
    return None


def _column(names: list[str], wanted: Sequence[str], grid: Grid, fits: Callable[[str], bool]) -> int | None:
    """Return the first column of a wanted name whose values mostly fit."""
    for name in wanted:
        for number in (number for number, known in enumerate(names) if known == name):
            values = grid.sample(number)
            if values and sum(map(fits, values)) >= _ENOUGH * len(values):
                return number
    return None


def _is_wkt(text: str) -> bool:
    return text.lstrip().upper().startswith(("POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION", "SRID="))


def _is_number(text: str) -> bool:
    return _number(text) is not None


def _is_position(text: str) -> bool:
    return position(text) is not None


def _is_mgrs(text: str) -> bool:
    return mgrs.lonlat_of(text) is not None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return angle_deg(text)


def _made(xy: NDArray[np.float64]) -> NDArray[np.object_]:
    points = np.full(len(xy), None, dtype=np.object_)
    good = np.isfinite(xy).all(axis=1)
    points[good] = shapely.points(xy[good])
    return points
