"""Points, lines and polygons in longitude and latitude → the disc of the northern hemisphere, array to array.

The inner working of `geodata.polar`, without frames. All functions take arrays of single geometries (no multis, no
collections, not null, not empty) and return arrays of the same length, with None for what lies south of the equator.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.densify import densify
from geodata.stereographic import forward
from geodata.unwrap import Floats, Ints, encloses_north, reduced, starts, turns_of, unwrap
from geodata.weld import Geometries, gathered, repaired, welded


def project(lonlat: Floats) -> Floats:
    """Project vertices of shape (n, 2), the meridians of 0° and 180° to x = 0 exactly, the poles to their points."""
    lon = reduced(lonlat[:, 0])
    xy = forward(lon, lonlat[:, 1])
    xy[lon == -180.0, 0] = 0.0
    return xy


def project_points(points: Geometries) -> Geometries:
    """Project points; None south of the equator."""
    lonlat = shapely.get_coordinates(points)
    north = lonlat[:, 1] >= 0
    out = np.full(len(points), None, dtype=np.object_)
    out[north] = shapely.points(project(lonlat[north]))
    return out


def project_lines(lines: Geometries) -> Geometries:
    """Project lines, each straight in longitude and latitude between its vertices; what crosses the equator is cut."""
    lonlat, path = _vertices(lines)
    lonlat, path = unwrap(lonlat, path, closed=False)
    lines = _lines(lonlat, path)
    crossing = np.minimum.reduceat(lonlat[:, 1], starts(path)) < 0
    lines[crossing] = [shapely.clip_by_rect(line, *_north_of(line)) for line in lines[crossing]]
    parts, line_of_part = _indexed(shapely.get_parts(lines, return_index=True))
    parts, line_of_part = _of_type(parts, line_of_part, 1)
    lonlat, path = densify(*_vertices(parts))
    xy = project(lonlat)
    again = np.append(False, (path[1:] == path[:-1]) & (xy[1:] == xy[:-1]).all(axis=1))[: len(path)]
    xy, path = xy[~again], path[~again]
    real = np.bincount(path, minlength=len(parts)) > 1
    dense, line_of_part = _lines(xy[real[path]], path[real[path]]), line_of_part[real]
    out = np.full(len(lines), None, dtype=np.object_)
    first = starts(line_of_part)
    for number, mine in zip(line_of_part[first], np.split(dense, first[1:]), strict=bool(len(dense))):
        out[number] = gathered(mine, shapely.multilinestrings)
    return out


def project_polygons(polygons: Geometries) -> Geometries:
    """Project polygons, each valid in itself: polygons, multipolygons, or None where nothing with an area is north.

    What a ring round a pole encloses is as `geodata.unwrap.encloses_north` has it; where a hole goes round as well, the
    polygon is the band between the two.
    """
    rings, polygon_of_ring = _indexed(shapely.get_rings(polygons, return_index=True))
    lonlat, ring = unwrap(*_vertices(rings), closed=True)
    first = starts(ring)
    turns = turns_of(lonlat, ring)
    is_hole = np.append(False, polygon_of_ring[1:] == polygon_of_ring[:-1])[: len(polygon_of_ring)]
    south = np.minimum.reduceat(lonlat[:, 1], first) < 0
    gone = (np.maximum.reduceat(lonlat[:, 1], first) <= 0) & ~is_hole & (turns == 0)
    hard = _any_of(polygon_of_ring, south | (is_hole & (turns != 0)), len(polygons))
    gone = _any_of(polygon_of_ring, gone, len(polygons))
    out = np.full(len(polygons), None, dtype=np.object_)
    easy = ~(hard | gone)
    out[easy] = repaired(_easy(lonlat, ring, polygon_of_ring, chosen=easy))
    ring_vertices = np.split(lonlat, first[1:])
    for number in np.flatnonzero(hard & ~gone):
        mine = np.flatnonzero(polygon_of_ring == number)
        out[number] = _hard([ring_vertices[i] for i in mine], turns[mine])
    return out


def _easy(lonlat: Floats, ring: Ints, polygon_of_ring: Ints, *, chosen: NDArray[np.bool_]) -> Geometries:
    """Project polygons whose rings are rings on the map as well: nothing to clip, nothing to close."""
    keep = chosen[polygon_of_ring[ring]]
    lonlat, ring = densify(lonlat[keep], ring[keep])
    polygon_of_ring = polygon_of_ring[ring[starts(ring)]]
    offsets = np.append(starts(ring), len(ring)), np.append(starts(polygon_of_ring), len(polygon_of_ring))
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, project(lonlat), offsets)


def _hard(rings: list[Floats], turns: Ints) -> shapely.Geometry | None:
    """Project one polygon ring by ring and put it together on the map, where longitudes are no matter any more."""
    band = bool(turns[0]) and bool(turns[1:].any())
    areas = [_area(ring, int(turn), north=True if band else None) for ring, turn in zip(rings, turns, strict=True)]
    whole = areas[0]
    for hole, turn in zip(areas[1:], turns[1:], strict=True):
        combine = shapely.symmetric_difference if band and turn else shapely.difference
        whole = combine(whole, hole)
    return welded(np.array([whole], dtype=np.object_))


def _area(ring: Floats, turn: int, *, north: bool | None) -> shapely.Geometry:
    """Return what one unwrapped ring encloses north of the equator, on the map plane."""
    if turn:
        north = encloses_north(ring) if north is None else north
        pole = 90.0 if north else -90.0
        ring = np.vstack((ring, (ring[-1, 0], pole), (ring[0, 0], pole), ring[:1]))
    flat = repaired(np.array([shapely.Polygon(ring)], dtype=np.object_))[0]
    clipped = shapely.intersection(flat, shapely.box(*_north_of(flat)))
    parts, _ = _of_type(*_indexed(shapely.get_parts(np.array([clipped], dtype=np.object_), return_index=True)), 3)
    if len(parts) == 0:
        return shapely.Polygon()
    rings, part_of_ring = _indexed(shapely.get_rings(parts, return_index=True))
    lonlat, path = _vertices(rings)
    everything = np.ones(len(parts), dtype=np.bool_)
    whole = welded(repaired(_easy(lonlat, path, part_of_ring, chosen=everything)))
    return shapely.Polygon() if whole is None else whole


def _north_of(geometry: shapely.Geometry) -> tuple[float, float, float, float]:
    left, _, right, _ = shapely.bounds(geometry)
    return float(left) - 1.0, 0.0, float(right) + 1.0, 91.0


def _vertices(geometries: Geometries) -> tuple[Floats, Ints]:
    return _indexed(shapely.get_coordinates(geometries, return_index=True))


def _lines(vertices: Floats, path: Ints) -> Geometries:
    offsets = (np.append(starts(path), len(path)),)
    return shapely.from_ragged_array(shapely.GeometryType.LINESTRING, vertices, offsets)


def _of_type(parts: Geometries, index: Ints, type_id: int) -> tuple[Geometries, Ints]:
    keep = (shapely.get_type_id(parts) == type_id) & ~shapely.is_empty(parts)
    return parts[keep], index[keep]


def _any_of(group: Ints, flags: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    return np.bincount(group[flags], minlength=count) > 0


def _indexed(pair: Any) -> tuple[Any, Ints]:
    return pair[0], np.asarray(pair[1], dtype=np.int64)
