"""An analyst opens a file, styles and names it, writes a note with a picture, saves; a colleague takes it all back."""

from contextlib import contextmanager

import geopandas as gpd
import pytest
import shapely
from person import person_at
from PySide6.QtGui import QColor, QImage

FORM = "window.findChild(QtWidgets.QWidget, 'annotationDock').widget()"
OWN = "[note for note in session.annotations if note.voice == 'own']"
LAYERS = "[l.title for l in session.stack if l.is_own and not l.id.startswith('notes-')]"
DIALOG = "(lambda d: d is not None and d.isActiveWindow())(window.findChild(QtWidgets.QFileDialog))"


@pytest.fixture
def start(display, tmp_path):
    @contextmanager
    def go(*arguments, home):
        folder = tmp_path / f"start-{home}"
        folder.mkdir()
        homes = {"XDG_DATA_HOME": str(tmp_path / home), "XDG_CONFIG_HOME": str(tmp_path / f"{home}-config")}
        with person_at(display, folder, "--theme", "light", *map(str, arguments), environment=homes) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def choose(person, path):
    person.wait_to_see(DIALOG)
    person.key("ctrl+a")
    person.use("type", "--delay", "5", str(path))
    person.key("Return")
    person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is None")


def test_all_that_was_done_reaches_a_colleague_and_is_taken_back_to_the_start(start, tmp_path):
    towns, picture, file = tmp_path / "towns.gpkg", tmp_path / "pier.png", tmp_path / "north.arcticmap"
    places = [shapely.Point(-149.9, 61.2), shapely.Point(-165.4, 64.5)]
    frame = gpd.GeoDataFrame({"name": ["Anchorage", "Nome"], "people": [291_247, 3_699]}, geometry=places, crs=4326)
    frame.to_file(towns, engine="pyogrio")
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(picture))
    with start(towns, home="ana") as person:
        layer = person.wait_to_see("next((l.id for l in session.stack if l.is_own), '')")
        person.see(f"window.layers_panel.row({layer!r}).set_opened(True)")
        row = f"window.layers_panel.row({layer!r})"
        label = f"{row}._controls.labels.label"
        person.click(*person.see(f"middle_of({label}.lineEdit())"))
        person.key("ctrl+a")
        person.use("type", "{{name}, {{people} people".replace("{{", "{"))
        person.key("Return")
        person.wait_to_see(f"session.stack.get({layer!r}).label.field == '{{name}}, {{people}} people'")
        person.see("canvas.setFocus()")
        person.key("n")
        person.wait_to_see(f"{FORM}.isVisible()")
        person.use("type", "Ice is possibly late")
        person.click(*person.see(f"middle_of({FORM}.body.edit)"))
        person.use("type", "It could possibly melt.")
        person.wait_to_see(f"'could possibly' in {FORM}.findings.text() or 'possibly' in {FORM}.findings.text()")
        assert person.see(f"{FORM}.save.text()") == "Save as UNSOURCED"
        person.click(*person.see(f"middle_of({FORM}.pictures.add)"))
        choose(person, picture)
        person.wait_to_see(f"len({FORM}.pictures.pictures) == 1")
        person.screenshot(tmp_path / "form.png")
        person.click(*person.see(f"middle_of({FORM}.save)"))
        person.wait_to_see(f"len({OWN}) == 1 and len({OWN}[0].pictures) == 1")
        person.see("canvas.setFocus()")
        person.key("ctrl+shift+s")
        choose(person, file)
        person.wait_to_see("window.windowTitle().startswith('north[*]') and not window.isWindowModified()")
    with start(file, home="ben") as person:
        person.wait_to_see(f"len({OWN}) == 1 and {LAYERS} == ['towns']")
        assert person.see(f"session.stack.get({layer!r}).label.field") == "{name}, {people} people"
        person.see(f"session.read({OWN}[0])")
        person.wait_to_see("'pier.png' in text_of(window.article_panel.card)")
        assert person.see(f"window.article_panel.card.book.image({OWN}[0].pictures[0]).width()") == 60
        person.wait_to_see("canvas.is_sharp")
        person.screenshot(tmp_path / "colleague.png")
        person.see("canvas.setFocus()")
        person.key("ctrl+z")
        person.wait_to_see(f"{OWN} == []")
        person.key("ctrl+z")
        person.wait_to_see(f"session.stack.get({layer!r}).label.field == 'name'")
        person.key("ctrl+z")
        person.wait_to_see(f"{LAYERS} == [] and not window.window_actions['undo'].isEnabled()")
        for _ in range(3):
            person.key("ctrl+shift+z")
        person.wait_to_see(f"len({OWN}) == 1 and {LAYERS} == ['towns'] and not window.isWindowModified()")
