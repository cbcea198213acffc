"""Zones of 200 nautical miles and the Northern Sea Route's water area: computed and approximate, no official limits.

A zone is where a function of place is above nought: the least of how much nearer than 200 nautical miles the country's
coast is, how much nearer than any other's, and how far on its side of a treaty line one stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from geodata.bundle.coverage import TOLERANCES_M, Coverage, coverage
from geodata.bundle.made import Made
from geodata.bundle.plane import unprojected
from geodata.bundle.raster import above, axis
from geodata.bundle.shelf import Shelf
from geodata.crs import GEOGRAPHIC
from geodata.detail import simplified
from geodata.polar import to_map_array
from geodata.stereographic import FLATTENING, SEMI_MAJOR_M, inverse

REACH_M = 200 * 1852.0
SOUTHMOST_DEG = 50.0
LEVELS_M = (1000.0, 4000.0, 10000.0)
COUNTRIES: Mapping[str, str] = {
    "RUS": "Russia",
    "USA": "United States",
    "CAN": "Canada",
    "GRL": "Greenland (Denmark)",
    "ISL": "Iceland",
    "NOR": "Norway",
}
NORWAY_RUSSIA_2010 = (
    (32.07306, 70.27471),
    (37.0, 73.68635),
    (37.0, 75.19472),
    (38.0, 75.80021),
    (38.0, 78.62486),
    (34.99889, 79.28466),
    (35.00008, 83.35194),
    (32.06427, 84.69463),
)
"""The treaty of 15 September 2010, article 1, from memory of its text."""

_SETTLED = (frozenset(("RUS", "USA")), frozenset(("RUS", "NOR")))
"""Pairs between whom a treaty's line counts and not equidistance."""

_COAST_LEVEL = TOLERANCES_M.index(1000.0)
_COAST_STEP_M = 5_000.0
_LEAST_KM2 = 800.0
_OTHERS = "others"
_MARCH = (30.82, 69.79)
"""Where the border of Norway and Russia meets the sea."""

_NSR_MASK = (
    *((68.58, 86.0), (68.58, 76.95), (66.0, 76.3), (62.0, 75.75), (58.5, 74.5), (56.5, 73.3), (56.0, 72.4)),
    *((57.3, 71.0), (57.6, 70.55), (58.6, 70.35), (59.5, 70.0), (60.2, 69.7), (60.6, 69.5), (62.0, 66.0)),
    *((190.0, 66.08), (191.023, 66.08), (191.023, 86.0)),
)
"""Along the spine of Novaya Zemlya, its straits and Vaygach, inland, to Cape Dezhnev's parallel and the 1990 line."""

_NOTE = "Approximate, computed: 200 nautical miles from the coast, equidistance between neighbours; no official limit."
_NSR_NOTE = (
    "Approximate, computed after the limits in the Russian law of 2012: Russia's zone from Cape Zhelaniya and the "
    "straits of Novaya Zemlya to the 1990 line and the parallel of Cape Dezhnev."
)


def zones(shelf: Shelf) -> Made:
    """Return a zone for each of `COUNTRIES` north of 50° N, and the Northern Sea Route's water area."""
    tiles = coverage(shelf)
    land = _without_lakes(tiles)
    areas = [shapely.difference(area, land) for area in _areas(shelf, tiles)]
    mask = to_map_array(np.array([shapely.Polygon(_NSR_MASK)], dtype=np.object_))[0]
    areas.append(shapely.intersection(areas[0], mask))
    plane = simplified(np.array([_large(area) for area in areas], dtype=np.object_), LEVELS_M[0])
    frame = gpd.GeoDataFrame(pd.DataFrame(_rows()), geometry=unprojected(plane), crs=GEOGRAPHIC)
    return Made(frame, [(tolerance_m, simplified(plane, tolerance_m)) for tolerance_m in LEVELS_M])


def _areas(shelf: Shelf, tiles: Coverage) -> list[shapely.Geometry]:
    x, y = np.meshgrid(axis(), axis())
    lon, lat = inverse(x, y)
    inside = lat > SOUTHMOST_DEG
    cells = _earth_centred(lon[inside], lat[inside])
    distance = {code: _distances(coast, cells) for code, coast in _coasts(tiles).items()}
    points = np.column_stack((x[inside], y[inside]))
    limits = _treaty_limits(shelf, points)
    areas: list[shapely.Geometry] = []
    for code in COUNTRIES:
        rivals = [distance[other] for other in distance if other != code and frozenset((code, other)) not in _SETTLED]
        least = np.minimum.reduce([REACH_M - distance[code], *(rival - distance[code] for rival in rivals)])
        least = np.minimum(least, limits.get(code, np.inf))
        grid = np.full(x.shape, -_COAST_STEP_M)
        grid[inside] = np.clip(least, -REACH_M, REACH_M)
        areas.append(above(grid, 0.0, least_km2=_LEAST_KM2))
    return areas


