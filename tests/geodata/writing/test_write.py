"""A layer that was read, written as each kind of file, and read again."""

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
from geodata.writing.losses import losses
from geodata.writing.request import SUFFIXES, WriteRequest, Written, kind_of
from geodata.writing.write import write

KINDS = tuple(SUFFIXES)
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
    assert "31 rows" in told("FlatGeobuf", left_out=31)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_that_it_holds_no_colours(kind):
    assert "Colours and sizes" in told(kind)
    assert "names on the map" in told(kind, has_label=True)
