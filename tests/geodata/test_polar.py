"""Golden cases of the way to the map plane, each held as well to something that is true without our code."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import shape

from geodata.crs import EQUAL_AREA, MAP
from geodata.errors import GeometryError
from geodata.polar import outlines, to_map, to_map_array

DATA = Path(__file__).parents[1] / "data" / "polar"
NAMES = sorted(path.stem for path in (DATA / "input").glob("*.geojson"))
CHORD_ERROR_M = 25.0

to_plane = Transformer.from_crs("EPSG:4326", MAP, always_xy=True)
to_equal_area = Transformer.from_crs(MAP, EQUAL_AREA, always_xy=True)

SAME = [
    [
        "crossing_uncut",
        "crossing_uncut_clockwise",
        "crossing_beyond_180",
        "crossing_below_180",
        "crossing_cut",
        "crossing_cut_clockwise",
        "crossing_cut_almost_at_180",
        "crossing_written_twice",
        "longitudes_beyond_360",
    ],
    ["hole_crosses_uncut", "hole_crosses_other_turn", "hole_crosses_cut"],
    ["ring_round_pole", "ring_round_pole_clockwise", "ring_round_pole_0_360"],
    ["ring_along_180_to_the_pole", "ring_along_180_many_vertices"],
    ["ring_round_pole_hole_at_pole", "band_rectangle", "band_inside_out"],
    ["chukotka_uncut", "chukotka_cut"],
    ["wrangel_uncut", "wrangel_cut"],
    ["world_rectangle", "northern_hemisphere"],
]


def zone_m2(south_deg: float, north_deg: float, *, width_deg: float) -> float:
    """The area between two parallels and two meridians, by summing the ellipsoid's radii over thin strips."""
    a, f = 6_378_137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    edges = np.radians(np.linspace(south_deg, north_deg, 20_001))
    lat = (edges[1:] + edges[:-1]) / 2
    w2 = 1 - e2 * np.sin(lat) ** 2
    meridian, normal = a * (1 - e2) / w2**1.5, a / np.sqrt(w2)
    return float((meridian * normal * np.cos(lat) * np.diff(edges)).sum() * math.radians(width_deg))


def drawn_m2(name: str) -> float:
    """The area of an input as a geodesic polygon with a vertex every twentieth of a degree, longitudes eastward."""
    (polygon,) = to_input(name).geometry
    eastward = shapely.transform(polygon, lambda c: np.column_stack((c[:, 0] % 360, c[:, 1])))
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.segmentize(eastward, 0.05))[0])


BOX = zone_m2(60, 70, width_deg=20)
HEMISPHERE = 510_065_621_724_089 / 2  # the surface of WGS 84 is 510,065,621.724 km²

AREAS: dict[str, Callable[[], list[float]]] = {
    **dict.fromkeys(SAME[0], lambda: [BOX]),
    "crossing_cut_two_rows": lambda: [BOX / 2, BOX / 2],
    "clipped_at_179_9": lambda: [zone_m2(60, 70, width_deg=19.8)],
    **dict.fromkeys(SAME[1], lambda: [zone_m2(60, 80, width_deg=40) - zone_m2(65, 75, width_deg=20)]),
    **dict.fromkeys(SAME[4], lambda: [zone_m2(70, 80, width_deg=360)]),
    "sector_to_the_pole": lambda: [zone_m2(70, 90, width_deg=159)] * 2,
    "chukotka_cut": lambda: [drawn_m2("chukotka_uncut")],
    "wrangel_cut": lambda: [drawn_m2("wrangel_uncut")],
    "wrangel_world_atlas": lambda: [drawn_m2("wrangel_uncut")],
    "cut_at_0_and_360": lambda: [zone_m2(50, 60, width_deg=20)],
    "sliver_at_180": lambda: [zone_m2(60, 70, width_deg=10.0001)],
    "sliver_without_area": lambda: [0, BOX / 2, 0],
    "overlapping_parts": lambda: [BOX * 0.75, BOX],
    "multipolygon": lambda: [BOX * 1.5],
    "collection": lambda: [BOX * 1.5],
    "z_values": lambda: [0, 0, BOX],
    "empty_and_null": lambda: [0, 0, 0, BOX / 2],
    "world_rectangle": lambda: [HEMISPHERE] * 2,
    "northern_hemisphere": lambda: [HEMISPHERE] * 2,
    "edge_along_66n": lambda: [zone_m2(66, 67, width_deg=90)],
    "polygon_across_the_equator": lambda: [zone_m2(0, 20, width_deg=40) - zone_m2(0, 10, width_deg=20)],
    "ocean": lambda: [HEMISPHERE - BOX * 1.5],
    "antarctica": lambda: [0, 0],
    "fiji": lambda: [0],
}

