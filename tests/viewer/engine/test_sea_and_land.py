"""The shipped land, seen: what is sea is blue and what is land is pale, whichever way the map is turned."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from geodata.stereographic import forward
from viewer.engine.engine import Engine
from viewer.engine.messages import LookChange, PictureRequest
from viewer.model.camera import Camera, Viewport
from viewer.model.layer import LayerStack

ROOT = Path(__file__).parents[3]
SIDE_PX = 1800
MPP = 4_400.0


@pytest.fixture(scope="module")
def engine(qapp) -> Engine:
    made = Engine(ROOT / "resources")
    land = made.stack.get("land")
    alone = LayerStack((replace(land, style=replace(land.style, outline=replace(land.style.outline, default=""))),))
    made.set_look(LookChange(alone, "light", 1))
    return made


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    """Map coordinates of the listed points, and which of them are land."""
    with (ROOT / "tests/data/sea_and_land.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lon, lat = (np.array([float(row[name]) for row in rows]) for name in ("lon", "lat"))
    return forward(lon, lat), np.array([row["expected"] == "land" for row in rows])


def pixels(image: QImage) -> np.ndarray:
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, 2::-1].astype(int)


def test_there_are_two_hundred_points_of_each(points):
    assert np.bincount(points[1]).tolist() == [200, 200]


@pytest.mark.parametrize("bearing_deg", range(0, 360, 15))
def test_sea_and_land_have_their_colours(engine, points, bearing_deg):
    camera = Camera(0, 0, MPP, bearing_deg)
    request = PictureRequest("x", 1, camera, SIDE_PX, SIDE_PX, 1.0, "", 1, 1)
    image, _ = engine.still(request)
    where = np.floor(Viewport(camera, SIDE_PX, SIDE_PX).to_screen_many(points[0])).astype(int)
    assert ((where >= 0) & (where < SIDE_PX)).all()
    colours = pixels(image)[where[:, 1], where[:, 0]]
    distance_to = [np.abs(colours - engine.palette.rgba(name)[:3]).sum(axis=1) for name in ("sea", "land")]
    is_land = distance_to[1] < distance_to[0]
    wrong = np.flatnonzero(is_land != points[1])
    assert wrong.tolist() == []
