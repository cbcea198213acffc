"""Where a picture's labels stand now, after the camera has moved on: arithmetic for every frame, without Qt."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.model.camera import Viewport


class Pieces(Protocol):
    """What a set of labels must hold to be placed; `viewer.engine.messages.LabelSet` says what each array means."""

    @property
    def anchors(self) -> NDArray[np.float64]:
        """Map metres, (n, 2)."""
        ...

    @property
    def offsets(self) -> NDArray[np.float32]:
        """Logical pixels right and down, (n, 2)."""
        ...

    @property
    def angles_deg(self) -> NDArray[np.float32]:
        """Clockwise turn of each piece at the bearing it was placed for, (n,)."""
        ...

    @property
    def turning(self) -> NDArray[np.bool_]:
        """Which pieces turn with the map, (n,)."""
        ...


def screen_positions(
    labels: Pieces, viewport: Viewport, *, placed_bearing_deg: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the middle of each piece lies in a view, and its turn.

    Names keep their size whatever the zoom. Names along a line turn with the map about their anchor; all others stay
    upright. For the very view that the labels were placed for, upright pieces lie on whole device pixels.

    Parameters
    ----------
    labels
        The pieces, n of them.
    viewport
        The view to show them in.
    placed_bearing_deg
        The bearing of the view that they were placed for.

    Returns
    -------
    positions : (n, 2) float64
        Logical pixels from the view's top left corner, right and down.
    angles_deg : (n,) float64
        Clockwise.
    """
    positions = viewport.to_screen_many(labels.anchors)
    angles = labels.angles_deg.astype(np.float64)
    turn_deg = placed_bearing_deg - viewport.camera.bearing_deg
    if turn_deg == 0.0 or not labels.turning.any():
        positions += labels.offsets
        return positions, angles
    turn = math.radians(turn_deg)
    cos = np.where(labels.turning, math.cos(turn), 1.0)
    sin = np.where(labels.turning, math.sin(turn), 0.0)
    right, down = labels.offsets[:, 0], labels.offsets[:, 1]
    positions[:, 0] += right * cos - down * sin
    positions[:, 1] += right * sin + down * cos
    angles[labels.turning] += turn_deg
    return positions, angles
