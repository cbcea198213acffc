"""A person makes a document of their own: everything in it is saved, opened again, and taken back step by step."""

from contextlib import contextmanager

import geopandas as gpd
import pytest
import shapely
from person import person_at, wait_until

from geodata.annotation_edits import text_of
from geodata.annotations import Annotation

PLACES = {"Anchorage": (-149.9, 61.2), "Nome": (-165.4, 64.5), "Utqiagvik": (-156.8, 71.3)}
OWN = "[layer.title for layer in session.stack if layer.is_own]"
TITLE = "window.windowTitle()"


@pytest.fixture
def places(tmp_path):
    frame = gpd.GeoDataFrame(
        {"name": list(PLACES)}, geometry=[shapely.Point(xy) for xy in PLACES.values()], crs="EPSG:4326"
    )
    path = tmp_path / "towns.gpkg"
    frame.to_file(path, engine="pyogrio")
    return path


@pytest.fixture
def start(display, tmp_path):
    """Start the program with a home that stays the same, or with another one's."""

    @contextmanager
    def go(*arguments, home="ana"):
        folder = tmp_path / f"start-{len(list(tmp_path.glob('start-*')))}"
        folder.mkdir()
        environment = {"XDG_DATA_HOME": str(tmp_path / home), "XDG_CONFIG_HOME": str(tmp_path / f"{home}-config")}
        with person_at(display, folder, "--theme", "light", *map(str, arguments), environment=environment) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def own_id(person, title):
    return person.wait_to_see(f"next((l.id for l in session.stack if l.is_own and l.title == {title!r}), '')")


def style(person, layer):
    person.see(f"window.layers_panel.row({layer!r}).set_opened(True)")
    dot = f"[b for b in window.layers_panel.row({layer!r}).findChildren(QtWidgets.QToolButton) "
    dot += "if b.toolTip() == 'Purple'][0]"
    person.click(*person.see(f"middle_of({dot})"))
    person.wait_to_see("window.windowTitle().startswith('Untitled[*]') and window.isWindowModified()")


def save_as(person, path):
    person.key("ctrl+shift+s")
    person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is not None")
    person.key("ctrl+a")
    person.use("type", "--delay", "5", str(path))
    person.key("Return")
    person.wait_to_see(f"window.windowTitle().startswith('{path.stem}[*]') and not window.isWindowModified()")


def test_a_layer_is_styled_saved_opened_by_another_and_undone_to_the_start(start, places, tmp_path):
    file = tmp_path / "north.arcticmap"
    with start(places) as person:
        layer = own_id(person, "towns")
        style(person, layer)
        purple = person.see(f"str(session.stack.get({layer!r}).style)")
        save_as(person, file)
    assert not list(tmp_path.glob(".north*"))
    with start(file, home="ben") as person:
        own_id(person, "towns")
        assert person.see(f"str(session.stack.get({layer!r}).style)") == purple
        assert person.see(TITLE).startswith("north[*]")
        assert person.see("window.window_actions['undo'].text()") == "Undo: style layer towns"
        person.key("ctrl+z")
        person.wait_to_see(f"str(session.stack.get({layer!r}).style) != {purple!r} and window.isWindowModified()")
        person.key("ctrl+z")
        person.wait_to_see(f"{OWN} == [] and not window.window_actions['undo'].isEnabled()")
        person.key("ctrl+shift+z")
        person.key("ctrl+y")
        person.wait_to_see(f"{OWN} == ['towns'] and not window.isWindowModified()")


def test_undoing_goes_on_after_a_restart(start, places):
    with start(places) as person:
        style(person, own_id(person, "towns"))
    with start() as person:
        own_id(person, "towns")
        person.key("ctrl+z")
        person.key("ctrl+z")
        person.wait_to_see(f"{OWN} == []")
    with start() as person:
        person.key("ctrl+y")
        own_id(person, "towns")


def test_an_annotation_is_kept_undone_and_done_again(start):
    note = Annotation("pier", "A pier", "note", "own", "New.", place='{"type": "Point", "coordinates": [-149.9, 61.2]}')
    edit = "__import__('geodata.edits', fromlist=['x'])"
    pushed = f"session.push_edit({edit}.Edit('add annotation A pier', ({edit}.Row('annotations', 'pier', None, "
    pushed += f"{text_of(note)!r}),)))"
    with start() as person:
        person.see(pushed)
        assert person.see("session.annotations.get('pier').title") == "A pier"
    with start() as person:
        assert person.see("session.annotations.get('pier').title") == "A pier"
        person.key("ctrl+z")
        person.wait_to_see("session.annotations.get('pier') is None")
        person.key("ctrl+shift+z")
        person.wait_to_see("session.annotations.get('pier') is not None")


def test_a_file_that_somebody_else_changed_is_not_overwritten(start, places, tmp_path):
    file = tmp_path / "north.arcticmap"
    with start(places) as person:
        layer = own_id(person, "towns")
        save_as(person, file)
        file.write_bytes(file.read_bytes() + b"theirs")
        theirs = file.read_bytes()
        person.see(
            f"window.layers_panel.row({layer!r}).layer_changed.emit("
            f"__import__('dataclasses').replace(session.stack.get({layer!r}), title='Mine'))"
        )
        person.key("ctrl+s")
        box = "([b for b in window.findChildren(QtWidgets.QMessageBox) if b.isVisible()] or [None])[0]"
        assert "changed by somebody else" in person.wait_to_see(f"{box} and {box}.text()")
        assert file.read_bytes() == theirs
        person.key("Escape")
        wait_until(lambda: person.see(f"{box} is None"), what="the question's end")
        assert person.see("window.isWindowModified()")


