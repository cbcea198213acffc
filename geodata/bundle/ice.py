"""Glaciers and ice caps, traced from the white of the Natural Earth II texture: approximate."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from PIL import Image

from geodata.bundle.coverage import TOLERANCES_M, coverage
from geodata.bundle.made import Made
from geodata.bundle.packages import CESIUM
from geodata.bundle.plane import projected, unprojected
from geodata.bundle.raster import above, on_plane
from geodata.bundle.shelf import Shelf
from geodata.crs import GEOGRAPHIC
from geodata.detail import simplified

LEVELS_M = (500.0, 1000.0, 4000.0, 10000.0)
SOURCE = "Natural Earth II raster (public domain), by cesium 1.140.0: white areas on land, traced"

_TILE = "package/Source/Assets/Textures/NaturalEarthII/2/{column}/{row}.jpg"
_COLUMNS, _ROWS, _TILE_PX = 8, 4, 256
_BRIGHT, _BRIGHT_RANGE = 176.0, 24.0
_COLD, _COLD_RANGE = -14.0, 12.0
_WET = 150.0
_LEAST_KNOWN = 0.03
_SMOOTHING_CELLS = 1.6
_LEAST_KM2 = 150.0

_AREAS = (
    ("greenland", "Greenland", (-74.0, 59.0, -10.0, 84.0)),
    ("ellesmere", "Ellesmere, Axel Heiberg and Devon", (-100.0, 74.0, -60.0, 84.0)),
    ("baffin", "Baffin and Bylot", (-84.0, 61.0, -60.5, 74.0)),
    ("iceland", "Iceland", (-25.0, 63.0, -13.0, 67.0)),
    ("svalbard", "Svalbard", (10.0, 76.0, 34.5, 81.0)),
    ("franz_josef_land", "Franz Josef Land", (44.0, 79.5, 66.0, 82.2)),
    ("novaya_zemlya", "Novaya Zemlya", (51.0, 72.3, 70.0, 77.5)),
    ("severnaya_zemlya", "Severnaya Zemlya", (90.0, 77.9, 108.0, 81.5)),
    ("alaska", "Alaska and Yukon", (-156.0, 58.5, -135.5, 64.0)),
    ("coast_mountains", "Coast Mountains", (-137.0, 50.0, -122.0, 60.5)),
    ("scandinavia", "Scandinavia", (5.0, 60.0, 21.0, 70.5)),
)
"""Where ice is known to be: elsewhere white in the picture is bare rock or a mixed pixel of the coast. Land decides
between Greenland and its neighbours, first come first served."""


def glaciated(shelf: Shelf) -> Made:
    """Return ice on land, one feature a region; about 10 km of resolution, smoothed."""
    white = above(_whiteness(shelf), 0.5, least_km2=_LEAST_KM2)
    tiles = coverage(shelf)
    land = shapely.coverage_union_all(tiles.levels[TOLERANCES_M.index(250.0)])
    ice = shapely.intersection(simplified(np.array([white], dtype=np.object_), LEVELS_M[0])[0], land)
    plane = _by_area(ice, shapely.coverage_union_all(tiles.levels[0][tiles.rows(tiles.regions["code"] == "GRL")]))
    rows = [_row(feature, name) for feature, name, _ in _AREAS]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=unprojected(plane), crs=GEOGRAPHIC)
    return Made(frame, [(tolerance_m, simplified(plane, tolerance_m)) for tolerance_m in LEVELS_M])


def _by_area(ice: shapely.Geometry, greenland: shapely.Geometry) -> NDArray[np.object_]:
    parts = shapely.get_parts(ice)
    parts = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) >= _LEAST_KM2 * 1e6 / 4)]
    free = np.ones(len(parts), dtype=np.bool_)
    areas: list[shapely.Geometry] = []
    for feature, _, box in _AREAS:
        reach = greenland if feature == "greenland" else projected(np.array([shapely.box(*box)]), step_deg=0.5)[0]
        mine = free & shapely.intersects(parts, reach)
        free &= ~mine
        areas.append(shapely.MultiPolygon(list(parts[mine])))
    return np.array(areas, dtype=np.object_)


def _whiteness(shelf: Shelf) -> NDArray[np.float64]:
    """Return on the plane's grid how much the land around looks like ice, from 0 to 1; the sea has no say."""
    picture = _picture(shelf)
    red, blue = picture[..., 0], picture[..., 2]
    dry = (red > _WET).astype(np.float64)
    bright = np.clip((picture.mean(axis=2) - _BRIGHT) / _BRIGHT_RANGE, 0, 1)
    cold = np.clip((blue - red - _COLD) / _COLD_RANGE, 0, 1)
    white, known = (on_plane(_corners(layer), smoothing_cells=_SMOOTHING_CELLS) for layer in (bright * cold * dry, dry))
    return np.where(known > _LEAST_KNOWN, white / np.maximum(known, _LEAST_KNOWN), 0.0)


def _corners(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn pixels from 90° N and 180° W into a raster of corners from 90° S and 0° E: the mean of the four around."""
    upright = np.roll(picture[::-1], _COLUMNS * _TILE_PX // 2, axis=1)
    padded = np.vstack((upright[:1], upright, upright[-1:]))
    across = (padded + np.roll(padded, 1, axis=1)) / 2
    return (across[1:] + across[:-1]) / 2


def _picture(shelf: Shelf) -> NDArray[np.float64]:
    """Return the texture as (rows from the north, columns from 180° W, red green blue)."""
    names = [_TILE.format(column=column, row=row) for row in reversed(range(_ROWS)) for column in range(_COLUMNS)]
    tiles = [np.asarray(Image.open(path).convert("RGB"), dtype=np.float64) for path in shelf.files(CESIUM, names)]
    return np.vstack([np.hstack(tiles[row * _COLUMNS : (row + 1) * _COLUMNS]) for row in range(_ROWS)])


def _row(feature: str, name: str) -> dict[str, str]:
    return {
        "id": f"ice_{feature}",
        "name": f"Ice of {name}" if feature != "coast_mountains" else "Ice of the Coast Mountains",
        "kind": "glacier",
        "source": SOURCE,
        "confidence": "medium",
        "note": "Approximate: traced from a picture of about 10 km a pixel.",
    }
