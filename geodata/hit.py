"""A feature that was found: which, its attributes, and an outline to highlight. Needs no geometry library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.extent import Extent
from geodata.prepared import GeometryKind, PreparedLayer

MAX_OUTLINE_VERTICES = 2_000
_THINNED_RINGS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A feature that was found.

    Attributes
    ----------
    layer_id, feature_id : str
        Which feature.
    attributes : dict
        Its attributes by name.
    geometry : {"polygon", "line", "point"}
        What its outline is made of.
    outline : tuple of (n, 2) float64
        Rings, lines or single points in map metres, simplified to about a pixel and at most 2,000 vertices in all.
    extent : Extent
        Around the whole feature.
    distance_m : float
        From the point asked for to the feature, in map metres; 0 inside it.
    """

    layer_id: str
    feature_id: str
    attributes: dict[str, Any]
    geometry: GeometryKind
    outline: tuple[NDArray[np.float64], ...]
    extent: Extent
    distance_m: float = 0.0

    @property
    def reference(self) -> str:
        """The feature as ``layer/feature``."""
        return f"{self.layer_id}/{self.feature_id}"

    @property
    def name(self) -> str:
        """What the feature is called; its id where it has no name."""
        return str(self.attributes.get("name") or self.feature_id)


def hit_of(layer: PreparedLayer, row: int, *, metres_per_pixel: float, distance_m: float = 0.0) -> Hit | None:
    """Return a feature as a hit, its outline simplified for a scale; None where nothing of it is left on the map."""
    extent = layer.feature_extent(row)
    if extent is None:
        return None
    attributes = layer.feature(row)
    return Hit(
        layer_id=layer.id,
        feature_id=str(attributes["id"]),
        attributes=attributes,
        geometry=layer.geometry,
        outline=_outline(layer, row, metres_per_pixel),
        extent=extent,
        distance_m=distance_m,
    )


def _outline(layer: PreparedLayer, row: int, metres_per_pixel: float) -> tuple[NDArray[np.float64], ...]:
    first = layer.level_for(metres_per_pixel, pixels=1.0)
    for level in layer.levels[first:]:
        if level.vertices_of(row) <= MAX_OUTLINE_VERTICES:
            return level.rings_of_feature(row)
    return _thinned(layer.levels[-1].rings_of_feature(row))


def _thinned(rings: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.float64], ...]:
    """Keep the largest rings, each thinned evenly, so that the whole stays within the limit, last vertices and all."""
    largest = sorted(rings, key=len, reverse=True)[:_THINNED_RINGS]
    # Of n vertices at most n / step + 2 stay: the last one always does, and the division is rounded up.
    room = MAX_OUTLINE_VERTICES - 2 * len(largest)
    step = -(-sum(map(len, largest)) // room)
    return tuple(np.vstack((ring[:-1:step], ring[-1:])) for ring in largest)
