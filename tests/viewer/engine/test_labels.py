from dataclasses import replace

import numpy as np
import pytest
import shapely

from geodata.prepare import prepare
from geodata.stereographic import forward
from tests.viewer.engine.labelled_map import (
    RESOURCES,
    SIZE,
    anchors,
    equal,
    frame,
    lanes,
    middles,
    overlaps,
    place,
    point_layer,
    views,
)
from viewer.engine import fonts
from viewer.engine.labels import Labeller
from viewer.model import styles
from viewer.model.camera import Camera, Viewport
from viewer.model.label_placing import screen_positions
from viewer.model.layer import Layer
from viewer.model.styles import LabelStyle, Rule
from viewer.model.views import at


@pytest.fixture(autouse=True)
def loaded(qapp):
    fonts.load(RESOURCES)


def test_no_two_boxes_overlap_in_any_view():
    labeller, most = Labeller(), 0
    for viewport in views():
        labels = place(labeller, viewport)
        assert len(overlaps(labels.boxes)) == 0
        most = max(most, len(labels.references))
    assert most > 40


def test_the_same_view_gives_the_same_labels_whatever_was_seen_before():
    walked = Labeller()
    for viewport in list(views())[::5]:
        place(walked, viewport)
    for viewport in list(views())[::13]:
        again, fresh = place(walked, viewport), place(Labeller(), viewport)
        assert again.references == fresh.references
        assert np.array_equal(again.boxes, fresh.boxes)
        assert equal(again, place(walked, viewport))


def test_nothing_stands_on_its_head():
    labeller = Labeller()
    seen = 0
    for viewport in views():
        labels = place(labeller, viewport)
        assert np.abs(labels.angles_deg).max(initial=0.0) <= 90.0
        assert not labels.angles_deg[~labels.turning].any()
        seen += int(labels.turning.sum())
    assert seen > 1000


def test_labels_lie_whole_in_the_part_that_was_asked_for():
    labeller = Labeller()
    for viewport in list(views())[::4]:
        labels = place(labeller, viewport, size=(700, 500))
        low, high = labels.boxes[:, :2], labels.boxes[:, :2] + labels.boxes[:, 2:]
        assert (low >= (-350, -250)).all()
        assert (high <= (350, 250)).all()


def test_pieces_lie_in_the_boxes_of_their_labels():
    labeller = Labeller()
    for viewport in list(views())[::6]:
        labels = place(labeller, viewport)
        positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
        positions -= (SIZE[0] / 2, SIZE[1] / 2)
        boxes = labels.boxes[labels.label_of]
        assert (positions >= boxes[:, :2]).all()
        assert (positions <= boxes[:, :2] + boxes[:, 2:]).all()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_upright_text_lies_on_whole_device_pixels_at_rest(scale):
    viewport = Viewport(at(33.3, 70.1, 2111.7), *SIZE)
    labels = place(Labeller(), viewport, scale=scale)
    positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    corners = (positions * scale - labels.sources[:, 2:] / 2)[~labels.turning]
    assert len(corners) > 10
    assert np.abs(corners - corners.round()).max() < 2e-3


