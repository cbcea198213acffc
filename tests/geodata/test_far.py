"""Layers that stay in their file: where all features are, and those near a view."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared, swarm
from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.far import boxes_around, on_map
from geodata.reading.guard import LATLON, LONLAT
from geodata.reading.near import Shelf
from geodata.reading.near_request import NearRequest, NearSource, stamp_of
from geodata.reading.outcome import Interpretation, ReadRequest
from geodata.reading.read import read
from geodata.stereographic import forward, inverse

COUNT = 4_000


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(limits, "FAR_FEATURES", {"point": 1_000, "line": 1_000, "polygon": 1_000})
    monkeypatch.setattr(limits, "NEAR_FEATURES", 300)
    monkeypatch.setattr(limits, "NEAR_PLACES", 2_000)
    monkeypatch.setattr(limits, "OVERVIEW_PLACES", 1_000)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    return made


def spots(seed=5):
    rng = np.random.default_rng(seed)
    return rng.uniform((-180, 60), (180, 89.5), (COUNT, 2))


def written(path, geometry, crs=4326, **options):
    frame = gpd.GeoDataFrame({"number": np.arange(len(geometry)), "name": "x"}, geometry=geometry, crs=4326)
    frame.to_crs(crs).to_file(path, engine="pyogrio", **options)
    return path


def layer_in(path):
    return path.stem if path.suffix == ".gpkg" else ""


@pytest.fixture(params=[".fgb", ".gpkg"])
def points(tmp_path, request):
    return written(tmp_path / f"points{request.param}", shapely.points(spots()))


@pytest.fixture(params=[".fgb", ".gpkg"])
def boxes(tmp_path, request):
    x, y = spots().T
    return written(tmp_path / f"boxes{request.param}", shapely.box(x, y - 0.02, np.minimum(x + 0.05, 180), y + 0.02))


def opened(path, folder):
    (layer,) = read(ReadRequest(path, folder), lambda _: None).layers
    return layer


def asked(path, folder, lon, lat, half_m, *, geometry="point", way=LONLAT):
    x, y = forward(lon, lat).tolist()
    shelf = Shelf(NearSource(path, "Boxes", geometry, way, stamp_of(path), layer_in(path)))
    return shelf.answer(NearRequest((x - half_m, y - half_m, x + half_m, y + half_m), folder, "near"))


def inside(lon, lat, half_m):
    xy, middle = forward(*spots().T), forward(lon, lat)
    return set(np.flatnonzero((np.abs(xy - middle) <= half_m).all(axis=1)).tolist())


def test_of_many_points_every_place_is_known_and_each_is_counted(points, folder):
    layer = opened(points, folder)
    places = swarm.read(folder / layer.prepared)
    assert layer.is_far and layer.frame == "" and layer.columns == ("number", "name")
    assert len(places.coords) == places.total == layer.report.drawn == COUNT
    ours = sorted(map(tuple, (places.coords / 100).tolist()))
    assert np.allclose(
        ours, sorted(map(tuple, forward(*spots().T).tolist())), atol=0.01 if points.suffix == ".fgb" else 2.0
    )


def test_of_many_polygons_boxes_stand_for_all_of_them(boxes, folder):
    layer = opened(boxes, folder)
    places = swarm.read(folder / layer.prepared)
    assert len(places.coords) < 1_000 and places.total == COUNT == layer.report.drawn
    assert places.span_m > 1_000


def test_a_file_of_fewer_features_or_without_an_index_is_read_whole(tmp_path, folder, monkeypatch):
    plain = written(tmp_path / "plain.fgb", shapely.points(spots()), SPATIAL_INDEX="NO")
    assert not opened(plain, folder).is_far
    monkeypatch.setattr(limits, "FAR_FEATURES", {"point": COUNT + 1})
    other = folder / "other"
    other.mkdir()
    assert not opened(written(tmp_path / "few.fgb", shapely.points(spots())), other).is_far


@pytest.mark.parametrize(
    ("lon", "lat", "half_m"), [(20, 70, 2e5), (180, 75, 2e5), (-179.5, 66, 2e5), (0, 89.99, 1.5e5)]
)
def test_near_a_view_are_exactly_the_features_that_lie_there_at_180_and_the_pole_too(points, folder, lon, lat, half_m):
    answer = asked(points, folder, lon, lat, half_m)
    assert answer.is_exact
    layer = prepared.read(folder / answer.path)
    numbers = {int(number) for number in layer.attributes["field:number"]}
    assert inside(lon, lat, half_m) <= numbers
    assert len(numbers) < COUNT / 4


def test_a_feature_near_the_view_has_its_own_number_and_attributes(boxes, folder):
    answer = asked(boxes, folder, 20, 70, 3e5, geometry="polygon")
    layer = prepared.read(folder / answer.path)
    whole = gpd.read_file(boxes, engine="pyogrio", fid_as_index=True)
    for row, feature in enumerate(layer.attributes["id"]):
        fid = int(feature) - (boxes.suffix == ".fgb")
        assert whole.loc[fid, "number"] == layer.attributes["field:number"][row]


def test_where_more_are_near_than_can_be_drawn_their_places_are_told_and_beyond_that_nothing(boxes, folder):
    some = asked(boxes, folder, 20, 70, 1.2e6, geometry="polygon")
    assert not some.is_exact and swarm.read(folder / some.path).total == some.count > 300
    assert asked(boxes, folder, 0, 90, 6e6, geometry="polygon").path == ""


def test_a_point_is_called_the_same_from_afar_and_near(points, folder):
    places = swarm.read(folder / opened(points, folder).prepared)
    layer = prepared.read(folder / asked(points, folder, 20, 70, 2e5).path)
    for row, feature in enumerate(layer.attributes["id"][:20]):
        there = places.coords[places.numbers == int(feature) - 1] / 100
        assert np.allclose(there, layer.levels[0].coords[row] / 100, atol=2.0)


def test_where_nothing_lies_there_is_nothing(points, folder):
    answer = asked(points, folder, 20, 40, 1e5)
    assert answer.count == 0 and swarm.read(folder / answer.path).total == 0


@pytest.mark.parametrize("crs", [3995, 3413, 3338])
def test_other_coordinate_systems_are_found_their_way_too(tmp_path, folder, crs):
    file = written(tmp_path / "other.fgb", shapely.points(spots()), crs)
    way = opened(file, folder).interpretation
    answer = asked(file, folder, -150, 65, 2e5, way=way)
    numbers = {int(number) for number in prepared.read(folder / answer.path).attributes["field:number"]}
    assert inside(-150, 65, 1.9e5) <= numbers


def test_boxes_around_an_extent_hold_everything_in_it():
    rng = np.random.default_rng(1)
    for way in (LONLAT, LATLON, Interpretation("Alaska Albers", "EPSG:3338")):
        for x, y, size in ((0.0, 0.0, 5e5), (3e5, -2e6, 4e5), (-2e6, 10.0, 2e6), (5e5, 5e5, 1e3)):
            extent = swarm.Extent(x - size, y - size, x + size, y + size)
            places = rng.uniform((x - size, y - size), (x + size, y + size), (200, 2))
            there = np.column_stack(inverse(*places.T))
            if way is LATLON:
                there = there[:, ::-1]
            elif way is not LONLAT:
                import pyproj

                there = np.column_stack(pyproj.Transformer.from_crs(3995, 3338, always_xy=True).transform(*places.T))
            found = np.zeros(len(there), bool)
            for left, bottom, right, top in boxes_around(extent, way):
                found |= ((there >= (left, bottom)) & (there <= (right, top))).all(axis=1)
            assert found[np.isfinite(there).all(axis=1)].all()


def test_places_that_cannot_be_are_left_out_and_counted(tmp_path, folder):
    xy = spots()
    xy[:7] = [(0, 0), (20, -40), (30, -80), (900, 70), (20, 95), (5, -1), (1e300, 70)]
    layer = opened(written(tmp_path / "odd.fgb", shapely.points(xy)), folder)
    assert layer.report.drawn == COUNT - 7
    assert layer.report.left_out[0].count == 7
    assert "7 features: its place is missing, or not north of the equator" in layer.report.text


def test_what_is_not_finite_has_no_place():
    bad = np.array([[np.nan, 70.0], [np.inf, 70.0], [20.0, -np.inf], [20.0, 70.0]])
    assert np.isfinite(on_map(bad, LONLAT)).all(axis=1).tolist() == [False, False, False, True]


@pytest.mark.parametrize("how", ["shrinks", "grows", "goes", "is another"])
def test_a_file_that_changes_while_it_is_shown_is_said_and_read_no_more(points, folder, how):
    shelf = Shelf(NearSource(points, "Points", "point", LONLAT, stamp_of(points), layer_in(points)))
    whole = points.read_bytes()
    if how == "goes":
        points.unlink()
    else:
        changed = {"shrinks": whole[:20_000], "grows": whole + b"more", "is another": bytes(len(whole))}[how]
        points.write_bytes(changed)
    x, y = forward(20.0, 70.0).tolist()
    answer = shelf.answer(NearRequest((x - 1e5, y - 1e5, x + 1e5, y + 1e5), folder, "near"))
    assert isinstance(answer.problem, ReadingError) and "changed" in str(answer.problem)
