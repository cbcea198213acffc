"""Where countries and regions are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata.bundle import naturalearth
from geodata.bundle.coverage import TOLERANCES_M, Coverage, coverage
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import FactError, Shelf
from geodata.stereographic import forward, inverse

_SOUTHMOST_DEG = 30.0
_LEVEL = TOLERANCES_M.index(4000.0)
_PRECISION_M = 5_000.0
_RANK_BY_AREA_KM2 = ((6_000_000, 0), (1_500_000, 1), (280_000, 2), (90_000, 3), (20_000, 4), (2_000, 5))
_RANKS: Mapping[str, int] = {"GRL": 1, "NOR": 2, "SWE": 2, "FIN": 2, "ISL": 2, "DNK": 3, "CHN": 1, "GBR": 2}
"""Countries of the Arctic whose rank is not a matter of size."""

_COUNTRY_POINTS: Mapping[str, tuple[float, float]] = {
    "RUS": (104.0, 59.0),
    "CAN": (-106.0, 58.5),
    "USA": (-100.0, 41.0),
    "NOR": (9.8, 61.6),
    "GRL": (-41.0, 71.5),
    "CHN": (104.0, 36.5),
}
"""Where the middle of a country's largest part is not where an Arctic map should name it."""

_SHORT_COUNTRIES = {"United States of America": "United States"}

_NO_COUNTRIES = ("Northern Cyprus", "Siachen Glacier", "Gaza Strip", "Somaliland", "Akrotiri", "Dhekelia")
"""Areas that the source lists beside countries; none is a member of the United Nations, and none is near this story."""

_TERRITORIES = {
    "Nunavut": 1,
    "Yukon": 1,
    "Northwest Territories": 1,
    "British Columbia": 2,
    "Alberta": 3,
    "Saskatchewan": 3,
    "Manitoba": 2,
    "Ontario": 2,
    "Québec": 2,
    "Newfoundland and Labrador": 3,
}
_ISLANDS = (
    ("svalbard", "Svalbard", "Svalbard", "NOR", 16.5, 78.7, 1),
    ("novaya_zemlya", "Novaya Zemlya", "Новая Земля", "RUS", 58.5, 74.6, 1),
    ("franz_josef_land", "Franz Josef Land", "Земля Франца-Иосифа", "RUS", 55.5, 80.6, 1),
    ("severnaya_zemlya", "Severnaya Zemlya", "Северная Земля", "RUS", 97.5, 79.5, 1),
    ("new_siberian_islands", "New Siberian Islands", "Новосибирские острова", "RUS", 142.0, 75.4, 1),
    ("wrangel_island", "Wrangel Island", "Остров Врангеля", "RUS", -179.4, 71.2, 2),
    ("taymyr", "Taymyr Peninsula", "Таймыр", "RUS", 100.0, 75.2, 2),
    ("kola_peninsula", "Kola Peninsula", "Кольский полуостров", "RUS", 37.0, 67.6, 2),
    ("yamal", "Yamal Peninsula", "Ямал", "RUS", 69.8, 70.8, 2),
    ("kamchatka", "Kamchatka", "Камчатка", "RUS", 159.5, 56.3, 2),
    ("baffin_island", "Baffin Island", "Qikiqtaaluk", "CAN", -71.5, 68.3, 1),
    ("ellesmere_island", "Ellesmere Island", "Umingmak Nuna", "CAN", -78.0, 80.2, 1),
    ("victoria_island", "Victoria Island", "Kitlineq", "CAN", -110.0, 70.6, 1),
    ("banks_island", "Banks Island", "Ikaahuk", "CAN", -121.5, 73.1, 2),
    ("devon_island", "Devon Island", "Tallurutit", "CAN", -87.0, 75.2, 2),
    ("jan_mayen", "Jan Mayen", "Jan Mayen", "NOR", -8.4, 71.0, 3),
    ("aleutian_islands", "Aleutian Islands", "Unangam Tanangin", "USA", -172.3, 52.3, 2),
    ("kodiak_island", "Kodiak Island", "Sunʼaq", "USA", -153.6, 57.4, 3),
    ("st_lawrence_island", "St. Lawrence Island", "Sivuqaq", "USA", -170.3, 63.4, 3),
    ("lapland", "Lapland", "Sápmi", "FIN", 26.0, 68.0, 2),
    ("seward_peninsula", "Seward Peninsula", "", "USA", -164.0, 65.4, 3),
    ("north_slope", "North Slope", "", "USA", -154.5, 69.4, 2),
)
_HAND = "placed by hand; general knowledge"


