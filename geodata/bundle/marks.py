"""Annotations that are features of their own: those with a geometry and no feature to speak of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.annotations import LINE_LAYER, POINT_LAYER, Annotation, read
from geodata.bundle.lines import geodesics
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import Shelf
from geodata.polar import to_map_array

_LINES = (1, 5)
_CROWDED_M = (200_000.0, 60_000.0)
_COLUMNS = ("id", "name", "kind", "source", "confidence", "voice", "map_label", "local_name", "passage")


def points(shelf: Shelf) -> Made:
    """Return annotations at a point or several; needs only the annotations' file."""
    return _layer(shelf, POINT_LAYER)


def lines(shelf: Shelf) -> Made:
    """Return annotations along a line, each leg the shortest way on the ground; needs only the annotations' file."""
    return _layer(shelf, LINE_LAYER)


def _layer(shelf: Shelf, layer_id: str) -> Made:
    wanted = [
        annotation
        for annotation in read(shelf.annotations)
        if annotation.references == (f"{layer_id}/{annotation.id}",) and not annotation.targets
    ]
    table = pd.DataFrame([_row(annotation) for annotation in wanted], columns=pd.Index(_COLUMNS), dtype=object)
    geometries = np.array([_geometry(annotation) for annotation in wanted], dtype=np.object_)
    return made(table.assign(rank=_ranks(geometries)), geometries)


def _ranks(geometries: NDArray[np.object_]) -> list[int]:
    """Return how close a view must be for each mark: 0 for any, more where one before it in the file lies near."""
    plane = to_map_array(geometries)
    single = shapely.get_num_geometries(plane) == 1
    ranks: list[int] = []
    for row, mark in enumerate(plane):
        others = plane[:row][single[:row]] if single[row] else plane[:0]
        nearest_m = float(np.min(shapely.distance(others, mark), initial=np.inf))
        ranks.append(sum(nearest_m < limit_m for limit_m in _CROWDED_M))
    return ranks


def _geometry(annotation: Annotation) -> shapely.Geometry:
    geometry = shapely.from_geojson(annotation.place)
    if int(shapely.get_type_id(geometry)) not in _LINES:
        return geometry
    chains = [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(geometry)]
    pieces = [piece for chain in chains for piece in geodesics([(lon, lat) for lon, lat in chain]).geoms]
    return shapely.MultiLineString(pieces)


def _row(annotation: Annotation) -> dict[str, str]:
    return {
        "id": annotation.id,
        "name": annotation.title,
        "kind": annotation.kind,
        "source": "; ".join(source.title for source in annotation.sources),
        "confidence": annotation.confidence or "",
        "voice": annotation.voice,
        "map_label": annotation.map_label,
        "local_name": annotation.local_name,
        "passage": annotation.passage,
    }
