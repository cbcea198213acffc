"""Which layers of the person's own are on the map, and which lies over which."""

from __future__ import annotations

import bisect

from viewer.model import layer_edits
from viewer.model.own_layers import OVER_THEM, OwnLayer


class OwnOrder:
    """The layers that are known, each at a place among the others.

    Attributes
    ----------
    known : dict
        Where each layer on the map is from, by its id.
    at : dict
        Its place, the lowest first; of layers that are about to be shown, too.
    """

    def __init__(self) -> None:
        self.known: dict[str, OwnLayer] = {}
        self.at: dict[str, float] = {}

    def forget(self, layer_id: str) -> None:
        """Know a layer no more."""
        self.known.pop(layer_id, None)
        self.at.pop(layer_id, None)

    def place_under(self, above: str) -> float:
        """Return a place right under a layer; on top of all where it is none of these."""
        order = self._in_order()
        number = order.index(above) if above in order else len(order)
        lower = self.at[order[number - 1]] if number else None
        return layer_edits.between(lower, self.at[above] if above in order else None)

    def place_beside(self, layer_id: str, by: int) -> float | None:
        """Return the place above the next layer (1) or under it (-1); None where there is none further."""
        order = self._in_order()
        new = order.index(layer_id) + by
        if not 0 <= new < len(order):
            return None
        near, far = self.at[order[new]], new + by
        beyond = self.at[order[far]] if 0 <= far < len(order) else None
        return layer_edits.between(near, beyond) if by > 0 else layer_edits.between(beyond, near)

    def above(self, layer_id: str) -> str:
        """Return the layer that one lies right under."""
        others = [known for known in self._in_order() if known != layer_id]
        number = bisect.bisect_right([self.at[known] for known in others], self.at[layer_id])
        return others[number] if number < len(others) else OVER_THEM

    def _in_order(self) -> list[str]:
        return sorted(self.known, key=lambda layer_id: self.at[layer_id])
