"""What a layer's recipe hands over, and the two files that it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata import prepared
from geodata.crs import GEOGRAPHIC, MAP
from geodata.detail import simplified
from geodata.errors import GeodataError
from geodata.polar import to_map_array
from geodata.prepare import prepare

COLUMNS = ("id", "name", "kind", "source", "confidence")
"""What every layer has, in this order, before its own columns."""

FULL = (0.0,)


class LayerError(GeodataError):
    """A layer came out in a form that must not be shipped."""


@dataclass(frozen=True, eq=False)
class Made:
    """A layer in both its forms.

    Attributes
    ----------
    frame : GeoDataFrame
        Attributes and geometries in degrees, cut at 180°.
    levels : sequence of (tolerance in metres, (n,) array of geometries in the map plane)
        Row by row the same features, finest first.
    strokes : sequence of (tolerance in metres, (n,) array of geometries in the map plane)
        What is stroked instead of them, where that is less; a feature may have nothing of its own to stroke.
    """

    frame: gpd.GeoDataFrame
    levels: Sequence[tuple[float, NDArray[np.object_]]]
    strokes: Sequence[tuple[float, NDArray[np.object_]]] = ()


def made(table: pd.DataFrame, geometries: NDArray[np.object_], *, tolerances_m: Sequence[float] = FULL) -> Made:
    """Return a layer from geometries in degrees, each feature simplified on its own.

    Parameters
    ----------
    table
        Attributes, with at least `COLUMNS`.
    geometries
        In degrees, cut at 180° or not.
    tolerances_m
        Levels of detail, finest first.
    """
    plane = to_map_array(geometries)
    frame = gpd.GeoDataFrame(table, geometry=geometries, crs=GEOGRAPHIC)
    return Made(frame, [(tolerance_m, simplified(plane, tolerance_m)) for tolerance_m in tolerances_m])


def write(layer_id: str, layer: Made, folder: Path) -> None:
    """Write a layer's two files, ``ID.fgb`` and ``ID.prepared``; the same layer gives the same bytes.

    Raises
    ------
    LayerError
        Where a required column is missing or an id is empty or used twice.
    """
    frame = layer.frame
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise LayerError(f"It lacks the columns {', '.join(missing)}.", where=layer_id)
    ids = [str(feature) for feature in frame["id"]]
    astray = sorted({feature for feature, times in Counter(ids).items() if times > 1 or not feature})
    if astray:
        raise LayerError(f"Ids are empty or used twice: {astray}.", where=layer_id)
    own = [name for name in frame.columns if name not in (*COLUMNS, frame.geometry.name)]
    frame = frame[[*COLUMNS, *own, frame.geometry.name]]
    folder.mkdir(parents=True, exist_ok=True)
    # Without its index FlatGeobuf keeps the rows in drawing order.
    part = folder / f".{layer_id}-part.fgb"
    frame.to_file(part, driver="FlatGeobuf", engine="pyogrio", SPATIAL_INDEX="NO", layer=layer_id)
    part.replace(folder / f"{layer_id}.fgb")
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    frames, strokes = (
        [(tolerance_m, gpd.GeoDataFrame(table, geometry=geometries, crs=MAP)) for tolerance_m, geometries in levels]
        for levels in (layer.levels, layer.strokes)
    )
    prepared.write(prepare(layer_id, frames, outlines=strokes), folder / f"{layer_id}.prepared")