def _coasts(tiles: Coverage) -> dict[str, NDArray[np.float64]]:
    """Return points along every country's outline, earth-centred, those without a zone here under one name."""
    code = tiles.regions["code"].to_numpy()
    group = np.where(np.isin(code, list(COUNTRIES)), code, _OTHERS)
    dense = shapely.segmentize(tiles.levels[_COAST_LEVEL], _COAST_STEP_M)
    found: dict[str, NDArray[np.float64]] = {}
    for name in (*COUNTRIES, _OTHERS):
        coords = shapely.get_coordinates(dense[group == name])
        found[name] = _earth_centred(*inverse(coords[:, 0], coords[:, 1]))
    return found


def _distances(coast: NDArray[np.float64], cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return straight distances, which at 200 nautical miles are 50 m short of those along the ground."""
    limit = 2.2 * REACH_M
    distances = cast("Any", KDTree(coast).query(cells, distance_upper_bound=limit))[0]
    return np.minimum(np.asarray(distances, dtype=np.float64), limit)


def _earth_centred(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    e2 = FLATTENING * (2 - FLATTENING)
    across = SEMI_MAJOR_M / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    level = across * np.cos(lat)
    return np.column_stack((level * np.cos(lon), level * np.sin(lon), across * (1 - e2) * np.sin(lat)))


def _treaty_limits(shelf: Shelf, points: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return how far each point is on a country's side of its treaty lines, in map metres; negative beyond them."""
    american = _within(_american_side(shelf), points)
    west, north = (-20.0, 90.0), NORWAY_RUSSIA_2010
    norwegian = _within([(-20.0, 45.0), (_MARCH[0], 45.0), _MARCH, *north, (32.0, 90.0), west], points)
    no_russian = _within([(-20.0, 66.0), (_MARCH[0], 66.0), _MARCH, *north, (32.0, 90.0), west], points)
    return {"USA": american, "NOR": norwegian, "RUS": np.minimum(-american, -no_russian)}


def _american_side(shelf: Shelf) -> list[tuple[float, float]]:
    facts = sorted(shelf.rows("us_russia_boundary_1990"), key=lambda row: int(row["seq"]))
    line = [(float(row["lon"]) % 360.0, float(row["lat"])) for row in facts]
    return [(line[0][0], 90.0), *line, (160.0, 40.0), (340.0, 40.0), (340.0, 90.0)]


def _within(ring: list[tuple[float, float]], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance from a ring in degrees, above nought inside it."""
    area = to_map_array(np.array([shapely.Polygon(ring)], dtype=np.object_))[0]
    shapely.prepare(area)
    edge = shapely.boundary(area)
    shapely.prepare(edge)
    near = shapely.points(points)
    return np.asarray(shapely.distance(edge, near)) * np.where(shapely.contains(area, near), 1.0, -1.0)


def _without_lakes(tiles: Coverage) -> shapely.Geometry:
    land = shapely.get_parts(shapely.coverage_union_all(tiles.levels[_COAST_LEVEL]))
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(land)))


def _large(area: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(area)
    keep = (shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > _LEAST_KM2 * 1e6)
    return shapely.MultiPolygon(list(parts[keep]))


def _rows() -> list[dict[str, str]]:
    source = (
        "computed; United States–Russia: agreement of 1990; Norway–Russia: treaty of 2010 (from memory of its text)"
    )
    common = {"source": source, "confidence": "schematic"}
    rows = [
        {
            "id": f"zone_{code}",
            "name": f"200-mile zone of {name}",
            "kind": "zone",
            **common,
            "country": code,
            "note": _NOTE,
        }
        for code, name in COUNTRIES.items()
    ]
    name = "Water area of the Northern Sea Route"
    return [*rows, {"id": "nsr_water", "name": name, "kind": "nsr", **common, "country": "RUS", "note": _NSR_NOTE}]
