"""Before F5: a quiet mark while there is something to mend, and a button that mends it."""

from person import person_at

STRIP = "window.story_strip"
PANEL = "window.findChild(QtWidgets.QWidget, 'preflightPanel')"
ILL = """title = "Ill"
slot_minutes = 1
"""
STEP = """
[[step]]
id = "STEP"
title = "Step STEP"
view = "arctic"
seconds = 40
notes = "Say it."
"""
GONE = """features = ["lanes/gone"]
annotation = "gone"
shown = ["roads"]
"""


def test_a_story_that_names_what_is_gone_is_mended_by_buttons_and_plays_before_that_too(display, tmp_path):
    file = tmp_path / "ill.toml"
    file.write_text(ILL + STEP.replace("STEP", "a") + GONE + STEP.replace("STEP", "b"), encoding="utf-8")
    environment = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    with person_at(display, tmp_path, "--theme", "light", environment=environment) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        assert person.see(f"{STRIP}.warning.isVisible()") is False
        person.click(*person.see(f"middle_of({STRIP}.name)"))
        menu = f"{STRIP}.name.menu()"
        spot = f"{menu}.mapToGlobal({menu}.actionGeometry(window.window_actions['open_story']).center())"
        person.click(*person.see(f"[{spot}.x(), {spot}.y()]"))
        person.wait_to_see("window.findChild(QtWidgets.QFileDialog) is not None")
        person.key("ctrl+a")
        person.use("type", "--delay", "5", str(file))
        person.key("Return")
        person.wait_to_see(f"{STRIP}.story.title == 'Ill' and {STRIP}.warning.isVisible()")
        assert person.see(f"{STRIP}.warning.toolTip()") == "4 things to mend before the talk"
        person.key("space", "space")
        person.wait_to_see(f"{STRIP}.index == 1")
        person.click(*person.see(f"middle_of({STRIP}.warning)"))
        person.wait_to_see(f"{PANEL}.isVisible()")
        for left in (3, 2, 1, 0):
            button = f"[b for b in {PANEL}.rows[0].findChildren(QtWidgets.QPushButton)][0]"
            person.click(*person.see(f"middle_of({button})"))
            words = f"{left} thing{'s' if left > 1 else ''} to mend" if left else "Nothing to mend. The talk can begin."
            person.wait_to_see(f"{PANEL}.verdict.text() == {words!r}")
        assert person.see(f"{STRIP}.warning.isVisible()") is False
        assert person.see(f"{STRIP}.story.duration_s") <= 60
        person.screenshot(tmp_path / "mended.png")
        assert person.see("problems") == []
        assert person.leave() == 0
