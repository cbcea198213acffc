"""Features of a layer of somebody's own, changed one by one. Needs GeoPandas; to be used beside the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.document_layers import packed, unpack_layer
from geodata.errors import DocumentError
from geodata.geopackage import Features
from geodata.reading.layers import name_column


@dataclass(frozen=True, slots=True, eq=False)
class FeatureChange:
    """What becomes of one feature.

    Attributes
    ----------
    fid : int or None
        Which; None for a new one.
    geometry : Geometry or None
        What it will be, in longitude and latitude; None deletes it.
    attributes : mapping
        Of a new one; names that the layer does not have are left out.
    """

    fid: int | None
    geometry: shapely.Geometry | None
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """One feature: its name, its geometry in longitude and latitude, and its attributes."""

    name: str
    geometry: shapely.Geometry
    attributes: Mapping[str, Any]


def feature_of(origin: dict[str, Any], folder: Path, stem: str, fid: int) -> Feature | None:
    """Return a feature of a layer; None where it has none of that number.

    Raises
    ------
    DocumentError
        Where the layer's files are lost or damaged.
    """
    features = packed(origin, folder, stem)
    if fid not in features.fids:
        return None
    row = list(features.fids).index(fid)
    attributes = {name: values[row] for name, values in features.columns.items()}
    naming = name_column(dict(features.columns))
    name = str(attributes[naming] or "") if naming else ""
    geometry = features.geometry[row]
    return Feature(name or f"{origin['layer']} {fid}", geometry, attributes) if geometry is not None else None


def rewrite(origin: dict[str, Any], folder: Path, stem: str, changes: Sequence[FeatureChange], *, new_stem: str) -> int:
    """Write a layer with changes under another stem; return how many features it has. Nothing is written for none.

    The files of the old stem stay as they are, so that the change can be taken back. A layer that is not there yet,
    with an empty stem, begins with the changes alone.

    Raises
    ------
    DocumentError
        Where the layer's files are lost or damaged, or nothing that is left can be drawn.
    """
    before = packed(origin, folder, stem) if stem else _none(origin)
    after = changed(before, changes)
    if after.fids:
        unpack_layer(after, {**origin, "columns": list(after.columns)}, folder, new_stem)
    return len(after.fids)


def revalue(
    origin: dict[str, Any], folder: Path, stem: str, column: str, values: Mapping[int, str], *, new_stem: str
) -> int:
    """Write a layer in which some features have another value under another stem; return how many features it has.

    The files of the old stem stay as they are. A value is made a number or a flag where the column holds such.

    Parameters
    ----------
    column
        The attribute's name.
    values
        By the features' numbers, as somebody wrote them; empty for a missing value.

    Raises
    ------
    DocumentError
        Where the layer's files are lost or damaged, there is no such column, or a value is not of its kind.
    """
    before = packed(origin, folder, stem)
    if column not in before.columns:
        raise DocumentError(f"There is no column {column}.", where=str(origin["layer"]))
    given = list(before.columns[column])
    kinds = {type(value) for value in given if value is not None}
    for row, fid in enumerate(before.fids):
        if fid in values:
            given[row] = _value(values[fid], kinds, where=column)
    after = Features(before.fids, before.geometry, {**before.columns, column: given})
    unpack_layer(after, {**origin, "columns": list(after.columns)}, folder, new_stem)
    return len(after.fids)


def _value(text: str, kinds: set[type], *, where: str) -> Any:
    words = text.strip()
    if not words:
        return None
    if kinds == {bool}:
        if words.lower() not in ("true", "false"):
            raise DocumentError(f"{words!r} is neither true nor false.", where=where, advice="Write one of the two.")
        return words.lower() == "true"
    if kinds and kinds <= {int, float}:
        try:
            return int(words) if kinds == {int} else float(words)
        except ValueError:
            what = "no whole number" if kinds == {int} else "no number"
            raise DocumentError(f"{words!r} is {what}.", where=where, advice="Write one, or nothing.") from None
    return text


def changed(features: Features, changes: Sequence[FeatureChange]) -> Features:
    """Return features with changes made to them; new ones come last, with numbers that none had."""
    geometry = features.geometry.tolist()
    fids = list(features.fids)
    columns = {name: list(values) for name, values in features.columns.items()}
    rows = {fid: row for row, fid in enumerate(fids)}
    gone: set[int] = set()
    for change in changes:
        row = rows.get(change.fid) if change.fid is not None else None
        if row is None and change.geometry is not None:
            fids.append(max(fids, default=0) + 1)
            geometry.append(change.geometry)
            for name, values in columns.items():
                values.append(change.attributes.get(name))
        elif row is not None and change.geometry is None:
            gone.add(row)
        elif row is not None:
            geometry[row] = change.geometry
    kept = [row for row in range(len(fids)) if row not in gone]
    shapes = np.array([geometry[row] for row in kept], dtype=np.object_)
    return Features(
        [fids[row] for row in kept], shapes, {name: [v[row] for row in kept] for name, v in columns.items()}
    )


def _none(origin: dict[str, Any]) -> Features:
    return Features([], np.array([], dtype=np.object_), {str(name): [] for name in origin["columns"]})
