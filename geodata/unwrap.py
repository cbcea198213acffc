"""Longitudes that run on across 180° instead of jumping.

A path (a line, or a closed ring whose last vertex repeats its first) is followed vertex by vertex, and every edge is
taken the short way round. What comes out is a path in a plane whose longitudes have no end: a ring that crosses 180°
keeps its shape there, and a ring round a pole ends a whole turn from where it began.

Paths lie one after the other in one array of vertices of shape (n, 2), longitude and latitude in degrees, beside an
array of n ascending numbers that say which path each vertex belongs to.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SEAM_TOLERANCE_DEG = 1e-6
"""A vertex this close to 180° lies on it: eleven centimetres at the equator, more than files differ by."""

_POLE_TOLERANCE_DEG = 1e-9
_TIE_DEG = 1e-9
_DECIMALS = 10
_TURN_DEG = 360.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def unwrap(lonlat: Floats, path: Ints, *, closed: bool) -> tuple[Floats, Ints]:
    """Let the longitudes of paths run on, every edge the short way round.

    An edge of exactly half a turn goes the way it is written. An edge of a whole turn, from 180° to -180°, is where
    files duplicate the vertex at which a ring crosses: it is taken as no edge at all, except where it runs along a
    parallel, its neighbours run along 180° to and fro and it closes its ring, as in a rectangle round the world, or
    where it is all there is to a line, as in a parallel of two vertices. A longitude at a pole says nothing: edges that
    end at a pole follow their other end's meridian, so a pole may come back as two vertices.

    Does not clip, close, orient or repair.

    Parameters
    ----------
    lonlat, path
        Paths as this module describes them, in any longitudes; all finite.
    closed
        Whether the paths are rings.

    Returns
    -------
    The same paths with running longitudes, odd multiples of 180° exact, rounded to eleven micrometres; there may be a
    few vertices more.
    """
    lonlat = np.round(lonlat, _DECIMALS)
    lonlat, path = _each(lonlat, path, _touches_pole(lonlat), lambda one: _along_meridians(one, closed=closed))
    lon = snapped(lonlat[:, 0])
    step = np.diff(lon)
    inside = path[1:] == path[:-1]
    turns = np.where(inside & (np.abs(step) > _TURN_DEG / 2 + _TIE_DEG), np.round(step / _TURN_DEG), 0.0)
    full = np.flatnonzero(inside & (np.abs(np.abs(step) - _TURN_DEG) < SEAM_TOLERANCE_DEG))
    meant = [edge for edge in full if _is_meant(lon, lonlat[:, 1], path, edge=int(edge), closed=closed)]
    turns = _with_meant(turns, np.array(meant, dtype=np.int64), path, closed=closed)
    run = np.concatenate(([0.0], np.cumsum(turns)))
    run -= run[starts(path)][_ordinal(path)] if len(path) else 0.0
    return np.column_stack((lon - _TURN_DEG * run, lonlat[:, 1])), path


def turns_of(lonlat: Floats, path: Ints) -> Ints:
    """Return how many whole turns eastward each unwrapped ring makes: 0, or ±1 where it goes round a pole."""
    first = starts(path)
    last = np.append(first[1:], len(path)) - 1
    return np.round((lonlat[last, 0] - lonlat[first, 0]) / _TURN_DEG).astype(np.int64)


def encloses_north(ring: Floats) -> bool:
    """Return whether an unwrapped ring that goes round a pole encloses the north pole rather than the south pole.

    It does where it touches the north pole, and does not where it touches the south pole; otherwise by its mean
    latitude. Which way it is wound says nothing, since files do not agree on it.
    """
    lat = ring[:, 1]
    if _pole_of(lat).any():
        return bool((_pole_of(lat) > 0).any())
    return mean_lat(ring) >= 0


def mean_lat(ring: Floats) -> float:
    """Return the mean latitude, over all longitudes, of an unwrapped ring that goes round a pole."""
    step = np.diff(ring[:, 0])
    return float((step * (ring[1:, 1] + ring[:-1, 1])).sum() / step.sum() / 2)


def starts(path: Ints) -> Ints:
    """Return where each path begins in the array of vertices."""
    return np.flatnonzero(np.append(True, path[1:] != path[:-1])[: len(path)])


def snapped(lon: Floats) -> Floats:
    """Return longitudes with those beside an odd multiple of 180° put on it exactly."""
    nearest = 180.0 * np.round(lon / 180.0)
    on_seam = (np.abs(lon - nearest) < SEAM_TOLERANCE_DEG) & (nearest % _TURN_DEG == 180.0)
    return np.where(on_seam, nearest, lon)


def reduced(lon: Floats) -> Floats:
    """Return longitudes between -180° and 180°, the upper end left out.

    They come rounded to eleven micrometres: whole turns added and taken away again cost the last bits of a number, and
    two neighbours would no longer share their border exactly.
    """
    low = np.where((lon >= -180.0) & (lon < 180.0), lon, lon - _TURN_DEG * np.floor((lon + 180.0) / _TURN_DEG))
    return np.round(low, _DECIMALS).astype(np.float64, copy=False)


def _ordinal(path: Ints) -> Ints:
    return np.cumsum(np.append(False, path[1:] != path[:-1])[: len(path)])


def _pole_of(lat: Floats) -> Ints:
    return np.where(np.abs(lat) >= 90.0 - _POLE_TOLERANCE_DEG, np.sign(lat), 0.0).astype(np.int64)


def _touches_pole(lonlat: Floats) -> NDArray[np.bool_]:
    return _pole_of(lonlat[:, 1]) != 0


def _each(
    lonlat: Floats, path: Ints, chosen: NDArray[np.bool_], change: Callable[[Floats], Floats]
) -> tuple[Floats, Ints]:
    """Change the paths that own a chosen vertex, one by one; there are few of them in any file."""
    if not chosen.any():
        return lonlat, path
    first = starts(path)
    touched = np.unique(_ordinal(path)[chosen])
    pieces = np.split(lonlat, first[1:])
    for number in touched:
        pieces[number] = change(pieces[number])
    return np.concatenate(pieces), np.repeat(path[first], [len(piece) for piece in pieces])


def _along_meridians(lonlat: Floats, *, closed: bool) -> Floats:
    """Give every visit to a pole the longitudes of the vertices before and after it; one at an end has one."""
    pole = _pole_of(lonlat[:, 1])
    if pole.all():
        return lonlat
    if closed:
        lonlat = np.roll(lonlat[:-1], -int(np.argmin(np.abs(pole[:-1]))), axis=0)
        lonlat = np.concatenate((lonlat, lonlat[:1]))
        pole = _pole_of(lonlat[:, 1])
    visits = np.flatnonzero(np.append(True, pole[1:] != pole[:-1]))
    out: list[Floats] = []
    for begin, end in zip(visits, np.append(visits[1:], len(pole)), strict=True):
        visit = lonlat[begin:end]
        if pole[begin]:
            comes = [(lonlat[begin - 1, 0], visit[0, 1])] if begin else []
            goes = [(lonlat[end, 0], visit[-1, 1])] if end < len(pole) else []
            visit = np.array([*comes, *visit[1:-1], *goes])
        out.append(visit)
    return np.concatenate(out)


def _with_meant(turns: Floats, meant: Ints, path: Ints, *, closed: bool) -> Floats:
    """Let edges of a whole turn stand where that closes their ring in the plane, as in a file made for flat maps."""
    out = turns.copy()
    for number in np.unique(path[meant]):
        begin, end = np.searchsorted(path, number), np.searchsorted(path, number, side="right") - 1
        out[meant[path[meant] == number]] = 0.0
        if closed and out[begin:end].sum() != 0:
            out[begin:end] = turns[begin:end]
    return out


def _is_meant(lon: Floats, lat: Floats, path: Ints, *, edge: int, closed: bool) -> bool:
    """Return whether an edge of a whole turn goes round the world, and is not a crossing written twice."""
    begin, end = int(np.searchsorted(path, path[edge])), int(np.searchsorted(path, path[edge], side="right"))
    if not closed:
        return end - begin == 2
    size = end - begin - 1
    before = begin + (edge - 1 - begin) % size
    after = begin + (edge + 2 - begin) % size
    upright = max(abs(lon[before] - lon[edge]), abs(lon[after] - lon[edge + 1])) < SEAM_TOLERANCE_DEG
    level = abs(lat[edge] - lat[edge + 1]) < SEAM_TOLERANCE_DEG
    same_side = (lat[before] - lat[edge]) * (lat[after] - lat[edge + 1]) > 0
    return bool(upright and level and same_side)
