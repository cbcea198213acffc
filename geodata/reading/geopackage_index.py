"""The spatial index of a GeoPackage's layer, read where it is needed and never whole.

SQLite keeps an R-tree in a table of nodes: two bytes of depth (of the root's alone), two of how many cells follow, then
24 bytes a cell: the number of a child node, or in the leaves of a feature, and its box as four floats of 32 bits, each
rounded outward. Source: the documentation of SQLite's R*Tree module (sqlite.org/rtree.html), its virtual table format.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import ReadingError
from geodata.reading.flatgeobuf import Boxes, Found, touching

_CELL = np.dtype([("number", ">i8"), ("box", ">f4", 4)])
_ROOT = 1
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NodeIndex:
    """Where the index of a layer is.

    Attributes
    ----------
    path : Path
        The file.
    table : str
        The index's table of nodes.
    count : int
        How many features the layer has.
    depth : int
        How many levels of boxes lie under the root's.
    """

    path: Path
    table: str
    count: int
    depth: int

    def search(self, wanted: Boxes | None, *, level: int = -1, most: int = 1_000_000) -> Found | None:
        """Return the boxes of a level that touch one of some boxes, in no order; None where there would be too many.

        Numbers are those of features at the last level, -1; of nodes at others, 0 being the root's own boxes.

        Raises
        ------
        ReadingError
            Where the index is damaged.
        """
        target = level % (self.depth + 1)
        numbers = np.array([_ROOT], dtype=np.int64)
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
                for depth in range(target + 1):
                    cells = _cells_of(opened, self.table, numbers)
                    boxes = _boxes_of(cells)
                    if wanted is not None:
                        hit = touching(boxes, wanted)
                        cells, boxes = cells[hit], boxes[hit]
                    numbers = cells["number"].astype(np.int64)
                    if len(numbers) > most:
                        return None
                    if depth == target:
                        return Found(numbers, boxes)
        except (sqlite3.Error, ValueError) as error:
            raise ReadingError(f"The spatial index is damaged ({error}).", where=self.path.name) from error
        raise AssertionError("the loop ends at the target")

    def overview(self, most: int) -> Found:
        """Return the finest boxes that are not more than so many, each for about as many features as any other."""
        best: Found | None = None
        for level in range(self.depth + 1):
            found = self.search(None, level=level, most=most)
            if found is None:
                break
            best = found
        assert best is not None, "the root's boxes are a few dozen"
        return best


def read_node_index(path: Path, layer: str) -> NodeIndex | None:
    """Return where the index of a GeoPackage's layer is; None where it has none.

    Raises
    ------
    ReadingError
        Where the file cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            column = opened.execute(
                "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
            ).fetchone()
            name = f"rtree_{layer}_{column[0]}" if column else ""
            nodes = opened.execute("SELECT name FROM sqlite_master WHERE name = ?", (f"{name}_node",)).fetchone()
            if nodes is None:
                return None
            (count,) = opened.execute(f"SELECT count(*) FROM {_quoted(f'{name}_rowid')}").fetchone()
            (root,) = opened.execute(f"SELECT data FROM {_quoted(nodes[0])} WHERE nodeno = {_ROOT}").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise ReadingError(f"The file cannot be read ({error}).", where=path.name) from error
    return NodeIndex(path, str(nodes[0]), int(count), int.from_bytes(root[:2], "big"))


def feature_tables(path: Path) -> tuple[str, ...]:
    """Return the layers of a GeoPackage that have geometries; none for a file that cannot be read so."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            return tuple(str(name) for (name,) in opened.execute("SELECT table_name FROM gpkg_geometry_columns"))
    except sqlite3.Error:
        return ()


def _cells_of(opened: sqlite3.Connection, table: str, numbers: NDArray[np.int64]) -> NDArray[np.void]:
    parts: list[bytes] = []
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE].tolist()
        rows: Sequence[tuple[bytes]] = opened.execute(
            f"SELECT data FROM {_quoted(table)} WHERE nodeno IN ({','.join(map(str, some))})"
        ).fetchall()
        parts += [data[4 : 4 + int.from_bytes(data[2:4], "big") * _CELL.itemsize] for (data,) in rows]
    return np.frombuffer(b"".join(parts), dtype=_CELL)


def _boxes_of(cells: NDArray[np.void]) -> Boxes:
    """Return boxes as left, bottom, right, top; the index has left, right, bottom, top."""
    return cells["box"].astype(np.float64)[:, [0, 2, 1, 3]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
