"""The layers of the map, as an ordered value."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from viewer.model.styles import LabelStyle, Style


@dataclass(frozen=True, slots=True)
class Near:
    """What is at hand of a layer that is too large to be held: a file, and the map metres in which it has everything.

    `reach` is left, bottom, right, top.
    """

    path: str
    reach: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as it is shown now.

    Attributes
    ----------
    id, title, group : str
        Its id in the catalogue, its name for people, the heading it stands under.
    style : Style
        How it is drawn.
    label : LabelStyle or None
        How its features are named.
    visible, opacity, selectable
        Whether it is drawn at all, how strongly (0–1), and whether a click can find its features.
    min_mpp, max_mpp : float
        It is drawn while ``min_mpp <= metres per pixel < max_mpp``.
    rank_field : str
        The attribute, a whole number from 0, by which lesser features wait for a closer view; empty for none.
    rank_limits : tuple of float
        The coarsest metres per pixel at which each rank appears; the last one serves all higher ranks.
    prepared_path : str
        Where the prepared form of a layer of the person's own lies; empty for those of the catalogue.
    count : int
        How many features a layer of the person's own has.
    near : Near or None
        Of a layer too large to be held, the part near the view.
    """

    id: str
    title: str
    group: str
    style: Style
    label: LabelStyle | None = None
    visible: bool = True
    opacity: float = 1.0
    selectable: bool = False
    min_mpp: float = 0.0
    max_mpp: float = float("inf")
    rank_field: str = ""
    rank_limits: tuple[float, ...] = ()
    prepared_path: str = ""
    count: int = 0
    near: Near | None = None

    @property
    def is_own(self) -> bool:
        """Whether a person brought the layer."""
        return bool(self.prepared_path)

    def in_scale(self, metres_per_pixel: float) -> bool:
        """Return whether the layer is meant for this scale."""
        return self.min_mpp <= metres_per_pixel < self.max_mpp

    def shows_rank(self, rank: Any, metres_per_pixel: float) -> bool:
        """Return whether a feature of this rank is shown at this scale; features without a rank always are."""
        return metres_per_pixel <= self.rank_limit(rank)

    def rank_limit(self, rank: Any) -> float:
        """Return the coarsest metres per pixel at which a feature of this rank is shown.

        Infinite for a feature without a rank: what is no finite number, or is true or false, is none.
        """
        if not self.rank_limits or isinstance(rank, bool) or not isinstance(rank, int | float):
            return math.inf
        if not math.isfinite(rank):
            return math.inf
        return self.rank_limits[min(max(int(rank), 0), len(self.rank_limits) - 1)]


@dataclass(frozen=True, slots=True)
class LayerStack:
    """All layers in drawing order, the lowest first."""

    layers: tuple[Layer, ...] = field(default=())

    def __iter__(self) -> Iterator[Layer]:
        """Iterate from the lowest to the topmost."""
        return iter(self.layers)

    def get(self, layer_id: str) -> Layer | None:
        """Return a layer by its id, or None."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    def drawn_at(self, metres_per_pixel: float) -> tuple[Layer, ...]:
        """Return the layers that are visible and in scale, the lowest first."""
        return tuple(
            layer for layer in self.layers if layer.visible and layer.opacity > 0 and layer.in_scale(metres_per_pixel)
        )

    def with_layer(self, changed: Layer) -> LayerStack:
        """Return a stack in which the layer of the same id is replaced."""
        return LayerStack(tuple(changed if layer.id == changed.id else layer for layer in self.layers))

    def with_added(self, added: Layer, *, before: str = "") -> LayerStack:
        """Return a stack with one layer more, right under the layer named, or on top where there is none of that id."""
        ids = [layer.id for layer in self.layers]
        at = ids.index(before) if before in ids else len(ids)
        return LayerStack((*self.layers[:at], added, *self.layers[at:]))

    def without(self, layer_id: str) -> LayerStack:
        """Return a stack in which a layer is missing."""
        return LayerStack(tuple(layer for layer in self.layers if layer.id != layer_id))

    def with_visible(self, layer_ids: frozenset[str], visible: bool) -> LayerStack:
        """Return a stack in which these layers are all shown or all hidden."""
        return LayerStack(
            tuple(replace(layer, visible=visible) if layer.id in layer_ids else layer for layer in self.layers)
        )
