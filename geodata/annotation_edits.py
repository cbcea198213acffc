"""A person's own annotations as rows of a document, and what was done to them as edits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from geodata.annotations import FORMAT_VERSION, Annotation, AnnotationSet, from_geojson, to_geojson
from geodata.edits import Edit, Row

TABLE = "annotations"


def text_of(annotation: Annotation) -> str:
    """Return an annotation as the text of its row: a GeoJSON feature without its empty members."""
    (feature,) = to_geojson(AnnotationSet((annotation,)))["features"]
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def annotations_of(rows: Mapping[str, str]) -> AnnotationSet:
    """Return the annotations of rows by their ids, the oldest first; what follows no schema is told as a problem."""
    features = [json.loads(text) for text in rows.values()]
    known = from_geojson({"type": "FeatureCollection", "arctic_annotations": FORMAT_VERSION, "features": features})
    return AnnotationSet(_in_order(known), known.problems)


def edit_between(name: str, before: AnnotationSet, after: AnnotationSet) -> Edit:
    """Return what makes one set the other, as one step; only a person's own annotations count.

    An edit without rows says that nothing changed.
    """
    old, new = _own_texts(before), _own_texts(after)
    ids = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    return Edit(name, tuple(Row(TABLE, key, old.get(key), new.get(key)) for key in ids))


def edit_of(name: str, *changes: tuple[Annotation | None, Annotation | None]) -> Edit:
    """Return what was done to a person's own annotations as one step, each as it was and as it is; None is not there.

    An edit without rows says that nothing changed.
    """
    rows: list[Row] = []
    for before, after in changes:
        known = after or before
        old, new = (text_of(note) if note else None for note in (before, after))
        if known is not None and old != new:
            rows.append(Row(TABLE, known.id, old, new))
    return Edit(name, tuple(rows))


def applied(rows: Iterable[Row], annotations: AnnotationSet) -> AnnotationSet:
    """Return a set in which these rows are as they are after their edit; all other annotations stay as they are.

    No row takes the place of an annotation that is not the person's own, nor speaks in another voice than theirs.
    """
    changes = {row.id: row.after for row in rows if row.table == TABLE}
    fresh = annotations_of({key: text for key, text in changes.items() if text is not None})
    others = tuple(annotation for annotation in annotations if annotation.voice != "own")
    taken = {annotation.id for annotation in others}
    own = [annotation for annotation in annotations if annotation.voice == "own" and annotation.id not in changes]
    own += [annotation for annotation in fresh if annotation.voice == "own" and annotation.id not in taken]
    return AnnotationSet((*others, *_in_order(own)), annotations.problems)


def _own_texts(annotations: AnnotationSet) -> dict[str, str]:
    return {annotation.id: text_of(annotation) for annotation in annotations if annotation.voice == "own"}


def _in_order(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    return tuple(sorted(annotations, key=lambda annotation: (annotation.created, annotation.id)))
