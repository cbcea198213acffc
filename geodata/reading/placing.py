"""Rows in a file's own numbers → rows in longitude and latitude and on the map plane, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from geodata.crs import GEOGRAPHIC, MAP
from geodata.errors import ReadingError
from geodata.halves import by_halves
from geodata.polar import to_map_array
from geodata.prepared import GeometryKind
from geodata.reading import limits
from geodata.reading.outcome import Interpretation, LeftOut
from geodata.reading.raw import counted
from geodata.stereographic import EQUATOR_RADIUS_M
from geodata.weld import repaired

Geometries = NDArray[np.object_]

_KIND_OF_TYPE: dict[int, GeometryKind] = {
    0: "point",
    1: "line",
    2: "line",
    3: "polygon",
    4: "point",
    5: "line",
    6: "polygon",
}
_COLLECTION = 7
_ON_A_PLANE = ("stereographic", "azimuthal", "orthographic", "gnomonic")
_EDGE_M = 20_000.0
_LONGEST_TURN_DEG = 720.0


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The features of one kind that are on the map.

    Attributes
    ----------
    geometry : {"polygon", "line", "point"}
        The kind.
    source : (n,) int64
        Which row of the raw layer each is.
    lonlat, on_map : (n,) object
        In degrees, and in the map CRS.
    """

    geometry: GeometryKind
    source: NDArray[np.int64]
    lonlat: Geometries
    on_map: Geometries


def place(
    geometry: Geometries, rows: NDArray[np.int64], interpretation: Interpretation
) -> tuple[tuple[Placed, ...], tuple[LeftOut, ...], tuple[LeftOut, ...]]:
    """Bring geometries to the map.

    Polygons that cross themselves are mended. What has no place north of the equator is left out, and so are points at
    exactly 0°, 0°, which stand for missing ones.

    Parameters
    ----------
    geometry, rows
        As in `RawLayer`.
    interpretation
        How the numbers are to be understood.

    Returns
    -------
    The features by kind, points first; what was repaired; what was left out.

    Raises
    ------
    ReadingError
        Where there are more vertices than the limits allow, or the coordinate system is unknown.
    """
    _refuse_too_many(geometry)
    number = np.flatnonzero(~shapely.is_missing(geometry) & ~shapely.is_empty(geometry))
    left_out = list(counted("there is no geometry", np.delete(rows, number)))
    lonlat, direct = _in_degrees(geometry[number], interpretation)
    for reason, bad in _impossible(lonlat):
        left_out += counted(reason, rows[number[bad]])
        number, lonlat, direct = number[~bad], lonlat[~bad], direct[~bad]
    turned, lonlat = _turned_back(lonlat)
    mended = _mended(lonlat)
    on_map = _on_map(lonlat, direct)
    gaps = _has_gaps(lonlat)
    lost = shapely.is_missing(on_map)
    sizeless = lost & (shapely.bounds(lonlat).reshape(-1, 4)[:, 3] > 0.0)
    left_out += counted("it has no size", rows[number[sizeless]])
    left_out += counted("nothing of it lies north of the equator, where the map ends", rows[number[lost & ~sizeless]])
    repairs = (
        *counted("a vertex that is no position was passed over", rows[number[gaps & ~lost]]),
        *counted("its longitude lies beyond 180° and was brought back by a whole turn", rows[number[turned & ~lost]]),
        *counted("a ring crosses itself and was made valid", rows[number[mended & ~lost]]),
    )
    kinds = _by_kind(number[~lost], lonlat[~lost], on_map[~lost])
    return kinds, repairs, tuple(left_out)


def _has_gaps(lonlat: Geometries) -> NDArray[np.bool_]:
    """Return which geometries have a vertex that is not a number."""
    xy, row = cast("tuple[Any, Any]", shapely.get_coordinates(lonlat, return_index=True))
    found = np.zeros(len(lonlat), dtype=np.bool_)
    found[row[np.isnan(xy).any(axis=1)]] = True
    return found


