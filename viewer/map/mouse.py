"""What a tool is told of the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.model.camera import Camera


@dataclass(frozen=True, slots=True)
class MapMouse:
    """The pointer over the map.

    Attributes
    ----------
    x, y : float
        The point of the map beneath it, in map metres.
    px, py : float
        Where it is in the view, in logical pixels from the top left.
    camera : Camera
        The view at that moment.
    """

    x: float
    y: float
    px: float
    py: float
    camera: Camera
