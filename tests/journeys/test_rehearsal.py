"""A talk is rehearsed in the window, and its times are there the next time."""

from person import person_at

PANEL = "window.findChild(QtWidgets.QWidget, 'rehearsalPanel')"
STEP = "window.story_strip.index"


def cell(row: int, column: int) -> str:
    return f"{PANEL}.table.item({row}, {column}).text()"


def test_a_rehearsal_is_timed_projected_and_compared_with_the_next_one_after_a_restart(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    with person_at(display, tmp_path, "--theme", "light", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.key("ctrl+F5")
        person.wait_to_see(f"{PANEL}.isVisible()")
        person.wait_to_see(f"{cell(0, 2)} == '–' and middle_of({PANEL}.turn)[0] > 0")
        person.click(*person.see(f"middle_of({PANEL}.turn)"))
        person.wait_to_see(f"{STEP} == 0 and {PANEL}.ending.text().startswith('Will take 13:')")
        person.wait_to_see(f"'Let the map stand' in {PANEL}.notes.toPlainText()")
        person.wait_to_see(f"{PANEL}.clock.text().endswith('step 0:01')")
        person.click(*person.see("middle_of(window.story_strip.cards[1])"))
        person.wait_to_see(f"{STEP} == 1 and {cell(0, 4)} == '0:01'")
        person.screenshot(tmp_path / "rehearsal.png")
        person.click(*person.see(f"middle_of({PANEL}.turn)"))
        person.wait_to_see(f"{PANEL}.turn.text() == 'Start' and {cell(0, 2)} == '0:01'")
        assert person.see("problems") == []
        assert person.leave() == 0
    with person_at(display, tmp_path, "--theme", "light", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        if not person.see("window.window_actions['rehearse'].isChecked()"):
            person.key("ctrl+F5")
        person.wait_to_see(f"{PANEL}.isVisible() and {PANEL}.table.rowCount() == 12 and {cell(0, 2)} == '0:01'")
        assert person.see(f"{PANEL}.runs.text()").startswith("1 earlier: ")
        assert person.see("problems") == []
        assert person.leave() == 0