PROBES: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = {
    **dict.fromkeys(
        SAME[0], ([(180, 65), (171, 61), (-171, 69)], [(0, 90), (0, 65), (169, 65), (-169, 65), (180, 59)])
    ),
    "crossing_written_twice_bent": ([(180, 65), (171, 62), (-171, 68)], [(0, 90), (0, 65), (168, 65), (180, 58.9)]),
    "clipped_at_179_9": ([(179, 65), (-179, 65)], [(180, 65), (0, 90)]),
    **dict.fromkeys(
        SAME[1], ([(165, 70), (180, 62), (180, 78), (-165, 70)], [(180, 70), (-172, 66), (0, 90), (0, 70)])
    ),
    **dict.fromkeys(SAME[2], ([(0, 90), (-165, 72.1), (180, 73.6)], [(-165, 71.9), (0, 60), (15, 75.9), (180, 73.4)])),
    **dict.fromkeys(SAME[3], ([(0, 90), (-165, 72.1), (180, 73.6)], [(-165, 71.9), (0, 60), (15, 75.9), (180, 73.4)])),
    **dict.fromkeys(SAME[4], ([(0, 75), (180, 75), (-90, 71)], [(0, 90), (180, 69), (180, 81)])),
    "sector_to_the_pole": ([(100, 80), (180, 71), (33, 89.9)], [(0, 80), (-150, 89), (100, 69)]),
    **dict.fromkeys(SAME[5], ([(180, 68), (178, 65.5), (-173, 66)], [(180, 63), (-168, 66), (0, 90)])),
    **dict.fromkeys(
        [*SAME[6], "wrangel_world_atlas"], ([(180, 71.2), (-179, 71.2), (179, 71.2)], [(180, 70.5), (180, 72), (0, 90)])
    ),
    "cut_at_0_and_360": ([(0, 55), (9, 51), (-9, 59)], [(11, 55), (180, 55), (0, 90)]),
    **dict.fromkeys(SAME[7], ([(0, 90), (180, 1), (-90, 1), (37, 60)], [])),
    "edge_along_66n": ([(45, 66.001), (1, 66.5), (89, 66.5)], [(45, 65.999), (45, 67.001), (0, 90)]),
    "polygon_across_the_equator": ([(180, 15), (165, 1)], [(180, 5), (180, 21), (0, 90)]),
    "ocean": ([(0, 90), (180, 71), (180, 1), (-5, 65)], [(180, 65), (-175, 65), (5, 65)]),
    "figure_of_eight": ([(175, 65), (-175, 65)], [(180, 68), (180, 62), (0, 90)]),
    "aleutians": ([(173, 52.9), (-168.3, 53.3)], [(180, 52), (180, 60), (0, 90), (-150, 53)]),
}

PARTS = {
    "crossing_cut": [1],
    "crossing_cut_almost_at_180": [1],
    "clipped_at_179_9": [2],
    "hole_crosses_cut": [1],
    "chukotka_cut": [1],
    "wrangel_cut": [1],
    "wrangel_world_atlas": [1],
    "cut_at_0_and_360": [1],
    "sliver_at_180": [1],
    "line_cut_at_180": [1],
    "multipolygon": [2],
    "overlapping_parts": [1, 1],
    "figure_of_eight": [2],
    "ocean": [1],
    "line_across_the_equator": [1, 2],
}


