"""Between degrees and the map plane for geometries whose vertices are shared and must stay so."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.stereographic import forward, inverse

GRID_M = 0.01
"""Plane coordinates are whole centimetres, as in prepared files."""

STEP_DEG = 0.2
"""Longest edge in degrees before projecting: a parallel's arc is then off by 9 m at 40° N."""


def projected(geometries: NDArray[np.object_], *, step_deg: float = STEP_DEG) -> NDArray[np.object_]:
    """Take geometries from degrees to the map plane, vertex by vertex, so that shared edges stay shared.

    Halves that were cut at 180° come out touching each other and are not joined: see `welded`. Does not clip.
    """
    dense = shapely.segmentize(geometries, step_deg)
    return shapely.transform(dense, _forward)


def welded(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Join the parts of each polygon that touch along 180°; others are returned as they are."""
    result = geometries.copy()
    for row in np.flatnonzero(_touches_seam(geometries)):
        result[row] = shapely.union_all(shapely.get_parts(geometries[row]))
    return result


def unprojected(geometries: NDArray[np.object_], *, step_m: float = 50_000.0) -> NDArray[np.object_]:
    """Take polygons or lines from the map plane to degrees, cut at 180° and, for the pole's sake, at 0°."""
    dense = shapely.segmentize(geometries, step_m)
    reach = 3e7
    east = shapely.box(0, -reach, reach, reach)
    west = shapely.box(-reach, -reach, 0, reach)
    crosses = shapely.intersects(dense, shapely.LineString([(0, -1), (0, reach)]))
    result = np.empty(len(dense), dtype=object)
    result[~crosses] = shapely.transform(dense[~crosses], _inverse)
    for row in np.flatnonzero(crosses):
        halves = [_half(shapely.intersection(dense[row], side), sign) for side, sign in ((east, 1), (west, -1))]
        result[row] = shapely.union_all([half for half in halves if not half.is_empty])
    return result


def _forward(coords: NDArray[np.float64]) -> NDArray[np.float64]:
    lon = np.where(coords[:, 0] == -180.0, 180.0, coords[:, 0])
    return np.round(forward(lon, coords[:, 1]) / GRID_M) * GRID_M


def _inverse(coords: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = inverse(coords[:, 0], coords[:, 1])
    return np.round(np.column_stack((lon, lat)), 6)


def _touches_seam(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    x, y, right, top = shapely.bounds(geometries).T
    near = (x <= 0) & (right >= 0) & (top > 0)
    seam = shapely.LineString([(0, 0), (0, 2e7)])
    return np.asarray(
        near & shapely.intersects(geometries, seam) & (shapely.get_num_geometries(geometries) > 1) & (y < 2e7)
    )


def _half(geometry: shapely.Geometry, sign: int) -> Any:
    """Unproject what lies on one side of the line 0°/180° through the pole, as polygons or lines."""
    wanted = shapely.get_dimensions(geometry)
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == wanted]
    if wanted < 2:
        return shapely.union_all([_flat(part, sign) for part in parts])
    rings = [[_side(shapely.get_coordinates(ring), sign) for ring in shapely.get_rings(part)] for part in parts]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(shell, holes)) for shell, *holes in rings])


def _flat(part: shapely.Geometry, sign: int) -> shapely.Geometry:
    return shapely.LineString(_side(shapely.get_coordinates(part), sign))


def _side(coords: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    """Unproject a chain on one side; on the axis the side says which longitude, and the pole becomes an edge."""
    degrees = _inverse(coords)
    on_axis = np.abs(coords[:, 0]) < GRID_M
    degrees[on_axis, 0] = np.where(coords[on_axis, 1] > 0, 180.0 * sign, 0.0)
    rows: list[NDArray[np.float64]] = []
    for index, point in enumerate(degrees):
        if not (on_axis[index] and abs(coords[index, 1]) < GRID_M):
            rows.append(point)
            continue
        before, after = degrees[index - 1, 0], degrees[(index + 1) % len(degrees), 0]
        rows += [np.array([before, 90.0]), np.array([after, 90.0])]
    return np.array(rows)
