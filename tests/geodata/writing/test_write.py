"""A layer that was read, written as each kind of file, and read again."""

import itertools
import math
import shutil
import zipfile

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import ReadingError
from geodata.reading import profile
from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read
from geodata.writing.losses import STYLED, losses, shortened
from geodata.writing.request import SUFFIXES, WriteRequest, Written, kind_of
from geodata.writing.write import write

KINDS = tuple(SUFFIXES)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co")), max_size=40
)
NEAR = st.tuples(st.integers(-1_700_000, 1_700_000), st.integers(10_000, 880_000)).map(
    lambda at: (at[0] / 1e4, at[1] / 1e4)
)
POINT = NEAR.map(lambda at: shapely.Point(at))
LINE = (
    st.lists(NEAR, min_size=2, max_size=6, unique=True)
    .filter(lambda places: all(abs(one[0] - two[0]) < 180 for one, two in itertools.pairwise(places)))
    .map(shapely.LineString)  # a longer stretch would mean the way round the other side
)
AREA = NEAR.map(
    lambda at: shapely.Polygon([at, (at[0] + 0.5, at[1]), (at[0] + 0.5, at[1] + 0.5), (at[0], at[1] + 0.25)])
)

TABLE = {
    "name": ["Nome", None, 'with "quotes", commas\nand lines'],
    "people": [3_699, None, -1],
    "share": [0.1, 1 / 3, None],
    "flag": [True, None, False],
    "fid": ["a", "b", "c"],
}
SHAPES = [shapely.Point(-165.4, 64.5), shapely.Point(10.123456789, 70), shapely.Point(179.5, 71.3)]


@pytest.fixture
def frame_of(tmp_path):
    """Read a table with shapes as a file of the person's own, and return the frame that is kept of it."""

    def go(shapes=SHAPES, table=TABLE):
        columns = {name: np.array(values, dtype=object) if None in values else values for name, values in table.items()}
        source = gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")
        for name in ("people",):
            if name in source:
                source[name] = source[name].astype("Int64")
        if "flag" in source:
            source["flag"] = source["flag"].astype("boolean")
        if "share" in source:
            source["share"] = source["share"].astype("float64")
        path = tmp_path / "source.fgb"
        source.to_file(path, engine="pyogrio", SPATIAL_INDEX="NO")
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        for left in folder.rglob("*"):
            if not left.is_dir():
                left.unlink()
        done = read(ReadRequest(path, folder), lambda _: None)
        return folder / done.layers[0].frame

    return go


def put(frame, path, title="Towns"):
    return write(WriteRequest(path, frame, kind_of(path), title), lambda _: None)


def values(path, name):
    meta, _, _, fields = pyogrio.raw.read(path)
    column = fields[list(meta["fields"]).index(name)].tolist()
    return [None if value is None or value != value else value for value in column]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".fgb"])
def test_shapes_and_values_come_back_as_they_were(frame_of, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    assert put(frame_of(), path) == Written(3)
    back = gpd.read_file(path)
    assert shapely.equals_exact(back.geometry.to_numpy(), np.array(SHAPES), 1e-8).all()
    for name in ("name", "people", "share", "flag"):
        assert values(path, name) == TABLE[name], name
    assert values(path, "fid_2" if suffix == ".gpkg" else "fid") == TABLE["fid"]


def test_a_table_holds_positions_and_values_as_text(frame_of, tmp_path):
    path = tmp_path / "out.csv"
    put(frame_of(), path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "name,people,share,flag,fid,longitude,latitude"
    assert lines[1] == "Nome,3699,0.1,True,a,-165.4,64.5"
    assert lines[2] == ",,0.3333333333333333,,b,10.123456789,70.0"


def test_shapes_that_are_no_points_are_text_in_a_table(frame_of, tmp_path):
    path = tmp_path / "out.csv"
    put(frame_of([shapely.LineString([(1, 70), (2, 71)])], {"wkt": ["x"]}), path)
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["wkt_2,wkt", 'x,"LINESTRING (1 70, 2 71)"']


def test_a_polygon_across_180_degrees_is_cut_in_geojson_and_whole_elsewhere(frame_of, tmp_path):
    across = shapely.Polygon([(170, 65), (-170, 65), (-170, 70), (170, 70)])
    frame = frame_of([across], {"name": ["Chukotka"]})
    put(frame, tmp_path / "out.geojson")
    put(frame, tmp_path / "out.gpkg")
    assert len(gpd.read_file(tmp_path / "out.geojson").geometry[0].geoms) == 2
    assert gpd.read_file(tmp_path / "out.gpkg").geometry[0].equals(across)


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(frame_of, tmp_path):
    frame = frame_of()
    target = tmp_path / "there" / "out.gpkg"
    target.parent.mkdir()
    target.write_bytes(b"old")
    frame.write_bytes(b"damaged")
    with pytest.raises(ReadingError, match="cannot be written"):
        put(frame, target)
    assert [path.name for path in target.parent.iterdir()] == ["out.gpkg"]
    assert target.read_bytes() == b"old"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.floats(-180, 180).map(lambda x: round(x, 7)),
            st.floats(0.1, 90).map(lambda y: round(y, 7)),
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.none(),
            st.integers(-(2**53), 2**53) | st.none(),
            st.floats(allow_nan=False, allow_infinity=False) | st.none(),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([".gpkg", ".geojson", ".fgb"]),
)
def test_any_values_come_back(frame_of, tmp_path, rows, suffix):
    lon, lat, text, whole, real = (list(column) for column in zip(*rows, strict=True))
    shapes = [shapely.Point(x, y) for x, y in zip(lon, lat, strict=True)]
    frame = frame_of(shapes, {"name": text, "people": whole, "share": real})
    path = tmp_path / f"any{suffix}"
    put(frame, path)
    back = gpd.read_file(path)
    assert shapely.equals_exact(back.geometry.to_numpy(), np.array(shapes), 1e-8).all()
    for name, column in (("name", text), ("people", whole), ("share", real)):
        assert values(path, name) == column, name


def shape_apart_m(ours, theirs):
    """Return how far two shapes lie apart, in metres at most; a degree is 111 km or less."""
    return float(shapely.hausdorff_distance(ours, theirs)) * 111_320


def is_near(ours, theirs):
    return ours is theirs if ours is None or theirs is None else math.isclose(ours, theirs, rel_tol=1e-13)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([POINT, LINE, AREA]).flatmap(lambda kind: st.lists(kind, min_size=1, max_size=4)),
    st.data(),
    st.sampled_from([".gpkg", ".geojson", ".fgb", ".kml", ".kmz", ".zip"]),
)
def test_what_is_written_and_read_again_is_the_same_but_for_what_is_named(frame_of, tmp_path, shapes, data, suffix):
    def column(values):
        return data.draw(st.lists(values | st.none(), min_size=len(shapes), max_size=len(shapes)))

    table = {
        "title": column(WORDS),
        "people": column(st.integers(-(2**31) + 1, 2**31 - 1)),
        "share": column(st.floats(-1e6, 1e6).map(lambda value: round(value, 6))),
        "flag": column(st.booleans()),
    }
    path = tmp_path / f"back{suffix}"
    put(frame_of(shapes, table), path)
    folder = tmp_path / "back"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    done = read(ReadRequest(path, folder), lambda _: None).layers[0]
    back = gpd.read_file(folder / done.frame)
    assert max(shape_apart_m(*pair) for pair in zip(shapes, back.geometry, strict=True)) < 0.01
    merged = suffix in (".kml", ".kmz", ".zip")  # these say that a missing text and an empty one become the same
    wanted = [(value or None) if merged else value for value in table["title"]]
    if "title" in back:
        assert values(folder / done.frame, "title") == wanted
    else:
        assert not any(wanted)
    for name in ("people", "share", "flag"):
        if name in back:
            came = values(folder / done.frame, name)
            assert all(is_near(*pair) for pair in zip(came, table[name], strict=True)), name
        else:
            assert table[name] == [None] * len(shapes), name