def country_labels(shelf: Shelf) -> Made:
    """Return a point for each country north of 30° N, in its largest part or where an Arctic map has room."""
    tiles = coverage(shelf)
    rows: list[dict[str, Any]] = []
    points: list[shapely.Point] = []
    for code, regions in tiles.regions.groupby("code", sort=True):
        area = shapely.coverage_union_all(tiles.levels[_LEVEL][regions.index.to_numpy()])
        point = _country_point(str(code), area)
        rank = _country_rank(str(code), area)
        name = str(regions["country"].iloc[0])
        if point is None or rank is None or name.startswith(_NO_COUNTRIES):
            continue
        rows.append(_row(f"country_{code}", _SHORT_COUNTRIES.get(name, name), "country", str(code), rank))
        points.append(point)
    return made(pd.DataFrame(rows), np.array(points, dtype=np.object_))


def region_labels(shelf: Shelf) -> Made:
    """Return points for Alaska, Canada's provinces and the great islands and peninsulas.

    Russia's Arctic regions are named by the layer that draws them.
    """
    tiles = coverage(shelf)
    found = [_alaska(), *_canadian(tiles)]
    for feature, name, local, country, lon, lat, rank in _ISLANDS:
        row = _row(feature, name, "island", country, rank, local=local, source=_HAND)
        found.append((row, shapely.Point(lon, lat)))
    rows, points = zip(*found, strict=True)
    return made(pd.DataFrame(list(rows)), np.array(points, dtype=np.object_))


def middle(area: shapely.Geometry) -> shapely.Point:
    """Return the point, in degrees, that is farthest inside the largest part of an area in the map plane."""
    parts = shapely.get_parts(area)
    largest = parts[np.argmax(shapely.area(parts))]
    circle = shapely.maximum_inscribed_circle(largest, tolerance=_PRECISION_M)
    lon, lat = inverse(*shapely.get_coordinates(circle)[0])
    return shapely.Point(round(float(lon), 3), round(float(lat), 3))


def _country_point(code: str, area: shapely.Geometry) -> shapely.Point | None:
    if code in _COUNTRY_POINTS:
        return shapely.Point(_COUNTRY_POINTS[code])
    radius = float(np.hypot(*forward(0.0, _SOUTHMOST_DEG)))
    north = shapely.intersection(area, shapely.Point(0, 0).buffer(radius, quad_segs=64))
    if shapely.is_empty(north) or shapely.area(north) < shapely.area(area) / 3:
        return None
    return middle(north)


def _country_rank(code: str, area: shapely.Geometry) -> int | None:
    if code in _RANKS:
        return _RANKS[code]
    # Map areas at 50° N are 1.17² of those on the ground: near enough for ranks.
    square_km = float(shapely.area(area)) / 1.4e6
    return next((rank for least, rank in _RANK_BY_AREA_KM2 if square_km >= least), None)


def _canadian(tiles: Coverage) -> list[tuple[dict[str, Any], shapely.Point]]:
    return [
        (_row(f"region_CAN_{number}", name, "region", "CAN", rank), _region_point(tiles, name, "CAN"))
        for number, (name, rank) in enumerate(_TERRITORIES.items(), start=1)
    ]


def _alaska() -> tuple[dict[str, Any], shapely.Point]:
    return _row("alaska", "Alaska", "region", "USA", 0, local="Alaska"), shapely.Point(-152.5, 64.9)


def _region_point(tiles: Coverage, name: str, code: str) -> shapely.Point:
    regions = tiles.regions
    chosen = tiles.rows((regions["name"] == name) & (regions["code"] == code) & ~regions["islands"])
    if not len(chosen):
        raise FactError(f"No region is called {name}.", where=code)
    return middle(shapely.coverage_union_all(tiles.levels[_LEVEL][chosen]))


def _row(
    feature: str, name: str, kind: str, country: str, rank: int, *, local: str = "", source: str = naturalearth.SOURCE
) -> dict[str, Any]:
    return {
        "id": feature,
        "name": name,
        "kind": kind,
        "source": source,
        "confidence": "high" if source != _HAND else "medium",
        "rank": rank,
        "country": country,
        "local_name": local,
    }
