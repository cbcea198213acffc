"""Each trap that a file sets about where it lies is noticed, and the offered repair brings it where it belongs."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.reading.outcome import Done, WhichPlace

CRS = Path(__file__).parents[2] / "data" / "crs"
PLACES = {"Anchorage": (-149.9, 61.2), "Nome": (-165.4, 64.5), "Utqiagvik": (-156.8, 71.3), "Palmer": (-149.1, 61.6)}
SYSTEM = {"polar_no_prj.shp": "EPSG:3413", "mercator.geojson": "EPSG:3857"}


def lands_right(done, folder):
    rows = gpd.read_file(folder / done.layers[0].frame)
    wanted = [shapely.Point(PLACES[name]) for name in rows["name"]]
    return len(rows) > 1 and max(shapely.distance(rows.geometry.array, wanted)) < 1e-3


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("swapped.geojson", "swapped"),
        ("feet.geojson", "outside the region"),
        ("mercator.geojson", "too large"),
        ("polar_no_prj.shp", "does not name its coordinate system"),
    ],
)
def test_nothing_is_drawn_before_somebody_says_which_it_is(read_file, name, finding):
    asked, folder = read_file(CRS / name)
    assert isinstance(asked, WhichPlace)
    assert finding in asked.finding
    assert not list(folder.glob("*.prepared"))
    wanted = SYSTEM.get(name)
    way = next(way for way in asked.candidates if wanted in (None, way.crs))
    assert lands_right(*read_file(CRS / name, interpretation=way))
    shown = asked.previews[asked.candidates.index(way)]
    assert len(shown) >= 2  # where it would lie is seen before it is said


@pytest.mark.parametrize("name", ["no_prj.shp", "no_system.csv"])
def test_a_missing_system_is_guessed_from_the_numbers_and_said(read_file, name):
    done, folder = read_file(CRS / name)
    assert isinstance(done, Done)
    assert "does not name its coordinate system" in done.layers[0].doubt
    assert len(done.layers[0].previews[0]) >= 2
    assert lands_right(done, folder)


def test_longitudes_up_to_360_are_brought_back_and_counted(read_file):
    done, folder = read_file(CRS / "to_360.geojson")
    (repaired,) = done.layers[0].report.repaired
    assert (repaired.count, repaired.rows) == (3, (1, 2, 3))
    assert "beyond 180°" in repaired.reason
    assert lands_right(done, folder)


def test_nothing_is_drawn_at_0_0_without_a_word(read_file):
    done, folder = read_file(CRS / "zero.geojson")
    assert lands_right(done, folder)
    left_out = {row: entry.reason for entry in done.layers[0].report.left_out for row in entry.rows}
    assert "0°, 0°" in left_out[4]
    assert sorted(left_out) == [4, 5, 6]


def test_every_trap_has_its_file():
    files = {path.name for path in CRS.iterdir() if path.suffix in (".geojson", ".shp", ".csv")}
    assert files == {
        "swapped.geojson", "to_360.geojson", "feet.geojson", "mercator.geojson", "polar_no_prj.shp", "zero.geojson",
        "no_prj.shp", "no_system.csv",
    }  # fmt: skip
