"""Polygons and lines on the map plane put right: rings repaired, and halves joined that a file had cut apart."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]

_POLYGON = 3
_MIN_RING = 3


def single_parts(geometries: Geometries) -> tuple[Geometries, NDArray[np.int64]]:
    """Return the flat points, lines and polygons inside any nesting, each with the number of its row.

    Null and empty geometries, Z values, and vertices that are not finite are left out.
    """
    row = np.flatnonzero(~shapely.is_missing(geometries) & ~shapely.is_empty(geometries))
    parts = geometries[row]
    while (shapely.get_type_id(parts) > _POLYGON).any():
        pair: Any = shapely.get_parts(parts, return_index=True)
        parts, row = pair[0], row[pair[1]]
    parts = shapely.force_2d(parts)
    coords, owner = cast("Any", shapely.get_coordinates(parts, return_index=True))
    for number in np.unique(owner[~np.isfinite(coords).all(axis=1)]):
        parts[number] = _finite(cast("Any", parts[number]))
    keep = ~shapely.is_empty(parts)
    return parts[keep], row[keep]


def repaired(polygons: Geometries) -> Geometries:
    """Return polygons with invalid ones made valid; what is left of one may be a multipolygon, or empty.

    Both loops of a figure of eight stay; spikes and parts without area go. Never returns lines or points.
    """
    broken = ~shapely.is_valid(polygons)
    if not broken.any():
        return polygons
    out = polygons.copy()
    out[broken] = [_valid(polygon) for polygon in polygons[broken]]
    return out


def welded(polygons: Geometries) -> shapely.Geometry | None:
    """Join the polygons of one feature into one valid polygon or multipolygon; None where nothing has an area.

    Polygons that overlap or share an edge become one; those that do not are returned as they came, vertex by vertex.
    The halves of something cut at 180° (or at 0°, as files with longitudes to 360° are) share their edge exactly,
    because both are projected to x = 0 exactly, so no grid is needed to bring them together.
    """
    parts = _polygons(polygons)
    if len(parts) == 0:
        return None
    seam = np.array([_has_seam(part) for part in parts], dtype=np.bool_) if len(parts) > 1 else np.zeros(1, np.bool_)
    if seam.sum() > 1:
        parts = np.concatenate((parts[~seam], _polygons(_union(parts[seam]))))
    whole = gathered(parts, shapely.multipolygons)
    if shapely.is_valid(whole):
        return whole
    return gathered(_polygons(_union(parts)), shapely.multipolygons)


def welded_lines(lines: Geometries) -> shapely.Geometry | None:
    """Join the lines of one feature end to end where one leaves the map's seam and the next begins; None for none.

    Only ends that meet exactly on x = 0 count, and only where the directions agree.
    """
    at_seam = (_ends_x(lines) == 0.0).any(axis=1)
    if at_seam.sum() > 1:
        merged = shapely.line_merge(shapely.multilinestrings(lines[at_seam]), directed=True)
        lines = np.concatenate((lines[~at_seam], shapely.get_parts(merged)))
    return gathered(lines, shapely.multilinestrings)


def gathered(parts: Geometries, many: Callable[..., Any]) -> Any:
    """Return None for no part, the part itself for one, and what `many` makes of several."""
    if len(parts) == 0:
        return None
    return parts[0] if len(parts) == 1 else many(parts)


def on_seam(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which edges, given by their ends of shape (n, 2) in map metres, lie on the meridian of 180°."""
    return (start[:, 0] == 0.0) & (end[:, 0] == 0.0) & (start[:, 1] >= 0.0) & (end[:, 1] >= 0.0)


def _finite(part: shapely.Geometry) -> shapely.Geometry:
    """Return a part without the vertices that are not finite, empty where too few are left."""
    if not isinstance(part, shapely.Polygon):
        coords = _finite_rows(shapely.get_coordinates(part))
        return shapely.LineString(coords if len(coords) > 1 else None) if len(coords) else shapely.Point()
    rings = [_finite_rows(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
    if len(rings[0]) < _MIN_RING:
        return shapely.Polygon()
    return shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= _MIN_RING])


def _finite_rows(coords: NDArray[np.float64]) -> NDArray[np.float64]:
    return coords[np.isfinite(coords).all(axis=1)]


def _valid(polygon: shapely.Geometry) -> shapely.Geometry:
    mended = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    whole = gathered(_polygons(np.array([mended], dtype=np.object_)), shapely.multipolygons)
    return shapely.Polygon() if whole is None else whole


def _union(polygons: Geometries) -> Geometries:
    return shapely.get_parts(np.array([shapely.union_all(repaired(polygons))], dtype=np.object_))


def _polygons(geometries: Geometries) -> Geometries:
    """Return the single polygons with an area among geometries."""
    parts = shapely.get_parts(shapely.get_parts(geometries))
    return parts[(shapely.get_type_id(parts) == _POLYGON) & ~shapely.is_empty(parts)]


def _has_seam(polygon: shapely.Geometry) -> bool:
    coords = shapely.get_coordinates(polygon)
    on_axis = coords[:, 0] == 0.0
    return bool((on_axis[1:] & on_axis[:-1]).any())


def _ends_x(lines: Geometries) -> NDArray[np.float64]:
    return np.column_stack((shapely.get_x(shapely.get_point(lines, 0)), shapely.get_x(shapely.get_point(lines, -1))))
