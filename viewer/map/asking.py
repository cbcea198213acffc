"""Asks the engine for the pictures of one canvas, and takes them in."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.engine.messages import Picture
from viewer.engine_client import EngineClient
from viewer.map.labels import LabelSheet
from viewer.map.picture import Backdrop, ShownPicture
from viewer.model.camera import Camera, Viewport
from viewer.model.foresight import Ahead, Beat, PaintClock, serves, wanted
from viewer.session import Session

OVERSCAN = 1.4
"""How much wider and higher than the view its pictures are, so that a drag does not run out of map at once."""

_WHOLE_PX = 1_200
_AGAIN_AFTER_MS = 2_000
_MARGIN_STEP_PX = 4  # four logical pixels are whole device pixels at 1.25, 1.5 and 1.75 too
_LONG_S = 0.15
_NOTICED_S = 0.06  # a full picture that takes longer is painted in two steps when the camera comes to rest
_COARSE = 0.5
_FULL_BY_COARSE = 4.0  # a quarter of the pixels takes no less than a quarter of the time
_MIDDLE = 0.5
_MUCH_COARSER = 4.0
_MOST_PIXELS = 36e6  # of one picture, three of which are kept: 144 MB each


class PictureDesk(QObject):
    """Keeps the newest picture of the session's view coming, and one coarse picture of the whole Arctic.

    While a motion is under way whose course is known, it asks for what will be seen when the picture is there, and for
    the end of the motion ahead of its time. Where a picture takes long and the camera moves, it asks for coarse ones
    without labels; the labels of the last full one stay. When the camera rests, a picture under way that is of another
    view is given up for the one of this view; where that takes long, first for no more than the view, then with what
    lies around it.

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
    overscan
        How much wider and higher than the view its pictures are, where there is memory for it.
    ahead
        Tells where the camera will be, where that is known.

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
        overscan: float = OVERSCAN,
        ahead: Ahead = lambda _: None,
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
        self._most_overscan = overscan
        self._is_whole_stale = with_whole
        self._ahead = ahead
        self._asked_serial = self._taken_revision = 0
        self._asked: _Asked | None = None
        self._taken: _Asked | None = None
        self._is_wider_wanted = False
        self._clock, self._beat = PaintClock(), Beat()
        self._has_given_up = False
        engine.open_canvas(self._canvas)
        engine.open_canvas(self._whole_canvas)
        engine.picture_ready.connect(self._take)
        engine.restarted.connect(self._begin_again)
        engine.picture_failed.connect(self._failed)
        self._later = self._timer(_AGAIN_AFTER_MS, self.ask_all)
        self._soon = self._timer(0, self.ask_all)
        self._resting = self._timer(0, self._rested)

    @property
    def is_up_to_date(self) -> bool:
        """Whether the newest picture answers the last question, in the look that the engine was told last."""
        if self._asked is None or not self._asked.is_full:
            return False
        return self._taken == self._asked and self._taken_revision == self._engine.revision

    def ask_all_soon(self) -> None:
        """Ask for everything anew after whoever else hears of the change, so that the engine knows the new look."""
        self._soon.start()

    def ask_all(self) -> None:
        """Ask for everything anew."""
        self._is_whole_stale = self._with_whole
        self.ask()

    def ask(self) -> None:
        """Ask for a full picture of the view as it is now; nothing where the view has no size."""
        self._ask(self._session.camera)

    def follow(self) -> None:
        """Ask for what the moving camera will need next; nothing where that is under way."""
        view = self._session.viewport
        self._beat.note(time.monotonic())
        self._resting.start(round(self._beat.rests_after_s * 1000))
        next_one = wanted(view, self._ahead, wait_s=self._clock.wait_s, overscan=self._overscan(view, self._scale()))
        if self._asked == self._question(next_one.camera, is_full=True):
            return
        is_known_end = next_one.is_end and self._ahead(0.0) is not None
        is_coarse = self._clock.seconds > _LONG_S and not is_known_end
        self._ask(next_one.camera, is_coarse=is_coarse, instead=self._is_useless(view))

    def _question(self, camera: Camera, *, is_full: bool) -> _Asked:
        view = self._session.viewport
        return _Asked(camera, is_full, view.width_px, view.height_px, self._scale())

    def _ask(self, camera: Camera, *, is_coarse: bool = False, is_bare: bool = False, instead: bool = False) -> None:
        view = self._session.viewport
        if view.width_px < 1 or view.height_px < 1:
            return
        width, height = math.ceil(view.width_px), math.ceil(view.height_px)
        scale = self._scale() * (_COARSE if is_coarse else 1.0)
        overscan = 1.0 if is_bare else self._overscan(view, scale)
        newest = self._backdrop.newest
        self._asked = self._question(camera, is_full=not is_coarse)
        self._is_wider_wanted = is_bare
        self._has_given_up |= instead
        self._asked_serial = self._engine.request_picture(
            self._canvas,
            camera,
            width_px=width + 2 * _margin(width, overscan),
            height_px=height + 2 * _margin(height, overscan),
            scale=scale,
            labels_width_px=0 if is_coarse else width,
            labels_height_px=0 if is_coarse else height,
            atlas=self._labels.atlas,
            showing=newest.request.slot if newest else None,
            instead=instead,
        )

    def _rested(self) -> None:
        """Have the picture of the view as it is, and at once where something else can wait no worse."""
        view = self._session.viewport
        under_way = self._engine.under_way(self._canvas)
        is_alone = under_way is None or under_way.serial == self._asked_serial
        if self._asked == self._question(view.camera, is_full=True) and is_alone:
            return
        newest = self._backdrop.newest
        is_bare = self._clock.seconds > _NOTICED_S
        self._ask(view.camera, is_bare=is_bare, instead=newest is not None and newest.covers(view))

    def _is_useless(self, view: Viewport) -> bool:
        """Return whether the picture under way has nothing of the middle of the view; said once until one arrives."""
        under_way = None if self._has_given_up else self._engine.under_way(self._canvas)
        if under_way is None:
            return False
        middle = Viewport(view.camera, view.width_px * _MIDDLE, view.height_px * _MIDDLE)
        return not serves(under_way.camera, middle, overscan=OVERSCAN / _MIDDLE, coarser=_MUCH_COARSER)

    def _overscan(self, view: Viewport, scale: float) -> float:
        """Return how much wider than the view its pictures are; less where they would not fit into memory."""
        pixels = max(view.width_px * view.height_px * scale * scale, 1.0)
        return min(self._most_overscan, max(1.0, math.sqrt(_MOST_PIXELS / pixels)))

    def shutdown(self) -> None:
        """Let go of all pictures, then of their memory."""
        for timer in (self._soon, self._later, self._resting):
            timer.stop()
        self._engine.picture_failed.disconnect(self._failed)
        self._engine.picture_ready.disconnect(self._take)
        self._engine.restarted.disconnect(self._begin_again)
        self._backdrop.newest = self._backdrop.whole = None
        self._engine.close_canvas(self._canvas)
        self._engine.close_canvas(self._whole_canvas)

    def _timer(self, after_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)
        return timer

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
            is_answer = picture.request.serial == self._asked_serial
            self._taken, self._taken_revision = self._asked if is_answer else None, picture.revision
            self._has_given_up = False
            self._take_labels(picture, is_bare=is_answer and self._is_wider_wanted)
            self.arrived.emit()
            if is_answer and self._is_wider_wanted:
                self._ask(picture.request.camera)
            elif self._is_whole_stale:
                self._ask_whole()
        elif picture.request.canvas == self._whole_canvas:
            self._backdrop.whole = ShownPicture(self._engine.image(picture).copy(), picture.request)
            self._engine.release(self._whole_canvas)
            self.arrived.emit()

    def _take_labels(self, picture: Picture, *, is_bare: bool) -> None:
        """Take a full picture's labels; where it is a coarse one, names stay where they are."""
        if not picture.request.labels_width_px:
            self._clock.note_at_most(picture.painted_ms * _FULL_BY_COARSE)
            return
        if not is_bare:
            self._clock.note(picture.painted_ms)
        camera, scale = picture.request.camera, picture.request.scale
        self._labels.take(picture.labels, bearing_deg=camera.bearing_deg, scale=scale)

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for last: of which view, coarsely or not, for which window."""

    camera: Camera
    is_full: bool
    width_px: float
    height_px: float
    scale: float


def _margin(size_px: int, overscan: float) -> int:
    return math.ceil(size_px * (overscan - 1) / 2 / _MARGIN_STEP_PX) * _MARGIN_STEP_PX
