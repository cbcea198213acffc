"""A person draws every kind of shape, takes them back to the start, does them again, and finds them after a restart."""

import json
from contextlib import contextmanager

import pytest
from person import person_at

OWN = "[note for note in session.annotations if note.voice == 'own']"
KINDS = f"[__import__('json').loads(note.drawn)['kind'] for note in {OWN}]"
PALETTE = "window.findChild(QtWidgets.QWidget, 'drawDock').widget()"
UNDO = "window.window_actions['undo'].text()"
LAYERS = "[id for id in ('notes-point', 'notes-line', 'notes-polygon') if session.stack.get(id) is not None]"
ALL = ["point", "line", "polygon", "geodesic", "circle", "freehand", "text", "arrow"]


@pytest.fixture
def start(display, tmp_path):
    """Start the program with a home that stays the same."""

    @contextmanager
    def go(*arguments):
        folder = tmp_path / f"start-{len(list(tmp_path.glob('start-*')))}"
        folder.mkdir()
        home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        with person_at(display, folder, "--theme", "light", *arguments, environment=home) as person:
            person.wait_to_see("canvas is not None and canvas.is_sharp")
            yield person
            assert person.see("problems") == []
            assert person.leave() == 0

    return go


def spots(person):
    """Places on the map's part of the screen, from its middle."""
    x, y = person.see("middle_of(canvas)")
    return lambda dx, dy: (x + dx, y + dy)


def choose(person, text):
    """Click a button of the palette."""
    button = f"[b for b in {PALETTE}.findChildren(QtWidgets.QToolButton) if b.text() == {text!r}][0]"
    person.click(*person.see(f"middle_of({button})"))
    person.wait_to_see(f"{button}.isChecked()")


def drag(person, *places):
    person.point_at(*places[0])
    person.use("mousedown", 1)
    for place in places[1:]:
        person.point_at(*place)
        person.see("0")  # each move is seen before the next
    person.use("mouseup", 1)


def drawn(person, count):
    person.wait_to_see(f"len({OWN}) == {count}")


def draw_all(person, at, folder):
    """Draw the eight shapes, by mouse and by key."""
    person.key("d")
    person.wait_to_see(f"{PALETTE}.isVisible()")
    choose(person, "Point")
    person.click(*at(-250, -200))
    drawn(person, 1)
    choose(person, "Line")
    for place in (at(-200, -200), at(-100, -150)):
        person.click(*place)
    person.key("Return")
    drawn(person, 2)
    person.key("ctrl+3")
    for place in (at(50, -200), at(150, -200), at(120, -100)):
        person.click(*place)
    person.click(*at(51, -199))  # its first corner takes hold of the pointer
    drawn(person, 3)
    choose(person, "Shortest way")
    person.click(*at(-250, -50))
    person.click(*at(-20, -60))
    person.key("Return")
    drawn(person, 4)
    choose(person, "Circle")
    person.click(*at(-200, 80))
    person.point_at(*at(-150, 80))
    person.key("2")
    person.wait_to_see("window.findChild(QtWidgets.QLineEdit, 'mapEntry').isVisible()")
    person.use("type", "50 km")
    person.wait_to_see("window.findChild(QtWidgets.QLineEdit, 'mapEntry').text() == '250 km'")
    person.screenshot(folder / "typing.png")
    person.key("Return")
    drawn(person, 5)
    choose(person, "Freehand")
    drag(person, at(-50, 60), at(-30, 90), at(0, 100), at(20, 70))
    drawn(person, 6)
    choose(person, "Words")
    person.click(*at(100, 100))
    person.wait_to_see("window.findChild(QtWidgets.QLineEdit, 'mapEntry').hasFocus()")
    person.use("type", "Thin ice")
    person.key("Return")
    drawn(person, 7)
    choose(person, "Arrow")
    person.click(*at(200, 50))
    person.use("mousemove", *at(250, -20), "click", "--repeat", 2, "--delay", 60, 1)
    drawn(person, 8)


