"""The menu of a place on the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from geodata.extent import Extent
from geodata.hit import Hit
from viewer.model.camera import Camera, Viewport

_CLOSER = 4.0
_POINT_MPP = 1_000.0


@dataclass(frozen=True, slots=True)
class PlaceMenuDeeds:
    """What the menu can do; the window says how."""

    copy_position: Callable[[], None]
    fly_to: Callable[[Camera], None]


def place_menu(
    viewport: Viewport,
    *,
    at: tuple[float, float],
    position: str,
    hit: Hit | None,
    deeds: PlaceMenuDeeds,
    further: tuple[QAction, ...],
    parent: QWidget,
) -> QMenu:
    """Return the menu for a place.

    Parameters
    ----------
    viewport
        The view it was asked for in.
    at
        The place in map metres.
    position
        The place in words, as it would be copied.
    hit
        The feature there, or None.
    deeds, further
        What its own entries do, and actions of the window to offer as well.
    parent
        The window, for place and look.
    """
    menu = QMenu(parent)
    menu.addAction(f"Copy position  {position}", deeds.copy_position)
    menu.addSeparator()
    if hit is not None:
        camera = feature_camera(viewport, hit.extent)
        menu.addAction(f"Zoom to {_shortened(hit.name)}", lambda: deeds.fly_to(camera))
    closer = closer_camera(viewport.camera, at)
    menu.addAction("Zoom in here", lambda: deeds.fly_to(closer))
    menu.addSeparator()
    menu.addActions(list(further))
    return menu


def feature_camera(viewport: Viewport, extent: Extent) -> Camera:
    """Return the camera that shows a feature whole; a point is come close to, never gone away from."""
    camera = viewport.fitted(extent)
    if max(extent.width, extent.height) > 0:
        return camera
    scale = min(viewport.camera.metres_per_pixel, _POINT_MPP)
    return Camera(camera.x, camera.y, scale, camera.bearing_deg).clamped()


def closer_camera(camera: Camera, at: tuple[float, float]) -> Camera:
    """Return the camera over a place, four times as close."""
    return Camera(*at, camera.metres_per_pixel / _CLOSER, camera.bearing_deg).clamped()


def _shortened(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39].rstrip()}…"
