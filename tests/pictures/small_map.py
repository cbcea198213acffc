"""A map of a few shapes that has nothing to do with the shipped one, so that its pictures last."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.affinity import translate

from geodata import prepared
from geodata.prepare import prepare
from viewer.engine.shapes import SHAPE_NAMES

SHIPPED = Path(__file__).parents[2] / "resources"
KM = 1000.0

_ENTRY = """
[[layer]]
id = "{id}"
title = "{id}"
group = "Small map"
source = "Drawn by hand"
licence = "MIT"
vintage = "2026"
attribution = "Drawn by hand"
style = {{ kind = "invisible" }}
"""

_NAMES = {
    "ocean": "Тихий Ocean",
    "sea": "Баренцево Sea",
    "country": "Россия Land",
    "region": "Ямал Region",
    "place": "Омск Town",
    "symbol": "База Base",
    "lane": "Северный Lane",
    "graticule": "70° с. ш. N",
}


def write(resources: Path) -> None:
    """Write the small map as a resources folder: layers without a look, which each scene gives them."""
    for name in ("fonts", "styles"):
        shutil.copytree(SHIPPED / name, resources / name)
    (resources / "layers").mkdir()
    frames = _frames()
    (resources / "catalogue.toml").write_text("".join(_ENTRY.format(id=name) for name in frames), encoding="utf-8")
    for name, frame in frames.items():
        prepared.write(prepare(name, [(0.0, frame)]), resources / "layers" / f"{name}.prepared")


def _frames() -> dict[str, gpd.GeoDataFrame]:
    return {
        "island": _frame([_island(), _islet()], name=["Island", "Islet"]),
        "squares": _frame([_square(x * KM) for x in (-135, -45, 45, 135)]),
        "lines": _frame([_zigzag(120 * KM - 34 * KM * row) for row in range(8)]),
        "curve": _frame([_wave()], name=["Северный Sea Lane"]),
        "shapes": _frame(_grid(len(SHAPE_NAMES)), kind=list(SHAPE_NAMES)),
        "ranked": _frame([shapely.Point(x * KM, 0) for x in (-56, -28, 0, 28, 56)], rank=[0, 1, 2, 3, 4]),
        **{
            role: _frame([shapely.Point((row % 2 * 190 - 110) * KM, (100 - row // 2 * 60) * KM)], name=[text])
            for row, (role, text) in enumerate(_NAMES.items())
        },
    }


def _frame(geometries: list[shapely.Geometry], **columns: list[object]) -> gpd.GeoDataFrame:
    ids = [str(row) for row in range(len(geometries))]
    return gpd.GeoDataFrame({"id": ids, "name": "", "kind": ids, **columns}, geometry=geometries, crs="EPSG:3995")


def _island() -> shapely.Polygon:
    shore = [(-150, -80), (-110, 60), (-30, 110), (60, 90), (90, 0), (60, -90), (-60, -110)]
    lakes = [[(-70, -40), (-50, 30), (0, 40), (10, -30)], [(30, 50), (50, 60), (50, 20)]]
    scaled = [[(x * KM, y * KM) for x, y in ring] for ring in (shore, *lakes)]
    return shapely.Polygon(scaled[0], scaled[1:])


def _islet() -> shapely.Polygon:
    return translate(shapely.Point(0, 0).buffer(32 * KM, quad_segs=3), 140 * KM, 70 * KM)


def _zigzag(y: float) -> shapely.LineString:
    return shapely.LineString([(-180 * KM, y), (-60 * KM, y + 12 * KM), (60 * KM, y - 12 * KM), (180 * KM, y)])


def _wave() -> shapely.LineString:
    return shapely.LineString([(x * KM, 70 * KM * math.sin(x / 75)) for x in range(-180, 181, 4)])


def _square(x: float) -> shapely.Polygon:
    return shapely.box(x - 35 * KM, -60 * KM, x + 35 * KM, 60 * KM)


def _grid(count: int) -> list[shapely.Geometry]:
    return [shapely.Point((index % 5 - 2) * 60 * KM, (1 - index // 5) * 60 * KM) for index in range(count)]
