import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.model.camera import COARSEST_MPP, FINEST_MPP, Camera
from viewer.model.flight import LONGEST_S, Flight

ARCTIC = Camera(0.0, 0.0, 8_000.0, 169.0)
ANCHORAGE = Camera(-1_550_000.0, 2_750_000.0, 40.0, 150.0)
NORILSK = Camera(2_250_000.0, -60_000.0, 300.0, 10.0)

cameras = st.builds(
    lambda distance, direction, mpp, bearing: Camera(
        distance * math.cos(direction), distance * math.sin(direction), mpp, bearing
    ).clamped(),
    st.floats(0, EQUATOR_RADIUS_M),
    st.floats(0, 2 * math.pi),
    st.floats(math.log(FINEST_MPP), math.log(COARSEST_MPP)).map(math.exp),
    st.floats(0, 359.99),
)
flights = st.builds(Flight, cameras, cameras, st.sampled_from([1.0, 320.0, 1_500.0, 7_680.0]))
STEPS = [step / 40 for step in range(41)]


def turn(before, after):
    return (after - before + 180) % 360 - 180


@given(flights)
def test_a_flight_begins_and_ends_exactly_at_its_cameras(flight):
    assert flight.at(0.0) == flight.start
    assert flight.at(1.0) == flight.end


@given(flights)
def test_a_flight_takes_no_longer_than_three_seconds(flight):
    assert 0 <= flight.duration_s <= LONGEST_S


@given(flights)
def test_every_camera_of_a_flight_lies_within_the_limits(flight):
    for k in STEPS:
        camera = flight.at(k)
        assert all(map(math.isfinite, (camera.x, camera.y, camera.metres_per_pixel, camera.bearing_deg)))
        assert FINEST_MPP <= camera.metres_per_pixel <= COARSEST_MPP
        assert math.hypot(camera.x, camera.y) <= EQUATOR_RADIUS_M * (1 + 1e-9)
        assert 0 <= camera.bearing_deg < 360


@given(flights)
def test_a_flight_never_goes_back(flight):
    left = [math.hypot(flight.end.x - camera.x, flight.end.y - camera.y) for camera in map(flight.at, STEPS)]
    assert all(after <= before + 1e-6 * EQUATOR_RADIUS_M for before, after in pairwise(left))


@given(flights)
def test_a_flight_lands_without_a_jump(flight):
    for k, rest in ((1e-9, flight.start), (1 - 1e-9, flight.end)):
        camera = flight.at(k)
        off_px = math.hypot(camera.x - rest.x, camera.y - rest.y) / rest.metres_per_pixel
        assert off_px < 0.5
        assert camera.metres_per_pixel == pytest.approx(rest.metres_per_pixel, rel=1e-4)


@given(flights)
def test_a_flight_turns_the_short_way_round(flight):
    whole = turn(flight.start.bearing_deg, flight.end.bearing_deg)
    turned = [turn(flight.start.bearing_deg, flight.at(k).bearing_deg) for k in (0.25, 0.5, 0.75)]
    for k, part in zip((0.25, 0.5, 0.75), turned, strict=True):
        assert abs(turn(part, k * whole)) < 1e-6


def test_a_flight_that_only_zooms_stays_over_its_place():
    start = Camera(1_000_000.0, -500_000.0, 8_000.0, 30.0)
    flight = Flight(start, Camera(start.x, start.y, 50.0, 30.0), 1_200.0)
    scales = [flight.at(k).metres_per_pixel for k in STEPS]
    assert all((flight.at(k).x, flight.at(k).y) == (start.x, start.y) for k in STEPS)
    assert all(before > after for before, after in pairwise(scales))
    assert scales[20] == pytest.approx(math.sqrt(8_000.0 * 50.0))


def test_a_long_flight_swings_out_so_that_both_ends_come_into_view():
    flight = Flight(ANCHORAGE, NORILSK, 1_200.0)
    distance = math.hypot(NORILSK.x - ANCHORAGE.x, NORILSK.y - ANCHORAGE.y)
    assert max(flight.at(k).metres_per_pixel for k in STEPS) * 1_200.0 == pytest.approx(distance, rel=0.2)


def test_a_flight_to_a_near_place_hardly_zooms_out():
    near = Camera(ANCHORAGE.x + 4_000.0, ANCHORAGE.y, 40.0, 150.0)
    flight = Flight(ANCHORAGE, near, 1_200.0)
    assert max(flight.at(k).metres_per_pixel for k in STEPS) < 1.1 * ANCHORAGE.metres_per_pixel


def test_a_flight_between_two_views_at_the_coarsest_scale_does_not_swing_beyond_it():
    flight = Flight(Camera(-6e6, 0.0, COARSEST_MPP), Camera(6e6, 0.0, COARSEST_MPP), 10.0)
    assert {flight.at(k).metres_per_pixel for k in STEPS} == {COARSEST_MPP}
    assert flight.at(0.5).x == pytest.approx(0.0, abs=1.0)


def test_a_flight_to_where_one_is_takes_no_time():
    assert Flight(ARCTIC, ARCTIC, 1_200.0).duration_s == 0


def test_turning_alone_takes_its_time():
    turned = Camera(ARCTIC.x, ARCTIC.y, ARCTIC.metres_per_pixel, 349.0)
    assert Flight(ARCTIC, turned, 1_200.0).duration_s == pytest.approx(1.5)


def test_what_is_seen_moves_at_an_even_speed():
    flight = Flight(ARCTIC, ANCHORAGE, 1_200.0)
    steps = [flight.at(k / 200) for k in range(201)]
    speeds = []
    for before, after in pairwise(steps):
        pan = math.hypot(after.x - before.x, after.y - before.y) / (after.metres_per_pixel * 1_200.0)
        zoom = math.log(after.metres_per_pixel / before.metres_per_pixel)
        speeds.append(math.hypot(math.sqrt(2) * pan, zoom / math.sqrt(2)))
    assert max(speeds) / min(speeds) < 1.1
