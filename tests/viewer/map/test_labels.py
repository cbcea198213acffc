from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from viewer.engine.messages import AtlasPatch, LabelSet
from viewer.map.labels import FADE_S, LabelSheet
from viewer.model.camera import Camera, Viewport

VIEW = Viewport(Camera(0.0, 0.0, 100.0, 0.0), 200.0, 100.0)


def patch(generation, top, colours, *, width=8):
    """One row of the atlas for each colour."""
    rows = b"".join(np.array([colour] * width, "<u4").tobytes() for colour in colours)
    return AtlasPatch(generation, top, width, len(colours), rows)


def label(generation, *, row, height=2, x=0.0, y=0.0, patch=None, turning=False):
    return LabelSet(
        generation=generation,
        anchors=np.array([[x, y]]),
        offsets=np.zeros((1, 2), np.float32),
        sources=np.array([[0, row, 8, height]], np.float32),
        angles_deg=np.zeros(1, np.float32),
        turning=np.array([turning]),
        label_of=np.zeros(1, np.int32),
        boxes=np.zeros((1, 4), np.float32),
        references=("places/somewhere",),
        patch=patch,
    )


def drawn(sheet, viewport=VIEW, *, scale=1.0):
    image = QImage(round(200 * scale), round(100 * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(0)
    painter = QPainter(image)
    sheet.paint(painter, viewport)
    painter.end()
    return image


def colours(image):
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())} - {0xFF000000}


RED, GREEN, BLUE = 0xFFFF0000, 0xFF00FF00, 0xFF0000FF


class Clock:
    """A time that passes when it is told to."""

    now_s = 100.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sheet(qapp, clock):
    return LabelSheet(is_still=lambda: False, clock=clock)


def test_a_label_stands_at_its_place_on_the_map(sheet):
    sheet.take(label(1, row=0, x=2_000.0, y=1_000.0, patch=patch(1, 0, [RED, RED])), bearing_deg=0.0)
    image = drawn(sheet)
    assert image.pixel(120, 40) == RED
    assert colours(image) == {RED}


@pytest.mark.parametrize("scale", [1.25, 2.0, 3.0])
def test_a_label_stands_at_its_place_as_large_as_in_the_atlas_on_every_screen(sheet, scale):
    one = label(1, row=0, x=5_000.0, y=1_000.0, patch=patch(1, 0, [RED, RED]))
    sheet.take(one, bearing_deg=0.0, scale=scale)
    image = drawn(sheet, scale=scale)
    lit = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == RED]
    assert len(lit) == 8 * 2
    middle = [sum(values) / len(lit) + 0.5 for values in zip(*lit, strict=True)]
    assert middle == pytest.approx([150 * scale, 40 * scale], abs=1)


def test_rows_that_come_later_are_added_to_the_atlas(sheet):
    sheet.take(label(1, row=0, patch=patch(1, 0, [RED, RED])), bearing_deg=0.0)
    assert sheet.atlas == (1, 2)
    sheet.take(label(1, row=2, patch=patch(1, 2, [GREEN, GREEN])), bearing_deg=0.0)
    assert sheet.atlas == (1, 4)
    assert colours(drawn(sheet)) == {GREEN}
    sheet.take(label(1, row=0), bearing_deg=0.0)
    assert colours(drawn(sheet)) == {RED}


def test_another_generation_replaces_the_atlas(sheet):
    sheet.take(label(1, row=0, patch=patch(1, 0, [RED, RED])), bearing_deg=0.0)
    sheet.take(label(2, row=0, patch=patch(2, 0, [BLUE, BLUE], width=16)), bearing_deg=0.0)
    assert sheet.atlas == (2, 2)
    assert colours(drawn(sheet)) == {BLUE}


def test_labels_whose_atlas_never_came_are_not_drawn(sheet):
    sheet.take(label(5, row=0), bearing_deg=0.0)
    assert colours(drawn(sheet)) == set()


def test_a_forgotten_atlas_is_asked_for_whole_while_its_labels_stay(sheet):
    sheet.take(label(1, row=0, patch=patch(1, 0, [RED, RED])), bearing_deg=0.0)
    sheet.forget_atlas()
    assert sheet.atlas == (-1, 0)
    assert colours(drawn(sheet)) == {RED}


def test_labels_stay_upright_when_the_map_turns_and_those_along_lines_turn_with_it(sheet):
    turned = Viewport(Camera(0.0, 0.0, 100.0, 90.0), 200.0, 100.0)
    shapes = []
    for turning in (False, True):
        sheet.take(label(1, row=0, patch=patch(1, 0, [RED, RED]), turning=turning), bearing_deg=0.0)
        image = drawn(sheet, turned)
        lit = [(x, y) for x in range(200) for y in range(100) if image.pixel(x, y) != 0xFF000000]
        shapes.append(max(x for x, _ in lit) - min(x for x, _ in lit) > max(y for _, y in lit) - min(y for _, y in lit))
    assert shapes == [True, False]


def two(sheet):
    """Show a red name, then a green one elsewhere in its place."""
    sheet.take(label(1, row=0, x=-5_000.0, patch=patch(1, 0, [RED, RED, GREEN, GREEN])), bearing_deg=0.0)
    assert not sheet.is_fading
    sheet.take(label(1, row=2, x=5_000.0), bearing_deg=0.0)


def share(image, x):
    """Return how much of its colour is seen of the name in a column, red and green."""
    colour = image.pixelColor(x, 50)
    return round(colour.redF(), 1), round(colour.greenF(), 1)


def test_a_name_fades_in_while_another_fades_out(sheet, clock):
    two(sheet)
    seen = []
    for _ in range(3):
        image = drawn(sheet)
        seen.append((share(image, 50), share(image, 150), sheet.is_fading))
        clock.now_s += FADE_S / 2
    assert seen == [((1.0, 0.0), (0.0, 0.0), True), ((0.5, 0.0), (0.0, 0.5), True), ((0.0, 0.0), (0.0, 1.0), False)]


def test_a_name_that_comes_back_goes_on_from_what_is_seen_of_it(sheet, clock):
    two(sheet)
    clock.now_s += FADE_S / 2
    sheet.take(label(1, row=0, x=-5_000.0), bearing_deg=0.0)
    image = drawn(sheet)
    assert share(image, 50) == (0.5, 0.0)
    assert share(image, 150) == (0.0, 0.5)
    clock.now_s += FADE_S
    assert colours(drawn(sheet)) == {RED}


def test_a_name_that_stays_is_there_all_the_time(sheet, clock):
    sheet.take(label(1, row=0, patch=patch(1, 0, [RED, RED])), bearing_deg=0.0)
    clock.now_s += 1
    sheet.take(label(1, row=0), bearing_deg=12.0)
    assert not sheet.is_fading
    assert colours(drawn(sheet)) == {RED}


def test_without_motion_names_come_and_go_at_once(qapp):
    sheet = LabelSheet(is_still=lambda: True)
    two(sheet)
    assert not sheet.is_fading
    assert colours(drawn(sheet)) == {GREEN}


def test_a_name_that_changes_sides_does_not_jump(sheet, clock):
    one = label(1, row=0, patch=patch(1, 0, [RED, RED]))
    for side in (-60.0, 60.0):
        sheet.take(replace(one, offsets=np.array([[side, 0.0]], np.float32)), bearing_deg=0.0)
    clock.now_s += FADE_S / 2
    image = drawn(sheet)
    assert share(image, 40) == share(image, 160) == (0.5, 0.0)
