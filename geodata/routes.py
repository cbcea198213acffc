"""Sea ways between two ports, compared: a graph of the shipped lanes and of the legs that join them to ports.

Everything in it is schematic and not for navigation. Lengths are those of geodesics between the waypoints.
"""

from __future__ import annotations

import csv
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RESTORE, GeodataError, why_unreadable
from geodata.geodesy import distance_m, geodesic_line

METRES_PER_NM = 1_852.0
USUAL_SPEED_KN = 14.0
REFERENCE_WAY = "suez"
"""The way that the others are compared with."""

_STEP_M = 50_000.0
_APPROACH = "approach"
_CONNECTING = "connecting"

LonLat = tuple[float, float]
Row = Mapping[str, str]


class RouteError(GeodataError):
    """A table of ways, legs or ports cannot be read, or a port is not known."""


@dataclass(frozen=True, slots=True)
class RoutePort:
    """A port that ways begin and end at.

    Attributes
    ----------
    id, name, country : str
        Of which `id` is that of the map's layer of ports, where the map shows it.
    lon, lat : float
        In degrees.
    roads : (float, float)
        The place at sea where the legs begin, in degrees.
    """

    id: str
    name: str
    country: str
    lon: float
    lat: float
    roads: LonLat


@dataclass(frozen=True, slots=True)
class Way:
    """One of the great choices: which lanes it may use, and through which places it must lead.

    Attributes
    ----------
    id, name : str
        How the program and how people call it.
    kinds, lanes : tuple of str
        The kinds of legs and the lanes that only this way uses.
    gates : tuple of (float, float)
        One of these waypoints must lie on it, in degrees.
    season, caveats, source : str
        When it can be sailed, what else is to be known, and who says so.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    lanes: tuple[str, ...]
    gates: tuple[LonLat, ...]
    season: str
    caveats: str
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one port to another.

    Attributes
    ----------
    way : Way
        Which of the choices it is.
    start, end : RoutePort
        Where it leads from and to.
    waypoints : tuple of (float, float)
        In degrees, joined by geodesics.
    length_m : float
        Along those geodesics, in metres.
    """

    way: Way
    start: RoutePort
    end: RoutePort
    waypoints: tuple[LonLat, ...]
    length_m: float

    @property
    def length_nm(self) -> float:
        """The length in nautical miles."""
        return self.length_m / METRES_PER_NM

    def days_at(self, speed_kn: float) -> float:
        """Return how many days it takes without a stop at a speed in knots, which is above zero."""
        return self.length_nm / speed_kn / 24.0

    def drawn(self) -> NDArray[np.float64]:
        """Return points along it, in degrees, of shape (n, 2), at most 50 km apart."""
        legs = [geodesic_line(*one, *other, max_step_m=_STEP_M) for one, other in pairwise(self.waypoints)]
        return np.concatenate([legs[0], *(leg[1:] for leg in legs[1:])])


@dataclass(frozen=True, slots=True)
class Network:
    """The graph of waypoints.

    Attributes
    ----------
    ports : tuple of RoutePort
        In the table's order.
    ways : tuple of Way
        The one that the others are compared with comes first.
    """

    ports: tuple[RoutePort, ...]
    ways: tuple[Way, ...]
    _legs: Mapping[tuple[str, str], tuple[tuple[LonLat, ...], ...]] = field(repr=False)

    def port(self, name_or_id: str) -> RoutePort:
        """Return a port by its id or name, in any case.

        Raises
        ------
        RouteError
            Where no port is called that.
        """
        wanted = name_or_id.strip().casefold()
        for port in self.ports:
            if wanted in (port.id, port.name.casefold()):
                return port
        raise RouteError(f"No port is called {name_or_id.strip()}.", advice="Choose one from the list.")

    def nearest(self, lon: float, lat: float) -> RoutePort:
        """Return the port nearest to a place in degrees, however far."""
        return min(self.ports, key=lambda port: distance_m(lon, lat, port.lon, port.lat))

    def routes(self, start: RoutePort, end: RoutePort) -> tuple[Route, ...]:
        """Return the shortest route of each way that leads from one port to another, in the order of the ways.

        A way that would have to be sailed forth and back is left out; so are all where both ports are the same.
        """
        if start.id == end.id:
            return ()
        found = (self._route(way, start, end) for way in self.ways)
        return tuple(route for route in found if route is not None)

    def _route(self, way: Way, start: RoutePort, end: RoutePort) -> Route | None:
        graph = self._graph(way)
        _join(graph, ((start.lon, start.lat), start.roads))
        _join(graph, ((end.lon, end.lat), end.roads))
        first, last = _key((start.lon, start.lat)), _key((end.lon, end.lat))
        forth, back = _shortest(graph, first), _shortest(graph, last)
        best: tuple[float, tuple[LonLat, ...]] | None = None
        for gate in map(_key, way.gates):
            if gate not in forth or gate not in back:
                continue
            length = forth[gate][0] + back[gate][0]
            points = (*reversed(_path(forth, gate)), *_path(back, gate)[1:])
            if len(set(points)) == len(points) and (best is None or length < best[0]):
                best = (length, points)
        return Route(way, start, end, best[1], best[0]) if best else None

    def _graph(self, way: Way) -> dict[LonLat, dict[LonLat, float]]:
        graph: dict[LonLat, dict[LonLat, float]] = defaultdict(dict)
        for (kind, lane), legs in self._legs.items():
            if kind == _CONNECTING or kind in way.kinds or lane in way.lanes:
                for leg in legs:
                    _join(graph, leg)
        return graph


