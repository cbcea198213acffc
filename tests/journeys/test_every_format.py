"""A person opens a file of every kind, made by other programs, and finds what is in it on the map."""

import json
import shutil
import subprocess
import zipfile
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from person import pause, person_at

DATA = Path(__file__).parents[1] / "data"
FIXTURES = Path(pyogrio.__file__).parent / "tests" / "fixtures"
COUNTRIES = FIXTURES / "naturalearth_lowres" / "naturalearth_lowres.shp"
ICELAND = (-18.6, 64.9)
OWN = "[layer.title for layer in session.stack if layer.is_own]"
CARD = "text_of(window.article_panel.card)"
DOUBLE_CLICK_S = 0.6


def dialog(kind):
    return f"([d for d in app.topLevelWidgets() if type(d).__name__ == '{kind}' and d.isVisible()] or [None])[0]"


def button(widget, text):
    return f"[b for b in {widget}.findChildren(QtWidgets.QPushButton) if b.text() == {text!r}][0]"


def converted(folder, name, source=COUNTRIES, *options):
    """Let GDAL's own program make a file of another kind."""
    path = folder / name
    drivers = {".geojsonl": "GeoJSONSeq", ".kml": "LIBKML", ".kmz": "LIBKML"}
    driver = ["-f", drivers[path.suffix]] if path.suffix in drivers else []
    if shutil.which("ogr2ogr"):
        subprocess.run(["ogr2ogr", *driver, *options, str(path), str(source)], check=True, capture_output=True)
    else:
        gpd.read_file(source).to_file(path, driver=drivers.get(path.suffix), engine="pyogrio")
    return path


@pytest.fixture
def start(display, tmp_path):
    @contextmanager
    def go(*arguments):
        home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        folder = tmp_path / "start"
        folder.mkdir()
        with person_at(display, folder, "--theme", "light", *map(str, arguments), environment=home) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def open_file(person, path):
    person.key("ctrl+o")
    person.wait_to_see("(lambda d: d is not None and d.isActiveWindow())(window.findChild(QtWidgets.QFileDialog))")
    person.use("type", "--delay", "3", str(path))
    person.key("Return")
    person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is None")


def newest(person, known):
    """Wait for one layer more, and return its id."""
    ids = "[layer.id for layer in session.stack if layer.is_own]"
    person.wait_to_see(f"[i for i in {ids} if i not in {sorted(known)!r}]")
    (layer,) = person.see(f"[i for i in {ids} if i not in {sorted(known)!r}]")
    known.add(layer)
    return layer


def look_at(person, lon, lat, mpp):
    pause(DOUBLE_CLICK_S)
    person.see(f"session.set_camera(__import__('viewer.model.views', fromlist=['at']).at({lon}, {lat}, {mpp}))")
    person.wait_to_see("canvas.is_sharp")


def click_finds(person, layer, place, *, mpp=3000):
    """Click a place, again where something lies above, until the layer's feature is selected."""
    look_at(person, *place, mpp)
    for _ in range(6):
        pause(DOUBLE_CLICK_S)
        person.click(*person.see(f"at({place[0]}, {place[1]})"))
        person.wait_to_see("session.selection is not None")
        if person.see("session.selection.layer_id") == layer:
            return
    raise AssertionError(f"{layer} was not found at {place}")


def remove(person, layer):
    person.see(f"window.layers_panel.remove_requested.emit({layer!r})")
    person.wait_to_see(f"session.stack.get({layer!r}) is None")


def test_areas_of_every_kind_of_file_are_opened_one_after_the_other(start, tmp_path):
    zipped = tmp_path / "zipped.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for part in COUNTRIES.parent.iterdir():
            archive.write(part, f"in a folder/{part.name}")
    parquet = tmp_path / "countries.parquet"
    gpd.read_file(COUNTRIES).to_parquet(parquet)
    files = [
        COUNTRIES,
        zipped,
        converted(tmp_path, "one.gpkg"),
        converted(tmp_path, "two.geojson"),
        converted(tmp_path, "three.geojsonl"),
        converted(tmp_path, "four.fgb", COUNTRIES, "-nlt", "PROMOTE_TO_MULTI"),
        parquet,
    ]
    known = set()
    with start() as person:
        for path in files:
            open_file(person, path)
            layer = newest(person, known)
            click_finds(person, layer, ICELAND)
            assert "Iceland" in person.wait_to_see(CARD), path.name
            remove(person, layer)
        assert person.see("window.window_actions['undo'].isEnabled()")


def test_the_layers_of_a_geopackage_are_chosen(start, tmp_path):
    path = converted(tmp_path, "several.gpkg", COUNTRIES, "-nln", "countries")
    gpd.read_file(COUNTRIES).set_geometry(gpd.read_file(COUNTRIES).representative_point()).to_file(
        path, layer="points", engine="pyogrio", mode="a"
    )
    with start(path) as person:
        choice = dialog("LayerChoice")
        person.wait_to_see(f"{choice} is not None")
        item = f"{choice}.findChild(QtWidgets.QListWidget)"
        person.see(f"[{item}.item(n).setCheckState(QtCore.Qt.CheckState.Unchecked) for n in (0,)]")
        person.click(*person.see(f"middle_of({button(choice, 'Open')})"))
        person.wait_to_see(f"{OWN} == ['points']")


