"""The acid test: the countries of the npm package world-atlas, whose rings cross 180° uncut and are often invalid."""

import gzip
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geodata.crs import EQUAL_AREA, GEOGRAPHIC, MAP
from geodata.polar import outlines, to_map

DATA = Path(__file__).parents[1] / "data" / "polar"
to_plane = Transformer.from_crs(GEOGRAPHIC, MAP, always_xy=True)

# Coordinates of towns well inside their countries, to a hundredth of a degree.
TOWNS = {
    "Russia": [
        (33.08, 68.97),
        (37.62, 55.76),
        (88.2, 69.35),
        (177, 66),
        (-174, 66),
        (-175, 67),
        (179, 71.2),
        (-179.2, 71.2),
        (180, 68),
        (180, 66),
    ],
    "United States of America": [(-149.9, 61.2), (-156.7, 71.2), (-145.3, 66.6), (-87.7, 41.9)],
    "Canada": [(-133.5, 68.3), (-86, 80), (-113.8, 60)],
    "Greenland": [(-40, 72), (-38, 82)],
    "Norway": [(25.5, 69.5), (16, 78.2)],
}
SEA = [(0, 90), (180, 75), (180, 85), (-170, 74), (0, 80), (-150, 75), (90, 86), (-168.8, 65.9), (-30, 60), (180, 58)]


def countries(scale: str) -> gpd.GeoDataFrame:
    topology = json.loads(gzip.decompress((DATA / f"countries-{scale}.json.gz").read_bytes()))
    scale_by, move_by = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale_by + move_by for arc in topology["arcs"]]
    rows = topology["objects"]["countries"]["geometries"]
    return gpd.GeoDataFrame(
        {"name": [row["properties"]["name"] for row in rows]},
        geometry=[multipolygon(row, arcs) for row in rows],
        crs=GEOGRAPHIC,
    )


def multipolygon(row: dict[str, Any], arcs: list[np.ndarray]) -> shapely.Geometry | None:
    if row["type"] is None:
        return None
    polygons = row["arcs"] if row["type"] == "MultiPolygon" else [row["arcs"]]
    return shapely.MultiPolygon([shapely.Polygon(*rings_of(polygon, arcs)) for polygon in polygons])


def rings_of(polygon: list[list[int]], arcs: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    rings = []
    for numbers in polygon:
        pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        ring = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
        rings.append(np.concatenate((ring, np.repeat(ring[:1], max(0, 4 - len(ring)), axis=0))))
    return rings[0], rings[1:]


@pytest.fixture(scope="module", params=["10m", "50m"])
def atlas(request):
    return countries(request.param), request.param


@pytest.fixture(scope="module")
def mapped(atlas):
    return to_map(atlas[0]).set_index("name").geometry


def test_the_package_is_as_wrapped_and_broken_as_the_files_of_strangers(atlas):
    frame, _ = atlas
    russia = frame.set_index("name").geometry["Russia"]
    steps = [np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max() for ring in shapely.get_rings(russia.geoms)]
    assert max(steps) > 350
    assert (~frame[frame.geometry.notna()].is_valid).any()


def test_russia_has_its_area(mapped):
    assert mapped.to_crs(EQUAL_AREA)["Russia"].area / 1e12 == pytest.approx(16.98, abs=0.05)


def test_the_countries_of_the_north_have_the_areas_of_the_books(mapped):
    known = {"Canada": 9.98, "Greenland": 2.166, "Norway": 0.385, "Finland": 0.338, "Iceland": 0.103, "Sweden": 0.45}
    area = mapped.to_crs(EQUAL_AREA).area / 1e12
    assert {name: area[name] for name in known} == pytest.approx(known, rel=0.03)


def test_no_country_touches_the_pole(mapped):
    assert mapped[mapped.distance(shapely.Point(0, 0)) < 500_000].empty


def test_the_north_has_as_much_land_as_the_books_say(mapped):
    assert mapped.to_crs(EQUAL_AREA).area.sum() / 1e12 == pytest.approx(100, abs=1)


def test_every_country_is_valid_and_made_of_polygons(mapped):
    north = mapped[mapped.notna()]
    assert north.is_valid.all()
    assert set(north.geom_type) <= {"Polygon", "MultiPolygon"}


def test_towns_lie_in_their_countries_and_nowhere_else(mapped):
    for country, towns in TOWNS.items():
        for town in towns:
            found = mapped[mapped.notna() & mapped.covers(shapely.Point(to_plane.transform(*town)))]
            assert list(found.index) == [country], town


def test_the_sea_is_in_no_country(mapped):
    for place in SEA:
        assert mapped[mapped.notna() & mapped.covers(shapely.Point(to_plane.transform(*place)))].empty, place


def test_chukotka_and_wrangel_are_whole_across_180(mapped):
    for lat in (67.5, 71.2):
        crossing = shapely.LineString([to_plane.transform(179.8, lat), to_plane.transform(-179.8, lat)])
        inside = [part for part in mapped["Russia"].geoms if part.covers(crossing)]
        assert len(inside) == 1, lat


def test_outlines_of_russia_have_nothing_on_180(mapped):
    frame = gpd.GeoDataFrame(geometry=[mapped["Russia"]], crs=MAP)
    (line,) = outlines(frame).geometry
    assert line.intersection(shapely.LineString([(0, 1), (0, 12e6)])).length == 0
    assert line.length == pytest.approx(mapped["Russia"].length, rel=1e-3)


def test_the_southern_rows_stay_and_are_empty(atlas, mapped):
    assert len(mapped) == len(atlas[0])
    assert mapped[["Antarctica", "New Zealand", "Fiji"]].isna().all()
