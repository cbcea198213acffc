"""Annotations that are features of their own: those with a geometry and no feature to speak of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geodata.annotations import LINE_LAYER, POINT_LAYER, Annotation, read
from geodata.bundle.lines import geodesics
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import Shelf

_LINES = (1, 5)
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
    return made(table, np.array([_geometry(annotation) for annotation in wanted], dtype=np.object_))


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