def test_a_file_of_another_program_with_curves_is_opened(start):
    with start(FIXTURES / "multisurface.gpkg") as person:
        person.wait_to_see(f"len({OWN}) == 1 or 'equator' in window.message_bar.text")


def test_tracks_and_waypoints_are_opened(start, tmp_path):
    path = tmp_path / "walk.gpx"
    path.write_text(
        '<?xml version="1.0"?><gpx version="1.1" creator="hand" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="64.9" lon="-18.6"><name>Camp</name></wpt><trk><name>Walk</name><trkseg>'
        '<trkpt lat="65" lon="-18"/><trkpt lat="66" lon="-17"/></trkseg></trk></gpx>',
        encoding="utf-8",
    )
    with start(path) as person:
        person.wait_to_see(f"len({OWN}) == 2")
        person.see("[session.select(None)]")
        points = person.see("[l.id for l in session.stack if l.is_own and 'Symbol' in type(l.style).__name__][0]")
        click_finds(person, points, ICELAND)
        assert "Camp" in person.wait_to_see(CARD)


def test_a_kml_file_keeps_its_colours_and_its_balloons_do_nothing(start, tmp_path):
    kmz = tmp_path / "camps.kmz"
    with zipfile.ZipFile(kmz, "w") as archive:
        archive.write(DATA / "camps.kml", "doc.kml")
    for_style = "[l.style for l in session.stack if l.is_own and 'Symbol' in type(l.style).__name__][0].colour"
    with start(DATA / "camps.kml") as person:
        person.wait_to_see(f"len({OWN}) == 3")
        assert person.see(f"{for_style}.of({{'look:colour': '#ff0000'}})") == "#ff0000"
        points = person.see("[l.id for l in session.stack if l.is_own and 'Symbol' in type(l.style).__name__][0]")
        click_finds(person, points, (60, 89))
        shown = person.wait_to_see(CARD)
        assert "Ice camp more (http://x.org/a)" in shown
        assert "alert" not in shown and "<b>" not in shown
        person.screenshot(tmp_path / "balloon.png")
        open_file(person, kmz)
        person.wait_to_see(f"len({OWN}) == 6")


def test_text_of_the_clipboard_becomes_layers(start):
    feature = {"type": "Feature", "properties": {"name": "Here"}, "geometry": shapely.Point(ICELAND).__geo_interface__}
    pasted = [json.dumps(feature), "LINESTRING (-20 65, -18 66)", "name\tlat\tlon\nThere\t64.9\t-18.6\n"]
    with start() as person:
        for count, text in enumerate(pasted, start=1):
            person.see(f"app.clipboard().setText({text!r})")
            person.key("ctrl+v")
            person.wait_to_see(f"len({OWN}) == {count}")


def test_a_table_whose_columns_say_nothing_is_mapped_by_the_person(start, tmp_path):
    path = tmp_path / "stations.csv"
    rows = "Camp;64.9;-18.6;ice;15.08.2025\nHut;65.5;-17;rock;01.02.2024\n"
    path.write_text(f"station;up;along;kind;seen\n{rows * 3}")
    with start(path) as person:
        question = dialog("ColumnQuestion")
        person.wait_to_see(f"{question} is not None")
        assert person.see(OWN) == []
        for name, value in (("_first", "along"), ("_second", "up"), ("_category", "kind")):
            box = f"{question}.{name}"
            person.click(*person.see(f"middle_of({box})"))
            person.wait_to_see(f"{box}.view().isVisible()")
            person.use("type", value)
            person.key("Return")
            person.wait_to_see(f"{box}.currentText() == {value!r}")
        person.screenshot(tmp_path / "columns.png")
        person.click(*person.see(f"middle_of({button(question, 'Open')})"))
        layer = newest(person, set())
        assert person.see(f"session.stack.get({layer!r}).style.colour.field") == "field:kind"
        click_finds(person, layer, ICELAND)
        shown = person.wait_to_see(CARD)
        assert "Camp" in shown
        assert "2025-08-15" in shown


def test_spreadsheets_and_tables_with_usual_names_open_at_once_and_can_be_mapped_afterwards(start, tmp_path):
    points = gpd.read_file(COUNTRIES)
    inside = points.set_geometry(points.representative_point())
    table = inside.drop(columns="geometry").assign(longitude=inside.geometry.x, latitude=inside.geometry.y)
    book, tabs = tmp_path / "countries.xlsx", tmp_path / "countries.tsv"
    pyogrio.write_dataframe(table, book, driver="XLSX")
    table.to_csv(tabs, sep="\t", index=False)
    known = set()
    with start() as person:
        for path in (book, tabs):
            open_file(person, path)
            layer = newest(person, known)
            iceland = inside[inside["name"] == "Iceland"].geometry.iloc[0]
            click_finds(person, layer, (iceland.x, iceland.y))
            assert "Iceland" in person.wait_to_see(CARD)
            remove_later = layer
        columns = button("window.message_bar", "Columns …")
        person.click(*person.see(f"middle_of({columns})"))
        question = dialog("ColumnQuestion")
        person.wait_to_see(f"{question} is not None and {question}.columns.first == 'longitude'")
        person.key("Escape")
        person.wait_to_see(f"{question} is None")
        assert person.see(f"session.stack.get({remove_later!r}) is not None")
