"""Geometries in longitude and latitude as lines on the map."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.stereographic import forward

Floats = NDArray[np.float64]


def paths_of(geometry: shapely.Geometry) -> tuple[Floats, ...]:
    """Return the lines and rings of a geometry in map metres, each of shape (n, 2); points give none."""
    found: list[Floats] = []
    for part in shapely.get_parts(geometry):
        rings = shapely.get_rings(part) if shapely.get_type_id(part) == 3 else [part]
        for ring in rings:
            lonlat = shapely.get_coordinates(ring)
            if len(lonlat) > 1:
                found.append(forward(lonlat[:, 0], lonlat[:, 1]))
    return tuple(found)
