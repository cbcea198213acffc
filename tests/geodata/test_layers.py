"""The shipped layers: complete, fitting each other, true to what they claim."""

import csv
import functools
import itertools
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from geodata import annotations, prepared
from geodata.bundle.made import COLUMNS
from geodata.bundle.registry import RECIPES
from geodata.geodesy import area_m2, distance_m, geodesic_line, length_m
from geodata.stereographic import forward

PROJECT = Path(__file__).resolve().parents[2]
LAYERS = PROJECT / "resources" / "layers"
FACTS = PROJECT / "resources" / "facts"
OWN_COLUMNS = {
    "bathymetry": {"depth_m"},
    "lakes": {"rank"},
    "rivers": {"rank"},
    "russian-arctic": {"extent", "country", "local_name", "note"},
    "alaska": {"country", "local_name"},
    "alaska-boroughs": {"fips"},
    "admin1-borders": {"left", "right", "country", "rank"},
    "country-borders": {"status", "left", "right", "view"},
    "occupied": {"extent", "country", "view", "note"},
    "zones": {"country", "note"},
    "graticule": {"rank", "label"},
    "maritime-boundary": {"status"},
    "runways": {"length_m", "width_m"},
    "lanes": {"family", "status", "short_name", "length_km", "length_nm"},
    "resource-sites": {"group", "commodity", "operator", "status", "country"},
    "bases": {"side", "role", "country"},
    "ports": {"status", "country"},
    "places": {"rank", "country", "population", "capital", "local_name"},
    "annotations": {"voice", "map_label"},
    "annotation-lines": {"voice", "map_label"},
    "sea-labels": {"rank"},
    "country-labels": {"rank", "country"},
    "region-labels": {"rank", "country"},
}
CONFIDENCES = {"high", "medium", "schematic", "moderate", "low", ""}
MOST_BYTES = 55_000_000


@functools.cache
def layer(layer_id):
    return prepared.read(LAYERS / f"{layer_id}.prepared")


@functools.cache
def in_degrees(layer_id):
    return gpd.read_file(LAYERS / f"{layer_id}.fgb")


@functools.cache
def polygons(layer_id, level):
    """Return the parts of a level as polygons in map metres, and the id of the feature that each belongs to."""
    made = layer(layer_id)
    chosen = made.levels[level]
    parts = [shapely.Polygon(shell, holes) for shell, *holes in map(chosen.rings_of, range(chosen.part_count))]
    ids = np.array(made.attributes["id"])[chosen.feature_of_part]
    return np.array(parts, dtype=object), ids


def feature(layer_id, feature_id, level=0):
    parts, ids = polygons(layer_id, level)
    return parts[ids == feature_id]


def holders(layer_id, points, level=0):
    """Return which of the points lie in a layer of polygons."""
    parts, _ = polygons(layer_id, level)
    inside = np.zeros(len(points), dtype=bool)
    inside[shapely.STRtree(points).query(parts, predicate="contains")[1]] = True
    return inside


def rows(table):
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(lon, lat):
    return shapely.Point(forward(lon, lat))


@pytest.mark.parametrize("layer_id", RECIPES)
def test_every_layer_has_what_the_map_needs_of_it(layer_id):
    attributes = layer(layer_id).attributes
    assert tuple(attributes)[: len(COLUMNS)] == COLUMNS
    assert OWN_COLUMNS.get(layer_id, set()) <= set(attributes)
    ids = attributes["id"]
    assert len(set(ids)) == len(ids) > 0
    assert all(ids)
    assert all(attributes["source"]) or layer_id.startswith("annotation")
    assert set(attributes["confidence"]) <= CONFIDENCES


@pytest.mark.parametrize("layer_id", RECIPES)
def test_both_files_of_a_layer_hold_the_same_features(layer_id):
    frame = pyogrio.read_dataframe(LAYERS / f"{layer_id}.fgb", read_geometry=False)
    assert frame["id"].tolist() == layer(layer_id).attributes["id"]
    assert set(frame.columns) == set(layer(layer_id).attributes)


@pytest.mark.parametrize("layer_id", RECIPES)
def test_levels_rise_in_tolerance_and_fall_in_vertices(layer_id):
    levels = layer(layer_id).levels
    tolerances = [level.tolerance_m for level in levels]
    assert tolerances == sorted(set(tolerances))
    counts = [len(level.coords) for level in levels]
    assert counts == sorted(counts, reverse=True)


