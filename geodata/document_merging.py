"""Another copy of a document → into a working copy, as one step. To be used in a process of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import numpy as np
import shapely

from geodata import geopackage, history, merging
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.document_file import LAYERS, layer_tables, origin_of, reading, stem_of, title_of
from geodata.document_layers import packed, unpack_layer
from geodata.document_request import Disagreement, Merged, MergeRequest, Shape
from geodata.edits import Edit, to_text
from geodata.errors import DocumentError
from geodata.history import rows_between
from geodata.journal import Journal
from geodata.merging import Conflict, Key, Merge
from geodata.polar import to_map_array
from geodata.reading.outcome import Progress

_SHOWN_VERTICES = 1_500


def merge_working_copy(request: MergeRequest, tell: Callable[[Progress], None]) -> Merged:
    """Make a working copy in which both are merged, beside the files of the other copy's layers.

    Steps that could be taken back still can be, and before them the merge as one step.

    Raises
    ------
    DocumentError
        Where the two are not copies of one document, or one is damaged.
    """
    tell(Progress(f"Merging with {request.path.name}"))
    made = request.folder / "merged.sqlite"
    with closing(Journal(request.journal)) as source:
        source.copy_to(made)
    with closing(sqlite3.connect(made, isolation_level=None)) as ours, reading(request.path) as theirs:
        for connection in (ours, theirs):
            if damaged := history.damages(connection):
                raise DocumentError(f"A damaged history cannot be merged. {damaged[0]}", where=request.path.name)
        before = history.replay(history.entries(ours))
        chosen: dict[Key, str | None] = {(table, row_id): text for table, row_id, text in request.chosen}
        merged = merging.merge(tuple(history.entries(ours)), tuple(history.entries(theirs)), chosen=chosen)
        open_ones = tuple(conflict for conflict in merged.conflicts if conflict.key not in chosen)
        told = tuple(_disagreement(conflict, request, theirs) for conflict in open_ones)
        if not told:
            _unpack_theirs(merged, request, theirs)
            ours.execute("BEGIN")
            _write(ours, merged, before, name=f"merge with {request.path.name}")
            ours.execute("COMMIT")
    return Merged(made, told, request.token)


def _write(connection: sqlite3.Connection, merged: Merge, before: dict[Key, str], *, name: str) -> None:
    """Put a merge into a working copy, and behind its steps the one that takes it back."""
    cursor = int(history.meta(connection, "cursor") or 0)
    kept = {key: history.meta(connection, key) for key in ("base", "saved")}
    steps = connection.execute("SELECT * FROM arcticmap_steps WHERE position <= ?", (cursor,)).fetchall()
    merging.write(connection, merged)
    for key, value in kept.items():
        history.set_meta(connection, key, value)
    connection.executemany("INSERT INTO arcticmap_steps VALUES (?, ?, ?, ?)", steps)
    rows = rows_between(before, merged.rows)
    if rows:
        cursor += 1
        token = merged.history[-1].seal
        edit = Edit(name, rows)
        values = (cursor, token, edit.name, to_text(edit.rows))
        connection.execute("INSERT INTO arcticmap_steps VALUES (?, ?, ?, ?)", values)
    history.set_meta(connection, "cursor", str(cursor))


def _unpack_theirs(merged: Merge, request: MergeRequest, theirs: sqlite3.Connection) -> None:
    """Make the files of layers that the working copy does not have."""
    tables = {entry.stem: entry.table for entry in layer_tables(theirs)}
    for (table, _), text in merged.rows.items():
        origin = origin_of(text) if table == LAYERS else None
        stem = stem_of(origin, where=request.path.name) if origin else ""
        if origin and stem in tables and not (request.home / f"{stem}.prepared").is_file():
            features = geopackage.read_features(theirs, tables[stem], where=request.path.name)
            unpack_layer(features, origin, request.folder, stem)


def _disagreement(conflict: Conflict, request: MergeRequest, theirs: sqlite3.Connection) -> Disagreement:
    table, row_id = conflict.key
    known = conflict.ours or conflict.theirs or conflict.before or ""
    return Disagreement(
        table=table,
        id=row_id,
        title=_title(table, known) or row_id,
        ours=conflict.ours,
        theirs=conflict.theirs,
        our_shape=_shape(table, conflict.ours, request, None),
        their_shape=_shape(table, conflict.theirs, request, theirs),
    )


def _title(table: str, text: str) -> str:
    try:
        if table == LAYERS:
            return title_of(text)
        row: dict[str, Any] = json.loads(text)
        return str(row.get("title") or dict(row.get("properties") or {}).get("title") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _shape(table: str, text: str | None, request: MergeRequest, theirs: sqlite3.Connection | None) -> Shape:
    """Return where a version of a row lies, as lines in map metres; nothing for what lies nowhere."""
    if text is None:
        return ()
    try:
        if table == ANNOTATIONS:
            place = json.loads(text)["geometry"]
            found = [shapely.from_geojson(json.dumps(place))] if place else []
        elif table == LAYERS:
            found = list(_geometries(origin_of(text), request, theirs))
        else:
            found = []
    except (ValueError, KeyError, TypeError, DocumentError, shapely.errors.GEOSException):
        return ()
    return _lines(np.array(found, dtype=np.object_)) if found else ()


def _geometries(origin: dict[str, Any], request: MergeRequest, theirs: sqlite3.Connection | None) -> list[Any]:
    stem = stem_of(origin, where=request.path.name)
    if theirs is None:
        return packed(origin, request.home, stem).geometry.tolist()
    tables = {entry.stem: entry.table for entry in layer_tables(theirs)}
    return geopackage.read_features(theirs, tables[stem], where=request.path.name).geometry.tolist()


def _lines(geometry: np.ndarray[tuple[int, ...], np.dtype[np.object_]]) -> Shape:
    on_map = to_map_array(geometry)
    parts = shapely.get_parts(on_map[~shapely.is_missing(on_map)])
    rings = np.concatenate(
        (shapely.get_rings(parts[shapely.get_dimensions(parts) == 2]), parts[shapely.get_dimensions(parts) < 2])
    )
    lines: list[tuple[tuple[float, float], ...]] = []
    left = _SHOWN_VERTICES
    for ring in rings.tolist():
        xy = shapely.get_coordinates(ring)
        step = max(1, -(-len(xy) // max(left, 2)))
        thin = np.vstack((xy[::step], xy[-1:])) if len(xy) > 1 else xy
        lines.append(tuple((float(x), float(y)) for x, y in thin))
        left -= len(thin)
        if left <= 0:
            break
    return tuple(lines)
