"""The bundle's tools: packages by exact version, faces that fit, lines cut at 180°, the same files each time."""

import hashlib
import io
import lzma
import tarfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.bundle import packages
from geodata.bundle.__main__ import main
from geodata.bundle.faces import NOBODY, adopt, containing, faces_of, nearest, shared_edges
from geodata.bundle.graticule import graticule
from geodata.bundle.lanes import own_stretches
from geodata.bundle.lines import cut_at_180, geodesics
from geodata.bundle.made import LayerError, Made, made, write
from geodata.bundle.packages import Package, PackageError, unpack
from geodata.bundle.plane import projected, unprojected
from geodata.bundle.registry import RECIPES
from geodata.bundle.shelf import FactError, Shelf
from geodata.bundle.symbols import commodity_group
from geodata.crs import GEOGRAPHIC
from geodata.geodesy import length_m
from geodata.polar import to_map_array

PINNED = (packages.MAGICS, packages.QGIS, packages.FERRET, packages.US_ATLAS, packages.CESIUM)
CONTENT = b"what a layer is made from"


def tar(name, *, mode="w:gz"):
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode=mode) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(CONTENT)
        archive.addfile(info, io.BytesIO(CONTENT))
    return tape.getvalue()


def debian(name):
    members = (
        (b"debian-binary", b"2.0\n"),
        (b"control.tar.xz", b"odd"),
        (b"data.tar.xz", lzma.compress(tar(name, mode="w"))),
    )
    blob = b"!<arch>\n"
    for title, data in members:
        blob += title.ljust(16) + b"0".ljust(12) + b"0".ljust(6) + b"0".ljust(6) + b"100644".ljust(8)
        blob += str(len(data)).encode().ljust(10) + b"`\n" + data + b"\n" * (len(data) % 2)
    return blob


def package(folder, registry, blob):
    (folder / "thing.pkg").write_bytes(blob)
    return Package(registry, "thing", "1.2", "thing.pkg", hashlib.sha256(blob).hexdigest())


@pytest.mark.parametrize(
    ("registry", "build"), [("debian", lambda: debian("./usr/share/a.txt")), ("npm", lambda: tar("usr/share/a.txt"))]
)
def test_a_file_is_taken_out_of_a_package(tmp_path, registry, build):
    thing = package(tmp_path, registry, build())
    for _ in range(2):
        (path,) = unpack(thing, tmp_path, ["usr/share/a.txt"])
        assert path.read_bytes() == CONTENT


def test_a_file_that_a_package_lacks_is_named(tmp_path):
    thing = package(tmp_path, "npm", tar("package/a.txt"))
    with pytest.raises(PackageError, match=r"package/b\.txt"):
        unpack(thing, tmp_path, ["package/b.txt"])


@pytest.mark.parametrize("pinned", PINNED, ids=lambda pinned: pinned.name)
def test_a_missing_package_says_how_to_fetch_it(tmp_path, pinned):
    with pytest.raises(PackageError) as caught:
        pinned.path_in(tmp_path)
    assert pinned.fetch in str(caught.value)
    assert f"{pinned.name}={pinned.version}" in pinned.fetch or f"{pinned.name}@{pinned.version}" in pinned.fetch
    assert "://" not in str(caught.value)


def test_a_package_with_other_bytes_is_refused_and_says_how_to_fetch_the_right_one(tmp_path):
    (tmp_path / packages.US_ATLAS.file).write_bytes(b"another version")
    with pytest.raises(PackageError) as caught:
        packages.US_ATLAS.path_in(tmp_path)
    assert packages.US_ATLAS.sha256 in str(caught.value)
    assert "npm pack us-atlas@3.0.1" in caught.value.advice


