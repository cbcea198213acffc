"""Files of every kind → layers with their attributes, and a word on each row that is not there."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import pytest
import shapely

from geodata import prepared
from geodata.errors import ReadingError
from geodata.reading.outcome import Done, Interpretation, WhichLayers, WhichPlace
from geodata.stereographic import forward

KINDS = (".gpkg", ".geojson", ".geojsonl", ".shp", ".zip", ".fgb", ".kml", ".kmz", ".gpx", ".csv")
LONLAT = Interpretation("degrees")


def map_points(folder, layer):
    level = prepared.read(folder / layer.prepared).levels[0]
    return level.coords / prepared.UNITS_PER_METRE


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_of_each_kind_becomes_a_layer_at_the_right_place(save, read_file, places, suffix):
    outcome, folder = read_file(save(f"places{suffix}"))
    (layer,) = outcome.layers
    expected = forward(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    assert np.allclose(map_points(folder, layer), expected, atol=0.02)
    assert (layer.report.read, layer.report.drawn, layer.report.left_out) == (3, 3, ())
    made = prepared.read(folder / layer.prepared)
    assert list(made.attributes["name"]) == list(places["name"])
    assert layer.doubt == ""


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".fgb"])
def test_attributes_keep_their_values_and_what_is_missing_stays_missing(save, read_file, suffix):
    outcome, folder = read_file(save(f"places{suffix}"))
    made = prepared.read(folder / outcome.layers[0].prepared)
    assert made.feature(1) == {
        "id": "2",
        "name": "Nome",
        "field:name": "Nome",
        "field:people": 3699,
        "field:share": None,
    }


def test_the_rows_are_kept_in_degrees_with_all_attributes(save, read_file, places):
    outcome, folder = read_file(save("places.gpkg"))
    frame = gpd.read_file(folder / outcome.layers[0].frame)
    assert list(frame["people"]) == list(places["people"])
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.geom_equals_exact(places.geometry, 1e-12).all()


def test_whole_numbers_and_flags_stay_such_where_some_are_missing(read_file):
    fixtures = Path(pyogrio.__file__).parent / "tests/fixtures"
    outcome, folder = read_file(fixtures / "test_gpkg_nulls.gpkg")
    made = prepared.read(folder / outcome.layers[0].prepared).attributes
    assert list(map(repr, made["field:col_int64"])) == ["2", "3", "None"]
    assert list(map(repr, made["field:col_bool"])) == ["False", "True", "None"]


@pytest.mark.parametrize("name", ["curve", "curvepolygon", "multisurface", "line_zm"])
def test_curves_surfaces_and_heights_become_plain_shapes(read_file, name):
    outcome, _ = read_file(Path(pyogrio.__file__).parent / f"tests/fixtures/{name}.gpkg")
    assert [layer.report.drawn for layer in outcome.layers] == [1]


def test_points_lines_and_polygons_of_one_file_become_layers_of_their_own(save, read_file):
    shapes = [shapely.Point(0, 70), shapely.LineString([(0, 70), (5, 71)]), shapely.box(0, 70, 5, 72)]
    mixed = shapely.GeometryCollection([shapely.Point(9, 70), shapely.box(10, 70, 11, 71)])
    frame = gpd.GeoDataFrame({"name": list("abcd")}, geometry=[*shapes, mixed], crs="EPSG:4326")
    outcome, folder = read_file(save("mixed.geojson", frame))
    assert [layer.geometry for layer in outcome.layers] == ["point", "line", "polygon"]
    assert [layer.name for layer in outcome.layers] == ["mixed (points)", "mixed (lines)", "mixed (polygons)"]
    names = [list(prepared.read(folder / layer.prepared).attributes["name"]) for layer in outcome.layers]
    assert names == [["a", "d"], ["b"], ["c", "d"]]


def test_rows_without_a_place_are_left_out_and_named(save, read_file):
    geometry = [shapely.Point(0, 70), None, shapely.Point(0, -70), shapely.Point(0, 0), shapely.Point(0, 95)]
    names = [f"n{number}" for number in range(45)]
    frame = gpd.GeoDataFrame({"name": names}, geometry=[*geometry, *[shapely.Point(1, 71)] * 40], crs="EPSG:4326")
    outcome, _ = read_file(save("gaps.fgb", frame))
    report = outcome.layers[0].report
    assert (report.read, report.drawn) == (45, 41)
    assert {entry.rows: entry.reason.split()[0] for entry in report.left_out} == {
        (2,): "there",
        (3,): "nothing",
        (4,): "it",
        (5,): "its",
    }
    assert "Left out: 1 feature: its latitude lies beyond 90° (row 5)" in report.text


def test_a_polygon_that_crosses_itself_is_mended_and_told(save, read_file):
    bow = shapely.Polygon([(0, 70), (10, 72), (10, 70), (0, 72)])
    frame = gpd.GeoDataFrame({"name": ["bow"]}, geometry=[bow], crs="EPSG:4326")
    outcome, folder = read_file(save("bow.gpkg", frame))
    report = outcome.layers[0].report
    assert report.repaired[0].rows == (1,)
    assert "made valid" in report.text
    assert prepared.read(folder / outcome.layers[0].prepared).levels[0].part_count == 2


def test_a_polygon_across_180_degrees_is_whole_and_no_repair(save, read_file):
    across = shapely.Polygon([(170, 65), (-170, 65), (-170, 70), (170, 70)])
    outcome, folder = read_file(
        save("across.geojson", gpd.GeoDataFrame({"name": ["Chukotka"]}, geometry=[across], crs="EPSG:4326"))
    )
    layer = prepared.read(folder / outcome.layers[0].prepared)
    assert outcome.layers[0].report.repaired == ()
    assert layer.extent.width < 1_100_000


def test_a_line_over_the_pole_in_polar_metres_stays_straight(save, read_file):
    over = gpd.GeoDataFrame(
        {"name": ["over"]}, geometry=[shapely.LineString([(-1e6, 3e3), (1e6, 3e3)])], crs="EPSG:3413"
    )
    outcome, folder = read_file(save("over.gpkg", over))
    level = prepared.read(folder / outcome.layers[0].prepared).levels[0]
    ends = level.coords[[0, -1]] / 100.0
    points = level.coords / 100.0
    direction = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    offset = (points - ends[0]) @ np.array([-direction[1], direction[0]])
    assert np.abs(offset).max() < 2.0


def test_a_shapefile_of_polar_metres_without_its_prj_is_asked_about_then_read(save, read_file, places):
    path = save("polar.shp", places.to_crs("EPSG:3413"))
    path.with_suffix(".prj").unlink()
    question, _ = read_file(path)
    assert isinstance(question, WhichPlace)
    answer = next(way for way in question.candidates if way.crs == "EPSG:3413")
    assert answer.place == "64.5° N, 156.8° W" or answer.place.endswith("W")
    outcome, folder = read_file(path, interpretation=answer)
    expected = forward(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    assert np.allclose(map_points(folder, outcome.layers[0]), expected, atol=0.05)


def test_swapped_latitude_and_longitude_are_asked_about_then_put_right(save, read_file, places):
    swapped = places.set_geometry([shapely.Point(point.y, point.x) for point in places.geometry], crs="EPSG:4326")
    path = save("swapped.fgb", swapped)
    question, _ = read_file(path)
    outcome, folder = read_file(path, interpretation=question.candidates[0])
    expected = forward(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    assert np.allclose(np.sort(map_points(folder, outcome.layers[0]), axis=0), np.sort(expected, axis=0), atol=0.05)


def test_a_coordinate_system_that_does_not_exist_is_refused_in_plain_words(save, read_file, places):
    path = save("polar.shp", places.to_crs("EPSG:3413"))
    path.with_suffix(".prj").unlink()
    with pytest.raises(ReadingError, match="no coordinate system 'EPSG:999999'"):
        read_file(path, interpretation=Interpretation("EPSG:999999", "EPSG:999999"))


def test_web_mercator_called_degrees_is_asked_about(tmp_path, read_file, places):
    x, y = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True).transform(
        *np.array(list(zip(places.geometry.x, places.geometry.y, strict=True))).T
    )
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [a, b]}}
        for a, b in zip(x, y, strict=True)
    ]
    path = tmp_path / "mercator.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    question, _ = read_file(path)
    assert question.candidates[0].crs == "EPSG:3857"


def test_a_geopackage_of_several_layers_asks_which(save, read_file, places):
    path = save("two.gpkg", layer="towns")
    places.iloc[:1].to_file(path, layer="capital", engine="pyogrio", mode="a")
    question, _ = read_file(path)
    assert question == WhichLayers((("towns", 3), ("capital", 1)))
    outcome, _ = read_file(path, layers=("capital",))
    assert isinstance(outcome, Done)
    assert [(layer.name, layer.report.read) for layer in outcome.layers] == [("capital", 1)]


def test_a_file_name_full_of_tricks_is_only_a_name(save, read_file, places):
    path = save("plain.gpkg")
    outcome, _ = read_file(path.rename(path.with_name("zip!a.zip|x?layer=1 $(date).gpkg")))
    assert outcome.layers[0].report.drawn == 3


def test_a_file_with_nothing_north_of_the_equator_says_so(save, read_file):
    south = gpd.GeoDataFrame({"name": ["s"]}, geometry=[shapely.Point(0, -70)], crs="EPSG:4326")
    with pytest.raises(ReadingError, match="nothing of it lies north of the equator"):
        read_file(save("south.geojson", south))


def test_damaged_files_are_refused_in_plain_words(save, read_file):
    for suffix in (".gpkg", ".geojson", ".fgb", ".kml", ".shp", ".zip"):
        path = save(f"cut{suffix}")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        with pytest.raises(ReadingError) as problem:
            read_file(path)
        assert problem.value.where == path.name, suffix
