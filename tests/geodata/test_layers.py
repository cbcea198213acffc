"""The shipped layers: complete, fitting each other, true to what they claim."""

import csv
import itertools

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.bundle.made import COLUMNS
from geodata.bundle.registry import RECIPES
from geodata.geodesy import area_m2, geodesic_line, length_m
from geodata.stereographic import forward
from tests.geodata.shipped_layers import (
    CONFIDENCES,
    LAYERS,
    MOST_BYTES,
    OWN_COLUMNS,
    PROJECT,
    at,
    feature,
    holders,
    in_degrees,
    layer,
    polygons,
    rows,
)


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


@pytest.mark.parametrize("layer_id", ["places", "ports", "bases", "resource-sites", "country-labels", "region-labels"])
def test_names_are_written_as_this_map_writes_them(layer_id):
    names = set(layer(layer_id).attributes["name"])
    spoilt = {"Kiev", "Lvov", "Odessa", "Sevastapol", "Dnipropetrovsk", "Kirovohrad", "Zaporizhzhya", "Groznyy"}
    stripped = {"Tromso", "Bodo", "Vardo", "Andoya", "Reykjavik", "Harnosand", "Kemijarvi", "Mys Shmidta"}
    no_countries = {"Northern Cyprus", "Siachen Glacier", "Gaza Strip"}
    assert not names & (spoilt | stripped | no_countries)


def test_lanes_that_share_their_way_are_stroked_once():
    strokes = layer("lanes").outlines[0]
    legs = [
        frozenset(leg)
        for part in range(len(strokes.part_offsets) - 1)
        for ring in strokes.rings_of(part)
        for leg in itertools.pairwise(map(tuple, ring.tolist()))
    ]
    assert len(set(legs)) == len(legs)
    assert set(strokes.feature_of_part.tolist()) == set(range(19))


def test_marks_that_lie_together_wait_for_a_closer_view():
    attributes = layer("annotations").attributes
    rank = dict(zip(attributes["id"], attributes["rank"], strict=True))
    assert rank["bering_strait"] == 0
    assert {rank["two_way_routes"], rank["diomedes"]} <= {1, 2}
    assert rank["beijing"] == 0