def test_a_second_window_is_told_who_has_the_document_open(start, places, tmp_path):
    file = tmp_path / "north.arcticmap"
    with start(places) as first:
        own_id(first, "towns")
        save_as(first, file)
        with start(file, home="ben") as second:
            own_id(second, "towns")
            assert "is open already" in second.wait_to_see("window.message_bar.text")
            assert not second.see(TITLE).startswith("north")


def test_a_second_window_says_that_what_is_done_in_it_is_not_kept(start, places):
    with start(places) as first:
        layer = own_id(first, "towns")
        with start() as second:
            own_id(second, "towns")
            style(second, layer)
            assert "Another window is open already" in second.wait_to_see("window.message_bar.text")
        assert first.see(f"str(session.stack.get({layer!r}).style)").count("own_4") == 0


def test_the_history_tells_what_changed_and_brings_it_back(start, places):
    with start(places) as person:
        layer = own_id(person, "towns")
        style(person, layer)
        purple = person.see(f"str(session.stack.get({layer!r}).style)")
        person.key("ctrl+z")
        person.wait_to_see(f"str(session.stack.get({layer!r}).style) != {purple!r}")
        person.key("ctrl+h")
        dialog = (
            "([d for d in app.topLevelWidgets() if type(d).__name__ == 'HistoryDialog' and d.isVisible()] or [None])[0]"
        )
        person.wait_to_see(f"{dialog} is not None")
        rows = person.see(f"[{dialog}._list.topLevelItem(n).text(2) for n in range(3)]")
        assert rows == ["Undone: style layer towns", "style layer towns", "add layer towns"]
        person.use("type", "own_4")
        person.wait_to_see(f"{dialog}._list.topLevelItemCount() == 2")
        entry = f"{dialog}._list.topLevelItem(1)"
        at = f"{dialog}._list.viewport().mapToGlobal({dialog}._list.visualItemRect({entry}).center())"
        person.click(*person.see(f"[{at}.x(), {at}.y()]"))
        assert "own_4" in person.wait_to_see(f"{dialog}._changes.toPlainText()")
        person.click(*person.see(f"middle_of({dialog}._restore)"))
        person.wait_to_see(f"str(session.stack.get({layer!r}).style) == {purple!r}")


def test_a_layer_moves_above_another_and_back(start, places, tmp_path):
    other = tmp_path / "ports.gpkg"
    gpd.read_file(places).to_file(other, engine="pyogrio")
    with start(places, other) as person:
        layer = own_id(person, "towns")
        own_id(person, "ports")
        order = person.see(OWN)
        person.see(f"window.layers_panel.row({layer!r}).set_opened(True)")
        word = "Up" if order[0] == "towns" else "Down"
        button = f"[b for b in window.layers_panel.row({layer!r}).findChildren(QtWidgets.QPushButton) "
        button += f"if b.text() == {word!r}][0]"
        person.click(*person.see(f"middle_of({button})"))
        person.wait_to_see(f"{OWN} == {order[::-1]}")
        person.see("canvas.setFocus()")
        person.key("ctrl+z")
        person.wait_to_see(f"{OWN} == {order}")


def test_what_was_done_before_the_program_was_killed_is_there(start, places, display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "ana"), "XDG_CONFIG_HOME": str(tmp_path / "ana-config")}
    folder = tmp_path / "killed"
    folder.mkdir()
    with person_at(display, folder, "--theme", "light", str(places), environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        layer = own_id(person, "towns")
        style(person, layer)
        purple = person.see(f"str(session.stack.get({layer!r}).style)")
        person.process.kill()
        person.process.wait(10)
    with start() as person:
        own_id(person, "towns")
        assert person.see(f"str(session.stack.get({layer!r}).style)") == purple
        person.key("ctrl+z")
        person.wait_to_see(f"str(session.stack.get({layer!r}).style) != {purple!r}")


def test_an_earlier_version_is_opened_as_a_copy(start, places, tmp_path):
    file = tmp_path / "north.arcticmap"
    with start(places) as person:
        layer = own_id(person, "towns")
        save_as(person, file)
        before = file.read_bytes()
        person.see(f"window.layers_panel.row({layer!r}).set_opened(True)")
        dot = f"[b for b in window.layers_panel.row({layer!r}).findChildren(QtWidgets.QToolButton) "
        dot += "if b.toolTip() == 'Purple'][0]"
        person.click(*person.see(f"middle_of({dot})"))
        person.wait_to_see("window.isWindowModified()")
        purple = person.see(f"str(session.stack.get({layer!r}).style)")
        person.key("ctrl+s")
        person.wait_to_see("not window.isWindowModified()")
        assert file.read_bytes() != before
        person.see("window.window_actions['versions'].trigger()")
        dialog = "[d for d in app.topLevelWidgets() if type(d).__name__ == 'EarlierVersions'][0]"
        button = f"[b for b in {dialog}.findChildren(QtWidgets.QPushButton) if b.text() == 'Open as a copy'][0]"
        person.click(*person.see(f"middle_of({button})"))
        person.wait_to_see(f"str(session.stack.get({layer!r}).style) != {purple!r}")
        assert not person.see(TITLE).startswith("north")


def test_a_new_document_asks_about_what_is_not_saved(start, places, tmp_path):
    with start(places) as person:
        own_id(person, "towns")
        person.key("ctrl+n")
        box = "[b for b in app.topLevelWidgets() if isinstance(b, QtWidgets.QMessageBox) and b.isVisible()]"
        person.wait_to_see(box)
        button = f"[b for b in {box}[0].findChildren(QtWidgets.QPushButton) if b.text() == 'Discard them'][0]"
        person.click(*person.see(f"middle_of({button})"))
        person.wait_to_see(f"{OWN} == [] and not window.isWindowModified()")
