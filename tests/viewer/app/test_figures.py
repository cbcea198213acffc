"""A figure is asked for in a form, and drawn in a process of its own."""

from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from geodata.annotations import Annotation, AnnotationSet, CitedSource
from viewer.app.figure_work import sources_beside
from viewer.app.figures import Figures
from viewer.app.file_reader import FileReader
from viewer.map.overlays.drawn_lines import Drawing, DrawnBox, DrawnLine, DrawnMark
from viewer.model.figure import FigureSpec, note_citations
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


def test_what_is_drawn_over_the_map_is_on_the_figure_as_words(qtbot, session, window, messages, reader, tmp_path):
    camera = session.camera
    line = DrawnLine(np.array([[camera.x - 1e6, camera.y], [camera.x, camera.y], [camera.x + 1e6, camera.y]]), "port")
    box = DrawnBox(camera.x, camera.y, ("1,234 km",))
    mark = DrawnMark(camera.x, camera.y, "port", "Haven")
    drawing = Drawing((line,), (mark,), caption="Seen", box=box)
    session.set_viewport_size(600, 400)
    figures = Figures(session, window, messages, reader, resources=RESOURCES, drawings=lambda: (drawing,))
    figures.draw(FigureSpec("PDF", 900, 900, 96), tmp_path / "figure.pdf")
    qtbot.waitUntil(lambda: not reader.is_busy, timeout=PATIENCE_MS)
    words = " ".join(PdfReader(tmp_path / "figure.pdf").pages[0].extract_text().split())
    for text in ("1,234 km", "Haven", "Seen"):
        assert text in words


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_figure_is_the_same_on_a_dense_screen(qtbot, figures, reader, tmp_path, monkeypatch, kind):
    made = []
    for factor in ("1", "2"):
        monkeypatch.setenv("QT_SCALE_FACTOR", factor)
        path = tmp_path / f"figure-{factor}.{kind.lower()}"
        figures.draw(FigureSpec(kind, 500, 400, 96), path)
        qtbot.waitUntil(lambda: not reader.is_busy, timeout=PATIENCE_MS)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_what_annotations_cite_is_among_the_citations():
    source = CitedSource("Ice report", "NSIDC", "2025-09", "https://example.org/ice", "B2")
    place = '{"type":"Point","coordinates":[0,80]}'
    notes = (
        Annotation("a", "Less ice", "claim", "own", "Words.", place=place, sources=(source, source)),
        Annotation("b", "Of the article", "claim", "article", "Words.", place=place, sources=(source,)),
    )
    assert note_citations(AnnotationSet(notes)) == (
        "Less ice: NSIDC. Ice report. 2025-09. https://example.org/ice. graded B2.",
    )


def test_a_figure_that_cannot_be_written_is_told_and_leaves_what_was_there(qtbot, figures, reader, tmp_path, heard):
    figures.draw(FigureSpec("PDF", 300, 300), tmp_path / "nowhere" / "figure.pdf")
    qtbot.waitUntil(lambda: not reader.is_busy, timeout=PATIENCE_MS)
    assert "cannot be written" in heard[-1].text
    assert list(tmp_path.iterdir()) == []
