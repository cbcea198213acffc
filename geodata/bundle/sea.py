"""The depth of the sea, from ETOPO5."""

from __future__ import annotations

from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.io import netcdf_file

from geodata.bundle.made import Made
from geodata.bundle.packages import FERRET
from geodata.bundle.plane import unprojected
from geodata.bundle.raster import above, disc, on_plane
from geodata.bundle.shelf import Shelf
from geodata.crs import GEOGRAPHIC
from geodata.detail import simplified

DEPTHS_M = (50, 100, 200, 500, 1000, 2000, 3000, 4000, 5000)
TOLERANCES_M = (1000.0, 4000.0, 10000.0)
SOURCE = "ETOPO5, NOAA National Geophysical Data Center 1988 (public domain)"

_FILE = "usr/share/ferret-vis/data/etopo5.cdf"
_SMOOTHING_CELLS = 1.3
_LEAST_KM2 = 500.0


def bathymetry(shelf: Shelf) -> Made:
    """Return the area deeper than each contour, nested, shallowest first; the first is the whole disc.

    The contours run on under the land where ETOPO5's coast is not ours: the land is painted over them.
    """
    depth = on_plane(-_relief(shelf), smoothing_cells=_SMOOTHING_CELLS)
    areas = [disc(), *(above(depth, float(contour), least_km2=_LEAST_KM2) for contour in DEPTHS_M)]
    plane = simplified(np.array(areas, dtype=np.object_), TOLERANCES_M[0])
    rows = [_row(contour) for contour in (0, *DEPTHS_M)]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=unprojected(plane), crs=GEOGRAPHIC)
    coarser = [(tolerance_m, simplified(plane, tolerance_m)) for tolerance_m in TOLERANCES_M[1:]]
    return Made(frame, [(TOLERANCES_M[0], plane), *coarser])


def _relief(shelf: Shelf) -> NDArray[np.float64]:
    """Return heights in metres, rows from 90° S to 90° N, columns from 0° eastward."""
    path = shelf.files(FERRET, [_FILE])[0]
    with netcdf_file(str(path), "r", mmap=False) as file:
        variables = cast("dict[str, Any]", file.variables)
        return np.asarray(variables["ROSE"].data, dtype=np.float64)


def _row(depth_m: int) -> dict[str, Any]:
    name = f"Deeper than {depth_m} m" if depth_m else "Sea"
    return {
        "id": f"depth_{depth_m}",
        "name": name,
        "kind": "depth",
        "source": SOURCE,
        "confidence": "medium",
        "depth_m": depth_m,
    }
