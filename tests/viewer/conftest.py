"""A small map of a few shapes, as a resources folder of its own."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata import prepared
from geodata.prepare import prepare

SHIPPED = Path(__file__).parents[2] / "resources"

CATALOGUE = """
[[layer]]
id = "land"
title = "Land"
group = "Base map"
source = "Drawn by hand"
licence = "MIT"
vintage = "2026"
attribution = "Drawn by hand"
style = { kind = "fill", fill = "land" }
display = { selectable = true }

[[layer]]
id = "lanes"
title = "Lanes"
group = "Shipping lanes"
source = "Drawn by hand"
licence = "MIT"
vintage = "2026"
style = { kind = "line", colour = "lane_nsr", width_px = 3 }
display = { selectable = true }

[[layer]]
id = "ports"
title = "Ports"
group = "Places"
source = "Drawn by hand"
licence = "MIT"
vintage = "2026"
style = { kind = "symbol", shape = "square", colour = "port", size_px = 12 }
label = { role = "symbol" }
display = { selectable = true, rank_field = "rank", rank_limits = [9000, 100] }
"""


def save(folder: Path, layer_id: str, geometries: dict[str, shapely.Geometry], **columns: list[object]) -> None:
    frame = gpd.GeoDataFrame(
        {"id": list(geometries), "name": [name.title() for name in geometries], "kind": "test", **columns},
        geometry=list(geometries.values()),
        crs="EPSG:3995",
    )
    prepared.write(prepare(layer_id, [(0.0, frame)]), folder / f"{layer_id}.prepared")


@pytest.fixture(scope="session")
def small_resources(tmp_path_factory) -> Path:
    """A map with a square island of 400 km, a lane along y = -300 km and two ports."""
    resources = tmp_path_factory.mktemp("resources")
    for name in ("fonts", "styles", "icons"):
        shutil.copytree(SHIPPED / name, resources / name)
    (resources / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    layers = resources / "layers"
    layers.mkdir()
    save(layers, "land", {"island": shapely.box(-200e3, -200e3, 200e3, 200e3)})
    save(layers, "lanes", {"lane": shapely.LineString([(-800e3, -300e3), (800e3, -300e3)])})
    save(layers, "ports", {"haven": shapely.Point(0, -200e3), "creek": shapely.Point(500e3, 0)}, rank=[0, 1])
    return resources