def test_all_eight_shapes_are_drawn_taken_back_done_again_and_there_after_a_restart(start, tmp_path):
    with start() as person:
        at = spots(person)
        draw_all(person, at, tmp_path)
        assert sorted(person.see(KINDS)) == sorted(ALL)
        radius = "__import__('geodata.shapes', fromlist=['x']).from_text("
        radius += f"[n.drawn for n in {OWN} if 'circle' in n.drawn][0]).radius_m"
        assert abs(person.see(radius) - 250_000) < 1
        person.wait_to_see(f"len({LAYERS}) == 3 and canvas.is_sharp")
        person.screenshot(tmp_path / "drawn.png")
        assert person.see(UNDO) == "Undo: draw an arrow"
        for left in range(7, -1, -1):
            person.key("ctrl+z")
            drawn(person, left)
        person.wait_to_see(f"{LAYERS} == [] and not window.window_actions['undo'].isEnabled()")
        for count in range(1, 9):
            person.key("ctrl+shift+z")
            drawn(person, count)
    with start() as person:
        assert sorted(person.see(KINDS)) == sorted(ALL)
        person.wait_to_see(f"len({LAYERS}) == 3 and canvas.is_sharp")
        assert person.see(UNDO) == "Undo: draw an arrow"
        person.key("ctrl+z")
        drawn(person, 7)


def test_escape_gives_up_a_half_drawn_shape_and_then_the_tool(start):
    with start() as person:
        at = spots(person)
        person.key("ctrl+3")
        button = "window.window_actions['draw_polygon'].isChecked()"
        person.wait_to_see(button)
        person.click(*at(-50, 0))
        person.click(*at(50, 0))
        person.key("Escape")
        person.key("Return")
        assert person.see(OWN) == [] and person.see(button)
        person.key("ctrl+6")
        person.wait_to_see("window.window_actions['draw_freehand'].isChecked()")
        person.point_at(*at(-60, 60))
        person.use("mousedown", 1)
        person.point_at(*at(60, 60))
        person.key("Escape")
        person.use("mouseup", 1)
        assert person.see(OWN) == []
        person.key("Escape")
        person.wait_to_see("not window.window_actions['draw_freehand'].isChecked()")
        assert person.see("window.window_actions['undo'].isEnabled()") is False


def handle(person, index):
    """Where a corner of the one own shape is on the screen."""
    places = "__import__('geodata.shapes', fromlist=['x']).from_text(" + OWN + "[0].drawn).places"
    return person.see(f"at(*{places}[{index}])")


def corners(person):
    return person.see("len(__import__('json').loads(" + OWN + "[0].drawn)['places'])")


def test_a_polygon_is_reshaped_cut_merged_deleted_and_all_is_taken_back(start, tmp_path):
    with start() as person:
        at = spots(person)
        person.key("ctrl+3")
        person.wait_to_see("window.window_actions['draw_polygon'].isChecked()")
        for place in (at(-100, -100), at(100, -100), at(100, 100), at(-100, 100)):
            person.click(*place)
        person.key("Return")
        drawn(person, 1)
        person.key("e")
        person.wait_to_see(
            "window.window_actions['reshape'].isChecked() and session.stack.get('notes-polygon') is not None"
        )
        person.wait_to_see("canvas.is_sharp")
        person.click(*at(-60, 30))
        person.wait_to_see("len(canvas._pointer.drawing.subjects) == 1")
        drag(person, handle(person, 2), at(130, 60), at(160, 140))
        person.wait_to_see(f"{UNDO} == 'Undo: move a corner of Polygon 1'")
        drag(person, at(40, -100), at(20, -130), at(0, -160))
        person.wait_to_see(f"{UNDO} == 'Undo: add a corner to Polygon 1'")
        assert corners(person) == 5
        person.screenshot(tmp_path / "reshaped.png")
        person.click(*handle(person, 1))
        person.key("Delete")
        person.wait_to_see(f"{UNDO} == 'Undo: delete a corner of Polygon 1'")
        assert corners(person) == 4
        person.key("Escape")
        person.key("k")
        person.click(*at(0, -250))
        person.use("mousemove", *at(10, 300), "click", "--repeat", 2, "--delay", 60, 1)
        drawn(person, 2)
        assert person.see(UNDO) == "Undo: split Polygon 1"
        person.wait_to_see("canvas.is_sharp and len(canvas._pointer.drawing.subjects) == 1")
        piece = "__import__('geodata.shapes', fromlist=['x']).from_text("
        piece += f"next(n.drawn for n in {OWN} if '(2)' in n.title)).places"
        spots_of_piece = person.see(f"[at(*place) for place in {piece}]")
        person.point_at(*(sum(axis) / len(axis) + 5 for axis in zip(*spots_of_piece, strict=True)))
        person.use("keydown", "ctrl", "click", 1, "keyup", "ctrl")
        person.wait_to_see("len(canvas._pointer.drawing.subjects) == 2")
        person.key("j")
        drawn(person, 1)
        assert person.see(UNDO) == "Undo: merge 2 shapes"
        person.wait_to_see("len(canvas._pointer.drawing.subjects) == 1")
        person.key("Delete")
        drawn(person, 0)
        assert person.see(UNDO) == "Undo: delete Polygon 1"
        for _ in range(7):
            person.key("ctrl+z")
        person.wait_to_see(f"{OWN} == [] and not window.window_actions['undo'].isEnabled()")
        for _ in range(5):
            person.key("ctrl+y")
        drawn(person, 2)


