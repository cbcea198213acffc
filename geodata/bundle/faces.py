"""Faces that share their edges exactly, cut by outlines that were generalised apart from each other."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

GRID_DEG = 1e-6
"""Coordinates are brought onto this grid, a tenth of a metre, before lines are cut at their crossings."""

NOBODY = -1


def faces_of(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the faces that the boundaries of polygons cut the plane into, with every node shared exactly."""
    lines = shapely.boundary(geometries)
    noded = shapely.union_all(lines, grid_size=GRID_DEG)
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))


def containing(polygons: NDArray[np.object_], points: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return for each point the first of the polygons that holds it, or `NOBODY`."""
    # Asked from the polygons' side each polygon is prepared once, which takes a tenth of the time.
    polygon, point = shapely.STRtree(points).query(polygons, predicate="contains")
    found = np.full(len(points), len(polygons), dtype=np.int64)
    np.minimum.at(found, point, polygon)
    return np.where(found == len(polygons), NOBODY, found)


def edges_of(polygons: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the directed edges of all rings as (e, 4) coordinates, and the polygon of each."""
    rings, of_polygon = _rings(polygons)
    coords, of_ring = cast("tuple[Any, Any]", shapely.get_coordinates(rings, return_index=True))
    same = of_ring[:-1] == of_ring[1:]
    return np.hstack((coords[:-1][same], coords[1:][same])), of_polygon[of_ring[:-1][same]]


def shared_edges(polygons: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the edges that two different polygons share.

    Returns
    -------
    Edges as (e, 4) coordinates in the direction of the first polygon, and the pairs of polygons as (e, 2), the smaller
    index first.
    """
    edges, owner = edges_of(polygons)
    flip = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    canonical = np.where(flip[:, None], edges[:, [2, 3, 0, 1]], edges)
    order = np.lexsort((owner, *canonical.T))
    ordered = canonical[order]
    twins = np.flatnonzero((ordered[1:] == ordered[:-1]).all(axis=1))
    first, second = order[twins], order[twins + 1]
    apart = owner[first] != owner[second]
    return edges[first[apart]], np.column_stack((owner[first[apart]], owner[second[apart]]))


def adopt(faces: NDArray[np.object_], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each face of nobody to the owner with whom it shares the longest border, until no face has such a border.

    Faces that touch nobody's neighbour stay with `NOBODY`.
    """
    edges, pairs = shared_edges(faces)
    lengths = np.hypot(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
    owner = owner.copy()
    while True:
        claims = _claims(pairs, lengths, owner)
        if not claims:
            return owner
        for face, best in claims.items():
            owner[face] = best


def nearest(polygons: NDArray[np.object_], geometries: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return for each geometry the polygon nearest to it."""
    return np.asarray(shapely.STRtree(polygons).nearest(geometries), dtype=np.int64)


def _claims(pairs: NDArray[np.int64], lengths: NDArray[np.float64], owner: NDArray[np.int64]) -> dict[int, int]:
    totals: dict[tuple[int, int], float] = {}
    for this, other in ((0, 1), (1, 0)):
        open_edge = (owner[pairs[:, this]] == NOBODY) & (owner[pairs[:, other]] != NOBODY)
        for face, by, length in zip(
            pairs[open_edge, this], owner[pairs[open_edge, other]], lengths[open_edge], strict=True
        ):
            key = int(face), int(by)
            totals[key] = totals.get(key, 0.0) + float(length)
    best: dict[int, tuple[float, int]] = {}
    for (face, by), total in totals.items():
        best[face] = max(best.get(face, (0.0, -by)), (total, -by))
    return {face: -by for face, (_, by) in best.items()}


def _rings(polygons: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    parts, of_polygon = cast("tuple[Any, Any]", shapely.get_parts(polygons, return_index=True))
    rings, of_part = cast("tuple[Any, Any]", shapely.get_rings(parts, return_index=True))
    return rings, of_polygon[of_part]
