import pytest
from PySide6.QtGui import QImage

from viewer.engine.engine import Engine
from viewer.engine.messages import PictureRequest
from viewer.engine.path_cache import PathCache
from viewer.model.camera import Camera

SIDE_PX = 300


def request_at(metres_per_pixel):
    camera = Camera(0, -200e3, metres_per_pixel)
    return PictureRequest("map", 1, camera, SIDE_PX, SIDE_PX, 1.0, "", SIDE_PX, SIDE_PX)


def paths_made(engine, monkeypatch):
    made = []
    get = PathCache.get
    monkeypatch.setattr(PathCache, "get", lambda cache, key, make: get(cache, key, lambda: made.append(key) or make()))
    return made


@pytest.mark.parametrize("times", [0.5, 0.25, 2.0, 0.125])
def test_the_next_scales_of_a_view_are_made_ready(qapp, small_resources, monkeypatch, times):
    engine = Engine(small_resources)
    for _ in engine.foresee(request_at(2000.0)):
        pass
    made = paths_made(engine, monkeypatch)
    engine.still(request_at(2000.0 * times))
    assert made == []


def test_without_it_they_are_made_when_they_are_asked_for(qapp, small_resources, monkeypatch):
    engine = Engine(small_resources)
    made = paths_made(engine, monkeypatch)
    engine.still(request_at(1000.0))
    assert made


def test_getting_ready_goes_in_small_steps_and_leaves_pictures_as_they_are(qapp, small_resources):
    engine = Engine(small_resources)
    before: QImage = engine.still(request_at(2000.0))[0]
    assert sum(1 for _ in engine.foresee(request_at(2000.0))) > 3
    assert engine.still(request_at(2000.0))[0] == before
