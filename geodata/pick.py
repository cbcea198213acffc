"""What lies under a point of the map, what was most likely meant first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.extent import Extent
from geodata.hit import Hit, hit_of
from geodata.prepared import UNITS_PER_METRE, GeometryKind, Level, PreparedLayer
from geodata.some_parts import some_parts

_OVERLAP_SHARE = 0.75
"""Points whose distances differ by less than this share of the tolerance overlap: symbols are wider than that."""
_NARROW_PX = 24.0
MOST_HITS = 30
"""Nobody chooses among more features under one point."""

_TREE_UP_TO = 5_000
"""Parts of a layer for which geometries are kept; of more, those near the point are made when they are asked for."""


class PickIndex:
    """Finds the features of one layer near a point.

    Geometries and tree are made when first asked for, from the finest level. Not safe to use from two threads.
    """

    def __init__(self, layer: PreparedLayer) -> None:
        self._layer = layer

    def warm_up(self) -> None:
        """Make now what the first question would otherwise wait for."""
        if self._is_large:
            _ = self._layer.row_of
            return
        if len(self._parts):
            self._tree.query(self._parts[0])
        _ = self._areas

    @property
    def layer(self) -> PreparedLayer:
        """The layer that is searched."""
        return self._layer

    @property
    def _is_large(self) -> bool:
        return self._layer.levels[0].part_count > _TREE_UP_TO

    def _shapes(self, parts: NDArray[np.intp]) -> NDArray[np.object_]:
        """Return the geometries of some parts."""
        if not self._is_large:
            return self._parts[parts]
        return _geometries(some_parts(self._layer.levels[0], parts), self._layer.geometry)

    def _parts_near(self, x: float, y: float, tolerance_m: float) -> NDArray[np.intp]:
        """Return the parts within a tolerance of a point; of large layers those whose bounds are."""
        if self._is_large:
            around = Extent(x, y, x, y).grown(tolerance_m)
            return np.flatnonzero(around.touched_by(self._layer.levels[0].bounds))
        return self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=tolerance_m)

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
        found = self._parts_near(x, y, tolerance_m)
        if len(found) == 0:
            return []
        distances = shapely.distance(self._shapes(found), point)
        found, distances = found[distances <= tolerance_m], distances[distances <= tolerance_m]
        nearest: dict[int, float] = {}
        for part, distance in zip(found.tolist(), distances.tolist(), strict=True):
            row = int(self._layer.levels[0].feature_of_part[part])
            nearest[row] = min(distance, nearest.get(row, distance))
        return sorted(nearest.items(), key=lambda item: (item[1], self.size_of(item[0])))

    def rows_in(self, extent: Extent) -> list[int]:
        """Return the rows of the features whose parts touch an extent, ascending."""
        level = self._layer.levels[0]
        return sorted({int(row) for row in level.feature_of_part[extent.touched_by(level.bounds)]})

    def distances(self, rows: Sequence[int], x: float, y: float) -> list[float]:
        """Return how far features are from a point, in map metres, 0 inside a polygon; in the order of `rows`."""
        feature_of_part = self._layer.levels[0].feature_of_part
        point = shapely.Point(x, y)
        spans = (np.searchsorted(feature_of_part, [row, row + 1]) for row in rows)
        return [float(shapely.distance(self._shapes(np.arange(*span)), point).min()) for span in spans]

    def size_of(self, row: int) -> float:
        """Return the area of a feature in square map metres; 0 for lines and points."""
        if not self._is_large:
            return float(self._areas[row])
        if self._layer.geometry != "polygon":
            return 0.0
        span = np.searchsorted(self._layer.levels[0].feature_of_part, [row, row + 1])
        return float(shapely.area(self._shapes(np.arange(*span))).sum())

    def width_of(self, row: int) -> float:
        """Return how wide a polygon is on the whole, in map metres: its area over the diagonal of its extent."""
        extent = self._layer.feature_extent(row)
        diagonal = math.hypot(extent.width, extent.height) if extent is not None else 0.0
        return self.size_of(row) / diagonal if diagonal else 0.0

    def rank_of(self, row: int) -> float:
        """Return a feature's ``rank``, smaller for what matters more; the last where the layer ranks others only."""
        column = self._layer.attributes.get("rank")
        rank = 0.0 if column is None else column[row]
        is_number = isinstance(rank, int | float) and math.isfinite(rank)
        return float(rank) if is_number else math.inf

    def id_of(self, row: int) -> str:
        """Return a feature's id."""
        return str(self._layer.attributes["id"][row])


@dataclass(frozen=True, slots=True)
class _Found:
    """One feature near the point, and the place of its layer from the top."""

    index: PickIndex
    order: int
    row: int
    distance_m: float


def pick(
    indexes: Sequence[PickIndex], x: float, y: float, *, tolerance_m: float, metres_per_pixel: float
) -> tuple[Hit, ...]:
    """Return what lies within a tolerance of a point, what was most likely meant first.

    Points come first. Those that are about as near as the nearest overlap on the screen, and which of them the pointer
    is nearest to is chance: the topmost layer's come first, within a layer by the column ``rank`` and then by id, the
    order in which names are written, so that a click takes what bears the name. Points that are clearly further off
    follow, nearest first.

    Then polygons that contain the point and are narrow on the screen, such as a runway: nobody points into one by
    accident, whereas a line may pass over it. Then lines, those of the topmost layer first, within a layer the nearest.
    Then the other polygons that contain the point. Polygons follow from the smallest to the largest across all layers;
    only where two have the same area does the topmost layer come first.

    Parameters
    ----------
    indexes
        The layers that can be clicked, topmost first.
    x, y
        Map metres.
    tolerance_m, metres_per_pixel
        How far a click may miss, and the scale for the outlines and for what is narrow.
    """
    found: list[_Found] = []
    for order, index in enumerate(indexes):
        reach = 0.0 if index.layer.geometry == "polygon" else tolerance_m
        found += [_Found(index, order, row, distance) for row, distance in index.rows_near(x, y, reach)]
    points = [one.distance_m for one in found if one.index.layer.geometry == "point"]
    near_m = min(points, default=0.0) + _OVERLAP_SHARE * tolerance_m
    found.sort(key=lambda one: _order(one, near_m=near_m, narrow_m=_NARROW_PX * metres_per_pixel))
    hits = (
        hit_of(one.index.layer, one.row, metres_per_pixel=metres_per_pixel, distance_m=one.distance_m)
        for one in found[:MOST_HITS]
    )
    return tuple(hit for hit in hits if hit is not None)


def _order(one: _Found, *, near_m: float, narrow_m: float) -> tuple[int, float, float, float, str]:
    """Return what decides who comes first; see `pick`."""
    index, order, row, distance = one.index, one.order, one.row, one.distance_m
    if index.layer.geometry == "point":
        overlaps = distance <= near_m
        return 0 if overlaps else 1, 0.0 if overlaps else distance, order, index.rank_of(row), index.id_of(row)
    if index.layer.geometry == "line":
        return 3, order, distance, 0.0, ""
    return 2 if index.width_of(row) <= narrow_m else 4, index.size_of(row), order, 0.0, ""


def _geometries(level: Level, kind: GeometryKind) -> NDArray[np.object_]:
    coords = level.coords / UNITS_PER_METRE
    if kind == "point":
        return cast("NDArray[np.object_]", shapely.points(coords))
    if kind == "line":
        return shapely.from_ragged_array(shapely.GeometryType.LINESTRING, coords, (level.ring_offsets,))
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, coords, (level.ring_offsets, level.part_offsets))
