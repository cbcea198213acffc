"""A person opens an article of their own, links words of it to a port, and finds the passage again after a restart."""

from person import person_at

TEXT = """# Ice and iron

## Ice

The ice leaves Pevek early in the year. Nobody had expected that to last.

## Ore

Murmansk waits for ore that comes by rail.
"""
PAGE = "window.article_panel.page"
MENU = "app.activePopupWidget()"
OWN = "[note for note in session.annotations if note.voice == 'own']"
WORDS = f"{PAGE}.document().find('Murmansk waits')"
EDGE = "{page}.viewport().mapToGlobal({page}.cursorRect({cursor}).center())"
MARKED = f"[part.cursor.selectedText() for part in {PAGE}.extraSelections()]"


def edge_of_words(at: str) -> str:
    """Return the question where on the screen the words begin (anchor) or end (position)."""
    cursor = f"(lambda c, w: (c.setPosition(w.{at}()), c)[1])(QtGui.QTextCursor({PAGE}.document()), {WORDS})"
    point = EDGE.format(page=PAGE, cursor=cursor)
    return f"[{point}.x(), {point}.y()]"


def entry(text: str) -> str:
    """Return the question where an entry of the open menu is on the screen."""
    action = f"[a for a in {MENU}.actions() if a.text() == {text!r}][0]"
    at = f"{MENU}.mapToGlobal({MENU}.actionGeometry({action}).center())"
    return f"[{at}.x(), {at}.y()]"


def test_words_of_an_own_article_are_linked_to_a_port_kept_and_found_by_a_click(display, tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    file = tmp_path / "ice.md"
    file.write_text(TEXT)
    view = ("--view", "33.05,68.97,150")
    with person_at(display, tmp_path / "first", "--theme", "light", *view, str(file), environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.wait_to_see("session.article.title == 'Ice and iron'")
        person.wait_to_see(f"{PAGE}.isVisible() and not {WORDS}.isNull()")
        start, end = person.see(edge_of_words("selectionStart")), person.see(edge_of_words("selectionEnd"))
        person.use("mousemove", *start, "mousedown", 1)
        person.use("mousemove", (start[0] + end[0]) // 2, start[1])
        person.use("mousemove", *end, "mouseup", 1)
        person.wait_to_see(f"{PAGE}.textCursor().selectedText() == 'Murmansk waits'")
        person.click((start[0] + end[0]) // 2, start[1], button=3)
        person.wait_to_see(f"{MENU} is not None")
        person.screenshot(tmp_path / "menu.png")
        person.click(*person.see(entry("Link to feature")))
        person.wait_to_see(f"{MENU} is None")
        person.wait_to_see("canvas.is_sharp")
        person.screenshot(tmp_path / "prompt.png")
        person.click(*person.see("at(33.05, 68.97)"))
        person.wait_to_see(f"len({OWN}) == 1")
        target = person.see(f"{OWN}[0].targets[0]")
        assert target.endswith("/murmansk")
        person.wait_to_see(f"{MARKED} == ['Murmansk waits'] and session.annotation is {OWN}[0]")
        person.screenshot(tmp_path / "linked.png")
        assert person.see("problems") == []
        assert person.leave() == 0
    with person_at(display, tmp_path / "second", "--theme", "dark", environment=home) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.wait_to_see("session.article.title != 'Ice and iron'")
        chooser = "window.findChild(QtWidgets.QComboBox, 'articleChoice')"
        person.click(*person.see(f"middle_of({chooser})"))
        person.key("Down")
        person.key("Return")
        person.wait_to_see(f"session.article.title == 'Ice and iron' and not {WORDS}.isNull()")
        start, end = person.see(edge_of_words("selectionStart")), person.see(edge_of_words("selectionEnd"))
        person.click((start[0] + end[0]) // 2, start[1])
        person.wait_to_see("session.annotation is not None and session.annotation.voice == 'own'")
        person.wait_to_see("[hit.reference for hit in session.glow] == list(session.annotation.targets)")
        assert person.see(MARKED) == ["Murmansk waits"]
        person.wait_to_see("canvas.is_sharp")
        person.screenshot(tmp_path / "found.png")
        assert person.see("problems") == []
        assert person.leave() == 0


def test_words_are_linked_to_a_port_that_is_searched_for(display, tmp_path):
    file = tmp_path / "ice.md"
    file.write_text(TEXT)
    box = "window.findChild(QtWidgets.QWidget, 'searchBox')"
    with person_at(display, tmp_path, "--theme", "light", str(file)) as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.wait_to_see(f"session.article.title == 'Ice and iron' and not {WORDS}.isNull()")
        start, end = person.see(edge_of_words("selectionStart")), person.see(edge_of_words("selectionEnd"))
        person.use("mousemove", *start, "mousedown", 1)
        person.use("mousemove", (start[0] + end[0]) // 2, start[1])
        person.use("mousemove", *end, "mouseup", 1)
        person.wait_to_see(f"{PAGE}.textCursor().selectedText() == 'Murmansk waits'")
        person.key("ctrl+l")
        button = "[b for b in window.findChildren(QtWidgets.QPushButton) if b.text() == 'Search'][0]"
        person.wait_to_see(f"{button}.isVisible()")
        person.click(*person.see(f"middle_of({button})"))
        person.wait_to_see(f"{box} is not None and {box}.line.hasFocus()")
        person.use("type", "--delay", 80, "Murmansk")
        kinds = f"[{box}.list.item(n).data(256).entry.kind for n in range({box}.list.count())]"
        row = f"{kinds}.index('feature') if 'feature' in {kinds} else -1"
        person.wait_to_see(f"({row}) >= 0")
        person.key(*["Down"] * person.see(row), "Return")
        person.wait_to_see(f"len({OWN}) == 1")
        assert person.see(f"{OWN}[0].targets[0]").endswith("/murmansk")
        person.wait_to_see(f"{MARKED} == ['Murmansk waits']")
        assert person.see("problems") == []
        assert person.leave() == 0
