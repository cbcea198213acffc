"""Annotations: what the map says about a place, in whose voice, on what ground. The schema, and its files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from geodata import annotation_checks as checks
from geodata.errors import RESTORE, AnnotationError, why_unreadable

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

Voice = Literal["article", "fact", "since", "own"]
Confidence = Literal["low", "moderate", "high"]

FORMAT_VERSION = 1
POINT_LAYER = "annotations"
LINE_LAYER = "annotation-lines"
OWN_LAYERS = MappingProxyType({"Point": "notes-point", "LineString": "notes-line", "Polygon": "notes-polygon"})
"""The layers of a person's own annotations, by what they are made of."""

PLACE_KINDS = frozenset({"base", "boundary", "distance", "lane", "lead", "port", "region", "resource", "strait"})
"""Kinds of annotations that say what a place is; all others say something about it."""

WHOLE_TAG = "whole arctic"
"""The tag of an annotation that speaks of the whole Arctic; those of kind ``outlook`` do so without it."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One source of an annotation.

    Attributes
    ----------
    title : str
        The work's title, or what it is where it has none.
    publisher : str
        Who answers for it.
    date : str
        When it came out, as YYYY, YYYY-MM or YYYY-MM-DD; empty for undated.
    address : str
        Where it can be read; empty where none is known. Never opened by the map itself.
    grade : str
        Admiralty grade: reliability A–F and credibility 1–6, such as ``B2``; empty for ungraded.
    """

    title: str
    publisher: str
    date: str = ""
    address: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the map says about a place.

    Attributes
    ----------
    id : str
        Unique in its set; small letters, digits and ``_``.
    title : str
        Its headline.
    kind : str
        What sort of statement it is, such as ``claim`` or ``did you know``.
    voice : {"article", "fact", "since", "own"}
        The article's claim; a fact that the map adds; what is known since the talks, with `date`; a person's own note.
    body : str
        Markdown.
    passage : str
        The passage of the article it belongs to; empty for none.
    targets : tuple of str
        The features it speaks of, as ``layer/feature``, the first foremost. None: it is a mark of its own.
    place : str
        Its own geometry as GeoJSON text, longitude and latitude in degrees on WGS 84; empty for none.
    drawn : str
        What its geometry was drawn as, as text of `geodata.shapes.to_text`; empty where nobody drew it.
    sources : tuple of CitedSource
        Where it comes from, beyond the article.
    likelihood : str or None
        A word of `geodata.likelihood.LIKELIHOOD_WORDS`: how likely a thing to come is.
    confidence : str or None
        How good the ground of a judgement is.
    date : str
        The day it speaks of, or for ``since`` the day it became known: YYYY, YYYY-MM or YYYY-MM-DD.
    local_name : str
        The place's name in its own language and script.
    map_label : str
        What its mark is called on the map, at most 28 characters; empty where the map says it already.
    author, created, modified : str
        Who wrote it, and when (ISO 8601 with an offset).
    tags : tuple of str
        Free words to find it by.
    pictures : tuple of str
        The ids of pictures in the same document.
    """

    id: str
    title: str
    kind: str
    voice: Voice
    body: str
    passage: str = ""
    targets: tuple[str, ...] = ()
    place: str = ""
    sources: tuple[CitedSource, ...] = ()
    likelihood: str | None = None
    confidence: Confidence | None = None
    date: str = ""
    local_name: str = ""
    map_label: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    tags: tuple[str, ...] = ()
    drawn: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def geometry(self) -> BaseGeometry | None:
        """Its own geometry in longitude and latitude, made anew at each asking; None where it has none."""
        if not self.place:
            return None
        import shapely  # the window reads annotations at its start and rarely asks for geometries

        return shapely.from_geojson(self.place)

    @property
    def references(self) -> tuple[str, ...]:
        """The features to show for it: its targets, else its own mark or line; empty where it stands nowhere."""
        if self.targets or not self.place:
            return self.targets
        kind = json.loads(self.place)["type"].removeprefix("Multi")
        if self.voice == "own":
            return (f"{OWN_LAYERS[kind]}/{self.id}",)
        return (f"{LINE_LAYER if kind == 'LineString' else POINT_LAYER}/{self.id}",)

    @property
    def is_of_the_whole(self) -> bool:
        """Whether it speaks of the whole Arctic, and its mark stands only where there is room for it."""
        return self.kind == "outlook" or WHOLE_TAG in self.tags

    @property
    def place_count(self) -> int:
        """How many places it speaks of; a symbol and an outline of one id are one place."""
        return len({reference.partition("/")[2] for reference in self.references})


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """Annotations in order, to be found by their id, by a feature and by a passage.

    Attributes
    ----------
    annotations : tuple of Annotation
        With ids that are unique.
    problems : tuple of AnnotationError
        What was wrong with annotations that a file had and that were left out.
    """

    annotations: tuple[Annotation, ...] = ()
    problems: tuple[AnnotationError, ...] = ()
    _by_id: dict[str, Annotation] = field(init=False, repr=False, compare=False)
    _by_feature: dict[str, tuple[Annotation, ...]] = field(init=False, repr=False, compare=False)
    _by_passage: dict[str, tuple[Annotation, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id: dict[str, Annotation] = {}
        by_feature: dict[str, tuple[Annotation, ...]] = {}
        by_passage: dict[str, tuple[Annotation, ...]] = {}
        for annotation in self.annotations:
            if by_id.setdefault(annotation.id, annotation) is not annotation:
                raise AnnotationError(
                    "Its id is used twice.", where=annotation.id, advice="Give each an id of its own."
                )
            for reference in dict.fromkeys(annotation.references):
                by_feature[reference] = (*by_feature.get(reference, ()), annotation)
            if annotation.passage:
                by_passage[annotation.passage] = (*by_passage.get(annotation.passage, ()), annotation)
        by_feature = {reference: _foremost_first(reference, found) for reference, found in by_feature.items()}
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_by_feature", by_feature)
        object.__setattr__(self, "_by_passage", by_passage)

    def __iter__(self) -> Iterator[Annotation]:
        """Iterate in order."""
        return iter(self.annotations)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.annotations)

    def get(self, annotation_id: str) -> Annotation | None:
        """Return an annotation by its id, or None."""
        return self._by_id.get(annotation_id)

    def of_feature(self, reference: str) -> tuple[Annotation, ...]:
        """Return what speaks of a feature ``layer/feature``, foremost first; the marks and lines of annotations too.

        First comes the annotation whose own mark the feature is, then those that say what a place is (`PLACE_KINDS`),
        then the others; among these the one that speaks of the fewest features of that layer, then of the fewest in
        all, then the earlier.
        """
        return self._by_feature.get(reference, ())

    def of_passage(self, passage_id: str) -> tuple[Annotation, ...]:
        """Return what belongs to a passage, foremost first."""
        return self._by_passage.get(passage_id, ())


_COLUMNS = tuple(field.name for field in fields(Annotation) if field.name != "place")
_LISTS = ("targets", "sources", "tags", "pictures")


def read(path: Path) -> AnnotationSet:
    """Read annotations from GeoJSON; one that does not follow the schema is left out and told, the others stand.

    Does not check that targets and passages exist.

    Raises
    ------
    AnnotationError
        Where the file as a whole cannot be read, or is of a later format than this program knows.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        what = f"The annotations cannot be read: {why_unreadable(error)}."
        raise AnnotationError(what, where=str(path), advice=RESTORE) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError of its own
        advice = "Mend that line or restore the file."
        what = f"The file of annotations is not valid JSON: {error}."
        raise AnnotationError(what, where=str(path), advice=advice) from error
    return from_geojson(document, where=str(path))


