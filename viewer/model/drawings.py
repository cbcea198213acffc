"""Shapes that a person draws, as annotations of theirs: names, words and figures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import shapely

from geodata.annotations import Annotation
from geodata.errors import GeometryError
from geodata.geodesy import area_m2, destination, distance_m, initial_bearing_deg, length_m
from geodata.shapes import Drawn, Kind, from_text, geometry_of, of_geometry, to_text
from viewer.model.measuring import area_text, distance_text

LonLat = tuple[float, float]

DRAWING = "drawing"
"""The kind of an annotation that is drawn and claims nothing."""

NAMES: dict[Kind, str] = {
    "point": "Point",
    "line": "Line",
    "polygon": "Polygon",
    "geodesic": "Shortest way",
    "circle": "Circle",
    "freehand": "Freehand line",
    "text": "Words",
    "arrow": "Arrow",
}
"""What each kind of shape is called."""

_STEPS: dict[Kind, str] = {
    "point": "draw a point",
    "line": "draw a line",
    "polygon": "draw a polygon",
    "geodesic": "draw a shortest way",
    "circle": "draw a circle",
    "freehand": "draw freehand",
    "text": "write words on the map",
    "arrow": "draw an arrow",
}
_METRES = {"": 1_000.0, "km": 1_000.0, "m": 1.0, "nm": 1_852.0}
_LENGTH = re.compile(r"\s*([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)\s*(km|nm|m|)\s*", re.IGNORECASE)
_MAX_TITLE = 80


def step_name(kind: Kind) -> str:
    """Return what drawing a shape of this kind is called as a step that can be taken back."""
    return _STEPS[kind]


def is_own_shape(note: Annotation | None) -> bool:
    """Return whether an annotation is the person's own and stands on the map by a geometry of its own."""
    return note is not None and note.voice == "own" and bool(note.place) and not note.targets


def note_of(drawn: Drawn, note_id: str, *, words: str = "", others: Iterable[Annotation] = ()) -> Annotation:
    """Return a drawn shape as an annotation of no author and time yet.

    Raises
    ------
    GeometryError
        Where the shape is not whole, or a circle is too large.
    """
    title = words.strip()[:_MAX_TITLE] or _free_title(NAMES[drawn.kind], others)
    kind = "label" if drawn.kind == "text" else DRAWING
    note = Annotation(note_id, title, kind, "own", words.strip() or title)
    return redrawn(note, drawn)


def redrawn(note: Annotation, drawn: Drawn) -> Annotation:
    """Return an annotation of another shape.

    Raises
    ------
    GeometryError
        Where the shape is not whole, or a circle is too large.
    """
    return replace(note, place=place_of(geometry_of(drawn)), drawn=to_text(drawn))


def drawn_of(note: Annotation) -> Drawn | None:
    """Return the shape that an annotation was drawn as, or could have been; None for what has several parts."""
    if note.drawn:
        return from_text(note.drawn)
    return None if note.geometry is None else of_geometry(note.geometry)


def place_of(geometry: shapely.Geometry) -> str:
    """Return a geometry as the text of an annotation's place, to a tenth of a millimetre."""
    table = json.loads(shapely.to_geojson(shapely.force_2d(geometry)))
    table["coordinates"] = _rounded(table["coordinates"])
    return json.dumps(table, separators=(",", ":"))


def figures_of(drawn: Drawn, *, last_set: int) -> tuple[str, ...]:
    """Return a shape's figures while it is drawn, one a line, each with its unit; nothing where it has none yet.

    Parameters
    ----------
    drawn
        The shape with the pointer's place.
    last_set
        How many of its places are set; what follows is the pointer's.
    """
    places = drawn.places
    if len(set(places)) < 2:
        return ()
    if drawn.kind == "circle":
        return (f"Radius {distance_text(drawn.radius_m)}",)
    if drawn.kind == "freehand":
        return (f"Length {distance_text(length_m(np.array(places)))}",)
    last = distance_m(*places[-2], *places[-1])
    found = [f"Length {distance_text(last)}"] if last_set < len(places) else []
    if len(places) > 2 or not found:
        found.append(f"In all {distance_text(length_m(np.array(places)))}")
    if drawn.kind == "polygon" and drawn.is_whole:
        found.append(f"Area {_area(drawn)}")
    return tuple(found)


def typed_metres(text: str) -> float | None:
    """Return the length that somebody typed, in metres; kilometres where no unit is named. None where it is none."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    metres = float(found[1].replace(",", ".")) * _METRES[found[2].casefold()]
    return metres if metres > 0 else None


def place_at(start: LonLat, toward: LonLat | None, *, metres: float) -> LonLat:
    """Return the place so far from another, along the shortest way in the direction of a third; north without one."""
    bearing = initial_bearing_deg(*start, *toward) if toward is not None and toward != start else 0.0
    lon, lat = destination(*start, bearing_deg=bearing, distance_m=metres)
    return float(lon), float(lat)


def _area(drawn: Drawn) -> str:
    try:
        return area_text(area_m2(geometry_of(drawn)))
    except GeometryError:
        return "–"


def _free_title(name: str, others: Iterable[Annotation]) -> str:
    taken = {other.title for other in others}
    return next(title for number in range(1, len(taken) + 2) if (title := f"{name} {number}") not in taken)


def _rounded(value: object) -> object:
    if isinstance(value, list):
        return [_rounded(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return round(value, 9) if isinstance(value, float) else value
