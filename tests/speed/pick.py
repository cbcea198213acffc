"""Finding what lies under the pointer in the engine, and from the click to the card on the screen."""

from __future__ import annotations

import random
import time

from tests.speed import tour
from tests.speed.engine_alone import engine
from tests.speed.window import medians, share

_QUESTIONS = 2_000


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return milliseconds: picks at seeded points of the five views, and clicks in a real window."""
    from viewer.engine.messages import PickRequest
    from viewer.model.camera import Viewport
    from viewer.model.views import VIEW_NAMES, named_view

    asked, seeded = engine(), random.Random(tour.SEED)
    viewports = [Viewport(named_view(name, width_px=1920, height_px=1080), 1920, 1080) for name in VIEW_NAMES]
    spent: list[float] = []
    for index in range(_QUESTIONS + 50):
        viewport = viewports[index % len(viewports)]
        x, y = viewport.to_map(seeded.uniform(0, 1920), seeded.uniform(0, 1080))
        began = time.perf_counter()
        asked.pick(PickRequest(index, x, y, viewport.camera.metres_per_pixel))
        spent.append((time.perf_counter() - began) * 1000)
    warm = spent[50:]
    found = {f"pick_p{percent}_ms": share(warm, percent) for percent in (50, 99)} | {"pick_max_ms": max(warm)}
    return found | medians("clicks", runs=runs)
