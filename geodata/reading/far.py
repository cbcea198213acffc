"""Layers that stay in their file: where all features are, at opening; the features near the view, when asked.

To be used in the reading process only. Only files with a spatial index of their own stay where they are.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
from numpy.typing import NDArray

from geodata import swarm
from geodata.crs import MAP
from geodata.errors import ReadingError
from geodata.extent import Extent
from geodata.prepared import GeometryKind
from geodata.reading import limits, profile, vectors
from geodata.reading.guard import LONLAT, Verdict, judge
from geodata.reading.indexes import FeatureIndex, index_of
from geodata.reading.outcome import Interpretation, LayerRead, LeftOut, Progress, ReadRequest, Report
from geodata.stereographic import EQUATOR_RADIUS_M, forward_many, inverse
from geodata.swarm import Places

_TOLD_EVERY = 8
_SAMPLE = 2_000
_GRID = 24
_MARGIN = 0.02
_LONGEST_TURN_DEG = 720.0
_KINDS: dict[str, GeometryKind] = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
_NOTE = "The layer stays in its file: up close its features are shown, from afar how many there are."

Floats = NDArray[np.float64]
Tell = Callable[[Progress], None]


def read_far(request: ReadRequest, path: Path, layer: str | None, tell: Tell) -> tuple[LayerRead, Verdict] | None:
    """Find out where the features of a large layer are; None for one that is read whole.

    Parameters
    ----------
    request
        Who asked, and what was answered to earlier questions.
    path, layer
        The file under a name that the reading process chose, and the layer in it; None for the only one.
    tell
        Hears how far the work has come.

    Raises
    ------
    ReadingError
        Where the file is damaged, or nothing of it lies north of the equator.
    """
    index = index_of(path, layer or "")
    if index is None or index.count < min(limits.FAR_FEATURES.values()):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of measures that are dropped
        info = pyogrio.read_info(path, layer=layer)
    kind = _KINDS.get(str(info["geometry_type"]).removeprefix("2.5D ").removesuffix(" Z").removeprefix("Multi"))
    if kind is None or index.count < limits.FAR_FEATURES[kind]:
        return None
    tell(Progress(f"Finding the places of {index.count:,} features"))
    boxes = index.sample()
    verdict = judge(np.concatenate((boxes[:, :2], boxes[:, 2:])), None if info["crs"] is None else str(info["crs"]))
    way = request.interpretation if request.interpretation and verdict.finding else verdict.best or LONLAT
    drawn = swarm.write("0", kind, places_of(index, kind, way, tell), request.folder / f"0-{kind}.prepared")
    if drawn == 0:
        raise ReadingError("Nothing of it lies north of the equator, where the map ends.", where=request.path.name)
    profile.write(_profiles(path, layer, index.count), request.folder / f"0-{kind}.columns")
    is_doubtful = bool(verdict.finding) and request.interpretation is None
    read = LayerRead(
        name=layer or request.path.stem,
        geometry=kind,
        prepared=f"0-{kind}.prepared",
        frame="",
        columns=tuple(str(name) for name in info["fields"]),
        report=_report(index.count, drawn),
        interpretation=way,
        doubt=verdict.finding if is_doubtful else "",
        others=verdict.others if is_doubtful else (),
        is_far=True,
    )
    return read, verdict


def _report(count: int, drawn: int) -> Report:
    lost = count - drawn
    reason = "its place is missing, or not north of the equator, where the map ends"
    return Report(count, drawn, left_out=(LeftOut(reason, lost, ()),) if lost else (), notes=(_NOTE,))


def places_of(index: FeatureIndex, kind: GeometryKind, way: Interpretation, tell: Tell) -> Iterator[Places]:
    """Yield where all features are: points exactly, others by the finest boxes of the index that are not too many."""
    found = 0
    for number, piece in enumerate(index.pieces(are_points=kind == "point")):
        if number and number % _TOLD_EVERY == 0:
            tell(Progress(f"Finding the places of {index.count:,} features, {100 * found // index.count} %"))
        found += int(piece.counts.sum())
        yield placed(piece.numbers, piece.boxes, piece.counts, way, is_point=kind == "point")


def placed(
    numbers: NDArray[np.int64], boxes: Floats, counts: NDArray[np.int64], way: Interpretation, *, is_point: bool
) -> Places:
    """Return boxes in the file's numbers as places on the map, without those that have none there."""
    middle, sizes = on_map(boxes[:, :2], way), np.zeros(len(boxes))
    if not is_point:
        low = middle
        middle = on_map((boxes[:, :2] + boxes[:, 2:]) / 2, way)
        high = on_map(boxes[:, 2:], way)
        sizes = np.abs(high - low).max(axis=1)
    with np.errstate(invalid="ignore"):
        kept = np.einsum("ij,ij->i", middle, middle) <= EQUATOR_RADIUS_M**2
    if kept.all():
        return Places(middle, numbers, counts, np.nan_to_num(sizes, posinf=0.0))
    sizes = np.where(np.isfinite(sizes), sizes, 0.0)
    return Places(middle[kept], numbers[kept], counts[kept], sizes[kept])


