"""Geometries in longitude and latitude cut at 180°, as RFC 7946 and most other programs want them."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.unwrap import Floats, encloses_north, turns_of, unwrap
from geodata.weld import repaired

Geometries = NDArray[np.object_]

_POINT, _LINE, _RING, _POLYGON = 0, 1, 2, 3
_HALF_TURN = 180.0


def cut(geometries: Geometries) -> tuple[Geometries, NDArray[np.bool_]]:
    """Cut lines and polygons that run across 180° into parts, and bring every longitude to within ±180°.

    Edges go the short way round. A ring round a pole is closed along 180° up to the pole. What lies within ±180° and
    crosses nothing comes back unchanged.

    Parameters
    ----------
    geometries
        Shapely geometries of single or multiple points, lines or polygons, or None, in degrees.

    Returns
    -------
    The geometries, and which of them were changed.
    """
    changed = _runs_across(geometries)
    out = geometries.copy()
    for row in np.flatnonzero(changed):
        out[row] = _cut(geometries[row])
    return out, changed


def _runs_across(geometries: Geometries) -> NDArray[np.bool_]:
    """Return which geometries leave ±180° or have an edge of more than half a turn."""
    parts, row = _indexed(shapely.get_parts(geometries, return_index=True))
    rings, part = _indexed(shapely.get_rings(parts, return_index=True))
    others = np.flatnonzero(shapely.get_type_id(parts) < _POLYGON)
    paths = np.concatenate((rings, parts[others]))
    owner = np.concatenate((row[part], row[others]))
    coords, path = _indexed(shapely.get_coordinates(paths, return_index=True))
    across = np.zeros(len(geometries), dtype=np.bool_)
    across[owner[path[np.abs(coords[:, 0]) > _HALF_TURN]]] = True
    step = np.abs(np.diff(coords[:, 0]))
    # An edge of a whole turn is how files write a parallel round the world, or a vertex on 180° twice.
    jumps = (step > _HALF_TURN) & (step < 360.0) & (path[1:] == path[:-1])
    across[owner[path[1:][jumps]]] = True
    return across


def _cut(geometry: shapely.Geometry) -> shapely.Geometry:
    pieces: list[shapely.Geometry] = []
    for part in shapely.get_parts(np.array([geometry], dtype=np.object_)):
        kind = shapely.get_type_id(part)
        if kind == _POINT:
            lon, lat = shapely.get_coordinates(part)[0]
            pieces.append(shapely.Point((lon + _HALF_TURN) % 360.0 - _HALF_TURN, lat))
        elif kind in (_LINE, _RING):
            pieces += _within(shapely.LineString(_running(part, closed=False)), dimension=1)
        else:
            pieces += _within(_plane_polygon(cast("shapely.Polygon", part)), dimension=2)
    kinds = {int(shapely.get_type_id(piece)) for piece in pieces}
    many: dict[int, Any] = {
        _POINT: shapely.multipoints,
        _LINE: shapely.multilinestrings,
        _POLYGON: shapely.multipolygons,
    }
    if len(pieces) == 1:
        return pieces[0]
    return many[kinds.pop()](pieces) if len(kinds) == 1 else shapely.geometrycollections(pieces)


def _running(path: shapely.Geometry, *, closed: bool) -> Floats:
    """Return the vertices of a path with longitudes that run on."""
    coords = shapely.get_coordinates(path)
    return unwrap(coords, np.zeros(len(coords), dtype=np.int64), closed=closed)[0]


def _plane_polygon(polygon: shapely.Polygon) -> shapely.Geometry:
    """Return a polygon in the plane of running longitudes, without its holes."""
    whole = _ring_area(polygon.exterior)
    for hole in polygon.interiors:
        area = _ring_area(hole)
        left, _, right, _ = shapely.bounds(whole)
        hole_left, _, hole_right, _ = shapely.bounds(area)
        for turn in range(int((left - hole_right) // 360.0), int((right - hole_left) // 360.0) + 2):
            whole = shapely.difference(whole, _shifted(area, 360.0 * turn))
    return whole


def _ring_area(ring: shapely.Geometry) -> shapely.Geometry:
    vertices = _running(ring, closed=True)
    if turns_of(vertices, np.zeros(len(vertices), dtype=np.int64))[0]:
        pole = 90.0 if encloses_north(vertices) else -90.0
        vertices = np.vstack((vertices, (vertices[-1, 0], pole), (vertices[0, 0], pole), vertices[:1]))
    return repaired(np.array([shapely.Polygon(vertices)], dtype=np.object_))[0]


def _within(geometry: shapely.Geometry, *, dimension: int) -> list[shapely.Geometry]:
    """Return the parts of a geometry turn by turn, each shifted to within ±180°."""
    left, _, right, _ = shapely.bounds(geometry)
    found: list[shapely.Geometry] = []
    first, last = (int((lon + _HALF_TURN) // 360.0) for lon in (left, right))
    for turn in range(first, last + 1):
        middle = 360.0 * turn
        piece = shapely.intersection(geometry, shapely.box(middle - _HALF_TURN, -90.0, middle + _HALF_TURN, 90.0))
        found += _parts(_shifted(piece, -middle), dimension)
    # Two turns of a ring round a pole meet where it was opened.
    return _parts(shapely.union_all(found), dimension) if dimension == 2 else found


def _parts(geometry: shapely.Geometry, dimension: int) -> list[shapely.Geometry]:
    """Return the single parts of one dimension, from any nesting."""
    parts = shapely.get_parts(shapely.get_parts(np.array([geometry], dtype=np.object_)))
    return [part for part in parts if shapely.get_dimensions(part) == dimension and not part.is_empty]


def _shifted(geometry: shapely.Geometry, by_deg: float) -> shapely.Geometry:
    return shapely.transform(geometry, lambda xy: xy + np.array([by_deg, 0.0])) if by_deg else geometry


def _indexed(pair: Any) -> tuple[Any, NDArray[np.int64]]:
    return pair[0], np.asarray(pair[1], dtype=np.int64)
