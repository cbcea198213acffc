"""Frames in longitude and latitude → the map plane, right across 180° and over the pole.

On a map of the Arctic the antimeridian is an ordinary line in the middle of the picture. So nothing is cut there: every
edge is taken the short way round, clipped at the equator, given the vertices that its curve on the map needs, and
projected; halves that a file had cut apart at 180° are welded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import MAP
from geodata.errors import GeometryError
from geodata.hemisphere import project_lines, project_points, project_polygons
from geodata.stereographic import EQUATOR_RADIUS_M
from geodata.unwrap import starts
from geodata.weld import Geometries, gathered, on_seam, single_parts, welded, welded_lines

if TYPE_CHECKING:
    import geopandas as gpd

_POINT, _LINE, _RING, _POLYGON = 0, 1, 2, 3
_LAT_TOLERANCE_DEG = 1e-6
_RIM_TOLERANCE_M = 0.01


def to_map(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Take a frame in longitude and latitude to the map CRS, row by row.

    Edges are straight in longitude and latitude, so one along a parallel follows it; an edge of more than 180° goes the
    other, short way. Polygons stay polygons, repaired where a ring crosses itself. What lies south of the equator is
    left out. Vertices that the curves need are added, to within `geodata.densify.CHORD_ERROR_M`; none is taken away
    except by repairs and welds. Z and M values are dropped. Vertices that are not finite are dropped.

    Does not follow great circles: use `geodata.geodesy.geodesic_line` for those. Does not weld what belongs to
    different rows, nor halves that leave a gap, such as files clipped at ±179.9°.

    Parameters
    ----------
    frame
        Any geometries, in degrees on WGS 84 or a datum near enough to it, longitudes in any turn.

    Returns
    -------
    A new frame with the same index and columns. The geometry of a row is of the kind it was (single or multi), and
    None where nothing of it is left, or where it was null or empty.

    Raises
    ------
    GeometryError
        Where the frame is not in longitude and latitude, or a latitude lies beyond ±90°.
    """
    crs = frame.crs
    if crs is not None and not crs.is_geographic:
        raise GeometryError(
            f"The geometries are in {crs.name}, not in longitude and latitude.",
            advice="Convert them to EPSG:4326 first.",
        )
    return _with_geometry(frame, to_map_array(frame.geometry.to_numpy()))


# GEOS leaves floating-point flags behind where it tries a quick way first; numpy would report them as warnings.
@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def to_map_array(geometries: Geometries) -> Geometries:
    """Do the same as `to_map` for a bare array of shapely geometries or None in degrees."""
    parts, row = single_parts(geometries)
    _refuse_impossible(parts, row)
    kind = shapely.get_type_id(parts)
    done: list[tuple[Geometries, NDArray[np.int64]]] = []
    for kinds, take in (((_POINT,), project_points), ((_LINE, _RING), project_lines), ((_POLYGON,), project_polygons)):
        mine = np.isin(kind, kinds)
        if mine.any():
            done.append((take(parts[mine]), row[mine]))
    out = np.full(len(geometries), None, dtype=np.object_)
    if not done:
        return out
    projected = np.concatenate([parts for parts, _ in done])
    rows = np.concatenate([rows for _, rows in done])
    order = np.argsort(rows, kind="stable")
    projected, rows = projected[order], rows[order]
    single = np.bincount(rows, minlength=len(out))[rows] == 1
    out[rows[single]] = projected[single]
    projected, rows = projected[~single], rows[~single]
    first = starts(rows)
    for number, mine in zip(rows[first], np.split(projected, first[1:]), strict=bool(len(rows))):
        out[number] = _one(mine)
    return out


def outlines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the lines to stroke: polygon boundaries without the edges that are only there to close a ring.

    Left out are edges on the meridian of 180°, edges that shrink to nothing at the pole, and the edge of the disc at
    the equator. Lines come back unchanged.

    Parameters
    ----------
    frame
        A frame as `to_map` returns it, or one in longitude and latitude, which goes through `to_map` first.

    Returns
    -------
    A new frame in the map CRS with the same index and columns; the geometry is a line or multiline, or None where
    there is nothing to stroke, as for points.

    Raises
    ------
    GeometryError
        As `to_map`.
    """
    if frame.crs is None or frame.crs != MAP:
        frame = to_map(frame)
    parts, row = single_parts(frame.geometry.to_numpy())
    out = np.full(len(frame), None, dtype=np.object_)
    first = starts(row)
    for number, mine in zip(row[first], np.split(parts, first[1:]), strict=bool(len(row))):
        out[number] = _strokes(mine)
    return _with_geometry(frame, out)


def _with_geometry(frame: gpd.GeoDataFrame, geometries: Geometries) -> gpd.GeoDataFrame:
    name = frame.geometry.name
    bare: Any = frame.copy()
    series = type(frame.geometry)(geometries, index=frame.index, crs=MAP)
    return bare.set_crs(MAP, allow_override=True).assign(**{str(name): series})


def _refuse_impossible(parts: Geometries, row: NDArray[np.int64]) -> None:
    beyond = np.abs(shapely.bounds(parts).reshape(-1, 4)[:, (1, 3)]).max(axis=1) > 90.0 + _LAT_TOLERANCE_DEG
    if beyond.any():
        first = int(np.argmax(beyond))
        low, high = shapely.bounds(parts[first])[[1, 3]]
        raise GeometryError(
            f"A latitude of {high if high > 90 else low:g}° lies beyond the pole.",
            where=f"row {row[first] + 1}",
            advice="Are longitude and latitude swapped, or are these metres?",
        )


def _one(parts: Geometries) -> shapely.Geometry | None:
    """Put the projected parts of a row back together."""
    parts = parts[~shapely.is_missing(parts)]
    parts = shapely.get_parts(parts)
    kind = shapely.get_type_id(parts)
    points, lines = parts[kind == _POINT], parts[kind == _LINE]
    found = (gathered(points, shapely.multipoints), welded_lines(lines), welded(parts[kind == _POLYGON]))
    pieces = [piece for piece in found if piece is not None]
    return gathered(np.array(pieces, dtype=np.object_), shapely.geometrycollections)


def _strokes(parts: Geometries) -> shapely.Geometry | None:
    kind = shapely.get_type_id(parts)
    lines = list(parts[(kind == _LINE) | (kind == _RING)])
    for ring in shapely.get_rings(parts[kind == _POLYGON]):
        lines.extend(_stroke(shapely.get_coordinates(ring)))
    return gathered(np.array(lines, dtype=np.object_), shapely.multilinestrings)


def _stroke(ring: NDArray[np.float64]) -> list[shapely.LineString]:
    """Cut a closed ring where it runs along 180° or the rim of the disc."""
    rim = np.hypot(ring[:, 0], ring[:, 1]) > EQUATOR_RADIUS_M - _RIM_TOLERANCE_M
    hidden = on_seam(ring[:-1], ring[1:]) | (rim[1:] & rim[:-1])
    if not hidden.any():
        return [shapely.LineString(ring)]
    begin = int(np.argmax(hidden)) + 1
    ring = np.concatenate((ring[begin:-1], ring[: begin + 1]))
    hidden = np.roll(hidden, -begin)
    shown = np.flatnonzero(~hidden)
    runs = np.split(shown, np.flatnonzero(np.diff(shown) > 1) + 1)
    return [shapely.LineString(ring[run[0] : run[-1] + 2]) for run in runs if len(run)]
