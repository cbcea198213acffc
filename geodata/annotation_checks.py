"""What an annotation must look like; every complaint names the file, the annotation, the member and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from geodata.errors import AnnotationError
from geodata.likelihood import CONFIDENCES, LIKELIHOOD_WORDS

VOICES = ("article", "fact", "since", "own")
MAX_LABEL = 28

_REQUIRED = ("id", "title", "kind", "voice", "body")
_SOURCE = ("title", "publisher", "date", "address", "grade")
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_SHOWN_LETTERS = 60
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LAT_LIMIT, _LON_LIMIT = 90.0, 180.0


def collection(document: Any, *, newest: int, where: str) -> list[Any]:
    """Return the features of a FeatureCollection of a format this program knows."""
    table = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
    if table.get("type") != "FeatureCollection" or not isinstance(table.get("features"), list):
        raise AnnotationError("The file is no GeoJSON FeatureCollection.", where=where, advice="Choose another file.")
    version = table.get("arctic_annotations", newest)
    if not isinstance(version, int) or version > newest:
        raise AnnotationError(
            f"Its format, arctic_annotations = {version!r}, is later than {newest}, the latest known here.",
            where=where,
            advice="Open it with a newer version of the program.",
        )
    return cast("list[Any]", table["features"])


def feature(value: Any, *, where: str) -> tuple[dict[str, Any], Any]:
    """Return the properties and the geometry of a feature."""
    table = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if table.get("type") != "Feature" or not isinstance(table.get("properties"), dict):
        raise AnnotationError("It is no GeoJSON Feature with properties.", where=where)
    return cast("dict[str, Any]", table["properties"]), table.get("geometry")


def properties(members: Mapping[str, Any], *, known: Sequence[str], where: str) -> None:
    """Check every member of an annotation but its place."""
    for name in _REQUIRED:
        if not members.get(name):
            _complain(f"It has no {name}.", where, f"Add {name}.")
    unknown = sorted(set(members) - set(known))
    if unknown:
        _complain(f"It has a member {unknown[0]!r} that means nothing.", where, "Known are " + ", ".join(known) + ".")
    for name, value in members.items():
        if value is not None:
            _CHECKS.get(name, _text)(name, value, where)
    if members["voice"] == "since" and not members.get("date"):
        _complain("It tells what is known since, but has no date.", where, "Add date, the day it became known.")


def place(geometry: Any, *, where: str) -> str:
    """Return a GeoJSON geometry as compact text; empty where it is null.

    Takes points, lines and polygons and their multiples in longitude and latitude; Z values are dropped. A line needs
    two different points, a ring of a polygon four of which the last is the first again; whether it crosses itself is
    not looked at.
    """
    if geometry is None:
        return ""
    table = cast("dict[str, Any]", geometry) if isinstance(geometry, dict) else {}
    depth = _DEPTH.get(str(table.get("type")))
    if depth is None:
        _complain(f"Its geometry is a {table.get('type')!r}.", where, "Use one of " + ", ".join(_DEPTH) + ".")
    coordinates = _coordinates(table.get("coordinates"), cast("int", depth), where)
    _check_lines(str(table["type"]), coordinates, where)
    return json.dumps({"type": table["type"], "coordinates": coordinates}, separators=(",", ":"))


def decoded(text: str) -> Any:
    """Return what JSON text means; the text itself where it is none, for the checks to complain about."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _coordinates(value: Any, depth: int, where: str) -> list[Any]:
    if not isinstance(value, list | tuple) or not value:
        _complain("Its geometry has no coordinates.", where, "Give longitude and latitude in degrees.")
    items = cast("Sequence[Any]", value)
    if depth:
        return [_coordinates(item, depth - 1, where) for item in items]
    if len(items) < 2 or not (_is_within(items[0], _LON_LIMIT) and _is_within(items[1], _LAT_LIMIT)):
        _complain(f"{_shown(items)} is no longitude and latitude.", where, "Give degrees, longitude first.")
    return [float(item) for item in items[:2]]


