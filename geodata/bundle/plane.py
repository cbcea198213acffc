"""Between degrees and the map plane for geometries whose vertices are shared and must stay so."""

from __future__ import annotations

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
    """Take polygons from the map plane to degrees, cut at 180°; those round the pole get an edge along 90° N."""
    dense = shapely.segmentize(geometries, step_m)
    reach = 3e7
    east = shapely.box(0, -reach, reach, reach)
    west = shapely.box(-reach, -reach, 0, reach)
    crosses = shapely.intersects(dense, shapely.LineString([(0, -1), (0, reach)]))
    result = np.empty(len(dense), dtype=object)
    result[~crosses] = shapely.transform(dense[~crosses], _inverse)
    for row in np.flatnonzero(crosses):
        halves = [_half(shapely.intersection(dense[row], side), sign) for side, sign in ((east, 1), (west, -1))]
        result[row] = shapely.union_all([half for half in halves if not shapely.is_empty(half)])
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


def _half(geometry: shapely.Geometry, sign: int) -> shapely.Geometry:
    """Unproject the polygons that lie on one side of the line 0°/180° through the pole."""
    parts = shapely.get_parts(geometry)
    parts = parts[shapely.get_dimensions(parts) == 2]
    rings = [[_ring(shapely.get_coordinates(ring), sign) for ring in shapely.get_rings(part)] for part in parts]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(shell, holes)) for shell, *holes in rings])


def _ring(coords: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    """Unproject a closed ring on one side: on the axis the side says which longitude, and the pole becomes an edge."""
    at_pole = np.hypot(coords[:, 0], coords[:, 1]) < GRID_M
    coords = coords[~at_pole]
    if (coords[0] != coords[-1]).any():
        coords = np.concatenate((coords, coords[:1]))
    on_axis = np.abs(coords[:, 0]) < GRID_M
    degrees = _inverse(coords)
    degrees[on_axis, 0] = np.where(coords[on_axis, 1] > 0, 180.0 * sign, 0.0)
    over = np.flatnonzero(on_axis[:-1] & on_axis[1:] & (coords[:-1, 1] * coords[1:, 1] < 0))
    top = np.full(len(over), 90.0)
    ends = [np.column_stack((degrees[over + step, 0], top)) for step in (0, 1)]
    return np.insert(degrees, np.repeat(over + 1, 2), np.stack(ends, axis=1).reshape(-1, 2), axis=0)
