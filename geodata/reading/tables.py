"""Tables of text (CSV, TSV) and lists of WKT → rows with a geometry; which columns hold it is guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import GEOGRAPHIC
from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.positions import angle_deg, position
from geodata.reading.raw import RawLayer, counted

_LON = ("longitude", "lon", "long", "lng", "lon_dd", "decimallongitude", "lon_deg", "longitude_deg", "x_lon", "easting")
_LAT = ("latitude", "lat", "lat_dd", "decimallatitude", "lat_deg", "latitude_deg", "y_lat", "northing")
_X, _Y = ("x", "xcoord", "x_coord", "coord_x", "point_x"), ("y", "ycoord", "y_coord", "coord_y", "point_y")
_WKT = ("wkt", "geometry", "geom", "the_geom", "shape", "wkt_geom")
_POSITION = ("position", "coordinates", "coords", "location", "latlon", "lat_lon", "latlong", "point")
_SAMPLE = 200
_ENOUGH = 0.8
_NO_POSITION = "there is no position that can be read"


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """A table as text: its head, its rows and the line that each begins at."""

    head: list[str]
    cells: list[list[str]]
    lines: NDArray[np.int64]


def read_table(path: Path) -> RawLayer:
    """Read a CSV or TSV file.

    The first row is the head. Separator (comma, semicolon, tab, bar) and encoding (UTF-8, UTF-16, else Windows-1252)
    are found out. Rows that have another number of cells than the head are left out and counted.

    Raises
    ------
    ReadingError
        Where the file has no rows, too many, or no columns that hold positions.
    """
    grid, odd = _grid(_text(path), path.name)
    geometry, used, crs = _geometry(grid, path.name)
    bad = shapely.is_missing(geometry)
    kept = np.flatnonzero(~bad)
    columns = {
        name: _values([grid.cells[row][number] for row in kept])
        for number, name in enumerate(grid.head)
        if number not in used or used[number] == "keep"
    }
    width = len(grid.head)
    left_out = (
        *counted(f"the row has not {width} cells as the first row has", odd),
        *counted(_NO_POSITION, grid.lines[bad]),
    )
    return RawLayer(path.stem, geometry[kept], grid.lines[kept], columns, crs, left_out=left_out)


def read_wkt(path: Path) -> RawLayer:
    """Read a file of well-known text, one geometry a line; nothing says which coordinate system it is in."""
    lines = [line.strip() for line in _text(path).splitlines()]
    rows = np.array([number for number, line in enumerate(lines, start=1) if line], dtype=np.int64)
    geometry = _from_wkt([lines[row - 1] for row in rows])
    bad = shapely.is_missing(geometry)
    if bad.all():
        raise ReadingError(
            "The text is no well-known text.", where=path.name, advice="Write it like POINT (-149.8 61.2)."
        )
    return RawLayer(
        path.stem, geometry[~bad], rows[~bad], {}, None, left_out=counted("it is no well-known text", rows[bad])
    )


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _grid(text: str, where: str) -> tuple[_Grid, NDArray[np.int64]]:
    """Return the rows that fit the head, and the lines of those that do not."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=_separator(text))
    head = [name.strip() for name in next(reader, [])]
    if not head or len(head) > limits.COLUMNS:
        raise ReadingError(f"The first row has {len(head)} columns; 1 to {limits.COLUMNS} are allowed.", where=where)
    cells: list[list[str]] = []
    lines: list[int] = []
    odd: list[int] = []
    try:
        for row in reader:
            if not any(row):
                continue
            (lines if len(row) == len(head) else odd).append(reader.line_num)
            if len(row) == len(head):
                cells.append(row)
            if len(cells) > limits.FEATURES:
                raise ReadingError(f"The table has more than {limits.FEATURES:,} rows.", where=where)
    except csv.Error as error:
        raise ReadingError(f"Line {reader.line_num} of the table cannot be read ({error}).", where=where) from error
    if not cells:
        raise ReadingError("The table has no rows below its head.", where=where)
    return _Grid(_distinct(head), cells, np.array(lines, dtype=np.int64)), np.array(odd, dtype=np.int64)