def test_a_shapefile_is_one_archive_with_all_its_files(frame_of, tmp_path):
    path = tmp_path / "towns.zip"
    put(frame_of(), path)
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == ["towns.cpg", "towns.dbf", "towns.prj", "towns.shp", "towns.shx"]
    assert sorted(left.name for left in tmp_path.iterdir()) == ["made", "source.fgb", "towns.zip"]


def test_points_and_groups_of_points_go_into_one_shapefile(frame_of, tmp_path):
    path = tmp_path / "mixed.zip"
    put(frame_of([shapely.Point(10, 70), shapely.MultiPoint([(11, 71), (12, 72)])], {"name": ["a", "b"]}), path)
    assert gpd.read_file(path).geometry.geom_type.tolist() == ["MultiPoint", "MultiPoint"]


def test_names_that_a_shapefile_cuts_stay_apart():
    new = shortened(["population_2020", "population_2021", "Population", "Яблоко", ""])
    assert new == {
        "population_2020": "population",
        "population_2021": "populati_2",
        "Population": "Populati_3",
        "Яблоко": "Яблок",
        "": "field",
    }


def test_whole_numbers_that_are_too_large_for_kml_become_text_and_are_named(frame_of, tmp_path):
    put(frame_of(SHAPES[:1], {"people": [2**40]}), tmp_path / "out.kml")
    assert values(tmp_path / "out.kml", "people") == [str(2**40)]
    assert "people holds numbers above 2³¹" in told("KML", people=[2**40])


def profiles(**columns):
    return profile.profiles_of(columns)


def told(kind, geometry="point", left_out=0, has_label=False, **columns):
    return "\n".join(
        losses(kind, geometry=geometry, profiles=profiles(**columns), left_out=left_out, has_label=has_label)
    )


def test_losses_are_named_field_by_field():
    assert "fid will be called fid_2" in told("GeoPackage", fid=["a"])
    assert "NAME will be called NAME_2" in told("GeoPackage", name=["a"], NAME=["b"])
    assert "big holds numbers above" in told("GeoJSON", big=[2**60])
    assert "cut there" in told("GeoJSON", "polygon")
    assert "cut there" not in told("GeoJSON", "point")
    assert "code holds texts that a spreadsheet" in told("CSV", code=["=1+1"])
    assert "latitude will be called latitude_2" in told("CSV", latitude=["a"])
    assert "visibility will be called visibility_2" in told("KML", visibility=["a"])
    assert "name will be called Name" in told("KMZ", name=["a"])
    assert "cut there" in told("KML", "line")
    assert "population_2020 will be called population." in told("Shapefile", population_2020=["a"])
    assert "31 rows" in told("FlatGeobuf", left_out=31)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_becomes_of_colours(kind):
    if kind in STYLED:
        assert "Colours and widths become" in told(kind)
        return
    assert "Colours and sizes" in told(kind)
    assert "names on the map" in told(kind, has_label=True)


def test_what_geojson_and_kml_cannot_hold_of_a_look_is_named():
    found = losses("KML", geometry="line", profiles=(), left_out=0, has_label=False, lost_looks=("dashes", "hatches"))
    assert "Not written: dashes, hatches." in found
