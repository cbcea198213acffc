"""Making a prepared layer anew from its lon/lat file, for when the one that was shipped is lost."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from geodata.crs import MAP
from geodata.detail import simplified
from geodata.errors import GeometryError, PreparedError
from geodata.polar import to_map_array
from geodata.prepare import prepare
from geodata.prepared import PreparedLayer

TOLERANCES_M = (250.0, 1000.0, 4000.0, 10000.0)
"""By how much the lines of the coarser levels may be off, as in the layers that are shipped."""

_LEVELS_FROM_VERTICES = 12_000

# What GDAL, pyogrio and GEOS answer to files whose bytes were changed, found by changing bytes.
_REFUSALS = (OSError, RuntimeError, ValueError, TypeError, LookupError, ArithmeticError, MemoryError)


def remade(layer_id: str, path: Path) -> PreparedLayer:
    """Prepare a layer from its FlatGeobuf file.

    Does not do what the recipes of `geodata.bundle` do beyond projecting and simplifying: each part is simplified on
    its own, so that neighbours may come apart by the tolerance of a level. Takes some 8 s for all shipped layers. A
    file whose values were changed without breaking its form is not noticed.

    Parameters
    ----------
    layer_id
        The layer's id in the catalogue.
    path
        The file, in longitude and latitude, with columns ``id`` and ``name``.

    Raises
    ------
    PreparedError
        Where the file is damaged, or has other columns.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is told once, by what is raised
            frame = gpd.read_file(path, engine="pyogrio")
            plane = to_map_array(frame.geometry.to_numpy())
    except (*_REFUSALS, shapely.errors.ShapelyError, GeometryError) as error:
        raise PreparedError("It is cut short or damaged.", where=str(path)) from error
    told = int(cast("Any", pyogrio.read_info(path))["features"])
    missing = {"id", "name"} - set(frame.columns)
    if missing or len(frame) != told:
        raise PreparedError(f"It lacks {'columns' if missing else 'features'} it should have.", where=str(path))
    tolerances_m = TOLERANCES_M if shapely.get_num_coordinates(plane).sum() > _LEVELS_FROM_VERTICES else ()
    levels = [(0.0, plane), *((tolerance_m, _simplified(plane, tolerance_m)) for tolerance_m in tolerances_m)]
    return prepare(layer_id, [(tolerance_m, _placed(frame, areas)) for tolerance_m, areas in levels])


def _placed(frame: gpd.GeoDataFrame, geometries: NDArray[np.object_]) -> gpd.GeoDataFrame:
    table = cast("Any", frame.drop(columns=frame.geometry.name))
    return gpd.GeoDataFrame(table, geometry=cast("Any", geometries), crs=MAP)


def _simplified(geometries: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Simplify part by part, which for a world of islands is ten times as quick as all of them against each other."""
    parts, owner = cast("tuple[Any, Any]", shapely.get_parts(geometries, return_index=True))
    simple = simplified(parts, tolerance_m)
    kept = ~shapely.is_empty(simple)
    whole = np.full(len(geometries), None, dtype=np.object_)
    if kept.any():
        shapely.geometrycollections(simple[kept], indices=owner[kept], out=whole)
    return whole
