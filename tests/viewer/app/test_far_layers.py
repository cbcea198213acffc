"""A layer that stays in its file follows the view, by way of real processes."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import prepared
from geodata.stereographic import forward
from viewer.app.far_layers import FarLayers
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.model.camera import Camera

PATIENCE_MS = 30_000
COUNT = 60_000


@pytest.fixture
def heard(messages):
    told = []
    messages.told.connect(told.append)
    return told


@pytest.fixture
def own(window, session, messages, tmp_path):
    made = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
    yield made
    made.shutdown()


@pytest.fixture
def far(session, own, messages):
    made = FarLayers(session, own, messages)
    yield made
    made.shutdown()


@pytest.fixture
def file(tmp_path):
    side = 245
    x, y = (part.ravel()[:COUNT] for part in np.meshgrid(np.linspace(-170, -140, side), np.linspace(60, 72, side)))
    path = tmp_path / "parcels.fgb"
    frame = gpd.GeoDataFrame({"number": np.arange(COUNT)}, geometry=shapely.box(x, y, x + 0.1, y + 0.03), crs=4326)
    frame.to_file(path, driver="FlatGeobuf", engine="pyogrio")
    return path


def layer_of(session):
    return next((layer for layer in session.stack if layer.is_own), None)


def near_of(session):
    layer = layer_of(session)
    return layer.near if layer else None


def look_at(session, lon, lat, mpp):
    x, y = forward(lon, lat).tolist()
    session.set_camera(Camera(x, y, mpp))


def opened(qtbot, session, own, file):
    look_at(session, -150.0, 64.0, 40.0)
    own.open_files([file])
    qtbot.waitUntil(lambda: near_of(session) is not None, timeout=PATIENCE_MS)


def test_what_is_near_the_view_is_at_hand_and_follows_it(qtbot, session, own, far, file):
    opened(qtbot, session, own, file)
    first = near_of(session)
    assert prepared.read(Path(first.path)).attributes["field:number"]
    look_at(session, -160.0, 68.0, 40.0)
    qtbot.waitUntil(lambda: near_of(session) not in (None, first), timeout=PATIENCE_MS)
    x, y = forward(-160.0, 68.0).tolist()
    left, bottom, right, top = near_of(session).reach
    assert left < x < right and bottom < y < top


def test_another_style_keeps_what_is_at_hand(qtbot, session, own, far, file):
    opened(qtbot, session, own, file)
    before = near_of(session)
    own.move(layer_of(session).id, 1)
    own.read_again("none such")
    assert near_of(session) == before


def test_a_file_that_goes_while_it_is_shown_is_said_once_and_the_map_lives(qtbot, session, own, far, file, heard):
    opened(qtbot, session, own, file)
    heard.clear()
    file.unlink()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert "no longer there" in heard[-1].text
    look_at(session, -160.0, 68.0, 40.0)
    assert layer_of(session) is not None and len(heard) == 1


def test_a_file_that_changed_can_be_opened_again(qtbot, session, own, far, file, heard):
    opened(qtbot, session, own, file)
    before = layer_of(session).prepared_path
    heard.clear()
    file.write_bytes(file.read_bytes() + b" ")
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert "changed" in heard[-1].text
    heard[-1].action.run()
    qtbot.waitUntil(lambda: layer_of(session).prepared_path != before, timeout=PATIENCE_MS)


def test_a_layer_that_is_taken_away_leaves_no_process_and_no_file(qtbot, session, own, far, file):
    opened(qtbot, session, own, file)
    folder = Path(near_of(session).path).parent
    own.remove(layer_of(session).id)
    assert far._readers == {}
    assert list(folder.glob("*.prepared")) == []
