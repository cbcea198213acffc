import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from viewer.model.camera import Camera, Viewport
from viewer.model.label_placing import screen_positions


@dataclass(frozen=True)
class Two:
    """One upright piece and one that turns, at the same anchor."""

    anchors: np.ndarray
    offsets: np.ndarray
    angles_deg: np.ndarray
    turning: np.ndarray


def two():
    return Two(
        np.array([[1000.0, 2000.0], [1000.0, 2000.0]]),
        np.array([[10.0, -4.0], [10.0, -4.0]], dtype=np.float32),
        np.array([0.0, 30.0], dtype=np.float32),
        np.array([False, True]),
    )


VIEW = Viewport(Camera(1000.0, 2000.0, 100.0, 40.0), 800, 600)


def test_at_rest_pieces_lie_at_their_offsets():
    positions, angles = screen_positions(two(), VIEW, placed_bearing_deg=40.0)
    assert positions == pytest.approx(np.array([[410.0, 296.0], [410.0, 296.0]]))
    assert angles.tolist() == [0.0, 30.0]


def test_zooming_keeps_their_size_and_moves_them_with_the_map():
    closer = replace(VIEW, camera=replace(VIEW.camera, x=0.0, metres_per_pixel=50.0))
    positions, _ = screen_positions(two(), closer, placed_bearing_deg=40.0)
    anchor = closer.to_screen(1000.0, 2000.0)
    assert positions[0] == pytest.approx((anchor[0] + 10.0, anchor[1] - 4.0))


def test_turning_the_map_turns_only_what_turns_and_as_far_as_the_map():
    turned = replace(VIEW, camera=replace(VIEW.camera, bearing_deg=10.0))
    positions, angles = screen_positions(two(), turned, placed_bearing_deg=40.0)
    assert positions[0] == pytest.approx((410.0, 296.0))
    assert angles.tolist() == [0.0, 60.0]
    right, down = 10 * math.cos(math.pi / 6) + 4 * 0.5, 10 * 0.5 - 4 * math.cos(math.pi / 6)
    assert positions[1] == pytest.approx((400 + right, 300 + down))


def test_a_piece_that_turns_stays_over_the_same_spot_of_the_map():
    spot = VIEW.to_map(410.0, 296.0)
    turned = replace(VIEW, camera=replace(VIEW.camera, bearing_deg=123.0))
    positions, _ = screen_positions(two(), turned, placed_bearing_deg=40.0)
    assert positions[1] == pytest.approx(turned.to_screen(*spot), abs=1e-6)


def test_it_changes_nothing_it_was_given():
    labels = two()
    screen_positions(labels, replace(VIEW, camera=replace(VIEW.camera, bearing_deg=1.0)), placed_bearing_deg=40.0)
    assert labels.angles_deg.tolist() == [0.0, 30.0]
    assert labels.offsets.tolist() == [[10.0, -4.0], [10.0, -4.0]]
