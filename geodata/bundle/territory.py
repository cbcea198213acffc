"""Layers of area and border that are all cut from the one coverage: they fit each other at every level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.bundle import naturalearth, shore
from geodata.bundle.coverage import TOLERANCES_M, Coverage, coverage
from geodata.bundle.made import Made
from geodata.bundle.shelf import FactError, Shelf
from geodata.crs import GEOGRAPHIC

RUSSIAN_NAMES: Mapping[str, str] = {
    "azrf_murmansk": "Мурманская область",
    "azrf_nenets": "Ненецкий автономный округ",
    "azrf_chukchi_autonomous_okrug": "Чукотский автономный округ",
    "azrf_yamal_nenets": "Ямало-Ненецкий автономный округ",
    "azrf_arkhangel_sk": "Архангельская область",
    "azrf_komi": "Республика Коми",
    "azrf_karelia": "Республика Карелия",
    "azrf_sakha_yakutia": "Республика Саха (Якутия)",
    "azrf_krasnoyarsk": "Красноярский край",
    "azrf_khanty_mansiy": "Ханты-Мансийский автономный округ — Югра",
    "azrf_islands": "Земли и острова в Северном Ледовитом океане",
}

_OCCUPIED = (
    ("crimea", "Crimea", "whole", "Автономна Республіка Крим", "Occupied by Russia since 2014."),
    ("sevastopol", "Sevastopol", "whole", "Севастополь", "Occupied by Russia since 2014."),
    ("donetsk", "Donetsk", "part", "Донецька область", "Occupied in part."),
    ("luhansk", "Luhansk", "part", "Луганська область", "Occupied for the most part."),
    ("zaporizhzhia", "Zaporizhzhya", "part", "Запорізька область", "Occupied in part."),
    ("kherson", "Kherson", "part", "Херсонська область", "Occupied in part."),
)
_VIEW = "Ukraine, as in UN General Assembly resolutions 68/262 (2014) and ES-11/4 (2022)"
_FRONT = " The map draws the whole region: the front inside it moves and is not shown."

_SINCE_2019 = {"Valdez-Cordova": "Chugach and Copper River"}
"""The census area of the source that was split in 2019, by the names of its halves."""


def land(shelf: Shelf) -> Made:
    """Return all land as one feature."""
    tiles = coverage(shelf)
    table = _table([{"id": "land", "name": "Land", "kind": "land", "source": f"{naturalearth.SOURCE}; {shore.SOURCE}"}])
    return _merged(tiles, table, [np.arange(len(tiles.regions))])


def alaska(shelf: Shelf) -> Made:
    """Return the state of Alaska as one feature."""
    tiles = coverage(shelf)
    row = {
        "id": "alaska",
        "name": "Alaska",
        "kind": "state",
        "source": f"{naturalearth.SOURCE}; around Anchorage {shore.SOURCE}",
        "country": "USA",
        "local_name": "Alaska",
    }
    return _merged(tiles, _table([row]), [tiles.rows(tiles.regions["fips"] != "")])


def alaska_boroughs(shelf: Shelf) -> Made:
    """Return Alaska's boroughs and census areas, cut at the map's own shore."""
    tiles = coverage(shelf)
    chosen = tiles.rows(tiles.regions["fips"] != "")
    rows = tiles.regions.iloc[chosen]
    names = rows["name"].replace(_SINCE_2019)
    table = pd.DataFrame({"id": "fips_" + rows["fips"], "name": names, "fips": rows["fips"]})
    table = table.assign(kind="borough", source=f"{shore.SOURCE}; shore as of the land", confidence="high")
    return _merged(tiles, table.reset_index(drop=True), [np.array([row]) for row in chosen])


def russian_arctic(shelf: Shelf) -> Made:
    """Return the regions of Russia's Arctic zone, whole and partial, from the table ``azrf``."""
    tiles = coverage(shelf)
    regions = tiles.regions
    groups: list[NDArray[np.int64]] = []
    rows: list[dict[str, str]] = []
    for fact in shelf.rows("azrf"):
        region = naturalearth.region_name(fact["ne_admin1_name"])
        wanted = regions["islands"] if not region else (regions["name"] == region) & ~regions["islands"]
        groups.append(tiles.rows(wanted & (regions["code"] == "RUS")))
        if not len(groups[-1]):
            raise FactError(f"No region is called {region}.", where="azrf.csv")
        rows.append(_azrf_row(fact))
    return _merged(tiles, _table(rows), groups)


def occupied(shelf: Shelf) -> Made:
    """Return the regions of Ukraine that Russia occupies wholly or in part; no front line is drawn."""
    tiles = coverage(shelf)
    ukrainian = tiles.regions["code"] == "UKR"
    groups = [tiles.rows(ukrainian & (tiles.regions["name"] == region)) for _, region, *_ in _OCCUPIED]
    if not all(len(group) for group in groups):
        raise FactError("A region of Ukraine is missing from the coverage.", where="occupied")
    rows = [
        {
            "id": feature,
            "name": "Zaporizhzhia" if region == "Zaporizhzhya" else region,
            "kind": "occupied",
            "source": f"{naturalearth.SOURCE}; outline of the region",
            "confidence": "high" if extent == "whole" else "medium",
            "extent": extent,
            "country": "UKR",
            "local_name": local,
            "view": _VIEW,
            "note": note if extent == "whole" else note + _FRONT,
        }
        for feature, region, extent, local, note in _OCCUPIED
    ]
    return _merged(tiles, pd.DataFrame(rows), groups)


def _azrf_row(fact: Mapping[str, str]) -> dict[str, str]:
    name, _, districts = fact["name"].partition(": ")
    whole = fact["kind"].endswith("whole")
    return {
        "id": fact["id"],
        "name": name.partition(" per ")[0],
        "kind": "whole" if whole else "part",
        "source": f"{fact['source']}; outline: {naturalearth.SOURCE}",
        "confidence": fact["confidence"],
        "extent": "whole" if whole else "part",
        "country": "RUS",
        "local_name": RUSSIAN_NAMES.get(fact["id"], ""),
        "note": f"In the Arctic zone: {districts}." if districts else "The whole region is in the Arctic zone.",
    }


def _table(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows))
    return table if "confidence" in table else table.assign(confidence="high")


def _merged(tiles: Coverage, table: pd.DataFrame, groups: Sequence[NDArray[np.int64]]) -> Made:
    """Return features that are each the union of some regions, at every level."""
    frame = gpd.GeoDataFrame(table, geometry=_unions(tiles.degrees, groups), crs=GEOGRAPHIC)
    return Made(frame, [(t, _unions(level, groups)) for t, level in zip(TOLERANCES_M, tiles.levels, strict=True)])


def _unions(areas: NDArray[np.object_], groups: Sequence[NDArray[np.int64]]) -> NDArray[np.object_]:
    merged = [shapely.coverage_union_all(areas[group]) for group in groups]
    return np.array([shapely.MultiPolygon(list(shapely.get_parts(area))) for area in merged], dtype=object)
