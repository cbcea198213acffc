"""Finding features of layers by their names, and where only their places are at hand."""

from __future__ import annotations

import numpy as np

from geodata.extent import Extent
from geodata.hit import Hit, hit_of
from geodata.prepared import UNITS_PER_METRE, PreparedLayer
from geodata.swarm import Swarm
from viewer.engine.own_scenes import FarScene
from viewer.engine.scene import LayerScene

_AT_MOST = 50


def find_in(layer: PreparedLayer, feature_id: str, metres_per_pixel: float) -> Hit | None:
    """Return a feature of a layer by its id, or for an empty id the layer's extent."""
    if not feature_id:
        return Hit(layer.id, "", {}, layer.geometry, (), layer.extent) if layer.extent else None
    row = layer.row_of.get(feature_id)
    return None if row is None else hit_of(layer, row, metres_per_pixel=metres_per_pixel)


def find_far(far: FarScene, layer_id: str, feature_id: str, metres_per_pixel: float) -> Hit | None:
    """Do the same for a layer of which only a part is at hand; of points elsewhere the place is known."""
    extent = far.places.extent
    if not feature_id:
        return Hit(layer_id, "", {}, far.places.geometry, (), extent) if extent else None
    if isinstance(far.near, LayerScene):
        found = find_in(far.near.prepared, feature_id, metres_per_pixel)
        if found is not None:
            return found
    if far.places.geometry != "point" or not feature_id.isdecimal():
        return None
    at = np.flatnonzero(far.places.numbers == int(feature_id) - 1)
    return _hit(far.places, int(at[0])) if len(at) else None


def place_hits(places: Swarm, x: float, y: float, *, tolerance_m: float) -> list[Hit]:
    """Return the points around a point of the map, nearest first; of boxes none, for they are no features."""
    if places.geometry != "point":
        return []
    return [_hit(places, int(place), x=x, y=y) for place in places.near(x, y, tolerance_m)[:_AT_MOST]]


def _hit(places: Swarm, place: int, *, x: float | None = None, y: float | None = None) -> Hit:
    at = places.coords[place] / UNITS_PER_METRE
    right, up = float(at[0]), float(at[1])
    number = str(int(places.numbers[place]) + 1)
    away = 0.0 if x is None or y is None else float(np.hypot(right - x, up - y))
    attributes = {"id": number, "name": f"Feature {number}"}
    return Hit(places.id, number, attributes, "point", (at[None, :],), Extent(right, up, right, up), away)
