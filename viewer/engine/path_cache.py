"""The paths that are kept from one picture for the next, within a budget."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QPainterPath

VERTICES_KEPT = 600_000
"""What the fullest view of the default map needs at 1920 x 1080, and the scales next to it, which are made ready ahead;
a vertex costs about a hundred bytes."""


class PathCache:
    """Keeps paths by key; beyond so many vertices those go that were not asked for the longest."""

    def __init__(self, most_vertices: int = VERTICES_KEPT) -> None:
        self._most = most_vertices
        self._paths: OrderedDict[Hashable, tuple[QPainterPath, ...]] = OrderedDict()
        self._vertices = 0

    @property
    def vertices(self) -> int:
        """How many vertices are kept; more than the budget only where a single path has more."""
        return self._vertices

    def forget(self, layer_id: str) -> None:
        """Let go of the paths of a layer, whose id their keys begin with."""
        for key in [key for key in self._paths if isinstance(key, tuple) and key[0] == layer_id]:
            self._vertices -= _vertices(self._paths.pop(key))

    def clear(self) -> None:
        """Let go of all paths; they are made again when they are asked for."""
        self._paths.clear()
        self._vertices = 0

    def get(self, key: Hashable, make: Callable[[], QPainterPath]) -> QPainterPath:
        """Return the path of a key, made where it is not kept."""
        return self.get_all(key, lambda: (make(),))[0]

    def get_all(self, key: Hashable, make: Callable[[], tuple[QPainterPath, ...]]) -> tuple[QPainterPath, ...]:
        """Return the paths of a key, made where they are not kept."""
        paths = self._paths.get(key)
        if paths is not None:
            self._paths.move_to_end(key)
            return paths
        paths = self._paths[key] = make()
        self._vertices += _vertices(paths)
        while self._vertices > self._most and len(self._paths) > 1:
            self._vertices -= _vertices(self._paths.popitem(last=False)[1])
        return paths


def _vertices(paths: tuple[QPainterPath, ...]) -> int:
    return sum(path.elementCount() for path in paths)