def to_input(name: str) -> gpd.GeoDataFrame:
    return read(DATA / "input" / f"{name}.geojson", crs="EPSG:4326")


def read(path: Path, *, crs: str) -> gpd.GeoDataFrame:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    geometries = [None if one["geometry"] is None else shape(one["geometry"]) for one in features]
    return gpd.GeoDataFrame({"name": [one["properties"]["name"] for one in features]}, geometry=geometries, crs=crs)


def projected(name: str) -> list[shapely.Geometry | None]:
    return list(to_map(to_input(name)).geometry)


def true_area_m2(geometry: shapely.Geometry | None) -> float:
    if geometry is None:
        return 0.0
    dense = shapely.segmentize(geometry, 20_000)
    flat = shapely.transform(dense, lambda c: np.column_stack(to_equal_area.transform(c[:, 0], c[:, 1])))
    return float(flat.area)


def assert_same(one: shapely.Geometry | None, other: shapely.Geometry | None, *, within_m: float = 1.0) -> None:
    if one is None or other is None:
        assert one is other
        return
    assert one.geom_type == other.geom_type
    if one.geom_type == "GeometryCollection":
        assert len(one.geoms) == len(other.geoms)
        for mine, its in zip(one.geoms, other.geoms, strict=True):
            assert_same(mine, its, within_m=within_m)
        return
    assert shapely.hausdorff_distance(one, other) <= within_m
    if one.area:
        assert one.area == pytest.approx(other.area, rel=within_m * 1e-6)
        assert one.symmetric_difference(other).area <= within_m * 1e-6 * one.area


def test_every_golden_input_has_its_expected_output():
    assert sorted(path.stem for path in (DATA / "expected").glob("*.geojson")) == NAMES
    assert len(NAMES) >= 28


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_case_comes_out_as_expected(name):
    expected = read(DATA / "expected" / f"{name}.geojson", crs=MAP)
    mapped = to_map(to_input(name))
    assert list(mapped["name"]) == list(expected["name"])
    for mine, its in zip(mapped.geometry, expected.geometry, strict=True):
        assert mine is None or (mine.is_valid and not mine.is_empty and not mine.has_z)
        assert_same(mine, its)


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_the_ways_of_writing_one_shape_give_one_shape(names):
    first = projected(names[0])[0]
    for name in names[1:]:
        assert_same(projected(name)[0], first, within_m=CHORD_ERROR_M)


@pytest.mark.parametrize("name", AREAS)
def test_its_area_on_the_ellipsoid_is_that_of_the_formula(name):
    for geometry, area_m2 in zip(projected(name), AREAS[name](), strict=True):
        slack = 0.0 if geometry is None else CHORD_ERROR_M * geometry.length
        assert true_area_m2(geometry) == pytest.approx(area_m2, abs=slack, rel=0)


@pytest.mark.parametrize("name", PROBES)
def test_it_contains_what_it_should_and_nothing_else(name):
    inside, outside = PROBES[name]
    for geometry in projected(name):
        for lon, lat in inside:
            assert shapely.covers(geometry, shapely.Point(to_plane.transform(lon, lat))), (lon, lat)
        for lon, lat in outside:
            assert not shapely.covers(geometry, shapely.Point(to_plane.transform(lon, lat))), (lon, lat)


@pytest.mark.parametrize("name", PARTS)
def test_it_has_as_many_parts_as_there_are_on_the_globe(name):
    assert [len(shapely.get_parts(geometry)) for geometry in projected(name)] == PARTS[name]


def test_the_island_of_wrangel_has_the_area_of_the_atlases():
    (island,) = projected("wrangel_cut")
    assert true_area_m2(island) == pytest.approx(7_600e6, rel=0.02)


