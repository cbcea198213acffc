"""What single shipped layers claim: the base, the sea, ice, lines, marks and names."""

import itertools

import numpy as np
import pytest
import shapely

from geodata import annotations
from geodata.geodesy import area_m2, distance_m
from geodata.stereographic import forward
from tests.geodata.shipped_layers import PROJECT, at, feature, holders, in_degrees, layer, polygons, rows


def test_runways_are_as_long_and_wide_as_published():
    corners = in_degrees("runways").set_index("id").geometry
    for row in rows("jber_runways"):
        ring = shapely.get_coordinates(corners[row["id"]])
        sides = sorted(distance_m(*start, *end) for start, end in itertools.pairwise(ring))
        length_m_, width_m = float(row["length_ft"]) * 0.3048, float(row["width_ft"]) * 0.3048
        assert sides == pytest.approx([width_m, width_m, length_m_, length_m_], rel=1e-3)


def test_runways_and_symbol_lie_inside_the_base_and_its_shore_is_the_lands():
    (base,) = feature("jber", "jber")
    for runway in polygons("runways", 0)[0]:
        assert base.contains(runway)
    land, _ = polygons("land", 0)
    mainland = land[[part.contains(base.representative_point()) for part in land]][0]
    assert base.difference(shapely.clip_by_rect(mainland, *base.buffer(1_000).bounds)).area < 1.0
    coast = shapely.clip_by_rect(mainland.boundary, *base.buffer(1_000).bounds)
    shore = base.boundary.intersection(coast.buffer(0.05)).length
    assert shore > 12_000
    assert area_m2(in_degrees("jber").geometry[0]) / 4046.86 == pytest.approx(74_400, rel=0.02)
    symbol = layer("jber-symbol").levels[0].coords[0] / 100
    assert base.contains(shapely.Point(symbol))


def test_the_sea_reaches_the_pole_without_hole_or_seam():
    made = layer("bathymetry")
    assert made.attributes["depth_m"] == [0, 50, 100, 200, 500, 1000, 2000, 3000, 4000, 5000]
    around = [at(lon, lat) for lat in (90.0, 89.99, 89.5, 88.5) for lon in (0.0, 90.0, 179.999, 180.0, -179.999, -90.0)]
    for level in range(len(made.levels)):
        parts, ids = polygons("bathymetry", level)
        for depth in (0, 50, 100, 200, 500, 1000, 2000):
            mine = shapely.STRtree(parts[ids == f"depth_{depth}"])
            assert len(set(mine.query(np.array(around), predicate="within")[0])) == len(around), depth
    for frame in (in_degrees("bathymetry"),):
        assert frame.geometry.is_valid.all()
        assert frame.total_bounds.tolist()[:3] == [-180, 0, 180]


def test_deeper_water_lies_within_shallower():
    frame = in_degrees("bathymetry")
    areas = [area_m2(geometry) for geometry in frame.geometry]
    assert areas == sorted(areas, reverse=True)


@pytest.mark.parametrize(
    ("name", "lon", "lat", "expected"),
    [
        ("Greenland", -40, 72, True),
        ("Nordaustlandet", 24, 79.8, True),
        ("Novaya Zemlya, north", 62, 76, True),
        ("Severnaya Zemlya", 95, 80.5, True),
        ("Ellesmere", -75, 80.5, True),
        ("Vatnajökull", -16.8, 64.4, True),
        ("Taymyr", 100, 75, False),
        ("Yamal", 70, 71, False),
        ("Banks Island", -121, 73, False),
        ("North Slope", -152, 70, False),
    ],
)
def test_ice_is_where_it_is_and_nowhere_else(name, lon, lat, expected):
    assert holders("glaciated", np.array([at(lon, lat)])).tolist() == [expected], name


def test_franz_josef_land_has_ice():
    assert shapely.area(feature("glaciated", "ice_franz_josef_land")).sum() > 3e9


