"""Placed features → the two files that a layer of somebody's own consists of."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import prepared
from geodata.crs import GEOGRAPHIC, MAP
from geodata.halves import beside, by_halves
from geodata.polar import outlines
from geodata.prepare import assembled, level_of, prepare, strokes_of
from geodata.prepared import Level
from geodata.reading import profile
from geodata.reading.looks import looks_of
from geodata.reading.outcome import FIELD
from geodata.reading.placing import Geometries, Placed
from geodata.reading.raw import RawLayer

TOLERANCES_M = (0.0, 250.0, 1000.0, 4000.0, 10000.0)

_NAMES = (
    "name",
    "title",
    "label",
    "name_en",
    "nameascii",
    "name_long",
    "naam",
    "navn",
    "namn",
    "nom",
    "nombre",
    "название",
)
_NAME_LENGTH = 80


def name_column(columns: dict[str, Any]) -> str | None:
    """Return the attribute that names features best, or None: one called so, else the first that tells them apart."""
    by_small = {name.lower(): name for name in columns}
    called = next((by_small[name] for name in _NAMES if name in by_small and _is_text(columns[by_small[name]])), None)
    if called is not None:
        return called
    ending = next(
        (name for name, values in columns.items() if name.lower().endswith("name") and _is_text(values)), None
    )
    if ending is not None:
        return ending
    return next((name for name, values in columns.items() if _is_text(values) and _tells_apart(values)), None)


def write_layer(
    raw: RawLayer, placed: Placed, folder: Path, stem: str, *, title: str, is_whole: bool = True
) -> tuple[str, str]:
    """Write a layer's prepared form and its rows in longitude and latitude; return the two files' names.

    Beside them, under the same stem, stands what its attributes are like (``.columns``).
    Features are numbered by their row in the file, which they keep when the file is read again.

    Parameters
    ----------
    raw, placed
        The attributes, and those features of one kind that are on the map.
    folder, stem
        Where to, and the beginning of both names.
    title
        What a feature without a name is called after.
    is_whole
        Whether it is a whole layer: a part of one needs its prepared form alone.
    """
    columns = {name: _chosen(values, placed) for name, values in raw.columns.items()}
    ids = _ids(raw, placed)
    naming = name_column(raw.columns)
    names = [_name(value, title, number) for value, number in zip(columns[naming] if naming else ids, ids, strict=True)]
    looks = looks_of(columns)
    table = {"id": ids, "name": names, **{f"{FIELD}{name}": values for name, values in columns.items()}, **looks}
    on_map = gpd.GeoDataFrame(pd.DataFrame(table, dtype=object), geometry=placed.on_map, crs=MAP)
    if not is_whole:
        prepared.write(_prepared(stem, on_map, placed), folder / f"{stem}.prepared")
        return f"{stem}.prepared", ""

    def write_rows() -> None:
        frame = gpd.GeoDataFrame(_typed(columns), geometry=placed.lonlat, crs=GEOGRAPHIC)
        frame.to_file(folder / f"{stem}.fgb", driver="FlatGeobuf", engine="pyogrio", SPATIAL_INDEX="NO")
        profile.write(profile.profiles_of({**columns, **looks}), folder / f"{stem}.columns")

    drawn = beside(lambda: _prepared(stem, on_map, placed), write_rows)
    prepared.write(drawn, folder / f"{stem}.prepared")
    return f"{stem}.prepared", f"{stem}.fgb"


def _prepared(stem: str, on_map: gpd.GeoDataFrame, placed: Placed) -> prepared.PreparedLayer:
    if placed.geometry == "point":
        return prepare(stem, [(0.0, on_map)])
    levels = _levels(placed.on_map)
    strokes = _strokes(placed, levels) if placed.geometry == "polygon" else ()
    return assembled(stem, on_map, levels, outlines=strokes)


def _levels(geometry: Geometries) -> list[Level]:
    """Return geometries at each level of detail, each made from the one before, which costs a fraction of a second.

    Each feature is simplified on its own. A ring may come to cross itself, which fills as if it did not, and what is
    smaller than a level's tolerance is gone at that level.
    """
    made = [level_of(geometry, 0.0)]
    for tolerance_m in TOLERANCES_M[1:]:
        geometry = by_halves(partial(shapely.simplify, tolerance=tolerance_m, preserve_topology=False), geometry)
        made.append(level_of(geometry, tolerance_m))
    return made


def _strokes(placed: Placed, levels: list[Level]) -> list[Level]:
    """Return the lines to stroke, level for level, where some ring has an edge that is no border; else none.

    Such edges lie along 180°, or along the rim of the map. All other rings are stroked as they are.
    """
    bounds = shapely.bounds(placed.lonlat).reshape(-1, 4)
    across = (np.abs(bounds[:, (0, 2)]) >= 180.0).any(axis=1) | (bounds[:, 1] <= 0.0) | (bounds[:, 3] >= 90.0)
    if not across.any():
        return []
    lines = np.asarray(outlines(_frame_of(placed.on_map[across])).geometry.array, dtype=object)
    rows = dict(enumerate(np.flatnonzero(across).tolist()))
    return [strokes_of(level, rows, own) for level, own in zip(levels, _levels(lines), strict=True)]


def _frame_of(geometry: Geometries) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(geometry, crs=MAP))


def _chosen(values: Any, placed: Placed) -> list[Any]:
    return [values[row] for row in placed.source.tolist()]


def _ids(raw: RawLayer, placed: Placed) -> list[str]:
    rows = raw.rows[placed.source]
    unique = len(np.unique(raw.rows)) == len(raw.rows)
    return [str(row) for row in (rows if unique else placed.source + 1).tolist()]


def _name(value: Any, title: str, number: str) -> str:
    text = " ".join(str(value).split()) if value is not None and value is not number else ""
    return text[:_NAME_LENGTH] if text else f"{title} {number}"


def _is_text(values: Any) -> bool:
    given = [value for value in values if value not in (None, "")]
    return bool(given) and all(isinstance(value, str) for value in given[:1_000])


def _tells_apart(values: Any) -> bool:
    given = [value for value in values if value][:1_000]
    short = sum(len(value) <= _NAME_LENGTH for value in given)
    return len(set(given)) > 0.5 * len(given) and short > 0.9 * len(given)


def _typed(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """Return columns with the narrowest kind that holds all their values, missing ones kept apart from 0 and false."""
    return pd.DataFrame({name: _series(values) for name, values in columns.items()})


def _series(values: list[Any]) -> pd.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds <= {int} and all(abs(value) < 2**63 for value in values if value is not None):
        return pd.Series(values, dtype="Int64")
    if kinds <= {int, float}:
        return pd.Series(values, dtype="float64")
    return pd.Series([None if value is None else str(value) for value in values], dtype=object)
