"""What lies under a point of the map, topmost and smallest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.extent import Extent
from geodata.hit import Hit, hit_of
from geodata.prepared import UNITS_PER_METRE, GeometryKind, Level, PreparedLayer


class PickIndex:
    """Finds the features of one layer near a point.

    Geometries and tree are made when first asked for, from the finest level. Not safe to use from two threads.
    """

    def __init__(self, layer: PreparedLayer) -> None:
        self._layer = layer

    def warm_up(self) -> None:
        """Make now what the first question would otherwise wait for."""
        if len(self._parts):
            self._tree.query(self._parts[0])
        _ = self._areas

    @property
    def layer(self) -> PreparedLayer:
        """The layer that is searched."""
        return self._layer

    @cached_property
    def _parts(self) -> NDArray[np.object_]:
        return _geometries(self._layer.levels[0], self._layer.geometry)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._parts)

    @cached_property
    def _areas(self) -> NDArray[np.float64]:
        per_part = shapely.area(self._parts)
        return np.bincount(self._layer.levels[0].feature_of_part, weights=per_part).astype(np.float64)

    def rows_near(self, x: float, y: float, tolerance_m: float) -> list[tuple[int, float]]:
        """Return (row, distance) of the features within a tolerance in map metres, nearest first, then smallest."""
        point = shapely.Point(x, y)
        found = self._tree.query(point, predicate="dwithin", distance=tolerance_m)
        if len(found) == 0:
            return []
        distances = shapely.distance(self._parts[found], point)
        nearest: dict[int, float] = {}
        for part, distance in zip(found.tolist(), distances.tolist(), strict=True):
            row = int(self._layer.levels[0].feature_of_part[part])
            nearest[row] = min(distance, nearest.get(row, distance))
        return sorted(nearest.items(), key=lambda item: (item[1], float(self._areas[item[0]])))

    def rows_in(self, extent: Extent) -> list[int]:
        """Return the rows of the features whose parts touch an extent, ascending."""
        level = self._layer.levels[0]
        return sorted({int(row) for row in level.feature_of_part[extent.touched_by(level.bounds)]})

    def distances(self, rows: Sequence[int], x: float, y: float) -> list[float]:
        """Return how far features are from a point, in map metres, 0 inside a polygon; in the order of `rows`."""
        feature_of_part = self._layer.levels[0].feature_of_part
        point = shapely.Point(x, y)
        spans = (np.searchsorted(feature_of_part, [row, row + 1]) for row in rows)
        return [float(shapely.distance(self._parts[first:last], point).min()) for first, last in spans]

    def size_of(self, row: int) -> float:
        """Return the area of a feature in square map metres; 0 for lines and points."""
        return float(self._areas[row])


def pick(
    indexes: Sequence[PickIndex], x: float, y: float, *, tolerance_m: float, metres_per_pixel: float
) -> tuple[Hit, ...]:
    """Return what lies within a tolerance of a point.

    Points and lines come before polygons, whatever their layer: of these those of the topmost layer first, and within a
    layer the nearest. Polygons follow from the smallest to the largest across all layers; only where two have the same
    area does the topmost layer come first.

    Parameters
    ----------
    indexes
        The layers that can be clicked, topmost first.
    x, y
        Map metres.
    tolerance_m, metres_per_pixel
        How far a click may miss, and the scale for the outlines.
    """
    found: list[tuple[tuple[int, float, int], PickIndex, int, float]] = []
    for order, index in enumerate(indexes):
        polygon = index.layer.geometry == "polygon"
        for row, distance in index.rows_near(x, y, 0.0 if polygon else tolerance_m):
            key = (1 if polygon else 0, index.size_of(row) if polygon else 0.0, order)
            found.append((key, index, row, distance))
    found.sort(key=lambda entry: entry[0])
    hits = (
        hit_of(index.layer, row, metres_per_pixel=metres_per_pixel, distance_m=distance)
        for _, index, row, distance in found
    )
    return tuple(hit for hit in hits if hit is not None)


def _geometries(level: Level, kind: GeometryKind) -> NDArray[np.object_]:
    coords = level.coords / UNITS_PER_METRE
    if kind == "point":
        return cast("NDArray[np.object_]", shapely.points(coords))
    if kind == "line":
        return shapely.from_ragged_array(shapely.GeometryType.LINESTRING, coords, (level.ring_offsets,))
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, coords, (level.ring_offsets, level.part_offsets))
