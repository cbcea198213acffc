"""Military grid references (MGRS) → longitude and latitude.

After NGA.STND.0037: UTM between 80° S and 84° N, the polar stereographic planes beyond.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyproj

_UTM = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)")
_UPS = re.compile(r"([ABYZ])([A-Z])([A-Z])(\d*)")
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_POLAR_COLUMNS = {"A": "JKLPQRSTUXYZ", "B": "ABCFGHJKLPQR", "Y": "JKLPQRSTUXYZ", "Z": "ABCFGHJ"}
_POLAR_ROWS = {
    "A": "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "B": "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "Y": "ABCDEFGHJKLMNP",
    "Z": "ABCDEFGHJKLMNP",
}
_POLAR_WEST = {"A": 800_000, "B": 2_000_000, "Y": 800_000, "Z": 2_000_000}
_POLAR_SOUTH = {"A": 800_000, "B": 800_000, "Y": 1_300_000, "Z": 1_300_000}
_SQUARE_M = 100_000


def lonlat_of(text: str) -> tuple[float, float] | None:
    """Return longitude and latitude, in degrees, of the middle of a reference's square; None where it is none.

    Spaces and the case of letters do not matter. The square's size is told by the figures: ten stand for one metre.
    """
    if len(text) > 40:
        return None
    plain = "".join(text.split()).upper()
    match = _UTM.fullmatch(plain)
    if match is not None:
        return _in_zone(match)
    match = _UPS.fullmatch(plain)
    return _at_a_pole(match) if match is not None else None


def _in_zone(match: re.Match[str]) -> tuple[float, float] | None:
    zone, band = int(match[1]), match[2]
    column = _COLUMNS[zone % 3].find(match[3])
    within = _within(match[5])
    if not 1 <= zone <= 60 or column < 0 or within is None:
        return None
    easting = (column + 1) * _SQUARE_M + within[0]
    row = (_ROWS.index(match[4]) - (5 if zone % 2 == 0 else 0)) % 20
    northing = row * _SQUARE_M + within[1]
    south = -80.0 + 8.0 * _BANDS.index(band)
    north = 84.0 if band == "X" else south + 8.0
    is_north = band >= "N"
    for turn in range(5):
        lon, lat = _degrees(f"EPSG:{(32600 if is_north else 32700) + zone}", easting, northing + turn * 2_000_000)
        if south - 1.0 <= lat <= north + 1.0:
            return lon, lat
    return None


def _at_a_pole(match: re.Match[str]) -> tuple[float, float] | None:
    band = match[1]
    column, row, within = _POLAR_COLUMNS[band].find(match[2]), _POLAR_ROWS[band].find(match[3]), _within(match[4])
    if column < 0 or row < 0 or within is None:
        return None
    easting = _POLAR_WEST[band] + column * _SQUARE_M + within[0]
    northing = _POLAR_SOUTH[band] + row * _SQUARE_M + within[1]
    return _degrees("EPSG:32661" if band in "YZ" else "EPSG:32761", easting, northing)


def _within(figures: str) -> tuple[float, float] | None:
    """Return how far into its square of 100 km the middle of the smallest square lies."""
    half = len(figures) // 2
    if len(figures) % 2 or half > 5:
        return None
    size = _SQUARE_M / 10**half
    east, north = (int(part) if part else 0 for part in (figures[:half], figures[half:]))
    return (east + 0.5) * size, (north + 0.5) * size


def _degrees(code: str, easting: float, northing: float) -> tuple[float, float]:
    lon, lat = _to_degrees(code).transform(easting, northing)
    return float(lon), float(lat)


@lru_cache(maxsize=128)
def _to_degrees(code: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(code, "EPSG:4326", always_xy=True)
