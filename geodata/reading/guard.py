"""Whether the numbers of a file can be what it says they are; and if not, what else they could be.

Nothing is decided by a single bad row: what 19 in 20 positions say counts, the others are left out later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from geodata.crs import GEOGRAPHIC, MAP
from geodata.reading.outcome import Interpretation, Preview
from geodata.stereographic import forward

Floats = NDArray[np.float64]

_SHARE = 0.95
_FOOT_M = 0.3048
_MERCATOR_RIM_M = 20_037_509.0
_POLAR_REACH_M = 6_000_000.0
_POLAR_REACH_KM = 10_000.0
_MARGIN_DEG = 5.0
_SHOWN_PLACES = 120

LONLAT = Interpretation("Longitude and latitude, in degrees")
LATLON = Interpretation("Latitude first, then longitude, in degrees", is_swapped=True)

_MERCATOR = Interpretation("Web Mercator, in metres (EPSG:3857)", "EPSG:3857")
_POLAR = (
    Interpretation("Arctic polar stereographic, 0° down, in metres (EPSG:3995)", MAP),
    Interpretation("NSIDC polar stereographic, 45° W down, in metres (EPSG:3413)", "EPSG:3413"),
    Interpretation("EASE-Grid 2.0 North, in metres (EPSG:6931)", "EPSG:6931"),
    Interpretation("Bering Sea equal-area, 180° down, in metres (EPSG:3571)", "EPSG:3571"),
    Interpretation("Universal Polar Stereographic North, in metres (EPSG:5041)", "EPSG:5041"),
    Interpretation("Alaska Albers, in metres (EPSG:3338)", "EPSG:3338"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a layer's numbers are best understood.

    Attributes
    ----------
    best : Interpretation or None
        The likeliest; None where nothing fits.
    finding : str
        What is doubtful, in a sentence; empty where nothing is.
    others : tuple of Interpretation
        What else they could be.
    must_ask : bool
        Whether nothing may be drawn before somebody has said which it is.
    """

    best: Interpretation | None
    finding: str = ""
    others: tuple[Interpretation, ...] = ()
    must_ask: bool = False


def judge(positions: Floats, declared: str | None) -> Verdict:
    """Return how positions are best understood.

    Parameters
    ----------
    positions
        Any sample of a layer's vertices as the file has them, shape (n, 2). Those that are not finite, and those at
        exactly 0, 0, which stand for missing ones, say nothing.
    declared
        The coordinate system that the file names, as a code or WKT; None where it names none. One that nobody knows
        counts as none.
    """
    known = positions[np.isfinite(positions).all(axis=1) & (positions != 0).any(axis=1)]
    if declared is None:
        return _with_places(_undeclared(known), known)
    try:
        crs = pyproj.CRS.from_user_input(declared)
        pyproj.Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
    except ProjError:
        return _with_places(_undeclared(known), known)
    as_written = Interpretation(f"{crs.name}, as the file says", declared)
    verdict = _declared_degrees(known, as_written) if crs.is_geographic else _declared_metres(known, as_written, crs)
    return _with_places(verdict, known)


def lonlat_of(positions: Floats, interpretation: Interpretation) -> Floats:
    """Return positions in longitude and latitude under an interpretation; infinite where there is no such place."""
    x, y = np.asarray(positions, dtype=np.float64).T * interpretation.unit_m
    if interpretation.is_swapped:
        x, y = y, x
    lon, lat = pyproj.Transformer.from_crs(interpretation.crs, GEOGRAPHIC, always_xy=True).transform(x, y)
    return np.column_stack((lon, lat))


