"""Rasters in longitude and latitude → smooth contours in the map plane, with no seam and no hole at the pole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage

from geodata.stereographic import EQUATOR_RADIUS_M, inverse

CELL_M = 6_000.0
"""Cells of the plane's grid, finer than those of either raster."""

_RIM = shapely.Polygon(
    [(EQUATOR_RADIUS_M * np.cos(a), EQUATOR_RADIUS_M * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 721)]
)


def disc() -> shapely.Polygon:
    """Return the whole map: the northern hemisphere in the map plane, its rim of half-degree chords."""
    return _RIM


def axis() -> NDArray[np.float64]:
    """Return the grid's coordinates along x as along y, from the smallest, in map metres."""
    half = int(np.ceil(EQUATOR_RADIUS_M / CELL_M)) + 2
    return np.arange(-half, half + 1, dtype=np.float64) * CELL_M


def on_plane(
    raster: NDArray[np.float64], *, smoothing_cells: float, southmost_deg: float = -2.0
) -> NDArray[np.float64]:
    """Sample a raster on the grid of the map plane and smooth it there, evenly at all latitudes.

    Parameters
    ----------
    raster
        Rows from 90° S to 90° N, columns from 0° eastward once round, values at the cells' corners: (n + 1, 2n).
    smoothing_cells
        Standard deviation of the Gaussian, in cells of `CELL_M`.
    southmost_deg
        Where nothing needs to be known; cells beyond take the value there.

    Returns
    -------
    Array of shape (k, k) for the square around the disc, row by row from the smallest y.
    """
    steps = axis()
    x, y = np.meshgrid(steps, steps)
    lon, lat = inverse(x, y)
    per_degree = raster.shape[1] / 360
    row = (np.clip(lat, southmost_deg, 90.0) + 90.0) * per_degree
    column = np.mod(lon, 360.0) * per_degree
    wrapped = np.hstack((raster, raster[:, :1]))
    sampled = ndimage.map_coordinates(wrapped, [row, column], order=1, mode="nearest")
    return cast("NDArray[np.float64]", ndimage.gaussian_filter(sampled, smoothing_cells))


def above(grid: NDArray[np.float64], value: float, *, least_km2: float) -> shapely.MultiPolygon:
    """Return where a grid of the plane is above a value, inside the disc, without parts and holes below a size."""
    steps = axis()
    generator = contourpy.contour_generator(steps, steps, grid, fill_type=contourpy.FillType.OuterOffset)
    coords, offsets = cast("tuple[list[Any], list[Any]]", generator.filled(value, np.inf))
    parts = [_polygon(points, ends, least_km2 * 1e6) for points, ends in zip(coords, offsets, strict=True)]
    large = [part for part in parts if part is not None]
    inside = shapely.intersection(shapely.make_valid(np.array(large, dtype=np.object_)), disc())
    pieces = shapely.get_parts(inside)
    return shapely.MultiPolygon(list(pieces[shapely.get_dimensions(pieces) == 2]))


def _polygon(points: NDArray[np.float64], ends: NDArray[np.int64], least_m2: float) -> shapely.Polygon | None:
    rings = [points[first:last] for first, last in pairwise(ends)]
    kept = [ring for ring in rings[1:] if shapely.Polygon(ring).area >= least_m2]
    return shapely.Polygon(rings[0], kept) if shapely.Polygon(rings[0]).area >= least_m2 else None
