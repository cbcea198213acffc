"""Whole pictures by the engine; where QGIS is installed, the same nine layers by both in the same run."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.speed import rival
from tests.speed.engine_alone import RESOURCES, engine

if TYPE_CHECKING:
    from viewer.engine.engine import Engine
    from viewer.model.camera import Camera
    from viewer.model.layer import LayerStack

WIDTH, HEIGHT = 1920, 1080
NINE = (
    "bathymetry",
    "land",
    "glaciated",
    "lakes",
    "rivers",
    "russian-arctic",
    "alaska",
    "admin1-borders",
    "country-borders",
)
_RIVAL_VIEWS = ("arctic", "alaska", "jber")


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return medians of warm redraws at 1920 × 1080 in milliseconds, and how many times faster than QGIS they are.

    One is also measured on a dense screen, with four times the pixels.
    """
    from viewer.model.views import VIEW_NAMES, named_view

    painter = engine()
    views = {name: named_view(name, width_px=WIDTH, height_px=HEIGHT) for name in VIEW_NAMES}
    found = {f"{name}_ms": _redraw_ms(painter, camera, runs=runs) for name, camera in views.items()}
    found["arctic_at_scale_2_ms"] = _redraw_ms(painter, views["arctic"], runs=runs, scale=2.0)
    whole = painter.stack
    _show(painter, whole.__class__(tuple(replace(layer, visible=layer.id in NINE) for layer in whole)))
    ours = {name: _redraw_ms(painter, views[name], runs=runs, labels=False) for name in _RIVAL_VIEWS}
    _show(painter, whole)
    found |= {f"nine_layers_{name}_ms": value for name, value in ours.items()}
    theirs = rival.measure(RESOURCES / "layers", NINE, {name: views[name] for name in _RIVAL_VIEWS}, runs=runs)
    for name in _RIVAL_VIEWS:
        if name in theirs:
            found[f"nine_layers_{name}_qgis_ms"] = theirs[name]
            found[f"nine_layers_{name}_times_faster"] = theirs[name] / ours[name]
    return found | {name: value for name, value in theirs.items() if name not in _RIVAL_VIEWS}


def _show(painter: Engine, stack: LayerStack) -> None:
    from viewer.engine.messages import LookChange

    painter.set_look(LookChange(stack, "light", painter.revision + 1))


def _redraw_ms(painter: Engine, camera: Camera, *, runs: int, labels: bool = True, scale: float = 1.0) -> float:
    from PySide6.QtGui import QImage

    from viewer.engine.messages import PictureRequest

    labelled = (WIDTH, HEIGHT) if labels else (0, 0)
    request = PictureRequest("speed", 0, camera, WIDTH, HEIGHT, scale, "", *labelled)
    image = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
    spent: list[float] = []
    for _ in range(2 + max(runs, 7)):
        began = time.perf_counter()
        for _step in painter.paint(request, image):
            pass
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent[2:])
