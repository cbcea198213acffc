"""The shipped map's names in two hundred recorded views, and over recorded zooms."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geodata import catalogue, layer_files
from geodata.stereographic import forward
from tests.viewer.engine.labelled_map import PALETTE, RESOURCES, anchors, equal, overlaps
from viewer.engine import fonts
from viewer.engine.labels import Labeller
from viewer.map.labels import sides_of
from viewer.model.camera import Camera, Viewport
from viewer.model.label_placing import screen_positions
from viewer.model.stack import stack_of

RECORDED = json.loads((Path(__file__).parents[2] / "data" / "views" / "recorded.json").read_text())
SIZE = (1100, 760)
ZOOMS = {"alaska": (-150.0, 62.5), "barents": (40.0, 74.0), "bering": (-169.0, 66.0), "lane": (100.0, 77.0)}
STEPS = 209  # one per cent each: eight times as close
STAYS_PX = 2.0
MOST_FLICKERS = 0.003
MOST_TURNS = 3


@pytest.fixture(scope="module")
def layers(qapp):
    fonts.load(RESOURCES)
    stack = stack_of(catalogue.read(RESOURCES / "catalogue.toml"))[0]
    folder = RESOURCES / "layers"
    return [(layer, layer_files.read(layer.id, folder, cache=lambda: None)) for layer in stack if layer.visible]


@pytest.fixture(scope="module")
def walked(layers):
    """One labeller that went through all views in a row, and what it placed in each."""
    labeller = Labeller()
    return labeller, [placed(labeller, layers, row) for row in RECORDED]


def view_of(row):
    x, y = (float(value) for value in forward(row["lon"], row["lat"]))
    return Viewport(Camera(x, y, row["metres_per_pixel"], row["bearing_deg"]), *row["size"])


def placed(labeller, layers, row):
    view = view_of(row)
    return labeller.place(view, row["scale"], layers, PALETTE, labels_size=(view.width_px, view.height_px))


def test_two_hundred_views_are_on_record():
    assert len(RECORDED) == 200


def test_no_two_names_meet_in_any_recorded_view(walked):
    for number, labels in enumerate(walked[1]):
        assert len(overlaps(labels.boxes)) == 0, f"view {number}"
    assert sum(len(labels.references) for labels in walked[1]) > 4_000


def test_letters_of_different_names_do_not_meet_either(walked):
    for number, labels in enumerate(walked[1]):
        view = view_of(RECORDED[number])
        positions, _ = screen_positions(labels, view, placed_bearing_deg=view.camera.bearing_deg)
        boxes = labels.boxes[labels.label_of]
        positions -= (view.width_px / 2, view.height_px / 2)
        assert (positions >= boxes[:, :2] - 1).all(), f"view {number}"
        assert (positions <= boxes[:, :2] + boxes[:, 2:] + 1).all(), f"view {number}"


def test_no_name_stands_on_its_head_in_any_recorded_view(walked):
    for number, labels in enumerate(walked[1]):
        assert np.abs(labels.angles_deg).max(initial=0.0) <= 90.0, f"view {number}"
        assert not labels.angles_deg[~labels.turning].any(), f"view {number}"


def test_a_recorded_view_has_the_same_names_whatever_was_seen_before(walked, layers):
    labeller, first = walked
    for number in reversed(range(len(RECORDED))):
        again = placed(labeller, layers, RECORDED[number])
        assert again.references == first[number].references, f"view {number}"
        assert np.array_equal(again.boxes, first[number].boxes), f"view {number}"
    for number in range(0, len(RECORDED), 20):
        fresh = placed(Labeller(), layers, RECORDED[number])
        assert fresh.references == first[number].references, f"view {number}"
        assert np.array_equal(fresh.boxes, first[number].boxes), f"view {number}"


def test_the_same_view_twice_in_a_row_is_the_same_to_the_last_piece(layers):
    labeller = Labeller()
    for row in RECORDED[::10]:
        assert equal(placed(labeller, layers, row), placed(labeller, layers, row))


@pytest.mark.parametrize("name", ZOOMS)
def test_over_a_recorded_zoom_no_name_that_stays_jumps(layers, name):
    """Each step shows, at the new camera, the names placed for the old one; then those placed for the new one.

    An important name that would leave the view goes out on one side of its symbol and comes in on the other: seldom.
    """
    labeller = Labeller()
    x, y = (float(value) for value in forward(*ZOOMS[name]))
    view = Viewport(Camera(x, y, 8_000.0, 169.0), *SIZE)
    last_seen, before = {}, None
    stayed = turned = flickers = 0
    for step in range(STEPS):
        labels = labeller.place(view, 1.0, layers, PALETTE, labels_size=SIZE)
        now, _ = screen_positions(labels, view, placed_bearing_deg=169.0)
        here = anchors(labels)
        if before is not None:
            shown, _ = screen_positions(before, view, placed_bearing_deg=169.0)
            for key, row in anchors(before).items():
                if key in here and sides_of(before)[row] != sides_of(labels)[here[key]]:
                    turned += 1
                elif key in here:
                    stayed += 1
                    assert np.abs(shown[row] - now[here[key]]).max() <= STAYS_PX, f"step {step}: {key}"
        flickers += sum(1 for key in here if 1 < step - last_seen.get(key, step) <= 8)
        last_seen |= dict.fromkeys(here, step)
        before = labels
        view = Viewport(replace(view.camera, metres_per_pixel=view.camera.metres_per_pixel / 1.01), *SIZE)
    assert stayed > 2_000
    assert turned <= MOST_TURNS
    assert flickers <= MOST_FLICKERS * stayed
