import itertools
import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.extent import Extent
from geodata.prepare import prepare
from viewer.engine.scene import LayerScene, clip_around
from viewer.model.layer import Layer
from viewer.model.styles import FillStyle, Rule


def scene_of(geometries: list[shapely.Geometry], **columns: list[object]) -> LayerScene:
    count = len(geometries)
    frame = gpd.GeoDataFrame(
        {"id": [str(n) for n in range(count)], "name": "x", **columns}, geometry=geometries, crs="EPSG:3995"
    )
    return LayerScene(prepare("layer", [(0.0, frame)]))


SQUARES = [shapely.box(x, 0, x + 10, 10) for x in (0, 100, 200)]


def test_features_that_look_alike_share_a_look():
    scene = scene_of(SQUARES, depth=[50, 100, 50])
    looks, look_of = scene.looks(FillStyle(fill=Rule("", "depth", (("50", "a"), ("100", "b")))))
    assert [looks[index]["fill"] for index in look_of] == ["a", "b", "a"]
    assert len(looks) == 2


def test_another_style_gives_other_looks():
    scene = scene_of(SQUARES)
    assert scene.looks(FillStyle(fill=Rule("a")))[0][0]["fill"] == "a"
    assert scene.looks(FillStyle(fill=Rule("b")))[0][0]["fill"] == "b"


def test_only_parts_in_view_of_features_that_are_shown_are_drawn():
    scene = scene_of(SQUARES, rank=[0, 1, 0])
    layer = Layer("layer", "", "", FillStyle(), rank_field="rank", rank_limits=(1000.0, 10.0))
    level = scene.prepared.levels[0]
    view = Extent(-5, -5, 120, 20)
    assert scene.parts_in(level, view, scene.shown(layer, 5.0)).tolist() == [0, 1]
    assert scene.parts_in(level, view, scene.shown(layer, 500.0)).tolist() == [0]


def test_a_feature_without_a_rank_is_shown_at_every_scale_as_a_click_finds_it():
    ranks = [None, "", True, float("nan"), -1, 0, 1.9, 7]
    scene = scene_of([shapely.box(x, 0, x + 10, 10) for x in range(len(ranks))])
    scene = LayerScene(replace(scene.prepared, attributes_json=json.dumps({"id": ranks, "rank": ranks}).encode()))
    layer = Layer("layer", "", "", FillStyle(), rank_field="rank", rank_limits=(1000.0, 10.0))
    for metres_per_pixel in (5.0, 500.0, 50_000.0):
        clickable = [layer.shows_rank(rank, metres_per_pixel) for rank in ranks]
        assert scene.shown(layer, metres_per_pixel).tolist() == clickable
    assert scene.shown(replace(layer, rank_field="none such"), 50_000.0).all()


def test_a_large_shape_is_cut_to_what_is_near_the_view():
    angles = np.linspace(0, 2 * np.pi, 5_001)
    scene = scene_of([shapely.Polygon(np.c_[np.cos(angles), np.sin(angles)] * 1e6)])
    near = scene.path(0, 0, clip=Extent(0.99e6, -1e4, 1.01e6, 1e4))
    whole = scene.path(0, 0, clip=Extent(-2e6, -2e6, 2e6, 2e6))
    assert near.elementCount() < 50
    assert whole.elementCount() >= 5_001


def test_a_path_is_made_once():
    scene = scene_of(SQUARES)
    clip = Extent(-1e3, -1e3, 1e3, 1e3)
    assert scene.path(0, 1, clip=clip) is scene.path(0, 1, clip=clip)


def test_a_line_with_one_level_of_detail_is_thinned_to_the_scale():
    angles = np.linspace(0, np.pi, 1_001)
    scene = scene_of([shapely.LineString(np.c_[np.cos(angles), np.sin(angles)] * 1e6)])
    clip = Extent(-2e6, -2e6, 2e6, 2e6)
    far, near = (scene.line_path(0, 0, clip=clip, tolerance_m=tolerance_m) for tolerance_m in (5_000.0, 0.01))
    assert far.elementCount() < 100
    assert near.elementCount() == 1_001


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.floats(10, 1e7), st.floats(10, 1e7))
def test_the_cut_always_lies_well_outside_the_view(x, y, width, height):
    view = Extent(x, y, x + width, y + height)
    clip, longer = clip_around(view), max(width, height)
    assert clip.contains(view.grown(0.12 * longer))
    assert max(clip.width, clip.height) < 4.1 * longer


