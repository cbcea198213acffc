"""How much a redraw costs when the file grows tenfold and what is on the screen stays the same."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from tests.speed.engine_alone import engine

_IN_VIEW = 5_000
_FACTOR = 10
_WIDTH, _HEIGHT = 1_690, 1_270
_ROUNDS = 9


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return redraws in milliseconds at one and ten times the features, and by how many per cent they differ."""
    from viewer.model.views import named_view

    painter, base = engine(), engine().stack
    camera = named_view("alaska", width_px=_WIDTH, height_px=_HEIGHT)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("polygon", "line", "point"):
            files = [_written(Path(folder), kind, camera, factor) for factor in (1, _FACTOR)]
            spent: list[list[float]] = [[], []]
            for _ in range(max(runs, _ROUNDS)):  # by turns, so that what else the machine does hits both
                for number, file in enumerate(files):
                    spent[number].append(_redraw_ms(painter, base, kind, file, camera))
            once, more = (statistics.median(times[2:]) for times in spent)
            found |= {f"{kind}s_ms": once, f"{kind}s_tenfold_ms": more, f"{kind}s_percent": 100 * (more / once - 1)}
        _show(painter, base)
    return found


def _written(folder: Path, kind: str, camera, factor: int) -> Path:
    """Write the prepared form of a layer; what is beyond the first part lies far from the view."""
    from geodata import prepared, swarm
    from geodata.prepare import prepare
    from geodata.swarm import Places

    rng = np.random.default_rng(11)
    count = _IN_VIEW * (20 if kind == "point" else 1)
    half = 0.3 * _HEIGHT * camera.metres_per_pixel
    middle = np.array((camera.x, camera.y))
    near = rng.uniform(-half, half, (count, 2)) + middle
    away = rng.uniform(-half, half, (count * (factor - 1), 2)) - middle
    xy = np.concatenate((near, away))
    path = folder / f"{kind}-{factor}.prepared"
    if kind == "point":
        ones = np.ones(len(xy), np.int64)
        swarm.write("own", "point", [Places(xy, np.arange(len(xy)), ones, np.zeros(len(xy)))], path)
        return path
    size = 6 * camera.metres_per_pixel
    shapes = shapely.box(*xy.T, *(xy + size).T) if kind == "polygon" else _lines(xy, size)
    frame = gpd.GeoDataFrame({"id": list(map(str, range(len(xy)))), "name": "x"}, geometry=shapes, crs=3995)
    prepared.write(prepare("own", [(0.0, frame)]), path)
    return path


def _lines(xy, size: float):
    steps = np.array([(0, 0), (1, 0.5), (0.4, 1), (1.5, 1.5)]) * size
    return shapely.linestrings(xy[:, None, :] + steps)


def _show(painter, stack) -> None:
    from viewer.engine.messages import LookChange

    painter.set_look(LookChange(stack, "light", painter.revision + 1))


def _redraw_ms(painter, base, kind: str, file: Path, camera) -> float:
    from PySide6.QtGui import QImage

    from viewer.engine.messages import PictureRequest
    from viewer.model.layer import Layer
    from viewer.model.own_layers import style_in

    layer = Layer("own", "Own", "", style_in("own_1", kind), prepared_path=str(file))
    _show(painter, base.with_added(layer))
    request = PictureRequest("speed", 0, camera, _WIDTH, _HEIGHT, 1.0, "", 1_300, 980)
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    for _ in painter.paint(request, image):  # once to make what is kept
        pass
    began = time.perf_counter()
    for _ in painter.paint(request, image):
        pass
    return (time.perf_counter() - began) * 1000
