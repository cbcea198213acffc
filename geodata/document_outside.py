"""What another program, such as QGIS, changed in a document's layers and annotations → an edit like any other."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from geodata import geopackage
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.annotation_edits import annotations_of
from geodata.document_file import ANNOTATION_COLUMNS, LAYERS, LIST_COLUMNS, layer_tables, origin_of, stem_of
from geodata.edits import Edit, Row
from geodata.geopackage import Features

NAME = "edit in another program"
WHO = "another program"
_TOLERANCE_DEG = 1e-9


def edit_of(connection: sqlite3.Connection, *, where: str) -> tuple[Edit, tuple[str, ...]]:
    """Return what is in a document's tables but not in its rows, and what of it makes no sense as an annotation.

    An edit without rows says that no other program changed anything. Layers whose table is gone are gone.
    """
    rows: dict[str, dict[str, str]] = {ANNOTATIONS: {}, LAYERS: {}}
    for table, row_id, value in connection.execute("SELECT tbl, id, value FROM arcticmap_rows"):
        rows.setdefault(str(table), {})[str(row_id)] = str(value)
    known = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    changed = [
        Row(LAYERS, key, text, None) for key, text in rows[LAYERS].items() if _is_gone(connection, text, known, where)
    ]
    problems: tuple[str, ...] = ()
    if ANNOTATIONS in known:
        features = geopackage.read_features(connection, ANNOTATIONS, where=where)
        found, problems = _annotations(rows[ANNOTATIONS], features)
        changed += found
    return Edit(NAME, tuple(changed)), problems


def _is_gone(connection: sqlite3.Connection, text: str, known: set[str], where: str) -> bool:
    stem = stem_of(origin_of(text), where=where)
    table = next((entry.table for entry in layer_tables(connection) if entry.stem == stem), stem)
    return table not in known


def _annotations(rows: Mapping[str, str], features: Features) -> tuple[list[Row], tuple[str, ...]]:
    changed: list[Row] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number in range(len(features.fids)):
        values = {name: column[number] for name, column in features.columns.items()}
        note_id = str(values.get("id") or "")
        before = rows.get(note_id) if note_id not in seen else None
        feature = (
            _changed(json.loads(before), values, features.geometry[number])
            if before
            else _new(values, features.geometry[number])
        )
        key = note_id if before else str(feature["id"]) if feature else ""
        seen.add(key)
        if feature is None:
            continue
        after = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        wrong = annotations_of({key: after}).problems
        if wrong:
            problems.append(f"A change made in another program is left out: {wrong[0]}")
        else:
            changed.append(Row(ANNOTATIONS, key, before, after))
    gone = [Row(ANNOTATIONS, key, text, None) for key, text in rows.items() if key not in seen]
    return [*changed, *gone], tuple(problems)


def _changed(
    feature: dict[str, Any], values: Mapping[str, Any], shape: shapely.Geometry | None
) -> dict[str, Any] | None:
    """Return an annotation as a row of the table has it; None where that is what it was."""
    properties: dict[str, Any] = dict(feature["properties"])
    was = dict(properties)
    for name in ANNOTATION_COLUMNS[1:]:
        if name in values and (values[name] or "") != (properties.get(name) or ""):
            properties[name] = values[name]
    for name in LIST_COLUMNS:
        listed = _listed(values.get(name))
        if listed is not None and listed != properties.get(name, []):
            properties[name] = listed
    place = feature["geometry"]
    before = shapely.from_geojson(json.dumps(place)) if place else None
    moved = not _same(before, shape)
    if properties == was and not moved:
        return None
    if moved:
        place = json.loads(shapely.to_geojson(shapely.force_2d(shape))) if shape is not None else None
        properties.pop("drawn", None)
    kept = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {**feature, "properties": kept, "geometry": place}


def _new(values: Mapping[str, Any], shape: shapely.Geometry | None) -> dict[str, Any] | None:
    if shape is None:
        return None
    note_id = f"own_{uuid.uuid4().hex[:12]}"
    given = {name: str(values[name]) for name in ANNOTATION_COLUMNS if values.get(name)}
    title = given.get("title") or "Without a title"
    properties = {"kind": "note", "body": title} | given | {"id": note_id, "title": title, "voice": "own"}
    for name in LIST_COLUMNS:
        properties |= {name: listed} if (listed := _listed(values.get(name))) else {}
    place = json.loads(shapely.to_geojson(shapely.force_2d(shape)))
    return {"type": "Feature", "id": note_id, "properties": properties, "geometry": place}


def _same(one: shapely.Geometry | None, other: shapely.Geometry | None) -> bool:
    if one is None or other is None:
        return one is other
    if shapely.get_type_id(one) != shapely.get_type_id(other):
        return False
    shapes = shapely.normalize(np.array([one, shapely.force_2d(other)], dtype=np.object_))
    return bool(shapely.equals_exact(shapes[0], shapes[1], _TOLERANCE_DEG))


def _listed(value: Any) -> list[Any] | None:
    """Return a list that a cell holds as JSON text; None where it holds none."""
    try:
        found: Any = json.loads(value) if value else []
    except (ValueError, TypeError, RecursionError):
        return None
    return list(found) if isinstance(found, list) else None
