"""A reader compares two ways by sea and takes the map along as a figure: all that is seen is on it."""

from pypdf import PdfReader
from PySide6.QtGui import QImageReader

ROUTES = "window.findChild(QtWidgets.QWidget, 'routesPanel')"
FORM = "([d for d in app.topLevelWidgets() if type(d).__name__ == 'FigureForm' and d.isVisible()] or [None])[0]"


def make(person, path, kind):
    person.key("ctrl+shift+e")
    person.wait_to_see(f"{FORM} is not None")
    person.see(f"{FORM}.kind.setCurrentIndex({FORM}.kind.findData({kind!r}))")
    person.see(f"[{FORM}.width_px.setValue(1200), {FORM}.has_citations.setChecked(True)]")
    size = person.see(f"[{FORM}.width_px.value(), {FORM}.height_px.value()]")
    save = f"[b for b in {FORM}.findChildren(QtWidgets.QPushButton) if b.text() == 'Save …'][0]"
    person.click(*person.see(f"middle_of({save})"))
    person.wait_to_see("(lambda d: d is not None and d.isActiveWindow())(window.findChild(QtWidgets.QFileDialog))")
    person.key("ctrl+a")
    person.use("type", "--delay", "3", str(path))
    person.key("Return")
    told = f"{path.name}: "
    person.wait_to_see(f"{told!r} in window.statusBar().currentMessage() + window.message_bar.text", patience_s=60)
    return size


def test_ways_that_are_compared_are_on_the_figure(person, tmp_path):
    person.wait_to_see("canvas is not None and canvas.is_sharp")
    person.key("r")
    person.wait_to_see(f"{ROUTES} is not None and {ROUTES}.isVisible()")
    person.see(f"{ROUTES}.choose('rotterdam', 'tokyo')")
    person.wait_to_see(f"'nm' in {ROUTES}.text")
    pdf, png = tmp_path / "ways.pdf", tmp_path / "ways.png"
    make(person, pdf, "PDF")
    words = " ".join(PdfReader(pdf).pages[0].extract_text().split())
    assert " nm" in words
    assert "Natural Earth" in words
    size = make(person, png, "PNG")
    assert list(QImageReader(str(png)).size().toTuple()) == size
    assert "Natural Earth" in (tmp_path / "ways – sources.txt").read_text(encoding="utf-8")
    assert person.see("problems") == []
    assert person.leave() == 0