def test_zooming_in_by_a_hundredth_moves_no_label_that_stays_and_takes_few_away():
    labeller = Labeller()
    camera = at(60.0, 74.0, 9000.0)
    stayed = gone = 0
    before, viewport = None, Viewport(camera, *SIZE)
    for _ in range(240):
        labels = place(labeller, viewport)
        if before is not None:
            old, old_labels, old_viewport = before
            new = anchors(labels)
            shown, _ = screen_positions(old_labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
            now, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
            for name, row in old.items():
                if name in new:
                    stayed += 1
                    assert np.abs(shown[row] - now[new[name]]).max() <= 2.0
                elif np.abs(old_viewport.to_screen_many(np.array([name[1:]]))[0] - (550, 380)).max() < 300:
                    gone += 1
        before = anchors(labels), labels, viewport
        viewport = Viewport(replace(viewport.camera, metres_per_pixel=viewport.camera.metres_per_pixel / 1.01), *SIZE)
    assert stayed > 3000
    assert gone < stayed / 200


def test_no_name_lies_on_what_stands_on_the_view_and_all_others_stay_where_they_are():
    corner = (150.0, 200.0, 550.0, 380.0)
    labeller, hidden = Labeller(), 0
    for viewport in views():
        free, kept = place(labeller, viewport), place(labeller, viewport, kept_out=[corner])
        under = [
            not (left >= corner[2] or top >= corner[3] or left + width <= corner[0] or top + height <= corner[1])
            for left, top, width, height in free.boxes.tolist()
        ]
        hidden += sum(under)
        shown = [reference for reference, is_under in zip(free.references, under, strict=True) if not is_under]
        assert list(kept.references) == shown
    assert hidden > 100


def test_panning_keeps_every_label_that_is_still_whole_in_view():
    labeller = Labeller()
    viewport = Viewport(at(45.0, 75.0, 3000.0), *SIZE)
    before = place(labeller, viewport)
    kept = 0
    for _ in range(25):
        viewport = Viewport(viewport.moved(9.0, -6.0), *SIZE)
        labels = place(labeller, viewport)
        inside = (np.abs(middles(before)) + before.boxes[:, 2:] / 2 < (550 - 10, 380 - 10)).all(axis=1)
        now = anchors(labels)
        for name, row in anchors(before).items():
            if inside[before.label_of[row]]:
                assert name in now
                kept += 1
        before = labels
    assert kept > 300


def test_a_name_keeps_clear_of_the_symbols_around_it():
    rows = [("a", "Alpha", 0, 40.0, 75.0), ("b", "Beta", 0, 40.9, 75.0)]
    label = LabelStyle(size_px=Rule(12.0))
    viewport = Viewport(at(40.0, 75.0, 1200.0), *SIZE)
    layer = point_layer("ab", rows, label=label)
    labels = place(Labeller(), viewport, layers=[layer])
    assert len(labels.references) == 2
    symbols = viewport.to_screen_many(forward([40.0, 40.9], [75.0, 75.0])) - (550, 380)
    for left, top, width, height in labels.boxes.tolist():
        outside = np.maximum(
            np.maximum(left - symbols[:, 0], symbols[:, 0] - left - width),
            np.maximum(top - symbols[:, 1], symbols[:, 1] - top - height),
        )
        assert outside.min() > 2.0


def test_the_layer_with_the_smaller_priority_keeps_its_room():
    first = point_layer("first", [("a", "Severodvinsk", 0, 40.0, 70.0)], label=LabelStyle(priority=40))
    seas_name = ("sea", "Wide Sea Name Here", 0, 40.35, 70.0)
    label = LabelStyle(role="sea", size_px=Rule(14.0), priority=20)
    second = point_layer("second", [seas_name], label=label, style=styles.InvisibleStyle())
    viewport = Viewport(at(40.0, 70.0, 1000.0), *SIZE)
    assert "second/sea" in place(Labeller(), viewport, layers=[first, second]).references
    flipped = replace(second[0], label=replace(label, priority=60))
    narrow = [first, (flipped, second[1])]
    assert place(Labeller(), viewport, layers=narrow).references[0] == "first/a"


def test_the_same_place_in_two_layers_is_named_once():
    ports = point_layer(
        "ports", [("m", "Tromso (harbour and shipyard)", 0, 33.05, 68.97)], label=LabelStyle(priority=45)
    )
    places = point_layer("places", [("m", "Tromsø", 0, 33.08, 68.98)], label=LabelStyle(priority=55))
    viewport = Viewport(at(33.0, 69.0, 1000.0), *SIZE)
    assert place(Labeller(), viewport, layers=[ports, places]).references == ("ports/m",)
    close = Viewport(at(33.06, 68.975, 10.0), *SIZE)
    assert set(place(Labeller(), close, layers=[ports, places]).references) == {"ports/m", "places/m"}


@pytest.mark.parametrize(("priority", "shown"), [(2, True), (50, False)])
def test_an_important_name_changes_sides_rather_than_leave_the_view(priority, shown):
    def labels_of(right_px):
        viewport = Viewport(at(40.0, 70.0, 1000.0), *SIZE)
        middle = viewport.moved(right_px, 0.0)
        return place(Labeller(), Viewport(middle, *SIZE), layers=[layer])

    label = LabelStyle(size_px=Rule(12.0), priority=priority)
    layer = point_layer("base", [("b", "Elmendorf-Richardson", 0, 40.0, 70.0)], label=label)
    assert middles(labels_of(0.0))[0, 0] > 0
    near_the_edge = labels_of(SIZE[0] / 2 - 30)
    assert (near_the_edge.references == ("base/b",)) == shown
    if shown:
        assert middles(near_the_edge)[0, 0] < SIZE[0] / 2 - 30
    assert labels_of(SIZE[0] / 2 + 8).references == ()


def test_lesser_ranks_wait_for_a_closer_view():
    label = LabelStyle(size_px=Rule(12.0))
    rows = [("big", "Big", 0, 40.0, 75.0), ("small", "Small", 1, 50.0, 75.0)]
    layer = point_layer("p", rows, label=label, rank_field="rank", rank_limits=(9000.0, 1000.0))
    camera = at(45.0, 75.0, 5000.0)
    assert place(Labeller(), Viewport(camera, *SIZE), layers=[layer]).references == ("p/big",)
    closer = Viewport(replace(camera, metres_per_pixel=900.0), *SIZE)
    assert set(place(Labeller(), closer, layers=[layer]).references) == {"p/big", "p/small"}


def test_a_layer_out_of_scale_has_no_names():
    layer, data = lanes()
    hidden = replace(layer, max_mpp=1000.0)
    assert place(Labeller(), Viewport(at(100.0, 76.0, 4000.0), *SIZE), layers=[(hidden, data)]).references == ()


def test_an_area_is_named_inside_it_once_its_name_fits():
    ring = shapely.Polygon([(0, -3e6), (4e5, -3e6), (4e5, -2.6e6), (0, -2.6e6)])
    layer = Layer("areas", "Areas", "", styles.FillStyle(), LabelStyle(role="region", size_px=Rule(12.0)))
    data = prepare("areas", [(0.0, frame({"id": ["one"], "name": ["Magadan"]}, [ring]))])
    near = Viewport(Camera(2e5, -2.8e6, 2000.0), *SIZE)
    labels = place(Labeller(), near, layers=[(layer, data)])
    assert labels.references == ("areas/one",)
    assert shapely.contains_xy(ring, *labels.anchors[0])
    far = Viewport(Camera(2e5, -2.8e6, 30000.0), *SIZE)
    assert place(Labeller(), far, layers=[(layer, data)]).references == ()
