"""The vertices of a geometry as one array, to be moved, added and taken away without touching the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.prepared import GeometryKind
from geodata.stereographic import forward, inverse

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_LEAST: dict[GeometryKind, int] = {"point": 1, "line": 2, "polygon": 3}


@dataclass(frozen=True, slots=True, eq=False)
class Vertices:
    """All vertices of a geometry in order, path after path; a ring's last vertex is not its first once more.

    Attributes
    ----------
    kind : {"polygon", "line", "point"}
        What the paths are: rings, lines, or single points.
    lonlat : (n, 2) float64
        Longitudes and latitudes in degrees.
    ends : tuple of int
        For each path the index after its last vertex.
    parts : tuple of int
        For each path the number of the polygon, line or point it belongs to; a polygon's outer ring comes first.
    plane : (n, 2) float64
        The same in map metres.
    following : (n,) int64
        For each vertex the one that its edge leads to; -1 where it has none.
    """

    kind: GeometryKind
    lonlat: Floats
    ends: tuple[int, ...]
    parts: tuple[int, ...]
    plane: Floats = field(init=False, repr=False)
    following: Whole = field(init=False, repr=False)

    def __post_init__(self) -> None:
        following = np.arange(1, len(self.lonlat) + 1, dtype=np.int64)
        for start, end in self._spans():
            following[end - 1] = start if self.kind == "polygon" else -1
        object.__setattr__(self, "plane", forward(self.lonlat[:, 0], self.lonlat[:, 1]).reshape(-1, 2))
        object.__setattr__(self, "following", following)

    def __len__(self) -> int:
        """Return how many vertices there are."""
        return len(self.lonlat)

    def place(self, index: int) -> tuple[float, float]:
        """Return a vertex in degrees."""
        return float(self.lonlat[index, 0]), float(self.lonlat[index, 1])

    def moved(self, index: int, lon: float, lat: float) -> Vertices:
        """Return the same with a vertex elsewhere."""
        lonlat = self.lonlat.copy()
        lonlat[index] = lon, lat
        return Vertices(self.kind, lonlat, self.ends, self.parts)

    def added(self, index: int, lon: float, lat: float) -> Vertices:
        """Return the same with one vertex more, on the edge that the vertex of this index begins; it is the next."""
        lonlat = np.insert(self.lonlat, index + 1, (lon, lat), axis=0)
        ends = tuple(end + (end > index) for end in self.ends)
        return Vertices(self.kind, lonlat, ends, self.parts)

    def without(self, index: int) -> Vertices | None:
        """Return the same without a vertex; None where its path needs it."""
        start, end = next(span for span in self._spans() if span[0] <= index < span[1])
        if end - start <= _LEAST[self.kind]:
            return None
        ends = tuple(stop - (stop > index) for stop in self.ends)
        return Vertices(self.kind, np.delete(self.lonlat, index, axis=0), ends, self.parts)

    def shifted(self, dx: float, dy: float) -> Vertices:
        """Return the same moved as a whole, by map metres."""
        plane = self.plane + np.array([dx, dy])
        lonlat = np.column_stack(inverse(plane[:, 0], plane[:, 1]))
        return Vertices(self.kind, lonlat, self.ends, self.parts)

    def nearest(self, x: float, y: float, *, reach_m: float) -> int:
        """Return the vertex nearest to a point in map metres; -1 where none is within reach."""
        away = np.hypot(*(self.plane - (x, y)).T)
        index = int(np.argmin(away)) if len(away) else -1
        return index if index >= 0 and away[index] <= reach_m else -1

    def nearest_edge(self, x: float, y: float, *, reach_m: float) -> int:
        """Return the vertex that the edge nearest to a point in map metres begins with; -1 where none is in reach.

        Edges are taken as straight on the map.
        """
        begins = np.flatnonzero(self.following >= 0)
        if len(begins) == 0:
            return -1
        start, step = self.plane[begins], self.plane[self.following[begins]] - self.plane[begins]
        squared = (step**2).sum(axis=1)
        share = (((x, y) - start) * step).sum(axis=1) / np.where(squared > 0, squared, 1.0)
        feet = start + step * np.clip(share, 0.0, 1.0)[:, None]
        away = np.hypot(*(feet - (x, y)).T)
        nearest = int(np.argmin(away))
        return int(begins[nearest]) if away[nearest] <= reach_m else -1

    def geometry(self) -> shapely.Geometry:
        """Return the geometry in longitude and latitude; one of several parts is a multiple."""
        return self._geometry(self.lonlat)

    def geometry_on_map(self) -> shapely.Geometry:
        """Return the geometry in map metres, its edges straight on the map."""
        return self._geometry(self.plane)

    def path(self, number: int) -> slice:
        """Return which vertices a path has."""
        return slice(self.ends[number - 1] if number else 0, self.ends[number])

    def _spans(self) -> list[tuple[int, int]]:
        return list(zip((0, *self.ends[:-1]), self.ends, strict=True))

    def _geometry(self, points: Floats) -> shapely.Geometry:
        paths = [points[self.path(number)] for number in range(len(self.ends))]
        if self.kind == "point":
            return whole_of([shapely.Point(path[0]) for path in paths])
        if self.kind == "line":
            return whole_of([shapely.LineString(path) for path in paths])
        polygons: dict[int, list[Floats]] = {}
        for part, path in zip(self.parts, paths, strict=True):
            polygons.setdefault(part, []).append(path)
        whole = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons.values()]
        return whole_of(whole)


def of_places(kind: GeometryKind, places: Floats) -> Vertices:
    """Return the vertices of a single path; each of several points is a path of its own."""
    count = len(places)
    ends = tuple(range(1, count + 1)) if kind == "point" else (count,)
    return Vertices(kind, np.array(places, dtype=np.float64).reshape(-1, 2), ends, tuple(range(len(ends))))


def of_geometry(geometry: shapely.Geometry) -> Vertices | None:
    """Return the vertices of a geometry in degrees; None where it is empty or of mixed kinds. Z is dropped."""
    single = shapely.get_parts(shapely.force_2d(geometry))
    kinds = {int(kind) for kind in shapely.get_type_id(single)}
    names: dict[int, GeometryKind] = {0: "point", 1: "line", 3: "polygon"}
    if len(kinds) != 1 or shapely.is_empty(geometry) or not kinds <= set(names):
        return None
    kind = names[kinds.pop()]
    paths: list[Floats] = []
    parts: list[int] = []
    for number, part in enumerate(single):
        for ring in shapely.get_rings(part) if kind == "polygon" else [part]:
            points = shapely.get_coordinates(ring)
            paths.append(points[:-1] if kind == "polygon" else points)
            parts.append(number)
    ends = np.cumsum([len(path) for path in paths]).tolist()
    return Vertices(kind, np.vstack(paths), tuple(ends), tuple(parts))


def whole_of(parts: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return parts of one kind as one geometry: a single one as it is, several as a multiple."""
    if len(parts) == 1:
        return parts[0]
    several: Any = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
    return several[int(shapely.get_dimensions(parts[0]))](list(parts))
