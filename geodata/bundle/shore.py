"""The shore around Anchorage from the Census, joined to Natural Earth's where the two cross."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geodata.bundle.packages import US_ATLAS
from geodata.bundle.shelf import Shelf

SOURCE = "U.S. Census Bureau cartographic boundaries, by us-atlas 3.0.1 (public domain)"
ANCHORAGE = (-149.8, 61.25)
RADII_KM = range(70, 131, 2)
"""Circles among which the join is looked for."""

_KM_PER_DEGREE = 111.3


def boroughs(shelf: Shelf) -> gpd.GeoDataFrame:
    """Return Alaska's boroughs and census areas as the Census draws them, with ``fips`` and ``name``."""
    path = shelf.files(US_ATLAS, ["package/counties-10m.json"])[0]
    frame = gpd.read_file(path, layer="counties")
    frame = frame[frame["id"].str.startswith("02") & ~frame.geometry.is_empty].reset_index(drop=True)
    geometries = shapely.make_valid(frame.geometry.to_numpy(), method="structure", keep_collapsed=False)
    return gpd.GeoDataFrame({"fips": frame["id"], "name": frame["name"]}, geometry=geometries, crs="EPSG:4326")


def join(coarse: shapely.Geometry, fine: shapely.Geometry) -> shapely.Geometry:
    """Return `coarse` with the land of `fine` in its place around Anchorage.

    The two shores differ by up to 2.4 km, so that a cut makes a step where it crosses a coast on which they disagree.
    Of all `RADII_KM` the circle is taken along which they disagree least.

    Parameters
    ----------
    coarse, fine
        Land in degrees; `fine` needs to be complete within the largest circle.
    """
    circles = [_circle(radius_km) for radius_km in RADII_KM]
    widest = circles[-1]
    here, there = shapely.intersection([coarse, fine], widest)
    difference = shapely.symmetric_difference(here, there)
    steps = [shapely.length(shapely.intersection(circle.exterior, difference)) for circle in circles]
    circle = circles[int(np.argmin(steps))]
    return shapely.union(shapely.difference(coarse, circle), shapely.intersection(fine, circle))


def _circle(radius_km: float) -> shapely.Polygon:
    """Return a circle on the ground around Anchorage, in degrees, true to some hundred metres."""
    angles = np.linspace(0, 2 * np.pi, 181)
    lon, lat = ANCHORAGE
    up = radius_km / _KM_PER_DEGREE * np.sin(angles)
    across = radius_km / _KM_PER_DEGREE * np.cos(angles) / np.cos(np.radians(lat + up))
    return shapely.Polygon(np.column_stack((lon + across, lat + up)))