def test_all_layers_together_stay_within_their_budget():
    files = [path for path in LAYERS.iterdir() if path.suffix in {".fgb", ".prepared"}]
    assert {path.stem for path in files} == set(RECIPES)
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@pytest.mark.parametrize("level", range(5))
def test_probe_points_lie_on_the_right_side_of_the_shore_at_every_level(level):
    with (PROJECT / "tests" / "data" / "sea_and_land.csv").open(encoding="utf-8", newline="") as file:
        probes = list(csv.DictReader(file))
    assert [sum(probe["expected"] == kind for probe in probes) for kind in ("sea", "land")] == [200, 200]
    assert all(float(probe["lat"]) > 55 for probe in probes)
    points = np.array([at(float(probe["lon"]), float(probe["lat"])) for probe in probes])
    found = holders("land", points, level)
    wrong = [probe for probe, land in zip(probes, found, strict=True) if (probe["expected"] == "land") != land]
    assert not wrong


def test_the_four_towns_that_other_data_drowned_are_on_land():
    towns = {"Kirovsk": (33.66, 67.61), "Vorkuta": (64.05, 67.5), "Udachny": (112.3, 66.42), "Kupol": (169.55, 66.78)}
    points = np.array([at(*town) for town in towns.values()])
    for level in range(len(layer("land").levels)):
        assert holders("land", points, level).all()


def test_no_lane_touches_land_between_its_waypoints():
    land, _ = polygons("land", 0)
    tree = shapely.STRtree(land)
    lanes = {}
    for row in sorted(rows("lane_waypoints"), key=lambda row: (row["lane_id"], int(row["seq"]))):
        lanes.setdefault(row["lane_id"], []).append((float(row["lon"]), float(row["lat"])))
    assert sum(map(len, lanes.values())) == 509
    segments = []
    for points in lanes.values():
        for start, end in itertools.pairwise(points):
            dense = geodesic_line(*start, *end, max_step_m=5_000.0)
            segments.append(shapely.LineString(forward(dense[:, 0], dense[:, 1])))
    assert len(segments) == 509 - 19
    crossing, _ = tree.query(np.array(segments), predicate="intersects")
    assert [segments[index].wkt for index in crossing] == []


def test_the_drawn_lanes_touch_no_land_either():
    made = layer("lanes")
    level = made.levels[0]
    drawn = [shapely.LineString(ring) for part in range(level.part_count) for ring in level.rings_of(part)]
    land, _ = polygons("land", 0)
    assert len(shapely.STRtree(land).query(np.array(drawn), predicate="intersects")[0]) == 0
    assert level.part_count == len(made.attributes["id"]) == 19


def test_lanes_are_as_long_as_they_say():
    for lane in in_degrees("lanes").itertuples():
        metres = sum(length_m(shapely.get_coordinates(part)) for part in shapely.get_parts(lane.geometry))
        assert metres / 1000 == pytest.approx(lane.length_km, rel=0.01), lane.id
        assert lane.length_km / lane.length_nm == pytest.approx(1.852, rel=0.01), lane.id


def test_chukotka_has_no_gap_at_180():
    for level in range(5):
        parts = feature("russian-arctic", "azrf_chukchi_autonomous_okrug", level)
        mainland = parts[np.argmax(shapely.area(parts))]
        for lat in (66.5, 67.0, 67.5, 68.0, 68.5):
            for lon in (-179.99, 179.99, 180.0):
                assert mainland.contains(at(lon, lat)), (level, lon, lat)


@pytest.mark.parametrize("layer_id", ["land", "russian-arctic"])
def test_wrangel_is_one_island(layer_id):
    parts, _ = polygons(layer_id, 0)
    halves = np.array([at(179.5, 71.2), at(-179.0, 71.2)])
    island = [part for part in parts if part.contains(halves[0])]
    assert len(island) == 1
    assert island[0].contains(halves[1])
    assert 7_000 < island[0].area / 1e6 < 8_500


def test_no_outline_runs_along_180():
    for layer_id in ("land", "russian-arctic", "zones"):
        for part in polygons(layer_id, 0)[0]:
            coords = shapely.get_coordinates(part)
            seam = (np.abs(coords[:, 0]) < 0.02) & (coords[:, 1] > 0)
            # The two halves that Natural Earth cut end up to 150 m apart where they meet the coast: a step, no outline.
            steps = np.hypot(*np.diff(coords, axis=0)[seam[1:] & seam[:-1]].T)
            assert steps.max(initial=0.0) < 200, layer_id


