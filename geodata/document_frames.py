"""Frames of Python → the rows of a document's layers."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.errors import DocumentError
from geodata.geopackage import Features

_KINDS = {"Point": "point", "LineString": "line", "Polygon": "polygon"}


def kind_of(frame: gpd.GeoDataFrame, *, where: str) -> str:
    """Return what a frame holds: points, lines or polygons.

    Raises
    ------
    DocumentError
        Where it is empty or holds several kinds.
    """
    kinds = {str(name).removeprefix("Multi") for name in frame.geom_type.dropna()}
    if len(kinds) != 1 or not kinds <= _KINDS.keys():
        found = ", ".join(sorted(kinds)) or "no geometries"
        raise DocumentError(f"A layer holds points, lines or polygons; this has {found}.", where=where)
    return _KINDS[kinds.pop()]


def new_origin(layer_id: str, title: str, kind: str, columns: list[str], count: int, stem: str) -> dict[str, Any]:
    """Return where a layer is from, as the window keeps it."""
    return {
        "id": layer_id,
        "path": "",
        "layer": title,
        "geometry": kind,
        "prepared": f"{stem}.prepared",
        "frame": f"{stem}.fgb",
        "columns": columns,
        "count": count,
        "left_out": 0,
        "report": f"{count:,} features written from Python.",
        "interpretation": None,
        "stamp": [0, 0],
    }


def features_of(frame: gpd.GeoDataFrame, columns: list[str]) -> Features:
    """Return a frame's rows; ids are those of an index called fid, as `Document.read` gives it, else from 1 on."""
    whole = pd.api.types.is_integer_dtype(frame.index.dtype) and frame.index.is_unique and frame.index.name == "fid"
    fids = [int(value) for value in frame.index] if whole else list(range(1, len(frame) + 1))
    geometry = np.asarray(shapely.force_2d(np.asarray(frame.geometry.array, dtype=object)), dtype=np.object_)
    values = {name: [_plain(value) for value in frame[name].tolist()] for name in columns}
    return Features(fids, geometry, values)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return None if value != value else value
    return None if value is pd.NaT or value is pd.NA else str(value)
