"""Rows in longitude and latitude → a file of another kind. To be used in a process of its own."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

from geodata.antimeridian import cut
from geodata.crs import GEOGRAPHIC
from geodata.errors import ReadingError
from geodata.reading.outcome import Progress
from geodata.writing.looks import properties_of, style_kml
from geodata.writing.losses import RESERVED, WHOLE, renamed, shortened
from geodata.writing.request import Kind, WriteRequest, Written, part_of

_DRIVERS: dict[Kind, str] = {
    "GeoPackage": "GPKG",
    "GeoJSON": "GeoJSON",
    "FlatGeobuf": "FlatGeobuf",
    "KML": "LIBKML",
    "KMZ": "LIBKML",
    "Shapefile": "ESRI Shapefile",
}
_OPTIONS: dict[Kind, dict[str, str]] = {
    "GeoPackage": {},
    "GeoJSON": {"COORDINATE_PRECISION": "9"},
    "FlatGeobuf": {"SPATIAL_INDEX": "NO"},  # keeps the order of the rows
    "KML": {},
    "KMZ": {},
    "Shapefile": {"ENCODING": "UTF-8"},
}
_KML: frozenset[Kind] = frozenset(("KML", "KMZ"))
_CUT: frozenset[Kind] = frozenset(("GeoJSON", "KML", "KMZ"))
_NAMED: frozenset[Kind] = frozenset(("GeoPackage", "KML", "KMZ"))
_OF_GDAL = (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError)
PROBLEMS = (*_OF_GDAL, ValueError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A layer as pyogrio reads and writes it: geometries, and for each attribute its values and which are missing."""

    geometry: NDArray[np.object_]
    names: list[str]
    values: list[Any]
    missing: list[NDArray[np.bool_]]


def write(request: WriteRequest, tell: Callable[[Progress], None]) -> Written:
    """Write a layer's rows; the file is there as a whole or not at all.

    Raises
    ------
    ReadingError
        Where the rows are lost, or the file cannot be written.
    """
    tell(Progress(f"Writing {request.path.name}"))
    part = part_of(request.path)
    try:
        rows = rows_of(request.frame)
        if request.kind == "CSV":
            _write_csv(rows, part)
        elif request.kind == "Shapefile":
            _write_shapefile(rows, part, request)
        else:
            _write_other(rows, part, request)
        part.replace(request.path)
    except PROBLEMS as error:
        raise ReadingError(f"The file cannot be written ({error}).", where=request.path.name) from error
    finally:
        for left in part.parent.glob(f"{part.name}*"):
            left.unlink(missing_ok=True)
    return Written(len(rows.geometry))


def rows_of(frame: Path) -> Rows:
    """Return the rows of a layer as `geodata.reading.layers` wrote them."""
    meta, _, wkb, fields = pyogrio.raw.read(frame, datetime_as_string=True)
    values: list[Any] = []
    missing: list[NDArray[np.bool_]] = []
    for column, kind in zip(fields, meta["dtypes"], strict=True):
        lost = np.isnan(column) if column.dtype.kind == "f" else np.array([value is None for value in column.tolist()])
        whole = column.dtype.kind == "f" and str(kind).startswith(("int", "uint", "bool"))
        values.append(np.where(lost, 0, column).astype(kind) if whole else column)
        missing.append(lost.astype(np.bool_))
    geometry = np.asarray(shapely.from_wkb(wkb), dtype=np.object_)
    return Rows(geometry, [str(name) for name in meta["fields"]], values, missing)


def _write_other(rows: Rows, part: Path, request: WriteRequest) -> None:
    columns = dict(zip(rows.names, map(_plain_values, rows.values, rows.missing), strict=True))
    said = properties_of(request.looks, columns, len(rows.geometry))
    if request.kind in _KML:
        rows = replace(rows, values=[_short(column) for column in rows.values])
    elif request.kind == "GeoJSON":
        rows = _with_properties(rows, said)
    new = renamed(rows.names, RESERVED[request.kind])
    _write_vector(rows, part, request, [new.get(name, name) for name in rows.names])
    if request.kind in _KML:
        style_kml(part, said, is_zipped=request.kind == "KMZ")


