"""Another copy of a document → into this one, with the rows of its layers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from geodata import geopackage, history, merging
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.document_file import LAYERS, layer_tables, origin_of, put_layer, stem_of, title_of, write_annotations
from geodata.errors import DocumentError
from geodata.geopackage import Features
from geodata.merging import Conflict, Key


def merge_into(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, *, chosen: Mapping[Key, str | None] | None, where: str
) -> tuple[Conflict, ...]:
    """Merge another copy into a document; see `geodata.document.Document.merge`."""
    for connection in (ours, theirs):
        damaged = history.damages(connection)
        if damaged:
            raise DocumentError(f"A damaged history cannot be merged. {damaged[0]}", where=where)
    merged = merging.merge(tuple(history.entries(ours)), tuple(history.entries(theirs)), chosen=chosen)
    layers = _layers(merged.rows, (ours, theirs), where=where)
    merging.write(ours, merged)
    for entry in layer_tables(ours):
        geopackage.drop(ours, entry.table)
    ours.execute("DELETE FROM arcticmap_layers")
    geopackage.drop(ours, ANNOTATIONS)
    notes = history.state(ours, ANNOTATIONS)
    if notes:
        write_annotations(ours, notes)
    for stem, (title, features) in layers.items():
        put_layer(ours, stem, features, title=title, is_shown=True)
    return merged.conflicts


def _layers(
    rows: dict[Key, str], connections: tuple[sqlite3.Connection, ...], *, where: str
) -> dict[str, tuple[str, Features]]:
    """Return title and rows of each layer by its stem, the lowest first, from the copy that has them."""
    texts = sorted(
        (text for (table, _), text in rows.items() if table == LAYERS), key=lambda text: (json.loads(text)["at"], text)
    )
    found: dict[str, tuple[str, Features]] = {}
    for text in texts:
        stem = stem_of(origin_of(text), where=where)
        for connection in connections:
            table = next((entry.table for entry in layer_tables(connection) if entry.stem == stem), None)
            if table is not None and stem not in found:
                found[stem] = (title_of(text), geopackage.read_features(connection, table, where=where))
    return found
