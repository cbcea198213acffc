"""A file from somewhere → layers ready to be drawn, with a report; or the question that has to be answered first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from geodata.errors import ReadingError
from geodata.reading import archives, limits, parquet, tables, vectors
from geodata.reading.far import read_far
from geodata.reading.formats import Format, format_of
from geodata.reading.geopackage_index import feature_tables
from geodata.reading.guard import LONLAT, Verdict, judge, previews
from geodata.reading.layers import write_layer
from geodata.reading.outcome import (
    Done,
    Interpretation,
    LayerRead,
    Outcome,
    Progress,
    ReadRequest,
    Report,
    WhichColumns,
    WhichLayers,
    WhichPlace,
)
from geodata.reading.placing import place
from geodata.reading.raw import RawLayer

_SAMPLE = 50_000
_CHOSEN_FROM = frozenset(("GeoPackage", "zipped Shapefile"))
_MAY_STAY = frozenset(("FlatGeobuf", "GeoPackage"))
_FOLDERS = frozenset(("KML", "KMZ"))

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """One layer in one file."""

    path: Path
    layer: str | None
    count: int
    name: str


def read(request: ReadRequest, tell: Tell) -> Outcome:
    """Read a file into the request's folder.

    Parameters
    ----------
    request
        Which file, and what was answered to earlier questions about it.
    tell
        Hears how far the work has come.

    Returns
    -------
    What was made, or what has to be asked first.

    Raises
    ------
    ReadingError
        Where the file cannot be read or nothing in it can be drawn.
    """
    kind = format_of(request.path)
    if kind.name in _MAY_STAY:
        far = _far(request, tell)
        if far is not None:
            return far
    _refuse_too_large(request.path)
    tell(Progress(f"Reading {request.path.name}"))
    if kind.reader == "table":
        table = tables.read_table(request.path, columns=request.columns, is_asked=request.asks_columns)
        if isinstance(table, WhichColumns):
            return table
        raws = [table]
    elif kind.reader == "wkt":
        raws = [tables.read_wkt(request.path)]
    elif kind.reader == "parquet":
        raws = [parquet.read_parquet(request.path)]
    else:
        parts = _parts(request, kind)
        wanted = [part for part in parts if part.name in request.layers] if request.layers else parts
        wanted = wanted or (parts if len(parts) == 1 else [])  # a single layer is called after its file
        if len(parts) > 1 and not request.layers and kind.name in _CHOSEN_FROM:
            return WhichLayers(tuple((part.name, part.count) for part in parts))
        raws = _raws(wanted, request.path, kind, tell)
    return _placed(raws, request, tell)


def _far(request: ReadRequest, tell: Tell) -> Outcome | None:
    """Return what became of a file whose features stay in it; None for one that is read whole."""
    inside = request.folder / "far"
    inside.mkdir(exist_ok=True)
    path, layer = archives.linked(request.path, inside), None
    if path.suffix == ".gpkg":
        names = request.layers or feature_tables(path)
        if len(names) != 1:
            return None  # somebody has to choose first
        layer = names[0]
    found = read_far(request, path, layer, tell)
    if found is None:
        return None
    read, verdict = found
    if verdict.must_ask and request.interpretation is None:
        return WhichPlace(read.name, verdict.finding, _ways(verdict))
    return Done((read,))


def _refuse_too_large(path: Path) -> None:
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        raise ReadingError(
            f"The file has {size / 1e9:.1f} GB; files up to {limits.FILE_BYTES / 1e9:.0f} GB can be opened.",
            where=path.name,
            advice="Cut it into parts, or turn it into FlatGeobuf or GeoPackage, which are smaller.",
        )


def _parts(request: ReadRequest, kind: Format) -> list[_Part]:
    inside = request.folder / "source"
    inside.mkdir(exist_ok=True)
    where = request.path.name
    if kind.reader == "archive":
        files = archives.unpack(request.path, inside)
        return [
            _Part(file, layer, count, file.stem if file.suffix == ".shp" else layer)
            for file in files
            for layer, count in vectors.layers_of(file, kind.drivers, where=where)
        ]
    file = archives.linked(request.path, inside)
    if not kind.has_layers:
        return [_Part(file, None, 0, request.path.stem)]
    found = vectors.layers_of(file, kind.drivers, where=where)
    single = len(found) == 1
    return [_Part(file, layer, count, request.path.stem if single else layer) for layer, count in found]


def _raws(parts: list[_Part], path: Path, kind: Format, tell: Tell) -> list[RawLayer]:
    raws: list[RawLayer] = []
    for number, part in enumerate(parts, start=1):
        if len(parts) > 1:
            tell(Progress(f"Reading {path.name}, layer {number} of {len(parts)}"))
        raw = vectors.read_layer(part.path, part.layer, name=part.name, where=path.name)
        if len(raw.rows) or len(parts) == 1:
            raws.append(raw)
    if kind.name in _FOLDERS and len(raws) > 1:
        return [vectors.joined(raws, path.stem)]
    return raws


def _placed(raws: list[RawLayer], request: ReadRequest, tell: Tell) -> Outcome:
    done: list[LayerRead] = []
    for number, raw in enumerate(raws):
        verdict = judge(_sample(raw), raw.crs)
        way = request.interpretation if request.interpretation and verdict.finding else verdict.best
        if verdict.must_ask and request.interpretation is None:
            ways = _ways(verdict)
            return WhichPlace(raw.name, verdict.finding, ways, previews(_sample(raw), ways))
        tell(Progress(f"Bringing {raw.name} to the map"))
        done += _layers(raw, way or LONLAT, request, verdict, number)
    if not done:
        raise _nothing(raws, request)
    return Done(tuple(done))


def _layers(raw: RawLayer, way: Interpretation, request: ReadRequest, verdict: Verdict, number: int) -> list[LayerRead]:
    try:
        kinds, repaired, left_out = place(raw.geometry, raw.rows, way)
    except ReadingError as error:
        raise ReadingError(error.what, where=request.path.name, advice=error.advice) from error
    lost = sum(entry.count for entry in raw.left_out)
    made: list[LayerRead] = []
    for placed in kinds:
        stem = f"{number}-{placed.geometry}"
        files = write_layer(raw, placed, request.folder, stem, title=raw.name)
        report = Report(
            read=len(raw.rows) + lost,
            drawn=len(placed.source),
            repaired=(*raw.repaired, *repaired),
            left_out=(*raw.left_out, *left_out),
            notes=raw.notes,
        )
        doubt = verdict.finding if request.interpretation is None else ""
        others = verdict.others if doubt else ()
        shown = previews(_sample(raw), (way, *others)) if doubt else ()
        category = request.columns.category if request.columns else ""
        name = raw.name if len(kinds) == 1 else f"{raw.name} ({placed.geometry}s)"
        made.append(
            LayerRead(name, placed.geometry, *files, tuple(raw.columns), report, way, doubt, others, shown, category)
        )
    return made


def _nothing(raws: list[RawLayer], request: ReadRequest) -> ReadingError:
    """Say why nothing of a file is on the map."""
    for raw in raws:
        verdict = judge(_sample(raw), raw.crs)
        _, _, left_out = place(raw.geometry, raw.rows, request.interpretation or verdict.best or LONLAT)
        reasons = (*raw.left_out, *left_out)
        if reasons:
            most = max(reasons, key=lambda entry: entry.count)
            return ReadingError(f"Nothing in it can be drawn: {most.reason}.", where=request.path.name)
    return ReadingError("There are no features in it.", where=request.path.name)


def _ways(verdict: Verdict) -> tuple[Interpretation, ...]:
    return (*([verdict.best] if verdict.best else []), *verdict.others)


def _sample(raw: RawLayer) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return a first vertex of features spread evenly over a layer."""
    step = max(1, len(raw.geometry) // _SAMPLE)
    bounds = shapely.bounds(raw.geometry[::step]).reshape(-1, 4)
    return np.concatenate((bounds[:, :2], bounds[:, 2:]))
