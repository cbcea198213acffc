"""Lines on the ground, in degrees, cut where they cross 180°."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geodesy import geodesic_line


def geodesics(points: Sequence[tuple[float, float]]) -> shapely.MultiLineString:
    """Return the chain of shortest lines through points in degrees, cut at 180°."""
    legs = [geodesic_line(*start, *end) for start, end in pairwise(points)]
    return cut_at_180(np.concatenate([legs[0], *(leg[1:] for leg in legs[1:])]))


def cut_at_180(lonlat: NDArray[np.float64]) -> shapely.MultiLineString:
    """Cut a line of vertices of shape (n, 2) wherever it crosses 180°, both pieces reaching the meridian."""
    pieces: list[list[tuple[float, float]]] = [[(float(lonlat[0, 0]), float(lonlat[0, 1]))]]
    for (lon, lat), (next_lon, next_lat) in pairwise(lonlat.tolist()):
        if abs(next_lon - lon) > 180.0 and lat < 90.0:
            edge = 180.0 if lon > 0 else -180.0
            span = 360.0 - abs(next_lon - lon)
            share = (180.0 - abs(lon)) / span if span else 0.0
            crossing = lat + share * (next_lat - lat)
            pieces[-1].append((edge, crossing))
            pieces.append([(-edge, crossing)])
        pieces[-1].append((next_lon, next_lat))
    distinct = [list(dict.fromkeys(piece)) for piece in pieces]
    return shapely.MultiLineString([piece for piece in distinct if len(piece) > 1])
