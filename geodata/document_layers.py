"""The files of a layer in a working copy ↔ its rows in a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from geodata import prepared
from geodata.errors import DocumentError, PreparedError
from geodata.geopackage import Features, original_names
from geodata.reading.guard import LONLAT
from geodata.reading.layers import write_layer
from geodata.reading.placing import place
from geodata.reading.raw import RawLayer
from geodata.writing.write import PROBLEMS, rows_of


def packed(origin: dict[str, Any], folder: Path, stem: str) -> Features:
    """Return a layer's rows; each has the number by which the map knows it as its fid.

    Raises
    ------
    DocumentError
        Where the layer's files are lost or damaged.
    """
    where = str(origin["layer"])
    try:
        ids = prepared.read(folder / f"{stem}.prepared").attributes["id"]
        rows = rows_of(folder / f"{stem}.fgb")
    except (PreparedError, *PROBLEMS) as error:
        raise DocumentError(f"The layer cannot be saved ({error}).", where=where, advice="Open it again.") from error
    columns = {
        name: [None if lost else value for value, lost in zip(values.tolist(), missing.tolist(), strict=True)]
        for name, values, missing in zip(rows.names, rows.values, rows.missing, strict=True)
    }
    return Features([int(number) for number in ids], rows.geometry, columns)


def unpack_layer(features: Features, origin: dict[str, Any], folder: Path, stem: str) -> None:
    """Make the files of a layer from its rows.

    Raises
    ------
    DocumentError
        Where none of the rows is of the layer's kind any more.
    """
    title = str(origin["layer"])
    names = original_names(list(features.columns), [str(name) for name in origin["columns"]])
    columns = dict(zip(names, features.columns.values(), strict=True))
    rows = np.array(features.fids, dtype=np.int64)
    kinds, _, _ = place(features.geometry, rows, LONLAT)
    placed = next((placed for placed in kinds if placed.geometry == origin["geometry"]), None)
    if placed is None:
        raise DocumentError("The layer has nothing that can be drawn.", where=title)
    write_layer(RawLayer(title, features.geometry, rows, columns, None), placed, folder, stem, title=title)
