"""The window's side of the engine: asks, remembers what is under way, and starts it again when it dies."""

from __future__ import annotations

import itertools
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from viewer.engine.messages import (
    Abandon,
    Dropped,
    FeatureAnswer,
    FeatureRequest,
    FeaturesInView,
    FeaturesInViewAnswer,
    LookChange,
    LookTaken,
    PickAnswer,
    PickRequest,
    Picture,
    PictureRequest,
    Ping,
    Problem,
    Ready,
)
from viewer.engine.process import EngineProcess
from viewer.engine.pulse import LOOK_CLOSELY_EVERY_MS, LOOK_EVERY_MS, Pulse
from viewer.engine.spare import Spare
from viewer.model.camera import Camera
from viewer.model.layer import LayerStack
from viewer.model.palette import ThemeName
from viewer.pending_pictures import PendingPictures
from viewer.slots import Slots
from viewer.tasks import Listener

_log = logging.getLogger(__name__)

SPARE_AFTER_MS = 2_000
"""How long after a picture another engine is made to stand by, when start and motion are over."""

_RETRY_AT_MOST_S = 10.0
_TOLD_WITHIN_S = 60.0


class EngineClient(QObject):
    """Asks the engine for pictures and features, and keeps it alive.

    At most one picture of a canvas is under way and one, the newest, waits. Stale answers of a dead engine never
    arrive: each engine has a listener of its own.

    Signals
    -------
    picture_failed(str)
        A picture of this canvas will not come; nothing is under way for it any more.
    picture_ready(Picture), pick_answered(PickAnswer), features_answered(FeatureAnswer),
    in_view_answered(FeaturesInViewAnswer)
        The answers.
    restarted()
        The engine is a new one: whatever was asked must be asked again.
    problem_found(str)
        One line for the person.
    ready()
        The engine has read its layers.
    """

    picture_ready = Signal(object)
    picture_failed = Signal(str)
    pick_answered = Signal(object)
    features_answered = Signal(object)
    in_view_answered = Signal(object)
    restarted = Signal()
    problem_found = Signal(str)
    ready = Signal()

    def __init__(self, engine: EngineProcess, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spare = Spare(resources)
        self._serials = itertools.count(1)
        self._canvases: dict[str, PendingPictures] = {}
        self._closing: list[PendingPictures] = []
        self._look: LookChange | None = None
        self._is_look_sent = False
        self._told: set[str] = set()
        self._deaths: list[float] = []
        self._pulse = Pulse()
        self._answers: dict[type[Any], Callable[[Any], None]] = {
            Picture: self._picture,
            Dropped: self._dropped,
            LookTaken: self._look_taken,
            PickAnswer: self.pick_answered.emit,
            FeatureAnswer: self.features_answered.emit,
            FeaturesInViewAnswer: self.in_view_answered.emit,
            Ping: lambda _: None,
            Ready: self._ready,
            Problem: lambda problem: self._tell(problem.text),
        }
        self._bad_starts = 0
        self._rebirth = QTimer(self)
        self._rebirth.setSingleShot(True)
        self._rebirth.timeout.connect(self._start_again)
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.setInterval(SPARE_AFTER_MS)
        self._preparing.timeout.connect(self._spare.prepare)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look_after)
        self._adopt(engine)
        self._looking.start(LOOK_EVERY_MS)

    @property
    def process_id(self) -> int | None:
        """The engine's process."""
        return self._engine.process.pid

    @property
    def revision(self) -> int:
        """The revision of the look that pictures asked for now will show."""
        return self._look.revision if self._look else 0

    def set_look(self, stack: LayerStack, theme: ThemeName) -> int:
        """Show another stack and theme from the next picture on; return the revision that pictures will carry."""
        revision = self._look.revision + 1 if self._look else 1
        self._look = LookChange(stack, theme, revision)
        if not self._is_look_sent:
            self._send_look()
        return revision

    def open_canvas(self, canvas: str) -> None:
        """Prepare for a canvas's pictures."""
        self._canvases[canvas] = PendingPictures(Slots())

    def close_canvas(self, canvas: str) -> None:
        """Give a canvas's memory back, at once or when the engine is done with it; images of it must be gone."""
        closed = self._canvases.pop(canvas, None)
        if closed is None:
            return
        closed.is_closed, closed.waiting = True, None
        if closed.in_flight is None:
            closed.slots.close()
        else:
            self._closing.append(closed)

    def request_picture(
        self,
        canvas: str,
        camera: Camera,
        *,
        width_px: int,
        height_px: int,
        scale: float,
        labels_width_px: int,
        labels_height_px: int,
        atlas: tuple[int, int],
        showing: str | None,
        instead: bool = False,
    ) -> int:
        """Ask for a picture and return its serial; while one is under way it waits, in place of any other that did.

        Parameters
        ----------
        canvas
            Who asks.
        camera, width_px, height_px, scale, labels_width_px, labels_height_px, atlas
            As in `PictureRequest`.
        showing
            The slot that is on the screen and must not be painted over.
        instead
            Whether the one under way is given up in its favour.
        """
        known = self._canvases[canvas]
        request = PictureRequest(
            canvas=canvas,
            serial=next(self._serials),
            camera=camera,
            width_px=width_px,
            height_px=height_px,
            scale=scale,
            slot="",
            labels_width_px=labels_width_px,
            labels_height_px=labels_height_px,
            atlas=atlas,
        )
        known.waiting, known.showing = request, showing or ""
        if known.in_flight is None:
            self._send_waiting(canvas, known)
        elif instead:
            self._send(Abandon(canvas, known.in_flight.serial))
        return request.serial

    def under_way(self, canvas: str) -> PictureRequest | None:
        """Return the request that the engine has of a canvas and did not answer yet."""
        return self._canvases[canvas].in_flight

    def image(self, picture: Picture) -> QImage:
        """Return a view onto a picture's pixels.

        It is valid until the next image of its canvas is asked for, or the canvas is closed: the caller shows it in
        place of any earlier one.
        """
        request = picture.request
        memory = self._canvases[request.canvas].slots.memory(request.slot)
        self.release(request.canvas, showing=request.slot)
        width, height = round(request.width_px * request.scale), round(request.height_px * request.scale)
        return QImage(memory, width, height, width * 4, QImage.Format.Format_RGB32)

    def release(self, canvas: str, *, showing: str | None = None) -> None:
        """Give back memory of earlier sizes; nothing of a canvas may be shown but the slot named."""
        known = self._canvases[canvas]
        painted = known.in_flight.slot if known.in_flight else ""
        known.slots.drop_retired(keep=frozenset((showing or "", painted)))

    def pick(self, x: float, y: float, metres_per_pixel: float, *, hovering: bool = False) -> int:
        """Ask what lies at a point of the map, in map metres; return the serial of the answer."""
        serial = next(self._serials)
        self._send(PickRequest(serial, x, y, metres_per_pixel, hovering))
        return serial

    def find_features(self, references: tuple[str, ...], metres_per_pixel: float) -> int:
        """Ask for features as ``layer/feature``; return the serial of the answer."""
        serial = next(self._serials)
        self._send(FeatureRequest(serial, references, metres_per_pixel))
        return serial

    def features_in_view(self, camera: Camera, width_px: int, height_px: int) -> int:
        """Ask for the selectable features in a view; return the serial of the answer."""
        serial = next(self._serials)
        self._send(FeaturesInView(serial, camera, width_px, height_px))
        return serial

    def shutdown(self) -> None:
        """End the engine and give all memory back."""
        for timer in (self._looking, self._preparing, self._rebirth):
            timer.stop()
        self._bury()
        self._spare.close()
        for canvas in list(self._canvases):
            self.close_canvas(canvas)

    def _adopt(self, engine: EngineProcess) -> None:
        self._engine = engine
        self._pulse.begin(time.monotonic())
        self._listener: Listener | None = Listener(engine.connection, self)
        self._listener.received.connect(self._received)
        self._listener.ended.connect(self._ended)
        self._listener.start()

    def _bury(self) -> None:
        """End the engine, then the thread that reads its pipe, then the pipe; nothing is under way any more."""
        listener, self._listener = self._listener, None
        self._engine.kill()
        if listener is not None:
            listener.join()
            listener.deleteLater()
        self._engine.close()
        for known in self._canvases.values():
            known.waiting, known.in_flight = known.waiting or known.in_flight, None
        for closed in self._closing:
            closed.slots.close()
        self._closing.clear()

    def _received(self, message: object) -> None:
        if self.sender() is not self._listener:
            return
        self._pulse.heard(time.monotonic())
        answer = self._answers.get(type(message))
        if answer is not None:
            answer(message)

    def _ready(self, message: Ready) -> None:
        self._pulse.ready()
        for problem in message.problems:
            self._tell(problem.text)
        self.ready.emit()

    def _look_taken(self, taken: LookTaken) -> None:
        self._is_look_sent = False
        if self._look is not None and taken.revision != self._look.revision:
            self._send_look()

    def _send_look(self) -> None:
        """Send the newest look; one at a time, for a pipe that nobody reads fills up and would hold the window."""
        self._is_look_sent = True
        self._send(self._look)

    def _picture(self, picture: Picture) -> None:
        self._bad_starts = 0
        self._pulse.painted()
        if not self._spare.is_there:
            self._preparing.start()
        known = self._landed(picture.request)
        if known is None:
            return
        known.slots.mark_ready(picture.request.slot)
        self.picture_ready.emit(picture)
        if not known.is_closed and known.in_flight is None:
            self._send_waiting(picture.request.canvas, known)

    def _dropped(self, dropped: Dropped) -> None:
        known = self._landed(dropped.request)
        if known is None:
            return
        if known.waiting is None:
            self.picture_failed.emit(dropped.request.canvas)
        self._send_waiting(dropped.request.canvas, known)

    def _landed(self, request: PictureRequest) -> PendingPictures | None:
        """Return the canvas whose request this was; None where it is closed by now, whose memory is given back."""
        known = self._canvases.get(request.canvas)
        if known is not None and known.in_flight == request:
            known.in_flight = None
            return known
        for closed in [closed for closed in self._closing if closed.in_flight == request]:
            closed.slots.close()
            self._closing.remove(closed)
        return None

    def _send_waiting(self, canvas: str, known: PendingPictures) -> None:
        waiting = known.waiting
        if waiting is None or self._listener is None:  # while no engine lives, it waits for the next
            return
        known.waiting = None
        size = round(waiting.width_px * waiting.scale) * round(waiting.height_px * waiting.scale) * 4
        try:
            slot = known.slots.free_slot(size, showing=known.showing)
        except OSError as error:
            _log.warning("There is no shared memory for a picture of %d bytes (%s).", size, error)
            self._tell("There is not enough shared memory for a picture of this size. A smaller window needs less.")
            self.picture_failed.emit(canvas)
            return
        if known.slots.are_files and sys.platform == "linux":  # elsewhere they always are
            self._tell("There is little shared memory, so the map is drawn through temporary files and may be slower.")
        known.in_flight = replace(waiting, slot=slot)
        self._pulse.painting(size / 4)
        self._send(known.in_flight)

    def _send(self, message: object) -> None:
        try:
            self._engine.connection.send(message)
        except OSError:
            _log.debug("The engine is gone; the listener will say so.")

    def _look_after(self) -> None:
        if self._listener is None:
            return
        if self._pulse.is_hung(self._engine.vitals(), time.monotonic()):
            _log.warning("The engine hangs and is started again.")
            self._restart()
        elif not self._pulse.is_worried:
            self._pulse.asked()
            self._send(Ping(next(self._serials)))
            self._looking.setInterval(LOOK_EVERY_MS)
        else:
            self._looking.setInterval(LOOK_CLOSELY_EVERY_MS)

    def _ended(self) -> None:
        if self.sender() is self._listener:
            _log.warning("The engine ended and is started again.")
            self._restart()

    def _restart(self) -> None:
        self._bury()
        self._note_death()
        # One that never painted a picture will likely die again: the tries grow apart.
        delay_s = min(0.1 * 2**self._bad_starts, _RETRY_AT_MOST_S) if self._bad_starts else 0.0
        self._bad_starts += 1
        self._rebirth.start(round(delay_s * 1000))

    def _start_again(self) -> None:
        try:
            engine = self._spare.take()
        except OSError as error:
            self._tell(f"The part of the program that draws the map cannot be started ({error}). It is tried again.")
            self._rebirth.start(round(_RETRY_AT_MOST_S * 1000))
            return
        self._adopt(engine)
        if self._look is not None:
            self._send_look()
        for canvas, known in list(self._canvases.items()):
            self._send_waiting(canvas, known)
        self.restarted.emit()

    def _note_death(self) -> None:
        now = time.monotonic()
        self._deaths = [death for death in self._deaths if now - death < _TOLD_WITHIN_S] + [now]
        if len(self._deaths) >= 2:
            self._tell("The part of the program that draws the map stopped twice and was started again.")

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.problem_found.emit(text)
