"""Each trap that a file can set about where its numbers lie."""

import numpy as np
import pyproj
import pytest

from geodata.reading.guard import judge, lonlat_of

ALASKA = np.array([[-149.9, 61.2], [-165.4, 64.5], [-156.8, 71.3]])


def projected(crs, lonlat=ALASKA):
    return np.column_stack(pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(*lonlat.T))


def test_degrees_that_are_declared_as_degrees_raise_no_doubt():
    verdict = judge(ALASKA, "EPSG:4326")
    assert (verdict.best.crs, verdict.finding, verdict.must_ask) == ("EPSG:4326", "", False)


def test_longitudes_up_to_360_are_degrees_like_others():
    assert judge(ALASKA + np.array([360, 0]), "EPSG:4326").finding == ""


def test_degrees_without_a_declared_system_are_taken_for_such_and_it_is_said():
    verdict = judge(ALASKA, None)
    assert not verdict.must_ask
    assert verdict.best.title.startswith("Longitude")
    assert "does not name" in verdict.finding


@pytest.mark.parametrize("declared", ["EPSG:4326", None])
def test_swapped_degrees_are_noticed_and_asked_about(declared):
    verdict = judge(ALASKA[:, ::-1], declared)
    assert verdict.must_ask
    assert verdict.best.is_swapped
    assert np.allclose(lonlat_of(ALASKA[:, ::-1], verdict.best), ALASKA)
    assert verdict.best.place == "64.5° N, 156.8° W"


def test_a_swap_that_no_number_proves_is_offered_where_it_would_bring_the_data_to_the_arctic():
    verdict = judge(np.array([[69.6, 18.9], [70.1, 25.0]]), "EPSG:4326")
    assert not verdict.must_ask
    assert not verdict.best.is_swapped
    assert verdict.others[0].place.startswith("69.8° N")


def test_web_mercator_called_degrees_is_recognised():
    verdict = judge(projected("EPSG:3857"), "EPSG:4326")
    assert verdict.must_ask
    assert verdict.best.crs == "EPSG:3857"
    assert "too large" in verdict.finding


def test_polar_metres_without_a_declared_system_are_recognised():
    verdict = judge(projected("EPSG:3413"), None)
    assert verdict.must_ask
    assert "EPSG:3413" in {verdict.best.crs, *(way.crs for way in verdict.others)}
    assert all(way.place for way in verdict.others)


def test_polar_kilometres_are_recognised():
    verdict = judge(projected("EPSG:3995") / 1000, None)
    assert verdict.best.unit_m == 1000
    assert np.allclose(lonlat_of(projected("EPSG:3995") / 1000, verdict.best), ALASKA)


def test_feet_declared_as_metres_are_recognised():
    verdict = judge(projected("EPSG:26934", ALASKA[:1]) / 0.3048, "EPSG:26934")
    assert verdict.must_ask
    assert verdict.best.unit_m == 0.3048


def test_degrees_declared_as_metres_are_not_drawn_at_the_pole():
    verdict = judge(ALASKA, "EPSG:3413")
    assert verdict.must_ask
    assert verdict.best.title.startswith("Longitude")


def test_metres_where_the_declared_system_puts_them_raise_no_doubt():
    assert judge(projected("EPSG:3338"), "EPSG:3338").finding == ""


def test_numbers_that_fit_nothing_are_asked_about_without_a_proposal():
    verdict = judge(np.array([[9e9, 9e9]]), None)
    assert verdict.must_ask
    assert verdict.best is None


def test_one_bad_row_among_many_raises_no_doubt():
    many = np.vstack((np.repeat(ALASKA, 20, axis=0), [[61.2, -149.9]]))
    assert judge(many, "EPSG:4326").finding == ""


def test_positions_at_exactly_zero_say_nothing():
    assert judge(np.vstack((np.zeros((50, 2)), projected("EPSG:3857"))), "EPSG:4326").must_ask


def test_an_empty_layer_is_not_doubted():
    assert not judge(np.empty((0, 2)), "EPSG:3413").must_ask


@pytest.mark.parametrize("declared", ["EPSG:999999", 'LOCAL_CS["somewhere"]'])
def test_a_declared_system_that_nobody_knows_counts_as_none(declared):
    assert "does not name" in judge(ALASKA, declared).finding