def _is_within(value: Any, limit: float) -> bool:
    """Compare without making a float of it first: an integer may be too large for one."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -limit <= value <= limit


def _shown(items: Sequence[Any]) -> str:
    """Return coordinates as a message can quote them, however many digits or members they have."""
    parts = ("a huge number" if isinstance(item, int) and abs(item) > 10**15 else repr(item) for item in items[:3])
    return f"[{', '.join(part[:_SHOWN_LETTERS] for part in parts)}]"


def _check_lines(kind: str, coordinates: list[Any], where: str) -> None:
    """Refuse lines and rings of too few points, which no geometry library takes."""
    if kind.endswith("LineString"):
        for line in coordinates if kind.startswith("Multi") else [coordinates]:
            if not any(point != line[0] for point in line):
                _complain("It has a line of one point only.", where, "Give each line two different points or more.")
    if kind.endswith("Polygon"):
        for ring in (
            ring for polygon in (coordinates if kind.startswith("Multi") else [coordinates]) for ring in polygon
        ):
            if len(ring) < 4 or ring[0] != ring[-1]:
                advice = "Give each ring three corners or more, and the first point once more as the last."
                _complain("It has a polygon that is not closed or has too few points.", where, advice)


def _complain(what: str, where: str, advice: str) -> None:
    raise AnnotationError(what, where=where, advice=advice)


def _text(name: str, value: Any, where: str) -> None:
    if not isinstance(value, str):
        _complain(f"{name} = {value!r} is no text.", where, f"Write {name} as text.")


def _matches(pattern: str, advice: str) -> Callable[[str, Any, str], None]:
    compiled = re.compile(pattern)

    def check(name: str, value: Any, where: str) -> None:
        _text(name, value, where)
        if value and not compiled.fullmatch(value):
            _complain(f"{name} = {value!r} cannot be used.", where, advice)

    return check


def _one_of(words: Sequence[str]) -> Callable[[str, Any, str], None]:
    def check(name: str, value: Any, where: str) -> None:
        if value not in words:
            _complain(f"{name} = {value!r} is not known.", where, "Use one of: " + ", ".join(words) + ".")

    return check


def _texts(name: str, value: Any, where: str) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in cast("Sequence[Any]", value)):
        _complain(f"{name} = {value!r} is no list of texts.", where, f"Write {name} as a list.")


def _targets(name: str, value: Any, where: str) -> None:
    _texts(name, value, where)
    for target in value:
        if not re.fullmatch(r"[^/\s]+/[^/\s]+", target):
            _complain(f"Its target {target!r} is no feature.", where, "Write targets as layer/feature.")


def _time(name: str, value: Any, where: str) -> None:
    _text(name, value, where)
    try:
        aware = datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        aware = False
    if not aware:
        _complain(f"{name} = {value!r} is no time.", where, "Write it like 2026-11-23T09:00:00+00:00.")


def _sources(name: str, value: Any, where: str) -> None:
    if not isinstance(value, list | tuple):
        _complain(f"{name} = {value!r} is no list.", where, "Write sources as a list.")
    for number, item in enumerate(cast("Sequence[Any]", value), start=1):
        _source(item, f"{where}, source {number}")


def _source(item: Any, where: str) -> None:
    source = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
    for name in ("title", "publisher"):
        if not source.get(name):
            _complain(f"It has no {name}.", where, f"Add {name}.")
    unknown = sorted(set(source) - set(_SOURCE))
    if unknown:
        _complain(f"It has a member {unknown[0]!r} that means nothing.", where, f"Known are {', '.join(_SOURCE)}.")
    for name, value in source.items():
        _SOURCE_CHECKS.get(name, _text)(name, value, where)


_date = _matches(_DATE.pattern, "Write it as YYYY, YYYY-MM or YYYY-MM-DD.")

_CHECKS: Mapping[str, Callable[[str, Any, str], None]] = {
    "id": _matches(r"[a-z0-9_]+", "Use small letters, digits and _."),
    "voice": _one_of(VOICES),
    "targets": _targets,
    "sources": _sources,
    "tags": _texts,
    "pictures": _texts,
    "likelihood": _one_of(LIKELIHOOD_WORDS),
    "confidence": _one_of(CONFIDENCES),
    "date": _date,
    "map_label": _matches(rf".{{1,{MAX_LABEL}}}", f"Keep it to {MAX_LABEL} characters."),
    "created": _time,
    "modified": _time,
}
_SOURCE_CHECKS: Mapping[str, Callable[[str, Any, str], None]] = {
    "date": _date,
    "grade": _matches(r"[A-F][1-6]", "Write an Admiralty grade such as B2."),
}
