"""Distances, bearings and areas on the WGS 84 ellipsoid, never on the map plane.

Longitudes and latitudes in degrees, longitudes in any turn. Geodesics by C. F. F. Karney, Algorithms for geodesics,
Journal of Geodesy 87 (2013), as `pyproj.Geod` has them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from geodata.stereographic import FLATTENING, SEMI_MAJOR_M
from geodata.unwrap import encloses_north, starts, turns_of, unwrap
from geodata.weld import single_parts

GEODESIC_ERROR_M = 25.0
"""How far the pieces of a geodesic line, straight in longitude and latitude, may stray from the geodesic."""

_GEOD = Geod(ellps="WGS84")
_E = math.sqrt(FLATTENING * (2 - FLATTENING))
_POLYGON = 3
_MAX_HALVINGS = 30

Floats = NDArray[np.float64]


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the length of the shortest line between two points, in metres."""
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[2])


def length_m(lonlat: Floats) -> float:
    """Return the length of a line of vertices of shape (n, 2), each edge taken as a geodesic, in metres."""
    if len(lonlat) < 2:
        return 0.0
    return float(_GEOD.line_length(lonlat[:, 0], lonlat[:, 1]))


def initial_bearing_deg(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the direction in which the shortest line leaves the first point, clockwise from north, from 0 to 360.

    At the north pole, where every way is south, the bearing is reckoned from the direction in which the first point's
    longitude would have one walk on: 180° leads down that meridian.
    """
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[0]) % 360.0


def destination(lon: float, lat: float, *, bearing_deg: float, distance_m: float) -> tuple[float, float]:
    """Return the longitude, in ±180°, and latitude reached from a point along a geodesic."""
    lon2, lat2, _ = _GEOD.fwd(lon, lat, bearing_deg, distance_m, return_back_azimuth=False)
    return float(lon2), float(lat2)


def geodesic_line(lon1: float, lat1: float, lon2: float, lat2: float, *, max_step_m: float = 100_000.0) -> Floats:
    """Return points along the shortest line between two points, so close that straight pieces follow it.

    Pieces that are straight in longitude and latitude, as `geodata.polar` draws them, stray at most
    `GEODESIC_ERROR_M` from the geodesic; near the pole the points come closer together for that. A line over the pole
    has the pole twice, once with the longitude it comes by and once with that it leaves by.

    Parameters
    ----------
    max_step_m
        The greatest distance between two points, in metres; above zero.

    Returns
    -------
    Array of shape (n, 2), n ≥ 2: longitude in ±180°, not running on across it, and latitude. The ends are those given,
    but at a pole the longitude is that of the next point.
    """
    bearing, _, total_m = _GEOD.inv(lon1, lat1, lon2, lat2)
    if _over_north_pole(lon1, lat1, lon2, lat2):
        before = geodesic_line(lon1, lat1, lon1, 90.0, max_step_m=max_step_m)
        after = geodesic_line(lon2, 90.0, lon2, lat2, max_step_m=max_step_m)
        return np.concatenate((before, after))
    along_m = np.linspace(0.0, total_m, max(1, math.ceil(total_m / max_step_m)) + 1)
    for _ in range(_MAX_HALVINGS):
        middle_m = (along_m[1:] + along_m[:-1]) / 2
        points = _points(lon1, lat1, bearing_deg=bearing, along_m=along_m)
        middle = _points(lon1, lat1, bearing_deg=bearing, along_m=middle_m)
        astray = _stray_m(points, middle) > GEODESIC_ERROR_M
        if not astray.any():
            break
        along_m = np.sort(np.concatenate((along_m, middle_m[astray])))
    points = _points(lon1, lat1, bearing_deg=bearing, along_m=along_m)
    points[0], points[-1] = _end(lon1, lat1, beside=points[1, 0]), _end(lon2, lat2, beside=points[-2, 0])
    return points


def area_m2(geometry: shapely.Geometry) -> float:
    """Return the area of the polygons in a geometry on the ellipsoid, in square metres.

    Edges are straight in longitude and latitude and go the short way round, as `geodata.polar` draws them, and a ring
    round a pole encloses the pole it does there; but nothing is clipped at the equator. Does not repair: the loops of
    a ring that crosses itself cancel out, and polygons that overlap count twice. Lines and points have no area.
    Exact to the area's integral along each edge: J. P. Snyder, Map Projections: A Working Manual (1987), equation 3-12.
    """
    parts, _ = single_parts(np.array([geometry], dtype=np.object_))
    polygons = parts[shapely.get_type_id(parts) == _POLYGON]
    pair: Any = shapely.get_rings(polygons, return_index=True)
    rings, polygon = pair
    return float(sum(_areas(rings) * np.where(np.append(True, np.diff(polygon) > 0)[: len(polygon)], 1.0, -1.0)))


def _over_north_pole(lon1: float, lat1: float, lon2: float, lat2: float) -> bool:
    opposite = abs(abs(lon1 - lon2) % 360.0 - 180.0) < 1e-9
    return opposite and max(lat1, lat2) < 90.0 and lat1 + lat2 >= 0  # between antipodes this way is as short as any


def _end(lon: float, lat: float, *, beside: float) -> tuple[float, float]:
    return (beside if abs(lat) == 90.0 else lon, lat)


def _points(lon: float, lat: float, *, bearing_deg: float, along_m: Floats) -> Floats:
    same: Floats = np.ones_like(along_m)
    lons, lats, _ = _GEOD.fwd(lon * same, lat * same, bearing_deg * same, along_m, return_back_azimuth=False)
    return np.column_stack((lons, lats))


def _stray_m(points: Floats, middle: Floats) -> Floats:
    """Return how far the middle of each straight piece is from the geodesic's."""
    running, _ = unwrap(points, np.zeros(len(points), dtype=np.int64), closed=False)
    straight = (running[1:] + running[:-1]) / 2
    return np.asarray(_GEOD.inv(straight[:, 0], straight[:, 1], middle[:, 0], middle[:, 1])[2], dtype=np.float64)


def _areas(rings: NDArray[np.object_]) -> Floats:
    """Return the area inside each ring by Gauss–Legendre quadrature of the zone's area along every edge."""
    if len(rings) == 0:
        return np.zeros(0)
    pair: Any = shapely.get_coordinates(rings, return_index=True)
    lonlat, ring = unwrap(pair[0], np.asarray(pair[1], dtype=np.int64), closed=True)
    nodes, weights = np.polynomial.legendre.leggauss(12)
    inside = ring[1:] == ring[:-1]
    turn = np.radians(np.diff(lonlat[:, 0]))
    lat = lonlat[:-1, 1, None] + np.diff(lonlat[:, 1])[:, None] * (nodes + 1) / 2
    swept = np.where(inside, turn * (_zone_m2(lat) @ weights) / 2, 0.0)
    first = starts(ring)
    total = np.add.reduceat(np.append(swept, 0.0), first)
    pieces = np.split(lonlat, first[1:])
    for number, turns in enumerate(turns_of(lonlat, ring)):
        if turns:
            cap = 2 * math.pi * float(_zone_m2(np.array(90.0 if encloses_north(pieces[number]) else -90.0)))
            total[number] -= turns * cap
    return np.abs(total)


def _zone_m2(lat_deg: Floats) -> Floats:
    """Return the area from the equator to a latitude, for one radian of longitude."""
    sine = np.sin(np.radians(lat_deg))
    part = sine / (1 - (_E * sine) ** 2) + np.arctanh(_E * sine) / _E
    return SEMI_MAJOR_M**2 * (1 - _E**2) / 2 * part
