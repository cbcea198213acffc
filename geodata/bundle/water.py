"""Lakes and rivers from Natural Earth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata.bundle import naturalearth
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import Shelf

LAKE_LEVELS_M = (0.0, 250.0, 1000.0, 4000.0, 10000.0)
RIVER_LEVELS_M = (0.0, 250.0, 1000.0, 4000.0)

_RIVERS_NORTH_OF_DEG = 45.0


def lakes(shelf: Shelf) -> Made:
    """Return lakes and reservoirs north of the equator, with their rank."""
    frame: Any = naturalearth.table(shelf, "ocean")
    frame = frame[frame["featurecla"] != naturalearth.OCEAN]
    return _ranked(frame, "scaleran_2", kind="lake", southmost_deg=0.0, tolerances_m=LAKE_LEVELS_M)


def rivers(shelf: Shelf) -> Made:
    """Return rivers that reach north of 45° N, with their rank; courses through lakes are left out."""
    frame: Any = naturalearth.table(shelf, "rivers_lake_centerlines")
    frame = frame[frame["featurecla"] == "River"]
    return _ranked(frame, "scalerank", kind="river", southmost_deg=_RIVERS_NORTH_OF_DEG, tolerances_m=RIVER_LEVELS_M)


def _ranked(frame: Any, rank: str, *, kind: str, southmost_deg: float, tolerances_m: tuple[float, ...]) -> Made:
    raw: Any = frame[frame.geometry.bounds["maxy"] > southmost_deg].sort_values(rank, kind="stable")
    geometries = np.asarray(raw.geometry.array, dtype=np.object_)
    if kind == "lake":
        geometries = shapely.make_valid(geometries, method="structure", keep_collapsed=False)
    table = pd.DataFrame(
        {
            "id": [f"{kind}_{number}" for number in range(1, len(raw) + 1)],
            "name": raw["name"].fillna("").to_numpy(),
            "kind": kind,
            "source": naturalearth.SOURCE,
            "confidence": "high",
            "rank": raw[rank].fillna(9).astype(int).to_numpy(),
        }
    )
    return made(table, geometries, tolerances_m=tolerances_m)
