"""Shapes that make little sense: drawn as far as they do, listed as repaired or left out, never an exception."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared
from geodata.pick import PickIndex
from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read

NAN, INF = float("nan"), float("inf")
GOOD = shapely.box(10, 70, 11, 71)


def kept(tmp_path, *geometry, driver="GPKG"):
    """Write shapes into a file, read it, and return the report and what is drawn."""
    path = tmp_path / ("shapes.fgb" if driver == "FlatGeobuf" else "shapes.gpkg")
    frame = gpd.GeoDataFrame({"n": range(len(geometry))}, geometry=list(geometry), crs=4326)
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    frame.to_file(path, driver=driver, engine="pyogrio", **options)
    folder = tmp_path / "made"
    folder.mkdir()
    layers = read(ReadRequest(path, folder), lambda _: None).layers
    return layers[0].report, prepared.read(folder / layers[0].prepared)


def raw(ring):
    """Return a polygon of a ring that no constructor would refuse."""
    with np.errstate(invalid="ignore"):
        return shapely.Polygon(np.asarray(ring, dtype=float))


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf"])
@pytest.mark.parametrize("bad", [INF, -INF])
def test_a_shape_that_reaches_to_infinity_is_left_out_and_told(tmp_path, bad, driver):
    report, layer = kept(tmp_path, GOOD, raw([(20, 70), (21, bad), (21, 71), (20, 70)]), driver=driver)
    assert report.drawn == len(layer.attributes["id"]) == 1
    assert "Left out: 1 feature: its position lies nowhere on the Earth" in report.text


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf"])
def test_a_shape_with_a_vertex_that_is_no_number_is_drawn_without_it_and_told(tmp_path, driver):
    gap = raw([(20, 70), (21, NAN), (22, 70), (22, 71), (20, 70)])
    report, layer = kept(tmp_path, GOOD, gap, driver=driver)
    assert report.drawn == 2 and np.isfinite(layer.levels[0].bounds).all()
    assert "Repaired: 1 feature: a vertex that is no position was passed over" in report.text


def test_a_ring_of_a_million_vertices_is_drawn_picked_and_has_coarser_levels(tmp_path):
    turn = np.linspace(0, 2 * np.pi, 1_000_000)
    wave = 2 + 0.01 * np.sin(5_000 * turn)
    report, layer = kept(tmp_path, raw(np.column_stack((20 + 2 * wave * np.cos(turn), 70 + wave * np.sin(turn)))))
    assert report.drawn == 1
    counts = [len(level.coords) for level in layer.levels]
    assert counts[0] > 900_000 and counts[-1] < 2_000
    x, y = layer.levels[0].bounds[0].reshape(2, 2).mean(axis=0)
    assert PickIndex(layer).rows_near(x, y, 0.0) == [(0, 0.0)]


def test_a_shape_larger_than_the_hemisphere_is_the_part_of_it_on_the_map(tmp_path):
    report, layer = kept(tmp_path, shapely.box(-180, -89, 180, 89), GOOD)
    assert report.drawn == 2
    assert layer.extent.width < 25_000_000


@pytest.mark.parametrize(
    "shape",
    [raw([(20, 70)] * 4), raw([(20, 70), (22, 70), (21, 70), (20, 70)]), raw([(20, 70), (20, 70), (21, 71), (20, 70)])],
)
def test_an_area_without_size_is_left_out_and_told_and_the_rest_is_drawn(tmp_path, shape):
    report, layer = kept(tmp_path, GOOD, shape)
    assert (report.read, report.drawn) == (2, 1)
    assert "1 feature: it has no size" in report.text
    assert layer.levels[0].part_count == 1


def test_a_line_without_length_is_left_out_and_told(tmp_path):
    report, _ = kept(tmp_path, shapely.LineString([(20, 70)] * 3), shapely.LineString([(20, 70), (21, 71)]))
    assert "1 feature: it has no size" in report.text


def test_a_ring_that_crosses_itself_is_repaired_and_told(tmp_path):
    report, layer = kept(tmp_path, raw([(20, 70), (22, 71), (22, 70), (20, 71), (20, 70)]))
    assert report.drawn == 1
    assert "crosses itself" in report.text and "Repaired" in report.text
    assert layer.levels[0].part_count == 2


def test_an_empty_shape_and_a_missing_one_are_left_out_and_told(tmp_path):
    report, _ = kept(tmp_path, GOOD, shapely.Polygon(), None)
    assert report.drawn == 1 and "no geometry" in report.text
