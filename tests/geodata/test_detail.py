"""Levels of detail: fewer vertices, within the tolerance, nothing torn open."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.crs import MAP
from geodata.detail import levels, simplified, simplified_coverage


def coast(seed, *, radius_m=100_000.0):
    """Return a wiggly island of 2,000 vertices."""
    rng = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    radius = radius_m * (1 + 0.02 * np.sin(13 * angles) + 0.002 * rng.standard_normal(2000))
    return shapely.Polygon(np.column_stack((radius * np.cos(angles), radius * np.sin(angles))))


def halves():
    """Return two regions that share a border of 1,000 wiggles, as a coverage."""
    rng = np.random.default_rng(1)
    y = np.linspace(0, 100_000, 1000)
    border = [(float(a), float(b)) for a, b in zip(rng.normal(0, 100, 1000), y, strict=True)]
    left = shapely.Polygon([*border, (-50_000, 100_000), (-50_000, 0)])
    right = shapely.Polygon([*border, (50_000, 100_000), (50_000, 0)])
    return np.array([left, right], dtype=object)


@pytest.mark.parametrize("tolerance_m", [250.0, 1000.0, 4000.0])
def test_a_simplified_outline_stays_within_its_tolerance(tolerance_m):
    island = coast(0)
    (simple,) = simplified(np.array([island], dtype=object), tolerance_m)
    assert shapely.get_num_coordinates(simple) < shapely.get_num_coordinates(island)
    assert shapely.hausdorff_distance(shapely.boundary(simple), shapely.boundary(island)) <= tolerance_m


def test_no_tolerance_changes_nothing():
    island = np.array([coast(0)], dtype=object)
    assert simplified(island, 0.0)[0].equals_exact(island[0])
    assert simplified_coverage(island, 0.0)[0].equals_exact(island[0])


def test_points_stay_where_they_are():
    points = np.array([shapely.Point(1, 2), shapely.MultiPoint([(1, 2), (3, 4)])], dtype=object)
    assert [point.wkt for point in simplified(points, 4000.0)] == [point.wkt for point in points]


def test_specks_are_left_out_and_the_rest_of_their_feature_stays():
    speck = shapely.Point(500_000, 0).buffer(200)
    archipelago = np.array([shapely.MultiPolygon([coast(0), speck]), speck], dtype=object)
    first, second = simplified(archipelago, 1000.0)
    assert shapely.get_num_geometries(first) == 1
    assert second.is_empty


def test_neighbours_share_their_border_at_every_tolerance():
    for tolerance_m in (250.0, 1000.0, 4000.0):
        left, right = simplified_coverage(halves(), tolerance_m)
        assert shapely.coverage_is_valid(np.array([left, right]))
        assert left.union(right).area == pytest.approx(1e10)


def test_an_island_that_is_a_speck_goes_with_all_regions_on_it():
    west, east = shapely.box(500_000, 0, 500_100, 200), shapely.box(500_100, 0, 500_200, 200)
    left, right = halves()
    areas = np.array([shapely.MultiPolygon([left, west]), shapely.MultiPolygon([right, east])], dtype=object)
    for area in simplified_coverage(areas, 1000.0):
        assert shapely.get_num_geometries(area) == 1


def test_levels_keep_rows_and_columns():
    frame = gpd.GeoDataFrame({"id": ["a", "b"]}, geometry=[coast(0), shapely.Point(0, 0).buffer(10)], crs=MAP)
    for tolerance_m, level in levels(frame, (0.0, 1000.0)):
        assert level["id"].tolist() == ["a", "b"], tolerance_m
        assert level.crs == frame.crs
    assert shapely.get_num_coordinates(frame.geometry[0]) == 2001
