"""The tie between what the audience sees and the speaker's own map."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from viewer.model.camera import Camera, Viewport
from viewer.session import Session

_FOLLOW_MS = 33


class MapLink(QObject):
    """Keeps two sessions' cameras one, until it is frozen; then the speaker's map is free and the audience's rests.

    The speaker's map follows at 30 steps a second, for the audience's smoothness is worth more.
    """

    def __init__(self, audience: Session, speaker: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audience = audience
        self._speaker = speaker
        self._is_frozen = False
        self._followed: Camera | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_FOLLOW_MS)
        self._timer.timeout.connect(self._follow)
        self._timer.start()
        speaker.camera_changed.connect(self._speaker_moved)

    @property
    def is_frozen(self) -> bool:
        """Whether the audience's picture is held."""
        return self._is_frozen

    def set_frozen(self, frozen: bool) -> None:
        """Hold the audience's picture, or tie the maps together again at what the audience sees."""
        self._is_frozen = frozen
        self._follow()

    def push(self) -> None:
        """Fly the audience to what the speaker's frame holds, and tie the maps together again."""
        self._is_frozen = False
        self._audience.fly_to(self._as_framed(self._speaker.camera))

    def shutdown(self) -> None:
        """Let both go their own ways."""
        self._timer.stop()
        self._speaker.camera_changed.disconnect(self._speaker_moved)

    def _follow(self) -> None:
        if self._is_frozen:
            return
        seen = self._audience.camera
        wanted = replace(seen, metres_per_pixel=seen.metres_per_pixel * self._share).clamped()
        if wanted != self._speaker.camera:
            self._followed = wanted
            self._speaker.set_camera(wanted)

    def _speaker_moved(self, camera: Camera) -> None:
        if not self._is_frozen and camera != self._followed:
            self._followed = camera
            self._audience.set_camera(self._as_framed(camera))

    def _as_framed(self, camera: Camera) -> Camera:
        return replace(camera, metres_per_pixel=camera.metres_per_pixel / self._share).clamped()

    @property
    def _share(self) -> float:
        """How many pixels of the audience's lie under one of the speaker's, when the latter's map holds all of it."""
        return pixels_under_one(self._audience.viewport, self._speaker.viewport)


def pixels_under_one(seen: Viewport, by: Viewport) -> float:
    """Return by how much coarser one view must be to show all that another does."""
    return max(seen.width_px / max(by.width_px, 1.0), seen.height_px / max(by.height_px, 1.0), 1e-3)


def frame_of(seen: Viewport, by: Viewport) -> tuple[float, float, float, float]:
    """Return where a view's frame lies in another that shows it whole: left, top, width and height in pixels."""
    share = pixels_under_one(seen, by)
    width, height = seen.width_px / share, seen.height_px / share
    return (by.width_px - width) / 2, (by.height_px - height) / 2, width, height