def write(annotations: AnnotationSet, path: Path) -> None:
    """Write annotations as GeoJSON, readable by people and stable line by line, replacing the file in one step."""
    text = json.dumps(to_geojson(annotations), ensure_ascii=False, indent=1) + "\n"
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def from_geojson(document: Any, *, where: str = "") -> AnnotationSet:
    """Return the annotations of a decoded GeoJSON FeatureCollection; see `read`."""
    collection = checks.collection(document, newest=FORMAT_VERSION, where=where)
    kept: dict[str, Annotation] = {}
    problems: list[AnnotationError] = []
    for number, feature in enumerate(collection, start=1):
        try:
            annotation = _annotation(feature, where=f"{where}, annotation {number}".removeprefix(", "))
            if annotation.id in kept:
                raise AnnotationError(
                    "Its id is used twice.", where=f"{where} ({annotation.id})", advice="Give each an id of its own."
                )
            kept[annotation.id] = annotation
        except AnnotationError as problem:
            problems.append(problem)
    return AnnotationSet(tuple(kept.values()), tuple(problems))


def problem_of(annotation: Annotation) -> str:
    """Return why an annotation could not be read again if it were kept, with what to do; empty where it could."""
    for problem in from_geojson(to_geojson(AnnotationSet((annotation,)))).problems:
        return " ".join(part for part in (problem.what, problem.advice) if part)
    return ""


