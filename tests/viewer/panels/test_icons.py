import logging
from pathlib import Path

import pytest

from viewer.model import palette
from viewer.panels import icon_files
from viewer.panels.icons import IconButton, Icons

SHIPPED = Path(__file__).parents[3] / "resources" / "icons"


def inked(pixmap):
    image = pixmap.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_has_the_palettes_colour(icons):
    pixmap = icons.pixmap("layers", colour="ui_accent", size_px=24, ratio=2.0)
    assert inked(pixmap) == {"#0b5f8a"}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_is_as_sharp_as_the_screen(icons, ratio):
    pixmap = icons.pixmap("layers", colour="ui_text", size_px=16, ratio=ratio)
    assert pixmap.width() == 16 * ratio
    assert pixmap.deviceIndependentSize().width() == 16


def test_another_palette_gives_another_colour(icons):
    other = palette.Palette("dark", {"ui_text": (1, 200, 3, 255)})
    icons.pixmap("x", colour="ui_text", size_px=24, ratio=2.0)
    icons.set_palette(other)
    assert inked(icons.pixmap("x", colour="ui_text", size_px=24, ratio=2.0)) == {"#01c803"}


@pytest.mark.parametrize("svg", [None, "", "<svg", "<html/>", "\0\0\0"])
def test_a_button_whose_icon_is_lost_shows_a_word(qtbot, tmp_path, svg):
    if svg is not None:
        (tmp_path / "house.svg").write_text(svg, encoding="utf-8")
    button = IconButton(Icons(tmp_path, palette.plain("light")), "house", text="Whole Arctic")
    qtbot.addWidget(button)
    button.show()
    assert button.width() >= button.fontMetrics().horizontalAdvance("Home")
    image = button.grab().toImage()
    middle = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert len(set(middle)) > 2
    assert button.accessibleName() == "Whole Arctic"


def test_lost_icons_are_told_once_with_folder_names_and_advice(tmp_path):
    (problem,) = icon_files.problems(tmp_path)
    assert f"{tmp_path}: {len(icon_files.WORDS) + 2} icons cannot be read" in str(problem)
    assert "Restore" in problem.advice
    assert "Errno" not in str(problem)


def test_every_icon_of_the_window_has_a_word_and_a_file():
    assert icon_files.problems(SHIPPED) == ()
    assert {path.stem for path in SHIPPED.glob("*.svg")} - set(icon_files.WORDS) == {
        "arctic-map-viewer",
        "check-dark",
        "check-light",
    }


def test_a_missing_icon_is_empty_and_logged(icons, caplog):
    with caplog.at_level(logging.WARNING):
        pixmap = icons.pixmap("no-such-icon", colour="ui_text", size_px=16, ratio=1.0)
    assert inked(pixmap) == set()
    assert "no-such-icon" in caplog.text
