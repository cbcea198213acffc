"""A person brings files of their own: they are on the map, can be clicked, changed, taken away, and are there again."""

from contextlib import contextmanager

import geopandas as gpd
import pytest
import shapely
from person import pause, person_at, wait_until

PLACES = {"Anchorage": (-149.9, 61.2), "Nome": (-165.4, 64.5), "Utqiagvik": (-156.8, 71.3)}
OWN = "[layer.title for layer in session.stack if layer.is_own]"
CARD = "text_of(window.article_panel.card)"
DOUBLE_CLICK_S = 0.6


@pytest.fixture
def places(tmp_path):
    """Three towns as a GeoPackage."""
    frame = gpd.GeoDataFrame(
        {"name": list(PLACES), "people": [291_247, 3_699, 4_927]},
        geometry=[shapely.Point(xy) for xy in PLACES.values()],
        crs="EPSG:4326",
    )
    path = tmp_path / "towns.gpkg"
    frame.to_file(path, engine="pyogrio")
    return path


@pytest.fixture
def start(display, tmp_path):
    """Start the program with a home that stays the same from start to start."""

    @contextmanager
    def go(*arguments):
        folder = tmp_path / f"start-{len(list(tmp_path.glob('start-*')))}"
        folder.mkdir()
        home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        with person_at(display, folder, "--theme", "light", *map(str, arguments), environment=home) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def own_id(person, title):
    return person.wait_to_see(f"next((l.id for l in session.stack if l.is_own and l.title == {title!r}), '')")


def dialog(kind):
    """An expression for the open window of a kind, or None."""
    return f"([d for d in app.topLevelWidgets() if type(d).__name__ == '{kind}' and d.isVisible()] or [None])[0]"


def press(person, layer_id, text):
    person.see(f"window.layers_panel.row({layer_id!r}).set_opened(True)")
    row = f"window.layers_panel.row({layer_id!r})"
    button = f"[b for b in {row}.findChildren(QtWidgets.QPushButton) if b.text() == {text!r}][0]"
    person.click(*person.see(f"middle_of({button})"))


def look_at(person, lon, lat, mpp):
    pause(DOUBLE_CLICK_S)
    person.see(f"session.set_camera(__import__('viewer.model.views', fromlist=['at']).at({lon}, {lat}, {mpp}))")
    person.wait_to_see("canvas.is_sharp")


def test_a_file_named_at_the_start_is_on_the_map_and_its_features_tell_their_attributes(start, places):
    with start(places) as person:
        layer = own_id(person, "towns")
        look_at(person, *PLACES["Nome"], 3000)
        person.click(*person.see(f"at{PLACES['Nome']}"))
        person.wait_to_see(f"session.selection and session.selection.reference == '{layer}/2'")
        shown = person.wait_to_see(CARD)
        assert "Nome" in shown
        assert "3699" in shown
        assert "towns" in shown


def test_a_file_is_chosen_hidden_renamed_and_there_again_at_the_next_start(start, places):
    with start() as person:
        person.key("ctrl+o")
        person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is not None")
        person.use("type", "--delay", "5", str(places))
        person.key("Return")
        layer = own_id(person, "towns")
        person.see(f"window.layers_panel.row({layer!r}).set_opened(True)")
        person.click(*person.see(f"middle_of(window.layers_panel.row({layer!r}).findChild(QtWidgets.QLineEdit))"))
        person.key("ctrl+a")
        person.use("type", "Three towns")
        person.key("Return")
        person.wait_to_see(f"session.stack.get({layer!r}).title == 'Three towns'")
        box = f"window.layers_panel.row({layer!r}).findChild(QtWidgets.QCheckBox)"
        person.click(*person.see(f"middle_of({box})"))
        person.wait_to_see(f"not session.stack.get({layer!r}).visible")
    with start() as person:
        assert own_id(person, "Three towns") == layer
        assert not person.see(f"session.stack.get({layer!r}).visible")


def test_shapes_are_pasted_and_removed_and_brought_back(start):
    with start() as person:
        wkt = "POLYGON ((170 65, -170 65, -170 70, 170 70, 170 65))"
        person.see(f"app.clipboard().setText({wkt!r})")
        person.key("ctrl+v")
        person.wait_to_see(f"len({OWN}) == 1")
        layer = person.see("[layer.id for layer in session.stack if layer.is_own][0]")
        look_at(person, 179, 67, 4000)
        person.click(*person.see("at(179.5, 67.5)"))
        person.wait_to_see(f"session.selection and session.selection.layer_id == {layer!r}")
        press(person, layer, "Remove")
        person.wait_to_see(f"{OWN} == [] and session.selection is None")
        assert "removed" in person.see("window.message_bar.text")
        button = "[b for b in window.message_bar.findChildren(QtWidgets.QPushButton) if b.text() == 'Bring it back'][0]"
        person.click(*person.see(f"middle_of({button})"))
        person.wait_to_see(f"len({OWN}) == 1")


