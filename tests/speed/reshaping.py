"""How long a frame of a drag takes while one of 10,000 corners is moved, the whole shape in view and close by."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from geodata.stereographic import inverse
from geodata.vertices import of_places
from tests.speed.window import share
from viewer.model import palette
from viewer.model.camera import Camera, Viewport
from viewer.model.palette import Palette
from viewer.model.reshaping import Subject
from viewer.modes.annotate import handles

_CORNERS = 10_000
_RADIUS_M = 300e3
_FRAMES = 60
_SIZE_PX = (1300, 980)
_STYLES = Path(__file__).parents[2] / "resources" / "styles"


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return milliseconds of what a drag does in each frame: move, paint outline and handles, look for the nearest."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    colours = palette.read(_STYLES / "palette.toml")["light"]
    whole = Viewport(Camera(0.0, 0.0, 1_000.0, 30.0), *_SIZE_PX)
    close = Viewport(Camera(_RADIUS_M, 0.0, 20.0, 30.0), *_SIZE_PX)
    found: dict[str, float] = {}
    for name, viewport in (("whole", whole), ("close", close)):
        frames = [one for _ in range(runs) for one in _frames(_coast(), viewport, colours)]
        found |= {f"drag_{name}_p50_ms": share(frames, 50), f"drag_{name}_max_ms": max(frames)}
    del app
    return found


def _coast() -> Subject:
    turn = np.linspace(0.0, 2 * np.pi, _CORNERS, endpoint=False)
    radius = _RADIUS_M * (1 + 0.002 * np.random.default_rng(1).standard_normal(_CORNERS))
    places = np.column_stack(inverse(radius * np.cos(turn), radius * np.sin(turn)))
    return Subject("notes-polygon/coast", "Coast", of_places("polygon", places), "polygon")


def _frames(coast: Subject, viewport: Viewport, colours: Palette) -> list[float]:
    image = QImage(*_SIZE_PX, QImage.Format.Format_RGB32)
    lon, lat = coast.vertices.place(0)
    taken: list[float] = []
    for number in range(_FRAMES):
        start = time.perf_counter()
        live = coast.moved(0, (lon, lat + number * 1e-4))
        painter = QPainter(image)
        handles.paint_outline(painter, live, viewport, colours)
        shown = handles.shown_handles(live, viewport, QPointF(_SIZE_PX[0] / 2, _SIZE_PX[1] / 2)).tolist()
        handles.paint_handles(painter, live, shown, chosen=0, viewport=viewport, palette=colours)
        live.vertices.nearest(0.0, 0.0, reach_m=1.0)
        live.vertices.nearest_edge(0.0, 0.0, reach_m=1.0)
        painter.end()
        taken.append(1e3 * (time.perf_counter() - start))
    return taken
