"""Sea ways between two ports: as long as published, clear of land, through the places they are named after."""

import itertools
import shutil

import numpy as np
import pytest
import shapely

from geodata import routes
from geodata.geodesy import geodesic_line, length_m
from geodata.routes import RouteError
from tests.geodata.shipped_layers import FACTS, in_degrees, rows

TOLERANCE = 0.05
HELD_AGAINST = ("rotterdam_tokyo", "rotterdam_shanghai", "murmansk_yokohama")
PUBLISHED = [
    (*row["name"].split(" - "), way, float(row[f"{way}_nm"]))
    for row in rows("route_distances_nm")
    if row["id"] in HELD_AGAINST
    for way in ("suez", "nsr")
]


@pytest.fixture(scope="module")
def network():
    return routes.read(FACTS)


def by_way(network, start, end):
    return {route.way.id: route for route in network.routes(network.port(start), network.port(end))}


@pytest.mark.parametrize(("start", "end", "way", "published_nm"), PUBLISHED)
def test_ways_are_as_long_as_published(network, start, end, way, published_nm):
    assert by_way(network, start, end)[way].length_nm == pytest.approx(published_nm, rel=TOLERANCE)


def test_all_four_ways_lead_from_rotterdam_to_tokyo_and_the_pole_is_the_shortest(network):
    found = by_way(network, "Rotterdam", "Tokyo")
    assert list(found) == ["suez", "nsr", "nwp", "tsr"]
    assert sorted(found, key=lambda way: found[way].length_m) == ["tsr", "nsr", "nwp", "suez"]


def test_no_leg_crosses_the_shipped_land_but_the_canal():
    parts = shapely.get_parts(in_degrees("land").geometry.to_numpy())
    tree = shapely.STRtree(parts)
    crossing = set()
    for leg, points in legs().items():
        for start, end in itertools.pairwise(points):
            line = geodesic_line(*start, *end, max_step_m=20_000.0)
            lon = np.degrees(np.unwrap(np.radians(line[:, 0])))
            for turn in (-360.0, 0.0, 360.0):
                if len(tree.query(shapely.LineString(np.column_stack((lon + turn, line[:, 1]))), "intersects")):
                    crossing.add(leg)
    assert crossing == {"suez_canal"}


def legs():
    found = {}
    for row in sorted(rows("route_legs"), key=lambda row: (row["leg_id"], int(row["seq"]))):
        found.setdefault(row["leg_id"], []).append((float(row["lon"]), float(row["lat"])))
    return found


def test_the_suez_way_leads_through_gibraltar_suez_bab_el_mandeb_and_malacca(network):
    route = by_way(network, "Rotterdam", "Shanghai")["suez"]
    for lon, lat in ((-5.4, 35.96), (32.38, 30.32), (43.25, 12.65), (100.6, 3.2)):
        assert (lon, lat) in route.waypoints
    kinds = {row["kind"] for row in rows("route_legs")}
    assert sum(row["kind"] in ("suez", "canal") for row in rows("route_legs")) >= 40
    assert kinds == {"connecting", "suez", "canal"}


def test_a_route_begins_and_ends_at_its_ports_and_its_drawn_line_has_its_length(network):
    for route in by_way(network, "Murmansk", "Yokohama").values():
        assert route.waypoints[0] == (route.start.lon, route.start.lat)
        assert route.waypoints[-1] == (route.end.lon, route.end.lat)
        assert length_m(route.drawn()) == pytest.approx(route.length_m, rel=1e-6)


def test_days_follow_from_speed(network):
    route = by_way(network, "Murmansk", "Yokohama")["nsr"]
    assert route.days_at(14.0) == pytest.approx(route.length_nm / 336.0)
    assert route.days_at(7.0) == pytest.approx(2 * route.days_at(14.0))


def test_a_way_that_would_be_sailed_forth_and_back_is_not_offered(network):
    assert by_way(network, "Murmansk", "Arkhangelsk") == {}
    assert by_way(network, "Rotterdam", "Murmansk") == {}
    assert by_way(network, "Tokyo", "Tokyo") == {}


def test_difference_is_told_against_the_way_through_suez(network):
    found = by_way(network, "Murmansk", "Yokohama")
    assert routes.difference_pct(found["suez"], found["suez"]) == 0.0
    assert routes.difference_pct(found["nsr"], found["suez"]) == pytest.approx(-55.1, abs=2.5)


def test_ports_are_found_by_id_by_name_and_by_place(network):
    assert network.port("st_petersburg") is network.port("St petersburg")
    assert network.nearest(33.0, 69.5).name == "Murmansk"
    with pytest.raises(RouteError, match="No port is called Atlantis"):
        network.port("Atlantis")


def test_each_way_says_its_season_its_caveats_and_its_source(network):
    assert all(way.season and way.caveats and way.source for way in network.ways)


@pytest.mark.parametrize("name", ["route_ways", "route_ports", "lane_waypoints"])
def test_a_damaged_table_is_told_by_its_name(tmp_path, name):
    folder = shutil.copytree(FACTS, tmp_path / "facts")
    (folder / f"{name}.csv").unlink()
    with pytest.raises(RouteError, match=f"{name}.csv"):
        routes.read(folder)