def to_geojson(annotations: AnnotationSet) -> dict[str, Any]:
    """Return annotations as a GeoJSON FeatureCollection; members that are empty are left out."""
    features = [_feature(annotation) for annotation in annotations]
    return {"type": "FeatureCollection", "arctic_annotations": FORMAT_VERSION, "features": features}


def to_frame(annotations: AnnotationSet) -> gpd.GeoDataFrame:
    """Return annotations as a frame, one a row, in longitude and latitude.

    Columns are the members of `Annotation`; ``targets``, ``sources`` and ``tags`` are JSON text, so that every format
    can hold them; what an annotation does not have is None or empty text.
    """
    import geopandas as gpd

    from geodata.crs import GEOGRAPHIC

    rows = [_row(annotation) for annotation in annotations]
    columns = {name: [row[name] for row in rows] for name in _COLUMNS}
    geometries: Any = [annotation.geometry for annotation in annotations]
    return gpd.GeoDataFrame(columns, geometry=geometries, crs=GEOGRAPHIC)


def from_frame(frame: gpd.GeoDataFrame, *, where: str = "") -> AnnotationSet:
    """Return the annotations of a frame as `to_frame` makes it; rows that do not follow the schema are problems.

    Columns that the schema does not know are an error of each row. A frame in another CRS is taken to longitude and
    latitude first.
    """
    import shapely

    from geodata.crs import GEOGRAPHIC

    degrees = frame if frame.crs is None else frame.to_crs(GEOGRAPHIC)
    geometries = [None if shape is None or shape.is_empty else shapely.to_geojson(shape) for shape in degrees.geometry]
    rows = degrees.drop(columns=degrees.geometry.name).to_dict("records")
    features = [
        {"type": "Feature", "properties": _properties(row), "geometry": json.loads(shape) if shape else None}
        for row, shape in zip(rows, geometries, strict=True)
    ]
    return from_geojson({"type": "FeatureCollection", "features": features}, where=where)


def _foremost_first(reference: str, found: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
    layer = reference.partition("/")[0]

    def key(annotation: Annotation) -> tuple[bool, bool, int, int]:
        layers = [target.partition("/")[0] for target in annotation.targets]
        return bool(layers), annotation.kind not in PLACE_KINDS, layers.count(layer), len(layers)

    return tuple(sorted(found, key=key))


def _annotation(feature: Any, *, where: str) -> Annotation:
    properties, geometry = checks.feature(feature, where=where)
    where = f"{where} ({properties.get('id') or 'without an id'})"
    checks.properties(properties, known=_COLUMNS, where=where)
    members: dict[str, Any] = {name: value for name, value in properties.items() if value is not None}
    for name in ("targets", "tags", "pictures"):
        members[name] = tuple(members.get(name, ()))
    members["sources"] = tuple(CitedSource(**source) for source in members.get("sources", ()))
    return Annotation(**members, place=checks.place(geometry, where=where))


def _feature(annotation: Annotation) -> dict[str, Any]:
    """Return a GeoJSON feature without its empty members."""
    properties = {name: value for name, value in _plain(annotation).items() if value}
    geometry = json.loads(annotation.place) if annotation.place else None
    return {"type": "Feature", "id": annotation.id, "properties": properties, "geometry": geometry}


def _plain(annotation: Annotation) -> dict[str, Any]:
    """Return every member but the place, as JSON knows them."""
    members: dict[str, Any] = {name: getattr(annotation, name) for name in _COLUMNS}
    members |= {name: list(getattr(annotation, name)) for name in ("targets", "tags", "pictures")}
    members["sources"] = [_filled(source) for source in annotation.sources]
    return members


def _filled(source: CitedSource) -> dict[str, str]:
    values = {item.name: str(getattr(source, item.name)) for item in fields(source)}
    return {name: value for name, value in values.items() if value}


def _row(annotation: Annotation) -> dict[str, Any]:
    members = _plain(annotation)
    return members | {name: json.dumps(members[name], ensure_ascii=False) for name in _LISTS}


def _properties(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a frame's row as GeoJSON properties: missing values dropped, JSON text decoded where it is valid."""
    known: Iterable[tuple[str, Any]] = ((str(name), value) for name, value in row.items())
    properties = {name: value for name, value in known if isinstance(value, str | list | tuple) and len(value)}
    for name in _LISTS:
        if isinstance(text := properties.get(name), str):
            properties[name] = checks.decoded(text)
    return properties