def test_the_shortest_line_to_utqiagvik_passes_the_pole_at_the_distance_of_spherical_trigonometry():
    (line,) = projected("murmansk_utqiagvik_geodesic")
    lat1, lat2, turn = math.radians(68.97), math.radians(71.29), math.radians(33.08 + 156.79)
    normal = math.cos(lat1) * math.cos(lat2) * math.sin(turn)
    angle = math.acos(math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(turn))
    nearest_m = 6_371_000 * math.asin(abs(normal) / math.sin(angle))
    assert line.distance(shapely.Point(0, 0)) / 0.9725 == pytest.approx(nearest_m, rel=0.02)


def test_two_vertices_are_joined_straight_in_longitude_and_latitude():
    (line,) = projected("murmansk_utqiagvik_two_vertices")
    share = np.linspace(0, 1, 51)
    turn = (-156.79 - 33.08) % 360
    x, y = to_plane.transform(33.08 + turn * share, 68.97 + (71.29 - 68.97) * share)
    assert shapely.distance(line, shapely.points(x, y)).max() <= CHORD_ERROR_M


def test_an_edge_along_66_north_stays_on_the_parallel():
    (box,) = projected("edge_along_66n")
    x, y = to_plane.transform(np.linspace(0, 90, 91), np.full(91, 66.0))
    assert shapely.distance(box.exterior, shapely.points(x, y)).max() <= CHORD_ERROR_M


def test_a_parallel_of_two_vertices_goes_round_the_whole_pole():
    whole, half = projected("parallel_of_two_vertices")
    radius = math.hypot(*to_plane.transform(0, 66.5625))
    assert whole.is_closed
    assert whole.length == pytest.approx(2 * math.pi * radius, rel=1e-4)
    assert half.length == pytest.approx(math.pi * radius, rel=1e-4)


def test_a_line_by_way_of_the_pole_has_it_once_and_a_line_at_the_pole_is_none():
    (line,) = projected("murmansk_pole_utqiagvik")
    assert len(line.coords) == 3
    assert to_map_array(np.array([shapely.LineString([(0, 90), (50, 90)])]))[0] is None


def test_points_in_any_turn_are_one_place_and_those_in_the_south_are_gone():
    *turns, south, equator, several = projected("points_in_any_turn")
    x, y = to_plane.transform(-170, 65)
    for point in turns:
        assert (point.x, point.y) == pytest.approx((x, y), abs=1e-3)
    assert south is None
    assert math.hypot(equator.x, equator.y) == pytest.approx(12_367_396.2, abs=1)
    assert len(several.geoms) == 2


