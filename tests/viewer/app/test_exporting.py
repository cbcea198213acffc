"""A layer is written as a file after its losses were said."""

import geopandas as gpd
import pytest
import shapely
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from geodata.writing.request import SUFFIXES
from viewer.app.exporting import Exporter
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.panels.loss_report import LossReport

PATIENCE_MS = 20_000


@pytest.fixture
def heard(messages, window):
    told = []
    messages.told.connect(told.append)
    return told


@pytest.fixture
def own(qtbot, window, session, messages, tmp_path):
    own = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
    path = tmp_path / "towns.geojson"
    places = [shapely.Point(-165.4, 64.5), shapely.Point(-156.8, 71.3), shapely.Point(0, -70)]
    gpd.GeoDataFrame({"name": ["Nome", "Utqiagvik", "South"]}, geometry=places, crs="EPSG:4326").to_file(path)
    own.open_files([path])
    qtbot.waitUntil(lambda: not own.reader.is_busy, timeout=PATIENCE_MS)
    yield own
    own.shutdown()


@pytest.fixture
def exporter(own, session, window, messages):
    return Exporter(session, window, messages, own)


@pytest.fixture
def layer(own, session):
    return next(layer for layer in session.stack if layer.is_own)


def dialog_of(kind):
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found[0] if found else None


@pytest.mark.parametrize("suffix", list(SUFFIXES.values()))
def test_a_layer_is_written_once_its_losses_were_accepted(qtbot, exporter, own, layer, tmp_path, heard, suffix):
    path = tmp_path / f"out{suffix}"
    exporter.ask(layer.id, path)
    report = dialog_of(LossReport)
    said = "\n".join(label.text() for label in report.findChildren(QLabel))
    assert "1 row of the original file" in said
    assert "names on the map" in said
    assert "olours and" in said
    assert not path.exists()
    report.accept()
    qtbot.waitUntil(lambda: not own.reader.is_busy, timeout=PATIENCE_MS)
    assert heard[-1].text == f"out{suffix}: 2 features written"
    assert path.stat().st_size > 0
    assert list(tmp_path.glob(".*part*")) == []


def test_nothing_is_written_when_the_losses_are_not_accepted(exporter, own, layer, tmp_path):
    exporter.ask(layer.id, tmp_path / "out.gpkg")
    dialog_of(LossReport).reject()
    assert not own.reader.is_busy
    assert not (tmp_path / "out.gpkg").exists()


def test_an_ending_that_is_not_known_is_told(exporter, layer, tmp_path, heard):
    exporter.ask(layer.id, tmp_path / "out.dwg")
    assert ", ".join(SUFFIXES.values()) in heard[-1].text


def test_a_folder_that_cannot_be_written_to_is_told(qtbot, exporter, own, layer, tmp_path, heard):
    exporter.ask(layer.id, tmp_path / "no such folder" / "out.gpkg")
    dialog_of(LossReport).accept()
    qtbot.waitUntil(lambda: not own.reader.is_busy, timeout=PATIENCE_MS)
    assert heard[-1].text.startswith("out.gpkg: The file cannot be written")


def test_the_panel_asks_where_to(exporter, layer, window):
    window.layers_panel.export_requested.emit(layer.id)
    dialog = dialog_of(QFileDialog)
    assert dialog.nameFilters()[0] == "GeoPackage (*.gpkg)"
    dialog.selectNameFilter("CSV (*.csv)")
    dialog.filterSelected.emit("CSV (*.csv)")
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()
