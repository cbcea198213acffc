"""Layers ready to be drawn: projected levels of detail as flat arrays, and the file they are kept in.

A prepared file is a header and aligned arrays, mapped into memory. Its 64-bit words add up to zero, which is proved at
opening, 0.1 ms a megabyte: a file cut short, or with any byte or run of bytes changed, is refused, so that nothing
that draws or searches needs to doubt what it reads. Not noticed is what leaves the sum as it was: words that changed
places, and changes that make up for one another. Coordinates are whole centimetres of the map CRS in
32 bits, which reach 21,474 km from the pole; the map's rim lies at 12,367 km.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from geodata.errors import PreparedError, why_unreadable
from geodata.extent import Extent

FORMAT_VERSION = 2
UNITS_PER_METRE = 100

_KIND = b"ARCTIC LAYER v"
_MAGIC = b"%b%d\n" % (_KIND, FORMAT_VERSION)
_START = len(_MAGIC) + 16
"""After the magic come the header's length and the word that makes the sum zero, of 8 bytes each."""
_ALIGNMENT = 64
_WORD = np.dtype("<u8")

GeometryKind = Literal["polygon", "line", "point"]
Attributes = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One level of detail of a layer, as ragged arrays.

    Attributes
    ----------
    tolerance_m : float
        By how many map metres a line may be off; 0 for full detail.
    coords : (n, 2) int32
        Vertices in map centimetres. Rings are closed.
    ring_offsets : (r + 1,) int32
        Ring ``i`` is ``coords[ring_offsets[i]:ring_offsets[i + 1]]``. A line has one ring a part; points have one
        vertex a ring.
    part_offsets : (p + 1,) int32
        Part ``i`` owns the rings ``part_offsets[i]:part_offsets[i + 1]``, shell first, then holes.
    feature_of_part : (p,) int32
        Row of the feature that a part belongs to, ascending.
    bounds : (p, 4) float64
        Left, bottom, right, top of each part in map metres.
    """

    tolerance_m: float
    coords: NDArray[np.int32]
    ring_offsets: NDArray[np.int32]
    part_offsets: NDArray[np.int32]
    feature_of_part: NDArray[np.int32]
    bounds: NDArray[np.float64]

    @property
    def part_count(self) -> int:
        """How many parts the level holds."""
        return len(self.feature_of_part)

    def rings_of(self, part: int) -> Iterator[NDArray[np.float64]]:
        """Yield the rings of a part, shell first, as (n, 2) arrays in map metres."""
        for ring in range(self.part_offsets[part], self.part_offsets[part + 1]):
            yield self.coords[self.ring_offsets[ring] : self.ring_offsets[ring + 1]] / UNITS_PER_METRE

    def vertices_of(self, row: int) -> int:
        """Return how many vertices a feature has."""
        first, last = self._rings_in(row)
        return int(self.ring_offsets[last] - self.ring_offsets[first])

    def rings_of_feature(self, row: int) -> tuple[NDArray[np.float64], ...]:
        """Return the rings of all parts of a feature as (n, 2) arrays in map metres, views of one array."""
        first, last = self._rings_in(row)
        offsets = self.ring_offsets[first : last + 1]
        vertices = self.coords[offsets[0] : offsets[-1]] / UNITS_PER_METRE
        starts = (offsets - offsets[0]).tolist()
        return tuple(vertices[start:end] for start, end in pairwise(starts))

    def _rings_in(self, row: int) -> tuple[int, int]:
        """Return the first ring of a feature, and the one after its last."""
        first, last = np.searchsorted(self.feature_of_part, [row, row + 1])
        return int(self.part_offsets[first]), int(self.part_offsets[last])


@dataclass(frozen=True, eq=False)
class PreparedLayer:
    """A layer that can be drawn and clicked without any further reading or projecting.

    Attributes
    ----------
    id : str
        The layer's id in the catalogue.
    geometry : {"polygon", "line", "point"}
        What the parts are.
    levels : tuple of Level
        Finest first, by rising tolerance; at least one.
    outlines : tuple of Level
        For polygons whose rings contain edges that are no border (the cut at 180°): the lines to stroke instead,
        level for level. Empty where the rings themselves are the outline.
    attributes_json : bytes
        Columns by name, each with one value a feature; decoded when first asked for.
    """

    id: str
    geometry: GeometryKind
    levels: tuple[Level, ...]
    outlines: tuple[Level, ...]
    attributes_json: bytes

    @cached_property
    def attributes(self) -> Attributes:
        """Columns by name; every layer has at least ``id`` and ``name``."""
        return cast("Attributes", json.loads(self.attributes_json))

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of a feature by its id."""
        return {str(feature): row for row, feature in enumerate(self.attributes["id"])}

    @cached_property
    def extent(self) -> Extent | None:
        """The extent of everything at the coarsest level; None where the layer is empty."""
        bounds = self.levels[-1].bounds
        if len(bounds) == 0:
            return None
        low, high = bounds.min(axis=0), bounds.max(axis=0)
        return Extent(float(low[0]), float(low[1]), float(high[2]), float(high[3]))

    def feature(self, row: int) -> dict[str, Any]:
        """Return the attributes of one feature by its row."""
        return {name: column[row] for name, column in self.attributes.items()}

    def feature_extent(self, row: int) -> Extent | None:
        """Return the extent of one feature at full detail, in map metres; None where nothing of it is left."""
        level = self.levels[0]
        first, last = np.searchsorted(level.feature_of_part, [row, row + 1])
        if first == last:
            return None
        bounds = level.bounds[first:last]
        low, high = bounds.min(axis=0), bounds.max(axis=0)
        return Extent(float(low[0]), float(low[1]), float(high[2]), float(high[3]))

    def level_for(self, metres_per_pixel: float, *, pixels: float = 0.5) -> int:
        """Return the index of the coarsest level that is off by no more than a share of a pixel."""
        allowed = metres_per_pixel * pixels
        best = 0
        for index, level in enumerate(self.levels):
            if level.tolerance_m <= allowed:
                best = index
        return best


