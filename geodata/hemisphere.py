"""Points, lines and polygons in longitude and latitude → the disc of the northern hemisphere, array to array.

The inner working of `geodata.polar`, without frames. All functions take arrays of single geometries (no multis, no
collections, not null, not empty) and return arrays of the same length, with None for what lies south of the equator.
"""

from typing import Any

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray

from geodata.densify import densify
from geodata.stereographic import forward
from geodata.unwrap import Floats, Ints, encloses_north, mean_lat, reduced, starts, turns_of, unwrap
from geodata.weld import Geometries, gathered, repaired, welded

_LINE, _POLYGON = 1, 3


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
    keep = (shapely.get_type_id(parts) == _LINE) & ~shapely.is_empty(parts)
    parts, line_of_part = parts[keep], line_of_part[keep]
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
    out[shapely.is_empty(out)] = None
    return out


def _easy(lonlat: Floats, ring: Ints, polygon_of_ring: Ints, *, chosen: NDArray[np.bool_]) -> Geometries:
    """Project polygons whose rings are rings on the map as well: nothing to clip, nothing to close."""
    keep = chosen[polygon_of_ring[ring]]
    lonlat, ring = densify(lonlat[keep], ring[keep])
    polygon_of_ring = polygon_of_ring[ring[starts(ring)]]
    offsets = np.append(starts(ring), len(ring)), np.append(starts(polygon_of_ring), len(polygon_of_ring))
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, project(lonlat), offsets)


def _hard(rings: list[Floats], turns: Ints) -> shapely.Geometry | None:
    """Put a polygon together and clip it in the plane of running longitudes, then project it."""
    round_pole = [number for number, turn in enumerate(turns) if turn]
    north = None
    if len(round_pole) > 1 and turns[0]:
        north = True
        round_pole.sort(key=lambda number: mean_lat(rings[number]))
    order = [round_pole[0] if north else 0]
    order += [number for number in range(len(rings)) if number != order[0]]
    whole, *holes = (_flat(rings[number], int(turns[number]), north=north) for number in order)
    for hole in holes:
        whole = shapely.difference(whole, _copies(hole, beside=whole))
    clipped = shapely.intersection(whole, shapely.box(*_north_of(whole)))
    parts = shapely.get_parts(shapely.get_parts(np.array([clipped], dtype=np.object_)))
    parts = parts[(shapely.get_type_id(parts) == _POLYGON) & ~shapely.is_empty(parts)]
    if len(parts) == 0:
        return None
    rings_of, part_of_ring = _indexed(shapely.get_rings(parts, return_index=True))
    everything = np.ones(len(parts), dtype=np.bool_)
    return welded(repaired(_easy(*_vertices(rings_of), part_of_ring, chosen=everything)))


def _flat(ring: Floats, turn: int, *, north: bool | None) -> shapely.Geometry:
    """Return what an unwrapped ring encloses in the plane of running longitudes, closed along 180° to a pole."""
    if turn:
        north = encloses_north(ring) if north is None else north
        ring = _opened_at_seam(ring, turn, north=north)
        pole = 90.0 if north else -90.0
        ring = np.vstack((ring, (ring[-1, 0], pole), (ring[0, 0], pole), ring[:1]))
    return repaired(np.array([shapely.Polygon(ring)], dtype=np.object_))[0]


def _opened_at_seam(ring: Floats, turn: int, *, north: bool) -> Floats:
    """Let a ring round a pole begin and end where it crosses 180° nearest to that pole, so that nothing is between."""
    cell = np.floor((ring[:, 0] + 180.0) / 360.0)
    edges = np.flatnonzero(cell[1:] != cell[:-1])
    at_lon = 360.0 * np.maximum(cell[edges], cell[edges + 1]) - 180.0
    share = (at_lon - ring[edges, 0]) / (ring[edges + 1, 0] - ring[edges, 0])
    at_lat = ring[edges, 1] + share * (ring[edges + 1, 1] - ring[edges, 1])
    best = int(np.argmax(at_lat if north else -at_lat))
    crossing, edge = np.array([[at_lon[best], at_lat[best]]]), int(edges[best])
    whole_turn = np.array([360.0 * turn, 0.0])
    return np.concatenate((crossing, ring[edge + 1 : -1], ring[: edge + 1] + whole_turn, crossing + whole_turn))


def _copies(hole: shapely.Geometry, *, beside: shapely.Geometry) -> shapely.Geometry:
    """Return a hole in every turn in which it could lie in a polygon."""
    left, _, right, _ = shapely.bounds(beside)
    hole_left, _, hole_right, _ = shapely.bounds(hole)
    turns = np.arange(np.floor((left - hole_right) / 360.0), np.ceil((right - hole_left) / 360.0) + 1)
    copies = [shapely.affinity.translate(hole, 360.0 * turn) for turn in turns]
    return shapely.union_all(np.array(copies, dtype=np.object_))


def _north_of(geometry: shapely.Geometry) -> tuple[float, float, float, float]:
    left, _, right, _ = shapely.bounds(geometry)
    return float(left) - 1.0, 0.0, float(right) + 1.0, 91.0


def _vertices(geometries: Geometries) -> tuple[Floats, Ints]:
    return _indexed(shapely.get_coordinates(geometries, return_index=True))


def _lines(vertices: Floats, path: Ints) -> Geometries:
    offsets = (np.append(starts(path), len(path)),)
    return shapely.from_ragged_array(shapely.GeometryType.LINESTRING, vertices, offsets)


def _any_of(group: Ints, flags: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    return np.bincount(group[flags], minlength=count) > 0


def _indexed(pair: Any) -> tuple[Any, Ints]:
    return pair[0], np.asarray(pair[1], dtype=np.int64)
