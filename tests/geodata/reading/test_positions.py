import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.positions import angle_deg, hemisphere_of, position


@pytest.mark.parametrize(
    ("text", "degrees"),
    {
        "61.25": 61.25,
        " -149,8 ": -149.8,
        "−149.8": -149.8,
        "61°15'30\" N": 61.258333,
        "61° 15′ 30″": 61.258333,
        "W 149 48.5": -149.808333,
        "61:15:30N": 61.258333,
        "149°48′W": -149.8,
        "61.25N": 61.25,
        "S61.25": -61.25,
        "61°15'30S": -61.258333,
        "61d15m30s": 61.258333,
    }.items(),
)
def test_an_angle_is_read_as_people_write_it(text, degrees):
    assert angle_deg(text) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("text", ["", "north", "61°75'", "61.5°30'", "1e400", "12 Main Street", "N61N", "9" * 200])
def test_what_is_no_angle_is_none(text):
    assert angle_deg(text) is None


@pytest.mark.parametrize(
    ("text", "lonlat"),
    {
        "61.25, -149.8": (-149.8, 61.25),
        "61.25,-149.8": (-149.8, 61.25),
        "61.25 -149.8": (-149.8, 61.25),
        "61,25; -149,8": (-149.8, 61.25),
        "61°15'N 149°48'W": (-149.8, 61.25),
        "149°48'W, 61°15'N": (-149.8, 61.25),
        "N61.25 W149.8": (-149.8, 61.25),
        "61 15 00 N 149 48 00 W": (-149.8, 61.25),
        "N 61 15 W 149 48": (-149.8, 61.25),
        "149 48 W 61 15 N": (-149.8, 61.25),
        "61°15'N, 149°48'W": (-149.8, 61.25),
    }.items(),
)
def test_a_position_is_read_as_people_write_it(text, lonlat):
    assert position(text) == pytest.approx(lonlat)


@pytest.mark.parametrize("text", ["", "61", "a, b", "161, 12", "1, 2, 3"])
def test_what_is_no_position_is_none(text):
    assert position(text) is None


def test_a_hemisphere_tells_latitude_from_longitude():
    assert (hemisphere_of("61 N"), hemisphere_of("149 W"), hemisphere_of("61")) == ("lat", "lon", "")


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text):
    angle_deg(text)
    position(text)
