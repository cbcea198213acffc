"""Layers that are opened while the engine runs."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared
from geodata.prepare import prepare
from viewer.engine.engine import Engine
from viewer.engine.messages import FeatureRequest, LookChange, PickRequest, PictureRequest
from viewer.model.camera import Camera
from viewer.model.layer import Layer
from viewer.model.own_layers import style_in

CAMERA = Camera(0.0, 600e3, 1_000.0)
AT = PickRequest(1, 0.0, 600e3, 1_000.0)


@pytest.fixture
def engine(qapp, small_resources):
    return Engine(small_resources, cache=lambda: None)


@pytest.fixture
def own(tmp_path):
    def make(name="a", size=50e3):
        frame = gpd.GeoDataFrame(
            {"id": ["1"], "name": ["Square"], "field:id": ["x"]},
            geometry=[shapely.box(-size, 600e3 - size, size, 600e3 + size)],
            crs="EPSG:3995",
        )
        path = tmp_path / f"{name}.prepared"
        prepared.write(prepare("whatever", [(0.0, frame)]), path)
        style = style_in("#ff0000", "polygon")
        return Layer("own-1", "Own", "Your layers", style, selectable=True, prepared_path=str(path))

    return make


def show(engine, *layers, revision=1):
    stack = engine.stack
    for layer in layers:
        stack = stack.without(layer.id).with_added(layer)
    return engine.set_look(LookChange(stack, "light", revision))


def middle(engine):
    image, _ = engine.still(PictureRequest("x", 0, CAMERA, 40, 40, 1.0, "", 0, 0))
    return image.pixelColor(20, 20)


def test_a_layer_is_drawn_and_found_as_soon_as_it_is_in_the_stack(engine, own):
    before = middle(engine)
    assert show(engine, own()) == ()
    assert middle(engine).red() > before.red()
    assert [hit.reference for hit in engine.pick(AT).hits] == ["own-1/1"]
    assert engine.find(FeatureRequest(1, ("own-1/",), 1_000.0)).hits[0].extent.width == 100e3


def test_a_layer_that_left_the_stack_is_gone(engine, own):
    show(engine, own())
    engine.set_look(LookChange(engine.stack.without("own-1"), "light", 2))
    assert engine.pick(AT).hits == ()
    assert engine.find(FeatureRequest(1, ("own-1/1",), 1_000.0)).hits == ()


def test_a_layer_that_was_read_again_is_opened_anew(engine, own):
    show(engine, own())
    engine.pick(AT)
    show(engine, own("b", size=10e3), revision=2)
    assert np.isclose(engine.find(FeatureRequest(1, ("own-1/1",), 1_000.0)).hits[0].extent.width, 20e3)
    assert engine.pick(replace(AT, x=30e3)).hits == ()


def test_a_lost_file_is_told_once_and_the_rest_is_drawn(engine, own, tmp_path):
    lost = replace(own(), prepared_path=str(tmp_path / "lost.prepared"))
    (problem,) = show(engine, lost)
    assert "lost.prepared" in str(problem)
    assert show(engine, lost, revision=2) == ()
    middle(engine)
