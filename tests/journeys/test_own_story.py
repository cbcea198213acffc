"""A newcomer's way, as the help tells it: five steps are made, played, saved, opened again and played alike."""

from person import pause, person_at

STRIP = "window.story_strip"
TITLES = f"[step.title for step in {STRIP}.story.steps]"
AUDIENCE = "next((w for w in app.topLevelWidgets() if w.objectName() == 'audience' and w.isVisible()), None)"
FORM = "window.findChild(QtWidgets.QWidget, 'stepForm')"
STEP = f"{STRIP}.index"
LOOK = f"vars({AUDIENCE})['_session'].camera"
SEEN = f"[{AUDIENCE}.title, {AUDIENCE}.card_title, [round({LOOK}.x), round({LOOK}.y), {LOOK}.metres_per_pixel]]"
UNDO = "window.window_actions['undo'].text()"


def open_menu_entry(person, name: str) -> None:
    """Open the menu of the story's name and click an entry of it."""
    person.click(*person.see(f"middle_of({STRIP}.name)"))
    menu = f"{STRIP}.name.menu()"
    person.wait_to_see(f"{menu}.isVisible()")
    spot = f"{menu}.mapToGlobal({menu}.actionGeometry(window.window_actions['{name}']).center())"
    person.click(*person.see(f"[{spot}.x(), {spot}.y()]"))
    person.wait_to_see(f"not {menu}.isVisible()")


def write(person, field: str, text: str) -> None:
    person.click(*person.see(f"middle_of({FORM}.{field})"))
    person.key("ctrl+a")
    person.use("type", "--delay", "5", text)


def add_view(person, count: int) -> None:
    person.wait_to_see("canvas.is_sharp")
    person.click(*person.see(f"middle_of({STRIP}.add)"))
    person.wait_to_see(f"len({STRIP}.cards) == {count} and {STEP} == {count - 1}")


def name_step(person, title: str, notes: str) -> None:
    write(person, "title", title)
    write(person, "notes.edit", notes)
    person.wait_to_see(f"{STRIP}.story.steps[{STEP}].title == {title!r}")
    person.wait_to_see(f"{STRIP}.story.steps[{STEP}].notes == {notes!r}")


def drag(person, card: int, onto: int) -> None:
    x, y = person.see(f"middle_of({STRIP}.cards[{card}])")
    to_x, to_y = person.see(f"middle_of({STRIP}.cards[{onto}])")
    person.use("mousemove", x, y, "mousedown", 1)
    for share in (0.3, 0.6, 1.0):
        person.use("mousemove", round(x + share * (to_x - x - 30)), to_y)
    person.use("mouseup", 1)


def played(person, count: int) -> list:
    """Play the story on stage from its start and return what the audience saw."""
    person.key("F5")
    seen = []
    for number in range(count):
        title = person.see(f"{STRIP}.story.steps[{number}].title")
        person.wait_to_see(f"{AUDIENCE} is not None and {AUDIENCE}.title == {title!r}")
        pause(0.3)  # the flight has set out by then
        person.wait_to_see(f"{AUDIENCE}.canvas.is_sharp and not {AUDIENCE}.canvas.is_moving_by_itself")
        seen.append(person.see(SEEN))
        person.key("Right")
    person.key("Escape")
    person.wait_to_see(f"{AUDIENCE} is None")
    person.wait_to_see("canvas.is_sharp")
    return seen


def make_five_steps(person) -> None:
    """A cover, Alaska with its card, a close view, the way back, and a closing that is dragged before the last."""
    person.wait_to_see("canvas is not None and canvas.is_sharp")
    open_menu_entry(person, "new_story")
    person.wait_to_see(f"{TITLES} == ['My story'] and {FORM}.isVisible()")
    name_step(person, "North", "Welcome.")
    person.click(*person.see("at(-154, 65)"))
    person.wait_to_see("session.selection is not None and session.selection.reference == 'alaska/alaska'")
    add_view(person, 2)
    person.use("mousemove", *person.see("at(-150, 62)"), "click", "--repeat", 4, "--delay", 150, 4)
    person.key("ctrl+shift+t", "ctrl+shift+t")
    add_view(person, 3)
    person.click(*person.see("middle_of(canvas)"))
    person.key("Home")
    person.wait_to_see("session.camera.metres_per_pixel > 5_000")
    add_view(person, 4)
    add_view(person, 5)
    person.see(f"{FORM}.isVisible() or window.window_actions['step_form'].trigger()")
    person.wait_to_see(f"{FORM}.isVisible()")
    name_step(person, "Thank you", "Questions.")
    drag(person, 4, 3)
    person.wait_to_see(f"{TITLES}[3] == 'Thank you' and {UNDO} == 'Undo: move step Thank you'")
    person.key("ctrl+z")
    person.wait_to_see(f"{TITLES}[4] == 'Thank you'")


def test_a_story_of_five_steps_is_made_played_saved_opened_again_and_played_alike(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "ana"), "XDG_CONFIG_HOME": str(tmp_path / "ana-config")}
    file = tmp_path / "north.arcticmap"
    with person_at(display, tmp_path, "--theme", "light", environment=home) as person:
        make_five_steps(person)
        made = person.see(TITLES)
        first = played(person, 5)
        assert [title for title, _, _ in first] == made
        assert first[1][1] != ""
        assert len({tuple(extent) for _, _, extent in first[:3]}) == 3
        person.wait_to_see(f"all(card.has_picture for card in {STRIP}.cards)")
        person.screenshot(tmp_path / "made.png")
        person.key("ctrl+shift+s")
        person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is not None")
        person.key("ctrl+a")
        person.use("type", "--delay", "5", str(file))
        person.key("Return")
        person.wait_to_see("window.windowTitle().startswith('north[*]') and not window.isWindowModified()")
        assert person.see("problems") == []
        assert person.leave() == 0
    other = {"XDG_DATA_HOME": str(tmp_path / "ben"), "XDG_CONFIG_HOME": str(tmp_path / "ben-config")}
    with person_at(display, tmp_path, "--theme", "light", str(file), environment=other) as person:
        person.wait_to_see(f"canvas is not None and canvas.is_sharp and {TITLES} == {made!r}")
        assert played(person, 5) == first
        assert person.see(f"[step.notes for step in {STRIP}.story.steps]")[0] == "Welcome."
        assert person.see("problems") == []
        assert person.leave() == 0
