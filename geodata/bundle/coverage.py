"""The one topology of land: regions that tile it, from which land, states, zones and borders are all drawn."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.bundle import naturalearth, shore
from geodata.bundle.faces import NOBODY, adopt, containing, faces_of, nearest
from geodata.bundle.made import LayerError
from geodata.bundle.plane import projected, welded
from geodata.bundle.shelf import Shelf
from geodata.detail import simplified_coverage

TOLERANCES_M = (0.0, 250.0, 1000.0, 4000.0, 10000.0)

_ISLANDS_OF = ("Arkhangelsk", "Krasnoyarsk", "Sakha (Yakutia)")
_ISLANDS_NORTH_OF_DEG = 70.0


@dataclass(frozen=True, eq=False)
class Coverage:
    """Regions that tile the land and share their borders vertex by vertex, at every level of detail.

    Attributes
    ----------
    regions : DataFrame
        One row a region: ``name``, ``country``, ``code`` of three letters, ``local_name``, ``fips`` (Alaska's boroughs
        only) and ``islands`` (the islands in the Arctic Ocean of a region that has a mainland too).
    degrees : (r,) array of MultiPolygon
        In longitude and latitude, cut at 180°.
    levels : tuple of (r,) arrays
        In the map plane, one for each of `TOLERANCES_M`; what is far below a level's tolerance is empty there.
    """

    regions: pd.DataFrame
    degrees: NDArray[np.object_]
    levels: tuple[NDArray[np.object_], ...]

    def rows(self, mask: Any) -> NDArray[np.int64]:
        """Return the row numbers where a mask over `regions`, one truth value a row, holds."""
        return np.flatnonzero(np.asarray(mask))


@functools.cache
def coverage(shelf: Shelf) -> Coverage:
    """Build the coverage; takes about a minute, once a run."""
    boroughs = shore.boroughs(shelf)
    land = shore.join(naturalearth.land(shelf), shapely.union_all(boroughs.geometry.to_numpy()))
    regions = naturalearth.regions(shelf)
    table, owners, faces = _owned_faces(land, regions, boroughs)
    degrees = _dissolved(faces, owners, len(table))
    table, degrees = _split_islands(table, degrees)
    full = welded(projected(degrees))
    if not (shapely.is_valid(full).all() and shapely.coverage_is_valid(full)):
        raise LayerError("The regions do not tile the land without gaps and overlaps.", where="coverage")
    return Coverage(table, degrees, tuple(simplified_coverage(full, tolerance_m) for tolerance_m in TOLERANCES_M))


def _owned_faces(
    land: shapely.Geometry, regions: gpd.GeoDataFrame, boroughs: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.object_]]:
    region_areas, borough_areas = regions.geometry.to_numpy(), boroughs.geometry.to_numpy()
    faces = faces_of(np.concatenate([np.array([land], dtype=object), region_areas, borough_areas]))
    points = shapely.point_on_surface(faces)
    on_land = containing(shapely.get_parts(np.array([land])), points) != NOBODY
    faces, points = faces[on_land], points[on_land]
    owners = _settled(faces, containing(region_areas, points), region_areas)
    alaska = int(np.flatnonzero(regions["name"] == "Alaska")[0])
    inside = owners == alaska
    parts = _settled(faces[inside], containing(borough_areas, points[inside]), borough_areas)
    owners[inside] = parts + len(regions)
    table = pd.concat([regions.drop(columns="geometry"), _borough_rows(boroughs)], ignore_index=True)
    return table.assign(fips=table["fips"].fillna(""), islands=False), owners, faces


def _settled(faces: NDArray[np.object_], owners: NDArray[np.int64], areas: NDArray[np.object_]) -> NDArray[np.int64]:
    """Leave no face without an owner: the neighbour with the longest border, or, for an island, the nearest."""
    owners = adopt(faces, owners)
    alone = owners == NOBODY
    owners[alone] = nearest(projected(areas), projected(faces[alone]))
    return owners


def _borough_rows(boroughs: gpd.GeoDataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"name": boroughs["name"], "fips": boroughs["fips"]})
    return rows.assign(country="United States of America", code="USA", local_name="")


def _dissolved(faces: NDArray[np.object_], owners: NDArray[np.int64], count: int) -> NDArray[np.object_]:
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(count + 1))
    groups = [faces[order[starts[row] : starts[row + 1]]] for row in range(count)]
    return np.array([_multi(shapely.coverage_union_all(group)) for group in groups], dtype=object)


def _multi(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == 3]))


def _split_islands(table: pd.DataFrame, degrees: NDArray[np.object_]) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """Give the Arctic Ocean's islands of three regions rows of their own: they belong to the Arctic zone as a whole."""
    rows, areas = [table], list(degrees)
    for name in _ISLANDS_OF:
        row = int(np.flatnonzero(table["name"] == name)[0])
        parts = shapely.get_parts(degrees[row])
        south = shapely.bounds(parts)[:, 1]
        island = (south >= _ISLANDS_NORTH_OF_DEG) & (np.arange(len(parts)) != np.argmax(shapely.area(parts)))
        areas[row] = shapely.MultiPolygon(list(parts[~island]))
        areas.append(shapely.MultiPolygon(list(parts[island])))
        rows.append(table.iloc[[row]].assign(islands=True))
    return pd.concat(rows, ignore_index=True), np.array(areas, dtype=object)
