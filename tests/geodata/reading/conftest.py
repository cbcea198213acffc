"""The same three places of Alaska as a file of every kind."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read

PLACES = {"Anchorage": (-149.9, 61.2), "Nome": (-165.4, 64.5), "Utqiagvik": (-156.8, 71.3)}


@pytest.fixture(scope="session")
def places() -> gpd.GeoDataFrame:
    table = {"name": list(PLACES), "people": [291_247, 3_699, 4_927], "share": [0.5, None, 1.25]}
    return gpd.GeoDataFrame(table, geometry=[shapely.Point(xy) for xy in PLACES.values()], crs="EPSG:4326")


@pytest.fixture
def read_file(tmp_path):
    """Read a file as the reading process does, but here; returns the outcome and the folder with what was made."""

    def go(path: Path, **options):
        folder = tmp_path / f"made-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        told = []
        return read(ReadRequest(path, folder, **options), told.append), folder

    return go


@pytest.fixture
def save(tmp_path, places):
    """Save a frame, the three places unless another is given, as a file of the kind that its name says."""

    def go(name: str, frame=None, **options) -> Path:
        path = tmp_path / name
        frame = places if frame is None else frame
        suffix = path.suffix
        if suffix == ".csv":
            rows = [f"{row.name},{row.geometry.x},{row.geometry.y}" for row in frame.itertuples(index=False)]
            path.write_text("\n".join(["name,lon,lat", *rows]), encoding="utf-8")
        elif suffix in (".zip", ".kmz"):
            inside = go(path.with_suffix(".shp" if suffix == ".zip" else ".kml").name, frame)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for part in sorted(tmp_path.glob(f"{inside.stem}.*")):
                    if part != path:
                        archive.write(part, f"inside/{part.name}")
        elif suffix == ".gpx":
            frame[["name", "geometry"]].to_file(path, driver="GPX", engine="pyogrio", layer="waypoints", **options)
        else:
            driver = {".geojsonl": "GeoJSONSeq", ".kml": "KML"}.get(suffix)
            if suffix == ".fgb":
                options = {"SPATIAL_INDEX": "NO", **options}  # keeps the order of the rows
            frame.to_file(path, engine="pyogrio", driver=driver, **options)
        return path

    return go