def test_the_command_says_how_to_fetch_and_fails_where_packages_are_missing(tmp_path, capsys):
    assert main(["rivers", "graticule", "--packages", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert "apt-get download libmagics++-data=4.13.0-1" in told.err
    assert "graticule:" in told.out
    assert (tmp_path / "out" / "graticule.prepared").is_file()


def test_the_command_names_an_unknown_layer(capsys):
    assert main(["atlantis"]) == 1
    assert "atlantis" in capsys.readouterr().err


def test_layers_of_annotations_need_no_packages(tmp_path):
    layers = ["annotations", "annotation-lines"]
    assert main([*layers, "--packages", str(tmp_path), "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{layer}.{end}" for layer in layers for end in ("fgb", "prepared")
    }


def test_a_missing_table_of_facts_is_told_with_its_path(tmp_path):
    with pytest.raises(FactError, match=r"bases\.csv"):
        Shelf(facts=tmp_path).rows("bases")


def test_rows_of_low_confidence_stay_at_home(tmp_path):
    (tmp_path / "t.csv").write_text("id,confidence\na,low\nb,medium\n", encoding="utf-8")
    assert [row["id"] for row in Shelf(facts=tmp_path).rows("t")] == ["b"]


def test_the_same_layer_is_written_as_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write("graticule", graticule(Shelf()), tmp_path / name)
    for ending in ("fgb", "prepared"):
        one, two = ((tmp_path / name / f"graticule.{ending}").read_bytes() for name in ("one", "two"))
        assert one == two


def table(**columns):
    rows = {"id": ["a", "b"], "name": "", "kind": "", "source": "", "confidence": "", **columns}
    return pd.DataFrame(rows)


POINTS = np.array([shapely.Point(0, 70), shapely.Point(1, 70)], dtype=object)


def test_ids_that_are_used_twice_are_refused(tmp_path):
    with pytest.raises(LayerError, match="'a'"):
        write("test", made(table(id=["a", "a"]), POINTS), tmp_path)


def test_a_layer_without_its_required_columns_is_refused(tmp_path):
    with pytest.raises(LayerError, match="confidence"):
        write("test", made(table().drop(columns="confidence"), POINTS), tmp_path)


def test_every_layer_has_one_recipe_and_the_drawing_order_is_kept():
    order = list(RECIPES)
    assert len(order) == 27
    assert order[0] == "bathymetry"
    assert order.index("land") < order.index("lakes") < order.index("lanes") < order.index("jber-symbol")


LAND = shapely.box(0, 0, 10, 10)
WEST = shapely.box(0.5, 0.5, 5, 9.5)
EAST = shapely.box(5, 0.5, 9.5, 9.5)


def test_faces_fill_the_land_and_share_every_edge():
    faces = faces_of(np.array([LAND, WEST, EAST], dtype=object))
    assert shapely.area(faces).sum() == pytest.approx(100)
    assert shapely.coverage_is_valid(faces)


def test_gaps_go_to_the_neighbour_with_the_longest_border():
    regions = np.array([WEST, shapely.box(5, 0.5, 9.5, 2)], dtype=object)
    faces = faces_of(np.concatenate([[LAND], regions]))
    owners = containing(regions, shapely.point_on_surface(faces))
    assert sorted(owners.tolist()) == [NOBODY, 0, 1]
    assert sorted(adopt(faces, owners).tolist()) == [0, 0, 1]


def test_a_face_without_neighbours_goes_to_the_nearest_region():
    island = np.array([shapely.box(20, 0, 21, 1)], dtype=object)
    assert adopt(island, np.array([NOBODY])).tolist() == [NOBODY]
    assert nearest(np.array([WEST, EAST], dtype=object), island).tolist() == [1]


def test_shared_edges_are_the_border_and_never_the_coast():
    edges, pairs = shared_edges(np.array([WEST, EAST], dtype=object))
    assert pairs.tolist() == [[0, 1]]
    assert sorted(map(tuple, edges.reshape(-1, 2).tolist())) == [(5.0, 0.5), (5.0, 9.5)]


def test_a_line_across_180_is_cut_with_both_pieces_reaching_the_meridian():
    west, east = cut_at_180(np.array([(170.0, 60.0), (-170.0, 62.0)])).geoms
    assert list(west.coords) == [(170.0, 60.0), (180.0, 61.0)]
    assert list(east.coords) == [(-180.0, 61.0), (-170.0, 62.0)]


@given(lon=st.floats(-179.9, 179.9), lat=st.floats(50, 89), lon2=st.floats(-179.9, 179.9), lat2=st.floats(30, 49))
def test_a_geodesic_keeps_its_length_whatever_it_crosses(lon, lat, lon2, lat2):
    line = geodesics([(lon, lat), (lon2, lat2)])
    total = sum(length_m(shapely.get_coordinates(part)) for part in line.geoms)
    assert total == pytest.approx(length_m(np.array([(lon, lat), (lon2, lat2)])), rel=1e-3, abs=100)
    assert np.abs(shapely.get_coordinates(line)[:, 0]).max() <= 180


@pytest.mark.parametrize(
    "area",
    [
        shapely.Point(0, 0).buffer(900_000),
        shapely.Point(0, 0).buffer(900_000).difference(shapely.Point(50_000, 0).buffer(200_000)),
        shapely.Point(0, 2_000_000).buffer(700_000),
        shapely.Point(0, -2_000_000).buffer(700_000),
        shapely.box(-3e6, 1e6, 4e6, 1.5e6),
        shapely.Point(2_000_000, 500_000).buffer(400_000),
    ],
    ids=["pole", "pole in a ring", "180°", "0°", "band over 180°", "elsewhere"],
)
def test_what_goes_from_the_plane_to_degrees_comes_back(area):
    (degrees,) = unprojected(np.array([area], dtype=object), step_m=10_000)
    assert degrees.is_valid
    (back,) = to_map_array(np.array([degrees], dtype=object))
    assert back.symmetric_difference(area).area < 2e-3 * area.area
    assert shapely.get_num_geometries(back) == 1


def test_shared_vertices_stay_shared_on_the_plane():
    areas = np.array([shapely.box(100, 60, 120, 70), shapely.box(120, 60, 150, 70)], dtype=object)
    assert shapely.coverage_is_valid(projected(areas))


def test_a_site_is_grouped_by_its_first_commodity():
    assert commodity_group("palladium;nickel;gold") == "metals"
    assert commodity_group("LNG") == "gas"
    assert commodity_group("gas condensate;oil") == "gas"
    with pytest.raises(FactError, match="unobtainium"):
        commodity_group("unobtainium")


def test_a_made_layer_keeps_its_rows_at_every_level():
    layer = made(table(), POINTS, tolerances_m=(0.0, 1000.0))
    assert isinstance(layer, Made)
    assert isinstance(layer.frame, gpd.GeoDataFrame)
    assert layer.frame.crs == GEOGRAPHIC
    assert [len(geometries) for _, geometries in layer.levels] == [2, 2]


def test_a_leg_belongs_to_the_first_chain_that_has_it():
    one = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]
    other = [(0.0, 1.0), (2.0, 0.0), (1.0, 0.0), (1.0, 5.0), (2.0, 5.0)]
    assert own_stretches([one, other]) == [
        [one],
        [[(0.0, 1.0), (2.0, 0.0)], [(1.0, 0.0), (1.0, 5.0), (2.0, 5.0)]],
    ]
