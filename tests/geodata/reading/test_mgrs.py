"""Grid references lead to where they are known to be."""

import pytest

from geodata.reading.mgrs import lonlat_of

KNOWN = {
    "18SUJ2348306479": (-77.03524, 38.88947),  # the Washington Monument
    "33U XP 05004 44996": (16.4145, 48.24948),
    "4qfj12345678": (-157.91682, 21.30948),
    "06VUN4637594187": (-149.8637, 61.25167),
    "33XWJ1465168551": (15.74711, 79.88238),
    "ZAH0000000000": (135.0, 89.99999),
}


@pytest.mark.parametrize("text", KNOWN)
def test_a_grid_reference_is_where_it_is_known_to_be(text):
    assert lonlat_of(text) == pytest.approx(KNOWN[text], abs=2e-5)


@pytest.mark.parametrize("text", ["", "18SUJ234830647", "61SUJ1212", "18IUJ1212", "18SUJ123456789012", "Nome", "64.5"])
def test_what_is_no_grid_reference_is_none(text):
    assert lonlat_of(text) is None


def test_fewer_figures_stand_for_the_middle_of_a_larger_square():
    whole, exact = lonlat_of("33XWJ"), lonlat_of("33XWJ5000050000")
    assert whole == pytest.approx(exact, abs=1e-4)
