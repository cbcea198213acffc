"""Figures: exactly what is seen, at exactly the size that was asked for, with words that can be found."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage, QImageReader

from viewer.engine import figure
from viewer.engine.engine import Engine
from viewer.engine.messages import LookChange
from viewer.engine.still import paint_still
from viewer.model.camera import Viewport
from viewer.model.figure import SUFFIXES, FigureSpec, fitting_height
from viewer.model.views import named_view

RESOURCES = Path(__file__).parents[3] / "resources"
VIEW = (640, 420)


@pytest.fixture(scope="module")
def engine(qapp):
    engine = Engine(RESOURCES)
    engine.set_look(LookChange(engine.stack, "light", 1))
    return engine


def seen(name):
    return Viewport(named_view(name, width_px=VIEW[0], height_px=VIEW[1]), *VIEW)


def drawn(engine, tmp_path, kind, *, view="alaska", width=640, height=500, **words):
    spec = FigureSpec(kind, width, height, **({"dpi": 96, "title": "Ice and iron"} | words))
    path = tmp_path / f"figure{SUFFIXES[kind]}"
    assert figure.draw(engine, seen(view), spec, path)
    return path


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., :3].astype(int)


@pytest.mark.parametrize("size", [(300, 300), (641, 503), (2_000, 700), (700, 2_000)])
def test_a_picture_has_exactly_the_size_and_resolution_asked_for(engine, tmp_path, size):
    path = drawn(engine, tmp_path, "PNG", width=size[0], height=size[1], dpi=254)
    image = QImage(str(path))
    assert (image.width(), image.height()) == size
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == 10_000


def test_a_picture_may_be_twenty_thousand_pixels_wide(engine, tmp_path):
    path = drawn(engine, tmp_path, "PNG", width=20_000, height=300, title="")
    assert QImageReader(str(path)).size().toTuple() == (20_000, 300)


@pytest.mark.parametrize("view", ["arctic", "jber"])
def test_the_map_of_a_figure_is_what_is_seen(engine, tmp_path, view):
    bare = FigureSpec("PNG", VIEW[0], VIEW[1], 96, has_legend=False, has_sources=False)
    assert figure.draw(engine, seen(view), bare, tmp_path / "figure.png")
    made = pixels(QImage(str(tmp_path / "figure.png")))
    camera = seen(view).camera
    still = pixels(paint_still(engine, camera, width_px=VIEW[0], height_px=VIEW[1]))
    apart = np.abs(made - still).max(axis=2)[:330]  # below are the credits, which a figure has elsewhere
    assert np.mean(apart > 48) < 0.01


def test_a_figure_at_thrice_the_size_shows_the_same_place_with_the_same_names(engine, tmp_path):
    bare = FigureSpec("PNG", 3 * VIEW[0], 3 * VIEW[1], 96, has_legend=False, has_sources=False)
    assert figure.draw(engine, seen("arctic"), bare, tmp_path / "figure.png")
    large = QImage(str(tmp_path / "figure.png")).smoothScaled(*VIEW)
    small = paint_still(engine, seen("arctic").camera, width_px=VIEW[0], height_px=VIEW[1])
    apart = np.abs(pixels(large) - pixels(small)).max(axis=2)[:330]
    assert np.mean(apart > 64) < 0.03


def test_a_page_has_the_size_on_paper_that_its_pixels_and_resolution_give(engine, tmp_path):
    path = drawn(engine, tmp_path, "PDF", width=3_000, height=1_500, dpi=300)
    assert [float(side) for side in PdfReader(path).pages[0].mediabox] == pytest.approx([0, 0, 720, 360], abs=0.01)


def test_words_of_a_page_can_be_searched_for(engine, tmp_path):
    words = words_of(drawn(engine, tmp_path, "PDF", view="arctic", title="Ice and iron", note="Drawn for a test"))
    for name in (
        "Ice and iron",
        "Drawn for a test",
        "ARCTIC OCEAN",
        "Bering Strait",
        "Northern Sea Route",
        "Natural Earth",
    ):
        assert name in words


def test_a_name_along_a_lane_is_found_as_words(engine, tmp_path):
    page = words_of(drawn(engine, tmp_path, "PDF", view="arctic", has_legend=False))
    assert "Arctic Bridge" in page


def test_a_drawing_is_whole_xml_of_the_size_asked_for(engine, tmp_path):
    root = ElementTree.parse(drawn(engine, tmp_path, "SVG", view="jber", width=800, height=700)).getroot()
    assert root.get("viewBox") == "0 0 800 700"
    assert len(root.findall(".//{http://www.w3.org/2000/svg}path")) > 50


def test_lines_of_a_drawing_keep_their_width_wherever_it_is_shown(engine, tmp_path):
    text = drawn(engine, tmp_path, "SVG").read_text(encoding="utf-8")
    assert "non-scaling-stroke" not in text


def test_the_fitting_height_leaves_no_room_beside_the_view(engine, tmp_path):
    spec = FigureSpec("PNG", 1_280, 300, title="A title", note="A note", date="Today")
    height = fitting_height(1_280, VIEW, lambda width: figure.strips(spec, engine.attribution, width))
    assert height > 2 * VIEW[1] + 2 * 60


def test_a_figure_that_cannot_be_written_is_told(engine, tmp_path):
    for kind in SUFFIXES:
        spec = FigureSpec(kind, 300, 300)
        with pytest.raises(FileNotFoundError):
            figure.draw(engine, seen("arctic"), spec, tmp_path / "nowhere" / f"figure{SUFFIXES[kind]}")


def words_of(path):
    return " ".join(PdfReader(path).pages[0].extract_text().split())
