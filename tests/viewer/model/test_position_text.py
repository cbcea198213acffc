import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model.position_text import position_text


@pytest.mark.parametrize(
    ("lon", "lat", "text"),
    [
        (-149.8, 61.25, "61.2500° N, 149.8000° W"),
        (33.0827, 68.9585, "68.9585° N, 33.0827° E"),
        (0.0, 90.0, "90.0000° N, 0.0000° E"),
        (190.0, -10.5, "10.5000° S, 170.0000° W"),
        (-180.0, 70.0, "70.0000° N, 180.0000° W"),
    ],
)
def test_decimal_degrees_have_four_digits_and_a_side(lon, lat, text):
    assert position_text(lon, lat, style="decimal") == text


@pytest.mark.parametrize(
    ("lon", "lat", "text"),
    [
        (-149.8, 61.25, "61° 15′ 00″ N, 149° 48′ 00″ W"),
        (12.999999, 59.9999, "60° 00′ 00″ N, 13° 00′ 00″ E"),
        (1 / 3600, 1 / 60, "0° 01′ 00″ N, 0° 00′ 01″ E"),
    ],
)
def test_minutes_and_seconds_carry_over(lon, lat, text):
    assert position_text(lon, lat, style="dms") == text


@given(st.floats(-720, 720), st.floats(-90, 90))
def test_no_position_is_written_with_sixty_seconds_or_beyond_the_globe(lon, lat):
    for part in position_text(lon, lat, style="dms").split(", "):
        degrees, minutes, seconds, _ = part.replace("°", "").replace("′", "").replace("″", "").split()
        assert int(minutes) < 60
        assert int(seconds) < 60
        assert int(degrees) <= 180


def test_fewer_digits_can_be_asked_for():
    assert position_text(-149.8062, 61.2503, style="decimal", decimals=2) == "61.25° N, 149.81° W"
