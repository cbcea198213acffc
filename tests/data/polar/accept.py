"""Write tests/data/polar/expected/ anew from input/, to be looked at before it is committed.

Run from the project's folder: python tests/data/polar/accept.py
"""

import json
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry import mapping, shape

from geodata.polar import to_map

HERE = Path(__file__).parent
MAP_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3995"}}


def frame_of(path: Path) -> gpd.GeoDataFrame:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    geometries = [None if one["geometry"] is None else shape(one["geometry"]) for one in features]
    names = [one["properties"]["name"] for one in features]
    return gpd.GeoDataFrame({"name": names}, geometry=geometries, crs="EPSG:4326")


def feature(name: str, geometry: shapely.Geometry | None) -> str:
    place = None if geometry is None else mapping(shapely.transform(geometry, lambda xy: xy.round(2) + 0.0))
    return json.dumps({"type": "Feature", "properties": {"name": name}, "geometry": place}, ensure_ascii=False)


def main() -> None:
    for path in sorted((HERE / "input").glob("*.geojson")):
        mapped = to_map(frame_of(path))
        features = ",\n".join(feature(*row) for row in zip(mapped["name"], mapped.geometry, strict=True))
        text = f'{{"type": "FeatureCollection", "crs": {json.dumps(MAP_CRS)}, "features": [\n{features}\n]}}\n'
        (HERE / "expected" / path.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
