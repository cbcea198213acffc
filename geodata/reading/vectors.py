"""Files that GDAL reads, through pyogrio and an allow-list of drivers. To be used in the reading process only."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.looks import simplestyle_of
from geodata.reading.raw import RawLayer, counted

_DERIVED = frozenset(("route_points", "track_points"))
_WHOLE: dict[str, type[int]] = {"int": int, "uin": int, "boo": bool}
_KML_DEFAULTS: dict[str, int] = {"tessellate": -1, "extrude": 0, "visibility": -1}
_STYLE = "OGR_STYLE"
_WITH_STYLES = f'SELECT *, {_STYLE} FROM "{{}}"'
_SPARSE = frozenset((".kml", ".gpx"))
_PROBLEMS = (DataSourceError, DataLayerError, FieldError, GeometryError, ValueError, RuntimeError, IndexError)


def layers_of(path: Path, drivers: frozenset[str], *, where: str) -> tuple[tuple[str, int], ...]:
    """Return the layers of a file that have geometries, each with its number of features.

    Raises
    ------
    ReadingError
        Where the file cannot be opened, has no such layer or too many, or another driver took it.
    """
    try:
        with _without_warnings():
            names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if len(names) > limits.LAYERS:
            raise ReadingError(f"The file has {len(names):,} layers; {limits.LAYERS} are allowed.", where=where)
        with _without_warnings():
            infos = [(name, pyogrio.read_info(path, layer=name, force_feature_count=True)) for name in names]
    except _PROBLEMS as error:
        raise ReadingError(f"The file cannot be opened ({_plain(error, path)}).", where=where) from error
    foreign = [str(info["driver"]) for _, info in infos if info["driver"] not in drivers]
    if foreign:
        raise ReadingError(f"The content of the file is {foreign[0]}, not what its name says.", where=where)
    found = tuple((name, int(info["features"])) for name, info in infos if name not in _DERIVED)
    if not found:
        raise ReadingError("The file has no layer with places on the Earth.", where=where)
    return found


def read_layer(
    path: Path, layer: str | None, *, name: str, where: str, numbers: NDArray[np.int64] | None = None
) -> RawLayer:
    """Read one layer, None for the only one, and call it by a name; whole, or only the features of some numbers.

    Z and M values are dropped, curves become lines. Geometries that are damaged are mended where they can be (rings
    that do not close), else left out.

    Raises
    ------
    ReadingError
        Where the layer cannot be read, or is larger than the limits allow.
    """
    asked: dict[str, Any] = {"layer": layer, "fids": numbers}
    if path.suffix == ".kml" and layer is not None:
        asked = {"sql": _WITH_STYLES.format(layer.replace('"', r"\"")), "sql_dialect": "OGRSQL"}
    try:
        with _without_warnings():
            meta, fids, wkb, values = pyogrio.raw.read(
                path, force_2d=True, return_fids=True, datetime_as_string=True, **asked
            )
    except _PROBLEMS as error:
        raise ReadingError(f"The layer {name} cannot be read ({_plain(error, path)}).", where=where) from error
    if wkb is None:
        raise ReadingError(f"The layer {name} has no places on the Earth.", where=where)
    _refuse_too_large(len(wkb), len(meta["fields"]), where)
    geometry, closed = _geometries(wkb)
    first = -1 if path.suffix == ".gpkg" else 0  # the only kind that counts its rows from 1
    rows = np.asarray(fids, dtype=np.int64) + 1 + first if fids is not None else np.arange(1, len(wkb) + 1)
    names = [str(name) for name in meta["fields"]]
    columns, cut = _columns(names, values, meta["dtypes"], sparse=path.suffix in _SPARSE)
    columns |= simplestyle_of(columns.pop(_STYLE, ()))
    notes = (f"{cut:,} values were cut after {limits.TEXT_LENGTH:,} characters.",) if cut else ()
    repaired = counted("a ring was closed", rows[closed])
    return RawLayer(name, geometry, rows, columns, meta["crs"], repaired=repaired, notes=notes)


@contextlib.contextmanager
def _without_warnings() -> Generator[None]:
    """Let GDAL's warnings, of measures that are dropped for instance, be: what matters of them is in the report."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def joined(layers: Sequence[RawLayer], name: str) -> RawLayer:
    """Put the layers of one file into one, with a column that says which each feature is from."""
    names = list(dict.fromkeys(column for layer in layers for column in layer.columns))
    columns: dict[str, Any] = {
        column: [value for layer in layers for value in layer.columns.get(column, [None] * len(layer.rows))]
        for column in names
    }
    columns["folder"] = [layer.name for layer in layers for _ in layer.rows]
    return RawLayer(
        name,
        np.concatenate([layer.geometry for layer in layers]),
        np.concatenate([layer.rows for layer in layers]),
        columns,
        layers[0].crs,
        left_out=tuple(entry for layer in layers for entry in layer.left_out),
        repaired=tuple(entry for layer in layers for entry in layer.repaired),
        notes=tuple(dict.fromkeys(note for layer in layers for note in layer.notes)),
    )


def _refuse_too_large(features: int, attributes: int, where: str) -> None:
    for count, most, what in ((features, limits.FEATURES, "features"), (attributes, limits.COLUMNS, "attributes")):
        if count > most:
            raise ReadingError(
                f"The layer has {count:,} {what}; {most:,} can be opened.",
                where=where,
                advice="Cut it into parts, or leave out what is not needed.",
            )


@np.errstate(invalid="ignore")  # GEOS raises the flag at a vertex that is no number
def _geometries(wkb: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Return geometries, and which of them had to be mended to be any."""
    geometry = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=np.object_)
    lost = shapely.is_missing(geometry) & np.array([value is not None for value in wkb], dtype=np.bool_)
    if lost.any():
        geometry[lost] = shapely.from_wkb(wkb[lost], on_invalid="fix")
    return geometry, lost & ~shapely.is_missing(geometry)


def _columns(
    names: list[str], values: Sequence[Any], kinds: Sequence[Any], *, sparse: bool
) -> tuple[dict[str, Any], int]:
    """Return columns of plain values, and how many texts had to be cut; those of a format's own that say nothing go."""
    columns: dict[str, Any] = {}
    cut = 0
    for name, column, kind in zip(names, values, kinds, strict=True):
        plain = [_value(value) for value in column.tolist()]
        if column.dtype.kind == "f" and _WHOLE.get(str(kind)[:3]):  # whole numbers, some of which are missing
            plain = [None if value is None else _WHOLE[str(kind)[:3]](value) for value in plain]
        said = {value for value in plain if value not in (None, "")}
        if sparse and (not said or said == {_KML_DEFAULTS.get(name)}):
            continue
        if column.dtype == object:
            cut += sum(isinstance(value, str) and len(value) > limits.TEXT_LENGTH for value in plain)
            plain = [value[: limits.TEXT_LENGTH] if isinstance(value, str) else value for value in plain]
        columns[name] = plain
    return columns, cut


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return None if np.isnan(value) else value
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, np.ndarray | list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _plain(error: Exception, path: Path) -> str:
    """Return GDAL's words without the path it was given, which is not the one that people know."""
    return str(error).replace(str(path), "the file").strip(" .;")[:300]