def _refuse_too_many(geometry: Geometries) -> None:
    count = int(shapely.get_num_coordinates(geometry).sum())
    if count > limits.VERTICES:
        raise ReadingError(
            f"The layer has {count:,} vertices; {limits.VERTICES:,} can be drawn.",
            advice="Simplify it or cut it into parts.",
        )


def _in_degrees(geometry: Geometries, way: Interpretation) -> tuple[Geometries, Geometries]:
    """Return geometries in degrees, and on the map where they come from a plane from which it is safe to go there.

    A plane that touches the Earth near the pole has no seam: a line over the pole is drawn as it lies there, which it
    could not be by way of longitude and latitude.
    """
    nothing = np.full(len(geometry), None, dtype=np.object_)
    crs = _known(way.crs)
    flat = shapely.force_2d(geometry)
    if way.is_swapped or way.unit_m != 1.0:
        flat = shapely.transform(flat, lambda xy: (xy[:, ::-1] if way.is_swapped else xy) * way.unit_m)
    if crs.equals(GEOGRAPHIC, ignore_axis_order=True):
        return flat, nothing
    if not crs.is_geographic:
        flat = shapely.segmentize(flat, _EDGE_M / _metres_in(crs))
    lonlat = _transformed(flat, crs, GEOGRAPHIC)
    operation = crs.coordinate_operation
    method = (operation.method_name if operation else "").lower()
    if not any(word in method for word in _ON_A_PLANE):
        return lonlat, nothing
    direct = _transformed(flat, crs, MAP)
    within = _extreme(direct) < EQUATOR_RADIUS_M
    return lonlat, np.where(within, direct, nothing)


