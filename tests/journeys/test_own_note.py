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


def fill(person, field, text):
    """Write something into a field of the form."""
    person.click(*person.see(f"middle_of({field})"))
    person.key("ctrl+a")
    person.use("type", "--delay", "5", text)


def test_a_kept_annotation_is_edited_in_all_it_says_and_deleted_and_each_is_taken_back(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    own = "[note for note in session.annotations if note.voice == 'own'][0]"
    undo = "window.window_actions['undo'].text()"
    with person_at(display, tmp_path, "--theme", "light", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.key("n")
        person.wait_to_see(f"{FORM}.isVisible() and {FORM}.title.hasFocus()")
        person.use("type", "A pier")
        fill(person, f"{FORM}.body", "It is being built.")
        person.click(*person.see(f"middle_of({FORM}.save)"))
        person.wait_to_see(f"{NOTES} == ['A pier'] and session.stack.get('notes-point') is not None")
        person.wait_to_see("canvas.is_sharp")
        person.click(*person.see(PLACE))
        card = "window.article_panel.card"
        person.wait_to_see(f"session.annotation is not None and {card}.edit.isVisible()")
        assert person.see(f"{card}.chips[0]") == "UNSOURCED"
        person.click(*person.see(f"middle_of({card}.edit)"))
        person.wait_to_see(f"{FORM}.isVisible() and {FORM}.title.text() == 'A pier'")
        fill(person, f"{FORM}.title", "A long pier")
        source = f"{FORM}.sources.rows[0]"
        fill(person, f"{source}.title", "A picture from above")
        fill(person, f"{source}.publisher", "An agency")
        fill(person, f"{source}.date", "2025-08-15")
        person.click(*person.see(f"middle_of({source}.reliability)"))
        person.key("Down", "Down", "Return")
        person.click(*person.see(f"middle_of({source}.credibility)"))
        person.key("Down", "Return")
        fill(person, f"{FORM}.date", "2025-08")
        fill(person, f"{FORM}.tags", "harbour, ice")
        person.click(*person.see(f"middle_of({FORM}.passage)"))
        person.key("Down", "Return")
        person.click(*person.see(f"middle_of({FORM}.likelihood)"))
        person.key("End", "Return")
        person.click(*person.see(f"middle_of({FORM}.confidence)"))
        person.key("Down", "Return")
        person.click(*person.see(f"middle_of({FORM}.body.preview)"))
        person.wait_to_see(f"{FORM}.body.page.toPlainText() == 'It is being built.'")
        person.screenshot(tmp_path / "editing.png")
        person.wait_to_see(f"{FORM}.save.text() == 'Save' and {FORM}.save.isEnabled()")
        person.click(*person.see(f"middle_of({FORM}.save)"))
        person.wait_to_see(f"{NOTES} == ['A long pier'] and {undo} == 'Undo: edit annotation A long pier'")
        assert person.see(f"[s.grade for s in {own}.sources]") == ["B1"]
        assert person.see(f"[{own}.date, list({own}.tags), {own}.likelihood, {own}.confidence]") == [
            "2025-08",
            ["harbour", "ice"],
            "almost certain",
            "low",
        ]
        assert person.see(f"{own}.passage == session.article.passages[0].id")
        person.wait_to_see(f"{card}.chips[0] == 'My note'")
        person.screenshot(tmp_path / "edited.png")
        person.key("F2")
        person.wait_to_see(f"{FORM}.isVisible() and {FORM}.delete.isVisible()")
        person.click(*person.see(f"middle_of({FORM}.delete)"))
        person.wait_to_see(f"{NOTES} == [] and {undo} == 'Undo: delete annotation A long pier'")
        person.key("ctrl+z")
        person.wait_to_see(f"{NOTES} == ['A long pier']")
        person.key("ctrl+z")
        person.wait_to_see(f"{NOTES} == ['A pier'] and {own}.sources == ()")
        assert person.see("problems") == []
        assert person.leave() == 0


def test_a_feature_of_the_map_is_annotated_from_its_card(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    with person_at(display, tmp_path, "--theme", "dark", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.click(*person.see("at(-154, 65)"))
        card = "window.article_panel.card"
        person.wait_to_see(f"{card}.annotate.isVisible() and session.selection.reference == 'alaska/alaska'")
        person.click(*person.see(f"middle_of({card}.annotate)"))
        person.wait_to_see(f"{FORM}.isVisible() and {FORM}.title.hasFocus()")
        person.use("type", "Mine to say")
        fill(person, f"{FORM}.body", "It is large.")
        person.click(*person.see(f"middle_of({FORM}.save)"))
        person.wait_to_see(f"{NOTES} == ['Mine to say']")
        assert person.see("[n.targets for n in session.annotations if n.voice == 'own'][0]") == ["alaska/alaska"]
        assert person.see("problems") == []
        assert person.leave() == 0
