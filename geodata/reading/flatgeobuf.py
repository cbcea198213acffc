"""The spatial index of a FlatGeobuf file, read where it is needed and never whole.

The index is a packed Hilbert R-tree: its boxes stand one after the other, the root first and one box for each feature
last, in the order of the features. Whoever knows how many boxes there are knows where each lies. Source: the
specification of FlatGeobuf 3.0 (flatgeobuf.org), and of FlatBuffers for the few fields of the header.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from geodata.errors import ReadingError

MAGIC = b"fgb\x03fgb"
NODE = np.dtype([("box", "<f8", 4), ("offset", "<u8")])
"""A box as left, bottom, right, top in the file's own numbers, and where its children or its feature begin."""

_HEADER_AT = 12
_LONGEST_HEADER = 10_000_000
_COUNT_FIELD, _NODE_SIZE_FIELD = 8, 9
_USUAL_NODE_SIZE = 16
_GAP_NODES = 256
"""So many boxes that nobody asked for are read along rather than sought over."""

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PackedIndex:
    """Where the boxes of a file lie.

    Attributes
    ----------
    path : Path
        The file.
    count : int
        How many features it has.
    node_size : int
        How many children a box has, but for the last of its level.
    start : int
        The first byte of the index.
    levels : tuple of (int, int)
        For each level the number of its first box and the one after its last; the root's first, the features' last.
    """

    path: Path
    count: int
    node_size: int
    start: int
    levels: tuple[tuple[int, int], ...]

    @property
    def features_start(self) -> int:
        """The first byte of the first feature."""
        return self.start + self.levels[-1][1] * NODE.itemsize

    def width_of(self, level: int) -> int:
        """Return how many features a full box of a level holds."""
        return self.node_size ** (len(self.levels) - 1 - level)

    def level_within(self, most: int) -> int:
        """Return the finest level that has at most so many boxes; the root's where none has."""
        fitting = [level for level, (first, last) in enumerate(self.levels) if last - first <= most]
        return fitting[-1] if fitting else 0

    def counts(self, level: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many features boxes of a level hold, by their numbers within the level from 0."""
        width = self.width_of(level)
        return np.minimum(width, self.count - numbers * width)

    def boxes(self, file: BinaryIO, level: int, first: int, last: int) -> NDArray[np.void]:
        """Read boxes of a level by their numbers within the level from 0, the last one not included.

        Raises
        ------
        ReadingError
            Where the file ends before them: somebody cut it.
        """
        base = self.levels[level][0]
        file.seek(self.start + (base + first) * NODE.itemsize)
        data = file.read((last - first) * NODE.itemsize)
        if len(data) != (last - first) * NODE.itemsize:
            raise ReadingError("The file is shorter than its index says.", where=self.path.name)
        return np.frombuffer(data, dtype=NODE)

    def search(self, file: BinaryIO, wanted: Boxes, *, level: int = -1, most: int = 1_000_000) -> Found | None:
        """Return the boxes of a level that touch one of some boxes; None where there would be too many.

        Parameters
        ----------
        file
            Open for reading.
        wanted
            Shape (k, 4), in the file's own numbers.
        level
            Which; -1 for the features' own.
        most
            How many may be found, on the way too.
        """
        target = level % len(self.levels)
        numbers = np.arange(self.levels[0][1] - self.levels[0][0], dtype=np.int64)
        for depth in range(target + 1):
            boxes = self._picked(file, depth, numbers)
            hit = touching(boxes, wanted)
            numbers, boxes = numbers[hit], boxes[hit]
            if len(numbers) > most:
                return None
            if depth == target:
                return Found(numbers, boxes)
            first, last = self.levels[depth + 1]
            children = (numbers[:, None] * self.node_size + np.arange(self.node_size)).ravel()
            numbers = children[children < last - first]
        raise AssertionError("the loop ends at the target")

    def _picked(self, file: BinaryIO, level: int, numbers: NDArray[np.int64]) -> Boxes:
        """Read the boxes of these numbers, ascending, in as few pieces as are near each other."""
        if len(numbers) == 0:
            return np.empty((0, 4))
        breaks = np.flatnonzero(np.diff(numbers) > _GAP_NODES) + 1
        pieces: list[Boxes] = []
        for run in np.split(numbers, breaks):
            read = self.boxes(file, level, int(run[0]), int(run[-1]) + 1)
            pieces.append(read["box"][run - run[0]])
        return np.concatenate(pieces)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Boxes that were found: their numbers within their level, (n,) int64, and themselves, (n, 4) float64."""

    numbers: NDArray[np.int64]
    boxes: Boxes


def read_index(path: Path) -> PackedIndex | None:
    """Return where the index of a file lies; None where the file has none.

    Raises
    ------
    ReadingError
        Where the file is no FlatGeobuf, or its header makes no sense.
    """
    with path.open("rb") as file:
        head = file.read(_HEADER_AT)
        if not head.startswith(MAGIC) or len(head) < _HEADER_AT:
            raise ReadingError("The content of the file is no FlatGeobuf.", where=path.name)
        length = int.from_bytes(head[8:12], "little")
        header = file.read(min(length, _LONGEST_HEADER))
    try:
        count = _field(header, _COUNT_FIELD, "<Q", 0)
        node_size = _field(header, _NODE_SIZE_FIELD, "<H", _USUAL_NODE_SIZE)
    except struct.error as error:
        raise ReadingError("The header of the file makes no sense.", where=path.name) from error
    if count == 0 or node_size < 2:
        return None
    start = _HEADER_AT + length
    index = PackedIndex(path, count, node_size, start, _levels(count, node_size))
    if index.features_start > path.stat().st_size:
        raise ReadingError("The file is shorter than its index says.", where=path.name)
    return index


def field_at(header: bytes, number: int) -> int:
    """Return where a field's value stands in a header; 0 for one that is not there.

    Raises
    ------
    struct.error
        Where the header is too short.
    """
    (root,) = struct.unpack_from("<I", header, 0)
    (back,) = struct.unpack_from("<i", header, root)
    table = root - back
    (size,) = struct.unpack_from("<H", header, table)
    slot = 4 + 2 * number
    if slot + 2 > size:
        return 0
    (offset,) = struct.unpack_from("<H", header, table + slot)
    return root + offset if offset else 0


def _field(header: bytes, number: int, kind: str, default: int) -> int:
    at = field_at(header, number)
    return int(struct.unpack_from(kind, header, at)[0]) if at else default


def _levels(count: int, node_size: int) -> tuple[tuple[int, int], ...]:
    sizes = [count]
    while True:
        sizes.append(-(-sizes[-1] // node_size))
        if sizes[-1] == 1:
            break
    ends: list[tuple[int, int]] = []
    at = 0
    for size in reversed(sizes):
        ends.append((at, at + size))
        at += size
    return tuple(ends)


def touching(boxes: Boxes, wanted: Boxes) -> NDArray[np.bool_]:
    """Return which boxes touch one of some others; shapes (n, 4) and (k, 4)."""
    found = np.zeros(len(boxes), dtype=np.bool_)
    for left, bottom, right, top in wanted.tolist():
        found |= (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= top) & (boxes[:, 3] >= bottom)
    return found
