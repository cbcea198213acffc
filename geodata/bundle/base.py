"""Joint Base Elmendorf-Richardson: its outline cut at the shore, its runways to scale, its symbol."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from geodata.bundle.coverage import coverage
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import Shelf
from geodata.geodesy import initial_bearing_deg

NAME = "Joint Base Elmendorf-Richardson"
LOCAL_NAME = "JBER; Dgheyey Kaqʼ"
METRES_PER_FOOT = 0.3048

_GEOD = Geod(ellps="WGS84")
_SHORE_SIDE = 7
"""So many of the outline's first points follow the shore; they are pushed seaward before the true shore cuts them."""
_SEAWARD_DEG = (-0.02, 0.009)


def outline(shelf: Shelf) -> Made:
    """Return the base's outline, its north-west side the very shore of the land layer."""
    points = np.array([(float(row["lon"]), float(row["lat"])) for row in _read(shelf)])
    along = points[:_SHORE_SIDE]
    apron = shapely.Polygon(np.concatenate((along, (along + _SEAWARD_DEG)[::-1])))
    rough = shapely.union(shapely.make_valid(shapely.Polygon(points)), shapely.make_valid(apron))
    tiles = coverage(shelf)
    anchorage = tiles.rows(tiles.regions["fips"].isin(["02020", "02170"]))
    shore = shapely.coverage_union_all(tiles.degrees[anchorage])
    parts = shapely.get_parts(shapely.intersection(rough, shore))
    row = {
        "id": "jber",
        "name": NAME,
        "kind": "base",
        "source": "drawn by hand from public descriptions of the base's limits; shore after the U.S. Census Bureau",
        "confidence": "medium",
        "country": "USA",
        "note": "Approximate: generalised to about 1 km; some 74,000 of about 85,000 acres.",
    }
    return made(pd.DataFrame([row]), np.array([parts[np.argmax(shapely.area(parts))]]), tolerances_m=(0.0, 250.0))


def runways(shelf: Shelf) -> Made:
    """Return each runway as a rectangle of its true length and width on the ellipsoid."""
    facts = shelf.rows("jber_runways")
    table = pd.DataFrame([_runway_row(fact) for fact in facts])
    return made(table, np.array([runway_area(fact) for fact in facts], dtype=np.object_))


def symbol(shelf: Shelf) -> Made:
    """Return the base as one point, from the table of bases."""
    fact = next(row for row in shelf.rows("bases") if row["id"] == "jber")
    row = {
        "id": "jber",
        "name": NAME,
        "kind": "base",
        "source": fact["source"],
        "confidence": fact["confidence"],
        "country": fact["country"],
    }
    return made(pd.DataFrame([row]), np.array([shapely.Point(float(fact["lon"]), float(fact["lat"]))]))


def runway_area(fact: Mapping[str, str]) -> shapely.Polygon:
    """Return a runway's rectangle in degrees: centred between its two ends, on their bearing, of published size."""
    lon1, lat1, lon2, lat2 = _ends(fact)
    bearing, _, between = _GEOD.inv(lon1, lat1, lon2, lat2)
    lon, lat, _ = _GEOD.fwd(lon1, lat1, bearing, between / 2)
    ahead, _, _ = _GEOD.inv(lon, lat, lon2, lat2)
    half = np.array([float(fact["length_ft"]), float(fact["width_ft"])]) * METRES_PER_FOOT / 2
    corners = [_corner((lon, lat), ahead, half * signs) for signs in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
    return shapely.Polygon(corners)


def _corner(centre: tuple[float, float], bearing_deg: float, offset_m: NDArray[np.float64]) -> tuple[float, float]:
    along, across = (float(value) for value in offset_m)
    lon, lat, back = _GEOD.fwd(*centre, bearing_deg + (0 if along > 0 else 180), abs(along))
    forward_deg = back + 180 if along > 0 else back
    lon, lat, _ = _GEOD.fwd(lon, lat, forward_deg + (90 if across > 0 else -90), abs(across))
    return float(lon), float(lat)


def _runway_row(fact: Mapping[str, str]) -> dict[str, str | float]:
    length_ft, width_ft = float(fact["length_ft"]), float(fact["width_ft"])
    return {
        "id": fact["id"],
        "name": f"{fact['end1']}/{fact['end2']}",
        "kind": "runway",
        "source": fact["source"],
        "confidence": fact["confidence"],
        "airfield": "Elmendorf Field (PAED)",
        "length_m": round(length_ft * METRES_PER_FOOT, 1),
        "width_m": round(width_ft * METRES_PER_FOOT, 1),
        "length_ft": length_ft,
        "width_ft": width_ft,
        "true_bearing_deg": round(initial_bearing_deg(*_ends(fact)), 1),
    }


def _ends(fact: Mapping[str, str]) -> tuple[float, float, float, float]:
    return float(fact["lon"]), float(fact["lat"]), float(fact["end2_lon"]), float(fact["end2_lat"])


def _read(shelf: Shelf) -> list[dict[str, str]]:
    return sorted(shelf.rows("jber_outline"), key=lambda row: int(row["seq"]))