def test_meridians_reach_the_pole_and_the_circle_its_latitude():
    made = layer("graticule")
    level = made.levels[0]
    ends = {}
    for part in range(level.part_count):
        (ring,) = level.rings_of(part)
        ends.setdefault(made.attributes["id"][level.feature_of_part[part]], []).append(np.hypot(ring[:, 0], ring[:, 1]))
    for lon in range(-170, 190, 10):
        closest = min(radius.min() for radius in ends[f"m_{'W' if lon < 0 else 'E'}{abs(lon)}"])
        assert closest == pytest.approx(0 if lon % 30 == 0 else np.hypot(*forward(0, 80)), abs=1), lon
    circle = np.hypot(*forward(0, 66 + 33 / 60 + 50 / 3600))
    for radius in ends["arctic_circle"]:
        assert radius == pytest.approx(np.full(len(radius), circle), abs=30)


def test_the_treaty_line_starts_in_the_strait_and_goes_on_north():
    frame = in_degrees("maritime-boundary").set_index("id").geometry
    treaty = shapely.get_coordinates(frame["boundary_1990"])
    assert treaty[0] == pytest.approx([-168.976944, 65.5])
    north = shapely.get_coordinates(frame["boundary_1990_north"])
    assert set(north[:, 0]) == {treaty[0][0]}
    assert north[:, 1].max() == 75


def test_zones_keep_to_their_side_of_the_treaty_lines():
    for feature_id, lon, lat in (
        ("zone_RUS", -169.3, 68.0),
        ("zone_USA", -168.7, 68.0),
        ("zone_RUS", 40.0, 72.0),
        ("zone_NOR", 30.0, 72.0),
        ("nsr_water", 120.0, 76.0),
        ("nsr_water", -172.0, 68.0),
    ):
        assert any(part.contains(at(lon, lat)) for part in feature("zones", feature_id)), (feature_id, lon, lat)
    pole = at(0, 90)
    assert not any(part.contains(pole) for part in polygons("zones", 0)[0])


def test_symbols_follow_the_tables():
    for layer_id, table in (("resource-sites", "resource_sites"), ("ports", "ports"), ("bases", "bases")):
        expected = [
            row["id"]
            for row in rows(table)
            if row["confidence"] != "low" and not (table == "bases" and row["id"] == "jber")
        ]
        assert layer(layer_id).attributes["id"] == expected
    assert set(layer("bases").attributes["side"]) == {"USA", "RUS", "allied"}
    assert layer("resource-sites").feature(layer("resource-sites").row_of["norilsk"])["group"] == "metals"


def test_labels_stand_where_they_belong():
    sea = np.array([shapely.Point(x / 100, y / 100) for x, y in layer("sea-labels").levels[0].coords])
    # One strait is narrower than the 1:10m land shows.
    on_land = sea[holders("land", sea)]
    assert len(on_land) <= 1
    shore = shapely.union_all(shapely.get_rings(polygons("land", 0)[0]))
    assert all(shore.distance(point) < 5_000 for point in on_land)
    country = layer("country-labels")
    points = np.array([shapely.Point(x / 100, y / 100) for x, y in country.levels[0].coords])
    assert holders("land", points).all()
    names = set(country.attributes["name"])
    assert {"Russia", "Canada", "United States", "Norway", "Greenland", "Iceland", "Ukraine", "Finland"} <= names


def test_places_have_their_present_names():
    names = layer("places").attributes["name"]
    assert {"Utqiaġvik", "Arkhangelsk", "Anchorage", "Murmansk", "Tromsø", "Kyiv"} <= set(names)
    assert not {"Barrow", "Archangel", "Kiev"} & set(names)


def test_annotations_that_are_marks_of_their_own_are_drawn():
    wanted = {"annotations": set(), "annotation-lines": set()}
    for annotation in annotations.read(PROJECT / "resources" / "annotations" / "alaska-talks.geojson"):
        if annotation.place and not annotation.targets:
            layer_id, _, feature_id = annotation.references[0].partition("/")
            wanted[layer_id].add(feature_id)
    for layer_id, ids in wanted.items():
        assert set(layer(layer_id).attributes["id"]) == ids