def _plain_values(column: Any, missing: NDArray[np.bool_]) -> list[Any]:
    return [None if lost else value for value, lost in zip(column.tolist(), missing.tolist(), strict=True)]


def _with_properties(rows: Rows, said: Mapping[str, Sequence[str | float]]) -> Rows:
    """Return rows with the properties of simplestyle as further attributes; an empty colour is a missing one."""
    values = [np.array(list(column), dtype=np.float64 if _is_number(column) else object) for column in said.values()]
    missing = [np.array([value == "" for value in column], dtype=np.bool_) for column in said.values()]
    return replace(rows, names=[*rows.names, *said], values=[*rows.values, *values], missing=[*rows.missing, *missing])


def _is_number(column: Sequence[str | float]) -> bool:
    return all(isinstance(value, float) for value in column)


def _write_vector(rows: Rows, path: Path, request: WriteRequest, names: Sequence[str]) -> None:
    geometry = cut(rows.geometry)[0] if request.kind in _CUT else rows.geometry
    pyogrio.raw.write(
        path,
        shapely.to_wkb(geometry),
        rows.values,
        np.array(names, dtype=object),
        field_mask=rows.missing,
        layer=request.title if request.kind in _NAMED else None,
        driver=_DRIVERS[request.kind],
        geometry_type=_type_of(geometry),
        crs=GEOGRAPHIC,
        layer_options=_OPTIONS[request.kind],
    )


def _write_shapefile(rows: Rows, path: Path, request: WriteRequest) -> None:
    """Write the files of a Shapefile into an archive, stored as they are under the archive's name."""
    kinds = {str(geometry.geom_type) for geometry in rows.geometry.tolist() if geometry is not None}
    if kinds == {"Point", "MultiPoint"}:  # which a Shapefile holds apart
        rows = replace(rows, geometry=np.array([_group(geometry) for geometry in rows.geometry], dtype=object))
    short = shortened(rows.names)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}-") as folder:
        shape = Path(folder) / f"{request.path.stem}.shp"
        _write_vector(rows, shape, request, [short[name] for name in rows.names])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)


def _short(column: Any) -> Any:
    """Return whole numbers in the size that KML knows, where they fit it."""
    fits = column.dtype.kind in "iu" and (not len(column) or int(np.abs(column).max()) < WHOLE)
    return column.astype(np.int32) if fits else column


def _group(geometry: BaseGeometry | None) -> BaseGeometry | None:
    return shapely.MultiPoint([geometry]) if isinstance(geometry, shapely.Point) else geometry


def _write_csv(rows: Rows, path: Path) -> None:
    kinds = set(shapely.get_type_id(rows.geometry).tolist())
    if kinds <= {0}:
        places: dict[str, Sequence[Any]] = {
            "longitude": shapely.get_x(rows.geometry).tolist(),
            "latitude": shapely.get_y(rows.geometry).tolist(),
        }
    else:
        places = {"wkt": shapely.to_wkt(rows.geometry, rounding_precision=9).tolist()}
    new = renamed(rows.names, tuple(places))
    columns = [
        ["" if lost else value for value, lost in zip(column.tolist(), mask.tolist(), strict=True)]
        for column, mask in zip(rows.values, rows.missing, strict=True)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(new.get(name, name) for name in rows.names), *places])
        writer.writerows(zip(*columns, *places.values(), strict=True))


def _type_of(geometry: NDArray[np.object_]) -> str:
    """Return the one kind that all geometries are of, or the general one."""
    names = {str(shapely_geometry.geom_type) for shapely_geometry in geometry.tolist() if shapely_geometry is not None}
    return names.pop() if len(names) == 1 else "Unknown"