def test_no_vertex_of_russia_or_alaska_is_far_from_its_country():
    for layer_id, furthest_m in (("russian-arctic", 4_400_000), ("alaska", 4_500_000)):
        coords = layer(layer_id).levels[0].coords / 100
        assert np.hypot(coords[:, 0], coords[:, 1]).max() < furthest_m


def test_areas_are_those_of_the_published_tables():
    frame = in_degrees("alaska")
    assert area_m2(frame.geometry[0]) / 1e6 == pytest.approx(1_500_000, rel=0.02)
    chukotka = in_degrees("russian-arctic").set_index("id").geometry["azrf_chukchi_autonomous_okrug"]
    assert area_m2(chukotka) / 1e6 == pytest.approx(721_500, rel=0.02)


def test_the_arctic_zone_has_whole_and_partial_regions_that_do_not_overlap():
    attributes = layer("russian-arctic").attributes
    extent = dict(zip(attributes["id"], attributes["extent"], strict=True))
    assert sorted(key for key, value in extent.items() if value == "whole") == [
        "azrf_chukchi_autonomous_okrug",
        "azrf_islands",
        "azrf_murmansk",
        "azrf_nenets",
        "azrf_yamal_nenets",
    ]
    for level in range(5):
        parts, _ = polygons("russian-arctic", level)
        assert shapely.coverage_is_valid(parts)


@pytest.mark.parametrize("layer_id", ["alaska", "russian-arctic", "alaska-boroughs", "occupied"])
def test_what_is_cut_from_the_land_fits_it_at_every_level(layer_id):
    for level in range(5):
        land, _ = polygons("land", level)
        parts, _ = polygons(layer_id, level)
        vertices = np.unique(layer(layer_id).levels[level].coords, axis=0)
        covered = shapely.union_all(parts)
        near = land[np.unique(shapely.STRtree(land).query(parts, predicate="intersects")[1])]
        outside = covered.area - shapely.area(shapely.intersection(near, covered)).sum()
        assert outside / covered.area < 1e-9, level
        assert len(vertices) > 100


def test_boroughs_tile_alaska_without_slivers():
    for level in range(5):
        parts, _ = polygons("alaska-boroughs", level)
        assert shapely.coverage_is_valid(parts)
        state, _ = polygons("alaska", level)
        assert shapely.area(parts).sum() == pytest.approx(shapely.area(state).sum(), rel=1e-9)


def test_crimea_is_ukraine_with_a_line_of_control():
    parts, ids = polygons("occupied", 0)
    simferopol, yalta, sevastopol = at(34.1, 44.95), at(34.1, 44.55), at(33.6, 44.6)
    found = {str(ids[index]) for index, part in enumerate(parts) if part.contains(simferopol) or part.contains(yalta)}
    assert found == {"crimea"}
    assert {str(ids[index]) for index, part in enumerate(parts) if part.contains(sevastopol)} == {"sevastopol"}
    assert set(layer("occupied").attributes["country"]) == {"UKR"}
    borders = layer("country-borders")
    crimea = borders.feature(borders.row_of["crimea"])
    assert (crimea["status"], crimea["left"], crimea["right"]) == ("line of control", "Ukraine", "Ukraine")
    assert "68/262" in crimea["view"]
    russia = in_degrees("country-borders").set_index("id").geometry["RUS_UKR"]
    assert russia.distance(shapely.box(32.4, 44.3, 35.0, 45.9)) > 1


def test_a_border_is_never_the_coast():
    land, _ = polygons("land", 0)
    coast = shapely.STRtree(shapely.get_rings(land))
    for layer_id in ("country-borders", "admin1-borders"):
        level = layer(layer_id).levels[0]
        lines = [shapely.LineString(ring) for part in range(level.part_count) for ring in level.rings_of(part)]
        along = 0.0
        for index, ring in coast.query(np.array(lines), predicate="intersects").T:
            along += lines[index].intersection(coast.geometries[ring]).length
        assert along < 1e-6 * sum(line.length for line in lines), layer_id


def test_every_border_says_what_it_is_and_between_whom():
    attributes = layer("country-borders").attributes
    assert set(attributes["status"]) == {"settled", "disputed", "line of control"}
    assert all(attributes["left"])
    assert all(attributes["right"])
    disputed = [
        view for view, status in zip(attributes["view"], attributes["status"], strict=True) if status != "settled"
    ]
    assert all(disputed)


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