def previews(positions: Floats, ways: Iterable[Interpretation]) -> tuple[Preview, ...]:
    """Return where each interpretation would bring some of a layer's positions; what is off the map is left out."""
    known = positions[np.isfinite(positions).all(axis=1)]
    chosen = known[:: max(1, len(known) // _SHOWN_PLACES)]
    return tuple(_preview(chosen, way) for way in ways)


def _preview(positions: Floats, way: Interpretation) -> Preview:
    lonlat = lonlat_of(positions, way)
    with np.errstate(invalid="ignore"):
        on_map = np.isfinite(lonlat).all(axis=1) & (lonlat[:, 1] > 0) & (lonlat[:, 1] <= 90)
    places = forward(lonlat[on_map, 0], lonlat[on_map, 1]).reshape(-1, 2)
    return tuple((float(x), float(y)) for x, y in places)


def _undeclared(known: Floats) -> Verdict:
    if len(known) == 0 or _are_degrees(known):
        others = (LATLON,) if len(known) and _are_degrees(known[:, ::-1]) else ()
        finding = "The file does not name its coordinate system. Its numbers are taken for longitude and latitude."
        return Verdict(LONLAT, finding, others)
    if _are_degrees(known[:, ::-1]):
        finding = "The file does not name its coordinate system, and its numbers look like latitude and longitude."
        return Verdict(LATLON, finding, must_ask=True)
    return _guessed(known, "The file does not name its coordinate system, and its numbers are no degrees.")


def _declared_degrees(known: Floats, as_written: Interpretation) -> Verdict:
    if len(known) == 0 or _are_degrees(known):
        swapped = replace(as_written, title=LATLON.title, is_swapped=True)
        if len(known) and _is_likelier_swapped(known):
            return Verdict(as_written, "Read as written, the data lies far south; swapped, in the Arctic.", (swapped,))
        return Verdict(as_written)
    if _are_degrees(known[:, ::-1]):
        swapped = replace(as_written, title=LATLON.title, is_swapped=True)
        return Verdict(swapped, "Latitude and longitude are swapped: latitudes go beyond 90°.", must_ask=True)
    return _guessed(known, f"The file says that its numbers are degrees ({_name(as_written)}), but they are too large.")


def _declared_metres(known: Floats, as_written: Interpretation, crs: pyproj.CRS) -> Verdict:
    if len(known) == 0:
        return Verdict(as_written)
    if _are_degrees(known) or _are_degrees(known[:, ::-1]):
        ways = [way for way, points in ((LONLAT, known), (LATLON, known[:, ::-1])) if _are_degrees(points)]
        finding = f"The file says that its numbers are metres ({_name(as_written)}), but they look like degrees."
        return Verdict(ways[0], finding, (*ways[1:], as_written), must_ask=True)
    if _share_within(known, as_written, crs) >= 1 - _SHARE:
        return Verdict(as_written)
    feet = replace(as_written, title=f"{crs.name}, in feet", unit_m=_FOOT_M)
    swapped = replace(as_written, title=f"{crs.name}, northing first", is_swapped=True)
    fitting = [way for way in (feet, swapped) if _share_within(known, way, crs) >= _SHARE]
    if fitting:
        finding = f"As {_name(as_written)} the data would lie outside the region that this system is made for."
        return Verdict(fitting[0], finding, (*fitting[1:], as_written), must_ask=True)
    return Verdict(as_written, f"The data lies outside the region that {_name(as_written)} is made for.")


def _guessed(known: Floats, finding: str) -> Verdict:
    """Return what positions that are no degrees could be, the likeliest first; it is always asked."""
    radius = float(np.median(np.hypot(known[:, 0], known[:, 1])))
    mercator = [_MERCATOR] if np.mean(np.abs(known) <= _MERCATOR_RIM_M) >= _SHARE else []
    if radius <= _POLAR_REACH_KM:
        ways = [replace(way, title=way.title.replace("metres", "kilometres"), unit_m=1000.0) for way in _POLAR[:2]]
    else:
        ways = [*_POLAR, *mercator] if radius <= _POLAR_REACH_M else [*mercator, *_POLAR]
    fitting = [way for way in ways if _lands_in_the_north(known, way)]
    return Verdict(fitting[0] if fitting else None, finding, tuple(fitting[1:]), must_ask=True)


def _are_degrees(points: Floats) -> bool:
    return bool(np.mean((np.abs(points[:, 0]) <= 360) & (np.abs(points[:, 1]) <= 90)) >= _SHARE)


def _is_likelier_swapped(points: Floats) -> bool:
    lon, lat = points.T
    arctic_if_swapped = np.mean((lon >= 55) & (lon <= 90)) >= _SHARE
    return bool(arctic_if_swapped and np.median(lat) < 45 and np.median(lon) > 0)


def _share_within(points: Floats, way: Interpretation, crs: pyproj.CRS) -> float:
    """Return which share of positions lies in the region a system is made for; 1 where it names no region."""
    area = crs.area_of_use
    if area is None:
        return 1.0
    lon, lat = lonlat_of(points, way).T
    within = (lat >= area.south - _MARGIN_DEG) & (lat <= area.north + _MARGIN_DEG)
    width = (area.east - area.west) % 360 or 360.0
    with np.errstate(invalid="ignore"):
        beside = (lon - area.west + _MARGIN_DEG) % 360 <= width + 2 * _MARGIN_DEG
    return float(np.mean(within & beside))


def _lands_in_the_north(points: Floats, way: Interpretation) -> bool:
    lat = lonlat_of(points, way)[:, 1]
    return bool(np.mean(np.isfinite(lat) & (lat > 0) & (lat <= 90)) >= _SHARE)


def _with_places(verdict: Verdict, points: Floats) -> Verdict:
    if len(points) == 0 or verdict.best is None:
        return verdict
    middle = np.median(points, axis=0)[None, :]
    best, *others = (replace(way, place=_place(middle, way)) for way in _all_of(verdict))
    return replace(verdict, best=best, others=tuple(others))


def _all_of(verdict: Verdict) -> Iterable[Interpretation]:
    return (*([verdict.best] if verdict.best else []), *verdict.others)


def _place(middle: Floats, way: Interpretation) -> str:
    lon, lat = (float(value) for value in lonlat_of(middle, way)[0])
    if not (np.isfinite(lon) and np.isfinite(lat) and abs(lat) <= 90):
        return "nowhere on the Earth"
    lon = (lon + 180) % 360 - 180
    return f"{abs(lat):.1f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.1f}° {'E' if lon >= 0 else 'W'}"


def _name(way: Interpretation) -> str:
    return way.title.removesuffix(", as the file says")
