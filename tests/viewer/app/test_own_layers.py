"""Files become layers of the window, by way of real reading processes."""

import geopandas as gpd
import pytest
import shapely
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QToolButton

from geodata.reading.outcome import Progress
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.messages import Messages
from viewer.panels.layer_choice import LayerChoice
from viewer.panels.place_question import PlaceQuestion

PATIENCE_MS = 20_000
PLACES = gpd.GeoDataFrame(
    {"name": ["Nome", "Utqiagvik"]},
    geometry=[shapely.Point(-165.4, 64.5), shapely.Point(-156.8, 71.3)],
    crs="EPSG:4326",
)


@pytest.fixture
def heard(messages: Messages, window):
    told = []
    messages.told.connect(told.append)
    return told


@pytest.fixture
def begin(window, session, messages, tmp_path):
    started = []

    def go() -> OwnLayers:
        own = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
        started.append(own)
        own.restore()
        return own

    yield go
    for own in started:
        own.shutdown()


@pytest.fixture
def own(begin):
    return begin()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "places.gpkg"
    PLACES.to_file(path, engine="pyogrio")
    return path


def shown(session):
    return [layer for layer in session.stack if layer.is_own]


def settle(qtbot, own):
    qtbot.waitUntil(lambda: not own.reader.is_busy, timeout=PATIENCE_MS)


def dialog_of(kind):
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found[0] if found else None


def end(own, session):
    own.shutdown()
    for layer in shown(session):
        session.remove_layer(layer.id)


def test_a_file_becomes_a_layer_with_a_row_of_its_own_and_the_map_flies_there(qtbot, own, session, window, file):
    with qtbot.waitSignal(session.flight_requested, timeout=PATIENCE_MS):
        own.open_files([file])
    (layer,) = shown(session)
    assert layer.title == "places"
    assert window.layers_panel.row(layer.id).layer == layer
    assert session.catalogue.get(layer.id).source == str(file)
    assert "2 features read, 2 on the map." in session.catalogue.get(layer.id).note


def test_layers_are_there_again_at_the_next_start_as_they_were_left(qtbot, begin, session, window, file):
    first = begin()
    first.open_files([file])
    settle(qtbot, first)
    (layer,) = shown(session)
    row = window.layers_panel.row(layer.id)
    row.set_opened(True)
    row.findChild(QLineEdit).setText("My places")
    row.findChild(QLineEdit).editingFinished.emit()
    next(button for button in row.findChildren(QToolButton) if button.toolTip() == "Purple").click()
    (changed,) = shown(session)
    end(first, session)
    second = begin()
    assert shown(session) == [changed]
    assert changed.title == "My places"
    assert not second.reader.is_busy


def test_a_file_that_changed_in_between_is_read_again(qtbot, begin, session, file):
    first = begin()
    first.open_files([file])
    settle(qtbot, first)
    (before,) = shown(session)
    end(first, session)
    PLACES.iloc[:1].to_file(file, engine="pyogrio")
    second = begin()
    settle(qtbot, second)
    (after,) = shown(session)
    assert after.id == before.id
    assert after.prepared_path != before.prepared_path
    assert "1 features read" in session.catalogue.get(after.id).note


def test_a_file_that_is_gone_is_shown_as_it_was_and_told(qtbot, begin, session, file, heard):
    first = begin()
    first.open_files([file])
    settle(qtbot, first)
    end(first, session)
    file.unlink()
    begin()
    assert len(shown(session)) == 1
    assert "no longer there" in heard[-1].text


def test_a_lost_prepared_layer_is_made_again_from_its_file(qtbot, begin, session, file):
    first = begin()
    first.open_files([file])
    settle(qtbot, first)
    (layer,) = shown(session)
    end(first, session)
    for path in file.parent.glob("layers/*.prepared"):
        path.write_bytes(b"damaged")
    second = begin()
    settle(qtbot, second)
    assert len(shown(session)) == 1
    assert shown(session)[0].title == layer.title


def test_a_removed_layer_can_be_brought_back(qtbot, own, session, file, heard):
    own.open_files([file])
    settle(qtbot, own)
    (layer,) = shown(session)
    place = [known.id for known in session.stack].index(layer.id)
    own.remove(layer.id)
    assert shown(session) == []
    heard[-1].action.run()
    assert [known.id for known in session.stack].index(layer.id) == place


def test_a_refused_file_is_told_and_leaves_nothing(qtbot, own, session, tmp_path, heard):
    path = tmp_path / "no.gpkg"
    path.write_bytes(b"SQLite format 3\0 and nothing more")
    own.open_files([path])
    settle(qtbot, own)
    assert heard[-1].text.startswith("no.gpkg: ")
    assert shown(session) == []
    assert [folder for folder in (tmp_path / "layers").glob("reading-*/*")] == []


