"""A person's own annotations as layers of the map: one of points, one of lines, one of areas."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np

from geodata import prepared
from geodata.annotations import OWN_LAYERS, Annotation
from geodata.certainty import UNSOURCED, certainty
from geodata.crs import GEOGRAPHIC
from geodata.lint import is_unsourced
from geodata.polar import outlines, to_map
from geodata.prepare import prepare


def write_layers(annotations: Iterable[Annotation], folder: Path, *, stem: str) -> dict[str, Path]:
    """Write a prepared layer for each kind of geometry that annotations have; return their files by layer id.

    Those without a geometry of their own, or about another feature, are on no layer. What claims something without a
    source says so in its name.

    Raises
    ------
    OSError
        Where a file cannot be written.
    """
    by_layer: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.place and not annotation.targets:
            by_layer.setdefault(annotation.references[0].partition("/")[0], []).append(annotation)
    written: dict[str, Path] = {}
    for layer_id in OWN_LAYERS.values():
        if mine := by_layer.get(layer_id):
            written[layer_id] = folder / f"{layer_id}-{stem}.prepared"
            prepared.write(_prepared(layer_id, mine), written[layer_id])
    return written


def _prepared(layer_id: str, annotations: list[Annotation]) -> prepared.PreparedLayer:
    rows = {
        "id": [annotation.id for annotation in annotations],
        "name": [_name(annotation) for annotation in annotations],
        "kind": [annotation.kind for annotation in annotations],
        "source": ["; ".join(source.title for source in annotation.sources) for annotation in annotations],
        "confidence": ["" for _ in annotations],
        "certainty": [certainty(annotation) for annotation in annotations],
    }
    geometry = np.array([annotation.geometry for annotation in annotations], dtype=np.object_)
    plane = to_map(gpd.GeoDataFrame(rows, geometry=geometry, crs=GEOGRAPHIC))
    strokes = [(0.0, outlines(plane))] if layer_id == OWN_LAYERS["Polygon"] else []
    return prepare(layer_id, [(0.0, plane)], outlines=strokes)


def _name(annotation: Annotation) -> str:
    return f"{annotation.title} · {UNSOURCED}" if is_unsourced(annotation) else annotation.title