def read(folder: Path) -> Network:
    """Read the tables of lanes, legs, ports and ways from a folder.

    Raises
    ------
    RouteError
        Where a table is missing or damaged.
    """
    tables = {name: _table(folder / f"{name}.csv") for name in ("lane_waypoints", "route_legs", "route_ports")}
    ways = _table(folder / "route_ways.csv")
    try:
        legs = _legs(tables["lane_waypoints"], "lane_id") | _legs(tables["route_legs"], "leg_id")
        return Network(tuple(map(_port, tables["route_ports"])), tuple(map(_way, ways)), legs)
    except (KeyError, ValueError) as problem:
        raise RouteError(f"A row makes no sense ({problem}).", where=str(folder), advice=RESTORE) from problem


def difference_pct(route: Route, reference: Route) -> float:
    """Return by how many per cent of the reference a route is longer; below zero where it is shorter."""
    return (route.length_m / reference.length_m - 1.0) * 100.0


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError) as problem:
        raise RouteError(f"It cannot be used: {why_unreadable(problem)}.", where=str(path), advice=RESTORE) from problem


def _legs(rows: Iterable[Row], column: str) -> dict[tuple[str, str], tuple[tuple[LonLat, ...], ...]]:
    """Return the chains of waypoints by (kind, id)."""
    chains: dict[tuple[str, str], list[tuple[int, LonLat]]] = defaultdict(list)
    for row in rows:
        chains[row["kind"], row[column]].append((int(row["seq"]), (float(row["lon"]), float(row["lat"]))))
    return {key: (tuple(point for _, point in sorted(chain)),) for key, chain in chains.items()}


def _port(row: Row) -> RoutePort:
    roads = (float(row["roads_lon"]), float(row["roads_lat"]))
    return RoutePort(row["id"], row["name"], row["country"], float(row["lon"]), float(row["lat"]), roads)


def _way(row: Row) -> Way:
    gates = [gate.split() for gate in row["gates"].split(";")]
    return Way(
        row["id"],
        row["name"],
        tuple(filter(None, row["leg_kinds"].split(";"))),
        tuple(filter(None, row["lanes"].split(";"))),
        tuple((float(lon), float(lat)) for lon, lat in gates),
        row["season"],
        row["caveats"],
        row["source"],
    )


def _key(point: LonLat) -> LonLat:
    return round(point[0], 4), round(point[1], 4)


def _join(graph: dict[LonLat, dict[LonLat, float]], leg: Iterable[LonLat]) -> None:
    for one, other in pairwise(map(_key, leg)):
        if one != other:
            graph[one][other] = graph[other][one] = distance_m(*one, *other)


def _shortest(
    graph: Mapping[LonLat, Mapping[LonLat, float]], start: LonLat
) -> dict[LonLat, tuple[float, LonLat | None]]:
    """Return the distance from a waypoint to every other one and the waypoint before it (Dijkstra)."""
    found: dict[LonLat, tuple[float, LonLat | None]] = {}
    queue: list[tuple[float, LonLat, LonLat | None]] = [(0.0, start, None)]
    while queue:
        length, point, before = heapq.heappop(queue)
        if point in found:
            continue
        found[point] = (length, before)
        for following, step in graph.get(point, {}).items():
            if following not in found:
                heapq.heappush(queue, (length + step, following, point))
    return found


def _path(found: Mapping[LonLat, tuple[float, LonLat | None]], end: LonLat) -> tuple[LonLat, ...]:
    """Return the waypoints from an end back to the start."""
    points: list[LonLat] = []
    point: LonLat | None = end
    while point is not None:
        points.append(point)
        point = found[point][1]
    return tuple(points)
