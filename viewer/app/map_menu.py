"""The menu of a place on the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from geodata.extent import Extent
from geodata.hit import Hit
from geodata.stereographic import inverse
from viewer.messages import Grade, Messages
from viewer.model.camera import Camera, Viewport
from viewer.model.position_text import position_text
from viewer.model.settings import PositionStyle
from viewer.session import Session

_CLOSER = 4.0
_POINT_MPP = 1_000.0


AddEntries = Callable[[QMenu, tuple[float, float], Hit | None], None]
"""Adds entries to the menu of a place: the menu, the place in map metres, the feature there or None."""


class PlaceMenu(QObject):
    """Opens the menu of a place.

    Parameters
    ----------
    session, messages
        Where the map is moved, and where it is said what was done.
    further
        Actions of the window to offer in every place.
    position_style
        Returns how positions are written now.
    parent
        The window, for place and look.
    """

    def __init__(
        self,
        session: Session,
        messages: Messages,
        *,
        further: Sequence[QAction],
        position_style: Callable[[], PositionStyle],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._messages = messages
        self._further = tuple(further)
        self._position_style = position_style
        self._window = parent
        self._adding: list[AddEntries] = []

    def add_entries(self, add: AddEntries) -> None:
        """Let somebody add entries each time the menu opens, above those that every place has."""
        self._adding.append(add)

    def open(self, at_px: QPoint, at: tuple[float, float]) -> None:
        """Open the menu at a point of the screen for a place in map metres."""
        menu = self._menu(at, self._session.hovered)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at_px)

    def _menu(self, at: tuple[float, float], hit: Hit | None) -> QMenu:
        session = self._session
        menu = QMenu(self._window)
        lon, lat = inverse(*at)
        position = position_text(float(lon), float(lat), style=self._position_style())
        menu.addAction(f"Copy position  {position}", lambda: self._copy(position))
        menu.addSeparator()
        if hit is not None:
            camera = feature_camera(session.viewport, hit.extent)
            menu.addAction(f"Zoom to {_shortened(hit.name)}", lambda: session.fly_to(camera))
        closer = closer_camera(session.camera, at)
        menu.addAction("Zoom in here", lambda: session.fly_to(closer))
        menu.addSeparator()
        for add in self._adding:
            add(menu, at, hit)
        menu.addSeparator()
        menu.addActions(list(self._further))
        return menu

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._messages.tell(f"Copied: {text}", grade=Grade.HINT)


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
