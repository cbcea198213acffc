"""Travels about the map without end: drags, wheels, turns, flights, passages and themes, all from one seed."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from geodata.stereographic import forward
from tests.speed.tour import SEED, Pan, Turn, Zoom
from tests.speed.weighing import weights
from viewer.map.motion import Mover
from viewer.model.camera import Camera, Viewport
from viewer.model.process_memory import children, resident_mb
from viewer.model.views import home

_SAMPLE_EVERY_MS = 2_000
_LOOK_EVERY_MS = 10
_GIVE_UP_S = 5.0
_LONGEST_LEG_S = 2.5
_CHILDREN = 3  # the engine, its spare, and what tidies up after both
_REST_AT_MOST_S = 20.0


class Traveller(QObject):
    """Goes leg by leg, prints a line of JSON every two seconds, and closes the window when the time is over.

    Parameters
    ----------
    window, canvas
        The program.
    seconds
        How long to travel.
    leg
        The number of the first leg: a journey that was broken off goes on where it was.
    """

    def __init__(self, window, canvas, *, seconds: float, leg: int) -> None:
        super().__init__(window)
        self._window, self._canvas, self._session = window, canvas, canvas._session
        self._hand = Mover(self._session, is_motion_reduced=lambda: False, parent=self)
        self._made_s = self._began_s = time.monotonic()
        self._is_on_the_way = False
        self._seconds, self._leg = seconds, leg
        self._leg_ends_s = self._began_s
        self.never_sharp = 0
        self._sampling = self._timer(_SAMPLE_EVERY_MS, self._sample)
        self._looking = self._timer(_LOOK_EVERY_MS, self._look)

    def _timer(self, every_ms: int, slot) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(slot)
        timer.start(every_ms)
        return timer

    def _look(self) -> None:
        now = time.monotonic()
        if not self._is_on_the_way:
            self._rest_before(now)
            return
        if now < self._leg_ends_s or self._hand.is_moving or self._canvas.is_moving_by_itself:
            return
        waited_s = now - self._leg_ends_s
        if not self._canvas.is_sharp and waited_s < _GIVE_UP_S:
            return
        self.never_sharp += not self._canvas.is_sharp
        if now - self._began_s >= self._seconds:
            self._end()
            return
        self._set_out(random.Random(f"{SEED}-{self._leg}"))
        self._leg += 1

    def _rest_before(self, now: float) -> None:
        """Set out when the spare engine is there: it comes when nothing moves, and would pass for growth."""
        if len(children(os.getpid())) >= _CHILDREN or now - self._made_s > _REST_AT_MOST_S:
            self._is_on_the_way = True
            self._began_s = self._leg_ends_s = now

    def _set_out(self, chance: random.Random) -> None:
        session = self._session
        seconds = chance.uniform(0.3, _LONGEST_LEG_S)
        deed = chance.choice(("pan", "pan", "zoom", "zoom", "turn", "fly", "fly", "home", "passage", "theme", "legend"))
        self._leg_ends_s = time.monotonic() + 0.1
        if deed == "pan":
            self._hand.start(Pan(session.viewport, chance.randrange(2**31), seconds))
        elif deed == "zoom":
            self._hand.start(Zoom(session.camera, self._zoomed(chance), seconds))
        elif deed == "turn":
            self._hand.start(Turn(session.camera, chance.uniform(-180, 180), seconds))
        elif deed == "fly":
            session.fly_to(_somewhere(chance))
        elif deed == "home":
            session.fly_to(home(session.viewport))
        elif deed == "passage":
            session.open_passage(chance.choice([one.passage for one in session.annotations.annotations]))
        elif deed == "theme":
            session.set_theme(chance.choice(("light", "dark")))
        else:
            session.set_legend_shown(not session.legend_shown)

    def _zoomed(self, chance: random.Random) -> Camera:
        viewport: Viewport = self._session.viewport
        factor = 2 ** chance.uniform(0.5, 3) if chance.random() < 0.5 else 2 ** -chance.uniform(0.5, 3)
        px, py = chance.uniform(0, viewport.width_px), chance.uniform(0, viewport.height_px)
        zoomed = viewport.zoomed(factor, px=px, py=py)
        if abs(zoomed.metres_per_pixel / viewport.camera.metres_per_pixel - 1) < 1e-3:  # at a limit
            return replace(zoomed, metres_per_pixel=viewport.camera.metres_per_pixel * 1.5)
        return zoomed

    def _sample(self) -> None:
        pids = (os.getpid(), *children(os.getpid()))
        if not self._is_on_the_way:
            return
        sample = {
            "second": round(time.monotonic() - self._began_s, 1),
            "leg": self._leg,
            "never_sharp": self.never_sharp,
            "processes": len(pids),
            "window_mb": round(resident_mb(pids[:1]) or 0.0, 1),
            "all_mb": round(resident_mb(pids) or 0.0, 1),
            "all_pss_mb": round(weights(os.getpid())["all_pss_mb"], 1),
        }
        print(json.dumps(sample), flush=True)

    def _end(self) -> None:
        self._sampling.stop()
        self._looking.stop()
        self._sample()
        self._window.close()


def _somewhere(chance: random.Random) -> Camera:
    x, y = (float(value) for value in forward(chance.uniform(-180, 180), chance.uniform(52, 90)))
    return Camera(x, y, 2 ** chance.uniform(4, 13), chance.uniform(0, 360))


def travel(window, canvas, *, seconds: float, leg: int) -> None:
    """Travel for some seconds from a leg on."""
    Traveller(window, canvas, seconds=seconds, leg=leg)
