import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from viewer.app.incoming import DropTarget, ending_of, kept, paths_in


@pytest.mark.parametrize(
    ("text", "ending"),
    {
        '  {"type": "FeatureCollection", "features": []}': ".geojson",
        '{"type": "Point", "coordinates": [1, 70]}': ".geojson",
        '{"type": "Topology"}': "",
        "{broken": "",
        "\ufeffPOINT (1 70)": ".wkt",
        "srid=4326;LineString (1 70, 2 71)": ".wkt",
        "name\tlat\tlon\nNome\t64\t-165": ".csv",
        "One line, with a comma": "",
        "Some words\nand more of them": "",
        "": "",
    }.items(),
)
def test_a_text_tells_what_it_is(text, ending):
    assert ending_of(text) == ending


def test_the_same_text_is_kept_once(tmp_path):
    first, second = kept("POINT (1 70)", tmp_path), kept("POINT (1 70)", tmp_path)
    assert first == second
    assert first.suffix == ".wkt"
    assert first.read_text() == "POINT (1 70)"


def mime(path=None, text=""):
    data = QMimeData()
    if path:
        data.setUrls([QUrl.fromLocalFile(str(path)), QUrl("https://example.org/x.gpkg")])
    if text:
        data.setText(text)
    return data


def test_only_files_of_this_machine_are_taken(tmp_path):
    assert paths_in(mime(tmp_path / "a.gpkg")) == (tmp_path / "a.gpkg",)


def drop(widget, data):
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 wants a QPointF, which 6.8 does not take
        enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    dropped = QDropEvent(QPointF(5, 5), copy, data, left, none)
    if enter.isAccepted():
        QApplication.sendEvent(widget, dropped)
    return enter.isAccepted()


def test_files_and_shapes_are_welcome_on_the_window_and_other_things_are_not(qtbot):
    window, taken = QWidget(), []
    qtbot.addWidget(window)
    DropTarget(window, lambda data: taken.append(paths_in(data) or data.text()) or True)
    assert drop(window, mime(Path("/a/b.gpkg")))
    assert drop(window, mime(text="POINT (1 70)"))
    assert not drop(window, mime(text="only words"))
    assert taken == [(Path("/a/b.gpkg"),), "POINT (1 70)"]
