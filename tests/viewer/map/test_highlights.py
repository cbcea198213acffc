"""Halo and glow, seen in the picture of the view."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from viewer.model.camera import Camera, Viewport

SEA = (10, 20, 30)


def shown(canvas):
    image = canvas.snapshot().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows.reshape(image.height(), image.width(), 4)[:, :, 2::-1].astype(int)


def at(picture, px, py):
    return tuple(picture[round(py), round(px)])


@pytest.fixture
def island(session, make_hit):
    """A square of 200 km around the middle of the view."""
    return make_hit("land/island", x=session.camera.x, y=session.camera.y, half_m=100_000)


def edge(session):
    return session.viewport.to_screen(session.camera.x + 100_000, session.camera.y)


def test_the_selected_feature_has_a_halo_of_two_tones(canvas, session, island):
    session.select(island)
    picture = shown(canvas)
    px, py = edge(session)
    around = picture[int(py) - 4 : int(py) + 5, int(px) - 4 : int(px) + 5].reshape(-1, 3)
    assert (around.max(axis=0) > 200).all()
    assert (np.abs(around - (1, 2, 3)).max(axis=1) < 12).any()
    assert at(picture, 400, 300) == SEA


def test_a_feature_that_glows_is_outlined_in_the_colour_of_glow(canvas, session, island):
    session.set_glow((island,))
    assert at(shown(canvas), *edge(session)) == pytest.approx((255, 176, 0), abs=25)


def test_a_hovered_feature_is_outlined_softly(canvas, session, island):
    session.hover(island)
    red, green, blue = at(shown(canvas), *edge(session))
    assert min(red, blue) > 100
    assert green < 30


def test_nothing_is_outlined_any_more_once_it_is_cleared(canvas, session, island):
    session.select(island)
    session.hover(island)
    session.select(None)
    session.hover(None)
    assert (shown(canvas)[80:500, 20:700] == SEA).all()


def test_a_symbol_is_ringed_and_not_covered(canvas, session, make_hit):
    session.select(make_hit("ports/haven", x=session.camera.x, y=session.camera.y))
    picture = shown(canvas)
    assert at(picture, 400, 300) == SEA
    assert (picture[285:315, 385:415].max(axis=2) > 200).any()


def test_an_outline_stays_on_its_feature_when_the_view_moves_zooms_and_turns(canvas, session, island):
    session.set_glow((island,))
    corner = island.outline[0][0]
    session.set_camera(Camera(session.camera.x + 30_000, session.camera.y, 600.0, 200.0))
    assert at(shown(canvas), *session.viewport.to_screen(*corner)) == pytest.approx((255, 176, 0), abs=40)


def test_on_a_fine_screen_an_outline_is_in_the_same_place_and_as_wide(canvas, session, island, monkeypatch):
    session.set_glow((island,))
    monkeypatch.setattr(type(canvas), "devicePixelRatioF", lambda _: 2.0)
    picture = shown(canvas)
    px, py = edge(session)
    glowing = pytest.approx((255, 176, 0), abs=40)
    assert at(picture, 2 * px, 2 * py) == glowing
    assert at(picture, 2 * px + 2, 2 * py) == glowing
    assert at(picture, 2 * px + 18, 2 * py) == SEA


def test_an_outline_close_by_is_true_to_the_pixel(canvas, session, make_hit):
    far = make_hit("land/far", x=9_000_000.25, y=-3_000_000.75, half_m=150.0)
    session.set_camera(Camera(9_000_000.25, -3_000_000.75, 1.0, 0.0))
    session.set_glow((far,))
    picture = shown(canvas)
    assert at(picture, 550, 300) == pytest.approx((255, 176, 0), abs=40)
    assert at(picture, 558, 300) == SEA


def test_an_outline_of_another_scale_is_asked_for_anew_when_the_view_has_come_to_rest(
    canvas, session, engine, island, make_hit, qtbot
):
    session.select(island)
    session.set_camera(Camera(session.camera.x, session.camera.y, 300.0, 30.0))
    qtbot.waitUntil(lambda: bool(engine.features))
    assert engine.features[-1].references == ("land/island",)
    assert engine.features[-1].metres_per_pixel == 300.0
    engine.answer_features(make_hit("land/island", x=session.camera.x, y=session.camera.y, half_m=30_000))
    finer = Viewport(session.camera, 800, 600).to_screen(session.camera.x + 30_000, session.camera.y)
    around = shown(canvas)[round(finer[1]) - 4 : round(finer[1]) + 5, round(finer[0]) - 4 : round(finer[0]) + 5]
    assert around.max() > 200
    assert session.selection is island


def test_specks_beside_a_large_shape_are_not_blotted_out(canvas, session, make_hit):
    large = make_hit("land/archipelago", x=session.camera.x, y=session.camera.y, half_m=100_000)
    speck = (
        large.outline[0] * 0
        + (session.camera.x, session.camera.y)
        + np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * 3_000
    )
    both = type(large)(
        large.layer_id, large.feature_id, large.attributes, "polygon", (large.outline[0], speck), large.extent
    )
    session.set_glow((both,))
    assert at(shown(canvas), 400, 300) == SEA
