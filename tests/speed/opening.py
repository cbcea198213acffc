"""Opens large layers in the program's own window: how soon they are seen, what they cost, and what is given back."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from tests.speed import tour
from tests.speed.weighing import weights
from viewer.app.own_layers import OwnLayers

_LOOK_MS = 10
_WEIGH_MS = 100
_SETTLED_S = 6.0
_CLICKS = 200
_GIVE_UP_S = 60.0


class Opener(QObject):
    """Opens the layers one after the other, clicks about, takes them away again, and notes what was seen.

    Parameters
    ----------
    window, canvas, done
        The program, and who hears the notes.
    files
        The layers' files.
    """

    def __init__(self, window, canvas, done, files: list[Path]) -> None:
        super().__init__(window)
        self._canvas, self._done, self._files = canvas, done, files
        self._session, self._engine = canvas._session, canvas._engine
        self._home = self._session.camera  # views of the same places are kept before and after
        self._own = window.findChild(OwnLayers)
        self.notes: dict[str, float] = {}
        self._peak_mb = 0.0
        self._began_s = 0.0
        self._steps = self._acts()
        self._weigher = self._timer(_WEIGH_MS, self._weigh)
        self._looker = self._timer(_LOOK_MS, self._go_on)
        self._wanted = next(self._steps)

    def _timer(self, every_ms: int, slot) -> QTimer:
        timer = QTimer(self, interval=every_ms)
        timer.timeout.connect(slot)
        timer.start()
        return timer

    def _weigh(self) -> None:
        self._peak_mb = max(self._peak_mb, weights(os.getpid())["all_pss_mb"])

    def _go_on(self) -> None:
        late = time.perf_counter() - self._began_s > _GIVE_UP_S
        if not (self._wanted() or late):
            return
        self._wanted = next(self._steps, None)
        if self._wanted is None:
            self._weigher.stop()
            self._looker.stop()
            self._done(self.notes)

    def _acts(self):
        yield from self._clicks()  # the default map's own views, so that what it keeps of them counts before and after
        yield self._after(_SETTLED_S)
        weighed = weights(os.getpid())
        before = weighed["all_pss_mb"]
        self.notes |= {f"before_{who}_mb": weighed[f"{who}_pss_mb"] for who in ("window", "engine", "all")}
        for file in self._files:
            count = len(self._own_layers())
            self._begin()
            self._own.open_files([file])
            yield lambda count=count: len(self._own_layers()) > count
            self.notes[f"{file.stem}_read_ms"] = self._passed_ms()
            revision = self._engine.revision
            yield lambda revision=revision: self._shown() >= revision
            self.notes[f"{file.stem}_first_seen_ms"] = self._passed_ms()
            yield lambda: self._canvas.is_sharp
            self.notes[f"{file.stem}_sharp_ms"] = self._passed_ms()
            yield self._after(_SETTLED_S)
        self.notes["peak_mb"] = self._peak_mb
        self.notes["with_layers_mb"] = weights(os.getpid())["all_pss_mb"]
        yield from self._clicks()
        for layer in self._own_layers():
            self._own.remove(layer.id)
        yield self._after(2 * _SETTLED_S)
        weighed = weights(os.getpid())
        self.notes |= {f"after_{who}_mb": weighed[f"{who}_pss_mb"] for who in ("window", "engine", "all")}
        self.notes["growth_percent"] = 100 * (weighed["all_pss_mb"] / before - 1)

    def _clicks(self):
        """Ask what lies under seeded points, here and closer by; the first at each view counts as the others do."""
        seeded, spent = random.Random(tour.SEED), []
        answered: list[float] = []
        self._engine.pick_answered.connect(lambda _answer: answered.append(time.perf_counter()))
        for factor in (1.0, 0.1, 0.02):
            self._session.set_camera(self._home)
            self._session.set_camera(self._session.viewport.zoomed(1 / factor if factor < 1 else 1.0, px=600, py=500))
            yield self._after(2.0)
            for _ in range(_CLICKS):
                view = self._session.viewport
                x, y = view.to_map(seeded.uniform(0, view.width_px), seeded.uniform(0, view.height_px))
                answered.clear()
                began = time.perf_counter()
                self._engine.pick(x, y, view.camera.metres_per_pixel)
                yield lambda: bool(answered)
                spent.append((answered[0] - began) * 1000 if answered else _GIVE_UP_S * 1000)
        self._session.set_camera(self._home)
        ordered = sorted(spent)
        self.notes["pick_p50_ms"] = ordered[len(ordered) // 2]
        self.notes["pick_p99_ms"] = ordered[int(len(ordered) * 0.99)]

    def _own_layers(self):
        return [layer for layer in self._session.stack if layer.is_own]

    def _shown(self) -> int:
        """Return which look the newest picture shows."""
        return self._canvas._desk._taken_revision

    def _passed_ms(self) -> float:
        return (time.perf_counter() - self._began_s) * 1000

    def _begin(self) -> None:
        self._began_s = time.perf_counter()

    def _after(self, seconds: float):
        self._begin()
        return lambda: time.perf_counter() - self._began_s > seconds


def open_and_close(window, canvas, done) -> None:
    """Open the layers that the environment names, and hand in what was noted."""
    files = [Path(name) for name in os.environ["ARCTIC_VIEWER_SPEED_FILES"].split(os.pathsep)]
    Opener(window, canvas, done, files)
