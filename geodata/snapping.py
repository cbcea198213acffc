"""The vertex or edge that a pointer near it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geodata.stereographic import forward, inverse

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snap:
    """What was found.

    Attributes
    ----------
    lon, lat : float
        The point, on the vertex or the edge.
    kind : {"vertex", "edge"}
        What it lies on.
    path, index : int
        Which path, and the vertex in it, or the vertex that the edge begins with.
    """

    lon: float
    lat: float
    kind: Literal["vertex", "edge"]
    path: int
    index: int


def snap(lon: float, lat: float, paths: Iterable[Floats], *, reach_m: float) -> Snap | None:
    """Return the vertex nearest to a point, else the nearest point of an edge; None where none is within reach.

    Parameters
    ----------
    lon, lat
        The point in degrees.
    paths
        Arrays of longitudes and latitudes, shape (n, 2). An edge is straight on the map.
    reach_m
        How far away, in map metres.
    """
    found = snap_on_map(forward(lon, lat), [forward(path[:, 0], path[:, 1]) for path in paths], reach_m=reach_m)
    if found is None:
        return None
    point, kind, path, index = found
    lon_there, lat_there = inverse(point[0], point[1])
    return Snap(float(lon_there), float(lat_there), kind, path, index)


def snap_on_map(
    at: Floats, paths: Iterable[Floats], *, reach_m: float
) -> tuple[Floats, Literal["vertex", "edge"], int, int] | None:
    """Do the same on the map plane: return the point, what it lies on, which path and which vertex of it."""
    vertex = edge = None
    to_vertex = to_edge = reach_m
    for number, path in enumerate(paths):
        if len(path) == 0:
            continue
        away = np.hypot(*(path - at).T)
        nearest = int(np.argmin(away))
        if away[nearest] <= to_vertex:
            to_vertex, vertex = float(away[nearest]), (path[nearest], number, nearest)
        if len(path) > 1:
            point, index, distance = _nearest_on_edges(at, path)
            if distance <= to_edge:
                to_edge, edge = distance, (point, number, index)
    if vertex is not None:
        return vertex[0], "vertex", vertex[1], vertex[2]
    return (edge[0], "edge", edge[1], edge[2]) if edge is not None else None


def _nearest_on_edges(at: Floats, path: Floats) -> tuple[Floats, int, float]:
    step = np.diff(path, axis=0)
    squared = (step**2).sum(axis=1)
    share = ((at - path[:-1]) * step).sum(axis=1) / np.where(squared > 0, squared, 1.0)
    feet = path[:-1] + step * np.clip(share, 0.0, 1.0)[:, None]
    away = np.hypot(*(feet - at).T)
    nearest = int(np.argmin(away))
    return feet[nearest], nearest, float(away[nearest])
