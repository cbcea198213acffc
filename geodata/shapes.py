"""Shapes as a hand draws them on the map, and the geometries in longitude and latitude that they mean.

What is kept of a drawn shape are the places that were set; its geometry follows from them. Pieces of a geometry that
are straight in longitude and latitude stray at most a few metres from what was drawn, across 180° and over the pole
too. Edges go the short way round, as everywhere here; none is cut at 180°.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import GeometryError
from geodata.geodesy import destination, distance_m, geodesic_line
from geodata.stereographic import forward, inverse, scale_factor

Kind = Literal["point", "line", "polygon", "geodesic", "circle", "freehand", "text", "arrow"]
LonLat = tuple[float, float]
Floats = NDArray[np.float64]

KINDS: tuple[Kind, ...] = get_args(Kind)
LEAST: dict[Kind, int] = {
    "point": 1,
    "line": 2,
    "polygon": 3,
    "geodesic": 2,
    "circle": 2,
    "freehand": 2,
    "text": 1,
    "arrow": 2,
}
"""How many places each kind needs; a circle's are its middle and one on its rim."""

STRAY_M = 10.0
"""How far a piece, straight in longitude and latitude, may stray from a line that was straight on the map."""

MAX_RADIUS_M = 5_000_000.0

_HALVINGS = 20  # of an edge over the pole: down to about ten metres
_CIRCLE_POINTS = 72
_BARB_SHARE = 0.18
_BARB_DEG = 28.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as it was drawn.

    Attributes
    ----------
    kind : Kind
        What was drawn.
    places : tuple of (float, float)
        The places that were set, in longitude within ±180° and latitude; see `LEAST`.
    """

    kind: Kind
    places: tuple[LonLat, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there are as many different places as the kind needs."""
        return len(set(self.places)) >= LEAST[self.kind]

    @property
    def radius_m(self) -> float:
        """A circle's true radius in metres on the ellipsoid; 0 for all else."""
        if self.kind != "circle" or len(self.places) < 2:
            return 0.0
        return distance_m(*self.places[0], *self.places[1])


def geometry_of(drawn: Drawn) -> shapely.Geometry:
    """Return the geometry that a drawn shape means, in longitude and latitude.

    A line's, polygon's and arrow's edges are straight on the map; a geodesic line's are the shortest ways.

    Raises
    ------
    GeometryError
        Where there are too few places, or a circle is larger than `MAX_RADIUS_M`.
    """
    if not drawn.is_whole:
        raise GeometryError(f"A {drawn.kind} needs {LEAST[drawn.kind]} different places.", advice="Set another one.")
    if drawn.kind in ("point", "text"):
        return shapely.Point(drawn.places[0])
    if drawn.kind == "polygon":
        return shapely.Polygon(straight((*drawn.places, drawn.places[0])))
    if drawn.kind == "circle":
        return shapely.Polygon(circle(*drawn.places[0], radius_m=drawn.radius_m))
    if drawn.kind == "geodesic":
        return shapely.LineString(geodesic(drawn.places))
    if drawn.kind == "arrow":
        return shapely.MultiLineString([straight(drawn.places), *barbs(drawn.places)])
    return shapely.LineString(straight(drawn.places))


def to_text(drawn: Drawn) -> str:
    """Return a drawn shape as JSON text."""
    places = [[round(lon, 9), round(lat, 9)] for lon, lat in drawn.places]
    return json.dumps({"kind": drawn.kind, "places": places}, separators=(",", ":"))


def from_text(text: str) -> Drawn | None:
    """Return the drawn shape in a text that `to_text` made; None where it is none."""
    try:
        table = json.loads(text)
        places = tuple((float(lon), float(lat)) for lon, lat in table["places"])
    except (ValueError, TypeError, KeyError):
        return None
    if table.get("kind") not in KINDS or not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in places):
        return None
    return Drawn(cast("Kind", table["kind"]), places)


def of_geometry(geometry: shapely.Geometry) -> Drawn | None:
    """Return a plain point, line or polygon as if it had been drawn; None for what has several parts or holes."""
    kind = {0: "point", 1: "line", 3: "polygon"}.get(int(shapely.get_type_id(geometry)))
    if kind is None or shapely.is_empty(geometry) or len(shapely.get_rings(geometry)) > 1:
        return None
    places = [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(geometry)]
    return Drawn(cast("Kind", kind), tuple(places[:-1] if kind == "polygon" else places))


def straight(places: Sequence[LonLat]) -> Floats:
    """Return a line through places whose edges are straight on the map, as an array of longitudes and latitudes.

    The places themselves are among its vertices, as they are; where an edge runs over the pole, so does the line.
    """
    lonlat = np.asarray(places, dtype=np.float64)
    if len(lonlat) < 2:
        return lonlat
    plane = forward(*lonlat.T)
    meant = (plane[1:] + plane[:-1]) / 2
    astray = np.hypot(*(meant - _drawn_middles(lonlat[:-1], lonlat[1:])).T) > STRAY_M
    pieces: list[Floats] = []
    done = 0
    for at in np.flatnonzero(astray).tolist():  # most edges of a line with many are short, and straight as they are
        pieces += [lonlat[done:at], _edge(plane[at], plane[at + 1], places[at], places[at + 1])]
        done = at + 1
    return np.vstack([*pieces, lonlat[done:]])


