import pytest

from viewer.map.flying import FlightMotion, view_of
from viewer.model.camera import Camera, Viewport
from viewer.model.flight import Flight
from viewer.model.layer import Layer, LayerStack
from viewer.model.styles import FillStyle, SymbolStyle
from viewer.model.views import home


def on_screen(session, x, y):
    px, py = session.viewport.to_screen(x, y)
    return 0 <= px <= session.viewport.width_px and 0 <= py <= session.viewport.height_px


def test_the_map_flies_where_it_is_asked_to(canvas, session, motion, qtbot):
    motion.reduced = False
    near = Camera(session.camera.x + 50_000, session.camera.y, 900.0, 32.0)
    seen = []
    session.camera_changed.connect(seen.append)
    session.fly_to(near)
    qtbot.waitUntil(lambda: session.camera == near)
    assert len(seen) > 2


def test_with_reduced_motion_the_map_is_there_at_once(canvas, session):
    there = Camera(2_000_000.0, 0.0, 300.0, 200.0)
    seen = []
    session.camera_changed.connect(seen.append)
    session.fly_to(there)
    assert seen == [there]


def test_any_press_ends_a_flight(canvas, session, motion, hand):
    motion.reduced = False
    session.fly_to(Camera(2_000_000.0, 0.0, 300.0, 200.0))
    hand.press(400, 300)
    assert not canvas.is_moving_by_itself


def test_features_that_are_asked_for_glow_and_are_shown_whole(canvas, session, engine, make_hit):
    session.features_requested.emit(("land/island", "land/other"))
    assert engine.features[-1].references == ("land/island", "land/other")
    far = [(-1_500_000.0, 900_000.0), (700_000.0, -300_000.0)]
    engine.answer_features(*(make_hit(f"land/{index}", x=x, y=y, half_m=50_000) for index, (x, y) in enumerate(far)))
    assert [hit.reference for hit in session.glow] == ["land/0", "land/1"]
    assert all(on_screen(session, x + side, y + side) for x, y in far for side in (-50_000, 50_000))
    assert session.camera.bearing_deg == 30.0


def test_what_speaks_of_the_whole_arctic_glows_in_the_view_of_all_of_it(canvas, session, engine, make_hit):
    session.overview_requested.emit(("annotations/outlook",))
    engine.answer_features(make_hit("annotations/outlook", x=900_000.0))
    assert session.camera == home(session.viewport)
    assert [hit.reference for hit in session.glow] == ["annotations/outlook"]
    session.features_requested.emit(("ports/one",))
    engine.answer_features(make_hit("ports/one", x=900_000.0))
    assert session.camera.metres_per_pixel == 1_200.0


def test_features_that_are_not_found_leave_the_view_alone(canvas, session, engine):
    before = session.camera
    session.features_requested.emit(("land/atlantis",))
    engine.answer_features()
    assert session.camera == before
    assert session.glow == ()


def test_features_that_a_dying_engine_never_answered_are_asked_for_again(canvas, session, engine, make_hit):
    session.features_requested.emit(("land/island",))
    engine.restarted.emit()
    engine.answer_features(make_hit("land/island", half_m=1_000))
    assert session.glow


@pytest.mark.parametrize(("layer", "closest"), [("ports", 1_200.0), ("jber-symbol", 60.0), ("elsewhere", 2_500.0)])
def test_a_single_point_is_shown_at_a_scale_that_suits_it(make_hit, layer, closest):
    viewport = Viewport(Camera(0.0, 0.0, 8_000.0, 10.0), 800.0, 600.0)
    camera = view_of((make_hit(f"{layer}/one", x=5_000.0, y=7_000.0),), viewport, LayerStack())
    assert camera == Camera(5_000.0, 7_000.0, closest, 10.0)


def test_nothing_is_shown_closer_than_it_is_drawn(make_hit):
    symbol = Layer("jber-symbol", "Symbol", "Base", SymbolStyle(), min_mpp=250.0)
    outline = Layer("jber", "Outline", "Base", FillStyle(), max_mpp=900.0)
    viewport = Viewport(Camera(0.0, 0.0, 8_000.0, 10.0), 800.0, 600.0)
    point, area = make_hit("jber-symbol/jber"), make_hit("jber/jber", half_m=6_000)
    alone = view_of((point,), viewport, LayerStack((symbol, outline)))
    assert symbol.in_scale(alone.metres_per_pixel)
    together = view_of((point, area), viewport, LayerStack((symbol, outline)))
    assert together.metres_per_pixel < 50


def test_a_flight_leaves_and_lands_gently():
    flight = Flight(Camera(0.0, 0.0, 8_000.0), Camera(0.0, 0.0, 80.0), 1_000.0)
    motion = FlightMotion(flight)
    first = motion.at(0.01 * motion.duration_s).metres_per_pixel
    middle = motion.at(0.5 * motion.duration_s), motion.at(0.51 * motion.duration_s)
    assert 8_000.0 / first < middle[0].metres_per_pixel / middle[1].metres_per_pixel
    assert motion.at(motion.duration_s) == flight.end
