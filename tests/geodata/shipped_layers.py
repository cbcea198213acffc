"""The shipped layers, as tests look at them."""

import csv
import functools
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata import prepared
from geodata.stereographic import forward

PROJECT = Path(__file__).resolve().parents[2]
LAYERS = PROJECT / "resources" / "layers"
FACTS = PROJECT / "resources" / "facts"
OWN_COLUMNS = {
    "bathymetry": {"depth_m"},
    "lakes": {"rank"},
    "rivers": {"rank"},
    "russian-arctic": {"extent", "country", "local_name", "note"},
    "alaska": {"country", "local_name"},
    "alaska-boroughs": {"fips"},
    "admin1-borders": {"left", "right", "country", "rank"},
    "country-borders": {"status", "left", "right", "view"},
    "occupied": {"extent", "country", "view", "note"},
    "zones": {"country", "note"},
    "graticule": {"rank", "label"},
    "maritime-boundary": {"status"},
    "runways": {"length_m", "width_m"},
    "lanes": {"family", "status", "short_name", "length_km", "length_nm"},
    "resource-sites": {"group", "commodity", "operator", "status", "country"},
    "bases": {"side", "role", "country"},
    "ports": {"status", "country"},
    "places": {"rank", "country", "population", "capital", "local_name"},
    "annotations": {"voice", "map_label", "rank"},
    "annotation-lines": {"voice", "map_label", "rank"},
    "sea-labels": {"rank"},
    "country-labels": {"rank", "country"},
    "region-labels": {"rank", "country"},
}
CONFIDENCES = {"high", "medium", "schematic", "moderate", "low", ""}
MOST_BYTES = 55_000_000


@functools.cache
def layer(layer_id):
    return prepared.read(LAYERS / f"{layer_id}.prepared")


@functools.cache
def in_degrees(layer_id):
    return gpd.read_file(LAYERS / f"{layer_id}.fgb")


@functools.cache
def polygons(layer_id, level):
    """Return the parts of a level as polygons in map metres, and the id of the feature that each belongs to."""
    made = layer(layer_id)
    chosen = made.levels[level]
    parts = [shapely.Polygon(shell, holes) for shell, *holes in map(chosen.rings_of, range(chosen.part_count))]
    ids = np.array(made.attributes["id"])[chosen.feature_of_part]
    return np.array(parts, dtype=object), ids


def feature(layer_id, feature_id, level=0):
    parts, ids = polygons(layer_id, level)
    return parts[ids == feature_id]


def holders(layer_id, points, level=0):
    """Return which of the points lie in a layer of polygons."""
    parts, _ = polygons(layer_id, level)
    inside = np.zeros(len(points), dtype=bool)
    inside[shapely.STRtree(points).query(parts, predicate="contains")[1]] = True
    return inside


def rows(table):
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(lon, lat):
    return shapely.Point(forward(lon, lat))