def test_a_feature_of_a_file_is_reshaped_and_moved_to_the_annotations_and_it_lasts(start, tmp_path):
    file = tmp_path / "zone.geojson"
    ring = [[-170.0, 72.0], [-150.0, 72.0], [-150.0, 76.0], [-170.0, 76.0], [-170.0, 72.0]]
    west = [[170.0, 72.0], [175.0, 72.0], [175.0, 76.0], [170.0, 72.0]]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [shape]}}
        for name, shape in (("East", ring), ("West", west))
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    subjects = "canvas._pointer.drawing.subjects"
    with start(str(file)) as person:
        person.wait_to_see("[l.title for l in session.stack if l.is_own] == ['zone'] and canvas.is_sharp")
        person.wait_to_see("canvas.is_at_rest and not canvas.is_moving_by_itself")
        person.key("e")
        person.wait_to_see("window.window_actions['reshape'].isChecked() and canvas.is_sharp")
        person.click(*person.see("at(-160, 74)"))
        person.wait_to_see(f"[s.title for s in {subjects}] == ['East']")
        place = person.see("at(-150, 76)")
        drag(person, place, (place[0] + 20, place[1] - 10), (place[0] + 40, place[1] - 30))
        person.wait_to_see(f"{UNDO} == 'Undo: move a corner of East'")
        person.wait_to_see(f"len({subjects}) == 1 and canvas.is_sharp")
        lon, lat = person.see(f"[float(v) for v in {subjects}[0].vertices.lonlat[2]]")
        assert person.see(f"at({lon}, {lat})") == [place[0] + 40, place[1] - 30]
        person.screenshot(tmp_path / "moved.png")
        person.key("ctrl+m")
        menu = "app.activePopupWidget()"
        person.wait_to_see(f"{menu} is not None")
        entry = f"[a for a in {menu}.actions() if a.text() == 'Move to My annotations'][0]"
        spot = f"{menu}.mapToGlobal({menu}.actionGeometry({entry}).center())"
        person.click(*person.see(f"[{spot}.x(), {spot}.y()]"))
        drawn(person, 1)
        person.wait_to_see(f"{UNDO} == 'Undo: move East to My annotations'")
        person.key("ctrl+z")
        drawn(person, 0)
        person.key("ctrl+y")
        drawn(person, 1)
    with start() as person:
        assert person.see(f"[note.title for note in {OWN}]") == ["East"]
        person.wait_to_see("[l.title for l in session.stack if l.is_own and not l.id.startswith('notes')] == ['zone']")
        person.key("ctrl+z")
        person.key("ctrl+z")
        person.wait_to_see(f"{UNDO} == 'Undo: add layer zone'")
        drawn(person, 0)


def test_a_shape_is_drawn_into_a_layer_of_a_file_and_one_of_another_kind_is_not(start, tmp_path):
    file = tmp_path / "camps.csv"
    file.write_text("name,lon,lat\nOne,-160,80\nTwo,-150,81\n")
    with start(str(file)) as person:
        person.wait_to_see("[l.title for l in session.stack if l.is_own] == ['camps'] and canvas.is_sharp")
        person.wait_to_see("not canvas.is_moving_by_itself")
        at = spots(person)
        person.key("d")
        person.wait_to_see(f"{PALETTE}.isVisible() and {PALETTE}.target.count() == 2")
        person.click(*person.see(f"middle_of({PALETTE}.target)"))
        person.key("Down", "Return")
        person.wait_to_see(f"{PALETTE}.target.currentText() == 'camps'")
        choose(person, "Point")
        person.click(*at(60, 60))
        person.wait_to_see(f"{UNDO} == 'Undo: draw a point in camps'")
        person.key("ctrl+2")
        person.wait_to_see("window.window_actions['draw_line'].isChecked()")
        person.click(*at(-60, 60))
        person.click(*at(-60, -60))
        person.key("Return")
        person.wait_to_see("'another kind' in window.statusBar().currentMessage()")
        assert person.see(UNDO) == "Undo: draw a point in camps" and person.see(OWN) == []
        person.key("ctrl+z")
        person.wait_to_see(f"{UNDO} == 'Undo: add layer camps'")
