"""Good files of every kind that the program opens; broken ones are made from them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geodata.document

ARTICLE = "# Ice\n\n## Ore\n\nMurmansk waits for ore that comes by rail.\n\n- one\n- two\n"


def towns() -> gpd.GeoDataFrame:
    """Return forty points with words, numbers and dates."""
    places = np.random.default_rng(7).uniform((-180, 55), (180, 89), (40, 2))
    return gpd.GeoDataFrame(
        {
            "name": [f"Town {number} Город" for number in range(40)],
            "people": np.arange(40) * 1000,
            "share": np.linspace(0, 1, 40),
            "seen": pd.date_range("2024-01-01", periods=40).astype(str),
        },
        geometry=shapely.points(places),
        crs="EPSG:4326",
    )


def shores() -> gpd.GeoDataFrame:
    """Return twenty polygons and lines' worth of rings, some across 180°."""
    middles = np.random.default_rng(8).uniform((-179, 60), (179, 80), (20, 2))
    shapes = shapely.buffer(shapely.points(middles), 2.0, quad_segs=12)
    return gpd.GeoDataFrame({"name": [f"Shore {n}" for n in range(20)]}, geometry=shapes, crs="EPSG:4326")


def write_all(folder: Path) -> dict[str, Path]:
    """Write one good file of each kind into a folder, and return them by how their names end."""
    points, areas = towns(), shores()
    drivers = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".geojsonl": "GeoJSONSeq", ".fgb": "FlatGeobuf", ".kml": "KML"}
    found: dict[str, Path] = {}
    for suffix, driver in drivers.items():
        found[suffix] = folder / f"good{suffix}"
        areas.to_file(found[suffix], driver=driver, engine="pyogrio")
    found[".gpx"] = folder / "good.gpx"
    points[["name", "geometry"]].to_file(found[".gpx"], driver="GPX", engine="pyogrio")
    shapes = folder / "shapes"
    shapes.mkdir()
    areas.to_file(shapes / "good.shp", engine="pyogrio")
    found[".shp"] = shapes / "good.shp"
    found[".zip"] = folder / "good.zip"
    with zipfile.ZipFile(found[".zip"], "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(shapes.iterdir()):
            archive.write(part, part.name)
    found[".kmz"] = folder / "good.kmz"
    with zipfile.ZipFile(found[".kmz"], "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(found[".kml"], "doc.kml")
    return found | _tables(folder, points) | _texts(folder) | {".arcticmap": _document(folder, points)}


def _tables(folder: Path, points: gpd.GeoDataFrame) -> dict[str, Path]:
    table = pd.DataFrame(points.drop(columns="geometry")).assign(lon=points.geometry.x, lat=points.geometry.y)
    found = {suffix: folder / f"good{suffix}" for suffix in (".csv", ".tsv", ".xlsx", ".wkt")}
    table.to_csv(found[".csv"], index=False)
    table.to_csv(found[".tsv"], index=False, sep="\t")
    table.to_excel(found[".xlsx"], index=False)
    found[".wkt"].write_text("\n".join(points.geometry.to_wkt()), encoding="utf-8")
    return found


def _texts(folder: Path) -> dict[str, Path]:
    texts = {
        ".md": ARTICLE,
        ".html": "<html><head><title>Ice</title></head><body><h2>Ore</h2><p>Murmansk waits.</p></body></html>",
        ".txt": "Ice\n\nMurmansk waits for ore that comes by rail.\n",
        ".jsonld": json.dumps(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": "urn:uuid:1",
                "type": "Annotation",
                "body": {"type": "TextualBody", "value": "words"},
                "target": {"source": "a", "selector": {"type": "TextQuoteSelector", "exact": "Ice"}},
            }
        ),
    }
    for suffix, text in texts.items():
        (folder / f"good{suffix}").write_text(text, encoding="utf-8")
    return {suffix: folder / f"good{suffix}" for suffix in texts}


def _document(folder: Path, points: gpd.GeoDataFrame) -> Path:
    path = folder / "good.arcticmap"
    with geodata.document.open(path) as document:
        document.write("Towns", points, why="a document to be broken")
        document.save()
    return path
