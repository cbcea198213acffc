"""Natural Earth at 1:10m, as two Debian packages carry it, north of the equator."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.bundle.packages import MAGICS, QGIS
from geodata.bundle.shelf import Shelf

SOURCE = "Natural Earth 1:10m (public domain)"
OCEAN = "Ocean"
"""Class of the sea in the table of that name; all else in it is lakes."""

NORTH = shapely.box(-180, 0, 180, 90)

_FOLDER = "usr/share/magics/10m"
_GPKG = "usr/share/qgis/resources/data/world_map.gpkg"
_UKRAINIAN = ("Crimea", "Sevastopol")
_REGION_NAMES: Mapping[str, str] = {
    "Maga Buryatdan": "Magadan",
    "Chukchi Autonomous Okrug": "Chukotka",
    "Luhans'k": "Luhansk",
    "Donets'k": "Donetsk",
    "Arkhangel'sk": "Arkhangelsk",
    "Moskovsskaya": "Moscow Oblast",
    "Yamal-Nenets": "Yamalo-Nenets",
}
_COUNTRY_NAMES: Mapping[str, str] = {
    "Macedonia": "North Macedonia",
    "Republic of Serbia": "Serbia",
    "S. Sudan": "South Sudan",
    "Czech Republic": "Czechia",
    "Turkey": "Türkiye",
    "Guinea Bissau": "Guinea-Bissau",
    "Cape Verde": "Cabo Verde",
    "Baykonur Cosmodrome": "Kazakhstan",
}


def table(shelf: Shelf, name: str, *, encoding: str = "cp1252") -> gpd.GeoDataFrame:
    """Read one of the 1:10m tables, rows without a geometry left out, geometries as they are.

    Parameters
    ----------
    shelf
        Where the packages lie.
    name
        Without the leading ``ne_10m_``.
    encoding
        Of the text columns; what the files say of themselves is wrong for most.
    """
    parts = [f"{_FOLDER}/ne_10m_{name}.{ending}" for ending in ("shp", "shx", "dbf", "prj")]
    path = shelf.files(MAGICS, parts)[0]
    with warnings.catch_warnings():
        # A record count that disagrees with the index is how these files were published.
        warnings.simplefilter("ignore")
        frame: Any = gpd.read_file(path, encoding=encoding)
    return frame[~(frame.geometry.isna() | frame.geometry.is_empty)].reset_index(drop=True)


def land(shelf: Shelf) -> shapely.Geometry:
    """Return all land north of the equator as one valid multipolygon, cut at 180°."""
    frame = table(shelf, "land")
    return shapely.union_all(_northern(frame.geometry.to_numpy()))


def regions(shelf: Shelf) -> gpd.GeoDataFrame:
    """Return the first-level regions of every country, as generalised by their publisher.

    Crimea and Sevastopol are given to Ukraine (UN General Assembly resolution 68/262); the source has them otherwise.
    A nameless scrap of Russia is left out, for its neighbours to take.
    Rows are in the file's order. Does not agree with the coast of `land`.

    Returns
    -------
    Frame with ``name``, ``country`` (name), ``code`` (of three letters) and ``local_name``.
    """
    path = shelf.files(QGIS, [_GPKG])[0]
    frame: Any = gpd.read_file(path, layer="states_provinces", on_invalid="fix")
    frame["geometry"] = _northern(frame.geometry.to_numpy())
    nameless = frame["name"].isna() & (frame["adm0_a3"] == "RUS")
    frame = frame[~(frame.geometry.is_empty | nameless)].reset_index(drop=True)
    ukrainian = frame["name"].isin(_UKRAINIAN)
    frame.loc[ukrainian, ["admin", "adm0_a3"]] = ["Ukraine", "UKR"]
    frame.loc[frame["admin"] == "Baykonur Cosmodrome", "adm0_a3"] = "KAZ"
    result = gpd.GeoDataFrame(geometry=frame.geometry)
    result["name"] = frame["name"].fillna("").replace(_REGION_NAMES)
    result["country"] = frame["admin"].replace(_COUNTRY_NAMES)
    result["code"] = frame["adm0_a3"]
    result["local_name"] = frame["gn_name"].fillna("")
    return result


def region_name(original: str) -> str:
    """Return the name that the map uses for one of Natural Earth's regions."""
    return _REGION_NAMES.get(original, original)


def _northern(geometries: Any) -> Any:
    made = shapely.make_valid(geometries, method="structure", keep_collapsed=False)
    clipped = shapely.intersection(made, NORTH)
    return np.array([_areas(geometry) for geometry in clipped], dtype=object)


def _areas(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == 3]))
