"""The spatial indexes of the files that may stay where they are, with one face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from geodata.reading import limits
from geodata.reading.flatgeobuf import Boxes, Found, PackedIndex, read_index
from geodata.reading.geopackage_index import NodeIndex, read_node_index

_CHUNK = 131_072
_SAMPLE = 30_000
_CELLS = 65_535

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some boxes: the number of a feature's row, from 0, each box (n, 4), and how many features it stands for."""

    numbers: Numbers
    boxes: Boxes
    counts: Numbers


@dataclass(frozen=True, slots=True)
class FlatGeobufIndex:
    """The index of a FlatGeobuf."""

    index: PackedIndex

    @property
    def count(self) -> int:
        """How many features there are."""
        return self.index.count

    def near(self, wanted: Boxes, *, most: int) -> Found | None:
        """Return the features whose boxes touch one of some boxes, by GDAL's numbers; None where there are too many."""
        with self.index.path.open("rb") as file:
            return self.index.search(file, wanted, most=most)

    def sample(self) -> Boxes:
        """Return boxes spread over the layer."""
        level = self.index.level_within(_SAMPLE)
        first, last = self.index.levels[level]
        with self.index.path.open("rb") as file:
            return cast("Boxes", self.index.boxes(file, level, 0, last - first)["box"])

    def pieces(self, *, are_points: bool) -> Iterator[Piece]:
        """Yield boxes of all features: of points each its own, of others the finest that are not too many."""
        index = self.index
        level = len(index.levels) - 1 if are_points else index.level_within(limits.OVERVIEW_PLACES)
        first, last = index.levels[level]
        with index.path.open("rb") as file:
            for begin in range(0, last - first, _CHUNK):
                end = min(begin + _CHUNK, last - first)
                numbers = np.arange(begin, end, dtype=np.int64)
                boxes = cast("Boxes", index.boxes(file, level, begin, end)["box"])
                yield Piece(numbers, boxes, index.counts(level, numbers))


@dataclass(frozen=True, slots=True)
class GeoPackageIndex:
    """The index of a GeoPackage's layer; its boxes are rounded outward to 32 bits: points are right by a metre."""

    index: NodeIndex

    @property
    def count(self) -> int:
        """How many features there are."""
        return self.index.count

    def near(self, wanted: Boxes, *, most: int) -> Found | None:
        """Do the same."""
        found = self.index.search(wanted, most=most)
        return None if found is None else _sorted(found)

    def sample(self) -> Boxes:
        """Do the same."""
        return self.index.overview(_SAMPLE).boxes

    def pieces(self, *, are_points: bool) -> Iterator[Piece]:
        """Do the same; near ones come near each other."""
        found = self.index.overview(limits.NEAR_BYTES if are_points else limits.OVERVIEW_PLACES)
        middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
        order = _near_each_other(middles)
        if len(found.numbers) == self.count:
            counts = np.ones(len(order), dtype=np.int64)
        else:
            counts = np.diff(np.round(np.linspace(0, self.count, len(order) + 1)).astype(np.int64))
        boxes = np.hstack((middles, middles)) if are_points else found.boxes
        for begin in range(0, len(order), _CHUNK):
            some = order[begin : begin + _CHUNK]
            yield Piece(found.numbers[some] - 1, boxes[some], counts[begin : begin + _CHUNK])


FeatureIndex = FlatGeobufIndex | GeoPackageIndex


def index_of(path: Path, layer: str) -> FeatureIndex | None:
    """Return the index of a file's layer; None where it has none, or is of a kind that has none.

    Raises
    ------
    ReadingError
        Where the file or its index makes no sense.
    """
    if path.suffix == ".fgb":
        packed = read_index(path)
        return FlatGeobufIndex(packed) if packed is not None else None
    nodes = read_node_index(path, layer) if path.suffix == ".gpkg" else None
    return GeoPackageIndex(nodes) if nodes is not None else None


def _sorted(found: Found) -> Found:
    order = np.argsort(found.numbers)
    return Found(found.numbers[order], found.boxes[order])


def _near_each_other(places: Boxes) -> NDArray[np.intp]:
    """Return an order in which what lies near each other comes near each other: along Morton's curve."""
    with np.errstate(invalid="ignore"):
        low, high = np.nanmin(places, axis=0), np.nanmax(places, axis=0)
        share = (places - low) / np.where(high > low, high - low, 1.0)
    cells = np.nan_to_num(share * _CELLS).astype(np.uint64)
    code = _spread(cells[:, 0]) | (_spread(cells[:, 1]) << np.uint64(1))
    return np.argsort(code, kind="stable")


def _spread(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero between each two of sixteen bits."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        number = (number | (number << np.uint64(shift))) & np.uint64(mask)
    return number
