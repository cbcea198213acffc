"""Asks the engine for the pictures of one canvas, and takes them in."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.engine.messages import Picture
from viewer.engine_client import EngineClient
from viewer.map.labels import LabelSheet
from viewer.map.picture import Backdrop, ShownPicture
from viewer.model.camera import Camera
from viewer.session import Session

OVERSCAN = 1.4
"""How much wider and higher than the view its pictures are, so that a drag does not run out of map at once."""

_WHOLE_PX = 1_200
_AGAIN_AFTER_MS = 2_000
_MARGIN_STEP_PX = 4  # four logical pixels are whole device pixels at 1.25, 1.5 and 1.75 too


class PictureDesk(QObject):
    """Keeps the newest picture of the session's view coming, and one coarse picture of the whole Arctic.

    Parameters
    ----------
    session, engine
        Whose view, and who paints.
    backdrop, labels
        Where pictures and their labels go.
    canvas
        The canvas's name in the engine.
    scale
        Tells the device pixels per logical pixel of the screen that the canvas is on.
    with_whole
        Whether a picture of the whole Arctic is wanted too, for the edges while the view moves.

    Signals
    -------
    arrived()
        There is something new to show.
    """

    arrived = Signal()

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        *,
        backdrop: Backdrop,
        labels: LabelSheet,
        canvas: str,
        scale: Callable[[], float],
        with_whole: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._backdrop = backdrop
        self._labels = labels
        self._scale = scale
        self._canvas = canvas
        self._whole_canvas = f"{canvas}-whole"
        self._with_whole = with_whole
        self._is_whole_stale = with_whole
        self._asked_serial = self._taken_serial = self._taken_revision = 0
        engine.open_canvas(self._canvas)
        engine.open_canvas(self._whole_canvas)
        engine.picture_ready.connect(self._take)
        engine.restarted.connect(self._begin_again)
        engine.picture_failed.connect(self._failed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AGAIN_AFTER_MS)
        self._later.timeout.connect(self.ask_all)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.ask_all)

    @property
    def is_up_to_date(self) -> bool:
        """Whether the newest picture answers the last question, in the look that the engine was told last."""
        return self._taken_serial == self._asked_serial and self._taken_revision == self._engine.revision

    def ask_all_soon(self) -> None:
        """Ask for everything anew after whoever else hears of the change, so that the engine knows the new look."""
        self._soon.start()

    def ask_all(self) -> None:
        """Ask for everything anew."""
        self._is_whole_stale = self._with_whole
        self.ask()

    def ask(self) -> None:
        """Ask for a picture of the view as it is now; nothing where the view has no size."""
        viewport = self._session.viewport
        if viewport.width_px < 1 or viewport.height_px < 1:
            return
        width, height = math.ceil(viewport.width_px), math.ceil(viewport.height_px)
        newest = self._backdrop.newest
        self._asked_serial = self._engine.request_picture(
            self._canvas,
            viewport.camera,
            width_px=width + 2 * _margin(width),
            height_px=height + 2 * _margin(height),
            scale=self._scale(),
            labels_width_px=width,
            labels_height_px=height,
            atlas=self._labels.atlas,
            showing=newest.request.slot if newest else None,
        )

    def shutdown(self) -> None:
        """Let go of all pictures, then of their memory."""
        self._soon.stop()
        self._later.stop()
        self._engine.picture_failed.disconnect(self._failed)
        self._engine.picture_ready.disconnect(self._take)
        self._engine.restarted.disconnect(self._begin_again)
        self._backdrop.newest = self._backdrop.whole = None
        self._engine.close_canvas(self._canvas)
        self._engine.close_canvas(self._whole_canvas)

    def _begin_again(self) -> None:
        self._labels.forget_atlas()
        self.ask_all()

    def _failed(self, canvas: str) -> None:
        """Ask again after a while: memory may be had by then, or the fault be gone."""
        if canvas in (self._canvas, self._whole_canvas):
            self._later.start()

    def _take(self, picture: Picture) -> None:
        if picture.request.canvas == self._canvas:
            self._backdrop.newest = None  # the old image must be gone before its memory may go
            self._backdrop.newest = ShownPicture(self._engine.image(picture), picture.request)
            self._taken_serial, self._taken_revision = picture.request.serial, picture.revision
            self._labels.take(picture.labels, bearing_deg=picture.request.camera.bearing_deg)
            self.arrived.emit()
            if self._is_whole_stale:
                self._ask_whole()
        elif picture.request.canvas == self._whole_canvas:
            self._backdrop.whole = ShownPicture(self._engine.image(picture).copy(), picture.request)
            self._engine.release(self._whole_canvas)
            self.arrived.emit()

    def _ask_whole(self) -> None:
        self._is_whole_stale = False
        self._engine.request_picture(
            self._whole_canvas,
            Camera(0.0, 0.0, 2.1 * EQUATOR_RADIUS_M / _WHOLE_PX),
            width_px=_WHOLE_PX,
            height_px=_WHOLE_PX,
            scale=1.0,
            labels_width_px=0,
            labels_height_px=0,
            atlas=(-1, 0),
            showing=None,
        )


def _margin(size_px: int) -> int:
    return math.ceil(size_px * (OVERSCAN - 1) / 2 / _MARGIN_STEP_PX) * _MARGIN_STEP_PX
