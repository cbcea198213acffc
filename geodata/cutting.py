"""Cutting shapes with a line, and making one of several; on the map, where 180° and the pole are nothing special."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray

from geodata.errors import GeometryError
from geodata.shapes import Drawn, LonLat, geometry_of, straight
from geodata.stereographic import inverse
from geodata.vertices import of_geometry, whole_of


def split(shape: shapely.Geometry, line: shapely.LineString) -> tuple[shapely.Geometry, ...]:
    """Return the pieces that a line cuts a shape into, the largest first; all in map metres.

    Raises
    ------
    GeometryError
        Where the line does not go through, or the shape is of points.
    """
    if shapely.get_dimensions(shape) == 0:
        raise GeometryError("A point cannot be split.", advice="Choose a line or an area.")
    sound = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
    pieces = [piece for piece in shapely.get_parts(shapely.ops.split(sound, line)) if not shapely.is_empty(piece)]
    if len(pieces) <= len(shapely.get_parts(sound)):
        raise GeometryError("The line does not cut the shape in two.", advice="Draw it right across.")
    size = shapely.length if shapely.get_dimensions(shape) == 1 else shapely.area
    order = np.argsort([-float(size(piece)) for piece in pieces], kind="stable").tolist()
    return tuple(pieces[number] for number in order)


def merged(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return one shape of several in map metres; lines that meet at their ends become one line.

    Raises
    ------
    GeometryError
        Where they are not all areas, all lines or all points.
    """
    kinds = {int(shapely.get_dimensions(shape)) for shape in shapes}
    if len(kinds) != 1:
        raise GeometryError("Areas, lines and points cannot be merged.", advice="Choose shapes of one kind.")
    sound = [shape if shapely.is_valid(shape) else shapely.make_valid(shape) for shape in shapes]
    whole = shapely.union_all(np.array(sound, dtype=np.object_))
    return shapely.line_merge(whole) if kinds == {1} else whole


def to_lonlat(shape: shapely.Geometry) -> tuple[shapely.Geometry, Drawn | None]:
    """Return a shape in map metres in degrees, and what it could have been drawn as; None for several parts or holes.

    Its edges stay straight on the map, to within `geodata.shapes.STRAY_M`.
    """
    known = of_geometry(shape)
    if known is None:
        raise GeometryError("Nothing is left of the shape.")
    paths = [_places(shapely.get_coordinates(part)) for part in _paths(shape)]
    if len(paths) == 1 and known.kind != "point":
        is_area = known.kind == "polygon"
        drawn = Drawn("polygon" if is_area else "line", tuple(paths[0][:-1] if is_area else paths[0]))
        if drawn.is_whole:
            return geometry_of(drawn), drawn
    return _rebuilt(shape, iter(paths)), None


def _paths(shape: shapely.Geometry) -> list[shapely.Geometry]:
    parts = shapely.get_parts(shape)
    return [path for part in parts for path in (shapely.get_rings(part) if _is_area(part) else [part])]


def _rebuilt(shape: shapely.Geometry, given: Iterator[list[LonLat]]) -> shapely.Geometry:
    """Return a shape whose lines and rings are replaced, in their order."""
    single: list[shapely.Geometry] = []
    for part in shapely.get_parts(shape):
        if _is_area(part):
            rings = [straight(next(given)) for _ in shapely.get_rings(part)]
            single.append(shapely.Polygon(rings[0], rings[1:]))
        elif shapely.get_dimensions(part) == 1:
            single.append(shapely.LineString(straight(next(given))))
        else:
            single.append(shapely.Point(next(given)[0]))
    return whole_of(single)


def _is_area(part: shapely.Geometry) -> bool:
    return int(shapely.get_type_id(part)) == 3


def _places(points: NDArray[np.float64]) -> list[LonLat]:
    lon, lat = inverse(points[:, 0], points[:, 1])
    return list(zip(lon.tolist(), lat.tolist(), strict=True))