def geodesic(places: Sequence[LonLat]) -> Floats:
    """Return the shortest ways from place to place, as an array of longitudes and latitudes."""
    pieces = [geodesic_line(*a, *b) for a, b in itertools.pairwise(places)]
    return np.vstack([piece if number == 0 else piece[1:] for number, piece in enumerate(pieces)])


def circle(lon: float, lat: float, *, radius_m: float) -> Floats:
    """Return the ring of all points so far from a place, along geodesics on the ellipsoid.

    The ring is closed. A circle about the pole, or with the pole inside, is a ring that goes round it.

    Raises
    ------
    GeometryError
        Where the radius is not above zero or larger than `MAX_RADIUS_M`.
    """
    if not 0 < radius_m <= MAX_RADIUS_M:
        advice = f"Keep it between 0 and {MAX_RADIUS_M / 1000:,.0f} km."
        raise GeometryError(f"A circle cannot have a radius of {radius_m / 1000:,.1f} km.", advice=advice)
    bearings = [360.0 * number / _CIRCLE_POINTS for number in range(_CIRCLE_POINTS + 1)]
    ring: Floats = np.zeros((0, 2))
    for _ in range(_HALVINGS):
        ring = np.array([destination(lon, lat, bearing_deg=way, distance_m=radius_m) for way in bearings])
        middles = [(a + b) / 2 for a, b in itertools.pairwise(bearings)]
        meant = forward(*np.array([destination(lon, lat, bearing_deg=m, distance_m=radius_m) for m in middles]).T)
        drawn = _drawn_middles(ring[:-1], ring[1:])
        astray = np.hypot(*(meant - drawn).T) > max(radius_m * 1e-3, 0.01)
        if not astray.any():
            break
        bearings = sorted((*bearings, *(m for m, is_astray in zip(middles, astray, strict=True) if is_astray)))
    ring[-1] = ring[0]
    return ring


def barbs(places: Sequence[LonLat]) -> tuple[Floats, Floats]:
    """Return the two strokes of an arrow's head, at the last place, sized by the arrow's last edge."""
    plane = forward(*np.asarray(places, dtype=np.float64).T)
    back = (plane[-2] - plane[-1]) * _BARB_SHARE
    strokes: list[Floats] = []
    for angle in (math.radians(_BARB_DEG), -math.radians(_BARB_DEG)):
        cos, sin = math.cos(angle), math.sin(angle)
        end = plane[-1] + (back[0] * cos - back[1] * sin, back[0] * sin + back[1] * cos)
        strokes.append(straight((_lonlat(end), places[-1])))
    return strokes[0], strokes[1]


def simplified(places: Sequence[LonLat], *, tolerance_m: float) -> tuple[LonLat, ...]:
    """Return the places of a freehand line without those that lie within a tolerance of the line through the others.

    Measured in map metres, so that neither 180° nor the pole is anything special; the ends stay.
    """
    if len(places) < 3:
        return tuple(places)
    plane: Any = shapely.LineString(forward(*np.asarray(places, dtype=np.float64).T))
    kept = shapely.get_coordinates(shapely.simplify(plane, tolerance_m, preserve_topology=False))
    return tuple(_lonlat(point) for point in kept)


def map_metres(metres: float, lat: float) -> float:
    """Return how long so many metres on the ground are on the map, about a latitude."""
    return metres * scale_factor(lat)


def _edge(a: Floats, b: Floats, start: LonLat, end: LonLat) -> Floats:
    """Return the vertices of an edge that is straight on the map, without its end."""
    shares = np.array([0.0, 1.0])
    for _ in range(_HALVINGS):
        lonlat = _along(a, b, shares, start, end)
        middles = (shares[1:] + shares[:-1]) / 2
        meant = a + (b - a) * middles[:, None]
        astray = np.hypot(*(meant - _drawn_middles(lonlat[:-1], lonlat[1:])).T) > STRAY_M
        if not astray.any():
            break
        shares = np.sort(np.concatenate((shares, middles[astray])))
    return _along(a, b, shares, start, end)[:-1]


def _along(a: Floats, b: Floats, shares: Floats, start: LonLat, end: LonLat) -> Floats:
    points = a + (b - a) * shares[:, None]
    lonlat = np.column_stack(inverse(points[:, 0], points[:, 1]))
    lonlat[0], lonlat[-1] = start, end
    return lonlat


def _drawn_middles(first: Floats, second: Floats) -> Floats:
    """Return where the middle of each piece, straight in longitude and latitude, lies on the map."""
    turn = (second[:, 0] - first[:, 0] + 180.0) % 360.0 - 180.0
    return forward(first[:, 0] + turn / 2, (first[:, 1] + second[:, 1]) / 2)


def _lonlat(point: Floats) -> LonLat:
    lon, lat = inverse(point[0], point[1])
    return float(lon), float(lat)
