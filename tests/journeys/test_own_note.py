"""A person writes an annotation on the map, finds it again after a restart, and clicks it."""

from person import person_at

NOTES = "[note.title for note in session.annotations if note.voice == 'own']"
FORM = "window.findChild(QtWidgets.QWidget, 'annotationDock').widget()"
MENU = "app.activePopupWidget()"
PLACE = "[round(x) for x in middle_of(canvas)]"


def test_a_note_is_written_kept_and_opened_by_a_click_after_a_restart(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    with person_at(display, tmp_path / "first", "--theme", "light", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.click(*person.see(PLACE), button=3)
        person.wait_to_see(f"{MENU} is not None")
        entry = f"[a for a in {MENU}.actions() if a.text() == 'Write an annotation here'][0]"
        at = f"{MENU}.mapToGlobal({MENU}.actionGeometry({entry}).center())"
        person.click(*person.see(f"[{at}.x(), {at}.y()]"))
        person.wait_to_see(f"{FORM}.isVisible() and {FORM}.title.hasFocus()")
        person.use("type", "A pier")
        person.click(*person.see(f"middle_of({FORM}.body)"))
        person.use("type", "It could possibly open.")
        assert "double hedge" in person.wait_to_see(f"{FORM}.findings.text()")
        person.screenshot(tmp_path / "form.png")
        person.wait_to_see(f"{FORM}.save.text() == 'Save as UNSOURCED'")
        person.click(*person.see(f"middle_of({FORM}.save)"))
        person.wait_to_see(f"{NOTES} == ['A pier'] and session.stack.get('notes-point') is not None")
        assert person.see("problems") == []
        assert person.leave() == 0
    with person_at(display, tmp_path / "second", "--theme", "dark", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.wait_to_see("session.stack.get('notes-point') is not None and canvas.is_sharp")
        spot = "canvas.viewport().mapToGlobal(QtCore.QPoint(*[round(v) for v in session.viewport.to_screen("
        spot += "*[float(v) for v in __import__('geodata.stereographic', fromlist=['x']).forward("
        spot += "*__import__('json').loads(next(n.place for n in session.annotations if n.voice == 'own'))"
        spot += "['coordinates'])])]))"
        person.click(*person.see(f"[{spot}.x(), {spot}.y()]"))
        person.wait_to_see("session.annotation is not None and session.annotation.title == 'A pier'")
        assert person.see("window.article_panel.card.chips[0]") == "UNSOURCED"
        person.screenshot(tmp_path / "card.png")
        person.key("ctrl+z")
        person.wait_to_see(f"{NOTES} == [] and session.stack.get('notes-point') is None")
        assert person.see("problems") == []
        assert person.leave() == 0
