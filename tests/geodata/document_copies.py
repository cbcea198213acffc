"""Small documents for tests: layers and annotations put into working copies as the window does."""

import json

import geopandas as gpd
import shapely

from geodata import document_file, document_opening
from geodata.document_request import OpenRequest, SaveRequest
from geodata.edits import Edit, Row
from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read

NOTE = "pier"
TOWNS = gpd.GeoDataFrame(
    {"name": ["Anchorage", "Nome"], "people": [291_247, 3_699]},
    geometry=[shapely.Point(-149.9, 61.2), shapely.Point(-165.4, 64.5)],
    crs="EPSG:4326",
)


def ignore(_progress):
    pass


def bring(journal, folder, name, layer_id, frame=TOWNS):
    """Put a frame into a working copy as a layer, and return its row."""
    source, work = folder / f"{name}.geojson", folder / f"reading-{name}"
    frame.to_file(source)
    work.mkdir()
    (layer,) = read(ReadRequest(source, work), ignore).layers
    stem = f"{layer_id}-0000"
    for path in work.glob(f"{layer.prepared.removesuffix('.prepared')}.*"):
        path.replace(folder / f"{stem}{path.suffix}")
    origin = {"id": layer_id, "path": str(source), "layer": name, "geometry": layer.geometry}
    origin |= {"prepared": f"{stem}.prepared", "frame": f"{stem}.fgb", "columns": list(layer.columns)}
    text = json.dumps({"origin": origin, "look": {"title": name}, "at": 0.0})
    journal.commit(Edit(f"add layer {name}", (Row("layers", layer_id, None, text),)))
    return text


def note_text(note_id, title, *, body="Body.", place=(-149.9, 61.2)):
    properties = {"id": note_id, "title": title, "kind": "note", "voice": "own", "body": body}
    geometry = {"type": "Point", "coordinates": list(place)}
    return json.dumps({"type": "Feature", "id": note_id, "geometry": geometry, "properties": properties})


def save(journal, home, file, **more):
    return document_file.save(SaveRequest(file, journal.path, home, **more), ignore)


def unpack(file, folder):
    folder.mkdir()
    return document_opening.unpack(OpenRequest(file, folder), ignore)


def content(path):
    """All that a document holds but the way it came there."""
    with document_file.reading(path) as connection:
        rows = connection.execute("SELECT * FROM arcticmap_rows ORDER BY tbl, id").fetchall()
        names = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
        tables = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        tables.pop("arcticmap_meta")
        return rows, tables
