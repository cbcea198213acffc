"""Ten million points of a FlatGeobuf: what is counted in each pixel is what counting them one by one gives.

`./run --long pixels` makes the file from its seed, reads it as the program does, and keeps what was found in
tests/record/pixels.json.
"""

import json
import tempfile
import time
from pathlib import Path

import numpy as np

from geodata import swarm
from geodata.reading.flatgeobuf import read_index
from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read
from geodata.stereographic import forward
from tests.speed.many import made
from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.density import Tally
from viewer.model import palette
from viewer.model.camera import Camera, Viewport

RECORD = Path(__file__).parents[1] / "record" / "pixels.json"
CAMERAS = (Camera(0.0, 0.0, 5_000.0, 169.0), Camera(-1.2e6, 8e5, 800.0), Camera(4e5, -1.5e6, 120.0, 77.0))
WIDTH, HEIGHT = 1_920, 1_080


def positions(path):
    """Read all positions from the boxes of the features, one chunk after the other."""
    index = read_index(path)
    level = len(index.levels) - 1
    with path.open("rb") as file:
        for first in range(0, index.count, 500_000):
            yield index.boxes(file, level, first, min(first + 500_000, index.count))["box"][:, :2]


def by_brute_force(path, viewport):
    """Count every position of the file in the pixel that it falls in."""
    counts = np.zeros((HEIGHT, WIDTH), np.int64)
    for lonlat in positions(path):
        xy = np.round(forward(*lonlat.T) * 100) / 100
        pixels = np.floor(viewport.to_screen_many(xy)).astype(np.int64)
        within = (pixels >= 0).all(axis=1) & (pixels < (WIDTH, HEIGHT)).all(axis=1)
        np.add.at(counts, (pixels[within, 1], pixels[within, 0]), 1)
    return counts


def test_ten_million_points_are_counted_as_one_by_one():
    path = made("points-10m")
    found = {"points": read_index(path).count, "views": []}
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        (layer,) = read(ReadRequest(path, Path(folder)), lambda _: None).layers
        found["read_s"] = round(time.monotonic() - began, 2)
        places = swarm.read(Path(folder) / layer.prepared)
        for camera in CAMERAS:
            viewport = Viewport(camera, WIDTH, HEIGHT)
            tally = Tally(PictureView(viewport, 1.0, palette.plain("light")))
            began = time.monotonic()
            for block in places.blocks_in(viewport.extent).tolist():
                tally.add(places.coords[places.places(block)])
            counted_s = round(time.monotonic() - began, 3)
            expected = by_brute_force(path, viewport)
            other = int((tally.counts != expected).sum())
            found["views"].append({"in_view": tally.found, "pixels_that_differ": other, "counted_s": counted_s})
            assert tally.found == expected.sum()
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert all(view["pixels_that_differ"] == 0 for view in found["views"])