def test_a_layer_is_written_as_a_file_after_its_losses_were_said(start, places, tmp_path):
    with start(places) as person:
        layer = own_id(person, "towns")
        press(person, layer, "Export …")
        person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is not None")
        person.key("ctrl+a")
        person.use("type", "--delay", "5", str(tmp_path / "written.geojson"))
        person.key("Return")
        report = dialog("LossReport")
        assert "Not written" in person.wait_to_see(f"{report} and text_of({report})")
        write = f"[b for b in {report}.findChildren(QtWidgets.QPushButton) if b.text() == 'Write'][0]"
        person.click(*person.see(f"middle_of({write})"))
        wait_until((tmp_path / "written.geojson").is_file, what="the written file")
    assert list(gpd.read_file(tmp_path / "written.geojson")["name"]) == list(PLACES)


def test_a_row_of_the_table_selects_its_feature_and_a_click_on_the_map_marks_its_row(start, places):
    with start(places) as person:
        layer = own_id(person, "towns")
        press(person, layer, "Table")
        table = dialog("AttributeTable")
        person.wait_to_see(f"{table} is not None")
        person.use("type", "Nome")
        person.wait_to_see(f"{table}.model.rowCount() == 1")
        view = f"{table}.findChild(QtWidgets.QTableView)"
        cell = f"{view}.viewport().mapToGlobal({view}.visualRect({table}.model.index(0, 0)).center())"
        person.click(*person.see(f"[{cell}.x(), {cell}.y()]"))
        person.wait_to_see(f"session.selection and session.selection.reference == '{layer}/2'")
        person.see(f"{table}.findChild(QtWidgets.QLineEdit).clear()")
        person.see(f"{table}.model.find('')")
        person.see(f"{table}.move(0, 0)")
        look_at(person, *PLACES["Utqiagvik"], 3000)
        person.click(*person.see(f"at{PLACES['Utqiagvik']}"))
        person.wait_to_see(f"[index.row() for index in {view}.selectionModel().selectedRows()] == [2]")


def test_where_numbers_lie_that_name_no_system_is_asked_before_anything_is_drawn(start, places):
    path = places.with_name("polar.shp")
    gpd.read_file(places).to_crs("EPSG:3413").to_file(path)
    path.with_suffix(".prj").unlink()
    with start(path) as person:
        question = dialog("PlaceQuestion")
        person.wait_to_see(f"{question} is not None")
        assert person.see(OWN) == []
        way = f"[b for b in {question}.findChildren(QtWidgets.QRadioButton) if '3413' in b.text()][0]"
        person.click(*person.see(f"middle_of({way})"))
        use = f"[b for b in {question}.findChildren(QtWidgets.QPushButton) if b.text() == 'Use it'][0]"
        person.click(*person.see(f"middle_of({use})"))
        layer = own_id(person, "polar")
        look_at(person, *PLACES["Utqiagvik"], 3000)
        person.click(*person.see(f"at{PLACES['Utqiagvik']}"))
        person.wait_to_see(f"session.selection and session.selection.reference == '{layer}/3'")


def test_reading_is_cancelled_and_the_window_lives_on(start, tmp_path):
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("name,lon,lat\n")
        file.writelines(f"n{number},{number % 360 - 180},{number % 80 + 5}\n" for number in range(400_000))
    with start(path) as person:
        cancel = "[b for b in window.statusBar().findChildren(QtWidgets.QPushButton) if b.text() == 'Cancel'][0]"
        person.wait_to_see(f"{cancel}.isVisible()")
        person.click(*person.see(f"middle_of({cancel})"))
        wait_until(lambda: not person.see(f"{cancel}.isVisible()"), what="the end of the reading")
        assert person.see(OWN) == []


def test_values_are_changed_in_the_table_one_and_many_at_once_and_taken_back(start, places):
    with start(places) as person:
        layer = own_id(person, "towns")
        press(person, layer, "Table")
        table = dialog("AttributeTable")
        person.wait_to_see(f"{table} is not None")
        view = f"{table}.findChild(QtWidgets.QTableView)"
        told = f"[{table}.model.data({table}.model.index(row, 1)) for row in range(3)]"

        def at(row, column):
            cell = f"{view}.viewport().mapToGlobal({view}.visualRect({table}.model.index({row}, {column})).center())"
            return person.see(f"[{cell}.x(), {cell}.y()]")

        def write(row, text):
            x, y = at(row, 1)
            person.use("mousemove", x, y, "click", "--repeat", 2, "--delay", 60, 1)
            person.wait_to_see(f"{view}.findChild(QtWidgets.QLineEdit) is not None")
            person.key("ctrl+a")
            person.use("type", text)
            person.key("Return")

        write(1, "4000")
        person.wait_to_see(f"{told} == ['291247', '4000', '4927']")
        assert person.see("window.window_actions['undo'].text()") == "Undo: set people in towns"
        person.see(f"{view}.selectAll()")
        person.see(f"{view}.edit({table}.model.index(0, 1))")
        person.wait_to_see(f"{view}.findChild(QtWidgets.QLineEdit) is not None")
        person.key("ctrl+a")
        person.use("type", "7")
        person.key("Return")
        person.wait_to_see(f"{told} == ['7', '7', '7']")
        assert person.see("window.window_actions['undo'].text()") == "Undo: set people of 3 rows in towns"
        person.see("window.window_actions['undo'].trigger()")
        person.wait_to_see(f"{told} == ['291247', '4000', '4927']")
        person.see("window.window_actions['undo'].trigger()")
        person.wait_to_see(f"{told} == ['291247', '3699', '4927']")
        person.see(f"{table}.close()")