def _known(code: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(code)
    except CRSError as error:
        raise ReadingError(
            f"There is no coordinate system {code[:40]!r}.", advice="Look up its EPSG code and open the file again."
        ) from error


def _transformed(geometry: Geometries, crs: pyproj.CRS, target: str) -> Geometries:
    try:
        to = pyproj.Transformer.from_crs(crs, target, always_xy=True)
    except ProjError as error:
        raise ReadingError(
            f"Nothing is known of how the coordinate system {crs.name} lies on the Earth.",
            advice="Convert the file to longitude and latitude first.",
        ) from error
    return shapely.transform(geometry, lambda xy: np.column_stack(to.transform(*xy.T)))


def _metres_in(crs: pyproj.CRS) -> float:
    axes = crs.axis_info
    return axes[0].unit_conversion_factor if axes and axes[0].unit_conversion_factor else 1.0


def _extreme(geometry: Geometries) -> NDArray[np.float64]:
    """Return how far from the pole a geometry reaches at most, in map metres; infinite where it is nowhere."""
    bounds = shapely.bounds(geometry).reshape(-1, 4)
    reach = np.hypot(np.abs(bounds[:, (0, 2)]).max(axis=1), np.abs(bounds[:, (1, 3)]).max(axis=1))
    return np.where(np.isfinite(reach), reach, np.inf)


def _impossible(lonlat: Geometries) -> list[tuple[str, NDArray[np.bool_]]]:
    """Return reasons to leave rows out; each applies to what the one before has left."""
    found: list[tuple[str, NDArray[np.bool_]]] = []
    left = np.ones(len(lonlat), dtype=np.bool_)
    bounds = shapely.bounds(lonlat).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        reasons = (
            ("its position lies nowhere on the Earth", ~np.isfinite(bounds).all(axis=1)),
            ("its latitude lies beyond 90°", np.abs(bounds[:, (1, 3)]).max(axis=1, initial=0.0) > 90.0),
            ("its longitude lies beyond 720°", np.abs(bounds[:, (0, 2)]).max(axis=1, initial=0.0) > _LONGEST_TURN_DEG),
            ("it lies at exactly 0°, 0°, which stands for a missing position", (bounds == 0.0).all(axis=1)),
        )
    for reason, bad in reasons:
        found.append((reason, (bad & left)[left]))
        left &= ~bad
    return found


def _turned_back(lonlat: Geometries) -> tuple[NDArray[np.bool_], Geometries]:
    """Return which geometries lie wholly beyond 180°, as in files that count to 360°, and all of them within a turn."""
    bounds = shapely.bounds(lonlat).reshape(-1, 4)
    turns = np.ceil((bounds[:, 0] - 180.0) / 360.0).clip(0) - np.ceil((-180.0 - bounds[:, 2]) / 360.0).clip(0)
    turned = turns != 0
    if not turned.any():
        return turned, lonlat
    back = lonlat.copy()
    for count in np.unique(turns[turned]).tolist():
        chosen = turns == count
        back[chosen] = shapely.transform(lonlat[chosen], lambda xy, count=count: xy - (360.0 * count, 0.0))
    return turned, back


def _mended(lonlat: Geometries) -> NDArray[np.bool_]:
    """Return which polygons cross themselves; those that run across 180° only seem to."""
    bounds = shapely.bounds(lonlat).reshape(-1, 4)
    narrow = bounds[:, 2] - bounds[:, 0] <= 180.0
    areal = shapely.get_dimensions(lonlat) == 2
    mended = np.zeros(len(lonlat), dtype=np.bool_)
    asked = np.flatnonzero(narrow & areal)
    mended[asked] = ~shapely.is_valid(lonlat[asked])
    return mended


def _on_map(lonlat: Geometries, direct: Geometries) -> Geometries:
    on_map = direct.copy()
    via_degrees = shapely.is_missing(direct)
    if via_degrees.any():
        on_map[via_degrees] = by_halves(to_map_array, lonlat[via_degrees])
    areal = np.flatnonzero(~via_degrees & (shapely.get_dimensions(on_map) == 2))
    on_map[areal] = repaired(on_map[areal])
    on_map[shapely.is_empty(on_map)] = None
    return on_map


def _by_kind(number: NDArray[np.int64], lonlat: Geometries, on_map: Geometries) -> tuple[Placed, ...]:
    """Divide features into points, lines and polygons; one that mixes them is in several."""
    found: list[Placed] = []
    kinds: tuple[GeometryKind, ...] = ("point", "line", "polygon")
    type_of = shapely.get_type_id(on_map)
    for kind in kinds:
        types = [code for code, known in _KIND_OF_TYPE.items() if known == kind]
        mine = np.flatnonzero(np.isin(type_of, types) | _holds(on_map, type_of, types))
        if len(mine):
            parts = _only(lonlat[mine], types), _only(on_map[mine], types)
            found.append(Placed(kind, number[mine], *parts))
    return tuple(found)


def _holds(geometry: Geometries, type_of: NDArray[np.int32], types: list[int]) -> NDArray[np.bool_]:
    """Return which collections hold something of these types."""
    holds = np.zeros(len(geometry), dtype=np.bool_)
    for row in np.flatnonzero(type_of == _COLLECTION):
        holds[row] = bool(np.isin(shapely.get_type_id(_flat(geometry[row])), types).any())
    return holds


def _only(geometry: Geometries, types: list[int]) -> Geometries:
    """Return geometries in which collections are reduced to their parts of these types."""
    out = geometry.copy()
    for row in np.flatnonzero(shapely.get_type_id(geometry) == _COLLECTION):
        parts = _flat(geometry[row])
        parts = parts[np.isin(shapely.get_type_id(parts), types)]
        out[row] = _MANY[types[-1]](parts)
    return out


def _flat(geometry: shapely.Geometry) -> Geometries:
    parts = np.array([geometry], dtype=np.object_)
    while (shapely.get_type_id(parts) >= 4).any():
        parts = shapely.get_parts(parts)
    return parts


_MANY = {4: shapely.multipoints, 5: shapely.multilinestrings, 6: shapely.multipolygons}
