"""The small loop around the engine: messages in, pictures and hits out, a few milliseconds at a time."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage

from viewer.crash import keep_log
from viewer.engine.engine import Engine
from viewer.engine.memory import give_back, hold_little
from viewer.engine.messages import (
    Abandon,
    Dropped,
    FeatureAnswer,
    FeatureRequest,
    FeaturesInView,
    FeaturesInViewAnswer,
    LabelSet,
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
from viewer.slots import SharedMemory, attach

_TIDY_AFTER_S = 3.0

STEP_S = 0.004
"""How long the engine paints before it looks for messages again."""

_log = logging.getLogger(__name__)


def serve(connection: Connection, resources: Path) -> None:
    """Serve one window until its end of the pipe closes."""
    faulthandler.enable()
    hold_little()
    application = QGuiApplication(["arctic-map-engine", "-platform", "offscreen"])
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        engine = Engine(resources)
        connection.send(Ready(tuple(Problem(str(problem)) for problem in engine.problems)))
        Server(connection, engine, when_idle=lambda: keep_log("engine")).run()
    application.quit()


@dataclass(eq=False)
class _Job:
    """A picture being painted, and the memory it is painted into."""

    request: PictureRequest
    revision: int
    steps: Generator[None, None, LabelSet]
    image: QImage | None
    memory: SharedMemory
    spent_s: float = 0.0

    def close(self) -> None:
        """Let go of the memory."""
        self.steps.close()
        self.image = None
        self.memory.close()


class Server:
    """Answers a window's messages; pictures of several canvases take turns."""

    def __init__(
        self, connection: Connection, engine: Engine, *, when_idle: Callable[[], object] = lambda: None
    ) -> None:
        self._when_idle = when_idle
        self._painted_s: float | None = None
        self._connection = connection
        self._engine = engine
        self._waiting: OrderedDict[str, PictureRequest] = OrderedDict()
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._warming: Generator[None, None, None] | None = engine.warm_up()
        self._foreseeing: Generator[None, None, None] | None = None
        self._answers: dict[type[Any], Callable[[Any], None]] = {
            Ping: self._connection.send,
            LookChange: self._take_look,
            PictureRequest: self._accept,
            Abandon: self._abandon,
            PickRequest: lambda request: self._reply(engine.pick, request, PickAnswer(request, ())),
            FeatureRequest: lambda request: self._reply(engine.find, request, FeatureAnswer(request, ())),
            FeaturesInView: lambda request: self._reply(engine.in_view, request, FeaturesInViewAnswer(request, ())),
        }

    def run(self) -> None:
        """Serve until the pipe closes.

        Raises
        ------
        EOFError, OSError
            When the window is gone.
        """
        while True:
            busy = self._jobs or self._waiting or self._warming or self._foreseeing
            if self._connection.poll(0.0 if busy else None):
                self._hear()
                self._tidy_up()
                continue
            self._start_waiting()
            if self._jobs:
                self._step(next(iter(self._jobs.values())))
            elif self._warming is not None:
                self._warm_up(self._warming)
            elif self._foreseeing is not None:
                self._foresee(self._foreseeing)

    def _tidy_up(self) -> None:
        """Give memory back a while after the last picture; pings come often enough to ask for the time."""
        if self._painted_s is None or self._jobs or time.monotonic() - self._painted_s < _TIDY_AFTER_S:
            return
        self._painted_s = None
        give_back()

    def _hear(self) -> None:
        """Do what the next message asks; one that makes no sense is told and done without."""
        try:
            message = self._connection.recv()
            answer = self._answers[type(message)]
        except (EOFError, OSError):
            raise
        except Exception as error:
            self._report(error)
            return
        answer(message)

    def _reply(self, find: Callable[[Any], object], request: object, nothing: object) -> None:
        """Send what is found; a search that fails finds nothing, for somebody waits for the answer."""
        try:
            found = find(request)
        except Exception as error:
            self._report(error)
            found = nothing
        self._connection.send(found)

    def _take_look(self, change: LookChange) -> None:
        problems = self._engine.set_look(change)
        if self._warming is None:
            self._warming = self._engine.warm_up_own()
        self._connection.send(LookTaken(change.revision))
        for problem in problems:
            self._connection.send(Problem(str(problem)))

    def _accept(self, request: PictureRequest) -> None:
        self._waiting[request.canvas] = request

    def _abandon(self, asked: Abandon) -> None:
        """Give a picture up in the middle; one that is finished by now was sent and is none of the two."""
        waiting, job = self._waiting.get(asked.canvas), self._jobs.get(asked.canvas)
        if waiting is not None and waiting.serial == asked.serial:
            self._connection.send(Dropped(self._waiting.pop(asked.canvas)))
        elif job is not None and job.request.serial == asked.serial:
            del self._jobs[asked.canvas]
            job.close()
            self._connection.send(Dropped(job.request))

    def _start_waiting(self) -> None:
        for canvas in [canvas for canvas in self._waiting if canvas not in self._jobs]:
            self._start(self._waiting.pop(canvas))

    def _start(self, request: PictureRequest) -> None:
        try:
            memory = _memory_for(request)
        except (OSError, ValueError) as error:
            _log.warning("The memory for a picture cannot be had (%s).", error)
            self._connection.send(Dropped(request))
            return
        width, height = round(request.width_px * request.scale), round(request.height_px * request.scale)
        image = QImage(memory.bytes, width, height, width * 4, QImage.Format.Format_RGB32)
        steps = self._engine.paint(request, image)
        self._jobs[request.canvas] = _Job(request, self._engine.revision, steps, image, memory)

    def _step(self, job: _Job) -> None:
        canvas = job.request.canvas
        began = time.perf_counter()
        try:
            while time.perf_counter() - began < STEP_S:
                next(job.steps)
        except StopIteration as done:
            job.spent_s += time.perf_counter() - began
            self._finish(job, done.value)
            return
        except Exception as error:
            del self._jobs[canvas]
            job.close()
            self._connection.send(Dropped(job.request))
            self._report(error)
            return
        job.spent_s += time.perf_counter() - began
        self._jobs.move_to_end(canvas)

    def _warm_up(self, steps: Generator[None, None, None]) -> None:
        """Get ready for what will likely be asked first, while nothing is."""
        if self._is_done_ahead(steps):
            self._warming = None
            self._when_idle()

    def _foresee(self, steps: Generator[None, None, None]) -> None:
        """Get ready for what will likely be asked next, while nothing is."""
        if self._is_done_ahead(steps):
            self._foreseeing = None

    def _is_done_ahead(self, steps: Generator[None, None, None]) -> bool:
        """Go on with what nobody waits for, and return whether it is at its end; what fails there is done without."""
        began = time.perf_counter()
        try:
            while time.perf_counter() - began < STEP_S:
                next(steps)
        except StopIteration:
            return True
        except Exception as error:
            _log.error("The engine could not get ready ahead of time.", exc_info=error)
            return True
        return False

    def _finish(self, job: _Job, labels: LabelSet) -> None:
        self._painted_s = time.monotonic()
        if job.request.labels_width_px:
            self._foreseeing = self._engine.foresee(job.request)
        del self._jobs[job.request.canvas]
        job.close()
        self._connection.send(Picture(job.request, job.revision, labels, job.spent_s * 1000))

    def _report(self, error: Exception) -> None:
        _log.error("The engine could not do what it was asked.", exc_info=error)
        self._connection.send(Problem("Part of the map could not be drawn. The log says more."))


def _memory_for(request: PictureRequest) -> SharedMemory:
    """Open the slot that a picture is to be painted into.

    Raises
    ------
    OSError, ValueError
        Where it is gone or too small: painting beyond its end would end the engine.
    """
    memory = attach(request.slot)
    needed = round(request.width_px * request.scale) * round(request.height_px * request.scale) * 4
    if len(memory.bytes) < needed:
        memory.close()
        raise ValueError(f"{request.slot} is smaller than {needed} bytes")
    return memory
