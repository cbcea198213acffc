"""A figure is asked for in a form, and drawn in a process of its own."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from viewer.app.figure_work import sources_beside
from viewer.app.figures import Figures
from viewer.app.file_reader import FileReader
from viewer.model.figure import FigureSpec
from viewer.panels.figure_form import FigureForm

PATIENCE_MS = 60_000
RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def heard(messages, window):
    told = []
    messages.told.connect(told.append)
    return told


@pytest.fixture
def reader(qapp):
    reader = FileReader()
    yield reader
    reader.shutdown()


@pytest.fixture
def figures(session, window, messages, reader):
    session.set_viewport_size(600, 400)
    return Figures(session, window, messages, reader, resources=RESOURCES)


def shown(kind):
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible())


def test_the_form_offers_the_view_as_it_is_with_the_articles_title(figures, window):
    window.window_actions["figure"].trigger()
    form = shown(FigureForm)
    assert form.title.text() == "The title"
    assert form.paper.text() == f"254 × {form.height_px.value() / 300 * 25.4:.0f} mm on paper"
    before = form.height_px.value()
    form.width_px.setValue(6_000)
    assert form.height_px.value() == pytest.approx(2 * before, abs=2)
    form.is_as_seen.setChecked(False)
    form.height_px.setValue(777)
    assert form.spec.height_px == 777
    form.reject()


def test_what_the_form_says_is_drawn_with_its_sources_beside_it(qtbot, figures, window, reader, tmp_path, heard):
    window.window_actions["figure"].trigger()
    form = shown(FigureForm)
    form.width_px.setValue(800)
    form.has_citations.setChecked(True)
    wanted = form.spec
    form.findChild(QDialogButtonBox).accepted.emit()
    path = tmp_path / "figure.png"
    shown(QFileDialog).fileSelected.emit(str(path))
    qtbot.waitUntil(lambda: not reader.is_busy, timeout=PATIENCE_MS)
    assert QImageReader(str(path)).size().toTuple() == (800, wanted.height_px)
    assert "Natural Earth" in sources_beside(path).read_text(encoding="utf-8")
    assert heard[-1].text == f"figure.png: 800 × {wanted.height_px} px at 300 dpi"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["figure – sources.txt", "figure.png"]


def test_a_figure_that_cannot_be_written_is_told_and_leaves_what_was_there(qtbot, figures, reader, tmp_path, heard):
    figures.draw(FigureSpec("PDF", 300, 300), tmp_path / "nowhere" / "figure.pdf")
    qtbot.waitUntil(lambda: not reader.is_busy, timeout=PATIENCE_MS)
    assert "cannot be written" in heard[-1].text
    assert list(tmp_path.iterdir()) == []
