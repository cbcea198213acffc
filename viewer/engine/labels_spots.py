"""The ways to set a name at its point: beside its symbol on one side or another, or on the spot in one line or two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.engine.labels_names import Name
from viewer.engine.labels_text import ASCENT_EM, MIDDLE_EM, Block, Typesetter

_GAP_PX = 2.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """One way to set a name: a block, and from its anchor to the block's middle, with half its size, in pixels."""

    block: Block
    x: float
    y: float
    half_width: float
    half_height: float
    cost: float


class SpotBook:
    """The ways to set each name, worked out once for all bearings."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._known: dict[str, tuple[tuple[Spot, ...], Floats, Floats]] = {}

    def of(self, name: Name) -> tuple[tuple[Spot, ...], Floats, Floats]:
        """Return the ways to set a name, the preferred one first, with their boxes (n, 4) and costs (n,)."""
        known = self._known.get(name.reference)
        if known is None:
            role = name.label.role
            blocks = self._typesetter.blocks(self._typesetter.shown(name.text, role), role)
            spots = _centred(name, blocks) if name.centred else _beside(name, blocks[0])
            boxes = np.array([(spot.x, spot.y, spot.half_width, spot.half_height) for spot in spots])
            known = self._known[name.reference] = spots, boxes, np.array([spot.cost for spot in spots])
        return known


def _centred(name: Name, blocks: tuple[Block, ...]) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    for extra, block in enumerate(blocks):
        half_width, half_height = block.width * name.size_px / 2, block.height * name.size_px / 2
        for step, cost in ((0.0, 1.0), (-1.1, 1.3), (1.1, 1.3)):
            y = step * half_height
            spots.append(Spot(block, 0.0, y, half_width, half_height, cost + 0.5 * extra))
    return tuple(spots)


def _beside(name: Name, block: Block) -> tuple[Spot, ...]:
    size, symbol = name.size_px, name.symbol_px
    half_width, half_height = block.width * size / 2, block.height * size / 2
    level = half_height - (ASCENT_EM - MIDDLE_EM) * size
    side, corner = symbol + _GAP_PX + half_width, symbol * 0.72 + 2.0 + half_width
    low, high = symbol * 0.6 + 0.7 * half_height, symbol + 1.0 + half_height
    places = (
        (side, level, 1.0),
        (corner, -low, 1.02),
        (corner, low, 1.03),
        (-side, level, 1.06),
        (-corner, -low, 1.08),
        (-corner, low, 1.09),
        (0.0, -high, 1.12),
        (0.0, high, 1.12),
    )
    return tuple(Spot(block, x, y, half_width, half_height, cost) for x, y, cost in places)
