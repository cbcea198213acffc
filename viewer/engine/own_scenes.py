"""The person's own layers in the engine: whole ones, and those of which only what is near the view is at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from geodata import prepared, swarm
from geodata.errors import GeodataError
from geodata.extent import Extent
from geodata.prepared import PreparedLayer
from geodata.swarm import Swarm
from viewer.engine.path_cache import PathCache
from viewer.engine.scene import LayerScene
from viewer.model.layer import Layer

VERTICES_KEPT = 3_000_000
"""Of all layers of the person's own together; vertices in shared paths cost some 30 bytes."""


@dataclass(slots=True, eq=False)
class FarScene:
    """A layer too large to be held: where its features are, and those near the view, exactly.

    Attributes
    ----------
    places : Swarm
        Where all features are.
    near : LayerScene, Swarm or None
        The features near the view, or their places where they are too many.
    reach : Extent or None
        Where `near` holds everything.
    """

    places: Swarm
    near: LayerScene | Swarm | None = None
    reach: Extent | None = None

    def for_view(self, extent: Extent) -> LayerScene | Swarm:
        """Return what is drawn of the layer in an extent."""
        if self.near is not None and self.reach is not None and self.reach.contains(extent):
            return self.near
        return self.places

    def exact_at(self, x: float, y: float) -> LayerScene | None:
        """Return the features around a point, where they are at hand."""
        is_here = self.reach is not None and self.reach.contains(Extent(x, y, x, y))
        return self.near if is_here and isinstance(self.near, LayerScene) else None


class OwnScenes:
    """Opens the files of own layers that are new or changed, and lets go of those that are gone."""

    def __init__(self) -> None:
        self._paths = PathCache(VERTICES_KEPT)
        self._opened: dict[str, str] = {}
        self._near: dict[str, str] = {}
        self.far: dict[str, FarScene] = {}
        self.whole: dict[str, LayerScene] = {}

    def update(self, layers: list[Layer]) -> tuple[set[str], tuple[GeodataError, ...]]:
        """Hold these layers from now on; return the ids of those that are other than before, and what is wrong."""
        wanted = {layer.id: layer.prepared_path for layer in layers}
        changed = {layer_id for layer_id, path in self._opened.items() if wanted.get(layer_id) != path}
        for layer_id in changed:
            self._forget(layer_id)
        problems: list[GeodataError] = []
        for layer in layers:
            try:
                changed |= self._open(layer)
            except GeodataError as problem:
                problems.append(problem)
        return changed, tuple(problems)

    def _open(self, layer: Layer) -> set[str]:
        fresh: set[str] = set()
        if layer.id not in self._opened:
            self._opened[layer.id] = layer.prepared_path
            fresh.add(layer.id)
            found = self._read(layer.id, layer.prepared_path)
            if isinstance(found, Swarm):
                self.far[layer.id] = FarScene(found)
            else:
                self.whole[layer.id] = found
        far, path = self.far.get(layer.id), layer.near.path if layer.near else ""
        if far is not None and self._near.get(layer.id, "") != path:
            self._near[layer.id] = path
            self._paths.forget(layer.id)
            far.near, far.reach = None, None
            fresh.add(layer.id)
            if layer.near is not None:
                far.near, far.reach = self._read(layer.id, path), Extent(*layer.near.reach)
        return fresh

    def _read(self, layer_id: str, path: str) -> LayerScene | Swarm:
        if swarm.is_swarm(Path(path)):
            return replace(swarm.read(Path(path)), id=layer_id)
        return LayerScene(replace(prepared.read(Path(path)), id=layer_id), self._paths)

    def _forget(self, layer_id: str) -> None:
        self._paths.forget(layer_id)
        for kept in (self._opened, self._near, self.far, self.whole):
            kept.pop(layer_id, None)


def is_named(layer: Layer, layer_data: PreparedLayer) -> bool:
    """Return whether a layer's names and symbols count when names are placed: not where they are far too many."""
    return not layer.is_own or layer.label is not None or layer_data.levels[0].part_count <= MOST_KEPT_CLEAR


MOST_KEPT_CLEAR = 2_000
"""Symbols of own layers that names keep clear of, in one layer."""
