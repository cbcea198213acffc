"""GeoDataFrames in the map CRS → prepared layers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.errors import PreparedError
from geodata.prepared import UNITS_PER_METRE, GeometryKind, Level, PreparedLayer

_KINDS: dict[int, GeometryKind] = {0: "point", 1: "line", 3: "polygon", 4: "point", 5: "line", 6: "polygon"}


def prepare(
    layer_id: str,
    frames: Sequence[tuple[float, gpd.GeoDataFrame]],
    *,
    outlines: Sequence[tuple[float, gpd.GeoDataFrame]] = (),
) -> PreparedLayer:
    """Make a prepared layer from one frame a level of detail.

    Does not project, simplify or repair: frames come in the map CRS, each level already simplified, all with the same
    rows in the same order as the first. A geometry may be missing or empty at any level.

    Parameters
    ----------
    layer_id
        The layer's id in the catalogue.
    frames
        Pairs of tolerance in metres and frame, finest first. The first frame's columns become the attributes.
    outlines
        The same for the lines to stroke instead of the polygons' rings.

    Raises
    ------
    PreparedError
        Where points, lines and polygons are mixed in one layer, or levels differ in their rows.
    """
    first = frames[0][1]
    if any(len(frame) != len(first) for _, frame in (*frames, *outlines)):
        raise PreparedError("Its levels of detail have different numbers of rows.", where=layer_id)
    return PreparedLayer(
        id=layer_id,
        geometry=_kind(layer_id, first),
        levels=tuple(level_of(_geometries(frame), tolerance_m) for tolerance_m, frame in frames),
        outlines=tuple(level_of(_geometries(frame), tolerance_m) for tolerance_m, frame in outlines),
        attributes_json=_attributes(first),
    )


def assembled(
    layer_id: str, frame: gpd.GeoDataFrame, levels: Sequence[Level], *, outlines: Sequence[Level] = ()
) -> PreparedLayer:
    """Make a prepared layer of a frame in the map CRS from levels that were made of it already, finest first.

    Raises
    ------
    PreparedError
        Where points, lines and polygons are mixed.
    """
    return PreparedLayer(layer_id, _kind(layer_id, frame), tuple(levels), tuple(outlines), _attributes(frame))


def strokes_of(level: Level, instead: Mapping[int, int], own: Level) -> Level:
    """Return the lines to stroke of a level of polygons: each ring, but for some features other lines.

    Parameters
    ----------
    level
        Polygons.
    instead
        Of the features with other lines: their row in `own` to their row in the layer, rising.
    own
        Their lines.
    """
    ring_part = np.repeat(np.arange(level.part_count), np.diff(level.part_offsets))
    feature = level.feature_of_part[ring_part].astype(np.int64)
    others = np.fromiter(instead.values(), dtype=np.int64, count=len(instead))
    kept = ~np.isin(feature, others)
    features = np.concatenate((feature[kept], others[own.feature_of_part]))
    offset = len(level.coords)
    starts = np.concatenate((level.ring_offsets[:-1][kept], own.ring_offsets[:-1] + offset)).astype(np.int64)
    lengths = np.concatenate((np.diff(level.ring_offsets)[kept], np.diff(own.ring_offsets))).astype(np.int64)
    order = np.argsort(features, kind="stable")
    starts, lengths = starts[order], lengths[order]
    offsets = np.append(0, np.cumsum(lengths))
    chosen = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
    coords = np.concatenate((level.coords, own.coords))[chosen]
    return Level(
        tolerance_m=level.tolerance_m,
        coords=coords,
        ring_offsets=offsets.astype(np.int32),
        part_offsets=np.arange(len(lengths) + 1, dtype=np.int32),
        feature_of_part=features[order].astype(np.int32),
        bounds=_bounds(coords, offsets),
    )


def _bounds(coords: NDArray[np.int32], offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    if len(offsets) < 2:
        return np.zeros((0, 4))
    low, high = (ends.reduceat(coords, offsets[:-1], axis=0) for ends in (np.minimum, np.maximum))
    return np.concatenate((low, high), axis=1) / UNITS_PER_METRE


def level_of(geometries: NDArray[np.object_], tolerance_m: float) -> Level:
    """Flatten geometries of one kind (points, lines or polygons, single or multi) into a level of detail."""
    parts, feature_of_part = cast("tuple[Any, Any]", shapely.get_parts(geometries, return_index=True))
    keep = ~shapely.is_empty(parts)
    parts, feature_of_part = parts[keep], feature_of_part[keep]
    if len(parts) and shapely.get_type_id(parts[0]) == 3:
        rings, part_of_ring = cast("tuple[Any, Any]", shapely.get_rings(parts, return_index=True))
        part_offsets = np.searchsorted(part_of_ring, np.arange(len(parts) + 1))
    else:
        rings, part_offsets = parts, np.arange(len(parts) + 1)
    coords, ring_of_coord = cast("tuple[Any, Any]", shapely.get_coordinates(rings, return_index=True))
    return Level(
        tolerance_m=float(tolerance_m),
        coords=np.round(coords * UNITS_PER_METRE).astype(np.int32),
        ring_offsets=np.searchsorted(ring_of_coord, np.arange(len(rings) + 1)).astype(np.int32),
        part_offsets=part_offsets.astype(np.int32),
        feature_of_part=feature_of_part.astype(np.int32),
        bounds=shapely.bounds(parts).reshape(-1, 4).astype(np.float64),
    )


def _geometries(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    return np.asarray(frame.geometry.array, dtype=object)


def _kind(layer_id: str, frame: gpd.GeoDataFrame) -> GeometryKind:
    geometries = _geometries(frame)
    present = geometries[~(shapely.is_missing(geometries) | shapely.is_empty(geometries))]
    kinds = {_KINDS.get(int(type_id)) for type_id in np.unique(shapely.get_type_id(present))}
    if len(kinds) > 1 or None in kinds:
        raise PreparedError(
            "Points, lines and polygons are mixed.", where=layer_id, advice="Give each kind a layer of its own."
        )
    return cast("GeometryKind", kinds.pop()) if kinds else "point"


def _attributes(frame: gpd.GeoDataFrame) -> bytes:
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    columns = {str(name): [_plain(value) for value in table[name].tolist()] for name in table.columns}
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, bool | int | float | str) else str(value)