def on_map(xy: Floats, way: Interpretation) -> Floats:
    """Return positions in a file's numbers in map metres, shape (n, 2); not finite where there is no such place."""
    if way.unit_m != 1.0:
        xy = xy * way.unit_m
    x, y = xy[:, ::-1].T if way.is_swapped else xy.T
    crs = pyproj.CRS.from_user_input(way.crs)
    if not crs.is_geographic:
        to = pyproj.Transformer.from_crs(crs, MAP, always_xy=True)
        return np.column_stack(to.transform(x, y))
    good = (np.abs(y) <= 90.0) & (np.abs(x) <= _LONGEST_TURN_DEG) & ~((x == 0.0) & (y == 0.0))
    if good.all():
        return forward_many(x, y)
    found = np.full(xy.shape, np.inf)
    found[good] = forward_many(x[good], y[good])
    return found


def boxes_around(extent: Extent, way: Interpretation) -> Floats:
    """Return boxes in a file's numbers that hold everything in an extent of the map, shape (k, 4)."""
    x, y = np.meshgrid(np.linspace(extent.left, extent.right, _GRID), np.linspace(extent.bottom, extent.top, _GRID))
    crs = pyproj.CRS.from_user_input(way.crs)
    if crs.is_geographic:
        return _swapped(_lonlat_boxes(extent, *inverse(x.ravel(), y.ravel())), way) / way.unit_m
    to = pyproj.Transformer.from_crs(MAP, crs, always_xy=True)
    there = np.column_stack(to.transform(x.ravel(), y.ravel()))
    there = there[np.isfinite(there).all(axis=1)]
    if len(there) == 0:
        return np.empty((0, 4))
    margin = _MARGIN * (there.max(axis=0) - there.min(axis=0))
    box = np.concatenate((there.min(axis=0) - margin, there.max(axis=0) + margin))[None, :]
    return _swapped(box, way) / way.unit_m


def _lonlat_boxes(extent: Extent, lon: Floats, lat: Floats) -> Floats:
    """Return one or two boxes around places; over the pole all the way round, and cut at 180°."""
    nearest = np.hypot(
        max(extent.left, 0.0, -extent.right), max(extent.bottom, 0.0, -extent.top)
    )  # to the pole, which is (0, 0)
    south, north = float(lat.min()) - 0.05, float(inverse(0.0, nearest)[1]) + 0.05
    if nearest == 0.0:
        return np.array([[-360.0, south, 360.0, 90.0]])
    middle = float(np.degrees(np.arctan2(extent.centre[0], -extent.centre[1])))
    turn = (lon - middle + 180.0) % 360.0 - 180.0
    margin = 0.05 + _MARGIN * float(turn.max() - turn.min())
    west, east = middle + float(turn.min()) - margin, middle + float(turn.max()) + margin
    shifts = [shift for shift in (-360.0, 0.0, 360.0) if west + shift <= 360.0 and east + shift >= -360.0]
    return np.array([[west + shift, south, east + shift, north] for shift in shifts])


def _swapped(boxes: Floats, way: Interpretation) -> Floats:
    return boxes[:, [1, 0, 3, 2]] if way.is_swapped else boxes


def _profiles(path: Path, layer: str | None, count: int) -> tuple[profile.Profile, ...]:
    """Return what the attributes are like, from features spread over the layer."""
    fids = np.unique(np.linspace(1, count - 1, min(count, _SAMPLE)).astype(np.int64))
    raw = vectors.read_layer(path, layer, name=path.stem, where=path.name, numbers=fids)
    columns: dict[str, list[Any]] = {name: list(values) for name, values in raw.columns.items()}
    return profile.profiles_of(columns)