def test_rows_that_are_left_out_are_told_with_their_lines(qtbot, own, tmp_path, heard):
    path = tmp_path / "mines.csv"
    path.write_text("name,lon,lat\nRed Dog,-162.8,68.1\nlost,,\n")
    own.open_files([path])
    settle(qtbot, own)
    assert heard[-1].text.startswith("mines: 1 of 2 features are on the map")
    assert "(row 3)" in heard[-1].text


def test_a_doubtful_file_is_shown_and_can_be_understood_otherwise(qtbot, own, session, tmp_path, heard):
    path = tmp_path / "far.csv"
    path.write_text("name,x,y\na,69.6,18.9\nb,70.1,25.0\n")
    own.open_files([path])
    settle(qtbot, own)
    (before,) = shown(session)
    assert "taken for longitude and latitude" in heard[-1].text
    heard[-1].action.run()
    question = dialog_of(PlaceQuestion)
    question.findChildren(type(question._group.buttons()[0]))[1].click()
    question._answer()
    settle(qtbot, own)
    (after,) = shown(session)
    assert after.id == before.id
    assert after.prepared_path != before.prepared_path


def test_of_several_layers_those_that_are_chosen_come(qtbot, own, session, file):
    PLACES.iloc[:1].to_file(file, layer="first", engine="pyogrio", mode="a")
    own.open_files([file])
    qtbot.waitUntil(lambda: dialog_of(LayerChoice) is not None, timeout=PATIENCE_MS)
    choice = dialog_of(LayerChoice)
    assert choice.chosen == ("places", "first")
    choice._answer()
    settle(qtbot, own)
    assert sorted(layer.title for layer in shown(session)) == ["first", "places"]


def test_pasted_shapes_become_a_layer_and_pasted_words_do_not(qtbot, own, session, heard):
    data = QMimeData()
    data.setText("POINT (-165.4 64.5)\nPOINT (-156.8 71.3)")
    assert own.open_data(data)
    settle(qtbot, own)
    assert len(shown(session)) == 1
    data.setText("just words")
    assert not own.open_data(data)
    assert heard[-1].text.startswith("There is no file")


def test_cancelling_ends_the_reading_at_once_and_says_so(qtbot, own, session, tmp_path, heard):
    path = tmp_path / "large.csv"
    path.write_text("name,lon,lat\n" + "n,10,70\n" * 300_000)
    with qtbot.waitSignal(own.reader.progressed, timeout=PATIENCE_MS, check_params_cb=lambda text: "Reading" in text):
        own.open_files([path, path])
    own.cancel()
    assert not own.reader.is_busy
    assert heard[-1].text == "Stopped. Nothing was added."
    assert shown(session) == []


def test_a_second_window_shows_the_layers_and_leaves_the_working_copy_to_the_first(qtbot, begin, session, file):
    first = begin()
    first.open_files([file])
    settle(qtbot, first)
    (layer,) = shown(session)
    session.remove_layer(layer.id)
    second = begin()
    assert shown(session) == [layer]
    second.remove(layer.id)
    assert second.record.journal.state("layers") == {}
    assert list(first.record.journal.state("layers")) == [layer.id]


def test_a_broken_working_copy_is_told_and_kept_beside(begin, tmp_path, heard):
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "working-copy.sqlite").write_text("broken" * 1000)
    begin()
    assert "cannot be shown" in heard[-1].text
    assert (folder / "broken-working-copy.sqlite").read_text() == "broken" * 1000


def test_progress_is_shown_while_a_file_is_read(qtbot, own, window, file):
    texts = []
    own.reader.progressed.connect(texts.append)
    own.open_files([file])
    settle(qtbot, own)
    assert texts[0] == "Opening places.gpkg"
    assert Progress("Reading places.gpkg").text in texts
    assert texts[-1] == ""


def test_a_file_that_moved_is_asked_for_once_and_its_layer_follows_it(qtbot, begin, session, file, messages):
    own = begin()
    own.open_files([file])
    settle(qtbot, own)
    (layer,) = shown(session)
    end(own, session)
    moved = file.with_name("moved.gpkg")
    PLACES.iloc[:1].to_file(moved, engine="pyogrio", layer="places")
    file.unlink()
    messages.take_waiting()
    told = []
    messages.told.connect(told.append)
    own = begin()
    (asked,) = [message for message in told if "no longer there" in message.text]
    asked.action.run()
    dialog = dialog_of(QFileDialog)
    dialog.fileSelected.emit(str(moved))
    dialog.reject()
    settle(qtbot, own)
    assert own.origin(layer.id).path == str(moved)
    assert own.origin(layer.id).count == 1
    end(own, session)


def test_a_file_that_moved_and_is_not_looked_for_is_not_asked_for_again(qtbot, begin, session, file, messages):
    own = begin()
    own.open_files([file])
    settle(qtbot, own)
    end(own, session)
    file.unlink()
    messages.take_waiting()
    told = []
    messages.told.connect(told.append)
    for _ in range(2):
        own = begin()
        assert len(shown(session)) == 1
        end(own, session)
    assert len([message for message in told if "no longer there" in message.text]) == 1