_ARRAYS = ("coords", "ring_offsets", "part_offsets", "feature_of_part", "bounds")
_TYPES = {name: np.dtype("<i4") for name in _ARRAYS} | {"bounds": np.dtype("<f8")}


def write(layer: PreparedLayer, path: Path) -> None:
    """Write a layer to a file in one step, so that whoever has the old one mapped keeps it whole.

    The same layer gives the same bytes.
    """
    blobs: list[bytes] = [layer.attributes_json]
    header: dict[str, Any] = {"id": layer.id, "geometry": layer.geometry}
    header["attributes"] = len(layer.attributes_json)
    for group, levels in (("levels", layer.levels), ("outlines", layer.outlines)):
        header[group] = [_describe(level, blobs) for level in levels]
    header["size"] = sum(_padded(len(blob)) for blob in blobs)
    head = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    start = _padded_bytes(_MAGIC + len(head).to_bytes(8, "little") + bytes(8) + head)
    padded = [_padded_bytes(blob) for blob in blobs]
    balance = -sum(_sum_of_words(blob) for blob in (start, *padded)) % 2**64
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(start[: _START - 8] + balance.to_bytes(8, "little") + start[_START:])
            file.writelines(padded)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path) -> PreparedLayer:
    """Map a prepared file into memory and make sure that it is whole.

    Raises
    ------
    PreparedError
        Where the file is missing, cut short, damaged, or of another format version.
    """
    advice = "Make it anew with: python -m geodata.bundle"
    try:
        with path.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise PreparedError(
            f"The prepared layer cannot be read: {why_unreadable(error)}.", where=str(path), advice=advice
        ) from error
    except ValueError as error:
        raise PreparedError("The prepared layer is empty.", where=str(path), advice=advice) from error
    try:
        return _parse(memory)
    except (ValueError, KeyError, TypeError) as error:
        raise PreparedError(f"The prepared layer is damaged: {error}.", where=str(path), advice=advice) from error


def _describe(level: Level, blobs: list[bytes]) -> dict[str, Any]:
    lengths: dict[str, int] = {}
    for name in _ARRAYS:
        array = np.ascontiguousarray(getattr(level, name), dtype=_TYPES[name])
        lengths[name] = len(array)
        blobs.append(array.tobytes())
    return {"tolerance_m": level.tolerance_m, "lengths": lengths}


def _parse(memory: mmap.mmap) -> PreparedLayer:
    _refuse_damaged(memory)
    length = int.from_bytes(memory[len(_MAGIC) : len(_MAGIC) + 8], "little")
    header = json.loads(memory[_START : _START + length])
    start = _padded(_START + length)
    if len(memory) != start + header["size"]:
        raise ValueError("it is not as long as it says")
    attributes = memory[start : start + header["attributes"]]
    cursor = start + _padded(header["attributes"])
    groups: dict[str, tuple[Level, ...]] = {}
    for group in ("levels", "outlines"):
        levels: list[Level] = []
        for entry in header[group]:
            level, cursor = _level(memory, cursor, entry)
            levels.append(level)
        groups[group] = tuple(levels)
    return PreparedLayer(
        id=header["id"],
        geometry=header["geometry"],
        levels=groups["levels"],
        outlines=groups["outlines"],
        attributes_json=attributes,
    )


def _refuse_damaged(memory: mmap.mmap) -> None:
    magic = memory[: len(_MAGIC)]
    if not magic.startswith(_KIND[:7]):
        raise ValueError("it does not begin as a prepared layer does")
    if magic != _MAGIC:
        raise ValueError(f"it is not of format version {FORMAT_VERSION}, which this program reads")
    if len(memory) % _ALIGNMENT or _sum_of_words(memory):
        raise ValueError("its contents do not add up, so it was cut short or changed")


def _sum_of_words(data: bytes | mmap.mmap) -> int:
    """Return the sum of the 64-bit words of a whole number of them, modulo 2⁶⁴."""
    return int(np.frombuffer(data, dtype=_WORD).sum(dtype=_WORD))


def _level(memory: mmap.mmap, cursor: int, entry: dict[str, Any]) -> tuple[Level, int]:
    arrays: dict[str, Any] = {}
    for name in _ARRAYS:
        width = {"coords": 2, "bounds": 4}.get(name, 1)
        count = entry["lengths"][name] * width
        array = np.frombuffer(memory, dtype=_TYPES[name], count=count, offset=cursor)
        arrays[name] = array.reshape(-1, width) if width > 1 else array
        cursor += _padded(array.nbytes)
    level = Level(tolerance_m=float(entry["tolerance_m"]), **arrays)
    _refuse_ragged(level)
    return level, cursor


def _refuse_ragged(level: Level) -> None:
    """Raise ValueError where the arrays do not fit together, which whoever draws would stumble over."""
    for offsets, count in ((level.ring_offsets, len(level.coords)), (level.part_offsets, len(level.ring_offsets) - 1)):
        if len(offsets) == 0 or offsets[0] != 0 or offsets[-1] != count or (offsets[1:] < offsets[:-1]).any():
            raise ValueError("its rings and parts do not fit together")
    features = level.feature_of_part
    if not len(features) == len(level.bounds) == len(level.part_offsets) - 1 or (features[1:] < features[:-1]).any():
        raise ValueError("its parts and features do not fit together")


def _padded_bytes(data: bytes) -> bytes:
    return data.ljust(_padded(len(data)), b"\0")


def _padded(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT
