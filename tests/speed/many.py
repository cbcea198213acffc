"""Layers of millions, made from a seed: what an analyst may open, to measure by. Never kept in the repository."""

from __future__ import annotations

import argparse
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from geodata.reading.flatgeobuf import NODE, field_at

SEED = 20_260_901
FOLDER = Path(os.environ.get("ARCTIC_VIEWER_SETS", tempfile.gettempdir())) / "arctic-viewer-sets"
"""Where the layers are made, once; they may be deleted at any time."""

_SENTINELS = (7.25e11, 3.5e11)
_NUMBER, _VALUE = 1_234_567_891, 9.75e22
_CHUNK = 500_000

Floats = NDArray[np.float64]


def ship_tracks(count: int, rng: np.random.Generator) -> Floats:
    """Return positions strung along seeded sea ways, longitude and latitude, shape (count, 2)."""
    ways = 400
    starts = np.column_stack((rng.uniform(-180, 180, ways), rng.uniform(66, 78, ways)))
    turns = rng.normal(0, 1, (ways, 4))
    way = rng.choice(ways, count, p=(weights := rng.pareto(1.2, ways) + 0.05) / weights.sum())
    share = rng.random(count)
    bend = sum(turns[way, k] * np.sin((k + 1) * np.pi * share) / (k + 1) for k in range(4))
    lon = starts[way, 0] + 55 * share + rng.normal(0, 0.05, count)
    lat = np.clip(starts[way, 1] + 3 * bend + rng.normal(0, 0.03, count), 60.0, 89.5)
    return np.column_stack(((lon + 180) % 360 - 180, lat))


def polygons(path: Path) -> None:
    """Write 10,000 polygons with a million vertices north of 60°."""
    rng = np.random.default_rng(SEED)
    angles = np.linspace(0, 2 * np.pi, 101)[:-1]
    shapes: list[shapely.Geometry] = []
    for _ in range(10_000):
        lon, lat, size = rng.uniform(-180, 180), rng.uniform(61, 85), 10 ** rng.uniform(-1.6, -0.2)
        radius = size * (1 + 0.25 * np.cumsum(rng.normal(0, 0.12, 100)) * np.sin(angles / 2))
        shapes.append(
            shapely.Polygon(
                np.column_stack(
                    (lon + radius * np.cos(angles) / np.cos(np.radians(lat)), lat + radius * np.sin(angles) * 0.9)
                )
            )
        )
    frame = gpd.GeoDataFrame({"number": np.arange(10_000), "value": rng.random(10_000)}, geometry=shapes, crs=4326)
    frame.to_file(path, driver="FlatGeobuf", engine="pyogrio")


def lines(path: Path, count: int = 100_000) -> None:
    """Write so many lines of 12 vertices."""
    rng = np.random.default_rng(SEED + 1)
    starts = ship_tracks(count, rng)
    steps = np.cumsum(rng.normal(0, 0.08, (count, 12, 2)), axis=1) * [3.0, 1.0]
    coords = starts[:, None, :] + steps
    coords[..., 1] = np.clip(coords[..., 1], 60.0, 89.5)
    shapes = shapely.linestrings(coords)
    frame = gpd.GeoDataFrame({"number": np.arange(count), "value": rng.random(count)}, geometry=shapes, crs=4326)
    frame.to_file(path, driver="FlatGeobuf", engine="pyogrio")


def points(path: Path, count: int) -> None:
    """Write so many points clustered like ship tracks."""
    rng = np.random.default_rng(SEED + 2)
    xy = ship_tracks(count, rng)
    xy = xy[_order(xy)]
    write(path, shapely.Point(*_SENTINELS), lambda first, last: xy[first:last, None, :], count)


def parcels(path: Path, count: int = 18_000_000, corners: int = 10) -> None:
    """Write so many small polygons side by side between 60° and 80° N; some 5 GB."""
    side = 1 << (int(np.ceil(np.log2(count))) + 1) // 2
    ring = np.linspace(0, 2 * np.pi, corners)
    shape = np.column_stack((np.cos(ring), np.sin(ring))) * 0.48
    shape[-1] = shape[0]

    def rings(first: int, last: int) -> Floats:
        column, row = _unwoven(np.arange(first, last, dtype=np.uint64))
        middle = np.column_stack((40 + 100 * (column + 0.5) / side, 60 + 20 * (row + 0.5) / side))
        return middle[:, None, :] + shape * (100 / side, 20 / side)

    like = np.tile(np.array(_SENTINELS), (corners, 1)) * (1 + np.arange(corners)[:, None])
    like[-1] = like[0]
    write(path, shapely.Polygon(like), rings, count)


def write(path: Path, like: shapely.Geometry, coords: Callable[[int, int], Floats], count: int) -> None:
    """Write a FlatGeobuf of many features that differ in their numbers only, by a copied pattern.

    Parameters
    ----------
    path
        The file.
    like
        What each feature is like; its coordinates are taken for places to fill in.
    coords
        Returns the coordinates of the features of a range, shape (features, vertices, 2), near ones near each other.
    count
        How many features.
    """
    header, pattern = _pattern(like)
    vertices = shapely.get_num_coordinates(like)
    at = pattern.find(shapely.get_coordinates(like)[0].tobytes())
    number_at, value_at = pattern.find(struct.pack("<i", _NUMBER)), pattern.find(struct.pack("<d", _VALUE))
    size = len(pattern)
    boxes = np.empty((count, 4))
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(header)
        file.seek(_index_bytes(count), os.SEEK_CUR)
        for first, last in _chunks(count):
            xy = np.ascontiguousarray(coords(first, last))
            boxes[first:last, :2], boxes[first:last, 2:] = xy.min(axis=1), xy.max(axis=1)
            made = np.tile(np.frombuffer(pattern, dtype=np.uint8), (last - first, 1))
            made[:, at : at + 16 * vertices] = xy.reshape(last - first, -1).view(np.uint8)
            numbers = np.arange(first, last, dtype="<i4")
            made[:, number_at : number_at + 4] = numbers[:, None].view(np.uint8)
            values = np.sqrt(numbers.astype("<f8") % 10_007)
            made[:, value_at : value_at + 8] = values[:, None].view(np.uint8)
            file.write(made.tobytes())
        file.seek(0)
        file.write(_filled_in(header, count, boxes))
        for level in reversed(_levels(boxes, size)):
            file.write(level.tobytes())
    part.replace(path)


def _pattern(like: shapely.Geometry) -> tuple[bytes, bytes]:
    """Return the header of a file of one such feature, and that feature."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.fgb"
        frame = gpd.GeoDataFrame(
            {"number": np.array([_NUMBER], np.int32), "value": [_VALUE], "name": ["parcel"]}, geometry=[like], crs=4326
        )
        pyogrio.write_dataframe(frame, path, driver="FlatGeobuf")
        data = path.read_bytes()
    end = 12 + int.from_bytes(data[8:12], "little")
    return data[:end], data[end + 2 * NODE.itemsize :]


def _filled_in(header: bytes, count: int, boxes: Floats) -> bytes:
    body = bytearray(header[12:])
    struct.pack_into("<Q", body, field_at(bytes(body), 8), count)
    envelope = field_at(bytes(body), 1)
    vector = envelope + struct.unpack_from("<I", body, envelope)[0] + 4
    struct.pack_into("<4d", body, vector, *boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))
    return header[:12] + bytes(body)


def _levels(boxes: Floats, size: int) -> list[NDArray[np.void]]:
    """Return the nodes of an index, the features' first; inner ones tell the number of their first child."""
    sizes = [len(boxes)]
    while sizes[-1] > 1 or len(sizes) == 1:
        sizes.append(-(-sizes[-1] // 16))
    starts = np.cumsum([0, *sizes[::-1]])[: len(sizes)][::-1]
    leaf = np.empty(len(boxes), dtype=NODE)
    leaf["box"], leaf["offset"] = boxes, np.arange(len(boxes), dtype=np.uint64) * np.uint64(size)
    levels = [leaf]
    for count, start in zip(sizes[1:], starts[:-1], strict=True):
        below = levels[-1]["box"]
        firsts = np.arange(0, len(below), 16)
        node = np.empty(count, dtype=NODE)
        node["box"][:, :2] = np.minimum.reduceat(below[:, :2], firsts)
        node["box"][:, 2:] = np.maximum.reduceat(below[:, 2:], firsts)
        node["offset"] = start + firsts
        levels.append(node)
    return levels


def _index_bytes(count: int) -> int:
    total, level = count, count
    while level > 1 or total == count:
        level = -(-level // 16)
        total += level
    return total * NODE.itemsize


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK))


def _order(xy: Floats) -> NDArray[np.intp]:
    low, high = xy.min(axis=0), xy.max(axis=0)
    cells = ((xy - low) / (high - low) * 65_535).astype(np.uint64)
    return np.argsort(_woven(cells[:, 0]) | (_woven(cells[:, 1]) << np.uint64(1)))


_MASKS = ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F))
_MASKS = (*_MASKS, (2, 0x3333333333333333), (1, 0x5555555555555555))


def _woven(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, mask in _MASKS:
        number = (number | (number << np.uint64(shift))) & np.uint64(mask)
    return number


def _unwoven(code: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    pair: list[NDArray[np.uint64]] = []
    for half in (code, code >> np.uint64(1)):
        number = half & np.uint64(0x5555555555555555)
        for (shift, _), (_, mask) in zip(reversed(_MASKS), (*reversed(_MASKS[:-1]), (0, 0xFFFFFFFF)), strict=True):
            number = (number | (number >> np.uint64(shift))) & np.uint64(mask)
        pair.append(number)
    return pair[0], pair[1]


SETS: dict[str, Callable[[Path], None]] = {
    "polygons": polygons,
    "lines": lines,
    "points-1m": lambda path: points(path, 1_000_000),
    "points-10m": lambda path: points(path, 10_000_000),
    "parcels-5gb": parcels,
}


def made(name: str) -> Path:
    """Return the file of a set, made where it is not there yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.fgb"
    if not path.is_file():
        SETS[name](path)
    return path


def main() -> None:
    """Make the sets that were named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="+", choices=SETS)
    for name in parser.parse_args().names:
        path = made(name)
        print(f"{path}: {path.stat().st_size / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
