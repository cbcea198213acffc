"""Points by the million, or boxes that stand for many features, as arrays that are mapped into memory and never copied.

What lies near each other on the map lies near each other in the file, in blocks with known bounds: what is drawn and
searched are the blocks in view, and the cost follows the view.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import PreparedError, why_unreadable
from geodata.extent import Extent
from geodata.prepared import UNITS_PER_METRE, GeometryKind

BLOCK = 8_192
"""Points in a block: what is drawn in one step of some tenths of a millisecond."""

MAGIC = b"ARCTIC SWARM v1\n"
_START = len(MAGIC) + 8
_ALIGNMENT = 64
_ADVICE = "Open its file again."


@dataclass(frozen=True, eq=False)
class Swarm:
    """Where many features are.

    Attributes
    ----------
    id : str
        The layer's id.
    geometry : {"polygon", "line", "point"}
        What the features are; only of points are the places those of the features themselves.
    coords : (n, 2) int32
        In map centimetres, near ones near each other.
    numbers : (n,) int32
        The number of a point's feature in its file, from 0; of boxes nothing.
    counts : (n,) int32
        How many features a place stands for; of points nothing, for each is one.
    blocks : (b, 4) int32
        Left, bottom, right, top of each block of `BLOCK` places.
    total : int
        How many features there are in all.
    span_m : float
        How large a place is on the map, in metres: half of the boxes are larger. 0 for points.
    """

    id: str
    geometry: GeometryKind
    coords: NDArray[np.int32]
    numbers: NDArray[np.int32]
    counts: NDArray[np.int32]
    blocks: NDArray[np.int32]
    total: int
    span_m: float

    @property
    def extent(self) -> Extent | None:
        """Where all places lie, in map metres; None where there are none."""
        if len(self.blocks) == 0:
            return None
        low, high = self.blocks[:, :2].min(axis=0), self.blocks[:, 2:].max(axis=0)
        return Extent(*(float(value) / UNITS_PER_METRE for value in (*low, *high)))

    def blocks_in(self, extent: Extent) -> NDArray[np.intp]:
        """Return the numbers of the blocks that touch an extent in map metres."""
        return np.flatnonzero(extent.touched_by(self.blocks / UNITS_PER_METRE))

    def places(self, block: int) -> slice:
        """Return which places a block holds."""
        return slice(block * BLOCK, (block + 1) * BLOCK)

    def near(self, x: float, y: float, tolerance_m: float) -> NDArray[np.intp]:
        """Return the places within a tolerance of a point in map metres, nearest first."""
        around = Extent(x, y, x, y).grown(tolerance_m)
        found: list[NDArray[np.intp]] = [np.empty(0, np.intp)]
        away: list[NDArray[np.float64]] = [np.empty(0)]
        for block in self.blocks_in(around).tolist():
            places = self.coords[self.places(block)] / UNITS_PER_METRE
            distance = np.hypot(places[:, 0] - x, places[:, 1] - y)
            close = np.flatnonzero(distance <= tolerance_m)
            found.append(close + block * BLOCK)
            away.append(distance[close])
        return np.concatenate(found)[np.argsort(np.concatenate(away), kind="stable")]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Some places on their way into a file: map metres (n, 2), numbers and counts (n,), sizes in metres (n,)."""

    xy: NDArray[np.float64]
    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]
    sizes: NDArray[np.float64]


def write(layer_id: str, geometry: GeometryKind, pieces: Iterable[Places], path: Path) -> int:
    """Write places into a file, piece by piece, and return for how many features they stand.

    Never holds more than the arrays of one piece and 16 bytes for each place.
    """
    coords: list[NDArray[np.int32]] = [np.empty((0, 2), np.int32)]
    numbers: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    counts: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    sizes: list[NDArray[np.float64]] = [np.empty(0)]
    for piece in pieces:
        coords.append(np.round(piece.xy * UNITS_PER_METRE).astype(np.int32))
        numbers.append(piece.numbers.astype(np.int32))
        if geometry != "point":
            counts.append(piece.counts.astype(np.int32))
        sizes.append(piece.sizes[:: max(1, len(piece.sizes) // 200)])
    arrays = [np.concatenate(part) for part in (coords, numbers, counts)]
    total = len(arrays[0]) if geometry == "point" else int(arrays[2].sum(dtype=np.int64))
    spans = np.concatenate(sizes)
    head = {
        "id": layer_id,
        "geometry": geometry,
        "total": total,
        "span_m": float(np.median(spans)) if len(spans) else 0.0,
        "lengths": [*map(len, arrays), len(blocks := _blocks_of(arrays[0]))],
    }
    _write_arrays(path, head, [*arrays, blocks])
    return total


def read(path: Path) -> Swarm:
    """Map a file into memory.

    Raises
    ------
    PreparedError
        Where it is missing, cut short, or none of this form.
    """
    try:
        with path.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        why = why_unreadable(error)
        raise PreparedError(f"The places of a layer cannot be read: {why}.", where=str(path), advice=_ADVICE) from error
    try:
        return _parse(memory)
    except (ValueError, KeyError, TypeError) as error:
        raise PreparedError(f"The places of a layer are damaged: {error}.", where=str(path), advice=_ADVICE) from error


def is_swarm(path: Path) -> bool:
    """Return whether a file begins as those of swarms do; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _blocks_of(coords: NDArray[np.int32]) -> NDArray[np.int32]:
    if len(coords) == 0:
        return np.empty((0, 4), np.int32)
    firsts = np.arange(0, len(coords), BLOCK)
    return np.hstack((np.minimum.reduceat(coords, firsts), np.maximum.reduceat(coords, firsts)))


def _write_arrays(path: Path, head: dict[str, Any], arrays: list[NDArray[np.int32]]) -> None:
    text = json.dumps(head, separators=(",", ":"), sort_keys=True).encode()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(_padded(MAGIC + len(text).to_bytes(8, "little") + text))
            for array in arrays:
                array.tofile(file)
                file.write(bytes(-array.nbytes % _ALIGNMENT))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _parse(memory: mmap.mmap) -> Swarm:
    if memory[: len(MAGIC)] != MAGIC:
        raise ValueError("they do not begin as they should")
    length = int.from_bytes(memory[len(MAGIC) : _START], "little")
    head = json.loads(memory[_START : _START + length])
    places, numbered, counted, blocks = head["lengths"]
    arrays = _arrays(memory, _START + length, ((places, 2), (numbered, 1), (counted, 1), (blocks, 4)))
    coords, numbers, counts, bounds = arrays
    if blocks != -(-places // BLOCK) or numbered != places or counted not in (0, places):
        raise ValueError("places and blocks do not fit together")
    return Swarm(
        id=str(head["id"]),
        geometry=head["geometry"],
        coords=coords,
        numbers=numbers[:, 0],
        counts=counts[:, 0],
        blocks=bounds,
        total=int(head["total"]),
        span_m=float(head["span_m"]),
    )


def _arrays(memory: mmap.mmap, after: int, shapes: Iterable[tuple[int, int]]) -> Iterator[NDArray[np.int32]]:
    at = after + -after % _ALIGNMENT
    made: list[NDArray[np.int32]] = []
    for rows, width in shapes:
        made.append(np.frombuffer(memory, np.dtype("<i4"), rows * width, at).reshape(rows, width))
        at += made[-1].nbytes + -made[-1].nbytes % _ALIGNMENT
    if at != len(memory):
        raise ValueError("they are not as long as they say")
    return iter(made)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