def _separator(text: str) -> str:
    first = text[:10_000].partition("\n")[0]
    return max(",;\t|", key=first.count)


def _distinct(head: list[str]) -> list[str]:
    """Give columns without a name, or with one that is taken, a name of their own."""
    names: list[str] = []
    for number, name in enumerate(head, start=1):
        plain = name or f"column {number}"
        names.append(plain if plain not in names else f"{plain} ({number})")
    return names


def _geometry(grid: _Grid, where: str) -> tuple[NDArray[np.object_], dict[int, str], str | None]:
    """Return geometries, the columns they were made from, and the coordinate system where the names tell it."""
    names = [name.lower().strip().replace(" ", "_") for name in grid.head]
    wkt = _column(names, _WKT, grid, _is_wkt)
    if wkt is not None:
        return _from_wkt([row[wkt] for row in grid.cells]), {wkt: "drop"}, None
    for firsts, seconds, crs in ((_LON, _LAT, GEOGRAPHIC), (_X, _Y, None)):
        first = _column(names, firsts, grid, _is_angle)
        second = _column(names, seconds, grid, _is_angle)
        if first is not None and second is not None:
            named_metres = names[first] == "easting"
            return _points(grid, first, second), {first: "keep", second: "keep"}, None if named_metres else crs
    both = _column(names, _POSITION, grid, _is_position)
    if both is not None:
        found = [position(row[both]) for row in grid.cells]
        xy = np.array([pair or (np.nan, np.nan) for pair in found])
        return _made(xy), {both: "keep"}, GEOGRAPHIC
    raise ReadingError(
        f"No columns with positions were found among {', '.join(grid.head[:12])}.",
        where=where,
        advice="Call them longitude and latitude, x and y, position, or wkt.",
    )


def _column(names: list[str], wanted: Sequence[str], grid: _Grid, fits: Callable[[str], bool]) -> int | None:
    """Return the first column of a wanted name whose values mostly fit."""
    for name in wanted:
        for number in (number for number, known in enumerate(names) if known == name):
            values = [row[number] for row in grid.cells[:_SAMPLE] if row[number].strip()]
            if values and sum(map(fits, values)) >= _ENOUGH * len(values):
                return number
    return None


def _is_wkt(text: str) -> bool:
    return text.lstrip().upper().startswith(("POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION", "SRID="))


def _is_angle(text: str) -> bool:
    return _number(text) is not None


def _is_position(text: str) -> bool:
    return position(text) is not None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return angle_deg(text)


def _points(grid: _Grid, first: int, second: int) -> NDArray[np.object_]:
    pairs = [(_number(row[first]), _number(row[second])) for row in grid.cells]
    nan = float("nan")
    return _made(np.array([(nan if x is None else x, nan if y is None else y) for x, y in pairs]))


def _made(xy: NDArray[np.float64]) -> NDArray[np.object_]:
    points = np.full(len(xy), None, dtype=np.object_)
    good = np.isfinite(xy).all(axis=1)
    points[good] = shapely.points(xy[good])
    return points


def _from_wkt(texts: list[str]) -> NDArray[np.object_]:
    plain = [text.partition(";")[2] if text.upper().startswith("SRID=") else text for text in texts]
    return np.asarray(shapely.from_wkt(np.array(plain, dtype=np.object_), on_invalid="ignore"), dtype=np.object_)


def _values(cells: list[str]) -> list[Any]:
    """Return a column as whole numbers or numbers where all its cells are such, else as text; empty cells as None.

    What begins with a zero, as codes do, stays text.
    """
    filled = [cell.strip() for cell in cells]
    given = [cell for cell in filled if cell]
    if given and not any(cell.lstrip("+-")[:2].isdigit() and cell.lstrip("+-")[0] == "0" for cell in given):
        for kind in (int, float):
            try:
                return [kind(cell) if cell else None for cell in filled]
            except (ValueError, OverflowError):
                continue
    return [cell[: limits.TEXT_LENGTH] or None for cell in filled]
