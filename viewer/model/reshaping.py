"""A shape of the person's own while it is reshaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geodata import cutting
from geodata import vertices as vertex_tables
from geodata.errors import GeometryError
from geodata.geodesy import destination, distance_m, initial_bearing_deg
from geodata.polar import to_map_array
from geodata.prepared import GeometryKind
from geodata.shapes import Drawn, Kind, LonLat, from_text, geometry_of, to_text
from geodata.stereographic import forward
from geodata.vertices import Vertices

_GROWING: tuple[Kind, ...] = ("line", "polygon", "geodesic", "freehand", "arrow")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is reshaped.

    Attributes
    ----------
    reference : str
        The feature, as ``layer/feature``.
    title : str
        What it is called.
    vertices : Vertices
        Its corners; of a drawn shape the places that were set, of a circle its middle and one on its rim.
    kind : Kind or None
        What it was drawn as; None where its edges are straight in longitude and latitude.
    """

    reference: str
    title: str
    vertices: Vertices
    kind: Kind | None = None

    @property
    def layer_id(self) -> str:
        """The layer it is in."""
        return self.reference.partition("/")[0]

    @property
    def feature_id(self) -> str:
        """Its id in that layer."""
        return self.reference.partition("/")[2]

    @property
    def drawn(self) -> Drawn | None:
        """The shape as it would have been drawn."""
        if self.kind is None:
            return None
        return Drawn(self.kind, tuple(self.vertices.place(index) for index in range(len(self.vertices))))

    @property
    def geometry_kind(self) -> GeometryKind:
        """What it is on the map."""
        return "polygon" if self.kind == "circle" else self.vertices.kind

    @property
    def can_grow(self) -> bool:
        """Whether corners can be added and taken away."""
        return self.kind in _GROWING if self.kind is not None else self.vertices.kind != "point"

    def geometry(self) -> shapely.Geometry:
        """Return the geometry in longitude and latitude.

        Raises
        ------
        GeometryError
            Where the corners are none that the kind can have, such as those of a circle that is too large.
        """
        drawn = self.drawn
        return self.vertices.geometry() if drawn is None else geometry_of(drawn)

    def on_map(self) -> shapely.Geometry:
        """Return the geometry in map metres, curves with the corners they need; for cutting and merging."""
        if self.kind in ("circle", "geodesic"):
            lonlat = self.geometry()
            return shapely.transform(lonlat, lambda points: forward(points[:, 0], points[:, 1]))
        if self.kind is not None:
            return self.vertices.geometry_on_map()
        return to_map_array(np.array([self.vertices.geometry()], dtype=np.object_))[0]

    def moved(self, index: int, place: LonLat) -> Subject:
        """Return the same with a corner elsewhere; a circle whose middle is moved keeps its true radius."""
        if self.kind == "circle" and index == 0:
            middle, rim = self.vertices.place(0), self.vertices.place(1)
            bearing, radius = initial_bearing_deg(*middle, *rim), distance_m(*middle, *rim)
            lon, lat = destination(*place, bearing_deg=bearing, distance_m=radius)
            return replace(self, vertices=self.vertices.moved(0, *place).moved(1, float(lon), float(lat)))
        return replace(self, vertices=self.vertices.moved(index, *place))

    def shifted(self, dx: float, dy: float) -> Subject:
        """Return the same moved as a whole, by map metres; a circle keeps its true radius."""
        there = self.vertices.shifted(dx, dy)
        return self.moved(0, there.place(0)) if self.kind == "circle" else replace(self, vertices=there)

    def added(self, index: int, place: LonLat) -> Subject:
        """Return the same with a corner more, on the edge that the corner of this index begins."""
        return replace(self, vertices=self.vertices.added(index, *place))

    def without(self, index: int) -> Subject | None:
        """Return the same without a corner; None where that cannot be."""
        rest = self.vertices.without(index) if self.can_grow else None
        return replace(self, vertices=rest) if rest is not None else None


def subject_of(reference: str, title: str, geometry: shapely.Geometry, drawn: str = "") -> Subject | None:
    """Return a shape to be reshaped; None where it has no geometry that could be.

    Parameters
    ----------
    reference, title
        Which it is, and its name.
    geometry
        In longitude and latitude.
    drawn
        What it was drawn as, as text of `geodata.shapes.to_text`; empty for none.
    """
    shape = from_text(drawn) if drawn else None
    if shape is not None and shape.is_whole:
        kind = {0: "point", 2: "polygon"}.get(int(shapely.get_dimensions(geometry)), "line")
        of = "line" if shape.kind == "circle" else kind
        places = np.array(shape.places, dtype=np.float64)
        known = vertex_tables.of_places("polygon" if of == "polygon" else "point" if of == "point" else "line", places)
        return Subject(reference, title, known, shape.kind)
    found = vertex_tables.of_geometry(geometry)
    return Subject(reference, title, found) if found is not None else None


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What becomes of one shape.

    Attributes
    ----------
    before, after : Subject or None
        The shape as it is and as it will be; None where it is not there.
    like : Subject
        Whose attributes a new shape takes over.
    """

    before: Subject | None
    after: Subject | None
    like: Subject


def split_changes(subject: Subject, line: Drawn) -> tuple[Change, ...]:
    """Return what cutting a shape with a line makes of it: the largest piece stays the shape, the others are new.

    Raises
    ------
    GeometryError
        Where the line does not go through.
    """
    across = shapely.LineString(forward(*np.array(line.places).T))
    pieces = [_subject_on_map(subject, piece) for piece in cutting.split(subject.on_map(), across)]
    new = (Change(None, piece, subject) for piece in pieces[1:])
    return (Change(subject, pieces[0], subject), *new)


def merge_changes(subjects: Sequence[Subject]) -> tuple[Change, ...]:
    """Return what merging shapes makes of them: the first becomes all, the others go.

    Raises
    ------
    GeometryError
        Where there are fewer than two, or of several kinds.
    """
    if len(subjects) < 2:
        raise GeometryError("Merging takes two shapes or more.", advice="Take the others with Ctrl and a click.")
    first, *others = subjects
    whole = _subject_on_map(first, cutting.merged([subject.on_map() for subject in subjects]))
    return (Change(first, whole, first), *(Change(other, None, other) for other in others))


def _subject_on_map(like: Subject, shape: shapely.Geometry) -> Subject:
    """Return a shape in map metres as one of the same name."""
    geometry, drawn = cutting.to_lonlat(shape)
    made = subject_of(like.reference, like.title, geometry, to_text(drawn) if drawn and like.kind else "")
    if made is None:
        raise GeometryError("Nothing is left of the shape.")
    return made
