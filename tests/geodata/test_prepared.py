"""Prepared layers: what goes in comes out, and damage is told."""

import json
from dataclasses import replace
from random import Random

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared
from geodata.crs import MAP
from geodata.errors import PreparedError
from geodata.prepare import level_of, prepare, strokes_of

SQUARE = shapely.Polygon(
    [(0, 0), (1000, 0), (1000, 1000), (0, 1000)], [[(100, 100), (200, 100), (200, 200), (100, 200)]]
)
FAR = shapely.Point(-12_000_000, 5_000_000.25).buffer(50)


def frame(*geometries, **columns):
    table = {"id": [f"f{number}" for number in range(len(geometries))], **columns}
    return gpd.GeoDataFrame(table, geometry=list(geometries), crs=MAP)


def layer(*geometries, levels=(0.0,), **columns):
    return prepare("test", [(tolerance_m, frame(*geometries, **columns)) for tolerance_m in levels])


def written(tmp_path, made):
    path = tmp_path / "test.prepared"
    prepared.write(made, path)
    return path


def test_a_layer_comes_back_from_its_file_as_it_was(tmp_path):
    made = layer(shapely.MultiPolygon([SQUARE, FAR]), SQUARE, name=["Тест", None], rank=[1, 2], levels=(0.0, 10.0))
    back = prepared.read(written(tmp_path, made))
    assert (back.id, back.geometry, len(back.levels)) == ("test", "polygon", 2)
    assert back.attributes == {"id": ["f0", "f1"], "name": ["Тест", None], "rank": [1, 2]}
    assert back.row_of == {"f0": 0, "f1": 1}
    for before, after in zip(made.levels, back.levels, strict=True):
        assert before.tolerance_m == after.tolerance_m
        for name in ("coords", "ring_offsets", "part_offsets", "feature_of_part", "bounds"):
            assert np.array_equal(getattr(before, name), getattr(after, name))


def test_rings_come_shell_first_in_metres_to_the_centimetre(tmp_path):
    back = prepared.read(written(tmp_path, layer(SQUARE, FAR)))
    shell, hole = back.levels[0].rings_of(0)
    assert shapely.Polygon(shell, [hole]).equals(SQUARE)
    (far,) = back.levels[0].rings_of(1)
    assert np.abs(far - shapely.get_coordinates(FAR)).max() <= 0.005 + 1e-9


def test_the_same_layer_gives_the_same_bytes(tmp_path):
    first = written(tmp_path, layer(SQUARE)).read_bytes()
    assert written(tmp_path, layer(SQUARE)).read_bytes() == first


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_file_cut_short_is_refused(tmp_path, share):
    path = written(tmp_path, layer(SQUARE, FAR))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(PreparedError) as caught:
        prepared.read(path)
    assert str(path) in str(caught.value)
    assert caught.value.advice


def test_a_file_of_another_version_is_refused_and_says_which(tmp_path):
    path = written(tmp_path, layer(SQUARE))
    path.write_bytes(path.read_bytes().replace(b" v2\n", b" v1\n"))
    with pytest.raises(PreparedError, match="version 2"):
        prepared.read(path)


@pytest.mark.parametrize("run", [1, 7, 64, 4096])
def test_a_file_with_changed_bytes_anywhere_is_refused(tmp_path, run):
    path = written(tmp_path, layer(SQUARE, FAR, levels=(0.0, 10.0)))
    whole = path.read_bytes()
    random = Random(run)
    for _ in range(200):
        at = random.randrange(len(whole))
        damaged = whole[:at] + random.randbytes(run)[: len(whole) - at] + whole[at + run :]
        path.write_bytes(damaged)
        if damaged != whole:
            with pytest.raises(PreparedError):
                prepared.read(path)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ring_offsets", [0, 5, 99]),
        ("ring_offsets", [0, 12, 10]),
        ("ring_offsets", []),
        ("part_offsets", [0, 7]),
        ("part_offsets", [1, 2]),
        ("feature_of_part", [0, 1]),
        ("bounds", np.zeros((2, 4))),
    ],
)
def test_a_file_whose_arrays_do_not_fit_together_is_refused(tmp_path, name, values):
    made = layer(SQUARE)
    wrong = replace(made.levels[0], **{name: np.asarray(values)})
    path = written(tmp_path, replace(made, levels=(wrong,)))
    with pytest.raises(PreparedError, match="fit together"):
        prepared.read(path)