def test_the_pole_is_the_origin_whatever_its_longitude():
    one, other, several = projected("points_at_the_pole")
    assert one.coords[0] == other.coords[0] == several.geoms[0].coords[0] == (0.0, 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_outlines_have_no_seam_and_no_rim(name):
    mapped = to_map(to_input(name))
    lines = outlines(mapped)
    assert list(lines.index) == list(mapped.index)
    for shape_, line in zip(mapped.geometry, lines.geometry, strict=True):
        if shape_ is None or not shape_.area:
            continue
        rim = shapely.Point(0, 0).buffer(12_367_396.2, quad_segs=720).exterior
        assert line is None or line.geom_type.endswith("LineString")
        assert line is None or line.intersection(shapely.LineString([(0, 0), (0, 13e6)])).length == 0
        assert line is None or line.intersection(rim.buffer(100)).length < 1_000


@pytest.mark.parametrize("name", ["crossing_uncut", "crossing_cut"])
def test_outlines_of_a_shape_across_180_are_all_of_its_boundary(name):
    (shape_,), (line,) = projected(name), outlines(to_input(name)).geometry
    assert line.length == pytest.approx(shape_.length, rel=1e-9)


def test_outlines_of_two_rows_cut_at_180_leave_out_the_cut_and_nothing_else():
    mapped = to_map(to_input("crossing_cut_two_rows"))
    cut_m = to_plane.transform(180, 60)[1] - to_plane.transform(180, 70)[1]
    for shape_, line in zip(mapped.geometry, outlines(mapped).geometry, strict=True):
        assert line.geom_type == "LineString"
        assert line.length == pytest.approx(shape_.length - cut_m, rel=1e-9)


def test_outlines_of_the_world_are_nothing():
    assert outlines(to_input("world_rectangle")).geometry.isna().all()


def test_outlines_keep_lines_along_180_and_drop_points():
    date_line = shapely.LineString([(180, 60), (180, 80)])
    frame = gpd.GeoDataFrame(geometry=[date_line, shapely.Point(0, 80)], crs="EPSG:4326")
    line, point = outlines(frame).geometry
    assert line.length > 2_000_000
    assert point is None


def test_index_columns_and_geometry_name_are_kept_and_the_input_is_not_touched():
    points = [shapely.Point(0, 80), shapely.Point(0, -80)]
    frame = gpd.GeoDataFrame({"b": [1, 2], "a": ["x", "y"]}, geometry=points, crs="EPSG:4326", index=[7, 3])
    frame = frame.rename_geometry("place")[["b", "place", "a"]]
    mapped = to_map(frame)
    assert list(mapped.columns) == ["b", "place", "a"]
    assert list(mapped.index) == [7, 3]
    assert mapped.geometry.name == "place"
    assert mapped.crs == MAP
    assert mapped["place"].isna().tolist() == [False, True]
    assert frame["place"].iloc[0] == shapely.Point(0, 80)


def test_an_empty_frame_stays_an_empty_frame():
    frame = gpd.GeoDataFrame({"a": []}, geometry=[], crs="EPSG:4326")
    assert len(to_map(frame)) == len(outlines(frame)) == 0
    assert to_map(frame).crs == MAP


def test_a_frame_in_metres_is_refused():
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs="EPSG:3857")
    with pytest.raises(GeometryError, match="not in longitude and latitude"):
        to_map(frame)


def test_a_latitude_beyond_the_pole_is_refused_and_named():
    with pytest.raises(GeometryError, match=r"row 2: A latitude of 91"):
        to_map_array(np.array([shapely.Point(0, 10), shapely.Point(0, 91)]))


def test_vertices_that_are_not_finite_are_left_out():
    nan = math.nan
    vertices = np.array([[0, 70], [nan, nan], [10, 70], [0, 70], [math.inf, 70]])
    line, short = shapely.from_ragged_array(shapely.GeometryType.LINESTRING, vertices, (np.array([0, 3, 5]),))
    vertices = np.array([[0, 60], [10, 60], [nan, 65], [10, 70], [0, 70], [0, 60]])
    offsets = (np.array([0, 6]), np.array([0, 1]))
    (ring,) = shapely.from_ragged_array(shapely.GeometryType.POLYGON, vertices, offsets)
    mapped = to_map_array(np.array([line, ring, short]))
    assert mapped[0].length > 0
    assert true_area_m2(mapped[1]) == pytest.approx(BOX / 2, rel=1e-4)
    assert mapped[2] is None


def test_neighbours_share_the_vertices_of_their_border_to_the_last_bit():
    west = shapely.Polygon([(100.1, 60.3), (179.7, 68.9), (-170.3, 75), (100, 80)])
    east = shapely.Polygon([(529.7, 50), (549.7, 75), (539.7, 68.9), (460.1, 60.3)])
    one, other = to_map_array(np.array([west, east]))
    border = {tuple(xy) for xy in one.exterior.coords} & {tuple(xy) for xy in other.exterior.coords}
    assert len(border) > 100


def test_shapes_without_anything_to_weld_keep_their_vertices():
    ring = shapely.Polygon([(10, 70), (10.1, 70), (10.1, 70.1), (10, 70.1)])
    (mapped,) = to_map_array(np.array([ring]))
    assert len(mapped.exterior.coords) == 5
    x, y = to_plane.transform(*np.array(ring.exterior.coords).T)
    assert np.abs(np.array(mapped.exterior.coords) - np.column_stack((x, y))).max() < 1e-4
