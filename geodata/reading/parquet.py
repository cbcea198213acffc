"""GeoParquet files, which are read where the extra ``parquet`` is installed. To be used in the reading process only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.raw import RawLayer


def read_parquet(path: Path) -> RawLayer:
    """Read a GeoParquet file whole; Z values are dropped, lists and structures become text.

    Raises
    ------
    ReadingError
        Where the extra is not installed, or the file is damaged, holds no geometries or is larger than the limits
        allow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ReadingError(
            "GeoParquet needs a part of the program that is not installed.",
            where=path.name,
            advice='Install it: pip install "arctic-map-viewer[parquet]", or save the file as FlatGeobuf.',
        ) from error
    try:
        described = pq.read_metadata(path)
        _refuse_too_large(described.num_rows, described.num_columns, path.name)
        frame = gpd.read_parquet(path)
    except (pa.ArrowException, ValueError, KeyError, TypeError, OSError) as error:
        raise ReadingError(f"The file is no GeoParquet that can be read ({error}).", where=path.name) from error
    geometry = np.asarray(shapely.force_2d(np.asarray(frame.geometry.array, dtype=object)), dtype=np.object_)
    columns = {str(name): _plain(values) for name, values in frame.items() if name != frame.geometry.name}
    crs = frame.crs.to_wkt() if frame.crs is not None else None
    return RawLayer(path.stem, geometry, np.arange(1, len(frame) + 1, dtype=np.int64), columns, crs)


def _refuse_too_large(rows: int, columns: int, where: str) -> None:
    for count, most, what in ((rows, limits.FEATURES, "features"), (columns, limits.COLUMNS, "attributes")):
        if count > most:
            raise ReadingError(f"The file has {count:,} {what}; {most:,} can be opened.", where=where)


def _plain(values: Iterable[Any]) -> list[Any]:
    return [_value(value) for value in values]


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value[: limits.TEXT_LENGTH] if isinstance(value, str) else value
    if isinstance(value, float):
        return None if np.isnan(value) else value
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if value is pd.NaT or value is pd.NA:
        return None
    return value.isoformat() if isinstance(value, datetime.date | pd.Timestamp) else str(value)[: limits.TEXT_LENGTH]
