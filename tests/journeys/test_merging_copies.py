"""Two people change copies of a document; one of them merges: what conflicts is seen on the map and chosen."""

import shutil
from contextlib import contextmanager

import geopandas as gpd
import pytest
import shapely
from person import person_at

import geodata.document
from geodata.annotations import Annotation, AnnotationSet, to_frame

NOTES = "sorted((n.id, n.title) for n in session.annotations if n.voice == 'own')"
LAYERS = "sorted(layer.title for layer in session.stack if layer.prepared_path and not layer.id.startswith('notes-'))"
QUESTION = "([d for d in app.topLevelWidgets() if type(d).__name__ == 'MergeQuestion' and d.isVisible()] or [None])[0]"


def note(note_id, title, lon, lat):
    place = f'{{"type":"Point","coordinates":[{lon},{lat}]}}'
    return Annotation(note_id, title, "note", "own", "Body.", place=place, created="2026-01-01T00:00:00+00:00")


def change(path, who, notes, layer=None):
    with geodata.document.open(path, who=who) as document:
        document.set_annotations(to_frame(AnnotationSet(notes)))
        if layer:
            point = gpd.GeoDataFrame({"name": [layer]}, geometry=[shapely.Point(20, 75)], crs="EPSG:4326")
            document.write(layer, point)
        document.save()


@pytest.fixture
def copies(tmp_path):
    ours, theirs = tmp_path / "ours.arcticmap", tmp_path / "theirs.arcticmap"
    pier, post = note("pier", "A pier", -149.9, 61.2), note("post", "A post", -165, 65)
    change(ours, "ana", (pier, post))
    shutil.copy(ours, theirs)
    change(ours, "ana", (note("pier", "Pier, north side", -149.9, 62.5), post), "Mine")
    change(theirs, "ben", (note("pier", "Pier, south side", -149.9, 60.0), post, note("new", "New", 0, 80)), "Theirs")
    return ours, theirs


@pytest.fixture
def start(display, tmp_path):
    @contextmanager
    def go(file, home):
        folder = tmp_path / f"start-{home}"
        folder.mkdir()
        homes = {"XDG_DATA_HOME": str(tmp_path / home), "XDG_CONFIG_HOME": str(tmp_path / f"{home}-config")}
        with person_at(display, folder, "--theme", "light", str(file), environment=homes) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            person.wait_to_see(f"len({NOTES}) >= 2")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def merge_with(person, path, choice):
    person.key("ctrl+shift+m")
    person.wait_to_see("(lambda d: d is not None and d.isActiveWindow())(window.findChild(QtWidgets.QFileDialog))")
    person.use("type", "--delay", "3", str(path))
    person.key("Return")
    person.wait_to_see(f"{QUESTION} is not None")
    shown = "[t.toPlainText() for t in " + QUESTION + ".findChildren(QtWidgets.QPlainTextEdit)]"
    mine, theirs = person.see(shown)
    assert "Pier, north side" in mine + theirs and "Pier, south side" in mine + theirs
    assert not person.see(f"{QUESTION}.merge.isEnabled()")
    person.wait_to_see("canvas.is_sharp")
    person.screenshot(path.parent / f"merging-{choice}.png")
    person.click(*person.see(f"middle_of({QUESTION}.{choice})"))
    person.wait_to_see(f"{QUESTION}.merge.isEnabled()")
    person.click(*person.see(f"middle_of({QUESTION}.merge)"))
    person.wait_to_see(f"{QUESTION} is None and ('new', 'New') in [tuple(n) for n in {NOTES}]")


def test_a_copy_is_merged_both_ways_to_the_same_and_taken_back(start, copies):
    ours, theirs = copies
    with start(ours, "ana") as person:
        before = person.see(NOTES)
        merge_with(person, theirs, "theirs")
        merged = person.see(NOTES)
        assert ["pier", "Pier, south side"] in merged
        person.wait_to_see(f"{LAYERS} == ['Mine', 'Theirs']")
        person.key("ctrl+z")
        person.wait_to_see(f"{LAYERS} == ['Mine']")
        assert person.see(NOTES) == before
        person.key("ctrl+shift+z")
        person.wait_to_see(f"{LAYERS} == ['Mine', 'Theirs']")
        assert person.see(NOTES) == merged
    with start(theirs, "ben") as person:
        merge_with(person, ours, "mine")
        person.wait_to_see(f"{LAYERS} == ['Mine', 'Theirs']")
        assert person.see(NOTES) == merged
