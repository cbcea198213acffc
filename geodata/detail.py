"""Levels of detail: the same geometries with fewer vertices, in the map plane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

SPECK = 0.25
"""Parts smaller than this share of a tolerance squared are left out: a sixteenth of the pixel that they fall in."""

_SMOOTHING_PER_TOLERANCE = ((1000.0, 1.5), (4000.0, 1.0), (16000.0, 0.65), (float("inf"), 0.5))
"""Up to a tolerance: the square root of the area of triangles to remove, in tolerances.

Measured on the 1:10m coast so that 99 in 100 of the original vertices stay within the tolerance.
"""


def simplified(geometries: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Simplify lines and polygons one by one; points stay as they are.

    Does not keep shared borders shared: for regions that tile an area use `simplified_coverage`. Parts that shrink to a
    speck are left out; a geometry that loses all its parts comes out empty, never missing.

    Parameters
    ----------
    geometries
        In the map CRS.
    tolerance_m
        By how much a line may be off, in map metres; 0 returns the geometries unchanged.
    """
    if tolerance_m <= 0:
        return geometries.copy()
    simple = shapely.simplify(geometries, tolerance_m, preserve_topology=True)
    parts, owner = cast("tuple[Any, Any]", shapely.get_parts(simple, return_index=True))
    areal = shapely.get_dimensions(parts) == 2
    lost = areal & (shapely.area(parts) < SPECK * tolerance_m**2)
    return _regrouped(simple, parts, owner, lost)


def simplified_coverage(areas: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Simplify polygons that tile an area so that neighbours still share every vertex of their border.

    Islands that are specks at this tolerance are left out with all the regions on them.

    Parameters
    ----------
    areas
        A valid coverage in the map CRS: neighbours share their edges exactly.
    tolerance_m
        As for `simplified`; one vertex in a hundred may be further off, at the tips of what was smoothed away.
    """
    if tolerance_m <= 0:
        return areas.copy()
    smoothing = next(factor for limit, factor in _SMOOTHING_PER_TOLERANCE if tolerance_m < limit)
    simple = np.asarray(shapely.coverage_simplify(areas, tolerance_m * smoothing), dtype=object)
    land = shapely.get_parts(shapely.coverage_union_all(simple))
    specks = land[shapely.area(land) < SPECK * tolerance_m**2]
    parts, owner = cast("tuple[Any, Any]", shapely.get_parts(simple, return_index=True))
    lost = np.zeros(len(parts), dtype=np.bool_)
    inside, _ = shapely.STRtree(specks).query(shapely.point_on_surface(parts), predicate="within")
    lost[inside] = True
    return _regrouped(simple, parts, owner, lost)


def levels(frame: gpd.GeoDataFrame, tolerances_m: Sequence[float]) -> list[tuple[float, gpd.GeoDataFrame]]:
    """Return a frame in the map CRS at each tolerance, each feature simplified on its own."""
    areas = np.asarray(frame.geometry.array, dtype=object)
    return [(tolerance_m, frame.set_geometry(simplified(areas, tolerance_m))) for tolerance_m in tolerances_m]


def _regrouped(
    originals: NDArray[np.object_], parts: NDArray[np.object_], owner: NDArray[np.int64], lost: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Rebuild geometries from those of their parts that are left; untouched ones are passed through."""
    result = originals.copy()
    starts = np.searchsorted(owner, np.arange(len(originals) + 1))
    for row in np.unique(owner[lost]):
        mine = slice(starts[row], starts[row + 1])
        result[row] = shapely.MultiPolygon(list(parts[mine][~lost[mine]]))
    return result
