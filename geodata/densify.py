"""More vertices where a straight edge in longitude and latitude is a curve on the map."""

import numpy as np
from numpy.typing import NDArray

from geodata.stereographic import EQUATOR_RADIUS_M
from geodata.unwrap import Floats, Ints, reduced

CHORD_ERROR_M = 25.0
"""How far, in map metres, an edge on the map may stray from the line it stands for."""

_MAX_PIECES = 20_000
_RADIUS_M = 1.01 * EQUATOR_RADIUS_M  # the ellipsoid's ρ is up to 0.7 % more than the sphere's towards the pole


def densify(lonlat: Floats, path: Ints, *, chord_error_m: float = CHORD_ERROR_M) -> tuple[Floats, Ints]:
    """Divide edges evenly in longitude and latitude, into as few pieces as the chord error allows.

    An edge along a parallel stays on the parallel, one along a meridian is never divided. All vertices of the input
    stay as they are. Two paths that share an edge get the same new vertices to the last bit, whichever way and on
    whichever turn they pass it, so shared borders stay shared.

    Does not unwrap: an edge goes as far round as its longitudes say.

    Parameters
    ----------
    lonlat, path
        Unwrapped paths as `geodata.unwrap` describes them, north of the equator.
    chord_error_m
        The greatest distance between the curve and the edges that replace it, in map metres.
    """
    if len(path) < 2:
        return lonlat, path
    inside = path[1:] == path[:-1]
    step = np.diff(lonlat, axis=0)
    low = np.minimum(lonlat[1:, 1], lonlat[:-1, 1])
    pieces = np.where(inside, _pieces(step, low, chord_error_m), 1)
    repeats = np.append(pieces, 1)
    if not (pieces > 1).any():
        return lonlat, path
    edge = np.repeat(np.arange(len(path)), repeats)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    dense = lonlat[edge]
    new = np.flatnonzero(nth)
    dense[new] = _between(lonlat, edge[new], nth[new], repeats[edge[new]])
    return dense, path[edge]


def _pieces(step_deg: Floats, lat_deg: Floats, chord_error_m: float) -> Ints:
    """Return how many pieces keep the chord error, from a bound of the curvature at the southern end.

    On the sphere ρ = c tan h with h = 45° - φ/2. The part of the curve's second derivative that is not along a
    meridian is at most ρλ'² + (2|ρ'| + ρ tan h)|φ'λ'|; a chord over 1/n of the edge strays an eighth of it over n².
    """
    turn, rise = np.abs(np.radians(step_deg)).T
    tangent = np.tan(np.pi / 4 - np.radians(lat_deg) / 2)
    rho, slope = _RADIUS_M * tangent, _RADIUS_M * (1 + tangent**2) / 2
    bend = rho * turn**2 + (2 * slope + rho * tangent) * rise * turn
    wanted = np.ceil(np.sqrt(bend / (8 * chord_error_m)))
    return np.clip(wanted, 1, _MAX_PIECES).astype(np.int64)


def _between(lonlat: Floats, edge: Ints, nth: Ints, pieces: Ints) -> Floats:
    """Return new vertices, each reckoned from the end that comes first on the globe, so that direction is no matter."""
    a, b = lonlat[edge], lonlat[edge + 1]
    a_lon, b_lon = reduced(a[:, 0]), reduced(b[:, 0])
    backward: NDArray[np.bool_] = (b_lon < a_lon) | ((b_lon == a_lon) & (b[:, 1] < a[:, 1]))
    share = np.where(backward, pieces - nth, nth) / pieces
    lon_step = b_lon - a_lon
    lon_step += 360.0 * np.round((b[:, 0] - a[:, 0] - lon_step) / 360.0)
    first_lat = np.where(backward, b[:, 1], a[:, 1])
    last_lat = np.where(backward, a[:, 1], b[:, 1])
    lon = np.where(backward, b_lon, a_lon) + np.where(backward, -lon_step, lon_step) * share
    return np.column_stack((lon, first_lat + (last_lat - first_lat) * share))
