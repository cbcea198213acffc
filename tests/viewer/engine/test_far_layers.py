"""Layers too large to be held: drawn by the places of their features, and exactly where those are at hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared, swarm
from geodata.prepare import prepare
from geodata.swarm import Places
from viewer.engine.engine import Engine
from viewer.engine.messages import FeatureRequest, LookChange, PickRequest, PictureRequest
from viewer.engine.paths import path_of_rings
from viewer.model.camera import Camera
from viewer.model.layer import Layer, Near
from viewer.model.own_layers import style_in

CAMERA = Camera(0.0, 600e3, 1_000.0)
AT = PickRequest(1, 0.0, 600e3, 1_000.0)
REACH = (-100e3, 500e3, 100e3, 700e3)


@pytest.fixture
def engine(qapp, small_resources):
    return Engine(small_resources, cache=lambda: None)


def places(path, geometry="point", count=5_000):
    xy = np.column_stack((np.linspace(-50e3, 50e3, count), np.full(count, 600e3)))
    xy[count // 2] = (0.0, 600e3)
    ones = np.ones(count, np.int64)
    swarm.write("x", geometry, [Places(xy, np.arange(count), ones * 3, np.full(count, 30e3))], path)
    return str(path)


def features(path, size=20e3):
    frame = gpd.GeoDataFrame(
        {"id": ["7"], "name": ["Seven"], "field:a": [1]},
        geometry=[shapely.box(-size, 600e3 - size, size, 600e3 + size)],
        crs="EPSG:3995",
    )
    prepared.write(prepare("x", [(0.0, frame)]), path)
    return str(path)


def show(engine, path, near=None, kind="point", revision=1):
    layer = Layer("own-1", "Own", "", style_in("#ff0000", kind), selectable=True, prepared_path=path, near=near)
    return engine.set_look(LookChange(engine.stack.without("own-1").with_added(layer), "light", revision))


def middle(engine, camera=CAMERA):
    image, _ = engine.still(PictureRequest("x", 0, camera, 40, 40, 1.0, "", 0, 0))
    return image.pixelColor(20, 20)


def test_places_are_drawn_and_a_point_is_found_by_its_number(engine, tmp_path):
    before = middle(engine)
    assert show(engine, places(tmp_path / "p.prepared")) == ()
    assert middle(engine) != before
    hit = engine.pick(AT).hits[0]
    assert (hit.reference, hit.name) == ("own-1/2501", "Feature 2501")
    assert engine.find(FeatureRequest(1, ("own-1/2501",), 1.0)).hits[0].extent == hit.extent
    assert engine.find(FeatureRequest(1, ("own-1/",), 1.0)).hits[0].extent.width == 100e3


def test_boxes_are_drawn_but_are_no_features(engine, tmp_path):
    before = middle(engine)
    show(engine, places(tmp_path / "p.prepared", "polygon"), kind="polygon")
    assert middle(engine) != before
    assert engine.pick(AT).hits == ()


def test_within_reach_the_features_are_drawn_and_found_and_beyond_it_their_places(engine, tmp_path):
    near = Near(features(tmp_path / "n.prepared"), REACH)
    path = places(tmp_path / "p.prepared", "polygon")
    show(engine, path, near, kind="polygon")
    assert engine.pick(AT).hits[0].attributes["field:a"] == 1
    close = middle(engine, Camera(0.0, 615e3, 100.0))
    show(engine, path, None, kind="polygon", revision=2)
    assert middle(engine, Camera(0.0, 615e3, 100.0)) != close
    assert engine.pick(AT).hits == ()


def test_another_part_replaces_the_one_before(engine, tmp_path):
    path = places(tmp_path / "p.prepared", "polygon")
    show(engine, path, Near(features(tmp_path / "a.prepared"), REACH), kind="polygon")
    engine.pick(AT)
    show(engine, path, Near(features(tmp_path / "b.prepared", 5e3), REACH), kind="polygon", revision=2)
    assert engine.find(FeatureRequest(1, ("own-1/7",), 1.0)).hits[0].extent.width == 10e3
    assert engine.pick(PickRequest(1, 15e3, 600e3, 10.0)).hits == ()


def test_a_part_that_is_lost_is_told_and_the_places_are_drawn(engine, tmp_path):
    before = middle(engine)
    (problem,) = show(engine, places(tmp_path / "p.prepared"), Near(str(tmp_path / "lost.prepared"), REACH))
    assert "lost.prepared" in str(problem)
    assert middle(engine) != before


def test_thousands_of_lines_in_view_are_hairlines_of_all_their_colours(engine, tmp_path):
    count = 3_000
    lines = [shapely.LineString([(-15e3, 590e3 + 7 * n), (15e3, 590e3 + 7 * n)]) for n in range(count)]
    frame = gpd.GeoDataFrame({"id": [str(n) for n in range(count)], "name": "x"}, geometry=lines, crs="EPSG:3995")
    prepared.write(prepare("x", [(0.0, frame)]), tmp_path / "l.prepared")
    before = middle(engine)
    show(engine, str(tmp_path / "l.prepared"), kind="line")
    assert middle(engine) != before
    image, _ = engine.still(PictureRequest("x", 0, CAMERA, 40, 40, 1.0, "", 0, 0))
    assert image.pixelColor(20, 38) == before


def test_what_layers_needed_is_let_go_with_them(engine, tmp_path):
    show(engine, places(tmp_path / "p.prepared"), Near(features(tmp_path / "n.prepared"), REACH))
    middle(engine)
    engine._paths.get(("land", 0), lambda: path_of_rings([np.zeros((3, 2))]))
    assert engine._paths.vertices == 3
    engine.set_look(LookChange(engine.stack.without("own-1"), "light", 2))
    assert engine._own.far == {} and engine._own._paths.vertices == 0 == engine._paths.vertices