def test_a_file_with_a_hole_of_zeros_is_refused(tmp_path):
    path = written(tmp_path, layer(SQUARE, FAR))
    whole = path.read_bytes()
    for at in range(0, len(whole), 512):
        path.write_bytes(whole[:at] + bytes(512)[: len(whole) - at] + whole[at + 512 :])
        with pytest.raises(PreparedError):
            prepared.read(path)


def test_an_empty_file_and_a_folder_are_told_in_plain_words(tmp_path):
    (tmp_path / "empty.prepared").touch()
    (tmp_path / "folder.prepared").mkdir()
    with pytest.raises(PreparedError, match="is empty"):
        prepared.read(tmp_path / "empty.prepared")
    with pytest.raises(PreparedError, match="it is a folder"):
        prepared.read(tmp_path / "folder.prepared")


def test_nothing_is_left_where_a_layer_cannot_be_written(tmp_path):
    with pytest.raises(OSError, match="folder"):
        (tmp_path / "folder").mkdir()
        prepared.write(layer(SQUARE), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "test.prepared"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}) * 10)
    with pytest.raises(PreparedError):
        prepared.read(path)


def test_a_missing_file_is_told_with_its_path(tmp_path):
    with pytest.raises(PreparedError, match=r"none\.prepared"):
        prepared.read(tmp_path / "none.prepared")


@pytest.mark.parametrize(
    ("metres_per_pixel", "expected"), [(1, 0), (499, 0), (500, 1), (1999, 1), (2000, 2), (8000, 3), (1e6, 3)]
)
def test_the_level_for_a_scale_is_the_coarsest_within_half_a_pixel(metres_per_pixel, expected):
    made = layer(SQUARE, levels=(0.0, 250.0, 1000.0, 4000.0))
    assert made.level_for(metres_per_pixel) == expected


def test_the_finest_level_serves_where_none_is_fine_enough():
    assert layer(SQUARE, levels=(1000.0, 4000.0)).level_for(10) == 0


def test_points_lines_and_polygons_are_not_mixed():
    with pytest.raises(PreparedError, match="mixed"):
        layer(SQUARE, shapely.Point(0, 0))


def test_levels_with_different_rows_are_refused():
    with pytest.raises(PreparedError, match="rows"):
        prepare("test", [(0.0, frame(SQUARE, FAR)), (10.0, frame(SQUARE))])


def test_missing_and_empty_geometries_leave_their_row_without_parts():
    made = layer(None, shapely.MultiPolygon(), SQUARE)
    assert made.levels[0].feature_of_part.tolist() == [2]
    assert made.feature_extent(0) is None
    assert made.feature_extent(2).width == 1000
    assert made.feature(2) == {"id": "f2"}


def test_an_empty_layer_is_written_and_read(tmp_path):
    back = prepared.read(written(tmp_path, layer()))
    assert back.extent is None
    assert back.levels[0].part_count == 0


def test_lines_have_one_ring_a_part_and_points_one_vertex():
    lines = level_of(np.array([shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3), (4, 4)]])], dtype=object), 0)
    assert lines.ring_offsets.tolist() == [0, 2, 5]
    assert lines.part_offsets.tolist() == [0, 1, 2]
    points = level_of(np.array([shapely.Point(1, 2)], dtype=object), 0)
    assert points.coords.tolist() == [[100, 200]]
    assert points.bounds.tolist() == [[1, 2, 1, 2]]


def test_rings_are_stroked_as_they_are_but_for_features_with_lines_of_their_own():
    squares = [shapely.box(x, 0, x + 4, 4).difference(shapely.box(x + 1, 1, x + 2, 2)) for x in (0, 10, 20)]
    level = level_of(np.array(squares, dtype=object), 0.0)
    own = level_of(np.array([shapely.LineString([(10, 0), (14, 0)]), None], dtype=object), 0.0)
    strokes = strokes_of(level, {0: 1, 1: 2}, own)
    plain = shapely.boundary(np.array(squares[:1], dtype=object))
    expected = level_of(np.array([plain[0], shapely.LineString([(10, 0), (14, 0)]), None], dtype=object), 0.0)
    assert list(strokes.feature_of_part) == list(expected.feature_of_part) == [0, 0, 1]
    for ours, theirs in zip((strokes,), (expected,), strict=True):
        assert np.array_equal(ours.coords, theirs.coords)
        assert np.array_equal(ours.ring_offsets, theirs.ring_offsets)
        assert np.array_equal(ours.part_offsets, theirs.part_offsets)
        assert np.allclose(ours.bounds, theirs.bounds)
