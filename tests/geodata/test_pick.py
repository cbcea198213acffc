import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import pick
from geodata.extent import Extent
from geodata.hit import MAX_OUTLINE_VERTICES, hit_of
from geodata.prepare import prepare
from geodata.prepared import PreparedLayer


def layer(layer_id: str, geometries: dict[str, shapely.Geometry]) -> PreparedLayer:
    frame = gpd.GeoDataFrame(
        {"id": list(geometries), "name": [f"The {name}" for name in geometries]},
        geometry=list(geometries.values()),
        crs="EPSG:3995",
    )
    return prepare(layer_id, [(0.0, frame)])


def found(indexes: list[PreparedLayer], x: float, y: float, tolerance_m: float = 10.0) -> list[str]:
    hits = pick.pick([pick.PickIndex(one) for one in indexes], x, y, tolerance_m=tolerance_m, metres_per_pixel=1.0)
    return [hit.reference for hit in hits]


LAND = layer("land", {"large": shapely.box(0, 0, 1000, 1000), "small": shapely.box(100, 100, 200, 200)})
LANES = layer("lanes", {"lane": shapely.LineString([(0, 150), (1000, 150)])})
PORTS = layer("ports", {"port": shapely.Point(150, 152), "far": shapely.Point(900, 900)})


def test_a_point_wins_over_a_line_below_it_and_a_line_over_polygons():
    assert found([PORTS, LANES, LAND], 150, 151) == ["ports/port", "lanes/lane", "land/small", "land/large"]


def test_of_polygons_the_smallest_wins_whatever_the_order_of_layers():
    small_below = layer("below", {"tiny": shapely.box(140, 140, 160, 160)})
    assert found([LAND, small_below], 150, 145, tolerance_m=1)[0] == "below/tiny"


def ranked(layer_id, points, ranks):
    frame = gpd.GeoDataFrame(
        {"id": list(points), "name": list(points), "rank": ranks},
        geometry=[shapely.Point(place) for place in points.values()],
        crs="EPSG:3995",
    )
    return prepare(layer_id, [(0.0, frame)])


def test_of_overlapping_points_the_one_that_bears_the_name_wins_though_another_is_nearer():
    towns = ranked("towns", {"hamlet": (0, 0), "city": (6, 0)}, [7, 1])
    assert found([towns], 1, 0) == ["towns/city", "towns/hamlet"]


def test_overlapping_points_without_ranks_come_by_their_ids_as_names_do():
    sites = layer("sites", {"norilsk_nadezhda": shapely.Point(3.4, 0), "norilsk": shapely.Point(-6, 0)})
    assert found([sites], 0, 0) == ["sites/norilsk", "sites/norilsk_nadezhda"]


def test_a_point_that_is_clearly_nearer_wins_whatever_the_rank_or_layer():
    towns = ranked("towns", {"hamlet": (0, 0), "city": (9, 0)}, [7, 1])
    top = layer("top", {"other": shapely.Point(0, 9.5)})
    assert found([top, towns], 0, 0) == ["towns/hamlet", "towns/city", "top/other"]


def test_a_point_without_a_rank_comes_after_those_that_have_one():
    towns = ranked("towns", {"a": (0, 0), "b": (1, 0)}, [float("nan"), 9.0])
    assert found([towns], 0, 0) == ["towns/b", "towns/a"]


def test_a_runway_under_the_pointer_wins_over_a_line_that_passes_over_it():
    runway = layer("runways", {"16_34": shapely.box(0, 0, 20, 2000)})
    distance = layer("distances", {"moscow": shapely.LineString([(-500, 1000), (500, 1000)])})
    assert found([distance, runway], 10, 1001) == ["runways/16_34", "distances/moscow"]
    assert found([distance, runway], 30, 1001) == ["distances/moscow"]


def test_a_point_still_wins_over_a_narrow_polygon():
    runway = layer("runways", {"16_34": shapely.box(0, 0, 20, 2000)})
    assert found([runway, layer("signs", {"sign": shapely.Point(12, 1000)})], 10, 1000)[0] == "signs/sign"


def test_nothing_is_found_in_the_open():
    assert found([PORTS, LANES, LAND], -500, -500) == []


def test_a_polygon_is_found_only_inside_it():
    assert found([LAND], -5, 50, tolerance_m=10) == []


def test_a_hole_is_not_inside():
    ring = layer("ring", {"ring": shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))})
    assert found([ring], 50, 50) == []
    assert found([ring], 20, 50) == ["ring/ring"]


def test_both_parts_of_one_feature_give_one_hit():
    split = layer("split", {"both": shapely.MultiPoint([(0, 0), (5, 0)])})
    assert found([split], 2, 0) == ["split/both"]


def test_a_hit_knows_its_name_extent_and_distance():
    (hit,) = pick.pick([pick.PickIndex(PORTS)], 150, 149, tolerance_m=10, metres_per_pixel=1.0)
    assert (hit.name, hit.distance_m) == ("The port", pytest.approx(3.0))
    assert hit.extent.centre == (150.0, 152.0)


def test_an_outline_never_has_more_than_its_limit_of_vertices():
    angles = np.linspace(0, 2 * np.pi, 50_001)
    rough = layer("rough", {"disc": shapely.Polygon(np.c_[np.cos(angles), np.sin(angles)] * 1e6)})
    hit = hit_of(rough, 0, metres_per_pixel=1.0)
    assert hit is not None
    assert 500 < sum(map(len, hit.outline)) <= MAX_OUTLINE_VERTICES
    assert np.allclose(hit.outline[0][0], hit.outline[0][-1])


def test_an_outline_of_many_rings_keeps_the_limit_too():
    angles = np.linspace(0, 2 * np.pi, 47)
    ring = np.c_[np.cos(angles), np.sin(angles)] * 1e4
    isles = [shapely.Polygon(ring + np.array([3e4 * n, 0.0])) for n in range(-100, 100)]
    hit = hit_of(layer("isles", {"many": shapely.MultiPolygon(isles)}), 0, metres_per_pixel=1.0)
    assert hit is not None
    assert 1000 < sum(map(len, hit.outline)) <= MAX_OUTLINE_VERTICES
    assert len(hit.outline) == len(isles)


def test_features_in_an_extent_are_listed_with_their_distances():
    index = pick.PickIndex(PORTS)
    rows = index.rows_in(Extent(0, 0, 500, 500))
    assert [PORTS.feature(row)["id"] for row in rows] == ["port"]
    assert index.distances(rows, 150, 150) == [pytest.approx(2.0)]


def test_a_large_layer_finds_what_a_small_one_finds(monkeypatch):
    rng = np.random.default_rng(4)
    corners = rng.uniform(0, 1_000, (60, 2))
    many = layer("many", {str(n): shapely.box(x, y, x + 90, y + 60) for n, (x, y) in enumerate(corners)})
    lines = layer("lines", {f"l{n}": shapely.LineString([(x, y), (y, x)]) for n, (x, y) in enumerate(corners)})
    spots = rng.uniform(0, 1_000, (40, 2)).tolist()
    before = [found([lines, many], x, y) for x, y in spots]
    monkeypatch.setattr(pick, "_TREE_UP_TO", 10)
    assert [found([lines, many], x, y) for x, y in spots] == before
    assert any(len(hits) > 1 for hits in before)