def test_the_outline_of_a_polygon_may_leave_its_holes_out():
    scene = scene_of([shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))])
    clip = Extent(-1e3, -1e3, 1e3, 1e3)
    whole = scene.path(0, 0, clip=clip, outline=True)
    shell = scene.path(0, 0, clip=clip, outline=True, with_holes=False)
    assert (whole.elementCount(), shell.elementCount()) == (10, 5)


def test_numbers_of_one_class_share_a_look():
    scene = scene_of(SQUARES, depth=[1.5, 99.0, 2.5])
    rule = Rule("none", "depth", (("shallow", "a"), ("deep", "b")), (50.0,))
    looks, look_of = scene.looks(FillStyle(fill=rule))
    assert [looks[index]["fill"] for index in look_of] == ["a", "b", "a"]
    assert len(looks) == 2


def test_a_shape_is_cut_once_for_views_that_share_the_cut():
    scene = scene_of([shapely.Point(0, 0).buffer(1e6, quad_segs=2_000)])
    view = Extent(-1e4, -9e5, 1e4, 9e5)
    assert scene.path(0, 0, clip=view) is scene.path(0, 0, clip=view)
    assert scene.path(0, 0, clip=Extent(0, -9e5, 2e4, 9e5)) is not scene.path(0, 0, clip=view)


EVERYWHERE = Extent(-1e7, -1e7, 1e7, 1e7)


def vertices(path):
    return [(path.elementAt(n).x, path.elementAt(n).y) for n in range(path.elementCount())]


def coast(steps):
    turns = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.column_stack([np.cos(turns), np.sin(turns)]) * (1e5 + 1e4 * np.sin(40 * turns))[:, None]


def test_the_runs_of_a_long_outline_meet_and_leave_nothing_out():
    scene = scene_of([shapely.Polygon(coast(5_000))])
    whole = vertices(scene.unit_path(0, (0,), clip=EVERYWHERE, outline=True))
    runs = [vertices(run) for run in scene.outline_runs(0, (0,), clip=EVERYWHERE)]
    assert len(runs) > 10
    assert all(run[-1] == following[0] for run, following in itertools.pairwise(runs))
    assert [runs[0][0], *(place for run in runs for place in run[1:])] == whole


def test_the_runs_of_an_outline_that_leaves_the_view_stay_near_it():
    scene = scene_of([shapely.Polygon(coast(5_000))])
    clip = Extent(0, 0, 2e5, 2e5)
    places = np.array([place for run in scene.outline_runs(0, (0,), clip=clip) for place in vertices(run)])
    assert 1_000 < len(places) < 2_500
    assert places.min() >= -1


def test_a_short_outline_is_one_path_and_is_kept():
    scene = scene_of(SQUARES)
    (path,) = scene.outline_runs(0, (1,), clip=EVERYWHERE)
    assert path is scene.unit_path(0, (1,), clip=EVERYWHERE, outline=True)


def test_the_runs_of_a_line_are_its_thinned_line():
    turns = np.linspace(0, 3, 1_400)
    scene = scene_of([shapely.LineString(np.column_stack([turns, np.sin(turns)]) * 1e6)])
    whole = vertices(scene.line_path(0, 0, clip=EVERYWHERE, tolerance_m=10.0))
    runs = [vertices(run) for run in scene.line_runs(0, 0, clip=EVERYWHERE, tolerance_m=10.0)]
    assert [runs[0][0], *(place for run in runs for place in run[1:])] == whole
    assert scene.line_runs(0, 0, clip=EVERYWHERE, tolerance_m=10.0) is scene.line_runs(
        0, 0, clip=EVERYWHERE, tolerance_m=10.0
    )
